//! Where the data go: the browser's database, or memory where it gives none.

use protocol::Problem;
use store::{Area, Backend, BackendError, IndexedDb, MemoryBackend, Transaction};

/// Name of the database. It is in users' browsers: never change it.
const DATABASE: &str = "regulars";

/// The browser's database, or memory.
#[derive(Debug)]
pub enum AnyBackend {
    /// Stays.
    Indexed(IndexedDb),
    /// Is gone with the tab.
    Memory(MemoryBackend),
}

impl AnyBackend {
    /// Opens the database. Where the browser gives none (private mode, blocked cookies), data stay
    /// in memory, and the second value says so.
    pub async fn open() -> Result<(AnyBackend, bool), Problem> {
        match IndexedDb::open(DATABASE).await {
            Ok(database) => Ok((AnyBackend::Indexed(database), false)),
            Err(BackendError::Unavailable) => {
                Ok((AnyBackend::Memory(MemoryBackend::default()), true))
            }
            Err(BackendError::Blocked) => Err(Problem::StorageBlocked),
            Err(BackendError::VersionTooNew) => Err(Problem::StorageTooNew),
            Err(BackendError::Lost) => Err(Problem::StorageLost),
            Err(BackendError::Other(detail)) => Err(Problem::StorageFailed(detail)),
            Err(other @ (BackendError::Quota { .. } | BackendError::Conflict)) => {
                Err(Problem::StorageFailed(other.to_string()))
            }
        }
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
