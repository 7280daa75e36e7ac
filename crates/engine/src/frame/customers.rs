//! Everybody on record, once.

use super::LoadedBatch;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::{CustomerId, CustomerTable, TextColumn};

/// Index by id.
type ById = HashMap<CustomerId, u32, FixedState>;

/// Everybody on record. Where several imports know a customer, the newest text that is not empty
/// is in force.
#[derive(Debug, Default)]
pub struct Customers {
    /// Number of customers.
    count: usize,
    /// The only import with customers, while there is one; its rows are the indices.
    sole: usize,
    /// For each import, the customer's index here by its row there; empty while a single import has
    /// customers.
    index_of_row: Vec<Vec<u32>>,
    /// For each customer, the newest import that knows it and its row there; empty likewise.
    newest: Vec<(u16, u32)>,
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
    /// All of them.
    pub const ALL: [CustomerField; 6] = [
        CustomerField::Email,
        CustomerField::Phone,
        CustomerField::Name,
        CustomerField::City,
        CustomerField::Region,
        CustomerField::Country,
    ];

    /// What a table has of a row.
    pub fn of(self, table: &CustomerTable, row: usize) -> &str {
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

    /// The column of a table.
    pub const fn column_mut(self, table: &mut CustomerTable) -> &mut TextColumn {
        match self {
            CustomerField::Email => &mut table.email,
            CustomerField::Phone => &mut table.phone,
            CustomerField::Name => &mut table.name,
            CustomerField::City => &mut table.city,
            CustomerField::Region => &mut table.region,
            CustomerField::Country => &mut table.country,
        }
    }
}

impl Customers {
    /// Meets the customers of all imports by id.
    pub fn meet(batches: &[LoadedBatch]) -> Customers {
        let mut all = Customers::default();
        let mut with_customers =
            (0..batches.len()).filter(|&it| !batches[it].tables.customers.is_empty());
        let sole = with_customers.next();
        if with_customers.next().is_none() {
            all.sole = sole.unwrap_or(0);
            all.count = sole.map_or(0, |sole| batches[sole].tables.customers.len());
            return all;
        }
        let rows = batches.iter().map(|batch| batch.tables.customers.len()).sum();
        let mut by_id = ById::with_capacity_and_hasher(rows, FixedState::default());
        all.newest.reserve(rows);
        for (index, batch) in batches.iter().enumerate() {
            let rows = 0..batch.tables.customers.len() as u32;
            let met = rows.map(|row| all.meet_one(&mut by_id, batches, (index as u16, row)));
            let met = met.collect();
            all.index_of_row.push(met);
        }
        all.count = all.newest.len();
        all
    }

    fn meet_one(&mut self, by_id: &mut ById, batches: &[LoadedBatch], at: (u16, u32)) -> u32 {
        let (table, row) = (&batches[usize::from(at.0)].tables.customers, at.1 as usize);
        let next = self.newest.len() as u32;
        let index = *by_id.entry(table.id[row]).or_insert(next);
        if index == next {
            self.newest.push(at);
            return index;
        }
        for field in CustomerField::ALL {
            if field.of(table, row).is_empty() {
                let known = self.text(batches, index, field).to_owned();
                if !known.is_empty() {
                    self.filled.insert((index, field), known);
                }
            }
        }
        self.newest[index as usize] = at;
        index
    }

    /// Some of them alone, rising, numbered anew. Nobody is found by id or by row of an import among
    /// them: that is asked of all.
    pub fn limited(&self, members: &[u32]) -> Customers {
        let newest = |&it: &u32| {
            let (batch, row) = self.newest(it);
            (batch as u16, row as u32)
        };
        let place = |customer: &u32| members.binary_search(customer).ok();
        let filled = self.filled.iter().filter_map(|((customer, field), text)| {
            Some(((place(customer)? as u32, *field), text.clone()))
        });
        Customers {
            count: members.len(),
            sole: self.sole,
            index_of_row: Vec::new(),
            newest: members.iter().map(newest).collect(),
            filled: filled.collect(),
        }
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether the rows of the only import with customers are the indices.
    pub const fn are_rows(&self) -> bool {
        self.index_of_row.is_empty()
    }

    /// The index of the customer in a row of an import.
    pub fn index(&self, batch: usize, row_there: u32) -> u32 {
        self.index_of_row.get(batch).map_or(row_there, |rows| rows[row_there as usize])
    }

    /// The index of a customer; `None` if nobody has the id.
    pub fn find(&self, batches: &[LoadedBatch], id: CustomerId) -> Option<u32> {
        let in_batch = |(batch, it): (usize, &LoadedBatch)| {
            let row = it.tables.customers.id.iter().position(|known| *known == id)?;
            Some(self.index(batch, row as u32))
        };
        batches.iter().enumerate().find_map(in_batch)
    }

    /// The id of a customer.
    pub fn id(&self, batches: &[LoadedBatch], index: u32) -> CustomerId {
        let (batch, row) = self.newest(index);
        batches[batch].tables.customers.id[row]
    }

    /// The newest import that knows a customer, and its row there.
    fn newest(&self, index: u32) -> (usize, usize) {
        let newest = self.newest.get(index as usize);
        newest
            .map_or((self.sole, index as usize), |&(batch, row)| (usize::from(batch), row as usize))
    }

    /// What is known of a customer; empty: nothing.
    pub fn text<'a>(
        &'a self,
        batches: &'a [LoadedBatch],
        index: u32,
        field: CustomerField,
    ) -> &'a str {
        let (batch, row) = self.newest(index);
        let text = field.of(&batches[batch].tables.customers, row);
        if !text.is_empty() || self.filled.is_empty() {
            return text;
        }
        self.filled.get(&(index, field)).map_or("", String::as_str)
    }
}
