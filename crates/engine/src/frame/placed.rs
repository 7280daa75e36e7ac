//! Every order in force at its place: sorted by customer, then by time.
//!
//! Sorting scatters the orders over memory; each is therefore moved once, with all that the frame
//! is made of, and the columns are then filled in one sweep.

use super::{Customers, LoadedBatch, NumberIndex};
use model::{NO_CUSTOMER, OrderState, OrderTable, OrderTime, ShopDay, Zone, blocks};
use std::ops::Range;

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

impl PlacedOrder {
    const NONE: PlacedOrder =
        PlacedOrder { wall: 0, net: 0, row: 0, batch: 0, state: OrderState::Test, currency: 0 };
}

impl Placed {
    /// Gathers the orders in force from all imports.
    pub fn gather(batches: &[LoadedBatch], customers: &Customers, zone: &Zone) -> Placed {
        let replaced = replaced_rows(batches);
        let source = |index: usize| Source {
            batch: index,
            table: &batches[index].tables.orders,
            customers,
            replaced: &replaced[index],
        };
        let nobody = customers.len();
        let mut offsets = vec![0_u32; nobody + 2];
        for index in 0..batches.len() {
            let source = source(index);
            blocks(source.table.len()).for_each(|rows| source.count(rows, &mut offsets[1..]));
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut clock = Clock::new(zone);
        let count = offsets[nobody + 1] as usize;
        let mut orders = Vec::with_capacity(count);
        let mut with_orders =
            (0..batches.len()).filter(|&it| !batches[it].tables.orders.is_empty());
        if let (Some(sole), None) = (with_orders.next(), with_orders.next())
            && customers.are_rows()
            && source(sole).is_clustered()
        {
            let source = source(sole);
            blocks(source.table.len())
                .for_each(|rows| source.append(rows, &mut clock, &mut orders));
        } else {
            orders.resize(count, PlacedOrder::NONE);
            let mut next = offsets.clone();
            for index in 0..batches.len() {
                let source = source(index);
                blocks(source.table.len())
                    .for_each(|rows| source.place(rows, &mut clock, &mut next, &mut orders));
            }
        }
        let mut placed = Placed { offsets, orders };
        blocks(nobody + 1).for_each(|groups| placed.sort_by_time(groups));
        placed
    }

    /// Takes out the orders of each customer up to a day: a summary stands for them.
    pub fn drop_until(&mut self, last_day: impl Fn(usize) -> Option<i32>) {
        let (mut begin, mut kept) = (0, 0);
        for group in 0..self.group_count() {
            let (end, last) = (self.offsets[group + 1] as usize, last_day(group));
            for at in begin..end {
                let order = self.orders[at];
                let day = ShopDay::of_wall_seconds(order.wall).number();
                if last.is_none_or(|last| day > last) {
                    self.orders[kept] = order;
                    kept += 1;
                }
            }
            begin = end;
            self.offsets[group + 1] = kept as u32;
        }
        self.orders.truncate(kept);
    }

    /// Sorts within each customer; orders of the same second stay as the files have them.
    #[inline(never)]
    fn sort_by_time(&mut self, groups: Range<usize>) {
        for group in groups {
            let range = self.offsets[group] as usize..self.offsets[group + 1] as usize;
            let orders = &mut self.orders[range];
            if !orders.is_sorted_by_key(|it| it.wall) {
                tiny_sort::stable::sort_by_key(orders, |it| it.wall);
            }
        }
    }

    /// The orders of some groups in turn: group by group the customers', then nobody's.
    pub fn groups(&self, groups: Range<usize>) -> impl Iterator<Item = &[PlacedOrder]> {
        let pairs = self.offsets[groups.start..=groups.end].windows(2);
        pairs.map(|pair| &self.orders[pair[0] as usize..pair[1] as usize])
    }

    /// How many groups there are: every customer's and nobody's.
    pub const fn group_count(&self) -> usize {
        self.offsets.len() - 1
    }
}

/// An import whose orders are to be placed.
struct Source<'a> {
    batch: usize,
    table: &'a OrderTable,
    customers: &'a Customers,
    /// Which rows a later import holds too; empty if none can.
    replaced: &'a [bool],
}

impl Source<'_> {
    /// Row and customer of the orders in force; those of nobody come after the last customer's.
    fn in_force(&self, rows: Range<usize>) -> impl Iterator<Item = (usize, usize)> {
        let nobody = self.customers.len();
        rows.filter(|&row| self.replaced.get(row).is_none_or(|gone| !gone)).map(move |row| {
            match self.table.customer[row] {
                NO_CUSTOMER => (row, nobody),
                known => (row, self.customers.index(self.batch, known) as usize),
            }
        })
    }

    #[inline(never)]
    fn count(&self, rows: Range<usize>, counts: &mut [u32]) {
        self.in_force(rows).for_each(|(_, customer)| counts[customer] += 1);
    }

    #[inline(never)]
    fn place(
        &self,
        rows: Range<usize>,
        clock: &mut Clock,
        next: &mut [u32],
        orders: &mut [PlacedOrder],
    ) {
        for (row, customer) in self.in_force(rows) {
            let slot = &mut next[customer];
            orders[*slot as usize] = self.placed(row, clock);
            *slot += 1;
        }
    }

    /// Whether the orders stand by customer already, as they are stored: then each one's place is
    /// behind the one before.
    fn is_clustered(&self) -> bool {
        let customers = &self.table.customer;
        let is_sorted =
            |rows: Range<usize>| customers[rows.start.saturating_sub(1)..rows.end].is_sorted();
        self.replaced.is_empty() && blocks(customers.len()).all(is_sorted)
    }

    #[inline(never)]
    fn append(&self, rows: Range<usize>, clock: &mut Clock, orders: &mut Vec<PlacedOrder>) {
        orders.extend(rows.map(|row| self.placed(row, clock)));
    }

    #[inline]
    fn placed(&self, row: usize, clock: &mut Clock) -> PlacedOrder {
        PlacedOrder {
            wall: clock.wall_seconds(self.table.time(row)),
            net: self.table.net(row),
            row: row as u32,
            batch: self.batch as u16,
            state: self.table.state(row),
            currency: self.table.currency[row],
        }
    }
}

/// The shop's clock; remembers the offset of the last instant, since neighbours share it.
struct Clock<'a> {
    zone: &'a Zone,
    valid: Range<i64>,
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
