//! What contact lists say of each customer: every list, not only the newest, as one that does not say
//! whether a person may be written to takes back no refusal.

use super::{Customers, LoadedBatch, OrderRef};

/// The rows of all contact lists.
#[derive(Debug, Default)]
pub struct Contacts {
    /// By customer, of each the oldest import first.
    rows: Vec<OrderRef>,
    /// Where the rows of each customer begin, and the end; empty while there are none.
    begins: Vec<u32>,
}

impl Contacts {
    /// Sorts the rows of all imports by their customers.
    pub fn meet(batches: &[LoadedBatch], customers: &Customers) -> Contacts {
        let lists = batches.iter().map(|batch| &batch.tables.people.contacts.customer);
        let count = lists.clone().map(Vec::len).sum();
        if count == 0 {
            return Contacts::default();
        }
        let known = lists.enumerate().flat_map(|(batch, list)| {
            let index = move |&customer| customers.index(batch, customer) as usize;
            let places =
                (0..list.len() as u32).map(move |row| OrderRef { batch: batch as u16, row });
            list.iter().map(index).zip(places)
        });
        let mut begins = vec![0; customers.len() + 1];
        for (customer, _) in known.clone() {
            begins[customer] += 1;
        }
        // From counts to ends; as the rows are put down from the last on, they become beginnings.
        let mut end = 0;
        for count in &mut begins {
            end += *count;
            *count = end;
        }
        let mut rows = vec![OrderRef { batch: 0, row: 0 }; count];
        for (customer, place) in known.rev() {
            begins[customer] -= 1;
            rows[begins[customer] as usize] = place;
        }
        Contacts { rows, begins }
    }

    /// What is said of some customers alone, rising.
    pub fn limited(&self, members: &[u32]) -> Contacts {
        let mut contacts = Contacts { rows: Vec::new(), begins: vec![0] };
        for customer in members {
            contacts.rows.extend_from_slice(self.of(*customer as usize));
            contacts.begins.push(contacts.rows.len() as u32);
        }
        contacts
    }

    /// Those of a customer.
    pub fn of(&self, customer: usize) -> &[OrderRef] {
        match (self.begins.get(customer), self.begins.get(customer + 1)) {
            (Some(&begin), Some(&end)) => &self.rows[begin as usize..end as usize],
            _ => &[],
        }
    }

    /// How many people the lists know.
    pub fn people(&self) -> usize {
        self.begins
            .iter()
            .zip(self.begins.iter().skip(1))
            .filter(|(begin, end)| begin < end)
            .count()
    }
}
