//! Where the data go: the browser's database, locked or not, or memory where it gives none.

use crate::cipher::Key;
use protocol::Problem;
use std::rc::Rc;
use store::vault::{LOCK_KEY, Vault};
use store::{Area, Backend, BackendError, IndexedDb, MemoryBackend, Transaction};

/// Name of the database. It is in users' browsers: never change it.
const DATABASE: &str = "regulars";

/// The browser's database, or memory.
#[derive(Debug)]
pub enum AnyBackend {
    /// Stays.
    Indexed(IndexedDb),
    /// Stays, and is encrypted.
    Locked(Vault<IndexedDb, Rc<Key>>),
    /// Is gone with the tab.
    Memory(MemoryBackend),
}

impl AnyBackend {
    /// Opens the database, with `key` if it is locked. Where the browser gives none (private mode,
    /// blocked cookies), data stay in memory, and the second value says so.
    pub async fn open(key: Option<Rc<Key>>) -> Result<(AnyBackend, bool), Problem> {
        let Some(database) = database().await? else {
            return Ok((AnyBackend::Memory(MemoryBackend::default()), true));
        };
        match (lock_of(&database).await?, key) {
            (None, _) => Ok((AnyBackend::Indexed(database), false)),
            (Some(_), Some(key)) => Ok((AnyBackend::Locked(Vault::new(database, key)), false)),
            (Some(_), None) => Err(Problem::Locked),
        }
    }
}

/// The browser's database as it is; `None`: it gives none.
pub async fn database() -> Result<Option<IndexedDb>, Problem> {
    match IndexedDb::open(DATABASE).await {
        Ok(database) => Ok(Some(database)),
        Err(BackendError::Unavailable) => Ok(None),
        Err(error) => Err(problem(error)),
    }
}

/// The record that tells how the database is locked, if it is.
pub async fn lock_of(database: &IndexedDb) -> Result<Option<Vec<u8>>, Problem> {
    let found = database.get(Area::Meta, &[LOCK_KEY.to_owned()]).await;
    Ok(found.map_err(problem)?.pop().flatten())
}

/// Why the database does not do what it is asked to.
pub fn problem(error: BackendError) -> Problem {
    match error {
        BackendError::Unavailable => Problem::StorageUnavailable,
        BackendError::Blocked => Problem::StorageBlocked,
        BackendError::VersionTooNew => Problem::StorageTooNew,
        BackendError::Lost => Problem::StorageLost,
        BackendError::Quota { needed } => Problem::StorageFull(needed),
        BackendError::Conflict => Problem::StorageConflict,
        BackendError::Other(detail) => Problem::StorageFailed(detail),
    }
}

impl Backend for AnyBackend {
    async fn get(&self, area: Area, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, BackendError> {
        match self {
            AnyBackend::Indexed(backend) => backend.get(area, keys).await,
            AnyBackend::Locked(backend) => backend.get(area, keys).await,
            AnyBackend::Memory(backend) => backend.get(area, keys).await,
        }
    }

    async fn all(&self, area: Area) -> Result<Vec<(String, Vec<u8>)>, BackendError> {
        match self {
            AnyBackend::Indexed(backend) => backend.all(area).await,
            AnyBackend::Locked(backend) => backend.all(area).await,
            AnyBackend::Memory(backend) => backend.all(area).await,
        }
    }

    async fn keys(&self, area: Area) -> Result<Vec<String>, BackendError> {
        match self {
            AnyBackend::Indexed(backend) => backend.keys(area).await,
            AnyBackend::Locked(backend) => backend.keys(area).await,
            AnyBackend::Memory(backend) => backend.keys(area).await,
        }
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), BackendError> {
        match self {
            AnyBackend::Indexed(backend) => backend.commit(transaction).await,
            AnyBackend::Locked(backend) => backend.commit(transaction).await,
            AnyBackend::Memory(backend) => backend.commit(transaction).await,
        }
    }
}
