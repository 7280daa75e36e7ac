//! A backup read line by line: nothing of it is believed before it is checked.

use super::cells::Text;
use super::rows::read_rows;
use super::{BACKUP_VERSION, BackupError, EndRecord, FORMAT_NAME, Header, ImportRecord, Source};
use crate::manifest::ChunkKind;
use crate::tables::Tables;
use model::Change;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use xxhash_rust::xxh3::Xxh3;

/// No line that this program writes comes near it.
const LONGEST_LINE: usize = 64 << 20;

/// The first line is shorter.
const LONGEST_HEADER: usize = 1_000;

/// What a line tells.
pub(crate) enum Record {
    /// An import begins.
    Import(Box<ImportRecord>),
    /// Rows of the import that began last.
    Rows,
    /// What was told of the import that began last is to be passed over.
    Abandoned,
    /// Edits.
    Changes(Vec<Change>),
    /// All of it was read, and is as it was written. The imports that were damaged when it was.
    End(Vec<String>),
}

/// A backup on its way in.
pub(crate) struct Lines<'a, S> {
    source: &'a mut S,
    buffer: Vec<u8>,
    /// Where the next line begins in the buffer.
    start: usize,
    /// Lines that were read.
    line: u64,
    records: u64,
    hash: Box<Xxh3>,
    /// When the backup was made, in milliseconds since 1 January 1970.
    pub made_at_ms: u64,
    /// Bytes of text that were read.
    pub bytes: u64,
}

impl<'a, S: Source> Lines<'a, S> {
    /// Reads the first line.
    pub async fn open(source: &'a mut S) -> Result<Lines<'a, S>, BackupError> {
        let mut lines = Lines {
            source,
            buffer: Vec::new(),
            start: 0,
            line: 0,
            records: 0,
            hash: Box::default(),
            made_at_ms: 0,
            bytes: 0,
        };
        let begins = format!("{{\"format\":\"{FORMAT_NAME}\",");
        let first = match lines.next_line(LONGEST_HEADER).await {
            Ok(line) => line,
            Err(BackupError::CutShort(_)) if lines.buffer.starts_with(begins.as_bytes()) => {
                return Err(BackupError::CutShort(0));
            }
            Err(BackupError::CutShort(_) | BackupError::Damaged { .. }) => {
                return Err(BackupError::NotABackup);
            }
            Err(other) => return Err(other),
        };
        lines.hash.update(&first);
        let text = std::str::from_utf8(&first).unwrap_or_default().trim_end();
        let header = text.strip_suffix(",\"records\":[").map(|it| format!("{it}}}"));
        let header = header.and_then(|json| serde_json::from_str::<Header>(&json).ok());
        match header {
            Some(it) if it.format == FORMAT_NAME && it.version <= BACKUP_VERSION => {
                lines.made_at_ms = it.made_at_ms;
                Ok(lines)
            }
            Some(it) if it.format == FORMAT_NAME => Err(BackupError::TooNew(it.version)),
            // A newer version may say more in its first line.
            _ => Err(newer(text).map_or(BackupError::NotABackup, BackupError::TooNew)),
        }
    }

    /// Reads the next record. Rows go to the end of `tables`; without, they are passed over.
    pub async fn next(&mut self, tables: Option<&mut Tables>) -> Result<Record, BackupError> {
        let line = self.next_line(LONGEST_LINE).await?;
        let json = line.strip_suffix(b"\n").unwrap_or(&line);
        let json = json.strip_suffix(b",").unwrap_or(json);
        let mut from = serde_json::Deserializer::from_slice(json);
        let read = AnyRecord(tables).deserialize(&mut from);
        let read = read.and_then(|record| from.end().map(|()| record));
        match read {
            Ok(Told::Record(record)) => {
                self.hash.update(&line);
                self.records += 1;
                Ok(record)
            }
            Ok(Told::End(EndRecord { records, missing, xxh3 })) => {
                let is_whole =
                    records == self.records && xxh3 == format!("{:016x}", self.hash.digest());
                is_whole.then_some(Record::End(missing)).ok_or_else(|| self.damaged("checksum"))
            }
            Err(error) => Err(self.damaged(error)),
        }
    }

    /// An error in the line that was read last.
    pub fn damaged(&self, detail: impl fmt::Display) -> BackupError {
        BackupError::Damaged { line: self.line, detail: detail.to_string() }
    }

    /// The next line, its line break included.
    async fn next_line(&mut self, longest: usize) -> Result<Vec<u8>, BackupError> {
        let mut searched = self.start;
        loop {
            if let Some(length) = self.buffer[searched..].iter().position(|&byte| byte == b'\n') {
                let end = searched + length + 1;
                let line = self.buffer[self.start..end].to_vec();
                self.start = end;
                self.line += 1;
                return Ok(line);
            }
            self.buffer.drain(..self.start);
            self.start = 0;
            searched = self.buffer.len();
            if searched > longest {
                return Err(self.damaged("a line without an end"));
            }
            let more = self.source.next().await?.ok_or(BackupError::CutShort(self.line))?;
            self.bytes += more.len() as u64;
            self.buffer.extend_from_slice(&more);
        }
    }
}

/// The version that a first line tells which this program cannot read otherwise.
fn newer(first_line: &str) -> Option<u32> {
    let begins = format!("{{\"format\":\"{FORMAT_NAME}\",\"version\":");
    let rest = first_line.strip_prefix(&begins)?;
    let digits = rest.split(|it: char| !it.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|version| *version > BACKUP_VERSION)
}

enum Told {
    Record(Record),
    End(EndRecord),
}

/// A line: one thing by its name.
struct AnyRecord<'a>(Option<&'a mut Tables>);

impl<'de> DeserializeSeed<'de> for AnyRecord<'_> {
    type Value = Told;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Told, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for AnyRecord<'_> {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a record of a backup")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Told, A::Error> {
        let Some(Text(name)) = map.next_key::<Text>()? else {
            return Err(A::Error::custom("an empty record"));
        };
        Ok(Told::Record(match &*name {
            "import" => Record::Import(map.next_value()?),
            "abandoned" => {
                // The name of its file, which the last record tells too.
                map.next_value::<IgnoredAny>()?;
                Record::Abandoned
            }
            "changes" => Record::Changes(map.next_value()?),
            "end" => return Ok(Told::End(map.next_value()?)),
            table if ChunkKind::ALL.iter().any(|kind| kind.name() == table) => {
                match self.0.and_then(|tables| read_rows(tables, table, &mut map)) {
                    Some(read) => read?,
                    None => _ = map.next_value::<IgnoredAny>()?,
                }
                Record::Rows
            }
            other => return Err(A::Error::custom(format_args!("no record {other}"))),
        }))
    }
}
