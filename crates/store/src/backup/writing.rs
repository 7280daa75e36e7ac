//! A store written out as a backup.

use super::rows::write_tables;
use super::{
    BACKUP_VERSION, BackupError, CHANGES_A_LINE, EndRecord, FORMAT_NAME, Header, ImportRecord,
    ROWS_A_LINE, Sink,
};
use crate::backend::{Area, Backend};
use crate::manifest::{BatchEntry, BatchState};
use crate::overlay::{Edits, LogRecord};
use crate::sealed::unseal;
use crate::store::{Store, StoreError};
use crate::tables::Tables;
use model::{Change, Entity};
use serde::Serialize;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::Xxh3;

/// What a backup holds, once it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Imports in force.
    pub imports: u32,
    /// Bytes of text.
    pub bytes: u64,
    /// Imports that are damaged here and are not in the backup.
    pub missing: Vec<String>,
    /// Records of the log that are damaged here: what is in force of their edits is in the backup.
    pub unread_records: u32,
}

/// The text on its way to the sink.
struct Pen<'a, S> {
    sink: &'a mut S,
    hash: Box<Xxh3>,
    records: u64,
    bytes: u64,
}

impl<S: Sink> Pen<'_, S> {
    async fn put(&mut self, text: &[u8]) -> Result<(), BackupError> {
        self.hash.update(text);
        self.bytes += text.len() as u64;
        self.sink.write(text).await.map_err(BackupError::File)
    }

    /// A record on a line of its own. A comma follows: the end record is always last.
    async fn record(&mut self, mut json: Vec<u8>) -> Result<(), BackupError> {
        self.records += 1;
        json.extend_from_slice(b",\n");
        self.put(&json).await
    }

    async fn one<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), BackupError> {
        let json = serde_json::to_vec(&BTreeMap::from([(name, value)])).map_err(unwritable)?;
        self.record(json).await
    }

    async fn changes(&mut self, changes: &[Change]) -> Result<(), BackupError> {
        for some in changes.chunks(CHANGES_A_LINE) {
            self.one("changes", &some).await?;
        }
        Ok(())
    }
}

fn unwritable(error: serde_json::Error) -> BackupError {
    BackupError::Store(error.into())
}

impl<B: Backend> Store<B> {
    /// Writes all that is stored to `sink`. `on_progress` hears how many of how many chunks are
    /// written.
    pub async fn back_up(
        &self,
        made_at_ms: u64,
        sink: &mut impl Sink,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Written, BackupError> {
        let mut pen = Pen { sink, hash: Box::default(), records: 0, bytes: 0 };
        let header = Header { format: FORMAT_NAME.to_owned(), version: BACKUP_VERSION, made_at_ms };
        let header = serde_json::to_string(&header).map_err(unwritable)?;
        let opened = header.strip_suffix('}').unwrap_or(&header);
        pen.put(format!("{opened},\"records\":[\n").as_bytes()).await?;
        let mut written = Written::default();
        let total = self.manifest().batches.iter().map(|it| it.chunks.len()).sum();
        let mut done = 0;
        for entry in &self.manifest().batches {
            let mut told = |chunks: usize| on_progress(done + chunks, total);
            let whole = self.write_import(entry, &mut pen, &mut told).await?;
            done += entry.chunks.len();
            match (entry.state, whole) {
                (_, false) => written.missing.push(entry.file_name.clone()),
                (BatchState::Live, true) => written.imports += 1,
                (BatchState::Undone, true) => {}
            }
        }
        written.unread_records = self.write_edits(&mut pen).await?;
        let end = EndRecord {
            records: pen.records,
            missing: written.missing.clone(),
            xxh3: format!("{:016x}", pen.hash.digest()),
        };
        let end = serde_json::to_string(&BTreeMap::from([("end", end)])).map_err(unwritable)?;
        pen.put(format!("{end}\n]}}\n").as_bytes()).await?;
        written.bytes = pen.bytes;
        Ok(written)
    }

    /// Writes an import, chunk by chunk. `false`: a chunk of it is damaged; a record says that what
    /// was written of it is to be passed over.
    async fn write_import(
        &self,
        entry: &BatchEntry,
        pen: &mut Pen<'_, impl Sink>,
        told: &mut dyn FnMut(usize),
    ) -> Result<bool, BackupError> {
        let report = self.batch_report(entry.id).await?;
        let plain = BatchEntry { chunks: Vec::new(), ..entry.clone() };
        pen.one("import", &ImportRecord { entry: plain, report }).await?;
        for (n, chunk) in entry.chunks.iter().enumerate() {
            let mut rows = Tables::default();
            match self.append_chunk(entry.id, chunk, &mut rows).await {
                Ok(()) => {}
                Err(StoreError::Damaged { .. }) => {
                    pen.one("abandoned", &entry.file_name).await?;
                    return Ok(false);
                }
                Err(other) => return Err(other.into()),
            }
            let mut lines = Vec::new();
            write_tables(&mut rows, ROWS_A_LINE, &mut |line| lines.push(line))
                .map_err(unwritable)?;
            drop(rows);
            for line in lines {
                pen.record(line).await?;
            }
            told(n + 1);
        }
        Ok(true)
    }

    /// Writes every edit that the log tells, then what the log, if it is damaged, does not tell. Returns
    /// how many of its records could not be read.
    async fn write_edits(&self, pen: &mut Pen<'_, impl Sink>) -> Result<u32, BackupError> {
        let mut unread = 0;
        let records = self.backend().all(Area::Log).await.map_err(StoreError::from)?;
        let mut replayed: BTreeMap<Entity, Edits> = BTreeMap::new();
        for (_, record) in records {
            let Some(LogRecord { changes }) = unseal(&record) else {
                unread += 1;
                continue;
            };
            for change in &changes {
                replayed.entry(change.entity.clone()).or_default().apply(change);
            }
            pen.changes(&changes).await?;
        }
        for (entity, edits) in self.overlay().iter() {
            if replayed.get(entity) != Some(edits) {
                pen.changes(&edits.changes(entity)).await?;
            }
        }
        Ok(unread)
    }
}
