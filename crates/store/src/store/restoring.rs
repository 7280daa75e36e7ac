//! A backup brought in: looked into first, then staged chunk by chunk and made true by one flip of
//! the manifest, as an import is; undone by another.
//!
//! Into a store that is used already it merges: changes by the model's rule, imports by their
//! content. What is here already is passed over, so that the same backup twice changes nothing.

use super::batches::{Staging, retire};
use super::edits::log;
use super::{ATTEMPTS, Store, StoreError};
use crate::backend::{Area, Backend, BackendError, Durability, Transaction};
use crate::backup::{BackupError, ImportRecord, Lines, Record, Source};
use crate::batch_report::report_key;
use crate::codec::CodecError;
use crate::manifest::{BatchEntry, BatchId, BatchState, ChunkRef, FORMAT, Manifest};
use crate::overlay::{Edits, EditsRecord, Overlay, entity_key};
use crate::sealed::seal;
use crate::tables::{Erased, Tables};
use crate::traces::Traces;
use model::{Change, Entity};
use std::collections::{BTreeMap, BTreeSet};

/// Beginning of the keys of sync's own records.
const SYNC: &str = "sync";

/// Edits in one record of the log.
pub(super) const CHANGES_A_RECORD: usize = 1_000;

/// What a backup brings, or would bring, to a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made, in milliseconds since 1 January 1970.
    pub made_at_ms: u64,
    /// Imports that are new here.
    pub imports: u32,
    /// Imports that are here already, or that the sample shop gives way to.
    pub known_imports: u32,
    /// Orders of the new imports.
    pub orders: u64,
    /// Records of people of the new imports.
    pub records: u64,
    /// Edits that change something here.
    pub changes: u32,
    /// Edits that are here already, or older than what is here.
    pub known_changes: u32,
    /// Imports that were damaged when the backup was made: it has not got them.
    pub missing: Vec<String>,
}

impl Restored {
    /// Whether all of it is here already.
    pub const fn is_empty(&self) -> bool {
        self.imports == 0 && self.changes == 0
    }
}

/// How a restored backup is undone, until something else changes.
#[derive(Debug)]
pub struct RestoreUndo {
    /// As it was before.
    manifest: Manifest,
    /// The generation that the restored backup is.
    generation: u64,
    deletes: Vec<(Area, String)>,
    puts: Vec<(Area, String, Vec<u8>)>,
}

/// What was read of a backup.
#[derive(Default)]
struct Brought {
    /// Imports here that are damaged: a whole one of the same file takes their place.
    damaged: Vec<BatchId>,
    imports: Vec<BroughtImport>,
    changes: Vec<Change>,
    seen: Restored,
}

struct BroughtImport {
    record: ImportRecord,
    /// Rows of people who are erased here were left out.
    is_cleaned: bool,
    chunks: Vec<ChunkRef>,
}

/// The transaction that brings it in, and what undoes it.
struct Merged {
    next: Manifest,
    rows: Transaction,
    edits: BTreeMap<Entity, Edits>,
    undo: RestoreUndo,
    seen: Restored,
}

impl<B: Backend> Store<B> {
    /// What a backup would bring. All of it is read and checked, nothing is stored. `damaged`: imports
    /// here of which rows are gone.
    pub async fn look_into(
        &self,
        source: &mut impl Source,
        damaged: &[BatchId],
    ) -> Result<Restored, BackupError> {
        let mut brought = Brought { damaged: damaged.to_vec(), ..Brought::default() };
        self.go_through(source, &mut brought, false, &mut |_| ()).await?;
        let Brought { changes, mut seen, .. } = brought;
        let (new, _) = unknown(self.overlay(), &changes);
        seen.changes = new.len() as u32;
        seen.known_changes = (changes.len() - new.len()) as u32;
        Ok(seen)
    }

    /// Brings a backup in, all of it or nothing. The sample shop gives way, and so do `damaged` imports
    /// of files that the backup has whole. `on_progress` hears how many bytes of its text are read.
    ///
    /// [`BackendError::Conflict`]: another tab has swept what was staged. Nothing is changed, and it
    /// can be tried again.
    pub async fn restore(
        &mut self,
        source: &mut impl Source,
        damaged: &[BatchId],
        now_ms: u64,
        on_progress: &mut dyn FnMut(u64),
    ) -> Result<(Restored, RestoreUndo), BackupError> {
        let mut brought = Brought { damaged: damaged.to_vec(), ..Brought::default() };
        let read = self.go_through(source, &mut brought, true, on_progress).await;
        let staged = brought.imports.iter().flat_map(|it| &it.chunks).map(|it| it.key.clone());
        let staged: Vec<String> = staged.collect();
        let restored = match read {
            Ok(()) => self.bring_in(brought, &staged, now_ms).await.map_err(BackupError::from),
            Err(error) => Err(error),
        };
        // Of a failed restore everything, of one that went through what another tab has stored
        // meanwhile.
        self.delete_strays(staged).await;
        let (seen, mut undo) = restored?;
        undo.generation = self.manifest().generation;
        Ok((seen, undo))
    }

    /// Takes a restored backup out again, unless something has changed since: then the answer is
    /// [`BackendError::Conflict`], and nothing is changed.
    pub async fn undo_restore(&mut self, undo: &RestoreUndo) -> Result<(), StoreError> {
        // The others may know of it already.
        let is_told = !self.side_keys(SYNC).await?.is_empty();
        if is_told || self.manifest().generation != undo.generation {
            return Err(BackendError::Conflict.into());
        }
        let Manifest { generation, clock, next_batch, next_log, .. } = *self.manifest();
        let next = Manifest { generation, clock, next_batch, next_log, ..undo.manifest.clone() };
        let rows = Transaction {
            durability: Durability::Strict,
            deletes: undo.deletes.clone(),
            puts: undo.puts.clone(),
            ..Default::default()
        };
        self.flip(next, rows).await?;
        self.read_anew().await
    }

    /// Reads a backup to its end. `staging`: stores the rows of new imports, to which nothing refers
    /// yet. Their chunks are in `brought` even if this fails.
    async fn go_through(
        &self,
        source: &mut impl Source,
        brought: &mut Brought,
        staging: bool,
        on_progress: &mut dyn FnMut(u64),
    ) -> Result<(), BackupError> {
        let mut lines = Lines::open(source).await?;
        brought.seen.made_at_ms = lines.made_at_ms;
        let mut begun: Option<ImportRecord> = None;
        let mut tables = Tables::default();
        loop {
            let wants = |it: &ImportRecord| self.wants(&it.entry, &brought.damaged);
            let reads_rows = staging && begun.as_ref().is_some_and(wants);
            let record = lines.next(reads_rows.then_some(&mut tables)).await?;
            on_progress(lines.bytes);
            // Whatever else comes after an import's rows ends it.
            if !matches!(record, Record::Rows | Record::Abandoned)
                && let Some(import) = begun.take()
            {
                let rows = std::mem::take(&mut tables);
                self.take_import(import, rows, brought, staging)
                    .await
                    .map_err(|error| as_damage(&lines, error))?;
            }
            match record {
                Record::Import(import) => begun = Some(*import),
                Record::Rows if begun.is_none() => return Err(lines.damaged("rows of no import")),
                Record::Rows => {}
                Record::Abandoned => (begun, tables) = (None, Tables::default()),
                Record::Changes(changes) => brought.changes.extend(changes),
                Record::End(missing) => {
                    brought.seen.missing = missing;
                    return Ok(());
                }
            }
        }
    }

    async fn take_import(
        &self,
        mut record: ImportRecord,
        mut tables: Tables,
        brought: &mut Brought,
        staging: bool,
    ) -> Result<(), StoreError> {
        let entry = &record.entry;
        let is_live = entry.state == BatchState::Live;
        let is_twice = |it: &BroughtImport| is_same(&it.record.entry, entry);
        if !self.wants(entry, &brought.damaged) || brought.imports.iter().any(is_twice) {
            brought.seen.known_imports += u32::from(is_live);
            return Ok(());
        }
        if is_live {
            brought.seen.imports += 1;
            brought.seen.orders += entry.facts.orders;
            brought.seen.records += entry.facts.records;
        }
        if !(staging && is_live) {
            let (chunks, is_cleaned) = (Vec::new(), false);
            brought.imports.push(BroughtImport { record, is_cleaned, chunks });
            return Ok(());
        }
        tables.check().map_err(StoreError::Tables)?;
        // Lines are put in order with their orders by counting on from one to the next.
        if !tables.lines.order.is_sorted() {
            return Err(StoreError::Tables(CodecError::Malformed("order")));
        }
        let is_cleaned = leave_out(&self.erased(), &mut record, &mut tables);
        tables.cluster();
        let Manifest { next_batch, generation, .. } = *self.manifest();
        let number = next_batch as usize + brought.imports.len();
        let mut staged = Staging::new(format!("{number:08}-{generation:012}"), &tables);
        let stored = self.stage(&mut staged, &tables, &BTreeSet::new(), &mut |_, _| ()).await;
        let chunks = staged.into_chunks();
        brought.imports.push(BroughtImport { record, is_cleaned, chunks });
        stored
    }

    /// Whether an import of a backup has something to bring.
    fn wants(&self, entry: &BatchEntry, damaged: &[BatchId]) -> bool {
        let mut live = self.manifest().live_batches().filter(|it| !damaged.contains(&it.id));
        match entry.state {
            // The sample shop has no place beside anything.
            BatchState::Live if entry.sample => {
                !live.any(|it| !it.sample || it.stamp == entry.stamp)
            }
            BatchState::Live => !live.any(|it| is_same(it, entry)),
            BatchState::Undone => !self.manifest().batches.iter().any(|it| it.stamp == entry.stamp),
        }
    }

    /// Makes what was staged true, on top of what other tabs have written meanwhile.
    async fn bring_in(
        &mut self,
        brought: Brought,
        staged: &[String],
        now_ms: u64,
    ) -> Result<(Restored, RestoreUndo), StoreError> {
        for _ in 0..ATTEMPTS {
            // A tab that was opened meanwhile has taken them for what a kill has left.
            let present: BTreeSet<String> =
                self.backend.keys(Area::Chunk).await?.into_iter().collect();
            if staged.iter().any(|key| !present.contains(key)) {
                return Err(BackendError::Conflict.into());
            }
            let Merged { next, rows, edits, undo, seen } = self.merged(&brought, now_ms)?;
            match self.flip(next, rows).await {
                Err(StoreError::Backend(BackendError::Conflict)) => {
                    self.refresh().await?;
                }
                Ok(()) => {
                    self.state.overlay.adopt(edits);
                    return Ok((seen, undo));
                }
                Err(error) => return Err(error),
            }
        }
        Err(BackendError::Conflict.into())
    }

    fn merged(&self, brought: &Brought, now_ms: u64) -> Result<Merged, StoreError> {
        let mut next = self.manifest().clone();
        let mut rows = Transaction { durability: Durability::Strict, ..Default::default() };
        let brings = || brought.imports.iter().map(|it| &it.record.entry);
        // The sample shop is not missed when the backup is taken out again; what is damaged is still
        // to be told of then.
        let sample = |it: &BatchEntry| it.sample && brings().any(|other| gives_way(it, other));
        rows.deletes.extend(retire(&mut next, sample));
        let manifest = next.clone();
        let replaced = |it: &BatchEntry| {
            brought.damaged.contains(&it.id) && brings().any(|other| is_same(it, other))
        };
        rows.deletes.extend(retire(&mut next, replaced));
        let (mut deletes, mut puts) = (Vec::new(), Vec::new());
        for BroughtImport { record, is_cleaned, chunks } in &brought.imports {
            let ImportRecord { entry, report } = record;
            if !self.wants(entry, &brought.damaged) {
                continue;
            }
            next.clock = next.clock.observe(entry.stamp);
            let id = BatchId(next.next_batch);
            next.next_batch += 1;
            if !report.is_empty() {
                deletes.push((Area::Meta, report_key(id)));
                rows.puts.push((Area::Meta, report_key(id), seal(report)?));
            }
            deletes.extend(chunks.iter().map(|chunk| (Area::Chunk, chunk.key.clone())));
            // What was taken back here was for good: what comes back is another import.
            let is_undone =
                |it: &BatchEntry| it.stamp == entry.stamp && it.state == BatchState::Undone;
            let is_anew =
                entry.state == BatchState::Live && self.manifest().batches.iter().any(is_undone);
            if is_anew {
                next.clock = next.clock.tick(now_ms);
            }
            let stamp = if is_anew { next.clock } else { entry.stamp };
            let (chunks, mut edition) = (chunks.clone(), entry.edition);
            if *is_cleaned {
                next.clock = next.clock.tick(now_ms);
                edition = Some(next.clock);
            }
            next.clock = edition.map_or(next.clock, |stamp| next.clock.observe(stamp));
            next.batches.push(BatchEntry { id, stamp, edition, chunks, ..entry.clone() });
            next.format = FORMAT;
        }
        // What is in force is a fold of the imports in the order in which they were made.
        tiny_sort::stable::sort_by_key(&mut next.batches, |entry| entry.stamp);
        let (changes, edits) = unknown(self.overlay(), &brought.changes);
        for some in changes.chunks(CHANGES_A_RECORD) {
            let latest = some.iter().map(|change| change.stamp).max();
            next.clock = latest.map_or(next.clock, |stamp| next.clock.observe(stamp));
            let record = log(&mut next, some.to_vec())?;
            deletes.push((Area::Log, record.1.clone()));
            rows.puts.push(record);
        }
        for (entity, edits) in &edits {
            let key = entity_key(entity);
            match self.overlay().get(entity) {
                Some(former) => {
                    let former = seal(&EditsRecord::new(entity.clone(), former))?;
                    puts.push((Area::Delta, key.clone(), former));
                }
                None => deletes.push((Area::Delta, key.clone())),
            }
            rows.puts.push((Area::Delta, key, seal(&EditsRecord::new(entity.clone(), edits))?));
        }
        next.clock = next.clock.tick(now_ms);
        let mut seen = brought.seen.clone();
        seen.changes = changes.len() as u32;
        seen.known_changes = (brought.changes.len() - changes.len()) as u32;
        let undo = RestoreUndo { manifest, generation: 0, deletes, puts };
        Ok(Merged { next, rows, edits, undo, seen })
    }
}

/// Whether the sample shop here gives way to an import.
fn gives_way(sample: &BatchEntry, import: &BatchEntry) -> bool {
    import.state == BatchState::Live && import.stamp != sample.stamp
}

/// Whether two imports are of the same file. Samples are made, not read.
fn is_same(one: &BatchEntry, other: &BatchEntry) -> bool {
    let is_read = |it: &BatchEntry| it.state == BatchState::Live && !it.sample;
    is_read(one) && is_read(other) && one.content_hash == other.content_hash
}

/// Takes the rows of people who are erased here out of an import that comes; `false`: it has none.
fn leave_out(erased: &Erased, record: &mut ImportRecord, tables: &mut Tables) -> bool {
    let theirs = erased.rows_in(tables, &record.entry.source);
    if theirs.is_empty() {
        return false;
    }
    let mut traces = Traces::default();
    traces.note(tables, &theirs);
    traces.wipe(&mut record.report);
    tables.take_out(&theirs);
    true
}

/// Rows that do not hold together are the file's fault.
fn as_damage<S: Source>(lines: &Lines<'_, S>, error: StoreError) -> BackupError {
    match error {
        StoreError::Tables(fault) => lines.damaged(fault),
        other => other.into(),
    }
}

/// The changes that change something, and the edits of what they are about with them.
pub(super) fn unknown(
    overlay: &Overlay,
    changes: &[Change],
) -> (Vec<Change>, BTreeMap<Entity, Edits>) {
    let mut merged: BTreeMap<Entity, Edits> = BTreeMap::new();
    let (mut new, mut touched) = (Vec::new(), BTreeSet::new());
    for change in changes {
        let entity = &change.entity;
        let edits = merged
            .entry(entity.clone())
            .or_insert_with(|| overlay.get(entity).cloned().unwrap_or_default());
        let before = (edits.fields.get(&change.field).cloned(), edits.deleted);
        edits.apply(change);
        if before != (edits.fields.get(&change.field).cloned(), edits.deleted) {
            touched.insert(entity.clone());
            new.push(change.clone());
        }
    }
    merged.retain(|entity, _| touched.contains(entity));
    (new, merged)
}
