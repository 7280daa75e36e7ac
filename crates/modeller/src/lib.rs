//! A shop's purchases in, its customer-base models out: fit, back-test, choose, score.
//!
//! Fitting takes seconds where a shop is large, so it is a program of its own, in a worker of its own:
//! the engine goes on answering, and a fit whose data have changed is ended with its worker.
//! [`fit_models`] is all that program does; [`Task`] and [`Fitted`] are what goes over to it and comes
//! back. What needs no fit, because a requirement is not met, [`without_fit`] tells at once.

mod arranged;
mod equal_age;
mod fitting;
mod report;
mod scores;
mod shop_forecast;

pub use equal_age::EqualAge;
pub use fitting::{fit_models, without_fit};
pub use scores::{HORIZONS, Scores, entry};

use analytics::{MalformedPurchases, Purchases};
use protocol::Models;

/// The orders that count of everybody on record, as [`Purchases`] takes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// Orders after this day, counted from 1970-01-01, do not exist.
    pub as_of: i32,
    /// Where each customer's orders begin, and the end of the last one's.
    pub offsets: Vec<u32>,
    /// Their days, not falling within a customer.
    pub day: Vec<i32>,
    /// What is left after refunds, in minor units.
    pub net: Vec<i64>,
}

impl Task {
    /// Takes the orders out of their place.
    pub fn new(purchases: Purchases<'_>, as_of: i32) -> Task {
        Task {
            as_of,
            offsets: purchases.offsets().to_vec(),
            day: purchases.days().to_vec(),
            net: purchases.nets().to_vec(),
        }
    }

    /// The columns, after a check that they fit together.
    pub fn purchases(&self) -> Result<Purchases<'_>, MalformedPurchases> {
        Purchases::new(&self.offsets, &self.day, &self.net)
    }
}

/// What fitting came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// For the screen.
    pub models: Models,
    /// Of every customer.
    pub scores: Scores,
}
