//! The first 30, 60, 90 … days of every customer, whenever they began.

use crate::{CohortRows, Periods, Purchases};

/// Cells by row and age in days, row by row as in [`CohortTable`](crate::CohortTable).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EqualAges {
    /// How many rows.
    pub rows: usize,
    /// The ages in days: the day of the first order is the first of them.
    pub ages: Vec<u32>,
    /// Customers whose first so many days are over at the as-of day.
    pub observed: Vec<u32>,
    /// Those of them with a second order within these days.
    pub repeaters: Vec<u32>,
    /// Their orders within these days.
    pub orders: Vec<u32>,
    /// Their net amount within these days, in minor units.
    pub net: Vec<i64>,
}

impl EqualAges {
    /// Share of customers with a second order within the age; `None` if nobody has reached it.
    pub fn repeat_rate(&self, row: usize, age: usize) -> Option<f64> {
        self.per_customer(row, age, |cell| f64::from(self.repeaters[cell]))
    }

    /// Orders within the age, a customer; `None` if nobody has reached it.
    pub fn orders_per_customer(&self, row: usize, age: usize) -> Option<f64> {
        self.per_customer(row, age, |cell| f64::from(self.orders[cell]))
    }

    /// Net amount within the age in minor units, a customer; `None` if nobody has reached it.
    pub fn net_per_customer(&self, row: usize, age: usize) -> Option<f64> {
        self.per_customer(row, age, |cell| self.net[cell] as f64)
    }

    fn per_customer(&self, row: usize, age: usize, part: impl Fn(usize) -> f64) -> Option<f64> {
        if row >= self.rows || age >= self.ages.len() {
            return None;
        }
        let cell = row * self.ages.len() + age;
        (self.observed[cell] > 0).then(|| part(cell) / f64::from(self.observed[cell]))
    }
}

/// The ages that cohorts are usually compared at, in days.
pub const COHORT_DAYS: [u32; 5] = [30, 60, 90, 180, 365];

/// Follows every customer for the first so many days; an age counts once it is over at the as-of
/// day.
///
/// `ages` must rise, in days. Who has no row in [`cohorts`](crate::cohorts) has none here.
pub fn equal_ages(
    purchases: Purchases<'_>,
    as_of: i32,
    periods: &Periods<'_>,
    rows: CohortRows<'_>,
    ages: &[u32],
) -> EqualAges {
    let count = rows.count(periods);
    let cells = count * ages.len();
    let mut table = EqualAges {
        rows: count,
        ages: ages.to_vec(),
        observed: vec![0; cells],
        repeaters: vec![0; cells],
        orders: vec![0; cells],
        net: vec![0; cells],
    };
    for (customer, (days, nets)) in purchases.customers_until(as_of).enumerate() {
        let first_period = days.first().and_then(|first| periods.index(*first));
        let row = first_period.and_then(|first_period| rows.of(customer, first_period));
        if let Some(row) = row {
            table.add(row, as_of, days, nets);
        }
    }
    table
}

impl EqualAges {
    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn add(&mut self, row: usize, as_of: i32, days: &[i32], nets: &[i64]) {
        let Some(first) = days.first() else { return };
        let lived = as_of.abs_diff(*first);
        let (mut orders, mut net) = (0, 0_i64);
        for (age, length) in self.ages.iter().enumerate() {
            if lived < length.saturating_sub(1) {
                break;
            }
            while days.get(orders).is_some_and(|day| day.abs_diff(*first) < *length) {
                net = net.saturating_add(nets[orders]);
                orders += 1;
            }
            let cell = row * self.ages.len() + age;
            self.observed[cell] += 1;
            self.repeaters[cell] += u32::from(orders > 1);
            self.orders[cell] += orders as u32;
            self.net[cell] = self.net[cell].saturating_add(net);
        }
    }
}
