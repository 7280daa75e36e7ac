//! What an import tells of itself.

use crate::dates::DateOrder;
use crate::platforms::Platform;
use crate::role::Role;
use model::{Currency, OrderState, OrderTime};

/// How many rejected and skipped rows are kept one by one; all are counted.
pub const KEPT_ROWS: usize = 10_000;
/// How many bytes of a rejected row are kept.
pub const KEPT_TEXT: usize = 500;

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RejectReason {
    /// The order number is blank.
    NoOrderNumber,
    /// A spreadsheet has rounded the order number, as `2.58946E+18`.
    DamagedOrderNumber(String),
    /// No date.
    NoDate,
    /// A date that cannot be read or does not exist.
    BadDate(String),
    /// No total.
    NoAmount,
    /// An amount that cannot be read.
    BadAmount(String),
    /// A quantity that cannot be read.
    BadQuantity(String),
    /// A refund in a row of its own.
    NegativeTotal(String),
    /// No currency that exists.
    UnknownCurrency(String),
    /// More fields than the header has.
    TooManyFields {
        /// In the row.
        found: u32,
        /// In the header.
        expected: u32,
    },
    /// Fewer fields than the header has.
    TooFewFields {
        /// In the row.
        found: u32,
        /// In the header.
        expected: u32,
    },
    /// The file ends within the row.
    CutOff,
    /// A further line of an order whose first row is not in the file or was left out.
    LineWithoutOrder,
    /// Longer than any row can be.
    TooLong,
}

impl RejectReason {
    /// A stable name, for translation.
    pub const fn code(&self) -> &'static str {
        match self {
            RejectReason::NoOrderNumber => "no_order_number",
            RejectReason::DamagedOrderNumber(_) => "damaged_order_number",
            RejectReason::NoDate => "no_date",
            RejectReason::BadDate(_) => "bad_date",
            RejectReason::NoAmount => "no_amount",
            RejectReason::BadAmount(_) => "bad_amount",
            RejectReason::BadQuantity(_) => "bad_quantity",
            RejectReason::NegativeTotal(_) => "negative_total",
            RejectReason::UnknownCurrency(_) => "unknown_currency",
            RejectReason::TooManyFields { .. } => "too_many_fields",
            RejectReason::TooFewFields { .. } => "too_few_fields",
            RejectReason::CutOff => "cut_off",
            RejectReason::LineWithoutOrder => "line_without_order",
            RejectReason::TooLong => "too_long",
        }
    }

    /// The cell that is at fault, as it stands in the file.
    pub fn value(&self) -> Option<&str> {
        match self {
            RejectReason::DamagedOrderNumber(value)
            | RejectReason::BadDate(value)
            | RejectReason::BadAmount(value)
            | RejectReason::BadQuantity(value)
            | RejectReason::NegativeTotal(value)
            | RejectReason::UnknownCurrency(value) => Some(value),
            _ => None,
        }
    }
}

/// A row that was left out because something is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Line of the file on which it begins; the first is 1.
    pub line: u32,
    /// What is wrong.
    pub reason: RejectReason,
    /// The row as it stands in the file, cut at [`KEPT_TEXT`] bytes.
    pub text: String,
}

/// Why a row that is no error is no order either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipKind {
    /// Says the same as an earlier row.
    Duplicate,
    /// The sum of rows.
    TotalRow,
    /// The header once more.
    RepeatedHeader,
}

impl SkipKind {
    /// A stable name, for translation.
    pub const fn code(self) -> &'static str {
        match self {
            SkipKind::Duplicate => "duplicate",
            SkipKind::TotalRow => "total_row",
            SkipKind::RepeatedHeader => "repeated_header",
        }
    }
}

/// A row that is no error and no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Line of the file on which it begins.
    pub line: u32,
    /// What it is.
    pub kind: SkipKind,
}

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

warning_codes! {
    /// Lines before the header are no data.
    PreambleSkipped = "preamble_skipped",
    /// Rows with sums are no orders.
    TotalsRowSkipped = "totals_row_skipped",
    /// Rows that say the same as earlier ones.
    DuplicateRows = "duplicate_rows",
    /// An order that comes twice with different facts: the later row counts.
    OrderTwice = "order_twice",
    /// Two orders of different ids share a number: the id was put behind the second's.
    NumberShared = "number_shared",
    /// No column names the currency: the shop's own applies.
    CurrencyMissing = "currency_missing",
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
    /// Masked telephones, addresses and names, which are no keys.
    MaskedIdentity = "masked_identity",
    /// Dates after today.
    FutureDate = "future_date",
    /// Dates without a time of day.
    DateWithoutTime = "date_without_time",
    /// Times without a zone: the shop's own applies.
    NoTimeZone = "no_time_zone",
    /// Dates that can be read day first or month first.
    AmbiguousDates = "ambiguous_dates",
    /// Some dates have the day first and some the month.
    MixedDateOrders = "mixed_date_orders",
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
    /// A quote that is never closed, taken as a letter.
    UnclosedQuote = "unclosed_quote",
    /// No column has the order's number: numbers were made from the rows.
    NumbersMadeUp = "numbers_made_up",
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

/// What the file alone cannot tell. Each has an answer that is used until the user gives another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Every date can be read day first or month first.
    DateOrder {
        /// A date of the file.
        example: String,
        /// How it is read until told otherwise.
        assumed: DateOrder,
    },
    /// Columns that are needed and were not recognised. Must be answered.
    Mapping {
        /// The roles without a column.
        missing: Vec<Role>,
    },
    /// Nothing tells customers apart: figures of orders only, until a column is named.
    Identity,
}

impl Question {
    /// A stable name, for translation.
    pub const fn code(&self) -> &'static str {
        match self {
            Question::DateOrder { .. } => "date_order",
            Question::Mapping { .. } => "mapping",
            Question::Identity => "identity",
        }
    }
}

/// Sums of the orders in one currency, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencySums {
    /// `None`: the shop's own.
    pub currency: Option<Currency>,
    /// All orders.
    pub orders: u64,
    /// Orders that count.
    pub valid_orders: u64,
    /// Totals of all orders, whatever their state.
    pub gross: i64,
    /// Refunds on all orders.
    pub refunds: i64,
    /// What is left of the orders that count.
    pub net_valid: i64,
}

/// All that an import tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Where the file comes from.
    pub platform: Platform,
    /// Rows below the header, blank ones left out:
    /// `rows == rows_used + skipped_count + rejected_count`.
    pub rows: u64,
    /// Rows that are in the batch.
    pub rows_used: u64,
    /// Orders in the batch.
    pub orders: u64,
    /// Customers in the batch.
    pub customers: u64,
    /// Rows with something wrong; the first [`KEPT_ROWS`].
    pub rejected: Vec<Rejected>,
    /// How many there are.
    pub rejected_count: u64,
    /// Rows that are no error and no data; the first [`KEPT_ROWS`].
    pub skipped: Vec<Skipped>,
    /// How many there are.
    pub skipped_count: u64,
    /// What to know, in the order of [`WarningCode::ALL`].
    pub warnings: Vec<Warning>,
    /// What is assumed and could be otherwise.
    pub questions: Vec<Question>,
    /// XXH3 of all bytes of the file: the same file again has the same.
    pub content_hash: u128,
    /// Orders by state, in the order of [`OrderState::ALL`].
    pub states: [u64; OrderState::ALL.len()],
    /// Sums, by currency in order of appearance.
    pub currencies: Vec<CurrencySums>,
    /// The earliest and the latest order.
    pub span: Option<(OrderTime, OrderTime)>,
}

impl Report {
    /// How many orders have a state.
    pub fn in_state(&self, state: OrderState) -> u64 {
        self.states[state as usize]
    }

    /// How often something is to be known; 0: never.
    pub fn warned(&self, code: WarningCode) -> u64 {
        self.warnings
            .iter()
            .filter(|warning| warning.code == code)
            .map(|warning| warning.count)
            .sum()
    }
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

    pub fn into_list(self) -> Vec<Warning> {
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
        list
    }
}

/// The start of a text, cut between characters.
pub(crate) fn clipped(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
