//! Opening: the first manifest, and putting right what a kill or a broken disk has left.

use super::state::{self, Loaded};
use super::{ATTEMPTS, Store, StoreError};
use crate::backend::{Area, Backend, BackendError, Durability, Expect, Transaction};
use crate::manifest::{BatchId, MANIFEST_KEY, Manifest};
use crate::overlay::{Edits, EditsRecord, LogRecord, entity_key};
use crate::sealed::{seal, unseal};
use model::{DeviceId, Entity, collected};
use std::collections::{BTreeMap, BTreeSet};

/// What was found and put right while opening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Whether there was nothing yet: the first start, or the browser has evicted everything.
    pub fresh: bool,
    /// Chunks of imports that were killed or given up; they were deleted.
    pub stray_chunks: usize,
    /// Imports of which chunks are gone. Damage inside a chunk shows when it is loaded.
    pub incomplete_batches: Vec<BatchId>,
    /// Damaged records of edits that were made anew from the log.
    pub rebuilt_edits: usize,
    /// Damaged records of edits that the log, damaged too, cannot fully restore.
    pub lost_edits: Vec<String>,
}

impl<B: Backend> Store<B> {
    /// Opens the data of a backend. What is done from now on is stamped as of `new_device`, which is
    /// drawn anew at each start; if the backend is empty, that is its device.
    pub async fn open(
        backend: B,
        new_device: DeviceId,
    ) -> Result<(Store<B>, Recovery), StoreError> {
        let mut recovery = Recovery::default();
        for _ in 0..ATTEMPTS {
            let (loaded, chunks) = futures::join!(state::load(&backend), backend.keys(Area::Chunk));
            if let Some(loaded) = loaded? {
                let mut store = Store { backend, state: loaded.state, stamps_as: new_device };
                store.state.manifest.clock.device = new_device;
                store.restore_edits(loaded.damaged_edits, &mut recovery).await?;
                store.sweep_chunks(chunks?, &mut recovery).await;
                return Ok((store, recovery));
            }
            for area in [Area::Chunk, Area::Delta, Area::Log] {
                if !backend.keys(area).await?.is_empty() {
                    return Err(StoreError::DamagedManifest);
                }
            }
            recovery.fresh = match backend.commit(first_manifest(new_device)?).await {
                Ok(()) => true,
                Err(BackendError::Conflict) => false,
                Err(error) => return Err(error.into()),
            };
        }
        Err(BackendError::Conflict.into())
    }

    /// Deletes everything and begins anew, where [`Store::open`] finds a manifest that cannot be read.
    pub async fn start_over(backend: &B, new_device: DeviceId) -> Result<(), StoreError> {
        let clears = Area::ALL.to_vec();
        let first = first_manifest(new_device)?;
        Ok(backend.commit(Transaction { clears, expect: Vec::new(), ..first }).await?)
    }

    /// Deletes chunks that no import refers to.
    ///
    /// They may be those of an import that another tab is just storing. The manifest written with
    /// the deletion makes that tab notice and store them again.
    async fn sweep_chunks(&mut self, present: Vec<String>, recovery: &mut Recovery) {
        let present: BTreeSet<String> = collected(present);
        let is_gone = |key: &String| !present.contains(key);
        let live = self.manifest().live_batches();
        let incomplete = live.filter(|batch| batch.chunks.iter().any(|chunk| is_gone(&chunk.key)));
        recovery.incomplete_batches = incomplete.map(|batch| batch.id).collect();
        recovery.stray_chunks = self.delete_strays(present.into_iter().collect()).await;
    }

    /// Deletes those of `keys` that no import refers to and returns how many. Strays do no harm but
    /// take room, so a failure is left for the next start.
    pub(super) async fn delete_strays(&mut self, keys: Vec<String>) -> usize {
        let chunks = self.manifest().live_batches().flat_map(|b| &b.chunks).map(|it| &it.key);
        let live: BTreeSet<&String> = collected(chunks.chain(&self.manifest().arriving));
        let strays = keys.into_iter().filter(|key| !live.contains(key));
        let deletes: Vec<_> = strays.map(|key| (Area::Chunk, key)).collect();
        let count = deletes.len();
        if count == 0 {
            return 0;
        }
        let rows = Transaction { deletes, ..Default::default() };
        match self.flip(self.state.manifest.clone(), rows).await {
            Ok(()) => count,
            Err(_) => 0,
        }
    }

    /// Makes damaged records of edits anew from the log.
    async fn restore_edits(
        &mut self,
        damaged: Vec<String>,
        recovery: &mut Recovery,
    ) -> Result<(), StoreError> {
        if damaged.is_empty() {
            return Ok(());
        }
        let (found, complete) = self.replay_log(&collected(damaged.iter().cloned())).await?;
        let mut puts = Vec::new();
        for (entity, edits) in &found {
            let record = seal(&EditsRecord::new(entity.clone(), edits))?;
            puts.push((Area::Delta, entity_key(entity), record));
        }
        self.state.overlay.adopt(found);
        if !complete {
            recovery.lost_edits = damaged;
            return Ok(());
        }
        let rows = Transaction { durability: Durability::Strict, puts, ..Default::default() };
        self.flip(self.state.manifest.clone(), rows).await?;
        recovery.rebuilt_edits = damaged.len();
        Ok(())
    }

    /// Reads everything anew. Damaged records of edits are made up for in memory by what the log tells:
    /// opening has told of them, or the next will.
    pub(super) async fn read_anew(&mut self) -> Result<(), StoreError> {
        let Loaded { mut state, damaged_edits } =
            state::load(&self.backend).await?.ok_or(StoreError::Vanished)?;
        if !damaged_edits.is_empty() {
            let (found, _) = self.replay_log(&collected(damaged_edits)).await?;
            state.overlay.adopt(found);
        }
        state.manifest.clock.device = self.stamps_as;
        self.state = state;
        Ok(())
    }

    /// The edits of some entities as the log tells them, and whether all of the log could be read.
    async fn replay_log(
        &self,
        keys: &BTreeSet<String>,
    ) -> Result<(BTreeMap<Entity, Edits>, bool), StoreError> {
        let records = self.backend.all(Area::Log).await?;
        let (mut found, mut complete) = (BTreeMap::<Entity, Edits>::new(), true);
        for (_, record) in records {
            let Some(LogRecord { changes }) = unseal(&record) else {
                complete = false;
                continue;
            };
            for change in changes.iter().filter(|change| keys.contains(&entity_key(&change.entity)))
            {
                found.entry(change.entity.clone()).or_default().apply(change);
            }
        }
        Ok((found, complete))
    }
}

fn first_manifest(device: DeviceId) -> Result<Transaction, StoreError> {
    let key = MANIFEST_KEY.to_owned();
    Ok(Transaction {
        durability: Durability::Strict,
        expect: vec![Expect { area: Area::Meta, key: key.clone(), value: None }],
        puts: vec![(Area::Meta, key, seal(&Manifest::new(device))?)],
        ..Default::default()
    })
}
