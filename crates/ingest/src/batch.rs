//! The end of a reading: tables without what turned out wrong, and the report on them.

use crate::answers::Answers;
use crate::platforms::Quirk;
use crate::recognise::Recognised;
use crate::refunds::{self, marked};
use crate::report::{CurrencySums, Question, Report};
use crate::role::{Mapping, Role};
use crate::row_amounts::{Parts, RowAmounts};
use crate::rows::Rows;
use crate::suggestions;
use crate::warnings::{WarningCode, Warnings};
use model::{
    CustomerTable, LineTable, NO_CUSTOMER, OrderFlags, OrderState, OrderTable, OrderTime, Part,
    PeopleTables, ProductTable, RecordKind, TextColumn,
};
use std::collections::HashSet;

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
    content_hash: u128,
) -> Batch {
    rows.end_group();
    rows.customers.settle(&mut rows.orders.table.customer);
    if rows.sums_lines {
        sum_lines(&mut rows);
    }
    settle_refunds(&mut rows);
    note_torn(&mut rows);
    note_row_amounts(&mut rows);
    let mapping = Mapping::new(answers.mapping.as_ref().unwrap_or(&recognised.mapping));
    let mut orders = std::mem::take(&mut rows.orders.table);
    let (products, lines) = std::mem::take(&mut rows.lines).finish();
    let (mut currencies, states) = sums(&orders);
    for &(order, amount) in &rows.unsold {
        let currency = orders.currency_of(order);
        if let Some(sum) = currencies.iter_mut().find(|it| it.currency == currency) {
            sum.refunds -= amount;
        }
    }
    let count: u64 = currencies.iter().map(|it| it.orders).sum();
    let by_name = rows.cells.by_name;
    let part = rows.profile.part;
    if part.is_none() {
        note_totals(&mut rows.warnings, &orders, &states, &mapping);
    }
    note_currencies(&mut rows, &currencies, &mapping);
    if answers.mapping.is_none() {
        note_assumed(&mut rows.warnings, recognised, count);
    }
    note_shared_key(&mut rows, &orders);
    let keep = leave_customers_with_orders(&mut orders, rows.customers.len());
    let buyers = buyers(&orders, keep.len());
    let customers = rows.customers.finish(&keep);
    let ambiguous = rows.warnings.count(WarningCode::AmbiguousDates) > 0;
    rows.left.sort();
    if by_name == Some(true) || by_name.is_some() && customers.is_empty() {
        rows.warnings.add(WarningCode::WeakIdentity, count);
    }
    let suggestions = suggestions::find(&customers);
    rows.warnings.add(WarningCode::MergeSuggestions, suggestions.len() as u64);
    let mut report = Report {
        kind: RecordKind::Orders,
        records: 0,
        platform: recognised.platform,
        rows: rows.seen,
        rows_used: rows.used,
        orders: count,
        customers: buyers,
        rejected: rows.left.rejected,
        rejected_count: rows.left.rejected_count,
        skipped: rows.left.skipped,
        skipped_count: rows.left.skipped_count,
        questions: questions(
            recognised,
            ambiguous,
            by_name,
            part.is_some() || !customers.is_empty(),
        ),
        warnings: rows.warnings.into_list(count),
        content_hash,
        states,
        currencies,
        span: span(&orders, rows.cells.future()),
        offsets: rows.cells.offsets.into_pairs(),
        suggestions,
    };
    if let Some(part) = part {
        leave_what_it_tells(&mut report, part, &customers);
    }
    Batch { orders, customers, products, lines, people: PeopleTables::default(), report }
}

/// Says which currencies the amounts are in, where a table has amounts.
fn note_currencies(rows: &mut Rows, currencies: &[CurrencySums], mapping: &Mapping) {
    let names_currency = mapping.has(Role::Currency) || !rows.profile.tells_amounts();
    if let Some(usual) = rows.cells.usual_currency().filter(|_| !names_currency) {
        let of_it = currencies.iter().filter(|it| it.currency == Some(usual)).map(|it| it.orders);
        rows.warnings.add_word(WarningCode::CurrencyOfPlatform, of_it.sum(), usual.code());
    }
    rows.warnings.add(WarningCode::NoGoods, rows.cells.no_goods);
    if currencies.len() > 1 {
        rows.warnings.add(WarningCode::SeveralCurrencies, currencies.len() as u64);
    }
}

/// Says which columns were taken for what their headers may mean.
fn note_assumed(warnings: &mut Warnings, recognised: &Recognised, count: u64) {
    for &(role, column) in &recognised.assumed {
        let detail = format!("{}\n{}", role.code(), recognised.columns[column]);
        warnings.add_word(WarningCode::ColumnAssumed, count, &detail);
    }
}

/// Leaves of a report what a table that has not all of an order tells. Each order and each customer
/// is counted by one of the tables alone.
fn leave_what_it_tells(report: &mut Report, part: Part, customers: &CustomerTable) {
    report.states = [0; OrderState::ALL.len()];
    report.suggestions.clear();
    if part != Part::Orders {
        report.orders = 0;
    }
    report.customers = 0;
    if part == Part::Accounts {
        let people: HashSet<&str> = customers.name.iter().collect();
        report.customers = people.len() as u64;
    }
    if !part.tells_time() {
        report.span = None;
    }
}

/// Gives orders the sums of their lines as totals. Those below nothing are no orders but refunds.
fn sum_lines(rows: &mut Rows) {
    let table = &mut rows.orders.table;
    let mut is_below = false;
    for (order, sum) in rows.sums.iter().enumerate() {
        // Thousandths to minor units, rounded once.
        let half = if sum.amount < 0 { -500 } else { 500 };
        let total = i64::try_from((sum.amount + half) / 1_000).unwrap_or(i64::MAX);
        table.total[order] = total;
        table.refunded[order] = table.refunded[order].min(total.max(0));
        if total < 0 {
            is_below = true;
            rows.warnings.note(WarningCode::RefundWithoutOrder, sum.first_line);
        }
    }
    take_off_parts(rows);
    let numbered = rows.profile.has(Quirk::RefundsAreNumbered);
    if is_below && !numbered {
        let table = &mut rows.orders.table;
        let numbers = table.number.iter().zip(&table.total);
        let mut renamed = TextColumn::new();
        numbers.for_each(|(number, &total)| renamed.push(&marked(number, total >= 0)));
        table.number = renamed;
    }
}

/// Gives orders whose rows have amounts of lines what was refunded of them. Lines that were cancelled
/// or not paid count as refunded, unless the whole order was.
fn take_off_parts(rows: &mut Rows) {
    let refunds_add_up = rows.refund_votes.model() == RowAmounts::LineAmount;
    let (table, mut not_counted, mut in_several_ways) = (&mut rows.orders.table, 0, 0);
    for (order, part) in rows.parts.iter().enumerate() {
        let total = table.total[order];
        let mut refunded = if refunds_add_up { part.refunded } else { table.refunded[order] };
        if part.counts && part.void != 0 {
            not_counted += 1;
            let void = part.void.max(0);
            // The whole order's refund has the void lines in it, unless it is too small for them.
            let is_in_it = !refunds_add_up && refunded >= void;
            if !is_in_it {
                refunded = refunded.saturating_add(void);
                let unsold = (void - part.given_back.max(0)).min(total);
                rows.unsold.extend((unsold > 0).then_some((order, unsold)));
            }
        } else if part.void != 0 {
            refunded = refunded.max(part.given_back);
        }
        in_several_ways += u64::from(!part.counts && part.fates.bits().count_ones() > 1);
        table.refunded[order] = refunded.clamp(0, total.max(0));
        let of_time = table.flags[order].of_time();
        table.flags[order] = if part.counts { of_time } else { of_time.with(void_state(part)) };
    }
    rows.warnings.add(WarningCode::LinesNotCounted, not_counted);
    rows.warnings.add(WarningCode::FailedInSeveralWays, in_several_ways);
}

/// What an order is of which no line counts: cancelled, if each was; else of what was given back
/// something had been paid.
fn void_state(part: &Parts) -> OrderFlags {
    let all = part.common_states.unwrap_or_default();
    let order = [
        (part.states, OrderFlags::TEST),
        (all, OrderFlags::CANCELLED),
        (part.states, OrderFlags::REFUNDED),
        (part.states, OrderFlags::CANCELLED),
        (part.states, OrderFlags::UNPAID),
    ];
    let found = order.into_iter().find(|(states, state)| states.has(*state));
    found.map_or(OrderFlags::PAID, |(_, state)| state)
}

/// Gives refunds in rows of their own to their orders.
fn settle_refunds(rows: &mut Rows) {
    let refunds: refunds::Refunds = std::mem::take(&mut rows.refunds);
    let numbered = rows.profile.has(Quirk::RefundsAreNumbered);
    refunds.settle(numbered, &mut rows.orders, &mut rows.warnings);
}

/// Counts the orders that are kept though one of their rows was rejected.
fn note_torn(rows: &mut Rows) {
    for (number, line) in std::mem::take(&mut rows.torn) {
        if rows.orders.find(&number).is_ok() {
            rows.warnings.note(WarningCode::LinesLost, line);
        }
    }
}

/// A key on so many orders, and on such a share of those that have one, is hardly one customer's.
const SHARED_ORDERS: u64 = 50;
const SHARED_PERCENT: u64 = 20;
/// Of a shop with fewer customers each may have a large share.
const SEVERAL_CUSTOMERS: usize = 10;

/// Names a key that stands on an implausible share of the orders.
fn note_shared_key(rows: &mut Rows, orders: &OrderTable) {
    let mut orders_of = vec![0_u64; rows.customers.len()];
    for &customer in orders.customer.iter().filter(|&&it| it != NO_CUSTOMER) {
        orders_of[customer as usize] += 1;
    }
    if orders_of.iter().filter(|&&orders| orders > 0).count() < SEVERAL_CUSTOMERS {
        return;
    }
    let known: u64 = orders_of.iter().sum();
    for (customer, &orders) in orders_of.iter().enumerate() {
        if orders >= SHARED_ORDERS && orders * 100 >= known * SHARED_PERCENT {
            let key = rows.customers.key(customer).to_owned();
            rows.warnings.add_word(WarningCode::SharedKey, orders, &key);
        }
    }
}

/// How many customers ordered; the others have refunds only.
fn buyers(orders: &OrderTable, customers: usize) -> u64 {
    let mut has_ordered = vec![false; customers];
    for row in (0..orders.len()).filter(|&row| !orders.is_refund(row)) {
        if let Some(has) = has_ordered.get_mut(orders.customer[row] as usize) {
            *has = true;
        }
    }
    has_ordered.iter().filter(|&&has| has).count() as u64
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

/// Sums by currency, and the number of orders by state.
fn sums(orders: &OrderTable) -> (Vec<CurrencySums>, [u64; OrderState::ALL.len()]) {
    let empty = |&currency| CurrencySums {
        currency,
        orders: 0,
        valid_orders: 0,
        gross: 0,
        refunds: 0,
        net_valid: 0,
        refund_documents: 0,
        refunded_by_documents: 0,
    };
    let mut sums: Vec<CurrencySums> = orders.currencies.iter().map(empty).collect();
    let mut states = [0; OrderState::ALL.len()];
    for row in 0..orders.len() {
        let state = orders.state(row);
        let is_listed = !orders.is_refund(row) || state == OrderState::Refund;
        states[state as usize] += u64::from(is_listed);
        let sum = &mut sums[usize::from(orders.currency[row])];
        if orders.is_refund(row) {
            // One that was never made is none.
            let is_made = state == OrderState::Refund;
            sum.refund_documents += u64::from(is_made);
            sum.refunded_by_documents -= if is_made { orders.total[row] } else { 0 };
            continue;
        }
        sum.orders += 1;
        sum.gross = sum.gross.saturating_add(orders.total[row]);
        sum.refunds = sum.refunds.saturating_add(orders.refunded[row]);
        if state.counts() {
            sum.valid_orders += 1;
            sum.net_valid = sum.net_valid.saturating_add(orders.net(row));
        }
    }
    sums.retain(|sum| sum.orders + sum.refund_documents > 0);
    (sums, states)
}

/// The first and the last order that is not in the future: a mistyped year would stretch it over
/// centuries. Of orders that are all in the future it is theirs.
fn span(orders: &OrderTable, future: i64) -> Option<(OrderTime, OrderTime)> {
    let is_order = |row: &usize| !orders.is_refund(*row);
    let has_been = (0..orders.len()).any(|row| is_order(&row) && orders.at[row] < future);
    let counts = |row: &usize| is_order(row) && (!has_been || orders.at[*row] < future);
    let rows = || (0..orders.len()).filter(counts);
    let first = rows().min_by_key(|&row| orders.at[row])?;
    let last = rows().max_by_key(|&row| orders.at[row])?;
    Some((orders.time(first), orders.time(last)))
}

/// How many orders name no currency.
fn unnamed(orders: &OrderTable) -> u64 {
    let rows = (0..orders.len()).filter(|&row| !orders.is_refund(row));
    rows.filter(|&row| orders.currency_of(row).is_none()).count() as u64
}

fn note_totals(warnings: &mut Warnings, orders: &OrderTable, states: &[u64], mapping: &Mapping) {
    let rows = || (0..orders.len()).filter(|&row| !orders.is_refund(row));
    let count = rows().count() as u64;
    let nobody = rows().filter(|&row| orders.customer[row] == NO_CUSTOMER).count();
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
    has_customers: bool,
) -> Vec<Question> {
    let is_asked = |question: &&Question| match question {
        Question::DateOrder { .. } => ambiguous,
        // Was answered, or there would be no batch; or depends on what the cells hold.
        Question::Mapping { .. } | Question::Identity { .. } | Question::Consent { .. } => false,
    };
    let mut questions: Vec<Question> =
        recognised.questions.iter().filter(is_asked).cloned().collect();
    if !has_customers || by_name == Some(true) {
        questions.push(Question::Identity { by_name });
    }
    questions
}
