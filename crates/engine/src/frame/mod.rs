//! The columns in memory that every figure is worked out from.
//!
//! Orders of all imports are brought together once a revision: customers met by id, orders met by
//! number within their shop, the newest import in force. What counts becomes [`Purchases`], sorted
//! by customer and time.

mod contacts;
mod customers;
mod directory;
mod fingerprint;
mod joined;
mod limited;
mod orders;
mod people;
mod personal;
mod placed;
mod purchases;
mod summarised;

pub use customers::{CustomerField, Customers};
pub use directory::{Directory, Looked, Names, Wanted, customer_of};
pub use fingerprint::{Fingerprint, Fingerprints};
pub use joined::{Joined, joined_tables};
pub use orders::{LoadedBatch, NumberIndex, OrderRef, Orders};
pub use people::{People, Tied, of_customer, platforms};
pub use personal::Personal;
pub use purchases::Ledger;
pub use summarised::Summarised;

use crate::exchange::Exchange;
use analytics::Purchases;
use model::{CustomerId, RecordKind, Zone};
use placed::Placed;
use std::rc::Rc;

/// All data of the shop at one revision.
#[derive(Debug, Default)]
pub struct Frame {
    /// The imports, oldest first, each with all of its orders.
    pub batches: Rc<Vec<LoadedBatch>>,
    /// Those as they were loaded that others among them stand for, as they have not all of an order.
    pub apart: Rc<Vec<LoadedBatch>>,
    /// Everybody on record.
    pub customers: Customers,
    /// Every order in force, of any state, by customer and time.
    pub orders: Orders,
    /// Who has a summary in place of orders.
    pub summarised: Summarised,
    /// The orders that count, in the shop's currency or exchanged to it.
    pub ledger: Ledger,
    /// What else is known of people.
    pub people: People,
}

impl Frame {
    /// Brings the imports together. `zone` and `exchange` are the shop's.
    pub fn build(imports: Joined, zone: &Zone, exchange: &Exchange) -> Frame {
        let Joined { whole: batches, apart } = imports;
        let customers = Customers::meet(&batches);
        let summarised = Summarised::meet(&batches, &customers);
        let mut placed = Placed::gather(&batches, &customers, zone);
        if summarised.until().is_some() {
            placed.drop_until(|customer| summarised.day(&batches, customer));
        }
        let orders = Orders::new(&batches, &placed);
        let ledger = Ledger::post(&batches, &placed, &summarised, exchange);
        let people = People::gather(&batches, &customers, &orders, zone);
        let (batches, apart) = (Rc::new(batches), Rc::new(apart));
        Frame { batches, apart, customers, orders, summarised, ledger, people }
    }

    /// Whether an import is in memory, as it was loaded.
    pub fn has_import(&self, is_one: impl Fn(&LoadedBatch) -> bool) -> bool {
        self.apart.iter().any(&is_one) || self.loaded().any(is_one)
    }

    /// The imports that stand for themselves.
    fn loaded(&self) -> impl Iterator<Item = &LoadedBatch> {
        self.batches.iter().filter(|it| self.apart.iter().all(|other| other.id != it.id))
    }

    /// Takes the imports out, as they were loaded; none, if somebody else holds them.
    pub fn take_imports(&mut self) -> Vec<LoadedBatch> {
        let (whole, apart) = (std::mem::take(&mut self.batches), std::mem::take(&mut self.apart));
        let (whole, apart) = (Rc::try_unwrap(whole), Rc::try_unwrap(apart));
        match (whole, apart) {
            (Ok(whole), Ok(apart)) => Joined { whole, apart }.into_imports(),
            _ => Vec::new(),
        }
    }

    /// The index of a customer; `None` if nobody has the id.
    pub fn find(&self, id: CustomerId) -> Option<u32> {
        self.customers.find(&self.batches, id)
    }

    /// How many records of each kind are in force beside orders, of those kinds that there are.
    pub fn records(&self) -> Vec<(RecordKind, u32)> {
        let mut counts = self.people.counts();
        let summaries = self.summarised.count() as u32;
        counts.extend((summaries > 0).then_some((RecordKind::Summaries, summaries)));
        counts
    }

    /// The purchases of known customers.
    pub fn purchases(&self) -> Purchases<'_> {
        self.ledger.purchases()
    }
}
