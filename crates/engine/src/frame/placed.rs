//! Every order in force at its place: sorted by customer, then by time.
//!
//! Sorting scatters the orders over memory; each is therefore moved once, with all that the frame
//! is made of, and the columns are then filled in one sweep.

use super::{Customers, LoadedBatch, NumberIndex};
use model::{NO_CUSTOMER, OrderState, OrderTime, Zone};

/// Orders in force by customer and time; those without a customer come last.
#[derive(Debug)]
pub struct Placed {
    /// Where each customer's orders begin; then where those without a customer begin; then the end.
    pub offsets: Vec<u32>,
    /// The orders.
    pub orders: Vec<PlacedOrder>,
}

/// What the frame needs of an order: 24 bytes, so that moving it touches one line of memory.
#[derive(Clone, Copy, Debug)]
pub struct PlacedOrder {
    /// Seconds on the shop's clock.
    pub wall: i64,
    /// What is left after refunds, in minor units.
    pub net: i64,
    /// Row in its import.
    pub row: u32,
    /// Index of its import.
    pub batch: u16,
    /// Whether it counts, and why not.
    pub state: OrderState,
    /// Code of its currency, in its import.
    pub currency: u8,
}

impl Placed {
    /// Gathers the orders in force from all imports.
    pub fn gather(batches: &[LoadedBatch], customers: &Customers, zone: &Zone) -> Placed {
        let replaced = replaced_rows(batches);
        let in_force = |batch: usize, row: usize| replaced[batch].get(row).is_none_or(|gone| !gone);
        let nobody = customers.len();
        let group = |batch: usize, customer: u32| {
            if customer == NO_CUSTOMER { nobody } else { customers.index(batch, customer) as usize }
        };
        let mut offsets = vec![0_u32; nobody + 2];
        for (index, batch) in batches.iter().enumerate() {
            for (row, &customer) in batch.tables.orders.customer.iter().enumerate() {
                offsets[group(index, customer) + 1] += u32::from(in_force(index, row));
            }
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let none =
            PlacedOrder { wall: 0, net: 0, row: 0, batch: 0, state: OrderState::Test, currency: 0 };
        let mut orders = vec![none; offsets[nobody + 1] as usize];
        let (mut next, mut clock) = (offsets.clone(), Clock::new(zone));
        for (index, batch) in batches.iter().enumerate() {
            let table = &batch.tables.orders;
            for (row, &customer) in table.customer.iter().enumerate() {
                if !in_force(index, row) {
                    continue;
                }
                let slot = &mut next[group(index, customer)];
                orders[*slot as usize] = PlacedOrder {
                    wall: clock.wall_seconds(table.time(row)),
                    net: table.net(row),
                    row: row as u32,
                    batch: index as u16,
                    state: table.state(row),
                    currency: table.currency[row],
                };
                *slot += 1;
            }
        }
        let mut placed = Placed { offsets, orders };
        placed.sort_by_time();
        placed
    }

    /// Sorts within each customer; orders of the same second stay as the files have them.
    fn sort_by_time(&mut self) {
        for group in 0..self.offsets.len() - 1 {
            let range = self.offsets[group] as usize..self.offsets[group + 1] as usize;
            let orders = &mut self.orders[range];
            if !orders.is_sorted_by_key(|it| it.wall) {
                orders.sort_by_key(|it| it.wall);
            }
        }
    }

    /// The orders of each customer in turn, then those without one.
    pub fn groups(&self) -> impl Iterator<Item = &[PlacedOrder]> {
        self.offsets.windows(2).map(|pair| &self.orders[pair[0] as usize..pair[1] as usize])
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
        let same_shop =
            |other: &LoadedBatch| other.source == batch.source && other.shop_key == batch.shop_key;
        if !batches[..later].iter().any(same_shop) {
            continue;
        }
        let numbers = NumberIndex::new(&batch.tables);
        for (earlier, other) in batches[..later].iter().enumerate().filter(|(_, it)| same_shop(it))
        {
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
