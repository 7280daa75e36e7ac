//! Rows of customers by calendar periods since the first order.

use crate::sum::sum;
use crate::{CohortRows, Periods, Purchases};

/// Cells by row and age; age 0 is the period of the first order itself (M0, M1, … for months).
///
/// The columns of cells are row by row: cell `(row, age)` stands at `row · ages + age`. An age counts
/// for a customer once its period is over at the as-of day, so a cell that nobody has reached is
/// blank (`None`), never 0. In rows by first period all customers reach an age together; in rows by
/// label a cell speaks of those who have reached it, its `observed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortTable {
    /// How many rows.
    pub rows: usize,
    /// How many ages.
    pub ages: usize,
    /// Customers of each row, whatever they have reached.
    pub size: Vec<u32>,
    /// Customers who have reached the age.
    pub observed: Vec<u32>,
    /// Those of them with an order at that age.
    pub returned: Vec<u32>,
    /// Their orders at that age.
    pub orders: Vec<u32>,
    /// Their net amount at that age, in minor units.
    pub net: Vec<i64>,
    /// Their net amount up to that age, in minor units.
    pub cumulative_net: Vec<i64>,
}

impl CohortTable {
    /// Customers with an order at the age ÷ customers who have reached it.
    pub fn retention(&self, row: usize, age: usize) -> Option<f64> {
        self.per_customer(row, age, |cell| f64::from(self.returned[cell]))
    }

    /// Orders at the age, a customer who has reached it.
    pub fn orders_per_customer(&self, row: usize, age: usize) -> Option<f64> {
        self.per_customer(row, age, |cell| f64::from(self.orders[cell]))
    }

    /// Net amount at the age in minor units, a customer who has reached it.
    pub fn net_per_customer(&self, row: usize, age: usize) -> Option<f64> {
        self.per_customer(row, age, |cell| self.net[cell] as f64)
    }

    /// Net amount up to the age in minor units, a customer who has reached it.
    pub fn cumulative_net_per_customer(&self, row: usize, age: usize) -> Option<f64> {
        self.per_customer(row, age, |cell| self.cumulative_net[cell] as f64)
    }

    fn per_customer(&self, row: usize, age: usize, part: impl Fn(usize) -> f64) -> Option<f64> {
        if row >= self.rows || age >= self.ages {
            return None;
        }
        let cell = row * self.ages + age;
        (self.observed[cell] > 0).then(|| part(cell) / f64::from(self.observed[cell]))
    }
}

/// Follows every customer from the first order on, by calendar period, up to the as-of day.
///
/// ```
/// use analytics::{CohortRows, Periods, Purchases, cohorts};
///
/// // January, February and March 1970. A buys in January and March, B in January.
/// let months = Periods::new(&[0, 31, 59], 90)?;
/// let purchases = Purchases::new(&[0, 2, 3], &[5, 70, 30], &[1_000, 400, 700])?;
/// let table = cohorts(purchases, 89, &months, CohortRows::FirstOrder);
/// let january: Vec<_> = (0..3).map(|age| table.retention(0, age)).collect();
/// assert_eq!(january, [Some(1.0), Some(0.0), Some(0.5)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Left out are customers whose first order lies before the first or after the last period, and in
/// rows by label those without one.
pub fn cohorts(
    purchases: Purchases<'_>,
    as_of: i32,
    periods: &Periods<'_>,
    rows: CohortRows<'_>,
) -> CohortTable {
    let mut filling = Filling::new(rows.count(periods), periods, as_of);
    for (customer, (days, nets)) in purchases.customers_until(as_of).enumerate() {
        let first_period = days.first().and_then(|first| periods.index(*first));
        let Some(first_period) = first_period else { continue };
        if let Some(row) = rows.of(customer, first_period) {
            filling.add(row, first_period, days, nets);
        }
    }
    filling.table()
}

/// What happened in a cell, side by side in memory: an order touches one place.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    returned: u32,
    orders: u32,
    net: i64,
}

struct Filling<'a> {
    periods: &'a Periods<'a>,
    /// Periods that are over, and the first day after them.
    finished: usize,
    end: i32,
    size: Vec<u32>,
    cells: Vec<Cell>,
    /// Customers by the greatest age that they have reached.
    oldest: Vec<u32>,
    /// Net of the customers who have not reached the age, though the one before.
    left: Vec<i64>,
}

impl<'a> Filling<'a> {
    fn new(rows: usize, periods: &'a Periods<'a>, as_of: i32) -> Self {
        let finished = periods.finished(as_of);
        let cells = rows * periods.len();
        Self {
            periods,
            finished,
            end: periods.starts().get(finished).copied().unwrap_or(periods.end()),
            size: vec![0; rows],
            cells: vec![Cell::default(); cells],
            oldest: vec![0; cells],
            left: vec![0; cells],
        }
    }

    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn add(&mut self, row: usize, first_period: usize, days: &[i32], nets: &[i64]) {
        self.size[row] += 1;
        let Some(oldest) = self.finished.checked_sub(first_period + 1) else { return };
        let ages = self.periods.len();
        self.oldest[row * ages + oldest] += 1;
        let cells = &mut self.cells[row * ages..(row + 1) * ages];
        // Most have no order in a period that is not over, so the last is looked at first.
        let over = days.len() - days.iter().rev().take_while(|day| **day >= self.end).count();
        let (days, nets) = (&days[..over], &nets[..over]);
        let mut orders = days.iter().zip(nets).peekable();
        while let Some((day, net)) = orders.next() {
            let age = self.periods.index_within(*day) - first_period;
            // The orders of one age come on end: its cell is written once.
            let mut own = Cell { returned: 1, orders: 1, net: *net };
            while let Some((_, net)) =
                orders.next_if(|(day, _)| self.periods.index_within(**day) == age + first_period)
            {
                own.orders += 1;
                own.net = own.net.saturating_add(*net);
            }
            let cell = &mut cells[age];
            cell.returned += own.returned;
            cell.orders += own.orders;
            cell.net = cell.net.saturating_add(own.net);
        }
        if oldest + 1 < ages {
            let left = &mut self.left[row * ages + oldest + 1];
            *left = left.saturating_add(sum(nets));
        }
    }

    /// Who reached an age reached all before it; money adds up until the customers it came from have
    /// not reached the next age.
    fn table(self) -> CohortTable {
        let ages = self.periods.len();
        let (mut observed, mut cumulative_net) = (self.oldest, self.left);
        for row in 0..self.size.len() {
            let own = row * ages..(row + 1) * ages;
            let mut reached = 0;
            for count in observed[own.clone()].iter_mut().rev() {
                reached += *count;
                *count = reached;
            }
            let mut sum = 0_i64;
            for (total, cell) in cumulative_net[own.clone()].iter_mut().zip(&self.cells[own]) {
                sum = sum.saturating_add(cell.net).saturating_sub(*total);
                *total = sum;
            }
        }
        CohortTable {
            rows: self.size.len(),
            ages,
            size: self.size,
            observed,
            returned: self.cells.iter().map(|cell| cell.returned).collect(),
            orders: self.cells.iter().map(|cell| cell.orders).collect(),
            net: self.cells.iter().map(|cell| cell.net).collect(),
            cumulative_net,
        }
    }
}
