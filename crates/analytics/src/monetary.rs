//! M of RFM: which amount stands for a customer.

use crate::{RankedSpend, Summaries};

/// What M measures, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Monetary {
    /// Net amount of all orders in the window.
    #[default]
    Total,
    /// Net amount per order in the window.
    AverageOrder,
}

impl Monetary {
    /// The value of a customer with at least one order; exact up to 2⁵³ minor units.
    #[inline]
    fn value(self, net: i64, orders: u32) -> f64 {
        match self {
            Self::Total => net as f64,
            Self::AverageOrder => net as f64 / f64::from(orders),
        }
    }

    /// M of the customers who bought in the window, `None` for the others, in order.
    pub(crate) fn values(self, customers: &Summaries) -> impl Iterator<Item = Option<f64>> {
        let columns = customers.orders.iter().zip(&customers.net);
        columns.map(move |(orders, net)| (*orders > 0).then(|| self.value(*net, *orders)))
    }
}

/// All values of M in ascending order.
pub(crate) enum RankedMonetary<'a> {
    /// Read backwards from the ranking that tiers and concentration use too.
    Total(&'a RankedSpend),
    Average(Vec<f64>),
}

impl<'a> RankedMonetary<'a> {
    pub(crate) fn new(monetary: Monetary, customers: &Summaries, spend: &'a RankedSpend) -> Self {
        match monetary {
            Monetary::Total => Self::Total(spend),
            Monetary::AverageOrder => {
                let mut ascending: Vec<f64> = monetary.values(customers).flatten().collect();
                ascending.sort_unstable_by(f64::total_cmp);
                Self::Average(ascending)
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Total(spend) => spend.len(),
            Self::Average(ascending) => ascending.len(),
        }
    }

    /// The value at position `rank` of the ascending order, counted from 0.
    pub(crate) fn nth(&self, rank: usize) -> Option<f64> {
        match self {
            Self::Total(spend) => {
                let from_the_top = spend.len().checked_sub(rank + 1)?;
                Some(spend.descending()[from_the_top] as f64)
            }
            Self::Average(ascending) => ascending.get(rank).copied(),
        }
    }

    pub(crate) fn median(&self) -> Option<f64> {
        let (low, high) = (self.nth(self.len().checked_sub(1)? / 2)?, self.nth(self.len() / 2)?);
        Some(f64::midpoint(low, high))
    }

    pub(crate) fn mean(&self) -> Option<f64> {
        let (low, high) = (self.nth(0)?, self.nth(self.len() - 1)?);
        let sum = match self {
            Self::Total(spend) => spend.total() as f64,
            // In sorted order, so that the rounding does not depend on the order of customers.
            Self::Average(ascending) => ascending.iter().sum(),
        };
        // Rounding must not lift the mean of equal values above them: all would become "low".
        Some((sum / self.len() as f64).clamp(low, high))
    }

    /// Whether fewer than `enough` different values occur, and then how many.
    pub(crate) fn distinct_below(&self, enough: usize) -> Option<usize> {
        let mut distinct = 0;
        let mut previous = None;
        for value in (0..self.len()).map(|rank| self.nth(rank)) {
            if value != previous {
                distinct += 1;
                previous = value;
            }
            if distinct == enough {
                return None;
            }
        }
        Some(distinct)
    }
}
