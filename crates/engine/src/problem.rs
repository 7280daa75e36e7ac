//! Store errors in the words of the protocol.

use protocol::{BackupFault, LockFault, Problem};
use store::{BackendError, BackupError, StoreError};

/// What the page is told when the store cannot do what it was asked to.
pub fn of_store(error: StoreError) -> Problem {
    match error {
        StoreError::Backend(BackendError::Unavailable) => Problem::StorageUnavailable,
        StoreError::Backend(BackendError::Blocked) => Problem::StorageBlocked,
        StoreError::Backend(BackendError::Quota { needed }) => Problem::StorageFull(needed),
        StoreError::Backend(BackendError::Conflict) => Problem::StorageConflict,
        StoreError::Backend(BackendError::VersionTooNew) | StoreError::TooNew { .. } => {
            Problem::StorageTooNew
        }
        StoreError::Backend(BackendError::Locked) => Problem::Lock(LockFault::Changed),
        unreadable @ StoreError::Backend(BackendError::LockUnreadable) => {
            Problem::StorageUnreadable(unreadable.to_string())
        }
        StoreError::Backend(BackendError::Lost) => Problem::StorageLost,
        StoreError::Backend(BackendError::Other(detail)) => Problem::StorageFailed(detail),
        StoreError::DamagedManifest => Problem::StorageUnreadable(String::new()),
        // Records of edits that do not read are made anew; what is left is the manifest.
        StoreError::Json(detail) => Problem::StorageUnreadable(detail),
        StoreError::Vanished => Problem::StorageVanished,
        StoreError::Damaged { chunk, .. } => Problem::StorageDamaged(chunk),
        StoreError::UnknownBatch(_) | StoreError::Erased => Problem::NotFound,
        swept @ StoreError::Swept => Problem::Internal(swept.to_string()),
        StoreError::Tables(fault) => Problem::Internal(fault.to_string()),
    }
}

/// What the page is told when a backup cannot be made or restored.
pub fn of_backup(error: BackupError) -> Problem {
    Problem::Backup(match error {
        BackupError::NotABackup => BackupFault::NotABackup,
        BackupError::TooNew(_) => BackupFault::TooNew,
        BackupError::CutShort(_) => BackupFault::CutShort,
        damaged @ BackupError::Damaged { .. } => BackupFault::Damaged(damaged.to_string()),
        BackupError::File(words) => BackupFault::Unable(words),
        BackupError::Store(error) => return of_store(error),
    })
}
