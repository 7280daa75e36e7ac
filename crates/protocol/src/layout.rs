//! How a file is read: its columns and what they become, and the options that decide the rest.

use crate::{Consent, Question};
use model::{Currency, OrderState, RecordKind, ShopDay};
use serde::{Deserialize, Serialize};

/// How a file is read, as found or as the user said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// From left to right; of very many the first.
    pub columns: Vec<ColumnView>,
    /// What a column can become.
    pub roles: Vec<RoleView>,
    /// Options of reading, each with all its answers in a fixed order; the detail is the code of the
    /// one in force.
    pub options: Vec<Question>,
    /// The first orders, as they are read.
    pub orders: Vec<ReadOrder>,
    /// The first records about people, as they are read.
    pub records: ReadRecords,
    /// The user has said it before, of another file with the same columns.
    pub remembered: bool,
    /// What of it is remembered once the file is imported; `None`: all is as found.
    pub saved: Option<SavedReading>,
    /// Only the beginning of the file was read: its figures are of that.
    pub only_head: bool,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Its name in the file.
    pub name: String,
    /// Its first values that are not empty.
    pub samples: Vec<String>,
    /// Code of what it becomes; empty: it is left out.
    pub role: String,
}

/// What a column can become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleView {
    /// Stable, as `ordered_at`.
    pub code: String,
    /// Whether several columns can be that: the first that is filled counts.
    pub several: bool,
}

/// An order as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOrder {
    /// Its number.
    pub number: String,
    /// Its day, by the clock that the file was written by.
    pub day: ShopDay,
    /// Its total in minor units.
    pub total: i64,
    /// The currency; the shop's where the file names none.
    pub currency: Currency,
    /// What became of it.
    pub state: OrderState,
    /// Who bought: name or address or telephone; empty: nobody is known.
    pub customer: String,
}

/// Records about people as they are read: cells by columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRecords {
    /// What stands in each column, by the code of what it became.
    pub columns: Vec<String>,
    /// The records.
    pub rows: Vec<Vec<ReadCell>>,
}

/// A cell of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadCell {
    /// As it stands in the file, or nothing.
    Text(String),
    /// A day, by the clock that the file was written by.
    Day(ShopDay),
    /// An answer on a scale.
    Score(u8),
    /// Whether somebody may be written to.
    Consent(Consent),
}

/// A remembered reading, to be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingView {
    /// What the rows of such files are.
    pub kind: RecordKind,
    /// What a column can become.
    pub roles: Vec<RoleView>,
    /// Options with all their answers; the detail is the code of the one that was said, or nothing.
    pub options: Vec<Question>,
}

/// How files with the same columns are read, as the user said once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedReading {
    /// Of the set of column names: files with the same are read so.
    pub signature: String,
    /// Name of the file that it was said of last.
    pub file_name: String,
    /// Columns by their names in normal form, each with the code of what it becomes; empty: as found.
    pub columns: Vec<(String, String)>,
    /// Answers by the codes of their questions.
    pub options: Vec<(String, String)>,
}
