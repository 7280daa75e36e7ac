//! What a file is, from its beginning: encoding, delimiter, header, platform, columns, formats.

use crate::Context;
use crate::ambiguous;
use crate::amounts::{self, DecimalMark, mark_of};
use crate::answers::{Answers, DELIMITERS};
use crate::dates::{DateOrder, Evidence, read as read_date};
use crate::encoding::{Charset, Decoder, Encoding, sniff};
use crate::guess;
use crate::header::{normal_form, unwrapped, value};
use crate::left_out::clipped;
use crate::platforms::Platform;
use crate::refusal::{Kind, Refusal, refuse_binary};
use crate::report::Question;
use crate::role::{Mapping, Role};
use crate::row_amounts::{RowAmounts, Votes};
use crate::splitter::{Dialect, Splitter, Step};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// What the browser knows of a file without reading it.
#[derive(Clone, Copy, Debug)]
pub struct FileFacts<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its size in bytes.
    pub size: u64,
}

/// Larger files do not fit a browser's memory beside their columns.
pub const SIZE_LIMIT: u64 = 1 << 30;

/// How many values of each column are shown.
const SAMPLES: usize = 20;
/// How many records of the head are looked at.
const SAMPLED_RECORDS: usize = 2_000;
/// The header is not further down.
const HEADER_WITHIN: usize = 50;
/// So many lines are offered as the header.
const FIRST_LINES: usize = 12;
/// What stands in further columns is not looked at to guess their meaning.
const MOST_GUESSED_COLUMNS: usize = 200;

/// How dates and amounts of the file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats {
    /// Order of day and month.
    pub date_order: DateOrder,
    /// Whether the file shows that order, or the user said it.
    pub date_settled: bool,
    /// Decimal mark of amounts.
    pub decimal_mark: DecimalMark,
    /// Whether the file shows that mark, or the user said it.
    pub mark_settled: bool,
}

/// What a file was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Where it comes from.
    pub platform: Platform,
    /// How its characters are written.
    pub encoding: Encoding,
    /// How it is divided.
    pub dialect: Dialect,
    /// Line of the header; the first is 1. 0: the table has none.
    pub header_line: u32,
    /// Names of the columns as they stand in the file.
    pub columns: Vec<String>,
    /// Which column has which role, in order of preference.
    pub mapping: Vec<(Role, usize)>,
    /// The first values of each column that are not empty.
    pub samples: Vec<Vec<String>>,
    /// How its dates and amounts are read.
    pub formats: Formats,
    /// What the file does not tell.
    pub questions: Vec<Question>,
    /// What columns without a known name may be, by what stands in them: to be proposed where a role
    /// is missing. Not part of the mapping.
    pub guesses: Vec<(Role, usize)>,
    /// Whether a user who says what the columns are could make a table of orders of it.
    pub is_mappable: bool,
    /// The first lines, cut short, each with its number: one of them may be the header.
    pub first_lines: Vec<(u32, String)>,
    /// What of the mapping is a guess from headers that may mean several things.
    pub(crate) assumed: Vec<(Role, usize)>,
    /// Whose the amounts of orders on several rows are, as far as the head shows.
    pub row_amounts: RowAmounts,
    /// The header calls the amounts totals of orders.
    pub(crate) says_order_total: bool,
    /// About how many bytes a row has.
    pub(crate) bytes_per_row: usize,
    /// About how many orders a hundred rows are.
    pub(crate) orders_per_100: usize,
    /// About how many bytes an order's number has.
    pub(crate) bytes_per_number: usize,
}

/// Looks at the beginning of a file (1 MiB is plenty) and says what it is.
///
/// `is_whole`: the head is all of the file.
pub fn recognise(
    head: &[u8],
    facts: FileFacts<'_>,
    context: &Context,
    is_whole: bool,
) -> Result<Recognised, Refusal> {
    recognise_as(head, facts, context, is_whole, &Answers::default())
}

/// The same where the user has said how the file is divided, or what its columns are.
pub fn recognise_as(
    head: &[u8],
    facts: FileFacts<'_>,
    context: &Context,
    is_whole: bool,
    answers: &Answers,
) -> Result<Recognised, Refusal> {
    if facts.size == 0 || head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii().is_empty()
    {
        return Err(Refusal::EmptyFile);
    }
    if facts.size > SIZE_LIMIT {
        return Err(Refusal::TooLarge { size: facts.size, limit: SIZE_LIMIT });
    }
    refuse_binary(head)?;
    let encoding = match answers.charset {
        Some(Charset::Own(encoding)) => encoding,
        // Is UTF-8 by now.
        Some(Charset::Foreign(_)) | None => sniff(head).map_err(Refusal::UnsupportedEncoding)?,
    };
    let mut text = String::with_capacity(head.len());
    Decoder::new(encoding).decode(head, is_whole, &mut text);
    let newline = if text.contains('\n') || !text.contains('\r') { b'\n' } else { b'\r' };
    let sample = match answers.delimiter {
        Some(delimiter) => {
            Sample::read(&text, Dialect { delimiter, newline }, is_whole, SAMPLED_RECORDS)
        }
        None => sniff_dialect(&text, newline, is_whole),
    };
    let header = match answers.header_line {
        Some(0) => None,
        Some(line) => sample.records.iter().position(|row| row.line >= line),
        None => sample.header().or_else(|| sample.unknown_header()),
    };
    if header.is_none() && answers.header_line != Some(0) && !sample.is_nameless() {
        return Err(sample.refusal());
    }
    let rows = sample.below(header);
    if rows.is_empty() && is_whole && sample.is_complete {
        return Err(Refusal::HeaderOnly);
    }
    let columns = match header {
        Some(at) => {
            sample.records[at].cells.iter().map(|cell| unwrapped(cell).to_owned()).collect()
        }
        None => guess::letters(rows.first().map_or(0, |row| row.cells.len())),
    };
    build(encoding, &sample, header, columns, context, answers)
}

fn build(
    encoding: Encoding,
    sample: &Sample,
    header: Option<usize>,
    columns: Vec<String>,
    context: &Context,
    answers: &Answers,
) -> Result<Recognised, Refusal> {
    let rows = sample.below(header);
    let names: Vec<String> = columns.iter().map(|name| normal_form(name)).collect();
    let platform = Platform::of_columns(&names);
    let mut pairs = platform.map(&names);
    let mut assumed = ambiguous::fill_gaps(platform, &names, rows, &mut pairs);
    if let Some(told) = answers.roles_of(&columns) {
        (pairs, assumed) = (in_order_of_preference(&told, &pairs), Vec::new());
    }
    let mapping = Mapping::new(&pairs);
    let of_an_order = [Role::OrderNumber, Role::OrderedAt, Role::PaidAt, Role::Total];
    let missing = mapping.missing();
    let looked_at = columns.len().min(MOST_GUESSED_COLUMNS);
    // Whoever says how it is divided sees what columns that makes.
    let is_mappable =
        missing.is_empty() || answers.are_of_columns() || guess::could_be_orders(rows, looked_at);
    if !is_mappable && !of_an_order.iter().any(|&role| mapping.has(role)) {
        return Err(Refusal::UnknownKind { columns });
    }
    let formats = sniff_formats(rows, &mapping, sample.dialect, context);
    let mut questions = Vec::new();
    if !missing.is_empty() {
        questions.push(Question::Mapping { missing: missing.clone() });
    }
    if let Some(example) = formats.1 {
        questions.push(Question::DateOrder { example, assumed: formats.0.date_order });
    }
    if !mapping.has_key() {
        questions.push(Question::Identity { by_name: mapping.has_names().then_some(false) });
    }
    let says_order_total =
        mapping.column(Role::Total).is_some_and(|at| platform.says_order_total(&names[at]));
    let row_amounts = if says_order_total {
        RowAmounts::OrderTotal
    } else {
        sniff_row_amounts(rows, &mapping, formats.0.decimal_mark)
    };
    let (bytes_per_row, orders_per_100, bytes_per_number) = sizes(rows, &mapping);
    let guesses =
        if missing.is_empty() { Vec::new() } else { guess::guess(rows, looked_at, &pairs) };
    Ok(Recognised {
        platform,
        encoding,
        dialect: sample.dialect,
        header_line: header.map_or(0, |at| sample.records[at].line),
        guesses,
        is_mappable,
        first_lines: sample.first_lines(),
        samples: samples(rows, columns.len()),
        columns,
        mapping: pairs,
        assumed,
        formats: formats.0,
        questions,
        row_amounts,
        says_order_total,
        bytes_per_row,
        orders_per_100,
        bytes_per_number,
    })
}

/// A record of the head.
pub(crate) struct Sampled {
    line: u32,
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
struct Sample {
    dialect: Dialect,
    records: Vec<Sampled>,
    /// Nothing stands behind these records.
    is_complete: bool,
}

impl Sample {
    fn read(text: &str, dialect: Dialect, is_whole: bool, limit: usize) -> Sample {
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
    fn header(&self) -> Option<usize> {
        let first = |is_one: &dyn Fn(&[String]) -> bool| {
            let mut rows = self.records.iter().take(HEADER_WITHIN);
            rows.position(|row| row.cells.len() >= 2 && is_one(&row.cells))
        };
        let known = |cells: &[String], also: fn(&str) -> bool| {
            Platform::known_headers(cells.iter().map(String::as_str), also)
        };
        first(&|cells| known(cells, |_| false) >= 2)
            .or_else(|| first(&|cells| known(cells, ambiguous::is_known) >= 2))
    }

    /// The first row of the usual width whose every cell could name a column. Only if orders could
    /// be read below it.
    fn unknown_header(&self) -> Option<usize> {
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
    fn is_nameless(&self) -> bool {
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
    fn below(&self, header: Option<usize>) -> &[Sampled] {
        &self.records[header.map_or(0, |at| at + 1)..]
    }

    fn first_lines(&self) -> Vec<(u32, String)> {
        let begin = |row: &Sampled| {
            let text = row.cells.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            (row.line, clipped(&text, 60).to_owned())
        };
        self.records.iter().take(FIRST_LINES).map(begin).collect()
    }

    fn refusal(&self) -> Refusal {
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

/// The pairs that the user said, those that were recognised too in the order in which they are
/// preferred: of several columns with the same role the first that is filled counts.
fn in_order_of_preference(
    told: &[(Role, usize)],
    recognised: &[(Role, usize)],
) -> Vec<(Role, usize)> {
    let known = recognised.iter().filter(|pair| told.contains(pair)).copied();
    let mut pairs: Vec<_> = known.collect();
    pairs.extend(told.iter().filter(|pair| !recognised.contains(pair)));
    pairs
}

fn sniff_dialect(text: &str, newline: u8, is_whole: bool) -> Sample {
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

fn samples(rows: &[Sampled], columns: usize) -> Vec<Vec<String>> {
    let filled = |column: usize| {
        let cells = rows.iter().filter_map(move |row| row.cells.get(column));
        cells.filter(|cell| !value(cell).is_empty()).take(SAMPLES)
    };
    (0..columns).map(|at| filled(at).map(|cell| clipped(cell, 80).to_owned()).collect()).collect()
}

/// How dates and amounts are written; and a date to ask about, where the file does not tell.
fn sniff_formats(
    rows: &[Sampled],
    mapping: &Mapping,
    dialect: Dialect,
    context: &Context,
) -> (Formats, Option<String>) {
    let cells = |role: Role| {
        let column = mapping.column(role);
        rows.iter().filter_map(move |row| row.cells.get(column?)).map(|cell| value(cell))
    };
    let usual = match context.country.as_str() {
        "US" | "PH" => DateOrder::MonthFirst,
        _ => DateOrder::DayFirst,
    };
    let (mut day, mut month, mut either) = (0, 0, None);
    for cell in cells(Role::OrderedAt).chain(cells(Role::PaidAt)) {
        match read_date(cell, usual).map(|reading| reading.evidence) {
            Some(Evidence::Only(DateOrder::DayFirst)) => day += 1,
            Some(Evidence::Only(DateOrder::MonthFirst)) => month += 1,
            Some(Evidence::Either) => either = either.or(Some(cell.to_owned())),
            _ => {}
        }
    }
    let date_order = match day.cmp(&month) {
        std::cmp::Ordering::Greater => DateOrder::DayFirst,
        std::cmp::Ordering::Less => DateOrder::MonthFirst,
        std::cmp::Ordering::Equal => usual,
    };
    let amounts = [Role::Total, Role::UnitPrice, Role::Refunded, Role::Discount];
    let marks = || amounts.iter().flat_map(|&role| cells(role)).filter_map(mark_of);
    let commas = marks().filter(|&mark| mark == DecimalMark::Comma).count();
    let points = marks().count() - commas;
    // Where a semicolon divides fields, the comma divides numbers.
    let usual_mark =
        if dialect.delimiter == b';' { DecimalMark::Comma } else { DecimalMark::Point };
    let decimal_mark = match commas.cmp(&points) {
        std::cmp::Ordering::Greater => DecimalMark::Comma,
        std::cmp::Ordering::Less => DecimalMark::Point,
        std::cmp::Ordering::Equal => usual_mark,
    };
    let date_settled = day + month > 0;
    let formats =
        Formats { date_order, date_settled, decimal_mark, mark_settled: commas + points > 0 };
    (formats, either.filter(|_| !date_settled))
}

/// Whose the amounts are in the head; the end of the file has the last word.
fn sniff_row_amounts(rows: &[Sampled], mapping: &Mapping, mark: DecimalMark) -> RowAmounts {
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

fn sizes(rows: &[Sampled], mapping: &Mapping) -> (usize, usize, usize) {
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
