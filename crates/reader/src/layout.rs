//! What the page is told of how a file is read: columns, options, the first orders.

use crate::Foreign;
use crate::beginning::Beginning;
use crate::first_records;
use ingest::{
    Answers, Batch, Charset, DELIMITERS, DateOrder, DecimalMark, Recognised, Role, RowAmounts,
};
use model::{Currency, NO_CUSTOMER, OrderTime, RecordKind, ShopDay};
use protocol::{Choice, ColumnView, Layout, Question, ReadOrder, RoleView, SavedReading};

/// Further columns are not shown; nobody would look through them.
const MOST_COLUMNS: usize = 300;
/// Values of a column that are shown.
const SAMPLES: usize = 3;
/// Orders or records that are shown.
pub const ROWS: usize = 5;

/// How a file is read under `answers`, those by which it was read in the end. `assumed` is the
/// currency of amounts that name none.
pub fn of_file(
    begun: &Beginning,
    answers: &Answers,
    batch: Option<&Batch>,
    assumed: Currency,
    only_head: bool,
) -> Layout {
    let recognised = &begun.recognised;
    let role = |at: usize| {
        let pair = recognised.mapping.iter().find(|(_, column)| *column == at);
        pair.map_or("", |(role, _)| role.code()).to_owned()
    };
    // Those that were found are none if nothing can be read so.
    let shown = if begun.misfit { 0 } else { MOST_COLUMNS };
    let columns = recognised.columns.iter().zip(&recognised.samples).take(shown).enumerate();
    Layout {
        columns: columns
            .map(|(at, (name, samples))| ColumnView {
                name: name.clone(),
                samples: samples.iter().take(SAMPLES).cloned().collect(),
                role: role(at),
            })
            .collect(),
        roles: roles_of(recognised.kind()),
        options: options(recognised, begun.encoding, answers),
        // A table that has not all of an order has none to show.
        orders: (batch.filter(|it| it.report.platform.part().is_none()))
            .map(|batch| orders(batch, assumed))
            .unwrap_or_default(),
        records: batch.map(first_records::of_batch).unwrap_or_default(),
        remembered: begun.is_remembered,
        saved: begun.saved.clone(),
        only_head,
    }
}

/// What a column of a file of a kind can become.
pub fn roles_of(kind: RecordKind) -> Vec<RoleView> {
    let view =
        |role: &Role| RoleView { code: role.code().to_owned(), several: role.takes_several() };
    Role::of_kind(kind).iter().map(view).collect()
}

/// Options of a reading that a file of a kind can have, each with all its answers, but for those
/// that only a file at hand has. The detail is the code of the answer in `saved`, or nothing.
pub fn options_of(kind: RecordKind, saved: &SavedReading) -> Vec<Question> {
    let answers: [(&str, Vec<Choice>); 7] = [
        ("kind", codes(&RecordKind::ALL.map(RecordKind::code))),
        ("date_order", codes(&[DateOrder::DayFirst, DateOrder::MonthFirst].map(DateOrder::code))),
        ("decimal_mark", codes(&[DecimalMark::Point, DecimalMark::Comma].map(DecimalMark::code))),
        (
            "row_amounts",
            codes(&[RowAmounts::OrderTotal, RowAmounts::LineAmount].map(RowAmounts::code)),
        ),
        ("identity", codes(&[ingest::NAMES, crate::report::ORDERS_ONLY])),
        ("encoding", codes(&Charset::ALL.map(Charset::label))),
        ("delimiter", codes(&DELIMITERS.map(|it| it.1))),
    ];
    let said = |code: &str| saved.options.iter().find(|it| it.0 == code).map_or("", |it| &it.1);
    let all = answers.into_iter().map(|(code, choices)| option(code, said(code), choices));
    all.filter(|it| concerns(kind, &it.code)).collect()
}

/// Whether an option has a say in files of a kind.
fn concerns(kind: RecordKind, option: &str) -> bool {
    match option {
        "row_amounts" | "identity" => kind == RecordKind::Orders,
        "decimal_mark" => {
            matches!(kind, RecordKind::Orders | RecordKind::Contacts | RecordKind::Summaries)
        }
        _ => true,
    }
}

/// Every option with its answers, and the one in force.
fn options(recognised: &Recognised, encoding: Option<Foreign>, answers: &Answers) -> Vec<Question> {
    let formats = recognised.formats;
    let date_order = answers.date_order.unwrap_or(formats.date_order);
    let mark = answers.decimal_mark.unwrap_or(formats.decimal_mark);
    let amounts = answers.row_amounts.unwrap_or(recognised.row_amounts);
    let charset = encoding.map_or(Charset::Own(recognised.encoding), Charset::Foreign);
    let charset = answers.charset.unwrap_or(charset);
    let delimiter = answers.delimiter.unwrap_or(recognised.dialect.delimiter);
    let delimiter = DELIMITERS.iter().find(|(byte, _)| *byte == delimiter);
    let line = answers.header_line.unwrap_or(recognised.header_line);
    let mut lines = recognised.first_lines.clone();
    lines.insert(0, (0, String::new()));
    let kind = recognised.kind();
    let kinds = option("kind", kind.code(), codes(&RecordKind::ALL.map(RecordKind::code)));
    let of_all = vec![
        kinds,
        option(
            "date_order",
            date_order.code(),
            codes(&[DateOrder::DayFirst, DateOrder::MonthFirst].map(DateOrder::code)),
        ),
        option(
            "decimal_mark",
            mark.code(),
            codes(&[DecimalMark::Point, DecimalMark::Comma].map(DecimalMark::code)),
        ),
        option(
            "row_amounts",
            amounts.code(),
            codes(&[RowAmounts::OrderTotal, RowAmounts::LineAmount].map(RowAmounts::code)),
        ),
        option("encoding", charset.label(), codes(&Charset::ALL.map(Charset::label))),
        option("delimiter", delimiter.map_or("", |it| it.1), codes(&DELIMITERS.map(|it| it.1))),
        option(
            "header_line",
            &line.to_string(),
            lines
                .into_iter()
                .map(|(line, text)| Choice { code: line.to_string(), detail: text })
                .collect(),
        ),
    ];
    of_all.into_iter().filter(|it| concerns(kind, &it.code)).collect()
}

fn option(code: &str, in_force: &str, choices: Vec<Choice>) -> Question {
    Question { code: code.to_owned(), choices, detail: in_force.to_owned() }
}

fn codes(codes: &[&str]) -> Vec<Choice> {
    let choice = |code: &&str| Choice { code: (*code).to_owned(), detail: String::new() };
    codes.iter().map(choice).collect()
}

/// The first orders.
fn orders(batch: &Batch, assumed: Currency) -> Vec<ReadOrder> {
    let Batch { orders, customers, report, .. } = batch;
    let offset = report.offsets.first().map_or(0, |&(_, offset)| i64::from(offset));
    let order = |row: usize| {
        let seconds = match orders.time(row) {
            OrderTime::Wall(seconds) => seconds,
            OrderTime::Instant(seconds) => seconds + offset,
        };
        let customer = Some(orders.customer[row]).filter(|it| *it != NO_CUSTOMER);
        let facts = [&customers.name, &customers.email, &customers.phone];
        let customer = customer.and_then(|it| {
            let texts = facts.iter().map(|column| column.get(it as usize));
            texts.into_iter().find(|text| !text.is_empty())
        });
        ReadOrder {
            number: orders.number.get(row).to_owned(),
            day: ShopDay::of_wall_seconds(seconds),
            total: orders.total[row],
            currency: orders.currency_of(row).unwrap_or(assumed),
            state: orders.state(row),
            customer: customer.unwrap_or_default().to_owned(),
        }
    };
    (0..orders.len().min(ROWS)).map(order).collect()
}
