//! All that is somebody's: the rows of every import, and the keys that lead to them.

use super::people::all_of;
use super::{Directory, Frame, LoadedBatch, Looked, Names, Wanted, platforms};
use model::{CustomerId, IdentityKey, LIST_SEPARATOR, NO_CUSTOMER, Part, RecordKind, Zone};
use std::collections::{BTreeMap, BTreeSet};
use store::{BatchId, Tables, TheirRows};

/// All that is somebody's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Personal {
    /// The ids by which files would bring them back: their own first, then those of their accounts,
    /// further addresses, telephones and member numbers, as far as these are theirs alone.
    pub ids: Vec<CustomerId>,
    /// Rows by import that do not say themselves whose they are, at least.
    pub rows: BTreeMap<BatchId, TheirRows>,
}

impl Frame {
    /// All that is a customer's; `None`: nobody has the id. `zone` is the shop's.
    pub fn personal(&self, id: CustomerId, zone: &Zone) -> Option<Personal> {
        let customer = self.find(id)?;
        let own: BTreeSet<CustomerId> = [id].into_iter().chain(self.accounts(id)).collect();
        let mut personal = Personal { ids: vec![id], rows: BTreeMap::new() };
        let keys = self.keys(&own).into_iter().filter(|it| *it != id);
        personal.ids.extend(own.iter().copied().filter(|it| *it != id));
        personal.ids.extend(keys.filter(|it| !own.contains(it)));
        for (kind, batch, row) in all_of(self, customer, zone) {
            let theirs = personal.rows.entry(self.batches[batch].id).or_default();
            match kind {
                RecordKind::Responses => theirs.responses.push(row),
                RecordKind::Tickets => theirs.tickets.push(row),
                _ => theirs.events.push(row),
            }
        }
        self.add_orders(customer, &mut personal.rows);
        Some(personal)
    }

    /// The imports as they were loaded.
    fn imports(&self) -> impl Iterator<Item = &LoadedBatch> {
        self.apart.iter().chain(self.loaded())
    }

    /// The accounts of a person, where tables of orders name these.
    fn accounts(&self, id: CustomerId) -> Vec<CustomerId> {
        let of_import = |import: &LoadedBatch| {
            let part = Part::of_source(&import.source).filter(|it| it.1 == Part::Accounts);
            let platform = part.map_or("", |it| it.0).to_owned();
            let customers = &import.tables.customers;
            let rows = 0..if part.is_some() { customers.len() } else { 0 };
            let is_theirs = |row: &usize| {
                let name = customers.name.get(*row);
                IdentityKey::Member { platform: &platform, name }.customer_id() == id
            };
            rows.filter(is_theirs).map(|row| customers.id[row]).collect::<Vec<_>>()
        };
        self.imports().flat_map(of_import).collect()
    }

    /// The ids of the keys that lead to somebody with these ids, and to nobody else.
    fn keys(&self, own: &BTreeSet<CustomerId>) -> Vec<CustomerId> {
        let known: Vec<Key> = self.imports().flat_map(|it| keys_in(it, own)).collect();
        let platforms = platforms(self.batches.iter().map(|it| it.source.as_str()));
        let mut wanted = Wanted::default();
        for key in &known {
            wanted.add_one(key.as_names(), &platforms);
        }
        let tables: Vec<&Tables> = self.batches.iter().map(|it| &it.tables).collect();
        let directory: Directory = wanted.look_up(&tables);
        let is_theirs = |key: &&Key| match directory.person(key.as_names(), &platforms) {
            Looked::One(person) => own.contains(&person.id),
            Looked::Nobody | Looked::Several => false,
        };
        known.iter().filter(is_theirs).map(Key::id).collect()
    }

    /// Adds the orders with the numbers of a customer's, in every import of the shop that they are of:
    /// older ones, and tables that name no customer.
    fn add_orders(&self, customer: u32, rows: &mut BTreeMap<BatchId, TheirRows>) {
        let mut numbers: BTreeSet<(&str, u32, &[u8])> = BTreeSet::new();
        // Orders that a summary stands for are not in force, and theirs all the same.
        let id = self.customers.id(&self.batches, customer);
        for import in self.batches.iter().filter(|_| self.summarised.is_of(customer)) {
            let (orders, ids) = (&import.tables.orders, &import.tables.customers.id);
            let own = ids.iter().position(|it| *it == id).map(|row| row as u32);
            let theirs = (0..orders.len()).filter(|row| Some(orders.customer[*row]) == own);
            let key = |row| (platform(import), import.shop_key, orders.number.bytes_of(row));
            numbers.extend(theirs.map(key));
        }
        for order in self.orders.of_customer(customer) {
            let place = self.orders.at(order);
            let import = &self.batches[usize::from(place.batch)];
            let number = import.tables.orders.number.bytes_of(place.row as usize);
            numbers.insert((platform(import), import.shop_key, number));
        }
        for import in self.imports() {
            let (platform, orders) = (platform(import), &import.tables.orders);
            if !numbers.iter().any(|it| (it.0, it.1) == (platform, import.shop_key)) {
                continue;
            }
            let number = |row: usize| (platform, import.shop_key, orders.number.bytes_of(row));
            let theirs = (0..orders.len()).filter(|&row| numbers.contains(&number(row)));
            let theirs: Vec<u32> = theirs.map(|row| row as u32).collect();
            if !theirs.is_empty() {
                rows.entry(import.id).or_default().orders.extend(theirs);
            }
        }
    }
}

/// The platform of an import, of which it may have a part.
fn platform(import: &LoadedBatch) -> &str {
    Part::of_source(&import.source).map_or(&import.source, |it| it.0)
}

/// What an import says leads to somebody.
#[derive(Clone, Copy)]
enum Key<'a> {
    Email(&'a str),
    Phone(&'a str),
    Member(&'a str, &'a str),
}

impl<'a> Key<'a> {
    fn as_names(&self) -> Names<'a> {
        let none = Names { email: "", phone: "", member: "", order: "" };
        match *self {
            Key::Email(email) => Names { email, ..none },
            Key::Phone(phone) => Names { phone, ..none },
            Key::Member(_, member) => Names { member, ..none },
        }
    }

    fn id(&self) -> CustomerId {
        let key = match *self {
            Key::Email(email) => IdentityKey::Email(email),
            Key::Phone(phone) => IdentityKey::Phone(phone),
            Key::Member(platform, name) => IdentityKey::Member { platform, name },
        };
        key.customer_id()
    }
}

fn keys_in<'a>(import: &'a LoadedBatch, own: &BTreeSet<CustomerId>) -> Vec<Key<'a>> {
    let Tables { customers, people, .. } = &import.tables;
    let mut keys = Vec::new();
    let rows = customers.id.iter().enumerate().filter(|(_, id)| own.contains(id));
    for (row, _) in rows {
        keys.push(Key::Email(customers.email.get(row)));
        keys.push(Key::Phone(customers.phone.get(row)));
    }
    let contacts = &people.contacts;
    let is_theirs = |customer: u32| own.contains(&customers.id[customer as usize]);
    for (row, &customer) in contacts.customer.iter().enumerate() {
        if customer != NO_CUSTOMER && is_theirs(customer) {
            keys.push(Key::Member(platform(import), contacts.member.get(row)));
            keys.extend(contacts.more_emails.get(row).split(LIST_SEPARATOR).map(Key::Email));
            keys.extend(contacts.more_phones.get(row).split(LIST_SEPARATOR).map(Key::Phone));
        }
    }
    let summaries = &people.summaries;
    for (row, &customer) in summaries.customer.iter().enumerate() {
        if is_theirs(customer) {
            keys.push(Key::Member(platform(import), summaries.member.get(row)));
        }
    }
    keys.retain(|key| !matches!(key, Key::Email("") | Key::Phone("") | Key::Member(_, "")));
    keys
}
