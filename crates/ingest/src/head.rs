//! The beginning of a file, split: its delimiter, its header, what its columns hold.

use crate::ambiguous;
use crate::amounts;
use crate::answers::DELIMITERS;
use crate::formats::Formats;
use crate::guess;
use crate::header::value;
use crate::left_out::clipped;
use crate::people;
use crate::platforms::Platform;
use crate::refusal::{Kind, Refusal};
use crate::role::{Mapping, Role};
use crate::row_amounts::{RowAmounts, Votes};
use crate::splitter::{Dialect, Splitter, Step};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// How many values of each column are shown.
const SAMPLES: usize = 20;
/// How many records of the head are looked at.
pub(crate) const SAMPLED_RECORDS: usize = 2_000;
/// The header is not further down.
const HEADER_WITHIN: usize = 50;
/// So many lines are offered as the header.
const FIRST_LINES: usize = 12;
/// What stands in further columns is not looked at to guess their meaning.
pub(crate) const MOST_GUESSED_COLUMNS: usize = 200;

/// A record of the head.
#[derive(Debug)]
pub(crate) struct Sampled {
    pub line: u32,
    bytes: usize,
    pub cells: Vec<String>,
}

#[cfg(test)]
impl Sampled {
    pub fn of(cells: Vec<String>) -> Sampled {
        Sampled { line: 1, bytes: 0, cells }
    }
}

/// The head, split.
pub(crate) struct Sample {
    pub dialect: Dialect,
    pub records: Vec<Sampled>,
    /// Nothing stands behind these records.
    pub is_complete: bool,
}

impl Sample {
    pub fn read(text: &str, dialect: Dialect, is_whole: bool, limit: usize) -> Sample {
        let mut splitter = Splitter::new(dialect);
        let (mut records, mut at, mut line) = (Vec::new(), 0, 1);
        while at < text.len() && records.len() < limit {
            let rest = &text[at..];
            let step = match splitter.record(rest, is_whole) {
                Step::Unclosed { .. } => splitter.line(rest),
                step => step,
            };
            let Step::Record { record, length, inner_lines, terminated } = step else { break };
            if !record.is_blank() {
                let cells = record.iter().map(str::to_owned).collect();
                records.push(Sampled { line, bytes: length, cells });
            }
            line += inner_lines + u32::from(terminated);
            at += length;
        }
        Sample { dialect, records, is_complete: at >= text.len() }
    }

    /// Many columns, equally many in each row: that is a table.
    fn score(&self) -> usize {
        let widths: Vec<usize> = self.records.iter().map(|record| record.cells.len()).collect();
        let of_width = |width: usize| widths.iter().filter(|&&other| other == width).count();
        let best =
            widths.iter().copied().filter(|&width| width > 1).max_by_key(|&w| (of_width(w), w));
        best.map_or(0, |width| width * of_width(width) * 1_000 / widths.len())
    }

    /// The first row with two headers that are known, or that may be meant.
    pub fn header(&self) -> Option<usize> {
        let first = |is_one: &dyn Fn(&[String]) -> bool| {
            let mut rows = self.records.iter().take(HEADER_WITHIN);
            rows.position(|row| row.cells.len() >= 2 && is_one(&row.cells))
        };
        let known = |cells: &[String], also: fn(&str) -> bool| {
            Platform::known_headers(cells.iter().map(String::as_str), also)
        };
        first(&|cells| known(cells, |_| false) >= 2)
            .or_else(|| first(&|cells| known(cells, people::is_known) >= 2))
            .or_else(|| first(&|cells| known(cells, ambiguous::is_known) >= 2))
    }

    /// The first row of the usual width whose every cell could name a column. Only if orders could
    /// be read below it.
    pub fn unknown_header(&self) -> Option<usize> {
        let width = self.usual_width();
        let names_columns = |row: &Sampled| {
            let mut known = HashSet::new();
            row.cells.len() == width
                && row.cells.iter().map(|cell| value(cell)).all(|cell| {
                    !cell.is_empty()
                        && !ambiguous::is_amount(cell)
                        && !ambiguous::is_day(cell)
                        && known.insert(cell)
                })
        };
        let at = self.records.iter().take(HEADER_WITHIN).position(names_columns)?;
        let columns = width.min(MOST_GUESSED_COLUMNS);
        (width > 1 && guess::could_be_orders(self.below(Some(at)), columns)).then_some(at)
    }

    /// Whether it is a table that could be one of orders, without names for its columns.
    pub fn is_nameless(&self) -> bool {
        let width = self.usual_width();
        width > 1 && guess::could_be_orders(&self.records, width.min(MOST_GUESSED_COLUMNS))
    }

    /// How many cells most rows have.
    fn usual_width(&self) -> usize {
        let mut rows = HashMap::new();
        for record in &self.records {
            *rows.entry(record.cells.len()).or_insert(0_usize) += 1;
        }
        rows.into_iter().max_by_key(|&(width, rows)| (rows, width)).map_or(0, |it| it.0)
    }

    /// The rows below the header.
    pub fn below(&self, header: Option<usize>) -> &[Sampled] {
        &self.records[header.map_or(0, |at| at + 1)..]
    }

    pub fn first_lines(&self) -> Vec<(u32, String)> {
        let begin = |row: &Sampled| {
            let text = row.cells.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            (row.line, clipped(&text, 60).to_owned())
        };
        self.records.iter().take(FIRST_LINES).map(begin).collect()
    }

    pub fn refusal(&self) -> Refusal {
        // The first of the widest.
        match self.records.iter().take(HEADER_WITHIN).rev().max_by_key(|row| row.cells.len()) {
            Some(widest) if widest.cells.len() > 1 && self.score() > 0 => {
                let names = widest.cells.iter().take(200).map(|cell| clipped(cell, 80).to_owned());
                Refusal::UnknownKind { columns: names.collect() }
            }
            _ => Refusal::NotATable(Kind::PlainText),
        }
    }
}

pub(crate) fn sniff_dialect(text: &str, newline: u8, is_whole: bool) -> Sample {
    let told = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    let read =
        |delimiter, limit| Sample::read(text, Dialect { delimiter, newline }, is_whole, limit);
    let all = DELIMITERS.map(|(byte, _)| byte);
    let best = told.filter(|byte| all.contains(byte)).unwrap_or_else(|| {
        // The first of equals wins: the comma.
        let scored = all.into_iter().rev().max_by_key(|&delimiter| read(delimiter, 200).score());
        scored.unwrap_or(b',')
    });
    read(best, SAMPLED_RECORDS)
}

pub(crate) fn samples(rows: &[Sampled], columns: usize) -> Vec<Vec<String>> {
    let filled = |column: usize| {
        let cells = rows.iter().filter_map(move |row| row.cells.get(column));
        cells.filter(|cell| !value(cell).is_empty()).take(SAMPLES)
    };
    (0..columns).map(|at| filled(at).map(|cell| clipped(cell, 80).to_owned()).collect()).collect()
}

/// Whose the amounts are in the head; the end of the file has the last word.
pub(crate) fn sniff_row_amounts(
    rows: &[Sampled],
    mapping: &Mapping,
    formats: &Formats,
) -> RowAmounts {
    let mark = formats.mark(Role::Total);
    let columns = mapping.column(Role::OrderNumber).zip(mapping.column(Role::Total));
    let Some((number, total)) = columns else { return RowAmounts::OrderTotal };
    let (mut votes, mut first) = (Votes::default(), HashMap::new());
    for row in rows {
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| value(cell));
        let amount = amounts::read(cell(total), 2, mark);
        let next = first.len();
        match (first.entry(cell(number)), amount) {
            (Entry::Occupied(known), amount) => {
                let (order, first) = *known.get();
                votes.further(order, first, amount, false);
            }
            (Entry::Vacant(new), Some(amount)) => {
                new.insert((next, amount));
            }
            (Entry::Vacant(_), None) => {}
        }
    }
    votes.model()
}

pub(crate) fn sizes(rows: &[Sampled], mapping: &Mapping) -> (usize, usize, usize) {
    let bytes: usize = rows.iter().map(|row| row.bytes).sum();
    let number = mapping.column(Role::OrderNumber);
    let numbers: HashSet<&str> = (rows.iter())
        .filter_map(|row| number.and_then(|column| row.cells.get(column)))
        .map(String::as_str)
        .collect();
    let share = if number.is_some() { numbers.len() * 100 / rows.len().max(1) } else { 100 };
    // Numbers made of rows have 17.
    let letters = numbers.iter().map(|number| number.len()).sum::<usize>();
    let bytes_per_number = letters.checked_div(numbers.len()).map_or(17, |mean| mean + 1);
    ((bytes / rows.len().max(1)).max(8), share.clamp(1, 100), bytes_per_number)
}
