//! What a file is, from its beginning: encoding, delimiter, header, platform, columns, formats.

use crate::Context;
use crate::ambiguous;
use crate::amounts::{self, DecimalMark, mark_of};
use crate::dates::{DateOrder, Evidence, read as read_date};
use crate::encoding::{Decoder, Encoding, sniff};
use crate::header::{normal_form, unwrapped, value};
use crate::left_out::clipped;
use crate::people::{self, Form};
use crate::platforms::Platform;
use crate::refusal::{Kind, Refusal, refuse_binary};
use crate::report::Question;
use crate::role::{Mapping, Role};
use crate::row_amounts::{RowAmounts, Votes};
use crate::splitter::{Dialect, Splitter, Step};
use model::RecordKind;
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
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

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
    /// Line of the header; the first is 1.
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
    /// What it is, if it is about people and not of orders.
    pub(crate) form: Option<Form>,
    /// What of the mapping is a guess from headers that may mean several things.
    pub(crate) assumed: Vec<(Role, usize)>,
    /// Whose the amounts of orders on several rows are, as far as the head shows.
    pub(crate) row_amounts: RowAmounts,
    /// The header calls the amounts totals of orders.
    pub(crate) says_order_total: bool,
    /// About how many bytes a row has.
    pub(crate) bytes_per_row: usize,
    /// About how many orders a hundred rows are.
    pub(crate) orders_per_100: usize,
    /// About how many bytes an order's number has.
    pub(crate) bytes_per_number: usize,
}

impl Recognised {
    /// What its rows are.
    pub fn kind(&self) -> RecordKind {
        self.form.as_ref().map_or(RecordKind::Orders, |form| form.kind)
    }
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
    if facts.size == 0 || head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii().is_empty()
    {
        return Err(Refusal::EmptyFile);
    }
    if facts.size > SIZE_LIMIT {
        return Err(Refusal::TooLarge { size: facts.size, limit: SIZE_LIMIT });
    }
    let is_cards = people_cards(head);
    if !is_cards {
        refuse_binary(head)?;
    }
    let encoding = sniff(head).map_err(Refusal::UnsupportedEncoding)?;
    let mut text = String::with_capacity(head.len());
    Decoder::new(encoding).decode(head, is_whole, &mut text);
    if is_cards {
        return Ok(of_cards(encoding));
    }
    let newline = if text.contains('\n') || !text.contains('\r') { b'\n' } else { b'\r' };
    let sample = sniff_dialect(&text, newline, is_whole);
    let Some(at) = sample.header() else { return Err(sample.refusal()) };
    let columns = sample.records[at].cells.iter().map(|cell| unwrapped(cell).to_owned()).collect();
    let rows = &sample.records[at + 1..];
    if rows.is_empty() && is_whole && sample.is_complete {
        return Err(Refusal::HeaderOnly);
    }
    build(encoding, &sample, at, columns, facts.name, context)
}

fn build(
    encoding: Encoding,
    sample: &Sample,
    header: usize,
    columns: Vec<String>,
    file_name: &str,
    context: &Context,
) -> Result<Recognised, Refusal> {
    let rows = &sample.records[header + 1..];
    let names: Vec<String> = columns.iter().map(|name| normal_form(name)).collect();
    let platform = Platform::of_columns(&names);
    if let Some(form) = Form::of(platform, &columns, &names, rows, file_name) {
        return Ok(of_people(form, encoding, sample, header, columns, context));
    }
    let mut pairs = platform.map(&names);
    let assumed = ambiguous::fill_gaps(platform, &names, rows, &mut pairs);
    let mapping = Mapping::new(&pairs);
    let of_an_order = [Role::OrderNumber, Role::OrderedAt, Role::PaidAt, Role::Total];
    if !of_an_order.iter().any(|&role| mapping.has(role)) {
        return Err(Refusal::UnknownKind { columns });
    }
    let formats = sniff_formats(rows, &mapping, sample.dialect, context);
    let mut questions = Vec::new();
    let missing = mapping.missing();
    if !missing.is_empty() {
        questions.push(Question::Mapping { missing });
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
    Ok(Recognised {
        platform,
        encoding,
        dialect: sample.dialect,
        header_line: sample.records[header].line,
        samples: samples(rows, columns.len()),
        columns,
        mapping: pairs,
        assumed,
        formats: formats.0,
        questions,
        form: None,
        row_amounts,
        says_order_total,
        bytes_per_row,
        orders_per_100,
        bytes_per_number,
    })
}

/// Whether a file is one of contact cards.
fn people_cards(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    text.get(..11).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCARD"))
}

/// A file of contact cards, which has no columns.
fn of_cards(encoding: Encoding) -> Recognised {
    let form = Form::of_cards();
    Recognised {
        platform: form.source,
        encoding,
        dialect: Dialect { delimiter: b',', newline: b'\n' },
        header_line: 0,
        columns: Vec::new(),
        mapping: Vec::new(),
        samples: Vec::new(),
        formats: Formats {
            date_order: DateOrder::DayFirst,
            date_settled: true,
            decimal_mark: DecimalMark::Point,
            mark_settled: true,
        },
        questions: Vec::new(),
        form: Some(form),
        assumed: Vec::new(),
        row_amounts: RowAmounts::OrderTotal,
        says_order_total: true,
        bytes_per_row: 0,
        orders_per_100: 0,
        bytes_per_number: 0,
    }
}

/// A table about people.
fn of_people(
    form: Form,
    encoding: Encoding,
    sample: &Sample,
    header: usize,
    columns: Vec<String>,
    context: &Context,
) -> Recognised {
    let rows = &sample.records[header + 1..];
    let (formats, example) = sniff_formats(rows, &form.sniffed(), sample.dialect, context);
    let assumed = formats.date_order;
    Recognised {
        dialect: sample.dialect,
        header_line: sample.records[header].line,
        samples: samples(rows, columns.len()),
        columns,
        mapping: form.roles.clone(),
        formats,
        questions: example
            .map(|example| Question::DateOrder { example, assumed })
            .into_iter()
            .collect(),
        platform: form.source,
        form: Some(form),
        ..of_cards(encoding)
    }
}

/// A record of the head.
#[derive(Debug)]
pub(crate) struct Sampled {
    line: u32,
    bytes: usize,
    pub cells: Vec<String>,
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
            .or_else(|| first(&|cells| known(cells, people::is_known) >= 2))
            .or_else(|| first(&|cells| known(cells, ambiguous::is_known) >= 2))
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

fn sniff_dialect(text: &str, newline: u8, is_whole: bool) -> Sample {
    let told = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    let read =
        |delimiter, limit| Sample::read(text, Dialect { delimiter, newline }, is_whole, limit);
    let best = told.filter(|byte| DELIMITERS.contains(byte)).unwrap_or_else(|| {
        // The first of equals wins: the comma.
        let scored = DELIMITERS.iter().rev().max_by_key(|&&delimiter| read(delimiter, 200).score());
        scored.copied().unwrap_or(b',')
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
