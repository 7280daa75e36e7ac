//! The durable truth: what was imported, as immutable column chunks; what was edited since, as an
//! overlay of merged fields; every edit in order, as a log; and one manifest that says which of
//! these belong together.
//!
//! Two rules keep the data whole. Everything that must change together changes in one transaction,
//! and that transaction always writes the manifest: a kill at any moment leaves the old state or
//! the new one. Every such transaction expects the manifest it was made from: of two tabs that
//! write at once, one is told so ([`BackendError::Conflict`]) instead of overwriting the other.

mod backend;
mod backup;
mod batch_report;
mod clustered;
pub mod codec;
mod device_lock;
mod guarded;
#[cfg(target_arch = "wasm32")]
mod indexed_db;
pub mod lock;
mod manifest;
mod memory;
mod overlay;
mod sealed;
mod store;
mod tables;
mod traces;

pub use backend::{Area, Backend, BackendError, Durability, Expect, Transaction};
pub use backup::{BACKUP_VERSION, BackupError, Sink, Source, Written};
pub use batch_report::{BatchReport, KeptRow, KeptWarning};
pub use device_lock::{
    CODE_BYTES, DeviceLock, KeyId, Way, WrappedKey, read_recovery_code, recovery_code,
    replace_lock, stored_lock, wipe,
};
pub use guarded::{Cipher, Guarded};
#[cfg(target_arch = "wasm32")]
pub use indexed_db::IndexedDb;
pub use manifest::{
    BatchDraft, BatchEntry, BatchFacts, BatchId, BatchState, ChunkKind, ChunkRef, FORMAT, Manifest,
};
pub use memory::{Fault, MemoryBackend};
pub use overlay::{Edits, Overlay};
pub use store::{
    Admitted, Erasure, Exchange, Recovery, RestoreUndo, Restored, Side, Store, StoreError, ToErase,
};
pub use tables::{CHUNK_ROWS, Erased, Piece, Tables, TheirRows};
pub use traces::Traces;
