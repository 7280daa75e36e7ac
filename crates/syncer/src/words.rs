//! The core's words as the page knows them.

use model::DeviceId;
use protocol::sync::{SyncFinding, SyncHeld, SyncSoftware, SyncTrouble};
use store::{BackendError, StoreError};
use sync::servers::{Finding, Software, cors_snippet, probe};
use sync::{Damage, Entropy, Failure, KeyError, Remote, Standstill, Stop};

/// Tries a server with files of its own; what was found, in the order in which it was tried.
pub async fn test_server(remote: &impl Remote, entropy: &mut impl Entropy) -> Vec<SyncFinding> {
    probe(remote, entropy).await.0.iter().map(finding).collect()
}

/// Settings that let a page of this origin use a server.
pub fn cors_text(software: SyncSoftware, origin: &str) -> String {
    let software = match software {
        SyncSoftware::Nginx => Software::Nginx,
        SyncSoftware::Apache => Software::Apache,
        SyncSoftware::Lighttpd => Software::Lighttpd,
        SyncSoftware::WsgiDav => Software::WsgiDav,
        SyncSoftware::Rclone => Software::Rclone,
        SyncSoftware::S3 => Software::S3,
        SyncSoftware::Couch => Software::Couch,
    };
    cors_snippet(software, origin)
}

fn finding(found: &Finding) -> SyncFinding {
    match *found {
        Finding::KeepsFiles => SyncFinding::KeepsFiles,
        Finding::WritesJsonAnew => SyncFinding::WritesJsonAnew,
        Finding::ChangesFiles => SyncFinding::ChangesFiles,
        Finding::TellsMissing => SyncFinding::TellsMissing,
        Finding::AnswersForMissing => SyncFinding::AnswersForMissing,
        Finding::GivesOldFiles => SyncFinding::GivesOldFiles,
        Finding::Lists => SyncFinding::Lists,
        Finding::ListsNothing => SyncFinding::ListsNothing,
        Finding::Deletes => SyncFinding::Deletes,
        Finding::KeepsDeleted => SyncFinding::KeepsDeleted,
        Finding::TakesFilesOf(bytes) => SyncFinding::TakesFilesOf(bytes),
        Finding::RefusesFilesOf(bytes) => SyncFinding::RefusesFilesOf(bytes),
        Finding::HasShop { sealed } => SyncFinding::HasShop { sealed },
        Finding::Failed(failure) => SyncFinding::Failed(of_failure(failure)),
    }
}

/// A device's name, as its folder is called.
pub(crate) fn device_name(dev: DeviceId) -> String {
    format!("{:016x}", dev.0)
}

pub(crate) const fn held(why: Standstill) -> SyncHeld {
    match why {
        Standstill::Missing { .. } => SyncHeld::Missing,
        Standstill::Deletes { customers, .. } => SyncHeld::Deletes { customers },
        Standstill::Damaged { damage: Damage::TooNew, .. } => SyncHeld::TooNew,
        Standstill::Damaged { damage: Damage::Future, .. } => SyncHeld::Future,
        Standstill::Damaged { .. } => SyncHeld::Damaged,
    }
}

pub(crate) const fn of_failure(failure: Failure) -> SyncTrouble {
    match failure {
        Failure::Unreachable => SyncTrouble::Unreachable,
        Failure::Denied => SyncTrouble::Denied,
        Failure::Busy { .. } => SyncTrouble::Busy,
        Failure::TooLong => SyncTrouble::TooLong,
        Failure::Full => SyncTrouble::ServerFull,
        Failure::Foreign => SyncTrouble::Foreign,
        Failure::NotKept => SyncTrouble::NotKept,
        Failure::Status { status: 300..=399 } => SyncTrouble::Redirected,
        Failure::Status { status } => SyncTrouble::Status(status),
    }
}

pub(crate) const fn of_key(error: KeyError) -> SyncTrouble {
    match error {
        KeyError::WrongPassphrase => SyncTrouble::WrongPassphrase,
        KeyError::TooWeak => SyncTrouble::WeaklyGuarded,
        KeyError::Malformed => SyncTrouble::BadShopFile,
        KeyError::Mistyped => SyncTrouble::WrongCode,
    }
}

pub(crate) const fn of_damage(damage: Damage) -> SyncTrouble {
    match damage {
        Damage::TooNew => SyncTrouble::TooNew,
        _ => SyncTrouble::BadShopFile,
    }
}

pub(crate) fn of_store(error: &StoreError) -> SyncTrouble {
    match error {
        StoreError::Backend(BackendError::Quota { .. }) => SyncTrouble::StorageFull,
        StoreError::Backend(BackendError::Unavailable) => SyncTrouble::MemoryOnly,
        other => SyncTrouble::Storage(other.to_string()),
    }
}

/// `failed`: what the store has said, if it was the store.
pub(crate) fn of_stop(stop: &Stop, failed: Option<&StoreError>) -> SyncTrouble {
    match stop {
        Stop::Failure(failure) => of_failure(*failure),
        Stop::Emptied => SyncTrouble::Emptied,
        Stop::NoVault => SyncTrouble::NoShop,
        Stop::OtherVault => SyncTrouble::OtherShop,
        Stop::Vault(damage) => of_damage(*damage),
        Stop::HalfVault => SyncTrouble::HalfShopFile,
        Stop::LongOp { bytes } => SyncTrouble::LongEdit { bytes: *bytes as u64 },
        Stop::Home(words) => failed.map_or_else(|| SyncTrouble::Storage(words.clone()), of_store),
    }
}
