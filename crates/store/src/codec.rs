//! Chunks as bytes: up to 65,536 rows of one table as narrow columns under one checksum.
//!
//! All numbers are little endian.
//! ```text
//! "RGCK"  version u16  kind u8  0 u8  rows u32      header, 12 bytes
//! columns, in the order of the table's fields       each tells its own length
//! XXH3-64 of all bytes before                       8 bytes
//! ```
//! Nothing in a chunk is believed before it is checked: damaged bytes give a [`CodecError`], never
//! a panic, and no length can ask for more memory than the rows or the bytes at hand justify.

mod dict;
mod numbers;
mod texts;

use crate::manifest::ChunkKind;
use xxhash_rust::xxh3::xxh3_64;

pub(crate) use dict::{read_codes, read_currencies, write_codes, write_currencies};
pub(crate) use numbers::{read_numbers, write_numbers};
pub(crate) use texts::{read_texts, write_texts};

/// Version of the encoding.
pub const CODEC_VERSION: u16 = 1;
/// No chunk has more rows.
pub const MAX_ROWS: usize = 65_536;

const MAGIC: [u8; 4] = *b"RGCK";
const HEADER_BYTES: usize = 12;
const CHECKSUM_BYTES: usize = 8;

/// What is wrong with a chunk, or with the tables that were to become one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The bytes are gone.
    #[error("the chunk is missing")]
    Missing,
    /// The bytes do not begin as a chunk does.
    #[error("these bytes are not a chunk")]
    NotAChunk,
    /// A newer program wrote it.
    #[error("the chunk has version {0}, newer than this program")]
    TooNew(u16),
    /// The bytes are not those that were written.
    #[error("the checksum does not fit")]
    Checksum,
    /// The bytes end before the columns do.
    #[error("the chunk is cut short")]
    Short,
    /// The checksum fits and the content does not.
    #[error("the column {0} cannot be read")]
    Malformed(&'static str),
    /// Columns of one table have different lengths.
    #[error("the column {0} is not as long as its table")]
    Ragged(&'static str),
    /// A column points at a row that is not there.
    #[error("the column {0} points at a row that is not there")]
    Dangling(&'static str),
}

/// The checksum that a chunk carries at its end; 0 if there is no room for one.
pub(crate) fn stored_checksum(chunk: &[u8]) -> u64 {
    chunk.last_chunk::<CHECKSUM_BYTES>().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Starts a chunk.
pub(crate) fn begin_chunk(kind: ChunkKind, rows: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER_BYTES + rows * 24 + CHECKSUM_BYTES);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&CODEC_VERSION.to_le_bytes());
    out.extend_from_slice(&[kind_code(kind), 0]);
    out.extend_from_slice(&(rows as u32).to_le_bytes());
    out
}

/// Ends a chunk with its checksum.
pub(crate) fn seal_chunk(out: &mut Vec<u8>) {
    out.extend_from_slice(&xxh3_64(out).to_le_bytes());
}

const fn kind_code(kind: ChunkKind) -> u8 {
    match kind {
        ChunkKind::Orders => 1,
        ChunkKind::Customers => 2,
        ChunkKind::Products => 3,
        ChunkKind::Lines => 4,
        ChunkKind::Contacts => 5,
        ChunkKind::Responses => 6,
        ChunkKind::Answers => 7,
        ChunkKind::Tickets => 8,
        ChunkKind::Events => 9,
        ChunkKind::Summaries => 10,
        ChunkKind::Gaps => 11,
    }
}

/// Checks a chunk and returns what it holds, how many rows, and its columns.
pub(crate) fn open_chunk(chunk: &[u8]) -> Result<(ChunkKind, usize, Reader<'_>), CodecError> {
    if !chunk.starts_with(&MAGIC) {
        return Err(CodecError::NotAChunk);
    }
    let (body, _) = chunk
        .split_at_checked(chunk.len().saturating_sub(CHECKSUM_BYTES))
        .filter(|(body, _)| body.len() >= HEADER_BYTES)
        .ok_or(CodecError::Short)?;
    if xxh3_64(body) != stored_checksum(chunk) {
        return Err(CodecError::Checksum);
    }
    let mut reader = Reader { rest: &body[MAGIC.len()..] };
    let version = reader.u16()?;
    if version > CODEC_VERSION {
        return Err(CodecError::TooNew(version));
    }
    let code = reader.u8()?;
    let kind = ChunkKind::ALL.into_iter().find(|&kind| kind_code(kind) == code);
    let kind = kind.ok_or(CodecError::Malformed("kind"))?;
    reader.u8()?;
    let rows = reader.u32()? as usize;
    if rows > MAX_ROWS {
        return Err(CodecError::Malformed("rows"));
    }
    Ok((kind, rows, reader))
}

/// Bytes that are yet to be read.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn take(&mut self, bytes: usize) -> Result<&'a [u8], CodecError> {
        let (taken, rest) = self.rest.split_at_checked(bytes).ok_or(CodecError::Short)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CodecError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(CodecError::Short)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, CodecError> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    pub(crate) fn u16(&mut self) -> Result<u16, CodecError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, CodecError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(crate) fn i64(&mut self) -> Result<i64, CodecError> {
        Ok(i64::from_le_bytes(self.array()?))
    }

    pub(crate) fn u128s(&mut self, rows: usize) -> Result<impl Iterator<Item = u128>, CodecError> {
        let bytes = self.take(rows * 16)?;
        Ok(bytes.as_chunks().0.iter().map(|id| u128::from_le_bytes(*id)))
    }

    /// All columns are read: nothing may be left.
    pub(crate) fn finish(&self) -> Result<(), CodecError> {
        if self.rest.is_empty() { Ok(()) } else { Err(CodecError::Malformed("end")) }
    }
}
