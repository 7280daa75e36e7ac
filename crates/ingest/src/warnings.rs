//! What a user should know of a file that was read.

use crate::left_out::clipped;

macro_rules! warning_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What a user should know of a file that was read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WarningCode { $($(#[$doc])* $name,)* }

        impl WarningCode {
            /// All kinds of warnings.
            pub const ALL: &[WarningCode] = &[$(WarningCode::$name,)*];

            /// A stable name, for translation.
            pub const fn code(self) -> &'static str {
                match self { $(WarningCode::$name => $code,)* }
            }
        }
    };
}

impl WarningCode {
    /// Whether it changes money, days, or who counts, so that the user must see it before an import
    /// without opening anything. The others are notes.
    pub const fn is_grave(self) -> bool {
        use WarningCode as W;
        match self {
            W::ColumnAssumed
            | W::OrderTwice
            | W::NumberReused
            | W::DuplicateLines
            | W::LineAmountsAdded
            | W::OrderTotalRepeated
            | W::RowsContradict
            | W::LinesNotCounted
            | W::NumberShared
            | W::CurrencyMissing
            | W::CurrencyOfPlatform
            | W::AmbiguousAmounts
            | W::SharedKey
            | W::IdsDamaged
            | W::NoHeader
            | W::SeveralCurrencies
            | W::StatusMissing
            | W::UnknownStatus
            | W::RefundWithoutOrder
            | W::RefundAboveTotal
            | W::NoIdentity
            | W::WeakIdentity
            | W::MaskedIdentity
            | W::FutureDate
            | W::AmbiguousDates
            | W::MixedDateOrders
            | W::LinesLost
            | W::FileCutOff
            | W::RowLimitReached
            | W::NumbersMadeUp
            | W::ConsentUnsaid
            | W::OrdersWithoutAmounts
            | W::OrdersWithoutCustomers
            | W::AmountsWithoutOrders
            | W::CustomersWithoutOrders => true,
            W::PreambleSkipped
            | W::TotalsRowSkipped
            | W::NoSales
            | W::NoGoods
            | W::DuplicateRows
            | W::TotalOnFirstRow
            | W::FailedInSeveralWays
            | W::TestOrdersExcluded
            | W::ZeroTotalOrders
            | W::MergeSuggestions
            | W::DateWithoutTime
            | W::NoTimeZone
            | W::AmbiguousLocalTime
            | W::FormulaLikeText
            | W::HtmlLikeText
            | W::EncodingGuessed
            | W::BadBytes
            | W::NulBytes
            | W::UnclosedQuote
            | W::NumberOnly
            | W::NickOnly
            | W::NobodyNamed
            | W::RepeatedAnswer
            | W::TicketTwice
            | W::BirthdayUnreadable => false,
        }
    }

    /// Whether what is noted with its place is so of a whole order, not of a row or a cell.
    const fn counts_orders(self) -> bool {
        use WarningCode as W;
        matches!(self, W::RefundAboveTotal | W::FutureDate | W::DateWithoutTime | W::NoTimeZone)
    }
}

warning_codes! {
    /// Lines before the header are no data.
    PreambleSkipped = "preamble_skipped",
    /// Rows with sums are no orders.
    TotalsRowSkipped = "totals_row_skipped",
    /// Nothing names the columns: they were told by what they hold.
    NoHeader = "no_header",
    /// Rows that are neither sales nor refunds: transfers, fees, holds.
    NoSales = "no_sales",
    /// Lines of postage, fees and corrections, which are no goods.
    NoGoods = "no_goods",
    /// Order numbers that a spreadsheet has rounded: their rows cannot be told apart.
    IdsDamaged = "ids_damaged",
    /// A column whose header may mean several things was taken for one. The detail is the code of
    /// the role, and on a second line the header.
    ColumnAssumed = "column_assumed",
    /// Rows that say the same as earlier ones.
    DuplicateRows = "duplicate_rows",
    /// Lines that stand in their order letter by letter before: the amount counts once, and may have
    /// been meant twice.
    DuplicateLines = "duplicate_lines",
    /// Rows of another day or customer than the order of their number: not added to it.
    NumberReused = "number_reused",
    /// An order that comes twice with different facts: the later row counts.
    OrderTwice = "order_twice",
    /// Amounts differ within orders: they were taken as those of lines, and added up. The count is
    /// of orders on several rows.
    LineAmountsAdded = "line_amounts_added",
    /// Orders on several rows have the same amount on each: it was taken as the order's total, once.
    OrderTotalRepeated = "order_total_repeated",
    /// Orders on several rows have their total on the first.
    TotalOnFirstRow = "total_on_first_row",
    /// A further row says otherwise than the order's first, which counts.
    RowsContradict = "rows_contradict",
    /// Orders of which some lines were cancelled, refunded or not paid: those were taken off.
    LinesNotCounted = "lines_not_counted",
    /// Orders of which no line was bought and kept, for different reasons: they count as what became
    /// of the money.
    FailedInSeveralWays = "failed_in_several_ways",
    /// Two orders of different ids share a number: the id was put behind the second's.
    NumberShared = "number_shared",
    /// No column names the currency: the shop's own applies.
    CurrencyMissing = "currency_missing",
    /// No column names the currency: the platform's applies. The detail is its code.
    CurrencyOfPlatform = "currency_of_platform",
    /// More than one currency.
    SeveralCurrencies = "several_currencies",
    /// No column names the state: every order counts as paid.
    StatusMissing = "status_missing",
    /// A state that is not known: taken as paid. The detail is the word.
    UnknownStatus = "unknown_status",
    /// Trial orders, which count nowhere.
    TestOrdersExcluded = "test_orders_excluded",
    /// Orders of nothing, which do not count.
    ZeroTotalOrders = "zero_total_orders",
    /// A refund in a row of its own, which names no order.
    RefundWithoutOrder = "refund_without_order",
    /// A refund larger than its order, cut to it.
    RefundAboveTotal = "refund_above_total",
    /// Orders that nobody can be found for.
    NoIdentity = "no_identity",
    /// Customers have a name only, which is no key.
    WeakIdentity = "weak_identity",
    /// Masked telephones, addresses and names, which are no keys. The count is of rows that have no
    /// other, the rejected ones too.
    MaskedIdentity = "masked_identity",
    /// One key on an implausible share of the orders. The detail is the key.
    SharedKey = "shared_key",
    /// Customers that may be one person. The count is of pairs.
    MergeSuggestions = "merge_suggestions",
    /// Dates after today.
    FutureDate = "future_date",
    /// Dates without a time of day.
    DateWithoutTime = "date_without_time",
    /// Times without a zone: the shop's own applies.
    NoTimeZone = "no_time_zone",
    /// Times that the shop's clock showed twice, as it was put back. The detail is the zone. Reading
    /// knows no zone: whoever knows the shop's says it.
    AmbiguousLocalTime = "ambiguous_local_time",
    /// Dates that can be read day first or month first.
    AmbiguousDates = "ambiguous_dates",
    /// Some dates have the day first and some the month.
    MixedDateOrders = "mixed_date_orders",
    /// Amounts whose mark may divide thousands or decimals.
    AmbiguousAmounts = "ambiguous_amounts",
    /// An order was kept though one of its rows was rejected.
    LinesLost = "lines_lost",
    /// Texts that a spreadsheet would take for formulas; kept as text.
    FormulaLikeText = "formula_like_text",
    /// Texts that look like a web page's; kept as text.
    HtmlLikeText = "html_like_text",
    /// The encoding is not said and was guessed. The count is of characters.
    EncodingGuessed = "encoding_guessed",
    /// Bytes that are no text, replaced.
    BadBytes = "bad_bytes",
    /// Zero bytes, left out.
    NulBytes = "nul_bytes",
    /// The file ends within a row: what would follow is missing.
    FileCutOff = "file_cut_off",
    /// As many rows as a spreadsheet can hold: what came after them is missing. The detail is their
    /// number.
    RowLimitReached = "row_limit_reached",
    /// A quote that is never closed, taken as a letter.
    UnclosedQuote = "unclosed_quote",
    /// No column has the order's number: numbers were made from the rows.
    NumbersMadeUp = "numbers_made_up",
    /// Nothing says whether the contacts of a mailing list may be written to.
    ConsentUnsaid = "consent_unsaid",
    /// Contacts with neither address nor telephone: only their number tells them.
    NumberOnly = "number_only",
    /// Tickets of a nick alone, which is nobody's for sure.
    NickOnly = "nick_only",
    /// Answers, tickets or events that do not say whose they are.
    NobodyNamed = "nobody_named",
    /// An order that was answered for once more: both answers are kept.
    RepeatedAnswer = "repeated_answer",
    /// A ticket that comes twice with different facts: the later row counts.
    TicketTwice = "ticket_twice",
    /// Birthdays that cannot be read.
    BirthdayUnreadable = "birthday_unreadable",
    /// A table of orders whose amounts stand in another that is not known. Reading one file knows of
    /// no other: whoever knows all says it; so of the next three.
    OrdersWithoutAmounts = "orders_without_amounts",
    /// A table of orders whose customers stand in another that is not known.
    OrdersWithoutCustomers = "orders_without_customers",
    /// A table of items or payments whose orders stand in another that is not known.
    AmountsWithoutOrders = "amounts_without_orders",
    /// A table of accounts whose orders stand in another that is not known.
    CustomersWithoutOrders = "customers_without_orders",
}

/// One thing to know, with how often it is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What.
    pub code: WarningCode,
    /// How often.
    pub count: u64,
    /// Line of the first place, where there is one.
    pub first_line: Option<u32>,
    /// The word in question, for kinds that have one; else empty.
    pub detail: String,
}

/// Counts warnings while rows go by.
#[derive(Debug)]
pub(crate) struct Warnings {
    counts: Vec<(u64, Option<u32>)>,
    words: Vec<Warning>,
}

/// Further different words are counted under the last.
const KEPT_WORDS: usize = 50;

impl Warnings {
    pub fn new() -> Warnings {
        Warnings { counts: vec![(0, None); WarningCode::ALL.len()], words: Vec::new() }
    }

    pub fn note(&mut self, code: WarningCode, line: u32) {
        let (count, first) = &mut self.counts[code as usize];
        *count += 1;
        first.get_or_insert(line);
    }

    /// Counts without a place, with the word in question.
    pub fn add_word(&mut self, code: WarningCode, count: u64, word: &str) {
        if count > 0 {
            let detail = word.to_owned();
            self.words.push(Warning { code, count, first_line: None, detail });
        }
    }

    /// Counts without a place.
    pub fn add(&mut self, code: WarningCode, count: u64) {
        self.counts[code as usize].0 += count;
    }

    pub fn count(&self, code: WarningCode) -> u64 {
        self.counts[code as usize].0
    }

    pub fn note_word(&mut self, code: WarningCode, line: u32, word: &str) {
        let full = self.words.len() >= KEPT_WORDS;
        let clip = clipped(word, 80);
        let at = self.words.iter().position(|known| known.detail == clip);
        let at = at.or(full.then_some(KEPT_WORDS - 1));
        let known = at.and_then(|at| self.words.get_mut(at));
        match known {
            Some(known) => known.count += 1,
            None => self.words.push(Warning {
                code,
                count: 1,
                first_line: Some(line),
                detail: clip.to_owned(),
            }),
        }
    }

    /// All of them. What is so of every one of the `orders` has no place.
    pub fn into_list(self, orders: u64) -> Vec<Warning> {
        let plain = WarningCode::ALL.iter().zip(self.counts).filter(|(_, (count, _))| *count > 0);
        let mut list: Vec<Warning> = plain
            .map(|(&code, (count, first_line))| Warning {
                code,
                count,
                first_line,
                detail: String::new(),
            })
            .chain(self.words)
            .collect();
        list.sort_by_key(|warning| warning.code);
        for warning in &mut list {
            if warning.code.counts_orders() && warning.count >= orders {
                warning.first_line = None;
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_money_days_or_who_counts_is_grave() {
        let notes: Vec<&str> =
            WarningCode::ALL.iter().filter(|it| !it.is_grave()).map(|it| it.code()).collect();
        let expected = [
            "preamble_skipped",
            "totals_row_skipped",
            "no_sales",
            "no_goods",
            "duplicate_rows",
            "total_on_first_row",
            "failed_in_several_ways",
            "test_orders_excluded",
            "zero_total_orders",
            "merge_suggestions",
            "date_without_time",
            "no_time_zone",
            "ambiguous_local_time",
            "formula_like_text",
            "html_like_text",
            "encoding_guessed",
            "bad_bytes",
            "nul_bytes",
            "unclosed_quote",
            "number_only",
            "nick_only",
            "nobody_named",
            "repeated_answer",
            "ticket_twice",
            "birthday_unreadable",
        ];
        assert_eq!(notes, expected);
    }

    #[test]
    fn what_is_so_of_every_order_has_no_line() {
        for (code, orders, line) in [
            (WarningCode::NoTimeZone, 2, None),
            (WarningCode::NoTimeZone, 3, Some(2)),
            (WarningCode::FutureDate, 1, None),
            // Rows and places, however many orders there are.
            (WarningCode::FileCutOff, 1, Some(2)),
            (WarningCode::LinesLost, 2, Some(2)),
            (WarningCode::RowsContradict, 1, Some(2)),
            (WarningCode::UnclosedQuote, 1, Some(2)),
        ] {
            let mut warnings = Warnings::new();
            warnings.note(code, 2);
            warnings.note(code, 3);
            assert_eq!(warnings.into_list(orders)[0].first_line, line, "{code:?} {orders}");
        }
    }
}
