//! What other devices tell, brought in: edits, imports whose rows come chunk by chunk, imports taken
//! back. What belongs together changes in one transaction, and with it the records in which sync
//! keeps how far it is.

use super::batches::retire;
use super::edits::log_key;
use super::restoring::{CHANGES_A_RECORD, unknown};
use super::{Store, StoreError};
use crate::backend::{Area, Backend, BackendError, Durability, Expect, Transaction};
use crate::backup::ImportRecord;
use crate::batch_report::report_key;
use crate::codec::{CodecError, stored_checksum};
use crate::manifest::{BatchEntry, BatchId, BatchState, ChunkRef, FORMAT, MANIFEST_KEY, Manifest};
use crate::overlay::{EditsRecord, LogRecord, entity_key};
use crate::sealed::{seal, unseal};
use crate::tables::Tables;
use model::{Change, Hlc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What is brought in at once.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// Edits that came. Those that change nothing here are passed over.
    pub changes: Vec<Change>,
    /// Chunks of imports that are on their way: kept, and in no import yet.
    pub staged: Vec<(ChunkRef, Vec<u8>)>,
    /// Keys of such chunks that are not waited for any more.
    pub dropped: Vec<String>,
    /// Imports that are all here.
    pub admitted: Vec<Admitted>,
    /// Imports that were taken back elsewhere, by their stamps.
    pub retired: BTreeSet<Hlc>,
    /// Imports of which this is a new edition from now on, by their stamps.
    pub renewed: Vec<(Hlc, Hlc)>,
}

/// An import of another device whose rows are all here.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// Its stamp.
    pub import: Hlc,
    /// When its rows were last written.
    pub edition: Hlc,
    /// What its device says of it ([`Store::about`]).
    pub about: String,
    /// Its chunks, staged before, in their order.
    pub chunks: Vec<ChunkRef>,
}

/// Records of sync's own, written in the same transaction.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// To be written, by key.
    pub puts: Vec<(String, Vec<u8>)>,
    /// Keys of those to be deleted.
    pub deletes: Vec<String>,
}

impl Exchange {
    /// Whether it brings nothing.
    pub fn is_empty(&self) -> bool {
        let Exchange { changes, staged, dropped, admitted, retired, renewed } = self;
        changes.is_empty()
            && staged.is_empty()
            && dropped.is_empty()
            && admitted.is_empty()
            && retired.is_empty()
            && renewed.is_empty()
    }

    fn stage_arrivals(&self, next: &mut Manifest, rows: &mut Transaction) {
        for (chunk, bytes) in &self.staged {
            rows.puts.push((Area::Chunk, chunk.key.clone(), bytes.clone()));
            next.arriving.insert(chunk.key.clone());
        }
        for key in &self.dropped {
            if next.arriving.remove(key) {
                rows.deletes.push((Area::Chunk, key.clone()));
            }
        }
    }
}

impl Side {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.deletes.is_empty()
    }

    /// Writes a value under a key, with a checksum.
    pub fn put<T: Serialize>(
        &mut self,
        key: impl Into<String>,
        value: &T,
    ) -> Result<(), StoreError> {
        self.puts.push((key.into(), seal(value)?));
        Ok(())
    }
}

impl<B: Backend> Store<B> {
    /// A record of sync's own; `None`: there is none. One that is damaged is an error: it is never
    /// taken for absent.
    pub async fn side<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let mut found = self.backend.get(Area::Meta, &[key.to_owned()]).await?;
        let Some(record) = found.pop().flatten() else { return Ok(None) };
        let damaged = || StoreError::Json(format!("the record {key} is damaged"));
        unseal(&record).map(Some).ok_or_else(damaged)
    }

    /// Keys of records of sync's own that begin so.
    pub async fn side_keys(&self, beginning: &str) -> Result<Vec<String>, StoreError> {
        let keys = self.backend.keys(Area::Meta).await?;
        Ok(keys.into_iter().filter(|key| key.starts_with(beginning)).collect())
    }

    /// The edits of each record of the log from a number on. One that is damaged tells nothing: what
    /// is in force of it is in the overlay.
    pub async fn log_from(&self, number: u64) -> Result<Vec<(u64, Vec<Change>)>, StoreError> {
        let numbers = number..self.manifest().next_log;
        let keys: Vec<String> = numbers.clone().map(log_key).collect();
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.backend.get(Area::Log, &keys).await?;
        let read = |record: Option<Vec<u8>>| {
            let record = record.and_then(|it| unseal::<LogRecord>(&it));
            record.map_or_else(Vec::new, |it| it.changes)
        };
        Ok(numbers.zip(found.into_iter().map(read)).collect())
    }

    /// What other devices are to know of an import beside its rows: its entry and its report, as JSON.
    pub async fn about(&self, entry: &BatchEntry) -> Result<String, StoreError> {
        let report = self.batch_report(entry.id).await?;
        Ok(serde_json::to_string(&ImportRecord { entry: entry.clone(), report })?)
    }

    /// The chunks that an import of another device consists of; `None`: nobody can read that.
    pub fn chunks_about(about: &str) -> Option<Vec<ChunkRef>> {
        let record: ImportRecord = serde_json::from_str(about).ok()?;
        Some(record.entry.chunks)
    }

    /// The name of the file of an import of another device; empty if it has none.
    pub fn file_about(about: &str) -> String {
        let record = serde_json::from_str::<ImportRecord>(about);
        record.map(|it| it.entry.file_name).unwrap_or_default()
    }

    /// The bytes of a chunk, as it was written.
    pub async fn chunk(&self, chunk: &ChunkRef) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.backend.get(Area::Chunk, std::slice::from_ref(&chunk.key)).await?;
        Ok(found.into_iter().next().flatten().filter(|it| stored_checksum(it) == chunk.hash))
    }

    /// Checks a chunk that came against what its device says of it; as which it can be staged.
    pub fn checked_chunk(
        said: &ChunkRef,
        edition: Hlc,
        number: usize,
        bytes: &[u8],
    ) -> Result<ChunkRef, CodecError> {
        if bytes.len() != said.bytes as usize || stored_checksum(bytes) != said.hash {
            return Err(CodecError::Checksum);
        }
        if Tables::default().append(bytes)? != (said.kind, said.rows as usize) {
            return Err(CodecError::Malformed("kind"));
        }
        let Hlc { ms, counter, device } = edition;
        let key =
            format!("e{ms:016x}-{counter:08x}-{:016x}-{number:05}-{:016x}", device.0, said.hash);
        Ok(ChunkRef { key, ..said.clone() })
    }

    /// Brings all of it in or nothing, once. `side` gets the manifest as it will be and says what sync
    /// keeps with it.
    ///
    /// [`BackendError::Conflict`]: another tab has written, or has swept what was staged. It is read
    /// already; `side` has to look at it before the next try.
    pub async fn exchange(
        &mut self,
        exchange: &Exchange,
        side: &dyn Fn(&Manifest) -> Result<Side, StoreError>,
    ) -> Result<(), StoreError> {
        let done = self.try_exchange(exchange, side).await;
        if done == Err(BackendError::Conflict.into()) {
            self.refresh().await?;
        }
        done
    }

    async fn try_exchange(
        &mut self,
        exchange: &Exchange,
        side: &dyn Fn(&Manifest) -> Result<Side, StoreError>,
    ) -> Result<(), StoreError> {
        let mut next = self.manifest().clone();
        let mut rows = Transaction::default();
        let is_lot = !exchange.admitted.is_empty() || !exchange.retired.is_empty();
        if is_lot {
            rows.durability = Durability::Strict;
        }
        exchange.stage_arrivals(&mut next, &mut rows);
        rows.deletes.extend(retire(&mut next, |it| exchange.retired.contains(&it.stamp)));
        for admitted in &exchange.admitted {
            self.admit(admitted, &mut next, &mut rows).await?;
        }
        let (changes, edits) = unknown(self.overlay(), &exchange.changes);
        let stamps = exchange.changes.iter().map(|change| change.stamp);
        next.clock = stamps.fold(next.clock, Hlc::observe);
        for some in changes.chunks(CHANGES_A_RECORD) {
            let log = seal(&LogRecord { changes: some.to_vec() })?;
            next.log_hash = xxh3_64_with_seed(&log, next.log_hash);
            rows.puts.push((Area::Log, log_key(next.next_log), log));
            next.next_log += 1;
        }
        for (entity, edits) in &edits {
            let record = seal(&EditsRecord::new(entity.clone(), edits))?;
            rows.puts.push((Area::Delta, entity_key(entity), record));
        }
        for (import, edition) in &exchange.renewed {
            next.clock = next.clock.observe(*edition);
            let mut meant = next.batches.iter_mut().filter(|it| it.stamp == *import);
            if let Some(meant) = meant.find(|it| it.state == BatchState::Live) {
                meant.edition = Some(*edition);
            }
        }
        let Side { puts, deletes } = side(&next)?;
        rows.puts.extend(puts.into_iter().map(|(key, record)| (Area::Meta, key, record)));
        rows.deletes.extend(deletes.into_iter().map(|key| (Area::Meta, key)));
        if next == *self.manifest() {
            // What sync keeps for itself is no news for anybody who looks at the data.
            let known = Some(self.state.record.clone());
            let key = MANIFEST_KEY.to_owned();
            rows.expect.push(Expect { area: Area::Meta, key, value: known });
            return Ok(self.backend.commit(rows).await?);
        }
        self.flip(next, rows).await?;
        self.state.overlay.adopt(edits);
        Ok(())
    }

    /// Makes an import of what was staged. A newer edition takes the place of the one that is here.
    async fn admit(
        &self,
        admitted: &Admitted,
        next: &mut Manifest,
        rows: &mut Transaction,
    ) -> Result<(), StoreError> {
        let Admitted { import, edition, about, chunks } = admitted;
        let present: BTreeSet<String> = self.backend.keys(Area::Chunk).await?.into_iter().collect();
        // A program of an earlier version has taken them for what a kill has left.
        if chunks.iter().any(|chunk| !present.contains(&chunk.key)) {
            return Err(StoreError::Swept);
        }
        let ImportRecord { entry, report } = serde_json::from_str(about)?;
        // The sample shop has no place beside anything.
        rows.deletes.extend(retire(next, |it| it.sample));
        next.arriving.retain(|key| !chunks.iter().any(|chunk| chunk.key == *key));
        next.clock = next.clock.observe(*import).observe(*edition);
        next.format = FORMAT;
        let edition = (edition != import).then_some(*edition);
        let here =
            next.batches.iter_mut().find(|it| it.stamp == *import && it.state == BatchState::Live);
        let id = if let Some(here) = here {
            let former = std::mem::replace(&mut here.chunks, chunks.clone());
            here.edition = edition;
            let kept: BTreeSet<&String> = chunks.iter().map(|it| &it.key).collect();
            let gone = former.into_iter().filter(|it| !kept.contains(&it.key));
            rows.deletes.extend(gone.map(|it| (Area::Chunk, it.key)));
            here.id
        } else {
            let id = BatchId(next.next_batch);
            next.next_batch += 1;
            next.batches.push(BatchEntry {
                id,
                stamp: *import,
                edition,
                sample: false,
                state: BatchState::Live,
                chunks: chunks.clone(),
                ..entry
            });
            id
        };
        // What is in force is a fold of the imports in the order in which they were made.
        tiny_sort::stable::sort_by_key(&mut next.batches, |entry| entry.stamp);
        if report.is_empty() {
            rows.deletes.push((Area::Meta, report_key(id)));
        } else {
            rows.puts.push((Area::Meta, report_key(id), seal(&report)?));
        }
        Ok(())
    }
}
