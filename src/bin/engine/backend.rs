//! Where the data go: the browser's database, or memory where it gives none.

use crate::cipher::Key;
use crate::keyring::Keyring;
use protocol::{LockFault, LockView, Problem};
use std::rc::Rc;
use store::{Area, Backend, BackendError, Guarded, IndexedDb, MemoryBackend, Transaction, wipe};

/// Name of the database. It is in users' browsers: never change it.
const DATABASE: &str = "regulars";

/// The browser's database, or memory. A handle: clones are of the same.
#[derive(Clone, Debug)]
pub enum AnyBackend {
    /// Stays, and can be locked.
    Indexed(Guarded<IndexedDb, Key>),
    /// Is gone with the tab.
    Memory(MemoryBackend),
}

impl AnyBackend {
    /// Opens the database, with its key if it is locked. Where the browser gives none (private mode,
    /// blocked cookies), data stay in memory, and the second value says so.
    pub async fn open(keys: &Rc<Keyring>) -> Result<(AnyBackend, bool), Problem> {
        match IndexedDb::open(DATABASE).await {
            Ok(database) => {
                let keys = Rc::clone(keys);
                let guarded = Guarded::open(database, async move |id| keys.key(id).await).await;
                Ok((AnyBackend::Indexed(guarded.map_err(problem)?), false))
            }
            Err(BackendError::Unavailable) => {
                Ok((AnyBackend::Memory(MemoryBackend::default()), true))
            }
            Err(error) => Err(problem(error)),
        }
    }

    /// The id of the key that values are encrypted under, as text; empty: they are not.
    pub fn key_id(&self) -> String {
        match self {
            AnyBackend::Indexed(guarded) => guarded.key_id().map(crate::keyring::text),
            AnyBackend::Memory(_) => None,
        }
        .unwrap_or_default()
    }

    /// How its lock stands.
    pub fn lock(&self) -> LockView {
        let possible = matches!(self, AnyBackend::Indexed(_));
        LockView { on: !self.key_id().is_empty(), possible, recovery: None }
    }

    /// Deletes everything, whatever it is, locked or not.
    pub async fn wipe() -> Result<(), Problem> {
        wipe(&AnyBackend::database().await?).await.map_err(problem)
    }

    /// The database itself, with values as they are stored.
    pub async fn database() -> Result<IndexedDb, Problem> {
        IndexedDb::open(DATABASE).await.map_err(problem)
    }
}

/// Why the database does not do what was asked.
pub fn problem(error: BackendError) -> Problem {
    match error {
        BackendError::Locked => Problem::Lock(LockFault::Closed),
        BackendError::LockUnreadable => Problem::StorageUnreadable(error.to_string()),
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
            AnyBackend::Memory(backend) => backend.get(area, keys).await,
        }
    }

    async fn all(&self, area: Area) -> Result<Vec<(String, Vec<u8>)>, BackendError> {
        match self {
            AnyBackend::Indexed(backend) => backend.all(area).await,
            AnyBackend::Memory(backend) => backend.all(area).await,
        }
    }

    async fn keys(&self, area: Area) -> Result<Vec<String>, BackendError> {
        match self {
            AnyBackend::Indexed(backend) => backend.keys(area).await,
            AnyBackend::Memory(backend) => backend.keys(area).await,
        }
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), BackendError> {
        match self {
            AnyBackend::Indexed(backend) => backend.commit(transaction).await,
            AnyBackend::Memory(backend) => backend.commit(transaction).await,
        }
    }
}
