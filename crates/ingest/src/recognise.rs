//! What a file is, from its beginning: encoding, delimiter, header, platform, columns, formats.

use crate::Context;
use crate::ambiguous;
use crate::amounts::DecimalMark;
use crate::answers::{Answers, DELIMITERS};
use crate::dates::DateOrder;
use crate::encoding::{Charset, Decoder, Encoding, sniff};
use crate::formats::{Formats, has_chinese_mobiles, sniff_formats, zone_of_header};
use crate::guess;
use crate::head::{
    MOST_GUESSED_COLUMNS, SAMPLED_RECORDS, Sample, Sampled, samples, sizes, sniff_dialect,
    sniff_row_amounts,
};
use crate::header::{normal_form, unwrapped};
use crate::people::{Form, Table};
use crate::platforms::{self, Platform, headless_columns};
use crate::refusal::{Refusal, refuse_binary};
use crate::report::Question;
use crate::role::{Mapping, Role};
use crate::row_amounts::RowAmounts;
use crate::splitter::Dialect;
use crate::zones::Zone;
use model::RecordKind;

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

/// What a file was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "findings that do not depend on each other")]
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
    /// What it is, if it is about people and not of orders.
    pub(crate) form: Option<Form>,
    /// What of the mapping is a guess from headers that may mean several things.
    pub(crate) assumed: Vec<(Role, usize)>,
    /// Whose the amounts of orders on several rows are, as far as the head shows.
    pub row_amounts: RowAmounts,
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
    let is_cards = is_of_cards(head);
    if !is_cards {
        refuse_binary(head)?;
    }
    let encoding = match answers.charset {
        Some(Charset::Own(encoding)) => encoding,
        // Is UTF-8 by now.
        Some(Charset::Foreign(_)) | None => sniff(head).map_err(Refusal::UnsupportedEncoding)?,
    };
    let mut text = String::with_capacity(head.len());
    Decoder::new(encoding).decode(head, is_whole, &mut text);
    if is_cards {
        return Ok(of_cards(encoding));
    }
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
        None => sample.header(),
    };
    if header.is_none() && answers.header_line.is_none() && answers.delimiter.is_none() {
        let found = headless(encoding, &text, newline, is_whole, context, answers);
        if let Some(found) = found {
            return found;
        }
    }
    let header = match answers.header_line {
        None => header.or_else(|| sample.unknown_header()),
        Some(_) => header,
    };
    if header.is_none() && answers.header_line != Some(0) && !sample.is_nameless() {
        return Err(sample.refusal());
    }
    let rows = sample.below(header);
    if rows.is_empty() && is_whole && sample.is_complete {
        return Err(Refusal::HeaderOnly);
    }
    let columns: Vec<String> = match header {
        Some(at) => {
            sample.records[at].cells.iter().map(|cell| unwrapped(cell).to_owned()).collect()
        }
        None => guess::letters(rows.first().map_or(0, |row| row.cells.len())),
    };
    let names: Vec<String> = columns.iter().map(|name| normal_form(name)).collect();
    let told = answers.roles_of(&columns);
    let platform = platform_of(&names, told.is_some() || answers.kind.is_some())?;
    let mut pairs = platform.map(&names);
    let is_refunds = refunds_only(&names, &mut pairs);
    let header = Header { line: header.map_or(0, |at| sample.records[at].line), columns, names };
    let Header { columns, names, .. } = &header;
    let table = Table { platform, columns, names, rows, file_name: facts.name };
    let form = form_of(table, answers, told.as_deref(), is_refunds);
    if let Some(form) = form {
        return Ok(of_people(form, encoding, &sample, rows, header, context));
    }
    let assumed = ambiguous::fill_gaps(platform, &header.names, rows, &mut pairs);
    let found = build(encoding, &sample, rows, header, (platform, pairs), context, answers)?;
    Ok(if told.is_some() { found } else { Recognised { assumed, is_refunds, ..found } })
}

/// What a table about people is, as the user says or as it shows; `None`: it is of orders.
fn form_of(
    table: Table<'_>,
    answers: &Answers,
    told: Option<&[(Role, usize)]>,
    is_refunds: bool,
) -> Option<Form> {
    match answers.kind {
        Some(RecordKind::Orders) => None,
        Some(kind) => Some(Form::said(kind, told, table)),
        // Who says what columns are, and no more, says that these are orders.
        None if told.is_some() || is_refunds => None,
        None => Form::of(table),
    }
}

/// Whose export has columns of these names, in normal form. `is_told`: the user has said what they
/// are; else a table that has not all of an order is refused.
fn platform_of(names: &[String], is_told: bool) -> Result<Platform, Refusal> {
    match platforms::one_of_several(names) {
        Some(table) if !is_told => Err(Refusal::OneOfSeveral(table)),
        _ => Ok(Platform::of_columns(names)),
    }
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
    answers: &Answers,
) -> Option<Result<Recognised, Refusal>> {
    DELIMITERS.iter().map(|(byte, _)| *byte).chain([b' ']).find_map(|delimiter| {
        let dialect = Dialect { delimiter, newline };
        let sample = Sample::read(text, dialect, is_whole, SAMPLED_RECORDS);
        let pairs = headless_columns(sample.records.iter().map(|it| it.cells.as_slice()))?;
        let columns = guess::letters(sample.records.first()?.cells.len());
        let header = Header { line: 0, names: columns.clone(), columns };
        let (rows, of) = (&sample.records, (Platform::HEADLESS, pairs));
        Some(build(encoding, &sample, rows, header, of, context, answers))
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
    sample: &Sample,
    rows: &[Sampled],
    header: Header,
    (platform, mut pairs): (Platform, Vec<(Role, usize)>),
    context: &Context,
    answers: &Answers,
) -> Result<Recognised, Refusal> {
    let Header { line, columns, names } = header;
    if let Some(told) = answers.roles_of(&columns) {
        pairs = in_order_of_preference(&told, &pairs);
    }
    let mapping = Mapping::new(&pairs);
    let of_an_order = [Role::OrderNumber, Role::OrderedAt, Role::PaidAt, Role::Total];
    let profile = platform.profile();
    let missing = profile.missing(&mapping);
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
    if !mapping.has_key() && profile.part.is_none() {
        questions.push(Question::Identity { by_name: mapping.has_names().then_some(false) });
    }
    let told = mapping.column(Role::Total).and_then(|at| platform.row_amounts(&names[at]));
    let row_amounts = told.unwrap_or_else(|| sniff_row_amounts(rows, &mapping, &formats.0));
    let (bytes_per_row, orders_per_100, bytes_per_number) = sizes(rows, &mapping);
    let guesses =
        if missing.is_empty() { Vec::new() } else { guess::guess(rows, looked_at, &pairs) };
    Ok(Recognised {
        platform,
        encoding,
        dialect: sample.dialect,
        header_line: line,
        guesses,
        is_mappable,
        first_lines: sample.first_lines(),
        zone: zone_of_header(&columns, &mapping).or(profile.zone),
        chinese_mobiles: has_chinese_mobiles(rows, &mapping, context),
        is_refunds: false,
        samples: samples(rows, columns.len()),
        columns,
        mapping: pairs,
        assumed: Vec::new(),
        formats: formats.0,
        questions,
        form: None,
        row_amounts,
        row_amounts_told: told.is_some(),
        bytes_per_row,
        orders_per_100,
        bytes_per_number,
    })
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

/// Whether a file is one of contact cards.
fn is_of_cards(head: &[u8]) -> bool {
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
            column_marks: [None; Role::ALL.len()],
        },
        questions: Vec::new(),
        guesses: Vec::new(),
        is_mappable: false,
        first_lines: Vec::new(),
        form: Some(form),
        assumed: Vec::new(),
        row_amounts: RowAmounts::OrderTotal,
        row_amounts_told: true,
        zone: None,
        chinese_mobiles: false,
        is_refunds: false,
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
    rows: &[Sampled],
    header: Header,
    context: &Context,
) -> Recognised {
    let Header { line, columns, .. } = header;
    let (formats, example) = sniff_formats(rows, &form.sniffed(), sample.dialect, context);
    let assumed = formats.date_order;
    let mapping = Mapping::new(&form.roles);
    let missing = form.missing();
    let of_columns = (!missing.is_empty()).then_some(Question::Mapping { missing });
    let of_dates = example.map(|example| Question::DateOrder { example, assumed });
    Recognised {
        dialect: sample.dialect,
        header_line: line,
        is_mappable: true,
        first_lines: sample.first_lines(),
        zone: zone_of_header(&columns, &mapping),
        chinese_mobiles: has_chinese_mobiles(rows, &mapping, context),
        samples: samples(rows, columns.len()),
        columns,
        mapping: form.pairs(),
        formats,
        questions: of_columns.into_iter().chain(of_dates).collect(),
        platform: form.source,
        form: Some(form),
        ..of_cards(encoding)
    }
}
