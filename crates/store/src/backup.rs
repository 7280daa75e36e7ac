//! Backups: all that is stored as one readable text, `docs/backup-format.md`.
//!
//! The text is one JSON document, one record a line, so that it is written and read piece by piece:
//! memory holds a chunk of rows while it is written, and one import while it is read. A record that
//! tells the count and the checksum of all before it stands last: half a file is known by that.

mod cells;
mod person;
mod reading;
mod rows;
mod writing;

pub(crate) use reading::{Lines, Record};
pub use writing::Written;

use crate::batch_report::BatchReport;
use crate::manifest::BatchEntry;
use crate::store::StoreError;
use serde::{Deserialize, Serialize};

/// The version of the format that this program writes, and the highest that it reads.
pub const BACKUP_VERSION: u32 = 2;

/// What the first line names.
const FORMAT_NAME: &str = "regulars-backup";

/// Rows of one table in one line.
const ROWS_A_LINE: usize = 4_096;

/// Edits in one line.
const CHANGES_A_LINE: usize = 512;

/// Where a backup goes to, piece by piece.
#[expect(async_fn_in_trait, reason = "one thread: no caller asks whether the futures are Send")]
pub trait Sink {
    /// Takes some more text. The error is the system's own sentence.
    async fn write(&mut self, text: &[u8]) -> Result<(), String>;
}

/// Where a backup comes from, piece by piece.
#[expect(async_fn_in_trait, reason = "one thread: no caller asks whether the futures are Send")]
pub trait Source {
    /// Some more text; `None`: that was all.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BackupError>;
}

/// Why a backup cannot be written or restored. What is stored is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// The file is something else.
    #[error("this is no backup")]
    NotABackup,
    /// A newer version of this program wrote it.
    #[error("the backup has version {0}, newer than this program")]
    TooNew(u32),
    /// It ends before its end: a download or a copy was cut short.
    #[error("the backup is cut short after line {0}")]
    CutShort(u64),
    /// Its text is not the one that was written.
    #[error("line {line} of the backup cannot be read: {detail}")]
    Damaged {
        /// Line of the text, from 1.
        line: u64,
        /// In technical words.
        detail: String,
    },
    /// The file cannot be read or written. In the words of the system.
    #[error("{0}")]
    File(String),
    /// The store did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is told of one import before its rows.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ImportRecord {
    #[serde(flatten)]
    pub entry: BatchEntry,
    #[serde(default, skip_serializing_if = "BatchReport::is_empty")]
    pub report: BatchReport,
}

/// The last record.
#[derive(Debug, Serialize, Deserialize)]
struct EndRecord {
    /// How many records stand before it.
    records: u64,
    /// Imports that were damaged and are not in the backup.
    #[serde(default)]
    missing: Vec<String>,
    /// XXH3-64 of every byte before this record's line, as 16 hexadecimal digits.
    xxh3: String,
}

/// The beginning of the first line, all that a reader needs to know whether it can read on.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    format: String,
    version: u32,
    /// When the backup was made, in milliseconds since 1 January 1970.
    made_at_ms: u64,
}
