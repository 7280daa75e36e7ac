//! Customers of whom a warehouse has brought a summary: it stands for all their orders up to its day.

use super::{Customers, LoadedBatch, OrderRef};
use model::Currency;

/// Whoever has no summary.
const NONE: OrderRef = OrderRef { batch: 0, row: u32::MAX };

/// The summaries in force: of each customer that of the latest day, of two the one that came later.
#[derive(Debug, Default)]
pub struct Summarised {
    /// Import and row by customer; empty while there are none.
    rows: Vec<OrderRef>,
    until: Option<i32>,
}

/// A customer's orders up to a day, as far as a summary tells them.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'a> {
    /// The last day that it looks at.
    pub as_of: i32,
    /// Day of the first order.
    pub first_day: i32,
    /// Days from each order to the next.
    pub gaps: &'a [u32],
    /// What all come to, in minor units of `currency`.
    pub net: i64,
    /// What those of the first day come to.
    pub first_day_net: i64,
    /// Its currency.
    pub currency: Option<Currency>,
}

impl Summarised {
    /// Finds each customer's summary among those of all imports.
    pub fn meet(batches: &[LoadedBatch], customers: &Customers) -> Summarised {
        let mut all = Summarised::default();
        for (index, batch) in batches.iter().enumerate() {
            let table = &batch.tables.people.summaries;
            if !table.is_empty() && all.rows.is_empty() {
                all.rows = vec![NONE; customers.len()];
            }
            for (row, (&customer, &day)) in table.customer.iter().zip(&table.as_of).enumerate() {
                let known = &mut all.rows[customers.index(index, customer) as usize];
                if as_of(batches, *known).is_none_or(|before| before <= day) {
                    *known = OrderRef { batch: index as u16, row: row as u32 };
                }
            }
        }
        all.until = all.rows.iter().filter_map(|row| as_of(batches, *row)).max();
        all
    }

    /// Those of some customers alone, rising. The day stays that of all.
    pub fn limited(&self, members: &[u32]) -> Summarised {
        let rows = members.iter().filter_map(|it| self.rows.get(*it as usize).copied());
        Summarised { rows: rows.collect(), until: self.until }
    }

    /// The latest day of them all: of no earlier one can anything be told.
    pub const fn until(&self) -> Option<i32> {
        self.until
    }

    /// Whether a customer has one.
    pub fn is_of(&self, customer: u32) -> bool {
        self.row(customer as usize).is_some()
    }

    /// How many customers have one.
    pub fn count(&self) -> usize {
        self.rows.iter().filter(|row| **row != NONE).count()
    }

    /// The day up to which a customer's stands for all orders.
    pub fn day(&self, batches: &[LoadedBatch], customer: usize) -> Option<i32> {
        as_of(batches, self.row(customer)?)
    }

    fn row(&self, customer: usize) -> Option<OrderRef> {
        self.rows.get(customer).copied().filter(|row| *row != NONE)
    }

    /// A customer's. `starts`: of each import, where the gaps of its summaries begin.
    pub fn of<'a>(
        &self,
        batches: &'a [LoadedBatch],
        starts: &[Vec<u32>],
        customer: usize,
    ) -> Option<Summary<'a>> {
        let place = self.row(customer)?;
        let (batch, row) = (usize::from(place.batch), place.row as usize);
        let people = &batches[batch].tables.people;
        let table = &people.summaries;
        let own = starts[batch][row] as usize..starts[batch][row + 1] as usize;
        Some(Summary {
            as_of: table.as_of[row],
            first_day: table.first_day[row],
            gaps: &people.gaps.days[own],
            net: table.net[row],
            first_day_net: table.first_day_net[row],
            currency: Currency::from_code(table.currency.get(row)),
        })
    }
}

fn as_of(batches: &[LoadedBatch], at: OrderRef) -> Option<i32> {
    let table = &batches.get(usize::from(at.batch))?.tables.people.summaries;
    table.as_of.get(at.row as usize).copied()
}

impl Summary<'_> {
    /// The days of all orders.
    pub fn days(&self) -> impl Iterator<Item = i32> {
        let next = |day: &mut i32, gap: &u32| {
            *day = day.saturating_add_unsigned(*gap);
            Some(*day)
        };
        std::iter::once(self.first_day).chain(self.gaps.iter().scan(self.first_day, next))
    }

    /// How many orders there are, and how many of them on the first day.
    pub fn orders(&self) -> (usize, usize) {
        let first = self.gaps.iter().take_while(|gap| **gap == 0).count() + 1;
        (self.gaps.len() + 1, first)
    }

    /// Net of each order, as far as it is known: the first day's is, and what all later ones come to;
    /// both are spread evenly. Whatever adds up over the whole is exact, and so is the mean of the
    /// days after the first, which models of spend look at.
    pub fn nets(&self) -> impl Iterator<Item = i64> {
        let (orders, first) = self.orders();
        evenly(self.first_day_net, first)
            .chain(evenly(self.net - self.first_day_net, orders - first))
    }
}

/// An amount in so many parts, to the last unit.
fn evenly(amount: i64, parts: usize) -> impl Iterator<Item = i64> {
    let count = (parts as i64).max(1);
    let (each, rest) = (amount.div_euclid(count), amount.rem_euclid(count));
    (0..parts as i64).map(move |at| each + i64::from(at < rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_are_exact_and_the_amounts_add_up() {
        let gaps = [0, 0, 30, 5, 0];
        let it = Summary {
            as_of: 60,
            first_day: 10,
            gaps: &gaps,
            net: 1_000,
            first_day_net: 301,
            currency: None,
        };
        assert_eq!(it.days().collect::<Vec<_>>(), [10, 10, 10, 40, 45, 45]);
        let nets: Vec<i64> = it.nets().collect();
        assert_eq!(nets, [101, 100, 100, 233, 233, 233]);
        assert_eq!(nets.iter().sum::<i64>(), 1_000);
    }
}
