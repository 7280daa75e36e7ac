//! Where the records of a file go: orders, or what is about people.

use crate::cells::Cells;
use crate::left_out::RejectReason;
use crate::people::People;
use crate::rows::Rows;
use crate::splitter::Record;
use crate::warnings::Warnings;

/// What reads the rows of a file.
#[derive(Debug)]
pub(crate) enum Sink {
    Orders(Box<Rows>),
    People(Box<People>),
}

impl Sink {
    /// Takes a row in, and counts it as what it is. `terminated`: a line end closes it.
    pub fn take(&mut self, record: Record<'_>, line: u32, terminated: bool) {
        match self {
            Sink::Orders(rows) => rows.take(record, line, terminated),
            Sink::People(people) => people.take(record, line, terminated),
        }
    }

    /// Counts a row that cannot be split as wrong.
    pub fn too_long(&mut self, line: u32, raw: &str) {
        match self {
            Sink::Orders(rows) => {
                rows.seen += 1;
                rows.reject(line, RejectReason::TooLong, raw);
            }
            Sink::People(people) => {
                people.seen += 1;
                people.reject(line, RejectReason::TooLong, "", raw);
            }
        }
    }

    /// A quote stayed open to the end of the file: what is short now was cut.
    pub fn is_torn(&mut self) {
        match self {
            Sink::Orders(rows) => rows.is_torn = true,
            Sink::People(people) => people.is_torn = true,
        }
    }

    /// How many rows there were.
    pub fn seen(&self) -> u64 {
        match self {
            Sink::Orders(rows) => rows.seen,
            Sink::People(people) => people.seen,
        }
    }

    /// What is to be known so far.
    pub fn warnings(&mut self) -> &mut Warnings {
        match self {
            Sink::Orders(rows) => &mut rows.warnings,
            Sink::People(people) => &mut people.warnings,
        }
    }

    /// What reads its cells.
    pub fn cells(&self) -> &Cells {
        match self {
            Sink::Orders(rows) => &rows.cells,
            Sink::People(people) => &people.cells,
        }
    }

    /// In how many rows, at least, it is not clear which is the day and which the month.
    pub fn doubtful_days(&self) -> u64 {
        let either = self.cells().dates.either;
        match self {
            // Rows of one order have one day: where each order's is in doubt, each row's is.
            Sink::Orders(rows) if either >= (rows.orders.table.len() as u64).max(1) => {
                either.max(rows.used)
            }
            Sink::Orders(_) | Sink::People(_) => either,
        }
    }

    /// Whether its rows stand below a header.
    pub fn has_header(&self) -> bool {
        match self {
            Sink::Orders(_) => true,
            Sink::People(people) => !people.reads_lines(),
        }
    }
}
