//! The store: imports, edits and their history, whole at every moment.

mod batches;
mod edits;
mod erasing;
mod error;
mod exchange;
mod kept_answers;
mod recovery;
mod restoring;
mod state;

pub use erasing::{Erasure, ToErase};
pub use error::StoreError;
pub use exchange::{Admitted, Exchange, Side};
pub use recovery::Recovery;
pub use restoring::{RestoreUndo, Restored};

use crate::backend::{Area, Backend, BackendError, Durability, Expect, Transaction};
use crate::manifest::{MANIFEST_KEY, Manifest};
use crate::overlay::Overlay;
use crate::sealed::seal;
use model::DeviceId;
use state::State;

/// How often a transaction is tried again after another tab has written.
const ATTEMPTS: usize = 8;

/// One tab's view of the data, and the way to change it.
///
/// What is in memory changes only after the backend has confirmed the change.
#[derive(Debug)]
pub struct Store<B> {
    backend: B,
    state: State,
    /// The name under which this start stamps: a copy of the browser's profile, which goes on with
    /// the same manifest, never gives a stamp twice.
    stamps_as: DeviceId,
}

impl<B: Backend> Store<B> {
    /// What is stored.
    pub const fn manifest(&self) -> &Manifest {
        &self.state.manifest
    }

    /// What was edited since the imports.
    pub const fn overlay(&self) -> &Overlay {
        &self.state.overlay
    }

    /// Where it is stored.
    pub(crate) const fn backend(&self) -> &B {
        &self.backend
    }

    /// Reads what another tab has written. Returns whether anything had changed.
    pub async fn refresh(&mut self) -> Result<bool, StoreError> {
        if self.stored_manifest().await?.as_ref() == Some(&self.state.record) {
            return Ok(false);
        }
        self.read_anew().await?;
        Ok(true)
    }

    /// Deletes everything. The device and its clock go on, so that later changes still come later.
    pub async fn erase_all(&mut self) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let Manifest { generation, device, clock, next_batch, next_log, .. } = *self.manifest();
            let empty = Manifest::new(device);
            let next = Manifest { generation, clock, next_batch, next_log, ..empty };
            let clears = Area::ALL.to_vec();
            let rows = Transaction { durability: Durability::Strict, clears, ..Default::default() };
            match self.flip(next, rows).await {
                Err(StoreError::Backend(BackendError::Conflict)) => {
                    self.refresh().await?;
                }
                Ok(()) => {
                    self.state.overlay = Overlay::default();
                    return Ok(());
                }
                failed => return failed,
            }
        }
        Err(BackendError::Conflict.into())
    }

    /// Carries out a transaction together with the manifest that describes the data after it.
    ///
    /// The one place where the store writes once it is open, but for what it may lose
    /// (`kept_answers.rs`). It goes through only if the manifest
    /// is still the one that this tab knows.
    async fn flip(&mut self, mut next: Manifest, rows: Transaction) -> Result<(), StoreError> {
        next.generation += 1;
        let record = seal(&next)?;
        let key = MANIFEST_KEY.to_owned();
        let mut transaction = rows;
        let known = Some(self.state.record.clone());
        transaction.expect.push(Expect { area: Area::Meta, key: key.clone(), value: known });
        transaction.puts.push((Area::Meta, key, record.clone()));
        match self.backend.commit(transaction).await {
            Ok(()) => {}
            // Was the connection lost before or after the change? The manifest is a fingerprint of
            // all that is stored, so it can tell.
            Err(BackendError::Lost) if self.stored_manifest().await?.as_ref() == Some(&record) => {}
            Err(error) => return Err(error.into()),
        }
        self.state.manifest = next;
        self.state.record = record;
        Ok(())
    }

    async fn stored_manifest(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let mut found = self.backend.get(Area::Meta, &[MANIFEST_KEY.to_owned()]).await?;
        Ok(found.pop().flatten())
    }
}
