//! Imports: staged chunk by chunk, made true by one flip of the manifest, undone by another.

use super::{ATTEMPTS, Store, StoreError};
use crate::backend::{Area, Backend, BackendError, Durability, Transaction};
use crate::batch_report::{BatchReport, report_key};
use crate::codec::{CodecError, stored_checksum};
use crate::manifest::{
    BatchDraft, BatchEntry, BatchId, BatchState, ChunkKind, ChunkRef, FORMAT, Manifest,
};
use crate::sealed::{seal, unseal};
use crate::tables::{CHUNK_ROWS, Piece, Tables};
use std::collections::BTreeSet;
use std::task::Poll;

/// Chunks are staged in transactions of about this many bytes, so that memory holds the tables and
/// a little more.
const STAGE_BYTES: usize = 4 << 20;

/// Chunks are loaded so many at a time, for the same reason.
const LOAD_CHUNKS: usize = 16;

/// The chunks of an import on its way.
pub(super) struct Staging {
    /// Batch and generation that it began with, as the beginning of its keys.
    label: String,
    pieces: Vec<Piece>,
    /// One for each piece that has been encoded.
    chunks: Vec<ChunkRef>,
}

impl<B: Backend> Store<B> {
    /// The tables of an import, every chunk of them checked.
    pub async fn load_batch(&self, id: BatchId) -> Result<Tables, StoreError> {
        let entry = self.live_batch(id)?;
        let mut tables = Tables::default();
        for kind in ChunkKind::ALL {
            let rows = entry.chunks.iter().filter(|chunk| chunk.kind == kind);
            tables.reserve(kind, rows.map(|chunk| CHUNK_ROWS.min(chunk.rows as usize)).sum());
        }
        let mut groups = entry.chunks.chunks(LOAD_CHUNKS);
        let mut chunks = groups.next().unwrap_or_default();
        let mut found = self.read_chunks(chunks).await?;
        while !chunks.is_empty() {
            // The database reads the next ones while these are taken apart.
            let next = groups.next().unwrap_or_default();
            let append = async { append_all(&mut tables, chunks, &found) };
            let (read, appended) = futures::join!(self.read_chunks(next), append);
            if let Err((chunk, reason)) = appended {
                return Err(self.damage(id, chunk, reason).await?);
            }
            (chunks, found) = (next, read?);
        }
        // Every chunk is as it was written, so this would be the writer's fault, or a chunk's whose
        // kind is not what the manifest says.
        tables.check().map_err(StoreError::Tables)?;
        Ok(tables)
    }

    /// What is kept of the reading of an import; nothing if it was undone, or if that is damaged.
    pub async fn batch_report(&self, id: BatchId) -> Result<BatchReport, StoreError> {
        let mut found = self.backend.get(Area::Meta, &[report_key(id)]).await?;
        Ok(found.pop().flatten().and_then(|record| unseal(&record)).unwrap_or_default())
    }

    /// Reads the rows of one chunk of an import to the end of the tables.
    pub(crate) async fn append_chunk(
        &self,
        batch: BatchId,
        chunk: &ChunkRef,
        tables: &mut Tables,
    ) -> Result<(), StoreError> {
        let found = self.read_chunks(std::slice::from_ref(chunk)).await?;
        let bytes = found.first().and_then(Option::as_deref);
        match append(tables, chunk, bytes) {
            Ok(()) => Ok(()),
            Err(reason) => Err(self.damage(batch, chunk, reason).await?),
        }
    }

    /// What it means that a chunk cannot be read.
    async fn damage(
        &self,
        batch: BatchId,
        chunk: &ChunkRef,
        reason: CodecError,
    ) -> Result<StoreError, StoreError> {
        // Perhaps it is not damaged but undone, by another tab.
        if self.stored_manifest().await?.as_ref() != Some(&self.state.record) {
            return Ok(BackendError::Conflict.into());
        }
        Ok(StoreError::Damaged { batch, chunk: chunk.key.clone(), reason })
    }

    async fn read_chunks(&self, chunks: &[ChunkRef]) -> Result<Vec<Option<Vec<u8>>>, BackendError> {
        if chunks.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<String> = chunks.iter().map(|chunk| chunk.key.clone()).collect();
        self.backend.get(Area::Chunk, &keys).await
    }

    /// Stores an import. `on_progress` hears how many of how many chunks are stored.
    ///
    /// Edits made meanwhile in other tabs are kept. If another tab has stored or undone an import,
    /// the answer is [`BackendError::Conflict`]: what is new and what is known must be found again.
    pub async fn add_batch(
        &mut self,
        draft: BatchDraft,
        tables: &Tables,
        now_ms: u64,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<BatchId, StoreError> {
        tables.check().map_err(StoreError::Tables)?;
        let known = self.manifest().batches.clone();
        let Manifest { next_batch, generation, .. } = *self.manifest();
        let label = format!("{next_batch:08}-{generation:012}");
        let mut staging = Staging::new(label, tables);
        let mut outcome = Err(BackendError::Conflict.into());
        for _ in 0..ATTEMPTS {
            outcome = self.try_add(&draft, tables, now_ms, &mut staging, on_progress).await;
            let conflict = outcome == Err(BackendError::Conflict.into());
            if !conflict || self.refresh().await.is_err() || self.manifest().batches != known {
                break;
            }
        }
        if outcome.is_err() {
            self.delete_strays(staging.chunks.into_iter().map(|chunk| chunk.key).collect()).await;
        }
        outcome
    }

    async fn try_add(
        &mut self,
        draft: &BatchDraft,
        tables: &Tables,
        now_ms: u64,
        staging: &mut Staging,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<BatchId, StoreError> {
        // At the second attempt most or all chunks are there already.
        let present = if staging.chunks.is_empty() {
            BTreeSet::new()
        } else {
            self.backend.keys(Area::Chunk).await?.into_iter().collect()
        };
        self.stage(staging, tables, &present, on_progress).await?;
        let mut next = self.manifest().clone();
        next.clock = next.clock.tick(now_ms);
        // A program of an earlier format does not know all that an import may bring now.
        next.format = FORMAT;
        let id = BatchId(next.next_batch);
        next.next_batch += 1;
        let chunks = staging.chunks.clone();
        next.batches.push(entry(draft.clone(), id, &next, chunks, now_ms));
        let mut rows = Transaction { durability: Durability::Strict, ..Default::default() };
        if !draft.report.is_empty() {
            rows.puts.push((Area::Meta, report_key(id), seal(&draft.report)?));
        }
        self.flip(next, rows).await?;
        Ok(id)
    }

    /// Writes the chunks that are not `present`. Nothing refers to them yet.
    pub(super) async fn stage(
        &self,
        staging: &mut Staging,
        tables: &Tables,
        present: &BTreeSet<String>,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(), StoreError> {
        let total = staging.pieces.len();
        let (mut puts, mut bytes) = (Vec::new(), 0);
        let mut written = None;
        for n in 0..total {
            let is_stored = staging.chunks.get(n).is_some_and(|chunk| present.contains(&chunk.key));
            if !is_stored {
                let (key, chunk) = staging.encode(n, tables)?;
                bytes += chunk.len();
                puts.push((Area::Chunk, key, chunk));
            }
            if bytes >= STAGE_BYTES || n + 1 == total {
                bytes = 0;
                let puts = std::mem::take(&mut puts);
                if let Some(before) = written.take() {
                    before.await?;
                }
                let mut commit =
                    Box::pin(self.backend.commit(Transaction { puts, ..Default::default() }));
                // It begins here: the browser writes while the next pieces are encoded.
                match futures::poll!(&mut commit) {
                    Poll::Ready(done) => done?,
                    Poll::Pending => written = Some(commit),
                }
                on_progress(n + 1, total);
            }
        }
        match written {
            Some(last) => Ok(last.await?),
            None => Ok(()),
        }
    }

    /// Undoes an import: its rows are deleted, its entry stays as [`BatchState::Undone`].
    pub async fn remove_batch(&mut self, id: BatchId, now_ms: u64) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            self.live_batch(id)?;
            let mut next = self.manifest().clone();
            next.clock = next.clock.tick(now_ms);
            let deletes = retire(&mut next, |entry| entry.id == id);
            let durability = Durability::Strict;
            match self.flip(next, Transaction { durability, deletes, ..Default::default() }).await {
                Err(StoreError::Backend(BackendError::Conflict)) => {
                    self.refresh().await?;
                }
                done => return done,
            }
        }
        Err(BackendError::Conflict.into())
    }

    fn live_batch(&self, id: BatchId) -> Result<&BatchEntry, StoreError> {
        let entry = self.manifest().batch(id);
        entry.filter(|entry| entry.state == BatchState::Live).ok_or(StoreError::UnknownBatch(id))
    }
}

/// Undoes the live imports that are meant. Returns what is to be deleted with them.
pub(super) fn retire(
    next: &mut Manifest,
    is_meant: impl Fn(&BatchEntry) -> bool,
) -> Vec<(Area, String)> {
    let mut deletes = Vec::new();
    let live = next.batches.iter_mut().filter(|it| it.state == BatchState::Live);
    for entry in live.filter(|it| is_meant(it)) {
        entry.state = BatchState::Undone;
        deletes.push((Area::Meta, report_key(entry.id)));
        let chunks = std::mem::take(&mut entry.chunks);
        deletes.extend(chunks.into_iter().map(|chunk| (Area::Chunk, chunk.key)));
    }
    deletes
}

impl Staging {
    pub(super) fn new(label: String, tables: &Tables) -> Staging {
        Staging { label, pieces: tables.pieces(), chunks: Vec::new() }
    }

    /// Those that may be stored already.
    pub(super) fn into_chunks(self) -> Vec<ChunkRef> {
        self.chunks
    }

    /// Encodes a piece. Its key ends with its hash: two tabs that stage under the same label never
    /// overwrite each other's rows with others.
    fn encode(&mut self, n: usize, tables: &Tables) -> Result<(String, Vec<u8>), StoreError> {
        let piece = &self.pieces[n];
        let bytes = tables.encode(piece).map_err(StoreError::Tables)?;
        let hash = stored_checksum(&bytes);
        let key = format!("{}-{n:05}-{hash:016x}", self.label);
        if n == self.chunks.len() {
            self.chunks.push(ChunkRef {
                key: key.clone(),
                kind: piece.kind,
                rows: piece.rows.len() as u32,
                bytes: bytes.len() as u32,
                hash,
            });
        }
        Ok((key, bytes))
    }
}

fn entry(
    draft: BatchDraft,
    id: BatchId,
    next: &Manifest,
    chunks: Vec<ChunkRef>,
    now_ms: u64,
) -> BatchEntry {
    BatchEntry {
        id,
        stamp: next.clock,
        edition: None,
        source: draft.source,
        shop_key: draft.shop_key,
        file_name: draft.file_name,
        file_size: draft.file_size,
        content_hash: draft.content_hash,
        imported_at_ms: now_ms,
        unnamed_decimals: draft.unnamed_decimals,
        sample: draft.sample,
        state: BatchState::Live,
        facts: draft.facts,
        chunks,
    }
}

/// Reads chunks to the end of the tables; the first that cannot be read, and why.
fn append_all<'a>(
    tables: &mut Tables,
    chunks: &'a [ChunkRef],
    found: &[Option<Vec<u8>>],
) -> Result<(), (&'a ChunkRef, CodecError)> {
    chunks.iter().zip(found).try_for_each(|(chunk, bytes)| {
        append(tables, chunk, bytes.as_deref()).map_err(|reason| (chunk, reason))
    })
}

/// Checks a chunk against what the manifest says of it and reads it.
fn append(tables: &mut Tables, chunk: &ChunkRef, bytes: Option<&[u8]>) -> Result<(), CodecError> {
    let bytes = bytes.ok_or(CodecError::Missing)?;
    if bytes.len() != chunk.bytes as usize || stored_checksum(bytes) != chunk.hash {
        return Err(CodecError::Checksum);
    }
    match tables.append(bytes)? {
        (kind, rows) if (kind, rows) == (chunk.kind, chunk.rows as usize) => Ok(()),
        _ => Err(CodecError::Malformed("kind")),
    }
}
