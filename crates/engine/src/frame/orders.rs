//! Every order in force, by customer and time.

use super::Customers;
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use model::{NO_CUSTOMER, OrderState, OrderTime, ShopDay, Zone};
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
    /// Gathers the orders in force from all imports.
    pub fn gather(batches: &[LoadedBatch], customers: &Customers, zone: &Zone) -> Orders {
        let replaced = replaced_rows(batches);
        let in_force = |batch: usize, row: usize| {
            replaced.get(batch).is_none_or(|rows| rows.get(row).is_none_or(|&replaced| !replaced))
        };
        let groups = customers.len() + 1;
        let group = |customer: u32| {
            if customer == NO_CUSTOMER { groups - 1 } else { customer as usize }
        };
        let mut offsets = vec![0_u32; groups + 1];
        for (index, batch) in batches.iter().enumerate() {
            for (row, &customer) in batch.tables.orders.customer.iter().enumerate() {
                if in_force(index, row) {
                    offsets[group(customers.index(index, customer)) + 1] += 1;
                }
            }
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let count = offsets[groups] as usize;
        let mut orders = Orders {
            batch: if batches.len() > 1 { vec![0; count] } else { Vec::new() },
            row: vec![0; count],
            day: vec![0; count],
            state: vec![OrderState::Paid; count],
            offsets,
        };
        let mut wall = vec![0_i64; count];
        let mut next = orders.offsets.clone();
        let mut clock = Clock::new(zone);
        for (index, batch) in batches.iter().enumerate() {
            let table = &batch.tables.orders;
            for (row, &customer) in table.customer.iter().enumerate() {
                if !in_force(index, row) {
                    continue;
                }
                let slot = &mut next[group(customers.index(index, customer))];
                let at = *slot as usize;
                *slot += 1;
                orders.row[at] = row as u32;
                if batches.len() > 1 {
                    orders.batch[at] = index as u16;
                }
                wall[at] = clock.wall_seconds(table.time(row));
                orders.state[at] = table.state(row);
            }
        }
        orders.sort_by_time(&wall);
        orders
    }

    /// Sorts within each customer, where the files did not already, and fills the days in.
    fn sort_by_time(&mut self, wall: &[i64]) {
        let mut order: Vec<u32> = Vec::new();
        for group in 0..self.offsets.len() - 1 {
            let range = self.offsets[group] as usize..self.offsets[group + 1] as usize;
            let times = &wall[range.clone()];
            if times.is_sorted() {
                for (day, &seconds) in self.day[range].iter_mut().zip(times) {
                    *day = ShopDay::of_wall_seconds(seconds).number();
                }
                continue;
            }
            order.clear();
            order.extend(0..times.len() as u32);
            order.sort_by_key(|&at| times[at as usize]);
            let pick = |at: &u32| range.start + *at as usize;
            let rows: Vec<u32> = order.iter().map(|at| self.row[pick(at)]).collect();
            let states: Vec<OrderState> = order.iter().map(|at| self.state[pick(at)]).collect();
            if !self.batch.is_empty() {
                let batch: Vec<u16> = order.iter().map(|at| self.batch[pick(at)]).collect();
                self.batch[range.clone()].copy_from_slice(&batch);
            }
            self.row[range.clone()].copy_from_slice(&rows);
            self.state[range.clone()].copy_from_slice(&states);
            for (day, &at) in self.day[range].iter_mut().zip(&order) {
                *day = ShopDay::of_wall_seconds(times[at as usize]).number();
            }
        }
    }

    /// How many orders there are.
    pub const fn len(&self) -> usize {
        self.row.len()
    }

    /// The orders of a customer, oldest first.
    pub fn of_customer(&self, customer: u32) -> std::ops::Range<usize> {
        self.offsets[customer as usize] as usize..self.offsets[customer as usize + 1] as usize
    }

    /// How many groups there are: one a customer, and one for orders without.
    pub const fn groups(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The orders of a group.
    pub fn group(&self, group: usize) -> std::ops::Range<usize> {
        self.offsets[group] as usize..self.offsets[group + 1] as usize
    }

    /// Where an order stands.
    pub fn at(&self, order: usize) -> OrderRef {
        let batch = self.batch.get(order).copied().unwrap_or(0);
        OrderRef { batch, row: self.row[order] }
    }
}

/// The shop's clock; remembers the offset of the last instant, since neighbours share it.
struct Clock<'a> {
    zone: &'a Zone,
    valid: std::ops::Range<i64>,
    offset: i64,
}

impl<'a> Clock<'a> {
    fn new(zone: &'a Zone) -> Clock<'a> {
        Clock { zone, valid: 0..0, offset: 0 }
    }

    fn wall_seconds(&mut self, time: OrderTime) -> i64 {
        let instant = match time {
            OrderTime::Wall(seconds) => return seconds,
            OrderTime::Instant(instant) => instant,
        };
        if !self.valid.contains(&instant) {
            self.offset = i64::from(self.zone.offset_at(instant));
            self.valid = self.zone.steady_around(instant);
        }
        instant + self.offset
    }
}

/// For each import, which of its orders a later one holds too; empty if no numbers can meet.
fn replaced_rows(batches: &[LoadedBatch]) -> Vec<Vec<bool>> {
    let mut replaced: Vec<Vec<bool>> = vec![Vec::new(); batches.len()];
    for (later, batch) in batches.iter().enumerate().skip(1) {
        let same_shop = |other: &LoadedBatch| {
            other.source == batch.source && other.shop_key == batch.shop_key
        };
        if !batches[..later].iter().any(same_shop) {
            continue;
        }
        let numbers = NumberIndex::new(&batch.tables);
        for (earlier, other) in batches[..later].iter().enumerate().filter(|(_, it)| same_shop(it)) {
            let rows = &mut replaced[earlier];
            rows.resize(other.tables.orders.len(), false);
            for (row, flag) in rows.iter_mut().enumerate() {
                let number = other.tables.orders.number.bytes_of(row);
                *flag = *flag || numbers.find(number).is_some();
            }
        }
    }
    replaced
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
