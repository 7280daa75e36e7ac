//! Everybody on record, once.

use super::LoadedBatch;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::{CustomerId, CustomerTable, NO_CUSTOMER};

/// Everybody on record. Where several imports know a customer, the newest text that is not empty
/// is in force.
#[derive(Debug, Default)]
pub struct Customers {
    /// Number of customers.
    count: usize,
    /// For each import, the customer's index here by its row there.
    index_of_row: Vec<Vec<u32>>,
    /// For each customer, the newest import that knows it and its row there.
    newest: Vec<(u16, u32)>,
    /// Index by id; empty while a single import makes rows and indices the same.
    by_id: HashMap<CustomerId, u32, FixedState>,
    /// What older imports know and the newest does not: customer, field, text.
    filled: HashMap<(u32, CustomerField), String, FixedState>,
}

/// A text that is known of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CustomerField {
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Name.
    Name,
    /// City.
    City,
    /// Province or state.
    Region,
    /// Country.
    Country,
}

impl CustomerField {
    const ALL: [CustomerField; 6] = [
        CustomerField::Email,
        CustomerField::Phone,
        CustomerField::Name,
        CustomerField::City,
        CustomerField::Region,
        CustomerField::Country,
    ];

    fn of(self, table: &CustomerTable, row: usize) -> &str {
        let column = match self {
            CustomerField::Email => &table.email,
            CustomerField::Phone => &table.phone,
            CustomerField::Name => &table.name,
            CustomerField::City => &table.city,
            CustomerField::Region => &table.region,
            CustomerField::Country => &table.country,
        };
        column.get(row)
    }
}

impl Customers {
    /// Meets the customers of all imports by id.
    pub fn meet(batches: &[LoadedBatch]) -> Customers {
        let mut all = Customers::default();
        let rows = batches.iter().map(|batch| batch.tables.customers.len()).sum();
        all.by_id = HashMap::with_capacity_and_hasher(rows, FixedState::default());
        all.newest.reserve(rows);
        for (batch_index, batch) in batches.iter().enumerate() {
            let table = &batch.tables.customers;
            let indices = (0..table.len())
                .map(|row| all.meet_one(batches, batch_index as u16, row as u32))
                .collect();
            all.index_of_row.push(indices);
        }
        all.count = all.newest.len();
        all
    }

    fn meet_one(&mut self, batches: &[LoadedBatch], batch: u16, row: u32) -> u32 {
        let table = &batches[usize::from(batch)].tables.customers;
        let next = self.newest.len() as u32;
        let index = *self.by_id.entry(table.id[row as usize]).or_insert(next);
        if index == next {
            self.newest.push((batch, row));
            return index;
        }
        for field in CustomerField::ALL {
            if field.of(table, row as usize).is_empty() {
                let known = self.text(batches, index, field).to_owned();
                if !known.is_empty() {
                    self.filled.insert((index, field), known);
                }
            }
        }
        self.newest[index as usize] = (batch, row);
        index
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// The index of the customer in a row of an import's orders.
    pub fn index(&self, batch: usize, row_there: u32) -> u32 {
        if row_there == NO_CUSTOMER { NO_CUSTOMER } else { self.index_of_row[batch][row_there as usize] }
    }

    /// The index of a customer; `None` if nobody has the id.
    pub fn find(&self, id: CustomerId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// The id of a customer.
    pub fn id(&self, batches: &[LoadedBatch], index: u32) -> CustomerId {
        let (batch, row) = self.newest[index as usize];
        batches[usize::from(batch)].tables.customers.id[row as usize]
    }

    /// What is known of a customer; empty: nothing.
    pub fn text<'a>(&'a self, batches: &'a [LoadedBatch], index: u32, field: CustomerField) -> &'a str {
        let (batch, row) = self.newest[index as usize];
        let text = field.of(&batches[usize::from(batch)].tables.customers, row as usize);
        if !text.is_empty() || self.filled.is_empty() {
            return text;
        }
        self.filled.get(&(index, field)).map_or("", String::as_str)
    }
}
