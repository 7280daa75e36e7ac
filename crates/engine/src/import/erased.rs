//! Of people who were erased a file brings nothing back.

use model::{Currency, OrderState, RecordKind};
use protocol::FileReport;
use store::{Erased, Tables, TheirRows, Traces};

/// Takes the rows of people who are erased out of a file, and out of what is said of it. Returns what
/// tells these people. `shops`: the currency of amounts that name none.
pub fn leave_out(
    erased: &Erased,
    report: &mut FileReport,
    tables: &mut Tables,
    shops: Currency,
) -> Traces {
    let mut traces = Traces::default();
    let theirs = erased.rows_in(tables, &report.platform);
    if theirs.is_empty() {
        return traces;
    }
    traces.note(tables, &theirs);
    report.erased = theirs.count() as u32;
    uncount_orders(report, tables, &theirs, shops);
    let records = |tables: &Tables| tables.people.count(report.kind) as u32;
    let before = (tables.customers.len(), records(tables));
    tables.take_out(&theirs);
    let less = before.1 - records(tables);
    report.customers = report.customers.saturating_sub((before.0 - tables.customers.len()) as u32);
    uncount_summaries(report, tables);
    if report.kind != RecordKind::Orders {
        report.records = report.records.saturating_sub(less);
    }
    traces
}

/// What the summaries that are left come to.
fn uncount_summaries(report: &mut FileReport, tables: &Tables) {
    let summaries = &tables.people.summaries;
    let sums = report.currencies.first_mut().filter(|_| report.kind == RecordKind::Summaries);
    if let Some(sums) = sums {
        sums.valid_orders = summaries.orders.iter().sum();
        sums.net = summaries.net.iter().sum();
    }
}

fn uncount_orders(report: &mut FileReport, tables: &Tables, theirs: &TheirRows, shops: Currency) {
    let orders = &tables.orders;
    for row in theirs.orders.iter().map(|&row| row as usize) {
        let state = orders.state(row);
        let is_order = !orders.is_refund(row);
        report.orders = report.orders.saturating_sub(is_order.into());
        let counted = report.states.iter_mut().find(|it| it.0 == state);
        if let Some((_, count)) = counted.filter(|_| is_order || state == OrderState::Refund) {
            *count = count.saturating_sub(1);
        }
        let currency = orders.currency_of(row).unwrap_or(shops);
        let Some(sums) = report.currencies.iter_mut().find(|it| it.currency == currency) else {
            continue;
        };
        if state.counts() {
            sums.valid_orders = sums.valid_orders.saturating_sub(1);
            sums.net -= orders.net(row);
        }
        if state == OrderState::Refund {
            sums.given_back += orders.total[row];
        }
    }
    report.states.retain(|it| it.1 > 0);
}
