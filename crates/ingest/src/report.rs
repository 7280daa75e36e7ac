//! What an import tells of itself.

use crate::dates::DateOrder;
use crate::left_out::{Rejected, Skipped};
use crate::platforms::Platform;
use crate::role::Role;
use crate::suggestions::Suggestion;
use crate::warnings::{Warning, WarningCode};
use model::{Consent, Currency, OrderState, OrderTime, RecordKind};

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
    /// Nothing tells customers apart, or their names alone do: figures of orders only, unless the
    /// user takes each name for one customer.
    Identity {
        /// `None`: there are no names either. Else whether they are keys, until told otherwise.
        by_name: Option<bool>,
    },
    /// Whether all contacts of a mailing list may be written to: the file does not say which of the
    /// list's parts it is.
    Consent {
        /// Until told otherwise.
        assumed: Consent,
    },
}

impl Question {
    /// A stable name, for translation.
    pub const fn code(&self) -> &'static str {
        match self {
            Question::DateOrder { .. } => "date_order",
            Question::Mapping { .. } => "mapping",
            Question::Identity { .. } => "identity",
            Question::Consent { .. } => "consent",
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
    /// Refunds in rows of their own that name no order known, which are no orders.
    pub refund_documents: u64,
    /// What they gave back.
    pub refunded_by_documents: i64,
}

/// All that an import tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the file's rows are.
    pub kind: RecordKind,
    /// Records of that kind in the batch, where they are no orders.
    pub records: u64,
    /// Where the file comes from.
    pub platform: Platform,
    /// Rows below the header, blank ones left out:
    /// `rows == rows_used + skipped_count + rejected_count`.
    pub rows: u64,
    /// Rows that are in the batch.
    pub rows_used: u64,
    /// Orders in the batch. Refunds that name none are none.
    pub orders: u64,
    /// Customers in the batch who ordered, of whatever state.
    pub customers: u64,
    /// Rows with something wrong; the first [`KEPT_ROWS`](crate::KEPT_ROWS).
    pub rejected: Vec<Rejected>,
    /// How many there are.
    pub rejected_count: u64,
    /// Rows that are no error and no data; the first [`KEPT_ROWS`](crate::KEPT_ROWS).
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
    /// The earliest and the latest order; of several those that are not in the future.
    pub span: Option<(OrderTime, OrderTime)>,
    /// What the file says of the shop's zone: instants in UTC seconds, each with the offset from
    /// UTC in seconds that was written beside it. Of each offset the earliest and the latest.
    pub offsets: Vec<(i64, i32)>,
    /// Customers that may be one person; never merged unasked.
    pub suggestions: Vec<Suggestion>,
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
