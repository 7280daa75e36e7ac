//! Why a question has no answer.

use crate::{BackupFault, LockFault};
use serde::{Deserialize, Serialize};

/// Why a question has no answer: facts enough to write a helpful sentence in any language.
///
/// A `detail` is what the system or a library says in its own words. It stands behind the sentence,
/// for whoever has to find the cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Page and engine are of different builds: reload.
    OtherBuild,
    /// There is no such thing (any more).
    NotFound,
    /// The user stopped it.
    Cancelled,
    /// Nothing to import: every file was refused, or none was inspected.
    NothingToImport,
    /// There are orders already: the sample shop has no place beside them.
    NotEmpty,
    /// A file cannot be read (any more): moved, deleted, or its device removed.
    FileUnreadable {
        /// Its name.
        name: String,
        /// In the words of the system.
        detail: String,
    },
    /// A folder was dropped: it is no file.
    Folder,
    /// Some dates of the file named can only be day first, others only month first, and neither way
    /// reads them all.
    DatesContradict(String),
    /// This browser gives no storage: private mode or blocked cookies.
    StorageUnavailable,
    /// The disk or the browser's quota is full. Bytes that were to be written.
    StorageFull(u64),
    /// Another tab changed the data at the same moment: ask again.
    StorageConflict,
    /// Another tab holds an older version of the database open.
    StorageBlocked,
    /// The data were written by a newer version of this program.
    StorageTooNew,
    /// Stored data fail their checksum. The name of the part.
    StorageDamaged(String),
    /// The record that says what is stored cannot be read: no data can be opened. The one way on is
    /// to erase them. In technical words.
    StorageUnreadable(String),
    /// The data were deleted from outside while they were open.
    StorageVanished,
    /// The connection to the storage was lost.
    StorageLost,
    /// The storage does not work. In the words of the browser.
    StorageFailed(String),
    /// The value is not acceptable for this field.
    Invalid(Field),
    /// The text is longer than this many bytes.
    TooLong(u32),
    /// The engine does not run. In the words of the browser.
    EngineStopped(String),
    /// A part of the program could not be loaded: the line is down, or the site was replaced by a
    /// newer one.
    PartMissing,
    /// The part that reads files does not run, or no longer. In the words of the browser.
    ReaderStopped(String),
    /// A backup cannot be made or restored.
    Backup(BackupFault),
    /// The data are locked, or the lock does not do what was asked.
    Lock(LockFault),
    /// A fault of this program, in technical words.
    Internal(String),
}

impl Problem {
    /// What machines know it by; people read a sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            Problem::OtherBuild => "other_build",
            Problem::NotFound => "not_found",
            Problem::Cancelled => "cancelled",
            Problem::NothingToImport => "nothing_to_import",
            Problem::NotEmpty => "not_empty",
            Problem::FileUnreadable { .. } => "file_unreadable",
            Problem::Folder => "folder",
            Problem::DatesContradict(_) => "dates_contradict",
            Problem::StorageUnavailable => "storage_unavailable",
            Problem::StorageFull(_) => "storage_full",
            Problem::StorageConflict => "storage_conflict",
            Problem::StorageBlocked => "storage_blocked",
            Problem::StorageTooNew => "storage_too_new",
            Problem::StorageDamaged(_) => "storage_damaged",
            Problem::StorageUnreadable(_) => "storage_unreadable",
            Problem::StorageVanished => "storage_vanished",
            Problem::StorageLost => "storage_lost",
            Problem::StorageFailed(_) => "storage_failed",
            Problem::Invalid(_) => "invalid",
            Problem::TooLong(_) => "too_long",
            Problem::EngineStopped(_) => "engine_stopped",
            Problem::PartMissing => "part_missing",
            Problem::ReaderStopped(_) => "reader_stopped",
            Problem::Backup(fault) => fault.code(),
            Problem::Lock(fault) => fault.code(),
            Problem::Internal(_) => "internal",
        }
    }
}

/// A field whose values are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// The shop's time zone.
    TimeZone,
    /// The shop's country.
    Country,
    /// Shares of customers that the tiers are cut at.
    TierShares,
    /// An address, telephone or member name that is several people's.
    SharedKey,
    /// The rates of a currency.
    Rates,
    /// A tag or a line for the notes of a whole list.
    ActText,
    /// The rule of a segment.
    Rule,
}
