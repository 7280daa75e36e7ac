//! What the page is told of a file.

use ingest::{Batch, Question as Doubt, Refusal};
use model::{Currency, NO_CUSTOMER, OrderState};
use protocol::{Choice, Coded, CurrencyFigures, DryRun, FileReport, Question, RejectedRow};

/// How many rejected rows the page gets; the count is of all.
const ROWS_SHOWN: usize = 200;

/// The report of a file that was read, or refused. `assumed` is the currency of amounts that name
/// none.
pub fn of_file(
    name: &str,
    size: u64,
    assumed: Currency,
    read: &Result<Batch, Refusal>,
) -> FileReport {
    let empty = FileReport {
        name: name.to_owned(),
        size,
        refusal: None,
        platform: String::new(),
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
        rejected: 0,
        rejected_rows: Vec::new(),
    };
    match read {
        Ok(batch) => of_batch(empty, assumed, batch),
        Err(refusal) => FileReport { refusal: Some(coded_refusal(refusal)), ..empty },
    }
}

fn of_batch(empty: FileReport, assumed: Currency, batch: &Batch) -> FileReport {
    let report = &batch.report;
    let states = OrderState::ALL.into_iter().map(|state| (state, report.in_state(state) as u32));
    FileReport {
        platform: report.platform.id().to_owned(),
        rows: report.rows,
        orders: batch.orders.len() as u32,
        customers: batch.customers.len() as u32,
        anonymous: batch.orders.customer.iter().filter(|&&it| it == NO_CUSTOMER).count() as u32,
        states: states.filter(|(_, orders)| *orders > 0).collect(),
        currencies: (report.currencies.iter())
            .map(|sums| CurrencyFigures {
                currency: sums.currency.unwrap_or(assumed),
                valid_orders: sums.valid_orders as u32,
                net: sums.net_valid,
            })
            .collect(),
        questions: report.questions.iter().map(question).collect(),
        warnings: (report.warnings.iter())
            .map(|warning| Coded {
                code: warning.code.code().to_owned(),
                detail: warning.detail.clone(),
                count: warning.count,
                line: warning.first_line,
            })
            .collect(),
        rejected: report.rejected_count,
        rejected_rows: (report.rejected.iter().take(ROWS_SHOWN))
            .map(|row| RejectedRow {
                line: row.line,
                reason: row.reason.code().to_owned(),
                detail: row.reason.value().unwrap_or_default().to_owned(),
                text: row.text.clone(),
            })
            .collect(),
        ..empty
    }
}

/// A question as the page asks it: the assumed answer first.
fn question(doubt: &Doubt) -> Question {
    let (choices, detail) = match doubt {
        Doubt::DateOrder { example, assumed } => {
            (vec![assumed.code(), assumed.other().code()], example.clone())
        }
        Doubt::Mapping { missing } => {
            (Vec::new(), missing.iter().map(|role| role.code()).collect::<Vec<_>>().join(", "))
        }
        Doubt::Identity => (vec!["orders_only"], String::new()),
    };
    Question {
        code: doubt.code().to_owned(),
        choices: choices.into_iter().map(choice).collect(),
        detail,
    }
}

fn choice(code: &str) -> Choice {
    Choice { code: code.to_owned(), detail: String::new() }
}

fn coded_refusal(refusal: &Refusal) -> Coded {
    let detail = match refusal {
        Refusal::NotATable(kind) => kind.code().to_owned(),
        Refusal::TooLarge { limit, .. } => limit.to_string(),
        Refusal::UnknownKind { columns } => columns.join(", "),
        Refusal::UnsupportedEncoding(encoding) => encoding.code().to_owned(),
        Refusal::MissingColumns { missing } => {
            missing.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    Coded { code: refusal.code().to_owned(), detail, count: 0, line: None }
}
