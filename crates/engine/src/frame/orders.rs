//! Every order in force, by customer and time.

use super::blocks;
use super::placed::{Placed, PlacedOrder};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use model::{OrderState, ShopDay};
use std::hash::BuildHasher;
use store::{BatchId, Tables};

/// An import in memory.
#[derive(Debug)]
pub struct LoadedBatch {
    /// Its id in the store.
    pub id: BatchId,
    /// Id of the platform that the file came from.
    pub source: String,
    /// Which shop on that platform: order numbers are unique within both.
    pub shop_key: u32,
    /// Decimals that the amounts have whose orders name no currency.
    pub unnamed_decimals: u32,
    /// Its rows.
    pub tables: Tables,
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
    /// Import of each order; empty while there is a single import.
    batch: Vec<u16>,
    /// Row of each order in its import.
    row: Vec<u32>,
    /// Where each customer's orders begin; then where those without a customer begin; then the end.
    offsets: Vec<u32>,
    /// The shop's day of each order.
    pub day: Vec<i32>,
    /// State of each order.
    pub state: Vec<OrderState>,
}

impl Orders {
    /// Takes the columns that screens need over from the sorted orders.
    pub fn new(batches: &[LoadedBatch], placed: &Placed) -> Orders {
        let rows = placed.orders.len();
        let mut orders = Orders {
            batch: Vec::new(),
            row: Vec::with_capacity(rows),
            offsets: placed.offsets.clone(),
            day: Vec::with_capacity(rows),
            state: Vec::with_capacity(rows),
        };
        blocks(rows).for_each(|block| orders.extend(&placed.orders[block]));
        if batches.len() > 1 {
            orders.batch = placed.orders.iter().map(|it| it.batch).collect();
        }
        orders
    }

    #[inline(never)]
    fn extend(&mut self, placed: &[PlacedOrder]) {
        self.row.extend(placed.iter().map(|it| it.row));
        self.day.extend(placed.iter().map(|it| ShopDay::of_wall_seconds(it.wall).number()));
        self.state.extend(placed.iter().map(|it| it.state));
    }

    /// How many orders there are.
    pub const fn len(&self) -> usize {
        self.row.len()
    }

    /// The orders of a customer, oldest first.
    pub fn of_customer(&self, customer: u32) -> std::ops::Range<usize> {
        self.offsets[customer as usize] as usize..self.offsets[customer as usize + 1] as usize
    }

    /// Where an order stands.
    pub fn at(&self, order: usize) -> OrderRef {
        let batch = self.batch.get(order).copied().unwrap_or(0);
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
