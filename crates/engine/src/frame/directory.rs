//! Finds customers and orders by what records say of them: addresses, telephones, numbers.
//!
//! Records are few beside orders. Therefore what they name is collected first, and then looked for
//! in one sweep over customers and orders, so that no index of everybody is built.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::{
    CustomerId, IdentityKey, LIST_SEPARATOR, NO_CUSTOMER, PeopleTables, RecordKind, TextColumn,
};
use store::Tables;

type Map<K, V> = HashMap<K, V, FixedState>;

/// A row of one of the imports that are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which import.
    pub source: usize,
    /// Row in its table.
    pub row: u32,
}

/// A customer whom a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: CustomerId,
    /// In the newest import that knows the key.
    pub place: Place,
}

/// What a key leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Looked {
    /// Nobody on record.
    #[default]
    Nobody,
    /// One customer.
    One(Person),
    /// Several: it is no one's alone.
    Several,
}

impl Looked {
    fn meet(&mut self, person: Person) {
        *self = match *self {
            Looked::One(known) if known.id != person.id => Looked::Several,
            Looked::Several => Looked::Several,
            Looked::Nobody | Looked::One(_) => Looked::One(person),
        };
    }
}

/// What records name.
#[derive(Debug, Default)]
pub struct Wanted {
    ids: Map<CustomerId, Looked>,
    emails: Map<String, Looked>,
    phones: Map<String, Looked>,
    members: Map<String, Looked>,
    orders: Map<String, Vec<Place>>,
}

/// Customers and orders by what the records name.
#[derive(Debug)]
pub struct Directory(Wanted);

/// What a record says of whom and of what it is.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// E-mail address, or empty.
    pub email: &'a str,
    /// Telephone, or empty.
    pub phone: &'a str,
    /// Customer number or member name, or empty.
    pub member: &'a str,
    /// Order number, or empty.
    pub order: &'a str,
}

impl<'a> Names<'a> {
    /// Of a record that is no contact.
    pub fn of(people: &'a PeopleTables, kind: RecordKind, row: usize) -> Names<'a> {
        let PeopleTables { responses, tickets, events, .. } = people;
        let (email, phone, member, order) = match kind {
            RecordKind::Orders | RecordKind::Contacts | RecordKind::Summaries => {
                return Names::NONE;
            }
            RecordKind::Responses => {
                let it = responses;
                (&it.email, &it.phone, &it.member, Some(&it.order))
            }
            RecordKind::Tickets => {
                (&tickets.email, &tickets.phone, &tickets.member, Some(&tickets.order))
            }
            RecordKind::Events => (&events.email, &events.phone, &events.member, None),
        };
        let get = |column: &'a TextColumn| column.get(row);
        let order = order.map_or("", |order| order.get(row).trim_start_matches('#'));
        Names { email: get(email), phone: get(phone), member: get(member), order }
    }

    const NONE: Names<'static> = Names { email: "", phone: "", member: "", order: "" };
}

/// The kinds of records that name customers and orders.
pub const NAMING: [RecordKind; 3] =
    [RecordKind::Responses, RecordKind::Tickets, RecordKind::Events];

impl Wanted {
    /// Takes down what the records of an import name. `sources`: the platforms whose member names
    /// may be meant.
    pub fn add(&mut self, people: &PeopleTables, sources: &[&str]) {
        for kind in NAMING {
            for row in 0..people.count(kind) {
                self.add_one(Names::of(people, kind, row), sources);
            }
        }
    }

    /// Takes down what one record names.
    pub fn add_one(&mut self, names: Names, sources: &[&str]) {
        let Names { email, phone, member, order } = names;
        let mut id = |key: IdentityKey| {
            self.ids.entry(key.customer_id()).or_default();
        };
        if !email.is_empty() {
            id(IdentityKey::Email(email));
            self.emails.entry_ref(email).or_default();
        }
        if !phone.is_empty() {
            id(IdentityKey::Phone(phone));
            self.phones.entry_ref(phone).or_default();
        }
        if !member.is_empty() {
            for platform in sources {
                id(IdentityKey::Member { platform, name: member });
            }
            self.members.entry_ref(member).or_default();
        }
        if !order.is_empty() {
            self.orders.entry_ref(order).or_default();
        }
    }

    /// Looks for all of it in the imports, the oldest first.
    pub fn look_up(mut self, sources: &[&Tables]) -> Directory {
        for (source, tables) in sources.iter().enumerate() {
            if !self.ids.is_empty() {
                self.look_among_customers(source, tables);
                self.look_among_contacts(source, tables);
                self.look_among_summaries(source, tables);
            }
            if !self.orders.is_empty() {
                self.look_among_orders(source, tables);
            }
        }
        Directory(self)
    }

    fn look_among_customers(&mut self, source: usize, tables: &Tables) {
        let customers = &tables.customers;
        for (row, &id) in (0_u32..).zip(&customers.id) {
            let person = Person { id, place: Place { source, row } };
            if let Some(found) = self.ids.get_mut(&id) {
                *found = Looked::One(person);
            }
            if !self.phones.is_empty()
                && let Some(found) = self.phones.get_mut(customers.phone.get(row as usize))
            {
                found.meet(person);
            }
        }
    }

    /// Contacts may have more addresses than the one that is their key.
    fn look_among_contacts(&mut self, source: usize, tables: &Tables) {
        let contacts = &tables.people.contacts;
        for (at, &row) in contacts.customer.iter().enumerate() {
            let person =
                Person { id: tables.customers.id[row as usize], place: Place { source, row } };
            for (column, wanted) in [
                (&contacts.more_emails, &mut self.emails),
                (&contacts.more_phones, &mut self.phones),
                (&contacts.member, &mut self.members),
            ] {
                for value in column.get(at).split(LIST_SEPARATOR) {
                    if let Some(found) = wanted.get_mut(value) {
                        found.meet(person);
                    }
                }
            }
        }
    }

    /// Who has an address in a summary may be named by the number too.
    fn look_among_summaries(&mut self, source: usize, tables: &Tables) {
        let summaries = &tables.people.summaries;
        for (at, &row) in summaries.customer.iter().enumerate() {
            let person =
                Person { id: tables.customers.id[row as usize], place: Place { source, row } };
            if let Some(found) = self.members.get_mut(summaries.member.get(at)) {
                found.meet(person);
            }
        }
    }

    fn look_among_orders(&mut self, source: usize, tables: &Tables) {
        let numbers = &tables.orders.number;
        for row in 0..numbers.len() {
            if let Some(places) = self.orders.get_mut(numbers.get(row).trim_start_matches('#')) {
                places.push(Place { source, row: row as u32 });
            }
        }
    }
}

impl Directory {
    /// Whose a record is by its address, else its telephone, else its number.
    pub fn person(&self, names: Names, sources: &[&str]) -> Looked {
        let Names { email, phone, member, .. } = names;
        let Directory(wanted) = self;
        let of_id = |key: IdentityKey| wanted.ids.get(&key.customer_id()).copied();
        let of = |map: &Map<String, Looked>, key: &str| map.get(key).copied().unwrap_or_default();
        if !email.is_empty() {
            return match of_id(IdentityKey::Email(email)) {
                Some(found @ Looked::One(_)) => found,
                _ => of(&wanted.emails, email),
            };
        }
        if !phone.is_empty() {
            // Whose key it is may be others' telephone as well.
            return of(&wanted.phones, phone);
        }
        if member.is_empty() {
            return Looked::Nobody;
        }
        let mut found = of(&wanted.members, member);
        for platform in sources {
            if let Some(Looked::One(person)) = of_id(IdentityKey::Member { platform, name: member })
            {
                found.meet(person);
            }
        }
        found
    }

    /// Where orders of the number stand that a record names, oldest import first.
    pub fn orders(&self, names: Names) -> &[Place] {
        self.0.orders.get(names.order).map_or(&[], Vec::as_slice)
    }
}

/// The customer of an order; `None`: nobody known.
pub fn customer_of(sources: &[&Tables], order: Place) -> Option<Person> {
    let tables = sources[order.source];
    let row = tables.orders.customer[order.row as usize];
    (row != NO_CUSTOMER).then(|| Person {
        id: tables.customers.id[row as usize],
        place: Place { source: order.source, row },
    })
}
