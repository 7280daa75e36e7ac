//! How a reading comes back from the worker that reads: in parts.
//!
//! First all but the tables, then these as the store's own chunks, each made when it is asked for
//! and taken in before the next, so that neither side ever holds the tables twice.

use crate::{Facts, Orders, Reading};
use protocol::{FileReport, Problem, Progress};
use serde::{Deserialize, Serialize};
use store::codec::CodecError;
use store::{ChunkKind, Piece, Tables};

/// What the worker that reads says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum News {
    /// How far it is.
    Progress(Progress),
    /// The file was read to its end; its chunks follow.
    Read {
        /// All but the chunks.
        head: Box<Head>,
        /// Memory that it took, in bytes.
        memory: u64,
    },
    /// It could not be.
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

/// Puts a reading together again.
pub fn put_together(head: Head, chunks: impl Iterator<Item = Vec<u8>>) -> Result<Reading, Problem> {
    let Head { report, facts, chunks: told } = head;
    let Some(facts) = facts else { return Ok(Reading { report, orders: None }) };
    let mut tables = Tables::default();
    for kind in ChunkKind::ALL {
        let rows = told.iter().filter(|(of, _)| *of == kind).map(|(_, rows)| rows).sum();
        tables.reserve(kind, rows);
    }
    for chunk in chunks {
        tables.append(&chunk).map_err(of_codec)?;
    }
    tables.check().map_err(of_codec)?;
    Ok(Reading { report, orders: Some(Orders { facts, tables }) })
}

/// A fault of the program: nothing lies between the two sides that could damage a chunk.
#[expect(clippy::needless_pass_by_value, reason = "as `map_err` takes it")]
fn of_codec(fault: CodecError) -> Problem {
    Problem::Internal(fault.to_string())
}
