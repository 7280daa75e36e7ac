//! Store errors in the words of the protocol.

use protocol::Problem;
use store::{BackendError, StoreError};

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
        StoreError::DamagedManifest => Problem::StorageDamaged("manifest".to_owned()),
        StoreError::Damaged { chunk, .. } => Problem::StorageDamaged(chunk),
        StoreError::UnknownBatch(_) => Problem::NotFound,
        other => Problem::Internal(other.to_string()),
    }
}
