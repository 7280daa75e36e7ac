//! Rows of an order that came before: further lines of it, the same once more, or contradictions.

use super::reused::buyer;
use super::{Rows, Summed};
use crate::cells::Row;
use crate::groups::{Opening, Outcome};
use crate::left_out::{Left, RejectReason, SkipKind};
use crate::orders::{LineFacts, OrderFacts};
use crate::platforms::{Quirk, RowModel};
use crate::role::Role;
use crate::row_amounts::{Parts, RowAmounts};
use crate::warnings::WarningCode;
use model::{OrderFlags, OrderTime};

/// Thousandths of minor units.
fn milli(minor: i64) -> i128 {
    i128::from(minor) * 1_000
}

/// Whether a row in this state is none that was bought and kept.
fn is_void(flags: OrderFlags) -> bool {
    flags.bits() & VOID > 0
}

/// Whether a further row leaves its order's state to the first: the columns of states are blank, or
/// there are none and the day is blank as well.
fn says_no_state(row: Row<'_>) -> bool {
    let has_states = [Role::Status, Role::FulfilmentStatus].iter().any(|&it| row.mapping.has(it));
    let columns = if has_states {
        [Role::Status, Role::FulfilmentStatus]
    } else {
        [Role::OrderedAt, Role::PaidAt]
    };
    columns.iter().all(|&role| row.cell(role).is_empty())
}

/// What became of a row that is none that was bought and kept.
fn fate(flags: OrderFlags) -> OrderFlags {
    let fates = [OrderFlags::TEST, OrderFlags::CANCELLED, OrderFlags::REFUNDED];
    fates.into_iter().find(|&it| flags.has(it)).unwrap_or(OrderFlags::UNPAID)
}

const VOID: u8 = OrderFlags::TEST.bits()
    | OrderFlags::CANCELLED.bits()
    | OrderFlags::UNPAID.bits()
    | OrderFlags::REFUNDED.bits();

/// Whether a row's amount is quantity times price, as a line's is.
fn is_like_a_line(amount: i64, line: &LineFacts<'_>) -> bool {
    amount != 0 && milli(amount) == line.worth()
}

impl Rows {
    /// Takes a further row of an order in. `false`: it is the order once more, and is to count in
    /// place of the earlier row.
    pub(super) fn further_row(&mut self, row: Row<'_>, order: usize) -> Result<bool, Left> {
        let adds = self.row_amounts == RowAmounts::LineAmount;
        if !self.sums_lines && self.is_negative(row) {
            return Ok(false);
        }
        if !self.profile.has(Quirk::NumbersAreUnique) && self.is_another_order(row, order) {
            let is_whole = !adds && !row.mapping.has_goods() && !row.cell(Role::Total).is_empty();
            if is_whole {
                return Ok(false);
            }
            self.warnings.note(WarningCode::NumberReused, row.line);
            return Err(RejectReason::NumberReused.into());
        }
        let Some(copies) = &mut self.copies else {
            self.add_line(order, row)?;
            return Ok(true);
        };
        let is_copy = copies.is_copy(order, row.record.raw);
        if self.profile.row_model == RowModel::Order && !is_copy {
            return Ok(false);
        }
        let is_whole = self.profile.row_model == RowModel::Order;
        if is_copy && (adds || is_whole || !row.mapping.has_goods()) {
            let code = if adds { WarningCode::DuplicateLines } else { WarningCode::DuplicateRows };
            self.warnings.note(code, row.line);
            return Err(Left::Skipped(SkipKind::Duplicate));
        }
        if adds {
            self.add_amount(order, row)?;
            return Ok(true);
        }
        let decimals = self.cells.decimals(self.orders.table.currency_of(order));
        if row.mapping.has_goods() {
            let line = self.add_line(order, row)?;
            if is_copy {
                self.groups.last_is_copy();
                if !row.cell(Role::Total).is_empty() {
                    self.votes.copy(order);
                }
            } else {
                self.weigh(order, row, Some(&line), decimals);
            }
            return Ok(true);
        }
        let Some(amount) = self.cells.total(row, decimals)? else {
            self.weigh(order, row, None, decimals);
            return Ok(true);
        };
        self.votes.further(order, self.orders.table.total[order], Some(amount), false);
        Ok(false)
    }

    /// An order that came before: the later row counts, unless it says the same.
    pub(super) fn repeated_order(
        &mut self,
        row: Row<'_>,
        order: usize,
        facts: &OrderFacts<'_>,
    ) -> Result<(), Left> {
        let changed = self.orders.replace(order, facts);
        if let Some(known) = self.buyers.get_mut(order) {
            *known = buyer(row);
        }
        if self.is_first_row() {
            // Its further rows come again, too: they tell whether anything is new.
            self.latest = (row.cell(Role::OrderNumber).to_owned(), order);
            self.end_group();
            let opening = if changed { Opening::OtherFacts } else { Opening::SameFacts };
            self.groups.begin(order, opening, self.lines.len());
            return Ok(());
        }
        if !changed {
            self.warnings.note(WarningCode::DuplicateRows, row.line);
            return Err(Left::Skipped(SkipKind::Duplicate));
        }
        if self.profile.row_model == RowModel::Order && row.mapping.has_goods() {
            // Its goods come again as well, and count in place of the earlier.
            self.end_group();
            self.groups.begin(order, Opening::OtherFacts, self.lines.len());
            return Ok(());
        }
        self.warnings.note(WarningCode::OrderTwice, row.line);
        Ok(())
    }

    /// Adds what the row of an order has beside the order's facts.
    pub(super) fn add_first(
        &mut self,
        order: usize,
        row: Row<'_>,
        facts: &OrderFacts<'_>,
        line: Option<LineFacts<'_>>,
    ) {
        if self.row_amounts == RowAmounts::LineAmount {
            self.parts.resize_with(order + 1, Parts::default);
            self.parts[order].first = facts.total;
            self.add_part(order, facts.total, facts.refunded, facts.flags);
            self.put_amount(order, row.line, facts.total, line);
        } else if let Some(line) = line {
            self.put_line(order, row.line, &line);
        }
        let is_like_a_line = line.is_some_and(|line| is_like_a_line(facts.total, &line));
        if is_like_a_line && self.copies.is_some() {
            self.votes.first_is_like_a_line(order);
        }
    }

    /// Adds a row whose amount is a part of its order's.
    fn add_amount(&mut self, order: usize, row: Row<'_>) -> Result<(), RejectReason> {
        let currency = self.orders.table.currency_of(order);
        let named = self.cells.currency(row)?;
        if named.is_some() && named != currency {
            let words = [Role::Currency, Role::Total].map(|role| row.cell(role));
            let words = words.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default();
            return Err(RejectReason::OtherCurrency(words.to_owned()));
        }
        let decimals = self.cells.decimals(currency);
        let amount = self.cells.total(row, decimals)?;
        let refunded = self.cells.amount(row, Role::Refunded, decimals)?.map(i64::abs);
        let line =
            if row.mapping.has_goods() { Some(self.cells.line(row, decimals)?) } else { None };
        let of_order = self.orders.table.flags[order];
        let mut flags = self.cells.flags(row, &mut self.warnings);
        if says_no_state(row) {
            flags = flags.with(of_order);
        } else if of_order.has(OrderFlags::TEST) {
            // No line of a trial order is bought.
            flags = flags.with(OrderFlags::TEST);
        }
        let part = self.parts[order];
        let like_a_line =
            line.zip(amount).is_some_and(|(line, amount)| is_like_a_line(amount, &line));
        self.votes.further(order, part.first, amount, like_a_line);
        let first_refunded = self.orders.table.refunded[order];
        if first_refunded != 0 || refunded.is_some_and(|refunded| refunded != 0) {
            self.refund_votes.further(order, first_refunded, refunded, false);
        }
        if self.profile.row_model == RowModel::Lines {
            self.note_earlier(order, row);
        }
        self.add_part(order, amount.unwrap_or(0), refunded.unwrap_or(0), flags);
        self.put_amount(order, row.line, amount.unwrap_or(0), line);
        Ok(())
    }

    /// An order is of the earliest time of its rows.
    fn note_earlier(&mut self, order: usize, row: Row<'_>) {
        let Ok(reading) = self.cells.time(row) else { return };
        let is_wall = self.orders.table.flags[order].has(OrderFlags::WALL_TIME);
        let ((OrderTime::Wall(at), true) | (OrderTime::Instant(at), false)) =
            (reading.time, is_wall)
        else {
            return;
        };
        let known = &mut self.orders.table.at[order];
        *known = at.min(*known);
    }

    fn add_part(&mut self, order: usize, amount: i64, refunded: i64, flags: OrderFlags) {
        let part = &mut self.parts[order];
        if is_void(flags) {
            part.void = part.void.saturating_add(amount);
            let common = part.common_states.unwrap_or(flags);
            part.common_states = Some(OrderFlags::from_bits(common.bits() & flags.bits()));
            part.states = part.states.with(flags);
            part.fates = part.fates.with(fate(flags));
            if flags.has(OrderFlags::REFUNDED) {
                part.given_back = part.given_back.saturating_add(amount);
            }
        } else {
            part.refunded = part.refunded.saturating_add(refunded);
            part.counts = true;
        }
    }

    /// Adds an amount to an order's sum, with the line of goods that it is for, if there is one.
    fn put_amount(&mut self, order: usize, at: u32, amount: i64, line: Option<LineFacts<'_>>) {
        self.sum(order, at, milli(amount));
        if let Some(line) = line {
            self.lines.push(order, &line);
        }
    }

    fn sum(&mut self, order: usize, at_line: u32, amount: i128) {
        if self.sums.len() <= order {
            self.sums.resize_with(order + 1, Summed::default);
        }
        let sum = &mut self.sums[order];
        if sum.rows == 0 {
            sum.first_line = at_line;
        }
        sum.rows += 1;
        sum.amount += amount;
    }

    /// Adds the line of goods on a further row.
    pub(super) fn add_line<'a>(
        &mut self,
        order: usize,
        row: Row<'a>,
    ) -> Result<LineFacts<'a>, Left> {
        let decimals = self.cells.decimals(self.orders.table.currency_of(order));
        let line = self.cells.line(row, decimals)?;
        self.put_line(order, row.line, &line);
        Ok(line)
    }

    /// Weighs what a further row says of its order beside the line of goods, if it has one, and
    /// counts it if it says otherwise.
    fn weigh(&mut self, order: usize, row: Row<'_>, line: Option<&LineFacts<'_>>, decimals: u32) {
        let table = &self.orders.table;
        let (total, refunded) = (table.total[order], table.refunded[order]);
        let (flags, currency) = (table.flags[order], table.currency_of(order));
        let amount = self.cells.total(row, decimals);
        if let Ok(amount) = amount {
            let like_a_line = amount.zip(line).is_some_and(|(it, line)| is_like_a_line(it, line));
            self.votes.further(order, total, amount, like_a_line);
        }
        let state = self.cells.state(row);
        let says = |role: Role| !row.cell(role).is_empty();
        let refund = self.cells.amount(row, Role::Refunded, decimals);
        let refund = refund.map(|it| it.map_or(refunded, |it| it.abs().min(total)));
        let contradicts = (says(Role::Total) && amount != Ok(Some(total)))
            || refund != Ok(refunded)
            || (says(Role::Currency) && self.cells.currency(row) != Ok(currency))
            || (says(Role::Status) || is_void(state)) && state.bits() & VOID != flags.bits() & VOID;
        if contradicts {
            self.warnings.note(WarningCode::RowsContradict, row.line);
        }
    }

    fn put_line(&mut self, order: usize, at_line: u32, line: &LineFacts<'_>) {
        if !self.groups.is_open(order) {
            self.end_group();
            self.groups.begin(order, Opening::Line, self.lines.len());
        }
        self.groups.add(at_line, line);
        if self.sums_lines {
            self.sum(order, at_line, line.worth());
        }
        self.lines.push(order, line);
    }

    /// Ends the rows of an order that stand together, and takes them back if they say nothing new.
    pub fn end_group(&mut self) {
        let Some((group, outcome)) = self.groups.end() else { return };
        if outcome != Outcome::Repeats {
            for &line in &group.copies {
                self.warnings.note(WarningCode::DuplicateLines, line);
            }
        }
        match outcome {
            Outcome::Adds => {}
            Outcome::Replaces => {
                self.lines.forget(group.order, group.lines_before);
                let first = group.rows.first().copied().unwrap_or_default();
                self.warnings.note(WarningCode::OrderTwice, first);
            }
            Outcome::Repeats => {
                self.lines.truncate(group.lines_before);
                if let Some(sum) = self.sums.get_mut(group.order) {
                    sum.amount -= group.amount;
                    sum.rows -= group.rows.len() as u32;
                }
                self.used -= group.rows.len() as u64;
                for &line in &group.rows {
                    self.warnings.note(WarningCode::DuplicateRows, line);
                    self.left.skip(line, SkipKind::Duplicate);
                }
            }
        }
        self.groups.recycle(group);
    }
}
