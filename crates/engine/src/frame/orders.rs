//! Every order in force, by customer and time.

use super::placed::{Placed, PlacedOrder};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use model::{Hlc, OrderState, ShopDay, blocks};
use std::hash::BuildHasher;
use store::{BatchId, Tables};

/// An import in memory.
#[derive(Debug)]
pub struct LoadedBatch {
    /// Its id in the store.
    pub id: BatchId,
    /// Which edition of it is in memory.
    pub edition: Option<Hlc>,
    /// Id of the platform that the file came from.
    pub source: String,
    /// Which shop on that platform: order numbers are unique within both.
    pub shop_key: u32,
    /// Decimals that the amounts have whose orders name no currency.
    pub unnamed_decimals: u32,
    /// Its rows.
    pub tables: Tables,
    /// Its lines and products are those that older imports know of its orders: it came without.
    pub has_lent_lines: bool,
}

/// Where an order stands: import and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderRef {
    /// Index of the import in the frame.
    pub batch: u16,
    /// Row in its table.
    pub row: u32,
}

/// Every order in force, of any state, sorted by customer, then by time. Orders without a customer
/// come last.
#[derive(Debug, Default)]
pub struct Orders {
    /// Import of each order; empty while a single import has orders.
    batch: Vec<u16>,
    /// That import.
    sole: u16,
    /// Row of each order in its import.
    row: Vec<u32>,
    /// Where each customer's orders begin; then where those without a customer begin; then the end.
    offsets: Vec<u32>,
    /// The shop's day of each order.
    pub day: Vec<i32>,
    /// State of each order.
    pub state: Vec<OrderState>,
    /// Day and state of the few orders that are not simply paid, so that states are counted without
    /// a look at every order.
    exceptions: Vec<(i32, OrderState)>,
}

impl Orders {
    /// Takes the columns that screens need over from the sorted orders.
    pub fn new(batches: &[LoadedBatch], placed: &Placed) -> Orders {
        let rows = placed.orders.len();
        let mut orders = Orders {
            batch: Vec::new(),
            sole: placed.orders.first().map_or(0, |it| it.batch),
            row: Vec::with_capacity(rows),
            offsets: placed.offsets.clone(),
            day: Vec::with_capacity(rows),
            state: Vec::with_capacity(rows),
            exceptions: Vec::new(),
        };
        blocks(rows).for_each(|block| orders.extend(&placed.orders[block]));
        if batches.iter().filter(|it| !it.tables.orders.is_empty()).count() > 1 {
            orders.batch = placed.orders.iter().map(|it| it.batch).collect();
        }
        orders
    }

    #[inline(never)]
    fn extend(&mut self, placed: &[PlacedOrder]) {
        self.row.extend(placed.iter().map(|it| it.row));
        self.day.extend(placed.iter().map(|it| ShopDay::of_wall_seconds(it.wall).number()));
        self.state.extend(placed.iter().map(|it| it.state));
        let exceptions = placed.iter().filter(|it| it.state != OrderState::Paid);
        let day = |it: &PlacedOrder| ShopDay::of_wall_seconds(it.wall).number();
        self.exceptions.extend(exceptions.map(|it| (day(it), it.state)));
    }

    /// The orders of some customers alone, rising; none is nobody's.
    pub fn limited(&self, members: &[u32]) -> Orders {
        let mut orders = Orders { sole: self.sole, offsets: vec![0], ..Orders::default() };
        for customer in members {
            let own = self.of_customer(*customer);
            orders.row.extend_from_slice(&self.row[own.clone()]);
            orders.day.extend_from_slice(&self.day[own.clone()]);
            orders.state.extend_from_slice(&self.state[own.clone()]);
            if !self.batch.is_empty() {
                orders.batch.extend_from_slice(&self.batch[own]);
            }
            orders.offsets.push(orders.row.len() as u32);
        }
        // Where those of nobody end.
        orders.offsets.push(orders.row.len() as u32);
        let dated = orders.day.iter().copied().zip(orders.state.iter().copied());
        orders.exceptions = dated.filter(|it| it.1 != OrderState::Paid).collect();
        orders
    }

    /// How many orders of each state there are up to a day, in the order of [`OrderState::ALL`].
    pub fn states_until(&self, day: i32) -> [u32; OrderState::ALL.len()] {
        let mut counts = [0_u32; OrderState::ALL.len()];
        for (_, state) in self.exceptions.iter().filter(|exception| exception.0 <= day) {
            counts[*state as usize] += 1;
        }
        let groups = self.offsets.windows(2);
        let known = groups.map(|pair| {
            let days = &self.day[pair[0] as usize..pair[1] as usize];
            match days.last() {
                Some(&last) if last > day => days.partition_point(|it| *it <= day),
                _ => days.len(),
            }
        });
        let exceptions: u32 = counts.iter().sum();
        counts[OrderState::Paid as usize] = known.sum::<usize>() as u32 - exceptions;
        counts
    }

    /// Day of the first order of any state.
    pub fn first_day(&self) -> Option<i32> {
        let groups = self.offsets.windows(2);
        groups
            .filter_map(|pair| self.day[pair[0] as usize..pair[1] as usize].first().copied())
            .min()
    }

    /// How many orders there are.
    pub const fn len(&self) -> usize {
        self.row.len()
    }

    /// The orders of a customer, oldest first.
    pub fn of_customer(&self, customer: u32) -> std::ops::Range<usize> {
        self.offsets[customer as usize] as usize..self.offsets[customer as usize + 1] as usize
    }

    /// Whose an order is, by its index; one beyond the last customer: nobody's.
    pub fn customer_of(&self, order: u32) -> Option<u32> {
        let is_there = (order as usize) < self.len();
        is_there.then(|| self.offsets.partition_point(|begin| *begin <= order) as u32 - 1)
    }

    /// The index of an order of a customer, or of nobody (`customers` is how many there are);
    /// `None`: it is not in force.
    pub fn find(&self, customer: u32, place: OrderRef) -> Option<u32> {
        let found = self.of_customer(customer).find(|&order| self.at(order) == place);
        found.map(|order| order as u32)
    }

    /// Where an order stands.
    pub fn at(&self, order: usize) -> OrderRef {
        let batch = self.batch.get(order).copied().unwrap_or(self.sole);
        OrderRef { batch, row: self.row[order] }
    }
}

/// Finds an import's orders by number.
pub struct NumberIndex<'a> {
    tables: &'a Tables,
    table: HashTable<u32>,
    state: FixedState,
}

impl<'a> NumberIndex<'a> {
    /// Indexes the orders of an import.
    pub fn new(tables: &'a Tables) -> NumberIndex<'a> {
        let state = FixedState::default();
        let numbers = &tables.orders.number;
        let mut table = HashTable::with_capacity(numbers.len());
        for row in 0..numbers.len() {
            let hash = |&row: &u32| state.hash_one(numbers.bytes_of(row as usize));
            table.insert_unique(hash(&(row as u32)), row as u32, hash);
        }
        NumberIndex { tables, table, state }
    }

    /// The row of the order with that number.
    pub fn find(&self, number: &[u8]) -> Option<u32> {
        let numbers = &self.tables.orders.number;
        self.table
            .find(self.state.hash_one(number), |&row| numbers.bytes_of(row as usize) == number)
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_counted_up_to_the_day() {
        use OrderState::{Cancelled, Paid, Test};
        // Two customers and one order of nobody.
        let state = vec![Paid, Test, Paid, Paid, Cancelled];
        let orders = Orders {
            offsets: vec![0, 3, 4, 5],
            day: vec![1, 2, 9, 3, 2],
            exceptions: vec![(2, Test), (2, Cancelled)],
            state,
            ..Orders::default()
        };
        let of = |day, state: OrderState| orders.states_until(day)[state as usize];
        for (day, paid, test, cancelled) in [(0, 0, 0, 0), (1, 1, 0, 0), (3, 2, 1, 1), (9, 3, 1, 1)]
        {
            assert_eq!((of(day, Paid), of(day, Test), of(day, Cancelled)), (paid, test, cancelled));
        }
        assert_eq!(OrderState::ALL.map(|state| state as usize), [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
