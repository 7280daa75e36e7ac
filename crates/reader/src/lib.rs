//! A dropped file, read whole.
//!
//! Reading is a program of its own, in a worker of its own: what only reading needs is not loaded to
//! look at data, a stop is felt at once, what a file takes of memory is given back when it has been
//! read, and what a hostile file breaks is not the engine. [`read_file`] is all it does; [`Task`] and [`Reading`]
//! are what goes over to it and comes back, [`parts`] how.

mod beginning;
mod first_records;
mod layout;
pub mod parts;
mod report;
mod whole;

pub use layout::{options_of, roles_of};
pub use report::refused;
pub use whole::read_file;

pub use ingest::{Foreign, Transcode, WarningCode};

use model::{Currency, OrderTime, ShopDay};
use protocol::{Answer, FileReport, Progress, SavedReading};
use serde::{Deserialize, Serialize};
use store::Tables;

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The shop's country, two letters of ISO 3166: telephone numbers without a country code are
    /// this country's.
    pub country: String,
    /// The shop's currency, for amounts that name none.
    pub currency: Currency,
    /// Today in the shop's zone.
    pub today: ShopDay,
    /// Addresses, telephones and member names that are no one customer's: never a key.
    pub ignored_keys: Vec<String>,
    /// What the user said to the file's questions.
    pub answers: Vec<Answer>,
    /// What the user said of other files.
    pub remembered: Vec<SavedReading>,
    /// Only the beginning is to be read, and only for what can be told of it: there will be no rows.
    pub only_head: bool,
}

/// What the reading of a file came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the page is told. Days, dry run and place among what is known are left empty: they are
    /// for the engine to fill in.
    pub report: FileReport,
    /// Its orders or other records, unless it was refused; of its beginning alone only the facts.
    pub orders: Option<Orders>,
}

/// The orders of a file, or its records about people.
#[derive(Clone, Debug, PartialEq)]
pub struct Orders {
    /// What the engine needs beside them.
    pub facts: Facts,
    /// Its rows, orders put together by customer.
    pub tables: Tables,
}

/// What the engine needs to know of a file's orders, beside the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// XXH3 of all bytes of the file: the same file again has the same.
    pub content_hash: u128,
    /// The earliest and the latest order, or other record.
    pub span: Option<(OrderTime, OrderTime)>,
    /// Instants in UTC seconds, each with the offset from UTC in seconds that was written beside it.
    pub offsets: Vec<(i64, i32)>,
    /// The currency of most of its orders that count, if the file names one.
    pub main_currency: Option<Currency>,
    /// Decimals that amounts without a currency were read with.
    pub unnamed_decimals: u32,
}

/// A file that was dropped.
#[expect(async_fn_in_trait, reason = "a file is read on one thread; its futures need not be Send")]
pub trait Source {
    /// Its name.
    fn name(&self) -> String;

    /// Its size in bytes.
    fn size(&self) -> u64;

    /// The bytes from `offset`, at most `length` of them; fewer at the end. The error is the
    /// system's own sentence: the file was moved, or the device removed.
    async fn bytes(&self, offset: u64, length: usize) -> Result<Vec<u8>, String>;

    /// Who turns an encoding into text, at the beginning of a file; `None`: nobody here can.
    fn transcoder(&self, encoding: Foreign) -> Option<Box<dyn Transcode>>;
}

/// Whoever waits for something long: hears how far it is, and may want it to stop.
pub trait Watcher {
    /// A clock for durations, in milliseconds.
    fn stopwatch_ms(&self) -> f64;

    /// Hears how far it is.
    fn progress(&self, progress: Progress);

    /// Whether it is to stop.
    fn cancelled(&self) -> bool;
}
