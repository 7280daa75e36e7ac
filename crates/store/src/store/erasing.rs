//! People erased for good: one flip of the manifest takes them out of imports, reports, edits and
//! their history, and leaves of each a tombstone, an id and a stamp.
//!
//! An import that holds rows of theirs is written again without: staged chunk by chunk as a new one
//! is, under the same entry, whose `edition` says so. All others stay byte for byte.

use super::edits::log;
use super::{ATTEMPTS, Store, StoreError, batches::Staging, kept_answers};
use crate::backend::{Area, Backend, BackendError, Durability, Transaction};
use crate::batch_report::{BatchReport, report_key};
use crate::manifest::{BatchEntry, BatchId, ChunkKind, ChunkRef, Manifest};
use crate::overlay::{Edits, EditsRecord, LogRecord, entity_key};
use crate::sealed::{seal, unseal};
use crate::tables::{Erased, Tables, TheirRows};
use crate::traces::Traces;
use model::{Change, CustomerId, Entity, FieldName, Hlc, Operation, Origin};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Tables that tell of themselves whose their rows are.
const TELLING: [ChunkKind; 4] =
    [ChunkKind::Customers, ChunkKind::Responses, ChunkKind::Tickets, ChunkKind::Events];

/// Who is to be erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToErase {
    /// Their ids, with the stamp of an erasure that was made elsewhere; `None`: it is made now.
    pub people: Vec<(CustomerId, Option<Hlc>)>,
    /// Rows that are theirs beside those that say so themselves, as answers about their orders.
    pub beside: BTreeMap<BatchId, TheirRows>,
}

/// What an erasure has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// The erasures that were not known yet.
    pub changes: Vec<Change>,
    /// Imports that were written again.
    pub rewritten: Vec<BatchId>,
    /// Damaged imports: nobody can tell whether they hold something of these people.
    pub unread: Vec<BatchId>,
}

/// An erasure on its way.
#[derive(Default)]
struct Underway {
    done: Erasure,
    /// Chunks that are staged, by import.
    chunks: BTreeMap<BatchId, Vec<ChunkRef>>,
    traces: Traces,
}

impl<B: Backend> Store<B> {
    /// Who is erased.
    pub fn erased(&self) -> Erased {
        self.erased_with(&[])
    }

    fn erased_with(&self, more: &[(CustomerId, Option<Hlc>)]) -> Erased {
        let known = self.overlay().erased();
        let sources = self.manifest().batches.iter().map(|it| it.source.as_str());
        Erased::new(known.chain(more.iter().map(|it| it.0)), sources)
    }

    /// The imports that hold rows of people who are erased: they were brought in by a program that had
    /// not heard of it. [`Store::erase_customers`] of nobody further takes the rows out.
    pub async fn holding_erased(&self) -> Result<Vec<BatchId>, StoreError> {
        let (erased, mut holding) = (self.erased(), Vec::new());
        for entry in self.manifest().live_batches() {
            match self.theirs_in(entry, &erased).await {
                Ok(theirs) if theirs.is_empty() => {}
                Ok(_) => holding.push(entry.id),
                Err(StoreError::Damaged { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(holding)
    }

    /// The rows of an import that say of themselves that they are theirs; orders may be missing.
    async fn theirs_in(
        &self,
        entry: &BatchEntry,
        erased: &Erased,
    ) -> Result<TheirRows, StoreError> {
        let mut telling = Tables::default();
        if !erased.is_empty() {
            for chunk in entry.chunks.iter().filter(|it| TELLING.contains(&it.kind)) {
                self.append_chunk(entry.id, chunk, &mut telling).await?;
            }
        }
        Ok(erased.rows_in(&telling, &entry.source))
    }

    /// Erases people for good, and whatever there is again of people who were erased before.
    /// `on_progress` hears how many of how many imports are looked through.
    ///
    /// Edits made meanwhile in other tabs are kept. If another tab has stored or undone an import,
    /// the answer is [`BackendError::Conflict`]: whose its rows are must be found first.
    pub async fn erase_customers(
        &mut self,
        who: &ToErase,
        now_ms: u64,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Erasure, StoreError> {
        if who.people.is_empty() && self.erased().is_empty() {
            return Ok(Erasure::default());
        }
        let known = self.manifest().batches.clone();
        let mut outcome = Err(BackendError::Conflict.into());
        for _ in 0..ATTEMPTS {
            let mut underway = Underway::default();
            outcome = self.try_erase(who, &mut underway, now_ms, on_progress).await;
            if outcome.is_ok() {
                return Ok(underway.done);
            }
            let is_conflict = outcome == Err(BackendError::Conflict.into());
            let is_read = is_conflict && self.refresh().await.is_ok();
            let staged = underway.chunks.into_values().flatten().map(|chunk| chunk.key);
            self.delete_strays(staged.collect()).await;
            if !is_read || self.manifest().batches != known {
                break;
            }
        }
        outcome.map(|()| Erasure::default())
    }

    async fn try_erase(
        &mut self,
        who: &ToErase,
        underway: &mut Underway,
        now_ms: u64,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(), StoreError> {
        let mut next = self.manifest().clone();
        let mut merged = BTreeMap::new();
        for (id, stamp) in &who.people {
            self.bury(*id, *stamp, &mut next, now_ms, &mut merged, &mut underway.done.changes);
        }
        self.write_again(who, underway, on_progress).await?;
        let mut rows = Transaction { durability: Durability::Strict, ..Default::default() };
        for entry in &mut next.batches {
            if let Some(chunks) = underway.chunks.get(&entry.id) {
                next.clock = next.clock.tick(now_ms);
                entry.edition = Some(next.clock);
                let old = std::mem::replace(&mut entry.chunks, chunks.clone());
                rows.deletes.extend(old.into_iter().map(|chunk| (Area::Chunk, chunk.key)));
            }
        }
        self.forget_edits(&merged, &mut next, &mut rows).await?;
        for id in self.wipe_reports(&underway.traces, &mut rows).await? {
            // Other devices learn of the report by the edition.
            next.clock = next.clock.tick(now_ms);
            let meant = next.batches.iter_mut().filter(|it| it.id == id);
            meant.for_each(|it| it.edition = Some(next.clock));
        }
        if merged.is_empty() && rows.deletes.is_empty() && rows.puts.is_empty() {
            return Ok(());
        }
        if !underway.done.changes.is_empty() {
            rows.puts.push(log(&mut next, underway.done.changes.clone())?);
        }
        for (entity, edits) in &merged {
            let record = seal(&EditsRecord::new(entity.clone(), edits))?;
            rows.puts.push((Area::Delta, entity_key(entity), record));
        }
        // They were worked out with these people among the others.
        rows.deletes.push((Area::Meta, kept_answers::KEY.to_owned()));
        self.flip(next, rows).await?;
        self.state.overlay.adopt(merged);
        Ok(())
    }

    /// Puts a tombstone in place of all edits of somebody, unless it is there.
    fn bury(
        &self,
        id: CustomerId,
        stamp: Option<Hlc>,
        next: &mut Manifest,
        now_ms: u64,
        merged: &mut BTreeMap<Entity, Edits>,
        changes: &mut Vec<Change>,
    ) {
        let entity = Entity::Customer(id);
        let before = merged.get(&entity).or_else(|| self.overlay().get(&entity));
        let before = before.cloned().unwrap_or_default();
        if stamp.is_none() && before.is_deleted() {
            return;
        }
        next.clock = match stamp {
            Some(stamp) => next.clock.observe(stamp),
            None => next.clock.tick(now_ms),
        };
        let change = Change {
            stamp: stamp.unwrap_or(next.clock),
            origin: Origin::Person,
            entity: entity.clone(),
            field: FieldName::new(),
            operation: Operation::Delete,
        };
        let mut after = before.clone();
        after.apply(&change);
        if after != before {
            merged.insert(entity, after);
            changes.push(change);
        }
    }

    /// Stages the imports that hold rows of theirs without these. Nothing refers to them yet.
    async fn write_again(
        &self,
        who: &ToErase,
        underway: &mut Underway,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(), StoreError> {
        let erased = self.erased_with(&who.people);
        let live: Vec<&BatchEntry> = self.manifest().live_batches().collect();
        for (done, entry) in live.iter().enumerate() {
            on_progress(done, live.len());
            match self.write_one_again(entry, &erased, who.beside.get(&entry.id), underway).await {
                Ok(()) => {}
                Err(StoreError::Damaged { .. } | StoreError::Tables(_)) => {
                    underway.done.unread.push(entry.id);
                }
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    async fn write_one_again(
        &self,
        entry: &BatchEntry,
        erased: &Erased,
        beside: Option<&TheirRows>,
        underway: &mut Underway,
    ) -> Result<(), StoreError> {
        let nothing = TheirRows::default();
        let beside = beside.unwrap_or(&nothing);
        if self.theirs_in(entry, erased).await?.is_empty() && beside.is_empty() {
            return Ok(());
        }
        let mut tables = self.load_batch(entry.id).await?;
        let mut theirs = erased.rows_in(&tables, &entry.source);
        theirs.extend(beside);
        underway.traces.note(&tables, &theirs);
        tables.take_out(&theirs);
        let label = format!("{:08}-{:012}", entry.id.0, self.manifest().generation);
        let mut staging = Staging::new(label, &tables);
        let staged = self.stage(&mut staging, &tables, &BTreeSet::new(), &mut |_, _| ()).await;
        underway.chunks.insert(entry.id, staging.into_chunks());
        underway.done.rewritten.push(entry.id);
        staged
    }

    /// Rewrites the records of the log that tell of people who are erased, or are to be, without that,
    /// and the hash that runs over all of them. What cannot be read may tell of anybody: such a record
    /// becomes an empty one, which cannot be read either.
    async fn forget_edits(
        &self,
        merged: &BTreeMap<Entity, Edits>,
        next: &mut Manifest,
        rows: &mut Transaction,
    ) -> Result<(), StoreError> {
        let is_gone = |entity: &Entity| {
            let edits = merged.get(entity).or_else(|| self.overlay().get(entity));
            edits.is_some_and(Edits::is_deleted)
        };
        next.log_hash = 0;
        for (key, record) in self.backend.all(Area::Log).await? {
            let kept = match unseal(&record) {
                None => Vec::new(),
                Some(LogRecord { mut changes }) => {
                    let before = changes.len();
                    changes.retain(|it| it.operation == Operation::Delete || !is_gone(&it.entity));
                    if changes.len() == before {
                        record.clone()
                    } else {
                        seal(&LogRecord { changes })?
                    }
                }
            };
            next.log_hash = xxh3_64_with_seed(&kept, next.log_hash);
            if kept != record {
                rows.puts.push((Area::Log, key, kept));
            }
        }
        Ok(())
    }

    /// Takes out of what is kept of the reading of files what tells of them; of which imports.
    async fn wipe_reports(
        &self,
        traces: &Traces,
        rows: &mut Transaction,
    ) -> Result<Vec<BatchId>, StoreError> {
        let live: Vec<BatchId> = self.manifest().live_batches().map(|it| it.id).collect();
        let keys: Vec<String> = live.iter().map(|id| report_key(*id)).collect();
        let found = self.backend.get(Area::Meta, &keys).await?;
        let mut wiped = Vec::new();
        for ((id, key), record) in live.into_iter().zip(keys).zip(found) {
            let Some(record) = record else { continue };
            // One that cannot be read is as good as none, and may tell of anybody.
            let mut report: BatchReport = unseal(&record).unwrap_or_default();
            if !report.is_empty() && !traces.wipe(&mut report) {
                continue;
            }
            wiped.push(id);
            if report.is_empty() {
                rows.deletes.push((Area::Meta, key));
            } else {
                rows.puts.push((Area::Meta, key, seal(&report)?));
            }
        }
        Ok(wiped)
    }
}
