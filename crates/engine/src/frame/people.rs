//! What is known of people beside their orders, brought together: of each record the newest import
//! that knows it is in force, tied to its customer and its order.

use super::contacts::Contacts;
use super::directory::{Directory, Looked, NAMING, Names, Place, Wanted, customer_of};
use super::fingerprint::Fingerprints;
use super::{Customers, Frame, LoadedBatch, OrderRef, Orders};
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use model::{NO_CUSTOMER, PeopleTables, RecordKind, TimeColumn, Zone};
use store::Tables;

/// A record that is tied to no order.
pub const NO_ORDER: u32 = u32::MAX;

/// A record in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tied {
    /// Index of its import in the frame.
    pub batch: u16,
    /// Row in its table.
    pub row: u32,
    /// Index of its customer, or [`NO_CUSTOMER`].
    pub customer: u32,
    /// Index of its order in the frame, or [`NO_ORDER`].
    pub order: u32,
    /// Seconds on the shop's clock; the lowest number where there is no time.
    pub wall: i64,
}

impl Tied {
    /// Of which is not known yet whose it is.
    const fn loose(batch: usize, row: usize) -> Tied {
        let (batch, row) = (batch as u16, row as u32);
        Tied { batch, row, customer: NO_CUSTOMER, order: NO_ORDER, wall: i64::MIN }
    }

    /// Whose it is; `None`: nobody's who is known.
    pub fn known_customer(&self) -> Option<u32> {
        (self.customer != NO_CUSTOMER).then_some(self.customer)
    }

    /// The order that it is about; `None`: none that is known.
    pub fn known_order(&self) -> Option<u32> {
        (self.order != NO_ORDER).then_some(self.order)
    }
}

/// All that is known of people beside their orders.
#[derive(Debug, Default)]
pub struct People {
    /// What contact lists say.
    contacts: Contacts,
    /// Answers to surveys, by customer and time; those of nobody last.
    pub responses: Vec<Tied>,
    /// Service tickets, likewise.
    pub tickets: Vec<Tied>,
    /// Events, likewise.
    pub events: Vec<Tied>,
    /// Records that name an order number which is not on record.
    pub orphans: u32,
}

impl People {
    /// Brings the records of all imports together.
    pub fn gather(
        batches: &[LoadedBatch],
        customers: &Customers,
        orders: &Orders,
        zone: &Zone,
    ) -> People {
        let mut people = People::default();
        if batches.iter().all(|batch| batch.tables.people.is_empty()) {
            return people;
        }
        people.contacts = Contacts::meet(batches, customers);
        let tying = Tying::new(batches, customers, orders, zone);
        for kind in NAMING {
            let (tied, orphans) = tying.in_force(kind);
            people.orphans += orphans;
            match kind {
                RecordKind::Responses => people.responses = tied,
                RecordKind::Tickets => people.tickets = tied,
                _ => people.events = tied,
            }
        }
        people
    }

    /// What is known of some customers alone, rising. `place` finds an order of theirs.
    pub fn limited(&self, members: &[u32], place: impl Fn(u32) -> Option<u32>) -> People {
        let limited = |records: &[Tied]| {
            let own = records.iter().filter_map(|record| {
                let customer = members.binary_search(&record.customer).ok()? as u32;
                let order = place(record.order).unwrap_or(NO_ORDER);
                Some(Tied { customer, order, ..*record })
            });
            own.collect()
        };
        People {
            contacts: self.contacts.limited(members),
            responses: limited(&self.responses),
            tickets: limited(&self.tickets),
            events: limited(&self.events),
            orphans: 0,
        }
    }

    /// Import and row of all that contact lists say of a customer, the newest last.
    pub fn contacts(&self, customer: u32) -> &[OrderRef] {
        self.contacts.of(customer as usize)
    }

    /// How many records of each kind are in force, of those that there are; people, not orders.
    pub fn counts(&self) -> Vec<(RecordKind, u32)> {
        let contacts = self.contacts.people();
        let counts = [
            (RecordKind::Contacts, contacts),
            (RecordKind::Responses, self.responses.len()),
            (RecordKind::Tickets, self.tickets.len()),
            (RecordKind::Events, self.events.len()),
        ];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        counts.map(|(kind, count)| (kind, count as u32)).collect()
    }
}

/// The records of a customer among those that stand by customer.
pub fn of_customer(tied: &[Tied], customer: u32) -> &[Tied] {
    let from = tied.partition_point(|it| it.customer < customer);
    let to = tied.partition_point(|it| it.customer <= customer);
    &tied[from..to]
}

/// Each platform once.
pub fn platforms<'a>(sources: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut platforms: Vec<&str> = sources.collect();
    tiny_sort::unstable::sort(&mut platforms);
    platforms.dedup();
    platforms
}

/// When a record was made.
pub const fn times(people: &PeopleTables, kind: RecordKind) -> &TimeColumn {
    match kind {
        RecordKind::Orders | RecordKind::Contacts | RecordKind::Summaries => &people.contacts.since,
        RecordKind::Responses => &people.responses.at,
        RecordKind::Tickets => &people.tickets.opened,
        RecordKind::Events => &people.events.at,
    }
}

/// All that records are tied by.
struct Tying<'a> {
    batches: &'a [LoadedBatch],
    tables: Vec<&'a Tables>,
    platforms: Vec<&'a str>,
    customers: &'a Customers,
    orders: &'a Orders,
    directory: Directory,
    zone: &'a Zone,
}

/// Where a record stands: kind, index of its import in the frame, row in its table.
pub type RecordPlace = (RecordKind, usize, u32);

/// The records of a customer in all imports: also those that newer ones stand in place of.
pub fn all_of(frame: &Frame, customer: u32, zone: &Zone) -> Vec<RecordPlace> {
    let batches = frame.batches.as_slice();
    if batches.iter().all(|batch| batch.tables.people.is_empty()) {
        return Vec::new();
    }
    let tying = Tying::new(batches, &frame.customers, &frame.orders, zone);
    let mut found = Vec::new();
    for kind in NAMING {
        let all = || {
            let prints = batches.iter().map(|it| Fingerprints::of(&it.source, &it.tables));
            prints.enumerate().flat_map(move |(batch, prints)| {
                let rows = 0..batches[batch].tables.people.count(kind);
                rows.map(move |row| (Tied::loose(batch, row), prints.get(kind, row).key))
            })
        };
        let is_theirs = |mut record: Tied| {
            // Of what order it is says nothing of whose it is, if that is known.
            let _ = tying.tie(kind, &mut record);
            record.customer == customer
        };
        let keys: HashSet<u64, FixedState> =
            all().filter(|it| is_theirs(it.0)).map(|it| it.1).collect();
        let theirs = all().filter(|it| keys.contains(&it.1)).map(|it| it.0);
        found.extend(theirs.map(|it| (kind, usize::from(it.batch), it.row)));
    }
    found
}

impl<'a> Tying<'a> {
    fn new(
        batches: &'a [LoadedBatch],
        customers: &'a Customers,
        orders: &'a Orders,
        zone: &'a Zone,
    ) -> Tying<'a> {
        let tables: Vec<&Tables> = batches.iter().map(|batch| &batch.tables).collect();
        let platforms = platforms(batches.iter().map(|batch| batch.source.as_str()));
        let mut wanted = Wanted::default();
        for tables in &tables {
            wanted.add(&tables.people, &platforms);
        }
        let directory = wanted.look_up(&tables);
        Tying { batches, tables, platforms, customers, orders, directory, zone }
    }

    /// The records of a kind in force, by customer and time; and how many name an order that is not
    /// on record.
    fn in_force(&self, kind: RecordKind) -> (Vec<Tied>, u32) {
        let mut by_key: HashMap<u64, usize, FixedState> = HashMap::default();
        let mut tied: Vec<Tied> = Vec::new();
        for (batch, it) in self.batches.iter().enumerate() {
            let prints = Fingerprints::of(&it.source, &it.tables);
            for row in 0..it.tables.people.count(kind) {
                let record = Tied::loose(batch, row);
                let at = *by_key.entry(prints.get(kind, row).key).or_insert(tied.len());
                match tied.get_mut(at) {
                    Some(known) => *known = record,
                    None => tied.push(record),
                }
            }
        }
        let orphans = tied.iter_mut().filter_map(|record| self.tie(kind, record).err()).count();
        tiny_sort::stable::sort_by_key(&mut tied, |it| (it.customer, it.wall));
        (tied, orphans as u32)
    }

    /// Ties a record; the error: it names an order that is not on record.
    fn tie(&self, kind: RecordKind, record: &mut Tied) -> Result<(), ()> {
        let people = &self.tables[usize::from(record.batch)].people;
        let row = record.row as usize;
        let time = times(people, kind).get(row);
        record.wall = time.map_or(i64::MIN, |time| self.zone.wall_seconds(time));
        let names = Names::of(people, kind, row);
        let person = match self.directory.person(names, &self.platforms) {
            Looked::One(person) => Some(person),
            Looked::Nobody | Looked::Several => None,
        };
        if let Some(person) = person {
            record.customer = self.index(person.place);
        }
        if names.order.is_empty() {
            return Ok(());
        }
        let places = self.directory.orders(names).iter().rev();
        let found = places.filter_map(|&place| self.order_at(place));
        // Of orders with the same number in several shops the customer's own.
        let (order, of) = found.min_by_key(|(_, of)| *of != record.customer).ok_or(())?;
        record.order = order;
        let is_nameless =
            names.email.is_empty() && names.phone.is_empty() && names.member.is_empty();
        if is_nameless && (of as usize) < self.customers.len() {
            record.customer = of;
        }
        Ok(())
    }

    fn index(&self, place: Place) -> u32 {
        self.customers.index(place.source, place.row)
    }

    /// Index and customer of an order that is in force; its customer is one beyond the last if it
    /// is nobody's.
    fn order_at(&self, place: Place) -> Option<(u32, u32)> {
        let nobody = self.customers.len() as u32;
        let customer = customer_of(&self.tables, place).map_or(nobody, |it| self.index(it.place));
        let place = OrderRef { batch: place.source as u16, row: place.row };
        Some((self.orders.find(customer, place)?, customer))
    }
}
