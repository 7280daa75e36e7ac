//! Orders, their lines, and the one rule that says which order counts.

use crate::{BLOCK_ROWS, Currency, DictColumn, OrderTime, TextColumn};
use serde::{Deserialize, Serialize};

/// The customer index of an order that nobody can be found for.
pub const NO_CUSTOMER: u32 = u32::MAX;

/// What the source said of an order, as bits of one byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderFlags(u8);

impl OrderFlags {
    /// Nothing is said against the order.
    pub const PAID: OrderFlags = OrderFlags(0);
    /// A trial order of the merchant's own.
    pub const TEST: OrderFlags = OrderFlags(1);
    /// Cancelled or voided.
    pub const CANCELLED: OrderFlags = OrderFlags(2);
    /// Not paid: pending, authorised, on hold.
    pub const UNPAID: OrderFlags = OrderFlags(4);
    /// The source says that all was refunded, whatever the amounts say.
    pub const REFUNDED: OrderFlags = OrderFlags(8);
    /// The time is the shop's wall clock ([`OrderTime::Wall`]).
    pub const WALL_TIME: OrderFlags = OrderFlags(16);

    /// The bits, for storage.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// From stored bits.
    pub const fn from_bits(bits: u8) -> OrderFlags {
        OrderFlags(bits)
    }

    /// Whether all of `flags` are set.
    #[inline]
    pub const fn has(self, flags: OrderFlags) -> bool {
        self.0 & flags.0 == flags.0
    }

    /// What they say of the time alone.
    #[must_use]
    pub const fn of_time(self) -> OrderFlags {
        OrderFlags(self.0 & OrderFlags::WALL_TIME.0)
    }

    /// These flags without those of `other`.
    #[must_use]
    pub const fn without(self, other: OrderFlags) -> OrderFlags {
        OrderFlags(self.0 & !other.0)
    }

    /// These flags and those of `other`.
    #[must_use]
    pub const fn with(self, other: OrderFlags) -> OrderFlags {
        OrderFlags(self.0 | other.0)
    }
}

/// What an order is to the figures. The first that fits, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderState {
    /// A trial order.
    Test,
    /// Cancelled or voided.
    Cancelled,
    /// Not paid.
    Unpaid,
    /// Nothing had to be paid.
    ZeroTotal,
    /// Nothing is left after refunds.
    FullyRefunded,
    /// Something is left after a refund: counts, at what is left.
    PartiallyRefunded,
    /// Paid: counts.
    Paid,
    /// No order: a refund in a row of its own that names no order known. Its total is negative; it
    /// lowers net on its own day.
    Refund,
}

impl OrderState {
    /// All states.
    pub const ALL: [OrderState; 8] = [
        OrderState::Test,
        OrderState::Cancelled,
        OrderState::Unpaid,
        OrderState::ZeroTotal,
        OrderState::FullyRefunded,
        OrderState::PartiallyRefunded,
        OrderState::Paid,
        OrderState::Refund,
    ];

    /// The state of an order with this total and refund, both in minor units.
    #[inline]
    pub const fn of(flags: OrderFlags, total: i64, refunded: i64) -> OrderState {
        if flags.has(OrderFlags::TEST) {
            OrderState::Test
        } else if flags.has(OrderFlags::CANCELLED) {
            OrderState::Cancelled
        } else if flags.has(OrderFlags::UNPAID) {
            OrderState::Unpaid
        } else if total < 0 {
            OrderState::Refund
        } else if total == 0 {
            OrderState::ZeroTotal
        } else if flags.has(OrderFlags::REFUNDED) || refunded >= total {
            OrderState::FullyRefunded
        } else if refunded > 0 {
            OrderState::PartiallyRefunded
        } else {
            OrderState::Paid
        }
    }

    /// The one rule that says which order counts (formulas §0): paid, not cancelled, not a test,
    /// and something left after refunds.
    #[inline]
    pub const fn counts(self) -> bool {
        matches!(self, OrderState::Paid | OrderState::PartiallyRefunded)
    }
}

/// Orders as columns: one row an order, all columns of equal length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderTable {
    /// The order's number as the merchant knows it. Text, always.
    pub number: TextColumn,
    /// Index into the import's [`crate::CustomerTable`], or [`NO_CUSTOMER`].
    pub customer: Vec<u32>,
    /// Seconds; [`OrderFlags::WALL_TIME`] says on which clock.
    pub at: Vec<i64>,
    /// What was to be paid, in minor units. Negative: the row is no order but a refund that names
    /// none ([`OrderState::Refund`]).
    pub total: Vec<i64>,
    /// What was given back of it, in minor units, positive. Never more than `total`; nothing, where
    /// that is negative.
    pub refunded: Vec<i64>,
    /// What was taken off before `total`, in minor units. Empty: the source does not say.
    pub discount: Vec<i64>,
    /// Index into `currencies`.
    pub currency: Vec<u8>,
    /// `None`: the source names no currency, the shop's own applies.
    pub currencies: Vec<Option<Currency>>,
    /// What the source said.
    pub flags: Vec<OrderFlags>,
    /// Where it was sold: web, app, a marketplace.
    pub channel: DictColumn,
}

impl OrderTable {
    /// How many orders there are.
    pub const fn len(&self) -> usize {
        self.customer.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.customer.is_empty()
    }

    /// When the order of a row was placed.
    #[inline]
    pub fn time(&self, row: usize) -> OrderTime {
        if self.flags[row].has(OrderFlags::WALL_TIME) {
            OrderTime::Wall(self.at[row])
        } else {
            OrderTime::Instant(self.at[row])
        }
    }

    /// Whether a row is no order but a refund, whatever became of it.
    #[inline]
    pub fn is_refund(&self, row: usize) -> bool {
        self.total[row] < 0
    }

    /// The state of a row's order.
    #[inline]
    pub fn state(&self, row: usize) -> OrderState {
        OrderState::of(self.flags[row], self.total[row], self.refunded[row])
    }

    /// Puts the orders into the sequence of `rows`, each row once.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn reorder(&mut self, rows: &[u32]) {
        // Column by column, so that no more than one is there twice.
        self.number = self.number.take_rows(rows);
        self.customer = take_rows(&self.customer, rows);
        self.at = take_rows(&self.at, rows);
        self.total = take_rows(&self.total, rows);
        self.refunded = take_rows(&self.refunded, rows);
        self.discount = take_rows(&self.discount, rows);
        self.currency = take_rows(&self.currency, rows);
        self.flags = take_rows(&self.flags, rows);
        self.channel.codes = take_rows(&self.channel.codes, rows);
    }

    /// What is left of a row's order after refunds, in minor units.
    #[inline]
    pub fn net(&self, row: usize) -> i64 {
        self.total[row] - self.refunded[row]
    }

    /// The currency of a row, if its source names one.
    pub fn currency_of(&self, row: usize) -> Option<Currency> {
        self.currencies[usize::from(self.currency[row])]
    }
}

/// The values of `rows`, in that order; of a column that the source does not have, none.
pub(crate) fn take_rows<T: Copy>(column: &[T], rows: &[u32]) -> Vec<T> {
    if column.is_empty() {
        return Vec::new();
    }
    let mut taken = Vec::with_capacity(rows.len());
    for block in rows.chunks(BLOCK_ROWS) {
        append_rows(column, block, &mut taken);
    }
    taken
}

#[inline(never)]
fn append_rows<T: Copy>(column: &[T], rows: &[u32], taken: &mut Vec<T>) {
    taken.extend(rows.iter().map(|&row| column[row as usize]));
}

/// Products as columns: one row a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductTable {
    /// What tells products apart: the SKU, or the name where there is none.
    pub key: TextColumn,
    /// The name on the order.
    pub name: TextColumn,
}

/// Lines of orders as columns: one row a line, in the order of their orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineTable {
    /// Row of the order in the import's [`OrderTable`], ascending.
    pub order: Vec<u32>,
    /// Row of the product in the import's [`ProductTable`].
    pub product: Vec<u32>,
    /// How many, in thousandths, for goods sold by weight.
    pub quantity_milli: Vec<i64>,
    /// Price of one, in minor units of the order's currency.
    pub price: Vec<i64>,
}

impl LineTable {
    /// Follows orders that were put into the sequence of `rows`.
    ///
    /// # Panics
    /// If a line's order is not among them.
    pub fn follow(&mut self, rows: &[u32]) {
        if self.order.is_empty() {
            return;
        }
        let mut start = vec![0_u32; rows.len() + 1];
        for &order in &self.order {
            start[order as usize + 1] += 1;
        }
        for order in 0..rows.len() {
            start[order + 1] += start[order];
        }
        let lines_of = |order: u32| start[order as usize]..start[order as usize + 1];
        let lines: Vec<u32> = rows.iter().flat_map(|&order| lines_of(order)).collect();
        let orders = (0_u32..).zip(rows).flat_map(|(new, &old)| lines_of(old).map(move |_| new));
        self.order = orders.collect();
        self.product = take_rows(&self.product, &lines);
        self.quantity_milli = take_rows(&self.quantity_milli, &lines);
        self.price = take_rows(&self.price, &lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_state_that_fits_is_the_orders_state() {
        use OrderState as S;
        let none = OrderFlags::default();
        let cancelled_test = OrderFlags::TEST.with(OrderFlags::CANCELLED);
        for (flags, total, refunded, state, counts) in [
            (none, 10_000, 0, S::Paid, true),
            (none, 10_000, 3_000, S::PartiallyRefunded, true),
            (none, 10_000, 10_000, S::FullyRefunded, false),
            (OrderFlags::REFUNDED, 10_000, 0, S::FullyRefunded, false),
            (none, 0, 0, S::ZeroTotal, false),
            (none, -500, 0, S::Refund, false),
            (OrderFlags::REFUNDED, -500, 0, S::Refund, false),
            (OrderFlags::UNPAID, -500, 0, S::Unpaid, false),
            (OrderFlags::UNPAID, 10_000, 0, S::Unpaid, false),
            (OrderFlags::UNPAID, 0, 0, S::Unpaid, false),
            (OrderFlags::CANCELLED, 10_000, 10_000, S::Cancelled, false),
            (cancelled_test, 10_000, 0, S::Test, false),
        ] {
            let found = OrderState::of(flags, total, refunded);
            assert_eq!((found, found.counts()), (state, counts));
        }
    }
}
