//! Rows that are not in the batch, and why.

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
    /// No currency that exists.
    UnknownCurrency(String),
    /// Another currency than the order's: amounts in it cannot be added to the order.
    OtherCurrency(String),
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
    /// Another day or customer than the order that had the number before.
    NumberReused,
    /// Longer than any row can be.
    TooLong,
    /// Nothing of a contact is anybody's alone: no e-mail address, telephone or number.
    NoKey,
    /// A score outside its scale, or none at all.
    ScoreOutOfRange(String),
    /// A response without any answer.
    NoScore,
    /// The number of a ticket is blank.
    NoTicketNumber,
    /// Replied to, or ended, before it began.
    ClosedBeforeOpened(String),
    /// A word that is none of those which a column may have.
    UnknownValue(String),
    /// Nothing says what was done.
    NoEvent,
    /// A summary whose days do not follow each other: first order, last order, its own day.
    DaysOutOfOrder(String),
    /// A summary whose counts, days and gaps contradict each other.
    CountsDisagree(String),
    /// A second summary of a customer.
    CustomerRepeated,
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
            RejectReason::UnknownCurrency(_) => "unknown_currency",
            RejectReason::OtherCurrency(_) => "other_currency",
            RejectReason::TooManyFields { .. } => "too_many_fields",
            RejectReason::TooFewFields { .. } => "too_few_fields",
            RejectReason::CutOff => "cut_off",
            RejectReason::LineWithoutOrder => "line_without_order",
            RejectReason::NumberReused => "number_reused",
            RejectReason::TooLong => "too_long",
            RejectReason::NoKey => "no_key",
            RejectReason::ScoreOutOfRange(_) => "score_out_of_range",
            RejectReason::NoScore => "no_score",
            RejectReason::NoTicketNumber => "no_ticket_number",
            RejectReason::ClosedBeforeOpened(_) => "closed_before_opened",
            RejectReason::UnknownValue(_) => "unknown_value",
            RejectReason::NoEvent => "no_event",
            RejectReason::DaysOutOfOrder(_) => "days_out_of_order",
            RejectReason::CountsDisagree(_) => "counts_disagree",
            RejectReason::CustomerRepeated => "customer_repeated",
        }
    }

    /// The cell that is at fault, as it stands in the file.
    pub fn value(&self) -> Option<&str> {
        match self {
            RejectReason::DamagedOrderNumber(value)
            | RejectReason::BadDate(value)
            | RejectReason::BadAmount(value)
            | RejectReason::BadQuantity(value)
            | RejectReason::UnknownCurrency(value)
            | RejectReason::OtherCurrency(value)
            | RejectReason::ScoreOutOfRange(value)
            | RejectReason::ClosedBeforeOpened(value)
            | RejectReason::UnknownValue(value)
            | RejectReason::DaysOutOfOrder(value)
            | RejectReason::CountsDisagree(value) => Some(value),
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
    /// Name of the column with the cell that is at fault; empty where it is no one cell's fault.
    pub column: String,
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
    /// Neither a sale nor a refund.
    NoSale,
}

impl SkipKind {
    /// A stable name, for translation.
    pub const fn code(self) -> &'static str {
        match self {
            SkipKind::Duplicate => "duplicate",
            SkipKind::TotalRow => "total_row",
            SkipKind::RepeatedHeader => "repeated_header",
            SkipKind::NoSale => "no_sale",
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

/// Why a row is no part of the batch.
#[derive(Debug)]
pub(crate) enum Left {
    Rejected(RejectReason),
    Skipped(SkipKind),
}

impl From<RejectReason> for Left {
    fn from(reason: RejectReason) -> Left {
        Left::Rejected(reason)
    }
}

/// Keeps and counts what is left out.
#[derive(Debug, Default)]
pub(crate) struct LeftOut {
    pub rejected: Vec<Rejected>,
    pub rejected_count: u64,
    pub skipped: Vec<Skipped>,
    pub skipped_count: u64,
}

impl LeftOut {
    /// Counts a row that is no error and no data.
    pub fn skip(&mut self, line: u32, kind: SkipKind) {
        self.skipped_count += 1;
        if self.skipped.len() < KEPT_ROWS {
            self.skipped.push(Skipped { line, kind });
        }
    }

    /// Counts a row as wrong, and keeps it with the reason.
    pub fn reject(&mut self, line: u32, reason: RejectReason, column: &str, raw: &str) {
        self.rejected_count += 1;
        if self.rejected.len() < KEPT_ROWS {
            let (column, text) = (column.to_owned(), clipped(raw, KEPT_TEXT).to_owned());
            self.rejected.push(Rejected { line, reason, column, text });
        }
    }

    /// Puts the rows kept in the order of the file.
    pub fn sort(&mut self) {
        self.rejected.sort_by_key(|row| row.line);
        self.skipped.sort_by_key(|row| row.line);
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
