//! Rows that give money back.

use super::Rows;
use crate::amounts::may_be_negative;
use crate::cells::Row;
use crate::dates::Reading;
use crate::left_out::{Left, RejectReason, SkipKind};
use crate::oddities::is_rounded;
use crate::orders::OrderFacts;
use crate::platforms::Quirk;
use crate::refunds::Refund;
use crate::role::Role;
use crate::warnings::WarningCode;
use model::{NO_CUSTOMER, OrderFlags};

impl Rows {
    /// Takes in a row that gives money back.
    pub(super) fn take_refund(&mut self, row: Row<'_>, number: &str) -> Result<(), Left> {
        if number.is_empty() {
            return Err(RejectReason::NoOrderNumber.into());
        }
        if is_rounded(number) {
            return Err(RejectReason::DamagedOrderNumber(number.to_owned()).into());
        }
        let reading = self.cells.time(row)?;
        let facts = self.amounts(row)?;
        self.put_refund(row, number, reading, facts)
    }

    pub(super) fn put_refund(
        &mut self,
        row: Row<'_>,
        number: &str,
        reading: Reading,
        facts: OrderFacts<'_>,
    ) -> Result<(), Left> {
        if row.mapping.has(Role::OrderNumber) && !self.refunds.is_new(row.record.raw) {
            self.warnings.note(WarningCode::DuplicateRows, row.line);
            return Err(Left::Skipped(SkipKind::Duplicate));
        }
        let (at, is_wall) = self.cells.note_time(reading, row.line, &mut self.warnings);
        let is_known = !self.profile.has(Quirk::RefundsAreFromShop)
            && self.cells.customer(row, at, &mut self.customers, &mut self.warnings);
        let customer = self.customers.settle(&mut self.orders.table.customer);
        let clock = if is_wall { OrderFlags::WALL_TIME } else { OrderFlags::default() };
        let of = row.cell(Role::RefundOf);
        self.refunds.push(Refund {
            line: row.line,
            number: number.to_owned(),
            of: if of.is_empty() { number } else { of }.to_owned(),
            amount: facts.total.saturating_abs(),
            at,
            flags: facts.flags.with(clock),
            currency: facts.currency,
            customer: customer.filter(|_| is_known).unwrap_or(NO_CUSTOMER),
        });
        Ok(())
    }

    /// Whether a row's amount is below nothing.
    pub(super) fn is_negative(&mut self, row: Row<'_>) -> bool {
        let text = row.cell(Role::Total);
        // What kind of currency it is makes no difference to that.
        may_be_negative(text)
            && self.cells.amount(row, Role::Total, 2).is_ok_and(|it| it.is_some_and(|it| it < 0))
    }
}
