//! Edits: log, merged fields and clock change together.

use super::{ATTEMPTS, Store, StoreError};
use crate::backend::{Area, Backend, BackendError, Transaction};
use crate::manifest::Manifest;
use crate::overlay::{Edits, EditsRecord, LogRecord, entity_key};
use crate::sealed::seal;
use model::{Change, Entity, FieldName, Operation, Origin};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// One edit to be made: which field of what, and what is done to it.
type Edit = (Entity, FieldName, Operation);

impl<B: Backend> Store<B> {
    /// Stamps, merges and stores edits, all or none, and returns them as changes.
    ///
    /// If another tab has written meanwhile, its edits are read and these are made on top. Those of
    /// somebody who is erased come to nothing; if there are no others, that is an error.
    pub async fn apply(
        &mut self,
        origin: Origin,
        edits: Vec<(Entity, FieldName, Operation)>,
        now_ms: u64,
    ) -> Result<Vec<Change>, StoreError> {
        if edits.is_empty() {
            return Ok(Vec::new());
        }
        for _ in 0..ATTEMPTS {
            match self.try_apply(origin, &edits, now_ms).await {
                Err(StoreError::Backend(BackendError::Conflict)) => {
                    self.refresh().await?;
                }
                done => return done,
            }
        }
        Err(BackendError::Conflict.into())
    }

    async fn try_apply(
        &mut self,
        origin: Origin,
        edits: &[Edit],
        now_ms: u64,
    ) -> Result<Vec<Change>, StoreError> {
        let mut next = self.manifest().clone();
        let changes = stamp(origin, edits, &mut next, now_ms);
        let is_erased =
            |it: &&Change| self.overlay().get(&it.entity).is_some_and(Edits::is_deleted);
        let kept: Vec<Change> = changes.iter().filter(|it| !is_erased(it)).cloned().collect();
        if kept.is_empty() {
            return Err(StoreError::Erased);
        }
        let mut merged: BTreeMap<Entity, Edits> = BTreeMap::new();
        for change in &kept {
            let entity = &change.entity;
            let before = || self.overlay().get(entity).cloned().unwrap_or_default();
            merged.entry(entity.clone()).or_insert_with(before).apply(change);
        }
        let mut puts = vec![log(&mut next, kept)?];
        for (entity, edits) in &merged {
            let record = seal(&EditsRecord::new(entity.clone(), edits))?;
            puts.push((Area::Delta, entity_key(entity), record));
        }
        self.flip(next, Transaction { puts, ..Default::default() }).await?;
        self.state.overlay.adopt(merged);
        Ok(changes)
    }
}

/// Gives each edit its own stamp and leaves the clock at the last one.
fn stamp(origin: Origin, edits: &[Edit], manifest: &mut Manifest, now_ms: u64) -> Vec<Change> {
    let mut changes = Vec::with_capacity(edits.len());
    for (entity, field, operation) in edits {
        manifest.clock = manifest.clock.tick(now_ms);
        changes.push(Change {
            stamp: manifest.clock,
            origin,
            entity: entity.clone(),
            field: field.clone(),
            operation: operation.clone(),
        });
    }
    changes
}

/// The next record of the log, which the manifest then counts.
pub(super) fn log(
    manifest: &mut Manifest,
    changes: Vec<Change>,
) -> Result<(Area, String, Vec<u8>), StoreError> {
    let record = seal(&LogRecord { changes })?;
    manifest.log_hash = xxh3_64_with_seed(&record, manifest.log_hash);
    let key = log_key(manifest.next_log);
    manifest.next_log += 1;
    Ok((Area::Log, key, record))
}

/// Zero-padded, so that the order of the keys is the order of the numbers.
pub(super) fn log_key(number: u64) -> String {
    format!("{number:020}")
}
