//! How a file goes over to the worker that reads, and a reading comes back: in parts.
//!
//! The file goes over block by block, as it is asked for: whoever holds it fetches the next block
//! while this one is read. Of a reading, first all but the tables comes back, then these as the
//! store's own chunks, each sent as soon as it is made and taken in while the next is made, so that
//! neither side ever holds the tables twice.

use crate::{Facts, Orders, Reading};
use protocol::{FileReport, Problem, Progress};
use serde::{Deserialize, Serialize};
use store::codec::CodecError;
use store::{ChunkKind, Piece, Tables};

/// What the worker that reads says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum News {
    /// It wants this block of the file.
    Wants {
        /// Of its first byte.
        offset: u64,
        /// How many bytes; fewer at the end of the file.
        length: usize,
    },
    /// How far it is.
    Progress(Progress),
    /// The file was read to its end; its chunks follow, each in a message of its own.
    Read {
        /// All but the chunks.
        head: Box<Head>,
        /// Memory that it took, in bytes.
        memory: u64,
    },
    /// A chunk comes with it.
    Chunk,
    /// It could not be read, or not be sent.
    Failed(Problem),
}

/// All of a reading but its tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    report: FileReport,
    facts: Option<Facts>,
    /// Of each chunk that follows, in this order, its table and how many rows of it.
    chunks: Vec<(ChunkKind, usize)>,
}

/// Takes a reading apart: its head, and its chunks in the order in which they must be joined.
pub fn take_apart(reading: Reading) -> (Head, impl Iterator<Item = Result<Vec<u8>, Problem>>) {
    let Reading { report, orders } = reading;
    let (facts, tables) = match orders {
        Some(Orders { facts, tables }) => (Some(facts), tables),
        None => (None, Tables::default()),
    };
    let pieces = tables.pieces();
    let chunks = pieces.iter().map(|piece| (piece.kind, piece.rows.len())).collect();
    let encode = move |piece: Piece| tables.encode(&piece).map_err(of_codec);
    (Head { report, facts, chunks }, pieces.into_iter().map(encode))
}

/// A reading that is put together again.
#[derive(Debug)]
pub struct Joining {
    head: Head,
    tables: Tables,
    joined: usize,
}

impl Joining {
    /// Makes room for the chunks.
    pub fn new(head: Head) -> Joining {
        let mut tables = Tables::default();
        for kind in ChunkKind::ALL {
            let rows = head.chunks.iter().filter(|(of, _)| *of == kind).map(|(_, rows)| rows).sum();
            tables.reserve(kind, rows);
        }
        Joining { head, tables, joined: 0 }
    }

    /// Whether no chunk is missing.
    pub fn is_whole(&self) -> bool {
        self.joined == self.head.chunks.len()
    }

    /// Takes the next chunk in.
    pub fn join(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        self.tables.append(chunk).map_err(of_codec)?;
        self.joined += 1;
        Ok(())
    }

    /// The reading, once it is whole.
    pub fn finish(self) -> Result<Reading, Problem> {
        let Joining { head: Head { report, facts, .. }, tables, .. } = self;
        tables.check().map_err(of_codec)?;
        Ok(Reading { report, orders: facts.map(|facts| Orders { facts, tables }) })
    }
}

/// A fault of the program: nothing lies between the two sides that could damage a chunk.
#[expect(clippy::needless_pass_by_value, reason = "as `map_err` takes it")]
fn of_codec(fault: CodecError) -> Problem {
    Problem::Internal(fault.to_string())
}
