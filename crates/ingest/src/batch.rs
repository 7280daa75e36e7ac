//! The end of a reading: tables without what turned out wrong, and the report on them.

use crate::Context;
use crate::left_out::RejectReason;
use crate::reader::Answers;
use crate::recognise::Recognised;
use crate::report::{CurrencySums, Question, Report};
use crate::role::{Mapping, Role};
use crate::row_amounts::RowAmounts;
use crate::rows::Rows;
use crate::suggestions;
use crate::warnings::{WarningCode, Warnings};
use model::{
    CustomerTable, LineTable, Money, NO_CUSTOMER, OrderState, OrderTable, OrderTime, PeopleTables,
    ProductTable, RecordKind,
};

/// What a file holds: tables whose rows refer to each other by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The orders.
    pub orders: OrderTable,
    /// Their customers.
    pub customers: CustomerTable,
    /// What was bought.
    pub products: ProductTable,
    /// The orders' lines.
    pub lines: LineTable,
    /// What is about people and no order.
    pub people: PeopleTables,
    /// What to tell the user.
    pub report: Report,
}

/// Makes the batch of all rows read.
pub(crate) fn build(
    mut rows: Rows,
    recognised: &Recognised,
    answers: &Answers,
    context: &Context,
    content_hash: u128,
) -> Batch {
    rows.end_group();
    rows.customers.settle(&mut rows.orders.table.customer);
    let moved = if rows.sums_lines { sum_lines(&mut rows, context) } else { None };
    note_row_amounts(&mut rows);
    let mapping = Mapping::new(answers.mapping.as_ref().unwrap_or(&recognised.mapping));
    let mut orders = std::mem::take(&mut rows.orders.table);
    let (products, lines) = std::mem::take(&mut rows.lines).finish(moved.as_deref());
    let (currencies, states) = sums(&orders);
    let by_name = rows.cells.by_name;
    note_totals(&mut rows.warnings, &orders, &states, &mapping);
    if currencies.len() > 1 {
        rows.warnings.add(WarningCode::SeveralCurrencies, currencies.len() as u64);
    }
    if answers.mapping.is_none() {
        for &(role, column) in &recognised.assumed {
            let detail = format!("{}\n{}", role.code(), recognised.columns[column]);
            rows.warnings.add_word(WarningCode::ColumnAssumed, orders.len() as u64, &detail);
        }
    }
    let keep = leave_customers_with_orders(&mut orders, rows.customers.len());
    let customers = rows.customers.finish(&keep);
    let ambiguous = rows.warnings.count(WarningCode::AmbiguousDates) > 0;
    rows.left.sort();
    if by_name == Some(true) || by_name.is_some() && customers.is_empty() {
        rows.warnings.add(WarningCode::WeakIdentity, orders.len() as u64);
    }
    let suggestions = suggestions::find(&customers);
    rows.warnings.add(WarningCode::MergeSuggestions, suggestions.len() as u64);
    let report = Report {
        kind: RecordKind::Orders,
        records: 0,
        platform: recognised.platform,
        rows: rows.seen,
        rows_used: rows.used,
        orders: orders.len() as u64,
        customers: customers.len() as u64,
        rejected: rows.left.rejected,
        rejected_count: rows.left.rejected_count,
        skipped: rows.left.skipped,
        skipped_count: rows.left.skipped_count,
        questions: questions(recognised, ambiguous, by_name, &customers),
        warnings: rows.warnings.into_list(orders.len() as u64),
        content_hash,
        states,
        currencies,
        span: span(&orders),
        offsets: rows.cells.offsets.into_pairs(),
        suggestions,
    };
    Batch { orders, customers, products, lines, people: PeopleTables::default(), report }
}

/// Gives orders the sums of their lines as totals, and takes those out that are refunds.
fn sum_lines(rows: &mut Rows, context: &Context) -> Option<Vec<Option<u32>>> {
    take_off_parts(rows);
    let table = &mut rows.orders.table;
    let mut keep = vec![true; table.len()];
    let mut refunds = Vec::new();
    for (order, sum) in rows.sums.iter().enumerate() {
        // Thousandths to minor units, rounded once.
        let half = if sum.amount < 0 { -500 } else { 500 };
        let total = i64::try_from((sum.amount + half) / 1_000).unwrap_or(i64::MAX);
        table.total[order] = total.max(0);
        table.refunded[order] = table.refunded[order].min(total.max(0));
        if total < 0 {
            keep[order] = false;
            let value = match table.currency_of(order) {
                Some(currency) => Money::from_minor(total, currency).to_string(),
                None => plain_decimal(total, context.currency.decimals()),
            };
            refunds.push((sum.first_line, sum.rows, value, table.number.get(order).to_owned()));
        }
    }
    if refunds.is_empty() {
        return None;
    }
    for (line, count, value, number) in refunds {
        rows.reject(line, RejectReason::NegativeTotal(value), &number);
        // All rows of the refund, of which one is in the list.
        rows.left.rejected_count += u64::from(count - 1);
        rows.used -= u64::from(count);
    }
    Some(rows.orders.retain(&keep))
}

/// Gives orders whose rows have amounts of lines what was refunded of them. Lines that were cancelled
/// or not paid count as refunded, unless the whole order was.
fn take_off_parts(rows: &mut Rows) {
    let refunds_add_up = rows.refund_votes.model() == RowAmounts::LineAmount;
    let (table, mut not_counted) = (&mut rows.orders.table, 0);
    for (order, part) in rows.parts.iter().enumerate() {
        if refunds_add_up {
            table.refunded[order] = part.refunded;
        }
        if part.counts && part.void != 0 {
            not_counted += 1;
            let (refunded, void) = (table.refunded[order], part.void.max(0));
            // The whole order's refund has the void lines in it, unless it is too small for them.
            let is_in_it = !refunds_add_up && refunded >= void;
            table.refunded[order] = if is_in_it { refunded } else { refunded.saturating_add(void) };
        }
        if part.counts {
            table.flags[order] = table.flags[order].of_time();
        }
    }
    rows.warnings.add(WarningCode::LinesNotCounted, not_counted);
}

/// Says how the amounts of orders on several rows were taken.
fn note_row_amounts(rows: &mut Rows) {
    let code = match rows.row_amounts {
        RowAmounts::LineAmount => WarningCode::LineAmountsAdded,
        RowAmounts::OrderTotal => WarningCode::OrderTotalRepeated,
    };
    rows.warnings.add(code, rows.votes.with_several_amounts());
    rows.warnings.add(WarningCode::TotalOnFirstRow, rows.votes.with_blanks_only());
}

/// Numbers the customers who have orders anew, and gives their former rows. Without orders are those
/// whose only order was replaced by a later row, or turned out to be a refund.
fn leave_customers_with_orders(orders: &mut OrderTable, customers: usize) -> Vec<u32> {
    let mut new_row = vec![NO_CUSTOMER; customers];
    for &customer in orders.customer.iter().filter(|&&customer| customer != NO_CUSTOMER) {
        new_row[customer as usize] = 0;
    }
    let keep: Vec<u32> =
        (0..customers as u32).filter(|&row| new_row[row as usize] != NO_CUSTOMER).collect();
    if keep.len() < customers {
        (0_u32..).zip(&keep).for_each(|(new, &row)| new_row[row as usize] = new);
        for customer in orders.customer.iter_mut().filter(|customer| **customer != NO_CUSTOMER) {
            *customer = new_row[*customer as usize];
        }
    }
    keep
}

fn plain_decimal(minor: i64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let (sign, size) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs());
    match decimals {
        0 => format!("{sign}{size}"),
        _ => format!("{sign}{}.{:02$}", size / unit, size % unit, decimals as usize),
    }
}

/// Sums by currency, and the number of orders by state.
fn sums(orders: &OrderTable) -> (Vec<CurrencySums>, [u64; OrderState::ALL.len()]) {
    let empty = |&currency| CurrencySums {
        currency,
        orders: 0,
        valid_orders: 0,
        gross: 0,
        refunds: 0,
        net_valid: 0,
    };
    let mut sums: Vec<CurrencySums> = orders.currencies.iter().map(empty).collect();
    let mut states = [0; OrderState::ALL.len()];
    for row in 0..orders.len() {
        let state = orders.state(row);
        states[state as usize] += 1;
        let sum = &mut sums[usize::from(orders.currency[row])];
        sum.orders += 1;
        sum.gross = sum.gross.saturating_add(orders.total[row]);
        sum.refunds = sum.refunds.saturating_add(orders.refunded[row]);
        if state.counts() {
            sum.valid_orders += 1;
            sum.net_valid = sum.net_valid.saturating_add(orders.net(row));
        }
    }
    sums.retain(|sum| sum.orders > 0);
    (sums, states)
}

fn span(orders: &OrderTable) -> Option<(OrderTime, OrderTime)> {
    let first = (0..orders.len()).min_by_key(|&row| orders.at[row])?;
    let last = (0..orders.len()).max_by_key(|&row| orders.at[row])?;
    Some((orders.time(first), orders.time(last)))
}

/// How many orders name no currency.
fn unnamed(orders: &OrderTable) -> u64 {
    (0..orders.len()).filter(|&row| orders.currency_of(row).is_none()).count() as u64
}

fn note_totals(warnings: &mut Warnings, orders: &OrderTable, states: &[u64], mapping: &Mapping) {
    let count = orders.len() as u64;
    let nobody = orders.customer.iter().filter(|&&customer| customer == NO_CUSTOMER).count();
    let no_status = !mapping.has(Role::Status) && !mapping.has(Role::FulfilmentStatus);
    for (code, number) in [
        (WarningCode::NoIdentity, nobody as u64),
        (WarningCode::TestOrdersExcluded, states[OrderState::Test as usize]),
        (WarningCode::ZeroTotalOrders, states[OrderState::ZeroTotal as usize]),
        (
            WarningCode::CurrencyMissing,
            if mapping.has(Role::Currency) { 0 } else { unnamed(orders) },
        ),
        (WarningCode::StatusMissing, if no_status { count } else { 0 }),
        (WarningCode::NumbersMadeUp, if mapping.has(Role::OrderNumber) { 0 } else { count }),
    ] {
        warnings.add(code, number);
    }
}

fn questions(
    recognised: &Recognised,
    ambiguous: bool,
    by_name: Option<bool>,
    customers: &CustomerTable,
) -> Vec<Question> {
    let is_asked = |question: &&Question| match question {
        Question::DateOrder { .. } => ambiguous,
        // Was answered, or there would be no batch; or depends on what the cells hold.
        Question::Mapping { .. } | Question::Identity { .. } | Question::Consent { .. } => false,
    };
    let mut questions: Vec<Question> =
        recognised.questions.iter().filter(is_asked).cloned().collect();
    if customers.is_empty() || by_name == Some(true) {
        questions.push(Question::Identity { by_name });
    }
    questions
}
