//! Backups: what one holds, what it would bring, why it cannot.

use serde::{Deserialize, Serialize};

/// A backup that was made. Its file comes with the message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedUp {
    /// When, in milliseconds since 1 January 1970.
    pub made_at_ms: u64,
    /// Imports in it.
    pub imports: u32,
    /// Bytes of its text, before it was packed.
    pub bytes: u64,
    /// Files whose imports are damaged here and are not in it.
    pub missing: Vec<String>,
    /// Damaged records in the history of edits: what is in force of these edits is in it.
    pub unread_records: u32,
}

/// What a backup brings, or would bring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupView {
    /// When it was made, in milliseconds since 1 January 1970.
    pub made_at_ms: u64,
    /// Imports that are new here.
    pub imports: u32,
    /// Imports that are here already.
    pub known_imports: u32,
    /// Orders of the new ones.
    pub orders: u64,
    /// Records of people of the new ones.
    pub records: u64,
    /// Edits that change something here.
    pub changes: u32,
    /// Edits that are here already, or older than what is here.
    pub known_changes: u32,
    /// Files whose imports were damaged when the backup was made: it has not got them.
    pub missing: Vec<String>,
    /// There are data here already, with which it is brought together.
    pub merges: bool,
}

impl BackupView {
    /// Whether all of it is here already.
    pub const fn is_empty(&self) -> bool {
        self.imports == 0 && self.changes == 0
    }
}

/// Why a backup cannot be made or restored. The data are as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BackupFault {
    /// The file is something else.
    NotABackup,
    /// A newer version of this program wrote it.
    TooNew,
    /// It ends before its end.
    CutShort,
    /// It is not as it was written. In technical words.
    Damaged(String),
    /// It is locked by a passphrase, and none was given.
    Locked,
    /// The passphrase is not the one that it is locked by.
    WrongPassphrase,
    /// None was looked into, or it was given up since.
    NoneChosen,
    /// Something has changed since it was restored: undoing it would take that along.
    ChangedSince,
    /// This browser cannot pack or lock files. In its own words.
    Unable(String),
}

impl BackupFault {
    /// What machines know it by; people read a sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            BackupFault::NotABackup => "backup_none",
            BackupFault::TooNew => "backup_too_new",
            BackupFault::CutShort => "backup_cut_short",
            BackupFault::Damaged(_) => "backup_damaged",
            BackupFault::Locked => "backup_locked",
            BackupFault::WrongPassphrase => "backup_wrong_passphrase",
            BackupFault::NoneChosen => "backup_none_chosen",
            BackupFault::ChangedSince => "backup_changed_since",
            BackupFault::Unable(_) => "backup_unable",
        }
    }
}
