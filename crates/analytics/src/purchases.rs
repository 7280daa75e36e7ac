//! The input: valid orders as columns, and the days that a figure looks at.

use crate::sum::sum;
use std::fmt;
use std::ops::Range;

/// Valid orders of one currency, grouped by customer and by day within a customer.
///
/// Customer `c` owns the orders `offsets[c]..offsets[c + 1]`. What makes an order valid (paid, not
/// cancelled, something left after refunds) is the caller's decision.
#[derive(Debug, Clone, Copy)]
pub struct Purchases<'a> {
    offsets: &'a [u32],
    day: &'a [i32],
    net: &'a [i64],
}

/// Nobody has bought anything.
impl Default for Purchases<'_> {
    fn default() -> Self {
        Self { offsets: &[0], day: &[], net: &[] }
    }
}

impl<'a> Purchases<'a> {
    /// Takes the columns after checking that they fit together.
    ///
    /// `offsets` has one entry more than there are customers; `day` counts from 1970-01-01 and
    /// never falls within a customer (checked in debug builds only: it would cost a pass over all
    /// orders); `net` is in minor units, after refunds.
    pub fn new(
        offsets: &'a [u32],
        day: &'a [i32],
        net: &'a [i64],
    ) -> Result<Self, MalformedPurchases> {
        if day.len() != net.len() {
            return Err(MalformedPurchases::UnequalColumns { days: day.len(), nets: net.len() });
        }
        let (first, last) = (offsets.first().copied(), offsets.last().copied());
        if first != Some(0) || last.map(|end| end as usize) != Some(day.len()) {
            return Err(MalformedPurchases::OffsetsDoNotSpan { first, last, orders: day.len() });
        }
        if let Some(customer) = offsets.windows(2).position(|pair| pair[0] > pair[1]) {
            return Err(MalformedPurchases::FallingOffset { customer });
        }
        let purchases = Self { offsets, day, net };
        debug_assert!(purchases.customers().all(|(day, _)| day.is_sorted()), "days must not fall");
        Ok(purchases)
    }

    /// How many customers the columns hold, with or without orders.
    pub fn customer_count(self) -> usize {
        self.offsets.len() - 1
    }

    /// Where each customer's orders begin, and the end of the last one's.
    pub fn offsets(self) -> &'a [u32] {
        self.offsets
    }

    /// The day of every order.
    pub fn days(self) -> &'a [i32] {
        self.day
    }

    /// The net amount of every order, in minor units.
    pub fn nets(self) -> &'a [i64] {
        self.net
    }

    /// The orders of each customer in turn: days and net amounts.
    pub fn customers(self) -> impl Iterator<Item = (&'a [i32], &'a [i64])> {
        self.offsets.windows(2).map(move |pair| {
            let own = pair[0] as usize..pair[1] as usize;
            (&self.day[own.clone()], &self.net[own])
        })
    }

    /// Positions of a customer's orders in the columns.
    ///
    /// # Panics
    ///
    /// If there is no such customer.
    pub fn orders_of(self, customer: usize) -> Range<usize> {
        self.offsets[customer] as usize..self.offsets[customer + 1] as usize
    }

    /// As [`customers`](Self::customers), without the orders after the as-of day: empty slices for
    /// who has none up to it.
    pub fn customers_until(self, as_of: i32) -> impl Iterator<Item = (&'a [i32], &'a [i64])> {
        self.customers().map(move |(days, nets)| {
            // Most customers have no order after the as-of day, so the last is looked at first.
            let end = match days.last() {
                Some(last) if *last > as_of => days.partition_point(|day| *day <= as_of),
                _ => days.len(),
            };
            (&days[..end], &nets[..end])
        })
    }
}

impl<'a> Purchases<'a> {
    /// The orders of the window, of each customer who has any.
    pub fn within(self, window: Window) -> impl Iterator<Item = Stretch<'a>> {
        self.customers().filter_map(move |(days, nets)| Stretch::of(days, nets, window))
    }

    /// The net amount of the orders of the window, of each customer who has any, with the customer's
    /// position.
    pub fn net_within(self, window: Window) -> impl Iterator<Item = (usize, i64)> {
        self.customers().enumerate().filter_map(move |(customer, (days, nets))| {
            let own = Stretch::of(days, nets, window)?;
            Some((customer, sum(own.nets)))
        })
    }
}

/// The orders of one customer in a window: one at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// Their days, not falling.
    pub days: &'a [i32],
    /// Their net amounts in minor units.
    pub nets: &'a [i64],
    /// Whether the customer's very first order is among them.
    pub is_from_first: bool,
}

impl<'a> Stretch<'a> {
    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn of(days: &'a [i32], nets: &'a [i64], window: Window) -> Option<Self> {
        // From the end, because a window is mostly about the latest orders.
        let after = days.iter().rev().take_while(|day| **day > window.as_of).count();
        let (days, nets) = (&days[..days.len() - after], &nets[..days.len() - after]);
        let before = window.from.map_or(0, |from| {
            days.len() - days.iter().rev().take_while(|day| **day >= from).count()
        });
        (before < days.len()).then(|| Stretch {
            days: &days[before..],
            nets: &nets[before..],
            is_from_first: before == 0,
        })
    }

    /// The orders of a window that lies within the one of these; `None`: there are none.
    pub(crate) fn within(self, window: Window) -> Option<Self> {
        let own = Self::of(self.days, self.nets, window)?;
        Some(Self { is_from_first: own.is_from_first && self.is_from_first, ..own })
    }
}

/// Why columns are not a set of purchases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MalformedPurchases {
    /// Every order needs a day and an amount.
    UnequalColumns {
        /// Length of the day column.
        days: usize,
        /// Length of the net column.
        nets: usize,
    },
    /// The offsets must begin at 0 and end at the number of orders.
    OffsetsDoNotSpan {
        /// The first offset, if there is one.
        first: Option<u32>,
        /// The last offset, if there is one.
        last: Option<u32>,
        /// How many orders there are.
        orders: usize,
    },
    /// The orders of this customer would end before they begin.
    FallingOffset {
        /// Position of the customer.
        customer: usize,
    },
}

impl fmt::Display for MalformedPurchases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnequalColumns { days, nets } => {
                write!(f, "{days} days but {nets} net amounts")
            }
            Self::OffsetsDoNotSpan { first, last, orders } => {
                write!(f, "offsets run from {first:?} to {last:?} over {orders} orders")
            }
            Self::FallingOffset { customer } => {
                write!(f, "the offsets fall at customer {customer}")
            }
        }
    }
}

impl std::error::Error for MalformedPurchases {}

/// A closed interval of days that ends on the as-of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day, or `None` for all time.
    pub from: Option<i32>,
    /// Last day. Orders after it do not exist.
    pub as_of: i32,
}

impl Window {
    /// Whether the day lies in the window.
    pub fn contains(self, day: i32) -> bool {
        day <= self.as_of && self.from.is_none_or(|from| from <= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_do_not_fit_are_refused_with_the_fact() {
        type Case = (&'static [u32], &'static [i32], &'static [i64], MalformedPurchases);
        use MalformedPurchases::{FallingOffset, OffsetsDoNotSpan, UnequalColumns};
        let cases: [Case; 4] = [
            (&[0, 1], &[1], &[], UnequalColumns { days: 1, nets: 0 }),
            (&[], &[], &[], OffsetsDoNotSpan { first: None, last: None, orders: 0 }),
            (
                &[0, 1],
                &[1, 2],
                &[1, 2],
                OffsetsDoNotSpan { first: Some(0), last: Some(1), orders: 2 },
            ),
            (&[0, 2, 1, 2], &[1, 2], &[1, 2], FallingOffset { customer: 1 }),
        ];
        for (offsets, day, net, expected) in cases {
            assert_eq!(Purchases::new(offsets, day, net).map(|_| ()), Err(expected));
        }
    }

    #[test]
    fn a_window_cuts_every_customers_orders() {
        type Case = (Option<i32>, i32, Vec<(&'static [i64], bool)>);
        let purchases = Purchases::new(&[0, 4, 4, 5], &[1, 3, 3, 9, 2], &[10, 20, 30, 40, 50]);
        let within = |from, as_of| {
            let window = Window { from, as_of };
            purchases.unwrap().within(window).map(|it| (it.nets, it.is_from_first)).collect()
        };
        let cases: [Case; 5] = [
            (None, 9, vec![(&[10, 20, 30, 40], true), (&[50], true)]),
            (Some(3), 8, vec![(&[20, 30], false)]),
            (Some(2), 2, vec![(&[50], true)]),
            (Some(10), 20, vec![]),
            (Some(5), 4, vec![]),
        ];
        for (from, as_of, expected) in cases {
            let found: Vec<(&[i64], bool)> = within(from, as_of);
            assert_eq!(found, expected, "{from:?} to {as_of}");
        }
    }

    #[test]
    fn both_ends_of_a_window_belong_to_it() {
        let window = Window { from: Some(3), as_of: 5 };
        let inside: Vec<i32> = (0..10).filter(|day| window.contains(*day)).collect();
        assert_eq!(inside, [3, 4, 5]);
    }
}
