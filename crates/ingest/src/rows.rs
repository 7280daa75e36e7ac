//! From rows to orders: which row is an order, a further line, a repetition, or wrong.

use crate::amounts::may_be_negative;
use crate::cells::{Cells, Row};
use crate::customers::Customers;
use crate::groups::Groups;
use crate::header::value;
use crate::left_out::{KEPT_ROWS, Left, LeftOut, RejectReason, SkipKind};
use crate::oddities::is_rounded;
use crate::orders::{Lines, OrderFacts, Orders};
use crate::platforms::{Event, Profile, Quirk, RowModel};
use crate::recognise::Recognised;
use crate::refunds::Refunds;
use crate::role::{Mapping, Role};
use crate::row_amounts::{Copies, Parts, RowAmounts, Votes};
use crate::row_checks::{check_width, note_odd_text};
use crate::splitter::Record;
use crate::warnings::{WarningCode, Warnings};
use crate::words;
use model::{NO_CUSTOMER, OrderFlags};
use std::collections::HashMap;
use std::rc::Rc;
use xxhash_rust::xxh3::xxh3_64;

mod further;
mod given_back;
mod numbers;
mod reused;

/// Sums of orders whose source gives amounts of lines, in thousandths of minor units.
#[derive(Debug, Default)]
pub(crate) struct Summed {
    pub amount: i128,
    pub first_line: u32,
    pub rows: u32,
}

/// Everything read so far.
#[derive(Debug)]
pub(crate) struct Rows {
    mapping: Rc<Mapping>,
    /// Whether an order's total is the sum of what its rows have.
    pub sums_lines: bool,
    pub row_amounts: RowAmounts,
    /// What the rows of orders say of the column of totals, and of that of refunds.
    pub votes: Votes,
    pub refund_votes: Votes,
    /// Where rows of one order need not differ in what is read of them.
    copies: Option<Copies>,
    /// Whom each order is of, where an order may have several rows; else empty.
    buyers: Vec<reused::Buyer>,
    /// One an order, where amounts are those of lines; else empty.
    pub parts: Vec<Parts>,
    columns: Vec<String>,
    pub profile: &'static Profile,
    /// Every row is a refund.
    is_refunds: bool,
    pub cells: Cells,
    pub orders: Orders,
    pub lines: Lines,
    pub customers: Customers,
    pub warnings: Warnings,
    /// One an order, where totals are sums of lines; else empty.
    pub sums: Vec<Summed>,
    pub seen: u64,
    pub used: u64,
    pub left: LeftOut,
    /// Refunds in rows of their own.
    pub refunds: Refunds,
    /// Numbers of orders of which a row was rejected, with its line.
    pub torn: Vec<(String, u32)>,
    /// Of orders that count, what of their total was cancelled or never paid, and so not refunded.
    pub unsold: Vec<(usize, i64)>,
    groups: Groups,
    /// The number of the latest order as its rows give it, and its row in the table.
    latest: (String, usize),
    /// Hash of the source's id, one an order, where it gives ids.
    source_ids: Vec<u64>,
    /// How often a row came, where numbers are made of rows.
    occurrences: HashMap<u64, u32>,
    /// Columns that a person may have typed anything into.
    free_text: Vec<usize>,
    /// A quote stayed open to the end of the file: what is short now was cut.
    pub is_torn: bool,
}

impl Rows {
    pub fn new(
        mapping: Mapping,
        columns: Vec<String>,
        recognised: &Recognised,
        row_amounts: RowAmounts,
        cells: Cells,
        (orders, lines, customers): (Orders, Lines, Customers),
    ) -> Rows {
        let profile = recognised.platform.profile();
        let is_open = profile.row_model != RowModel::FirstRow
            && mapping.has(Role::OrderNumber)
            && (mapping.has(Role::Total) || !profile.tells_amounts());
        let row_amounts = if is_open { row_amounts } else { RowAmounts::OrderTotal };
        let known = |column: usize| {
            let mut roles = Role::ALL.iter().filter(|role| !role.is_free_text());
            roles.any(|&role| {
                mapping.column(role) == Some(column) || mapping.others(role).any(|c| c == column)
            })
        };
        Rows {
            free_text: (0..columns.len()).filter(|&column| !known(column)).collect(),
            sums_lines: mapping.sums_lines() || row_amounts == RowAmounts::LineAmount,
            row_amounts,
            votes: Votes::default(),
            refund_votes: Votes::default(),
            copies: is_open.then(|| Copies::with_capacity(orders.table.at.capacity())),
            buyers: Vec::with_capacity(if is_open { orders.table.at.capacity() } else { 0 }),
            parts: Vec::new(),
            mapping: Rc::new(mapping),
            columns,
            profile,
            is_refunds: recognised.is_refunds,
            cells,
            orders,
            lines,
            customers,
            warnings: Warnings::new(),
            sums: Vec::new(),
            seen: 0,
            used: 0,
            left: LeftOut::default(),
            refunds: Refunds::default(),
            torn: Vec::new(),
            unsold: Vec::new(),
            groups: Groups::default(),
            latest: (String::new(), usize::MAX),
            source_ids: Vec::new(),
            occurrences: HashMap::new(),
            is_torn: false,
        }
    }

    /// Takes a row in, and counts it as what it is. `terminated`: a line end closes it.
    pub fn take(&mut self, record: Record<'_>, line: u32, terminated: bool) {
        self.seen += 1;
        match self.read(record, line, terminated) {
            Ok(()) => {
                self.used += 1;
                self.look_for_formulas(record, line);
            }
            Err(Left::Skipped(kind)) => {
                if kind == SkipKind::NoSale {
                    self.warnings.note(WarningCode::NoSales, line);
                }
                self.left.skip(line, kind);
            }
            Err(Left::Rejected(_)) if self.is_total_row(record) => {
                self.warnings.note(WarningCode::TotalsRowSkipped, line);
                self.left.skip(line, SkipKind::TotalRow);
            }
            Err(Left::Rejected(_)) if record.iter().eq(self.columns.iter().map(String::as_str)) => {
                self.end_group();
                self.left.skip(line, SkipKind::RepeatedHeader);
            }
            Err(Left::Rejected(reason)) => {
                let column = self.column_at_fault(record, &reason);
                self.note_masked_if_whole(record, line, &reason);
                self.note_reject(record, line, &reason);
                self.left.reject(
                    line,
                    reason,
                    column.map_or("", |at| &self.columns[at]),
                    record.raw,
                );
            }
        }
    }

    /// Counts a row as wrong, and keeps it with the reason.
    pub fn reject(&mut self, line: u32, reason: RejectReason, raw: &str) {
        self.left.reject(line, reason, "", raw);
    }

    fn note_reject(&mut self, record: Record<'_>, line: u32, reason: &RejectReason) {
        match reason {
            RejectReason::CutOff => self.warnings.note(WarningCode::FileCutOff, line),
            RejectReason::DamagedOrderNumber(_) => {
                self.warnings.note(WarningCode::IdsDamaged, line);
            }
            RejectReason::NoOrderNumber
            | RejectReason::NumberReused
            | RejectReason::LineWithoutOrder => {}
            _ => {
                let number = self.mapping.column(Role::OrderNumber);
                let number = number.map_or("", |at| value(record.get(at)));
                if !number.is_empty() && self.torn.len() < KEPT_ROWS {
                    self.torn.push((number.to_owned(), line));
                }
            }
        }
    }

    fn note_masked(&mut self, row: Row<'_>) {
        if self.cells.hides_its_person(row) {
            self.warnings.note(WarningCode::MaskedIdentity, row.line);
        }
    }

    /// Notes the masked person of a rejected row whose cells are in their places.
    fn note_masked_if_whole(&mut self, record: Record<'_>, line: u32, reason: &RejectReason) {
        if matches!(
            reason,
            RejectReason::CutOff
                | RejectReason::TooFewFields { .. }
                | RejectReason::TooManyFields { .. }
                | RejectReason::TooLong
        ) {
            return;
        }
        let mapping = Rc::clone(&self.mapping);
        self.note_masked(Row { record, line, mapping: &mapping });
    }

    /// The column whose cell is at fault: the first with a role that has the very text.
    fn column_at_fault(&self, record: Record<'_>, reason: &RejectReason) -> Option<usize> {
        let text = reason.value()?;
        let mut columns = Role::ALL.iter().filter_map(|&role| self.mapping.column(role));
        columns.find(|&at| value(record.get(at)) == text)
    }

    /// A sum of rows names itself so, and stands without a date.
    fn is_total_row(&self, record: Record<'_>) -> bool {
        let mut filled = record.iter().filter(|cell| !cell.trim().is_empty());
        if filled.next().is_some_and(words::is_trailer) && filled.next().is_none() {
            return true;
        }
        let date = self.mapping.column(Role::OrderedAt).map_or("", |at| value(record.get(at)));
        (date.is_empty() || words::is_total(date)) && record.iter().any(words::is_total)
    }

    fn read(&mut self, record: Record<'_>, line: u32, terminated: bool) -> Result<(), Left> {
        check_width(record, self.columns.len(), !terminated || self.is_torn)?;
        let mapping = Rc::clone(&self.mapping);
        self.read_mapped(Row { record, line, mapping: &mapping })
    }

    fn read_mapped(&mut self, row: Row<'_>) -> Result<(), Left> {
        if row.mapping.has(Role::Event) {
            match self.cells.event(row) {
                Event::Sale => {}
                Event::SaleIfReceived if !may_be_negative(row.cell(Role::Total)) => {}
                Event::SaleIfReceived | Event::Other => {
                    return Err(Left::Skipped(SkipKind::NoSale));
                }
                Event::Refund => return self.take_refund(row, row.cell(Role::OrderNumber)),
            }
        } else if self.is_refunds {
            return self.take_refund(row, row.cell(Role::OrderNumber));
        }
        if !row.mapping.has(Role::OrderNumber) {
            let number = self.made_up_number(row);
            return self.read_order(row, &number);
        }
        let number = row.cell(Role::OrderNumber);
        let number = if number.is_empty() { row.cell(Role::OtherNumber) } else { number };
        if number.is_empty() {
            return self.row_without_number(row);
        }
        if is_rounded(number) {
            return Err(RejectReason::DamagedOrderNumber(number.to_owned()).into());
        }
        let is_further = self.is_first_row()
            && row.cell(Role::Total).is_empty()
            && row.cell(Role::Status).is_empty();
        if is_further {
            let order = self.order_of(number).ok().ok_or(RejectReason::LineWithoutOrder)?;
            return self.add_line(order, row).map(|_| ());
        }
        if row.mapping.has(Role::SourceId) {
            let number = self.distinct_number(row, number);
            return self.read_order(row, &number);
        }
        self.read_order(row, number)
    }

    /// Whether order fields stand on an order's first row only.
    fn is_first_row(&self) -> bool {
        self.profile.row_model == RowModel::FirstRow
    }

    fn read_order(&mut self, row: Row<'_>, number: &str) -> Result<(), Left> {
        let found = self.orders.find(number);
        match found {
            Ok(order) if !self.is_first_row() && self.further_row(row, order)? => {
                // The first row of the order was noted, if it is of a masked person.
                if self.warnings.count(WarningCode::MaskedIdentity) > 0 {
                    self.note_masked(row);
                }
                return Ok(());
            }
            _ => {}
        }
        let reading = self.cells.time(row)?;
        let mut facts = self.amounts(row)?;
        if facts.total < 0 && !self.sums_lines {
            return self.put_refund(row, number, reading, facts);
        }
        let decimals = self.cells.decimals(self.orders.table.currencies[facts.currency as usize]);
        let line =
            if row.mapping.has_goods() { Some(self.cells.line(row, decimals)?) } else { None };
        let once = if row.mapping.has(Role::AddedOnce) && self.sums_lines {
            self.cells.sum(row, Role::AddedOnce, decimals)?
        } else {
            0
        };
        let (at, is_wall) = self.cells.note_time(reading, row.line, &mut self.warnings);
        facts.at = at;
        if is_wall {
            facts.flags = facts.flags.with(OrderFlags::WALL_TIME);
        }
        let is_known = self.cells.customer(row, at, &mut self.customers, &mut self.warnings);
        let order = match found {
            Err(hash) => {
                let order = self.new_order(row, number, hash, &facts);
                if is_known {
                    self.customers.belongs_to(order, &mut self.orders.table.customer);
                }
                order
            }
            Ok(order) => {
                let customer = self.customers.settle(&mut self.orders.table.customer);
                facts.customer = customer.filter(|_| is_known).unwrap_or(NO_CUSTOMER);
                self.repeated_order(row, order, &facts)?;
                order
            }
        };
        facts.total = facts.total.saturating_add(once);
        self.add_first(order, row, &facts, line);
        Ok(())
    }

    fn new_order(
        &mut self,
        row: Row<'_>,
        number: &str,
        hash: u64,
        facts: &OrderFacts<'_>,
    ) -> usize {
        let order = self.orders.push(number, hash, facts);
        if let Some(copies) = &mut self.copies {
            copies.begin(row.record.raw);
        }
        if !self.is_first_row() && row.mapping.has(Role::OrderNumber) {
            self.buyers.push(reused::buyer(row));
        }
        if row.mapping.has(Role::SourceId) {
            self.source_ids.push(xxh3_64(row.cell(Role::SourceId).as_bytes()));
            if number != row.cell(Role::OrderNumber) {
                self.warnings.note(WarningCode::NumberShared, row.line);
            }
        }
        if self.is_first_row() {
            self.latest.0.clear();
            self.latest.0.push_str(row.cell(Role::OrderNumber));
            self.latest.1 = order;
        }
        order
    }

    /// The order's facts but for its time and customer.
    fn amounts<'a>(&mut self, row: Row<'a>) -> Result<OrderFacts<'a>, RejectReason> {
        let currency = self.cells.currency(row)?;
        let decimals = self.cells.decimals(currency);
        let too_many = || RejectReason::UnknownCurrency(row.cell(Role::Currency).to_owned());
        let code = self.orders.currency_code(currency).ok_or_else(too_many)?;
        let mut flags = self.cells.flags(row, &mut self.warnings);
        let is_unsold = flags.has(OrderFlags::UNPAID) || flags.has(OrderFlags::CANCELLED);
        let mut total = match self.cells.total(row, decimals)? {
            Some(total) => total,
            None if row.mapping.sums_lines() || is_unsold || !self.profile.tells_amounts() => 0,
            None => return Err(RejectReason::NoAmount),
        };
        if total == 0 && is_unsold && row.mapping.has(Role::Due) {
            total = self.cells.amount(row, Role::Due, decimals)?.unwrap_or(0);
        }
        // Some sources write refunds and discounts as negative amounts.
        let mut refunded = self.cells.amount(row, Role::Refunded, decimals)?.unwrap_or(0).abs();
        if refunded > total && total >= 0 && !self.sums_lines {
            self.warnings.note(WarningCode::RefundAboveTotal, row.line);
            refunded = total;
        }
        if self.profile.has(Quirk::ClosedMayBePart) && (1..total).contains(&refunded) {
            flags = flags.without(OrderFlags::CANCELLED);
        }
        Ok(OrderFacts {
            at: 0,
            total,
            refunded,
            discount: self.cells.amount(row, Role::Discount, decimals)?.unwrap_or(0).abs(),
            currency: code,
            flags,
            customer: NO_CUSTOMER,
            channel: row.cell(Role::Channel),
        })
    }

    fn look_for_formulas(&mut self, record: Record<'_>, line: u32) {
        for &column in &self.free_text {
            note_odd_text(record.get(column), line, &mut self.warnings);
        }
    }
}
