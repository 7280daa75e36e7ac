//! The customers of an import: who is the same, and what is newest about each.

use hashbrown::HashTable;
use model::{CustomerTable, IdentityKey, TextColumn, normalise_email, normalise_phone};
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// The hash of a key.
fn hash_of(kind: KeyKind, key: &str) -> u128 {
    xxh3_128_with_seed(key.as_bytes(), kind as u64)
}

/// A customer in the table of keys.
///
/// Two keys are the same if 96 bits of their hashes are, as a [`model::CustomerId`] is a hash of the key
/// by definition. To compare the keys themselves takes two more reads of memory that is in no
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

/// What a customer is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    Email,
    Phone,
    Member,
}

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

/// Customers by their keys.
#[derive(Debug)]
pub(crate) struct Customers {
    platform: &'static str,
    table: HashTable<Entry>,
    kinds: Vec<KeyKind>,
    keys: TextColumn,
    details: [Newest; DETAILS],
    scratch: String,
}

impl Customers {
    pub fn new(platform: &'static str) -> Customers {
        Customers {
            platform,
            table: HashTable::new(),
            kinds: Vec::new(),
            keys: TextColumn::new(),
            details: Default::default(),
            scratch: String::new(),
        }
    }

    pub const fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The customer with this e-mail address; `None` if it is none.
    pub fn by_email(&mut self, text: &str) -> Option<u32> {
        if is_normal_email(text.as_bytes()) {
            return Some(self.intern(KeyKind::Email, text));
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        let found = (!text.contains('*') && normalise_email(text, &mut scratch))
            .then(|| self.intern(KeyKind::Email, &scratch));
        self.scratch = scratch;
        found
    }

    /// The customer with this telephone; `None` if it is none, or masked.
    pub fn by_phone(&mut self, text: &str, country: &str) -> Option<u32> {
        let mut scratch = std::mem::take(&mut self.scratch);
        let found = normalise_phone(text, country, &mut scratch)
            .then(|| self.intern(KeyKind::Phone, &scratch));
        self.scratch = scratch;
        found
    }

    /// The customer with this member name; `None` if it is masked.
    pub fn by_member(&mut self, name: &str) -> Option<u32> {
        let usable = !name.is_empty() && !name.contains('*');
        usable.then(|| self.intern(KeyKind::Member, name))
    }

    fn intern(&mut self, kind: KeyKind, key: &str) -> u32 {
        let hash = hash_of(kind, key);
        if let Some(entry) = self.table.find(hash as u64, |entry| entry.is_of(hash)) {
            return entry.row;
        }
        let row = self.kinds.len() as u32;
        self.kinds.push(kind);
        self.keys.push(key);
        let (kinds, keys) = (&self.kinds, &self.keys);
        let rehash = |entry: &Entry| {
            let row = entry.row as usize;
            hash_of(kinds[row], keys.get(row)) as u64
        };
        self.table.insert_unique(hash as u64, Entry::new(hash, row), rehash);
        row
    }

    /// Keeps a detail if it comes from the newest order so far.
    pub fn learn(&mut self, customer: u32, detail: Detail, at: i64, text: &str) {
        if !text.is_empty() {
            self.details[detail as usize].set(customer as usize, at, text);
        }
    }

    /// As [`Customers::learn`], a telephone in E.164 if it can be read.
    pub fn learn_phone(&mut self, customer: u32, at: i64, text: &str, country: &str) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let good = normalise_phone(text, country, &mut scratch);
        self.learn(customer, Detail::Phone, at, if good { &scratch } else { text });
        self.scratch = scratch;
    }

    /// The table, one row a customer in order of appearance.
    pub fn finish(self) -> CustomerTable {
        let detail = |detail: Detail| {
            let newest = &self.details[detail as usize];
            (0..self.len()).map(|row| newest.get(row)).collect::<TextColumn>()
        };
        let email = |row: usize| match self.kinds[row] {
            KeyKind::Email => self.keys.get(row),
            KeyKind::Phone | KeyKind::Member => "",
        };
        let phone = |row: usize| match self.kinds[row] {
            KeyKind::Phone => self.keys.get(row),
            KeyKind::Email | KeyKind::Member => self.details[Detail::Phone as usize].get(row),
        };
        let id = |row: usize| {
            let key = self.keys.get(row);
            let key = match self.kinds[row] {
                KeyKind::Email => IdentityKey::Email(key),
                KeyKind::Phone => IdentityKey::Phone(key),
                KeyKind::Member => IdentityKey::Member { platform: self.platform, name: key },
            };
            key.customer_id()
        };
        CustomerTable {
            id: (0..self.len()).map(id).collect(),
            email: (0..self.len()).map(email).collect(),
            phone: (0..self.len()).map(phone).collect(),
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
        let mut customers = Customers::new("generic");
        let ann = customers.by_email("Ann@Example.com").unwrap();
        assert_eq!(customers.by_email("ann@example.com"), Some(ann));
        for (at, name) in [(5, "Ann Lee"), (9, "Anne Lee-Fox"), (7, "A. Lee"), (9, "")] {
            customers.learn(ann, Detail::Name, at, name);
        }
        let other = customers.by_phone("212-555-0142", "US").unwrap();
        assert_eq!(customers.by_member("an**"), None);
        assert_eq!(customers.by_phone("138****0000", "CN"), None);
        let table = customers.finish();
        assert_eq!((table.name.get(0), table.email.get(0)), ("Anne Lee-Fox", "ann@example.com"));
        assert_eq!((table.phone.get(other as usize), table.len()), ("+12125550142", 2));
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
