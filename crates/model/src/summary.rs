//! What a warehouse has worked out of each customer's orders.

use crate::{DictColumn, TextColumn};

/// The summaries of one import as columns: one row a customer. They stand for all orders of that
/// customer up to their day.
///
/// Days are counted from 1970-01-01. Amounts are minor units of the row's currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryTable {
    /// Row in the import's [`crate::CustomerTable`].
    pub customer: Vec<u32>,
    /// The customer's number in the warehouse.
    pub member: TextColumn,
    /// Code of the currency.
    pub currency: DictColumn,
    /// The last day that the summary looks at.
    pub as_of: Vec<i32>,
    /// Day of the first order that counts.
    pub first_day: Vec<i32>,
    /// Orders that count, at least one.
    pub orders: Vec<u32>,
    /// Their net amount.
    pub net: Vec<i64>,
    /// Net amount of those of the first day.
    pub first_day_net: Vec<i64>,
}

/// The days between the orders of summaries: of a summary of n orders n − 1 rows, oldest first.
///
/// With them the days of all orders are known, and so is the rhythm of buying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GapTable {
    /// Row in [`SummaryTable`], not falling.
    pub summary: Vec<u32>,
    /// Days from the order before; 0 on the same day.
    pub days: Vec<u32>,
}

impl SummaryTable {
    /// How many summaries there are.
    pub const fn len(&self) -> usize {
        self.customer.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.customer.is_empty()
    }
}

impl GapTable {
    /// How many gaps there are.
    pub const fn len(&self) -> usize {
        self.summary.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.summary.is_empty()
    }

    /// Where the gaps of each of so many summaries begin, and where those of the last end.
    pub fn starts(&self, summaries: usize) -> Vec<u32> {
        let mut starts = vec![0; summaries + 1];
        for &summary in &self.summary {
            starts[summary as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        starts
    }
}
