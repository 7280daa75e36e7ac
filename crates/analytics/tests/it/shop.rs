//! Shops to test with.

use analytics::{Purchases, RankedSpend, Summaries, Window, summarise};

/// All shops are looked at as of this day unless a test says otherwise.
pub const AS_OF: i32 = 1_000;

/// The orders of each customer: day and net in minor units.
#[derive(Debug, Clone, Default)]
pub struct Shop(pub Vec<Vec<(i32, i64)>>);

impl Shop {
    /// One customer for each entry, with that many orders of 10.00 on different days.
    pub fn with_order_counts(counts: &[u32]) -> Self {
        Self(counts.iter().map(|n| (0..*n).map(|i| (100 + i as i32, 1_000)).collect()).collect())
    }

    /// One customer for each entry, with a single order of that net on the same day.
    pub fn with_nets(nets: &[i64]) -> Self {
        Self(nets.iter().map(|net| vec![(AS_OF, *net)]).collect())
    }

    pub fn columns(&self) -> Columns {
        let mut customers = self.0.clone();
        for orders in &mut customers {
            orders.sort_unstable();
        }
        let mut offsets = vec![0];
        for orders in &customers {
            offsets.push(offsets[offsets.len() - 1] + orders.len() as u32);
        }
        let (day, net) = customers.into_iter().flatten().unzip();
        Columns { offsets, day, net }
    }

    pub fn summaries(&self, window: Window) -> Summaries {
        summarise(self.columns().purchases(), window)
    }

    pub fn all_time(&self) -> Summaries {
        self.summaries(Window { from: None, as_of: AS_OF })
    }
}

/// The orders of a shop as columns.
pub struct Columns {
    pub offsets: Vec<u32>,
    pub day: Vec<i32>,
    pub net: Vec<i64>,
}

impl Columns {
    pub fn purchases(&self) -> Purchases<'_> {
        Purchases::new(&self.offsets, &self.day, &self.net).unwrap()
    }
}

pub fn ranked(customers: &Summaries) -> RankedSpend {
    RankedSpend::new(&customers.orders, &customers.net)
}
