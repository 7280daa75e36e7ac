//! What the page is told of a file.

use crate::Reading;
use crate::beginning::Beginning;
use ingest::{Batch, NAMES, Question as Doubt, Refusal, Role, Warning};
use model::{Consent, Currency, NO_CUSTOMER, OrderState, RecordKind};
use protocol::{
    Choice, Coded, CurrencyFigures, DryRun, FileReport, Layout, Links, Question, RejectedRow,
};

/// How many rejected rows the page gets; the count is of all.
const ROWS_SHOWN: usize = 200;

/// Answer to the question of identity: there are no customers.
pub const ORDERS_ONLY: &str = "orders_only";

/// The report of a file that was refused.
pub fn of_refusal(name: &str, size: u64, refusal: &Refusal) -> FileReport {
    FileReport { refusal: Some(coded_refusal(refusal)), ..empty(name, size) }
}

/// The report of a file that was read, or could not be. `assumed` is the currency of amounts that
/// name none.
pub fn of_file(
    name: &str,
    size: u64,
    assumed: Currency,
    read: &Result<Batch, Refusal>,
    begun: &Beginning,
    layout: Layout,
) -> FileReport {
    let missing = match read {
        Ok(batch) => {
            let mut report = of_batch(empty(name, size), assumed, batch);
            if begun.is_asked {
                report.questions.insert(0, question(&Doubt::Mapping { missing: Vec::new() }));
            }
            // Contact cards have no columns.
            let is_table = !begun.recognised.columns.is_empty();
            return FileReport { layout: is_table.then(|| Box::new(layout)), ..report };
        }
        Err(Refusal::MissingColumns { missing, .. })
            if begun.recognised.is_mappable || begun.is_answered =>
        {
            missing
        }
        Err(refusal) => return of_refusal(name, size, refusal),
    };
    let questions = vec![question(&Doubt::Mapping { missing: missing.clone() })];
    FileReport {
        platform: begun.recognised.platform.id().to_owned(),
        kind: begun.recognised.kind(),
        questions,
        layout: Some(Box::new(layout)),
        ..empty(name, size)
    }
}

/// What comes of a file that was refused before it was read.
pub fn refused(name: &str, size: u64, refusal: Coded) -> Reading {
    let report = FileReport { refusal: Some(refusal), ..empty(name, size) };
    Reading { report, orders: None }
}

/// Of a file of which nothing is known.
fn empty(name: &str, size: u64) -> FileReport {
    FileReport {
        name: name.to_owned(),
        size,
        refusal: None,
        platform: String::new(),
        kind: RecordKind::Orders,
        records: 0,
        links: Links::default(),
        rows: 0,
        orders: 0,
        customers: 0,
        anonymous: 0,
        states: Vec::new(),
        currencies: Vec::new(),
        days: None,
        dry_run: DryRun::default(),
        already_imported_ms: None,
        same_as: None,
        questions: Vec::new(),
        warnings: Vec::new(),
        grave: 0,
        settles_zone: None,
        settles_currency: None,
        rejected: 0,
        rejected_rows: Vec::new(),
        erased: 0,
        layout: None,
    }
}

fn of_batch(empty: FileReport, assumed: Currency, batch: &Batch) -> FileReport {
    let report = &batch.report;
    let states = OrderState::ALL.into_iter().map(|state| (state, report.in_state(state) as u32));
    FileReport {
        platform: report.platform.id().to_owned(),
        kind: report.kind,
        records: report.records as u32,
        rows: report.rows,
        orders: report.orders as u32,
        customers: report.customers as u32,
        anonymous: if report.platform.part().is_some() { 0 } else { anonymous(batch) },
        states: states.filter(|(_, orders)| *orders > 0).collect(),
        currencies: (report.currencies.iter())
            .map(|sums| CurrencyFigures {
                currency: sums.currency.unwrap_or(assumed),
                valid_orders: sums.valid_orders as u32,
                net: sums.net_valid,
                given_back: sums.refunded_by_documents,
            })
            .collect(),
        questions: report.questions.iter().map(question).collect(),
        grave: report.warnings.iter().filter(|it| it.code.is_grave()).count() as u32,
        warnings: warnings(&report.warnings),
        rejected: report.rejected_count,
        rejected_rows: (report.rejected.iter().take(ROWS_SHOWN))
            .map(|row| RejectedRow {
                line: row.line,
                reason: row.reason.code().to_owned(),
                detail: at_fault(&row.column, row.reason.value()),
                text: row.text.clone(),
            })
            .collect(),
        ..empty
    }
}

/// Orders that nobody can be found for.
fn anonymous(batch: &Batch) -> u32 {
    let orders = &batch.orders;
    let is_nobodys = |row: &usize| !orders.is_refund(*row) && orders.customer[*row] == NO_CUSTOMER;
    (0..orders.len()).filter(is_nobodys).count() as u32
}

/// Those that must be seen first.
fn warnings(all: &[Warning]) -> Vec<Coded> {
    let (grave, notes): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.code.is_grave());
    let coded = |warning: &Warning| Coded {
        code: warning.code.code().to_owned(),
        detail: warning.detail.clone(),
        count: warning.count,
        line: warning.first_line,
    };
    grave.into_iter().chain(notes).map(coded).collect()
}

/// The cell that is at fault, as `Date “soon”`.
fn at_fault(column: &str, value: Option<&str>) -> String {
    let quoted = value.map_or_else(String::new, |value| format!("“{value}”"));
    [column, &quoted].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A question as the page asks it: the assumed answer first.
fn question(doubt: &Doubt) -> Question {
    let (choices, detail) = match doubt {
        Doubt::DateOrder { example, assumed } => {
            (vec![assumed.code(), assumed.other().code()], example.clone())
        }
        Doubt::Mapping { missing } => (Vec::new(), codes(missing)),
        Doubt::Consent { assumed } => (consents(*assumed), String::new()),
        Doubt::Identity { by_name: None } => (vec![ORDERS_ONLY], String::new()),
        Doubt::Identity { by_name: Some(false) } => (vec![ORDERS_ONLY, NAMES], NAMES.to_owned()),
        Doubt::Identity { by_name: Some(true) } => (vec![NAMES, ORDERS_ONLY], NAMES.to_owned()),
    };
    Question {
        code: doubt.code().to_owned(),
        choices: choices.into_iter().map(choice).collect(),
        detail,
    }
}

/// What may be said of all contacts of a list; what is assumed stands first.
fn consents(assumed: Consent) -> Vec<&'static str> {
    let mut all = vec![Consent::Unknown, Consent::Given, Consent::Refused];
    tiny_sort::stable::sort_by_key(&mut all, |consent| *consent != assumed);
    all.into_iter().map(Consent::code).collect()
}

fn choice(code: &str) -> Choice {
    Choice { code: code.to_owned(), detail: String::new() }
}

fn coded_refusal(refusal: &Refusal) -> Coded {
    let detail = match refusal {
        Refusal::NotATable(kind) => kind.code().to_owned(),
        Refusal::TooLarge { size, limit } => format!("{size}\n{limit}"),
        Refusal::UnknownKind { columns } => {
            not_found(&[Role::OrderNumber, Role::OrderedAt, Role::Total], columns)
        }
        Refusal::OneOfSeveral(table) => table.clone(),
        Refusal::UnsupportedEncoding(encoding) => encoding.label().to_owned(),
        Refusal::MissingColumns { missing, columns } => not_found(missing, columns),
        _ => String::new(),
    };
    Coded { code: refusal.code().to_owned(), detail, count: 0, line: None }
}

/// Three lines: the roles without a column, the columns that are there, and the names that are
/// understood for those roles.
fn not_found(missing: &[Role], columns: &[String]) -> String {
    let columns: Vec<&str> = (columns.iter())
        .map(|column| column.lines().next().unwrap_or_default())
        .filter(|column| !column.trim().is_empty())
        .collect();
    let accepted = missing.iter().map(|role| role.accepted_names().join(", "));
    let accepted: Vec<String> = accepted.collect();
    [codes(missing), columns.join(", "), accepted.join(" · ")].join("\n")
}

/// Codes of roles, with commas between.
fn codes(roles: &[Role]) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(",")
}
