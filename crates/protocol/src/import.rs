//! From a dropped file to stored orders.

use crate::{Layout, Problem};
use model::{Currency, OrderState, RecordKind, ShopDay};
use serde::{Deserialize, Serialize};

/// What an inspection found in the files of one drop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// File by file, as they came.
    pub files: Vec<FileReport>,
    /// Time that reading and checking took, in milliseconds.
    pub took_ms: f64,
}

/// What was found in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Why nothing of it can be used; all that follows is then empty.
    pub refusal: Option<Coded>,
    /// Id of the platform whose export it is, `generic` for a plain table of orders.
    pub platform: String,
    /// What its rows are.
    pub kind: RecordKind,
    /// Records of that kind, where they are no orders.
    pub records: u32,
    /// Whose those are.
    pub links: Links,
    /// Rows after the header.
    pub rows: u64,
    /// Orders.
    pub orders: u32,
    /// Customers.
    pub customers: u32,
    /// Orders that nobody can be found for.
    pub anonymous: u32,
    /// Orders by state.
    pub states: Vec<(OrderState, u32)>,
    /// Figures by currency.
    pub currencies: Vec<CurrencyFigures>,
    /// Day of the first and of the last order, or other record.
    pub days: Option<(ShopDay, ShopDay)>,
    /// What an import would change.
    pub dry_run: DryRun,
    /// When the very same content was imported before, in milliseconds since 1970.
    pub already_imported_ms: Option<u64>,
    /// Name of the file before it in the same drop that has the very same content.
    pub same_as: Option<String>,
    /// What has to be asked; each has a preselected answer.
    pub questions: Vec<Question>,
    /// What deserves attention, the grave first.
    pub warnings: Vec<Coded>,
    /// How many of the warnings change money, days, or who counts.
    pub grave: u32,
    /// The zone that this import gives the shop, as its first: days are counted in it. `None`: the
    /// zone that was assumed stays.
    pub settles_zone: Option<String>,
    /// Code of the currency that this import gives the shop, as its first.
    pub settles_currency: Option<String>,
    /// How many rows cannot be used.
    pub rejected: u64,
    /// The first of them.
    pub rejected_rows: Vec<RejectedRow>,
    /// Orders or records that are left out, and counted nowhere else here: they are of people who
    /// were erased.
    pub erased: u32,
    /// How it is read; `None`: it is no table.
    pub layout: Option<Box<Layout>>,
}

/// Whose the records of a file are, as far as customers and orders are known.
///
/// Every record that is no contact is one of the first four. What is not known stays with it as
/// text: a later import may bring it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// Of a customer on record.
    pub known: u32,
    /// Of an address, telephone or number that nobody on record has. Of contacts: those who have no
    /// order at all.
    pub unknown: u32,
    /// Of a telephone that several customers share: nobody's until somebody says whose.
    pub shared: u32,
    /// Of nobody who could be found: without any key.
    pub nobody: u32,
    /// About an order on record.
    pub orders: u32,
    /// About an order number that is not on record.
    pub orphans: u32,
    /// About an order of somebody else.
    pub of_others: u32,
    /// Contacts with orders that claim more than the valid ones on record.
    pub claims: u32,
}

/// A finding with a stable code; the page has a sentence for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coded {
    /// Stable, as `header_only`.
    pub code: String,
    /// What the sentence needs: a value, a list of columns.
    pub detail: String,
    /// How many rows.
    pub count: u64,
    /// The first of them; line 1 is the first line of the file.
    pub line: Option<u32>,
}

/// Figures of the orders in one currency: the file's, or the shop's where the file names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrencyFigures {
    /// The currency.
    pub currency: Currency,
    /// Valid orders.
    pub valid_orders: u32,
    /// Net of the valid orders, in minor units.
    pub net: i64,
    /// What refunds in rows of their own gave back that name no order: the shop's net is lower by it.
    pub given_back: i64,
}

/// What an import would change: orders, or the records of a file about people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRun {
    /// Orders that are not known yet.
    pub new: u32,
    /// Orders that are known and have changed.
    pub updated: u32,
    /// Orders that are known as they are.
    pub identical: u32,
    /// Order numbers that are taken by plainly other orders.
    pub clashing: u32,
}

/// A question before an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable, as `date_order`.
    pub code: String,
    /// The answers; the first is preselected.
    pub choices: Vec<Choice>,
    /// What the sentence needs.
    pub detail: String,
}

/// An answer that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable, as `day_first`.
    pub code: String,
    /// What the sentence needs; mostly nothing.
    pub detail: String,
}

/// What the user answered to a question about a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Place of the file in the drop, counted from 0.
    pub file: u32,
    /// Code of the question.
    pub question: String,
    /// Code of the answer.
    pub choice: String,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Line of the file; the first is 1.
    pub line: u32,
    /// Stable code of the reason.
    pub reason: String,
    /// What stood there.
    pub detail: String,
    /// The beginning of the row.
    pub text: String,
}

/// The result of an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Ids to take it back by.
    pub batches: Vec<u32>,
    /// Orders in the files.
    pub orders: u32,
    /// Customers in the files.
    pub customers: u32,
    /// Records in the files that are no orders, by kind.
    pub records: Vec<(RecordKind, u32)>,
    /// Orders and records by what happened to them.
    pub dry_run: DryRun,
    /// Rows in the files.
    pub rows: u64,
    /// Rows that could not be used.
    pub rejected: u64,
    /// Orders and records that were left out, as they are of people who were erased.
    pub erased: u32,
    /// Kinds of warnings.
    pub warnings: u32,
    /// Bytes in the files.
    pub bytes: u64,
    /// Time for storing, in milliseconds.
    pub took_ms: f64,
    /// Memory of the engine in bytes, after it.
    pub engine_memory: u64,
    /// What stopped it half-way; all else here is of the files that are stored.
    pub unfinished: Option<Unfinished>,
}

/// Why an import of several files is not whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unfinished {
    /// What went wrong.
    pub problem: Problem,
    /// Names of the files that are not stored.
    pub not_stored: Vec<String>,
}

/// An import of the past.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchView {
    /// Id.
    pub id: u32,
    /// Name of the file.
    pub file_name: String,
    /// Id of the platform.
    pub platform: String,
    /// What its rows are.
    pub kind: RecordKind,
    /// Records of that kind, where they are no orders.
    pub records: u32,
    /// When, in milliseconds since 1970.
    pub imported_at_ms: u64,
    /// Orders.
    pub orders: u32,
    /// Customers.
    pub customers: u32,
    /// Orders that were not known before.
    pub new: u32,
    /// Orders that were known and said something else.
    pub updated: u32,
    /// Orders that were known as they are.
    pub identical: u32,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that could not be used.
    pub rejected: u64,
    /// Taken back.
    pub undone: bool,
    /// The sample shop.
    pub sample: bool,
}

/// An import of the past with all that is kept of its reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchPage {
    /// What it was.
    pub batch: BatchView,
    /// Size of the file in bytes.
    pub size: u64,
    /// What deserved attention, the grave first.
    pub warnings: Vec<Coded>,
    /// How many of the warnings change money, days, or who counts.
    pub grave: u32,
    /// The first rows that could not be used.
    pub rejected_rows: Vec<RejectedRow>,
}

/// What a long task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProgressPhase {
    /// Reading and checking a file.
    Reading,
    /// Writing to disk.
    Saving,
}

/// How far a long task is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// What it is doing.
    pub phase: ProgressPhase,
    /// Share of the phase, 0 to 1.
    pub share: f64,
    /// Rows read so far.
    pub rows: u64,
    /// Rows a second.
    pub rows_per_second: f64,
}
