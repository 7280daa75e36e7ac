//! The customers of an import: who is the same, and what is newest about each.

use crate::Context;
use crate::header::half_width;
use crate::word_hash::hash_128;
use hashbrown::HashTable;
use model::{CustomerTable, IdentityKey, TextColumn, normalise_email, normalise_phone};
use std::collections::HashSet;

/// The hash of a key.
fn hash_of(kind: KeyKind, key: &str) -> u128 {
    hash_128(key.as_bytes(), kind as u64)
}

/// A customer in the table of keys.
///
/// Two keys are the same if 96 bits of their hashes are, as two customers are if their ids are, which
/// are hashes too. To compare the keys themselves takes two more reads of memory that is in no
/// cache, which is half of the time of a large import.
#[derive(Debug)]
struct Entry {
    high: u64,
    middle: u32,
    row: u32,
}

impl Entry {
    const fn new(hash: u128, row: u32) -> Entry {
        Entry { high: (hash >> 64) as u64, middle: (hash >> 32) as u32, row }
    }

    const fn is_of(&self, hash: u128) -> bool {
        let other = Entry::new(hash, 0);
        self.high == other.high && self.middle == other.middle
    }
}

/// A name, however it is spaced and cased.
fn folded(name: &str) -> String {
    let plain: String = name.chars().map(half_width).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The hashes of all keys that a text could be.
fn hashes_of(text: &str, context: &Context) -> Vec<u128> {
    let mut hashes = vec![hash_of(KeyKind::Member, text), hash_of(KeyKind::Name, &folded(text))];
    let mut out = String::new();
    if normalise_email(text, &mut out) {
        hashes.push(hash_of(KeyKind::Email, &out));
    }
    if normalise_phone(text, &context.country, &mut out) {
        hashes.push(hash_of(KeyKind::Phone, &out));
    }
    hashes
}

/// What a customer is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    Email,
    Phone,
    Member,
    Name,
}

/// Characters that stand for others which the source keeps to itself.
pub(crate) const MASKS: [char; 2] = ['*', '＊'];

/// What is known of a customer beside the key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Detail {
    Phone,
    Name,
    City,
    Region,
    Country,
}

const DETAILS: usize = 5;

/// One detail of every customer, as the newest order has it.
#[derive(Debug, Default)]
struct Newest {
    texts: TextColumn,
    /// By customer: which text, plus one; and the time of the order that it stood in.
    of: Vec<(u32, i64)>,
}

impl Newest {
    fn set(&mut self, customer: usize, at: i64, text: &str) {
        if self.of.len() <= customer {
            self.of.resize(customer + 1, (0, i64::MIN));
        }
        let (known, since) = &mut self.of[customer];
        if at < *since {
            return;
        }
        *since = at;
        if *known == 0 || self.texts.bytes_of(*known as usize - 1) != text.as_bytes() {
            self.texts.push(text);
            *known = self.texts.len() as u32;
        }
    }

    fn get(&self, customer: usize) -> &str {
        match self.of.get(customer) {
            Some(&(known, _)) if known > 0 => self.texts.get(known as usize - 1),
            _ => "",
        }
    }
}

/// A person on a row, whom nobody has looked up yet.
///
/// To look one up waits for memory that is in no cache. Those of many rows in one go do not wait for
/// each other, which makes a large import a quarter shorter.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    kind: KeyKind,
    hash: u128,
    /// Time of the order.
    at: i64,
    /// Row of the order, once it has one.
    order: u32,
    /// Where in the texts the key begins.
    start: u32,
    /// Where the key ends, and behind it each detail in turn.
    ends: [u32; 1 + DETAILS],
}

/// So many wait at most: their texts stay in the cache.
const MOST_WAITING: usize = 256;
/// Bytes of their texts, for files of monstrous cells.
const MOST_TEXT: usize = 64 << 10;

/// Customers by their keys.
#[derive(Debug)]
pub(crate) struct Customers {
    platform: &'static str,
    /// Hashes of keys that are no one customer's.
    ignored: HashSet<u128>,
    table: HashTable<Entry>,
    kinds: Vec<KeyKind>,
    keys: TextColumn,
    details: [Newest; DETAILS],
    scratch: String,
    waiting: Vec<Waiting>,
    texts: String,
    /// Customers of those who waited, in their order.
    found: Vec<u32>,
}

impl Customers {
    pub fn new(platform: &'static str, context: &Context) -> Customers {
        Customers {
            platform,
            ignored: context.ignored_keys.iter().flat_map(|it| hashes_of(it, context)).collect(),
            table: HashTable::new(),
            kinds: Vec::new(),
            keys: TextColumn::new(),
            details: Default::default(),
            scratch: String::new(),
            waiting: Vec::with_capacity(MOST_WAITING),
            texts: String::new(),
            found: Vec::with_capacity(MOST_WAITING),
        }
    }

    pub const fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The row's person has this e-mail address; `false` if it is none.
    pub fn by_email(&mut self, text: &str) -> bool {
        if is_normal_email(text.as_bytes()) {
            return self.wait(KeyKind::Email, text);
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        let good = !text.contains(MASKS) && normalise_email(text, &mut scratch);
        let good = good && self.wait(KeyKind::Email, &scratch);
        self.scratch = scratch;
        good
    }

    /// The row's person has this telephone; `false` if it is none, or masked.
    pub fn by_phone(&mut self, text: &str, country: &str) -> bool {
        let mut scratch = std::mem::take(&mut self.scratch);
        let good = normalise_phone(text, country, &mut scratch);
        let good = good && self.wait(KeyKind::Phone, &scratch);
        self.scratch = scratch;
        good
    }

    /// The row's person has this member name; `false` if it is masked.
    pub fn by_member(&mut self, name: &str) -> bool {
        !name.is_empty() && !name.contains(MASKS) && self.wait(KeyKind::Member, name)
    }

    /// The row's person has this name, however it is spaced and cased; `false` if it is masked.
    pub fn by_name(&mut self, name: &str) -> bool {
        if name.is_empty() || name.contains(MASKS) {
            return false;
        }
        self.wait(KeyKind::Name, &folded(name))
    }

    fn wait(&mut self, kind: KeyKind, key: &str) -> bool {
        let hash = hash_of(kind, key);
        if !self.ignored.is_empty() && self.ignored.contains(&hash) {
            return false;
        }
        let start = self.texts.len() as u32;
        self.texts.push_str(key);
        let ends = [self.texts.len() as u32; 1 + DETAILS];
        self.waiting.push(Waiting { kind, hash, at: i64::MIN, order: u32::MAX, start, ends });
        true
    }

    /// A detail of the row's person, kept if no newer order has it. In the order of [`Detail`].
    pub fn learn(&mut self, detail: Detail, at: i64, text: &str) {
        let Some(last) = self.waiting.last_mut() else { return };
        self.texts.push_str(text);
        last.at = at;
        last.ends[1 + detail as usize..].fill(self.texts.len() as u32);
    }

    /// As [`Customers::learn`], a telephone in E.164 if it can be read.
    pub fn learn_phone(&mut self, at: i64, text: &str, country: &str) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let good = normalise_phone(text, country, &mut scratch);
        self.learn(Detail::Phone, at, if good { &scratch } else { text });
        self.scratch = scratch;
    }

    /// The row's person is the customer of this order. `customers`: of the orders.
    pub fn belongs_to(&mut self, order: usize, customers: &mut [u32]) {
        if let Some(last) = self.waiting.last_mut() {
            last.order = order as u32;
        }
        if self.waiting.len() >= MOST_WAITING || self.texts.len() >= MOST_TEXT {
            self.settle(customers);
        }
    }

    /// Looks up all who wait, and gives the last of them. `customers`: of the orders.
    pub fn settle(&mut self, customers: &mut [u32]) -> Option<u32> {
        let (waiting, texts) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.texts));
        self.found.clear();
        for one in &waiting {
            let row = self.intern(one, &texts);
            self.found.push(row);
            if let Some(customer) = customers.get_mut(one.order as usize) {
                *customer = row;
            }
        }
        for (one, &row) in waiting.iter().zip(&self.found) {
            for (newest, ends) in self.details.iter_mut().zip(one.ends.windows(2)) {
                if ends[0] < ends[1] {
                    newest.set(row as usize, one.at, &texts[ends[0] as usize..ends[1] as usize]);
                }
            }
        }
        (self.waiting, self.texts) = (waiting, texts);
        self.waiting.clear();
        self.texts.clear();
        self.found.last().copied()
    }

    fn intern(&mut self, one: &Waiting, texts: &str) -> u32 {
        let hash = one.hash;
        if let Some(entry) = self.table.find(hash as u64, |entry| entry.is_of(hash)) {
            return entry.row;
        }
        let row = self.kinds.len() as u32;
        self.kinds.push(one.kind);
        self.keys.push(&texts[one.start as usize..one.ends[0] as usize]);
        let (kinds, keys) = (&self.kinds, &self.keys);
        let rehash = |entry: &Entry| {
            let row = entry.row as usize;
            hash_of(kinds[row], keys.get(row)) as u64
        };
        self.table.insert_unique(hash as u64, Entry::new(hash, row), rehash);
        row
    }

    /// The key of a customer, as people know it.
    pub fn key(&self, customer: usize) -> &str {
        self.keys.get(customer)
    }

    /// The table, one row a customer in order of appearance; of the rows to keep.
    pub fn finish(self, keep: &[u32]) -> CustomerTable {
        let rows = || keep.iter().map(|&row| row as usize);
        let detail = |detail: Detail| {
            let newest = &self.details[detail as usize];
            rows().map(|row| newest.get(row)).collect::<TextColumn>()
        };
        let email = |row: usize| match self.kinds[row] {
            KeyKind::Email => self.keys.get(row),
            KeyKind::Phone | KeyKind::Member | KeyKind::Name => "",
        };
        let phone = |row: usize| match self.kinds[row] {
            KeyKind::Phone => self.keys.get(row),
            KeyKind::Email | KeyKind::Member | KeyKind::Name => {
                self.details[Detail::Phone as usize].get(row)
            }
        };
        let id = |row: usize| {
            let key = self.keys.get(row);
            let key = match self.kinds[row] {
                KeyKind::Email => IdentityKey::Email(key),
                KeyKind::Phone => IdentityKey::Phone(key),
                KeyKind::Member => IdentityKey::Member { platform: self.platform, name: key },
                KeyKind::Name => IdentityKey::Name { platform: self.platform, name: key },
            };
            key.customer_id()
        };
        CustomerTable {
            id: rows().map(id).collect(),
            email: rows().map(email).collect(),
            phone: rows().map(phone).collect(),
            name: detail(Detail::Name),
            city: detail(Detail::City),
            region: detail(Detail::Region),
            country: detail(Detail::Country),
        }
    }
}

/// Whether an address is its own normal form, as most are: nothing to fold, nothing to doubt.
fn is_normal_email(text: &[u8]) -> bool {
    let Some(at) = text.iter().position(|&byte| byte == b'@') else { return false };
    let (local, domain) = (&text[..at], &text[at + 1..]);
    let plain = |bytes: &[u8]| {
        bytes
            .iter()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'+'))
    };
    !local.is_empty()
        && text.len() <= 254
        && domain.first().is_some_and(|&byte| byte != b'.')
        && domain.last().is_some_and(|&byte| byte != b'.')
        && plain(local)
        && plain(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_newest_order_says_what_a_customer_is_called() {
        let context = Context {
            country: "US".to_owned(),
            currency: model::Currency::USD,
            today: None,
            ignored_keys: vec!["Office@Example.com".to_owned()],
        };
        let mut customers = Customers::new("generic", &context);
        assert!(!customers.by_email("office@example.com"));
        let mut of_orders = [u32::MAX; 6];
        for (order, (at, name)) in
            [(5, "Ann Lee"), (9, "Anne Lee-Fox"), (7, "A. Lee"), (9, "")].into_iter().enumerate()
        {
            assert!(customers.by_email(["Ann@Example.com", "ann@example.com"][order % 2]));
            customers.learn(Detail::Name, at, name);
            customers.learn(Detail::Country, at, "US");
            customers.belongs_to(order, &mut of_orders);
        }
        assert!(!customers.by_member("an**"));
        assert!(!customers.by_phone("138****0000", "CN"));
        assert!(customers.by_phone("212-555-0142", "US"));
        customers.belongs_to(5, &mut of_orders);
        assert_eq!(customers.settle(&mut of_orders), Some(1));
        assert_eq!(of_orders, [0, 0, 0, 0, u32::MAX, 1]);
        let table = customers.finish(&[0, 1]);
        assert_eq!((table.name.get(0), table.email.get(0)), ("Anne Lee-Fox", "ann@example.com"));
        assert_eq!((table.city.get(0), table.country.get(0)), ("", "US"));
        assert_eq!((table.phone.get(1), table.len()), ("+12125550142", 2));
    }

    proptest! {
        #[test]
        fn an_address_taken_as_normal_is_normal(text in "[a-zA-Z@. *+_é-]{0,12}") {
            let mut out = String::new();
            let good = normalise_email(&text, &mut out);
            if is_normal_email(text.as_bytes()) {
                prop_assert!(good);
                prop_assert_eq!(out, text);
            }
        }
    }
}
