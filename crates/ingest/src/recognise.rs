//! What a file is, from its beginning: encoding, delimiter, header, platform, columns, formats.

use crate::Context;
use crate::ambiguous;
use crate::amounts;
use crate::encoding::{Decoder, Encoding, sniff};
use crate::formats::{Formats, has_chinese_mobiles, sniff_formats, zone_of_header};
use crate::header::{normal_form, unwrapped, value};
use crate::left_out::clipped;
use crate::platforms::{Platform, headless_columns};
use crate::refusal::{Kind, Refusal, refuse_binary};
use crate::report::Question;
use crate::role::{Mapping, Role};
use crate::row_amounts::{RowAmounts, Votes};
use crate::splitter::{Dialect, Splitter, Step};
use crate::zones::Zone;
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

/// What a file was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Where it comes from.
    pub platform: Platform,
    /// How its characters are written.
    pub encoding: Encoding,
    /// How it is divided.
    pub dialect: Dialect,
    /// Line of the header; the first is 1. 0: there is none.
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
    /// What of the mapping is a guess from headers that may mean several things.
    pub(crate) assumed: Vec<(Role, usize)>,
    /// Whose the amounts of orders on several rows are, as far as the head shows.
    pub(crate) row_amounts: RowAmounts,
    /// The platform or the header says whose they are.
    pub(crate) row_amounts_told: bool,
    /// The zone of times that name none, as the platform or the header has it.
    pub(crate) zone: Option<Zone>,
    /// Telephones that could be Chinese mobiles are, though the shop is elsewhere.
    pub(crate) chinese_mobiles: bool,
    /// Every row is a refund, of the order whose number it has.
    pub(crate) is_refunds: bool,
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
    if facts.size == 0 || head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii().is_empty()
    {
        return Err(Refusal::EmptyFile);
    }
    if facts.size > SIZE_LIMIT {
        return Err(Refusal::TooLarge { size: facts.size, limit: SIZE_LIMIT });
    }
    refuse_binary(head)?;
    let encoding = sniff(head).map_err(Refusal::UnsupportedEncoding)?;
    let mut text = String::with_capacity(head.len());
    Decoder::new(encoding).decode(head, is_whole, &mut text);
    let newline = if text.contains('\n') || !text.contains('\r') { b'\n' } else { b'\r' };
    let sample = sniff_dialect(&text, newline, is_whole);
    let Some(at) = sample.header() else {
        return headless(encoding, &text, newline, is_whole, context)
            .unwrap_or_else(|| Err(sample.refusal()));
    };
    let columns: Vec<String> =
        sample.records[at].cells.iter().map(|cell| unwrapped(cell).to_owned()).collect();
    let rows = &sample.records[at + 1..];
    if rows.is_empty() && is_whole && sample.is_complete {
        return Err(Refusal::HeaderOnly);
    }
    let names: Vec<String> = columns.iter().map(|name| normal_form(name)).collect();
    let platform = Platform::of_columns(&names);
    let mut pairs = platform.map(&names);
    let is_refunds = refunds_only(&names, &mut pairs);
    let assumed = ambiguous::fill_gaps(platform, &names, rows, &mut pairs);
    let header = Header { line: sample.records[at].line, columns, names };
    let found = Recognised {
        assumed,
        is_refunds,
        ..build(encoding, sample.dialect, rows, header, (platform, pairs), context)?
    };
    Ok(found)
}

/// The row that names the columns.
struct Header {
    /// 0: there is none.
    line: u32,
    columns: Vec<String>,
    /// In normal form.
    names: Vec<String>,
}

/// A table without a header whose columns tell themselves by what they hold.
fn headless(
    encoding: Encoding,
    text: &str,
    newline: u8,
    is_whole: bool,
    context: &Context,
) -> Option<Result<Recognised, Refusal>> {
    DELIMITERS.iter().chain(b" ").find_map(|&delimiter| {
        let dialect = Dialect { delimiter, newline };
        let sample = Sample::read(text, dialect, is_whole, SAMPLED_RECORDS);
        let pairs = headless_columns(sample.records.iter().map(|it| it.cells.as_slice()))?;
        let width = sample.records.first()?.cells.len();
        let columns: Vec<String> = (1..=width).map(|at| format!("#{at}")).collect();
        let header = Header { line: 0, names: columns.clone(), columns };
        let rows = &sample.records;
        Some(build(encoding, dialect, rows, header, (Platform::HEADLESS, pairs), context))
    })
}

/// Days of refunds, in files of nothing else.
const REFUND_DAYS: &[&str] = &[
    "refunddate",
    "refundedat",
    "daterefunded",
    "refundedon",
    "refundtime",
    "退款时间",
    "退款日期",
    "退款成功时间",
    "退款完成时间",
    "erstattungsdatum",
];

/// Makes the refunds the amounts of a file that has no others, and says whether it is one.
fn refunds_only(names: &[String], pairs: &mut Vec<(Role, usize)>) -> bool {
    let mapping = Mapping::new(pairs);
    let day = names.iter().position(|name| REFUND_DAYS.contains(&name.as_str()));
    let is_one =
        !mapping.has(Role::Total) && !mapping.sums_lines() && mapping.has(Role::OrderNumber);
    let (Some(amount), Some(day), true) = (mapping.column(Role::Refunded), day, is_one) else {
        return false;
    };
    pairs.retain(|&(role, column)| {
        column != amount && column != day && !matches!(role, Role::OrderedAt | Role::PaidAt)
    });
    pairs.extend([(Role::Total, amount), (Role::OrderedAt, day)]);
    true
}

fn build(
    encoding: Encoding,
    dialect: Dialect,
    rows: &[Sampled],
    header: Header,
    (platform, pairs): (Platform, Vec<(Role, usize)>),
    context: &Context,
) -> Result<Recognised, Refusal> {
    let Header { line, columns, names } = header;
    let mapping = Mapping::new(&pairs);
    let of_an_order = [Role::OrderNumber, Role::OrderedAt, Role::PaidAt, Role::Total];
    if !of_an_order.iter().any(|&role| mapping.has(role)) {
        return Err(Refusal::UnknownKind { columns });
    }
    let formats = sniff_formats(rows, &mapping, dialect, context);
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
    let told = mapping.column(Role::Total).and_then(|at| platform.row_amounts(&names[at]));
    let row_amounts = told.unwrap_or_else(|| sniff_row_amounts(rows, &mapping, &formats.0));
    let (bytes_per_row, orders_per_100, bytes_per_number) = sizes(rows, &mapping);
    Ok(Recognised {
        platform,
        encoding,
        dialect,
        header_line: line,
        zone: zone_of_header(&columns, &mapping).or(platform.profile().zone),
        chinese_mobiles: has_chinese_mobiles(rows, &mapping, context),
        is_refunds: false,
        samples: samples(rows, columns.len()),
        columns,
        mapping: pairs,
        assumed: Vec::new(),
        formats: formats.0,
        questions,
        row_amounts,
        row_amounts_told: told.is_some(),
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

/// Whose the amounts are in the head; the end of the file has the last word.
fn sniff_row_amounts(rows: &[Sampled], mapping: &Mapping, formats: &Formats) -> RowAmounts {
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
