//! The rows of one order that stand together, in files with a row a line of goods.
//!
//! An order may come in several groups, as in a file sorted by product. A group that says the same
//! as an earlier one of its order is a repetition, as in a file put behind itself; that can only be
//! told at the group's end.

use crate::orders::LineFacts;
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// How a group begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// With a row like any other.
    Line,
    /// With a row of order facts, the same as before.
    SameFacts,
    /// With a row of other order facts than before.
    OtherFacts,
}

/// What a group turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Lines that belong to the order, beside those that it may have.
    Adds,
    /// The order once more, which counts in place of the earlier.
    Replaces,
    /// Says the same as an earlier group.
    Repeats,
}

/// Rows of one order that stand together.
#[derive(Debug, Default)]
pub(crate) struct Group {
    pub order: usize,
    /// Lines of the file.
    pub rows: Vec<u32>,
    /// Those of them that stood in the order letter by letter before.
    pub copies: Vec<u32>,
    /// How many lines of goods there were before.
    pub lines_before: usize,
    /// Sum of the lines, in thousandths of minor units.
    pub amount: i128,
    hash: u64,
}

/// All groups so far, by hashes of what their lines say.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    open: Option<(Group, Opening)>,
    /// The hash of each order's first group; 0: the order has none.
    first: Vec<u64>,
    further: HashSet<(usize, u64)>,
    /// Kept for its memory.
    rows: Vec<u32>,
}

impl Groups {
    /// Whether the group at hand is this order's.
    pub fn is_open(&self, order: usize) -> bool {
        self.open.as_ref().is_some_and(|(group, _)| group.order == order)
    }

    /// Begins a group; the one before has ended.
    pub fn begin(&mut self, order: usize, opening: Opening, lines_before: usize) {
        let rows = std::mem::take(&mut self.rows);
        self.open =
            Some((Group { order, rows, lines_before, hash: 1, ..Group::default() }, opening));
    }

    /// Takes a row into the group at hand.
    pub fn add(&mut self, row: u32, line: &LineFacts<'_>) {
        let Some((group, _)) = &mut self.open else { return };
        group.rows.push(row);
        group.amount += line.worth();
        let mut numbers = [0; 16];
        numbers[..8].copy_from_slice(&line.quantity_milli.to_le_bytes());
        numbers[8..].copy_from_slice(&line.price.to_le_bytes());
        for part in [line.sku.as_bytes(), line.name.as_bytes(), &numbers] {
            group.hash = xxh3_64_with_seed(part, group.hash);
        }
    }

    /// The row that was taken last is a copy.
    pub fn last_is_copy(&mut self) {
        if let Some((group, _)) = &mut self.open {
            group.copies.extend(group.rows.last());
        }
    }

    /// Ends the group at hand, if there is one.
    pub fn end(&mut self) -> Option<(Group, Outcome)> {
        let (group, opening) = self.open.take()?;
        let (order, hash) = (group.order, group.hash.max(1));
        if self.first.len() <= order {
            self.first.resize(order + 1, 0);
        }
        let first = &mut self.first[order];
        let outcome = match (*first, opening) {
            (0, _) => {
                *first = hash;
                Outcome::Adds
            }
            (known, Opening::Line | Opening::SameFacts) if known == hash => Outcome::Repeats,
            (_, Opening::Line) if self.further.insert((order, hash)) => Outcome::Adds,
            (_, Opening::Line) => Outcome::Repeats,
            (_, Opening::SameFacts | Opening::OtherFacts) => {
                *first = hash;
                Outcome::Replaces
            }
        };
        Some((group, outcome))
    }

    /// Gives a group's memory back to the next.
    pub fn recycle(&mut self, group: Group) {
        self.rows = group.rows;
        self.rows.clear();
    }
}
