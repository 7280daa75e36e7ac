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
        StoreError::Backend(BackendError::Lost) => Problem::StorageLost,
        StoreError::Backend(BackendError::Other(detail)) => Problem::StorageFailed(detail),
        StoreError::DamagedManifest => Problem::StorageUnreadable(String::new()),
        // Records of edits that do not read are made anew; what is left is the manifest.
        StoreError::Json(detail) => Problem::StorageUnreadable(detail),
        StoreError::Vanished => Problem::StorageVanished,
        StoreError::Damaged { chunk, .. } => Problem::StorageDamaged(chunk),
        StoreError::UnknownBatch(_) => Problem::NotFound,
        StoreError::Tables(fault) => Problem::Internal(fault.to_string()),
    }
}
