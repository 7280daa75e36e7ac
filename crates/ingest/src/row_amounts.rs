//! Whose the amounts are where an order stands on several rows: the order's or its lines'.
//!
//! A plain table does not say. Three ways are in use: the order's total on each of its rows, the
//! total on the first row only, and on each row the amount of its line. The column as a whole
//! decides: a total that is repeated does not change within an order.

use crate::word_hash::hash_64;
use model::OrderFlags;
use std::collections::HashSet;

/// What the amount of a row is where an order has several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowAmounts {
    /// The whole order's; blank or the same on its further rows.
    OrderTotal,
    /// The line's: the order's total is their sum.
    LineAmount,
}

impl RowAmounts {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            RowAmounts::OrderTotal => "order_total",
            RowAmounts::LineAmount => "line_amount",
        }
    }
}

/// Of a hundred orders on several rows, so many may contradict themselves before the amounts are
/// taken as those of lines. Goods of one price make lines look alike; a total that is repeated
/// differs only where somebody has changed it.
const MOST_CONTRARY_PERCENT: u64 = 5;

/// The first row's amount is quantity times price, as a line's is.
const LIKE_A_LINE: u8 = 1;
/// A further row has no amount.
const BLANK: u8 = 2;
/// A further row has the amount of the first.
const SAME: u8 = 4;
/// A further row has another amount, or shows that both are a line's.
const OTHER: u8 = 8;
/// A further row that has an amount is a copy of an earlier one: the column may hold either.
const COPY: u8 = 16;

/// What the rows of each order say of the column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Votes {
    /// Bits, one an order.
    marks: Vec<u8>,
}

impl Votes {
    fn mark(&mut self, order: usize, bits: u8) {
        if self.marks.len() <= order {
            self.marks.resize(order + 1, 0);
        }
        self.marks[order] |= bits;
    }

    /// The first row of an order has an amount that is quantity times price.
    pub fn first_is_like_a_line(&mut self, order: usize) {
        self.mark(order, LIKE_A_LINE);
    }

    /// A further row of an order has an amount (`None`: a blank), and the order's first row this
    /// one. `is_like_a_line`: it is quantity times price.
    pub fn further(&mut self, order: usize, first: i64, amount: Option<i64>, is_like_a_line: bool) {
        let was_like_a_line = self.marks.get(order).is_some_and(|bits| bits & LIKE_A_LINE > 0);
        match amount {
            None => self.mark(order, BLANK),
            Some(amount) if amount == first && !(is_like_a_line && was_like_a_line) => {
                self.mark(order, SAME);
            }
            // A discount, or a refund of the whole: either model may have such rows.
            Some(amount) if amount < 0 => self.mark(order, 0),
            Some(_) => self.mark(order, OTHER),
        }
    }

    /// A further row of an order is a copy of an earlier one, and has an amount.
    pub fn copy(&mut self, order: usize) {
        self.mark(order, COPY);
    }

    fn orders(&self, which: impl Fn(u8) -> bool) -> u64 {
        self.marks.iter().filter(|&&bits| which(bits)).count() as u64
    }

    /// What the column holds.
    pub fn model(&self) -> RowAmounts {
        let contrary = self.orders(|bits| bits & OTHER > 0);
        let all = self.orders(|bits| bits & (SAME | OTHER) > 0);
        if contrary * 100 > all * MOST_CONTRARY_PERCENT {
            RowAmounts::LineAmount
        } else {
            RowAmounts::OrderTotal
        }
    }

    /// Orders that have amounts on several rows.
    pub fn with_several_amounts(&self) -> u64 {
        self.orders(|bits| bits & (SAME | OTHER | COPY) > 0)
    }

    /// Orders whose further rows are all blank.
    pub fn with_blanks_only(&self) -> u64 {
        self.orders(|bits| bits & BLANK > 0 && bits & (SAME | OTHER | COPY) == 0)
    }
}

/// The rows of each order, to tell one that comes again letter by letter.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// Hash of the first row, one an order.
    first: Vec<u64>,
    further: HashSet<(usize, u64)>,
}

impl Copies {
    pub fn with_capacity(orders: usize) -> Copies {
        Copies { first: Vec::with_capacity(orders), further: HashSet::new() }
    }

    /// The first row of the next order.
    pub fn begin(&mut self, raw: &str) {
        self.first.push(hash_64(raw.as_bytes()));
    }

    /// Whether an order's row was there before.
    pub fn is_copy(&mut self, order: usize, raw: &str) -> bool {
        let hash = hash_64(raw.as_bytes());
        self.first.get(order) == Some(&hash) || !self.further.insert((order, hash))
    }
}

/// What the rows of an order add up to, beside its amount.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts {
    /// Amount of the first row.
    pub first: i64,
    /// Amounts of rows that were cancelled, not paid, or refunded whole.
    pub void: i64,
    /// Those of them that were refunded whole.
    pub given_back: i64,
    /// All that was said of any of those, and what was said of each.
    pub states: OrderFlags,
    pub common_states: Option<OrderFlags>,
    /// What became of each of them, one state a row: cancelled before refunded before unpaid.
    pub fates: OrderFlags,
    /// Refunds of the other rows.
    pub refunded: i64,
    /// Whether any row counts.
    pub counts: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_contradictions_do_not_make_lines_of_totals() {
        for (same, other, model) in [
            (0, 0, RowAmounts::OrderTotal),
            (0, 1, RowAmounts::LineAmount),
            (1, 0, RowAmounts::OrderTotal),
            (19, 1, RowAmounts::OrderTotal),
            (18, 1, RowAmounts::LineAmount),
            (100, 5, RowAmounts::OrderTotal),
            (100, 50, RowAmounts::LineAmount),
        ] {
            let mut votes = Votes::default();
            (0..same).for_each(|order| votes.further(order, 5, Some(5), false));
            (same..same + other).for_each(|order| votes.further(order, 5, Some(7), false));
            assert_eq!(votes.model(), model, "{same} {other}");
        }
    }

    #[test]
    fn blanks_and_negative_amounts_decide_nothing() {
        let mut votes = Votes::default();
        votes.further(3, 5, None, false);
        votes.further(4, 5, Some(-5), false);
        assert_eq!(votes.model(), RowAmounts::OrderTotal);
        assert_eq!((votes.with_blanks_only(), votes.with_several_amounts()), (1, 0));
    }

    #[test]
    fn a_row_is_a_copy_only_of_its_own_orders_rows() {
        let mut copies = Copies::with_capacity(2);
        copies.begin("1,a");
        copies.begin("2,a");
        assert!(copies.is_copy(0, "1,a") && !copies.is_copy(1, "1,a"));
        assert!(!copies.is_copy(0, "1,b") && copies.is_copy(0, "1,b"));
    }
}
