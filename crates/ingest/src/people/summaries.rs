//! Summaries: what a warehouse has worked out of each customer's orders, one row a customer.
//!
//! What can be checked is: a row whose days, counts and gaps contradict each other is left out.

use super::People;
use crate::cells::Row;
use crate::left_out::{Left, RejectReason};
use crate::report::CurrencySums;
use crate::role::Role;
use model::{Currency, NO_CUSTOMER, OrderTime, ShopDay};

/// Gaps are longer than no shop is old, in days.
const LONGEST_GAP: u32 = 100_000;

/// The days of a summary and what they come to.
#[derive(Debug, Default)]
pub(super) struct Days {
    as_of: i32,
    first: i32,
    /// From each order to the next.
    gaps: Vec<u32>,
}

impl People {
    /// Reads the summary of a customer.
    pub(super) fn read_summary(&mut self, row: Row<'_>) -> Result<(), Left> {
        self.read_keys(row);
        let currency = self.currency_of_all(row)?;
        let mut days = std::mem::take(&mut self.days);
        let read = self.read_days(row, &mut days);
        let kept = read.and_then(|()| self.keep_summary(row, currency, &days));
        self.days = days;
        Ok(kept?)
    }

    /// All summaries of a file are in one currency: that of the first that is taken.
    fn currency_of_all(&mut self, row: Row<'_>) -> Result<Currency, RejectReason> {
        let named = self.cells.currency(row)?;
        let found = named.unwrap_or(self.cells.shops_currency());
        let known = self.tables.summaries.currency.names.first();
        if known.is_some_and(|known| known != found.code()) {
            return Err(RejectReason::OtherCurrency(row.cell(Role::Currency).to_owned()));
        }
        Ok(found)
    }

    fn read_days(&mut self, row: Row<'_>, days: &mut Days) -> Result<(), RejectReason> {
        days.as_of = self.day(row, Role::SummaryDay)?;
        days.first = self.day(row, Role::FirstDay)?;
        days.gaps.clear();
        let text = self.field(row, Role::OrderGaps);
        for gap in text.split([' ', ';', ',']).filter(|gap| !gap.is_empty()) {
            let found = gap.parse().ok().filter(|gap| *gap <= LONGEST_GAP);
            days.gaps.push(found.ok_or_else(|| RejectReason::CountsDisagree(text.to_owned()))?);
        }
        let span: u64 = days.gaps.iter().map(|gap| u64::from(*gap)).sum();
        let last = i64::from(days.first) + span as i64;
        if last > i64::from(days.as_of) {
            let text = self.field(row, Role::SummaryDay);
            return Err(RejectReason::DaysOutOfOrder(text.to_owned()));
        }
        if self.form.fields.has(Role::LastDay) && i64::from(self.day(row, Role::LastDay)?) != last {
            let text = self.field(row, Role::LastDay);
            return Err(RejectReason::DaysOutOfOrder(text.to_owned()));
        }
        Ok(())
    }

    /// The day of a column, as the file writes it: there is no hour that a zone could move.
    fn day(&mut self, row: Row<'_>, role: Role) -> Result<i32, RejectReason> {
        let time = self.cells.date(self.field(row, role))?.time;
        let (OrderTime::Wall(at) | OrderTime::Instant(at)) = time;
        Ok(ShopDay::of_wall_seconds(at).number())
    }

    fn count_of(&self, row: Row<'_>, role: Role) -> Result<u32, RejectReason> {
        let text = self.field(row, role);
        text.parse().map_err(|_no_number| RejectReason::BadQuantity(text.to_owned()))
    }

    /// What orders that count come to is above 0.
    fn net_of(&mut self, row: Row<'_>, role: Role, decimals: u32) -> Result<i64, RejectReason> {
        let text = self.field(row, role);
        if text.is_empty() {
            return Err(RejectReason::NoAmount);
        }
        let found = self.cells.number(text, Role::Total, decimals).filter(|net| *net > 0);
        found.ok_or_else(|| RejectReason::BadAmount(text.to_owned()))
    }

    fn keep_summary(
        &mut self,
        row: Row<'_>,
        currency: Currency,
        days: &Days,
    ) -> Result<(), RejectReason> {
        let orders = self.count_of(row, Role::OrderCount)?;
        let disagree = |text: &str| Err(RejectReason::CountsDisagree(text.to_owned()));
        if orders == 0 || orders as usize != days.gaps.len() + 1 {
            return disagree(self.field(row, Role::OrderCount));
        }
        let purchase_days = days.gaps.iter().filter(|gap| **gap > 0).count() as u32 + 1;
        if self.form.fields.has(Role::PurchaseDays)
            && self.count_of(row, Role::PurchaseDays)? != purchase_days
        {
            return disagree(self.field(row, Role::PurchaseDays));
        }
        let decimals = currency.decimals();
        let net = self.net_of(row, Role::Net, decimals)?;
        let first_day_net = self.net_of(row, Role::FirstDayNet, decimals)?;
        // Whoever bought on one day alone has spent all on it, all others something later.
        if (purchase_days == 1) != (first_day_net == net) || first_day_net > net {
            return disagree(self.field(row, Role::FirstDayNet));
        }
        self.keep_customer(row)?;
        let table = &mut self.tables.summaries;
        let summary = table.customer.len() as u32;
        table.customer.push(NO_CUSTOMER);
        self.customers.belongs_to(summary as usize, &mut table.customer);
        table.member.push(&self.keys.member);
        table.currency.push(currency.code());
        table.as_of.push(days.as_of);
        table.first_day.push(days.first);
        table.orders.push(orders);
        table.net.push(net);
        table.first_day_net.push(first_day_net);
        self.tables.gaps.summary.extend(days.gaps.iter().map(|_| summary));
        self.tables.gaps.days.extend_from_slice(&days.gaps);
        Ok(())
    }

    /// Whose it is: by e-mail address, else telephone, else number, as contacts are.
    fn keep_customer(&mut self, row: Row<'_>) -> Result<(), RejectReason> {
        let keys = &self.keys;
        let key = [&keys.email, &keys.phone, &keys.member].into_iter().find(|it| !it.is_empty());
        let key = key.ok_or(RejectReason::NoKey)?;
        if self.numbers.has(key) {
            return Err(RejectReason::CustomerRepeated);
        }
        let country = self.cells.country_of(&keys.phone);
        let is_known = self.customers.by_email(&keys.email)
            || self.customers.by_phone(&keys.phone, country)
            || self.customers.by_member(&keys.member);
        if !is_known {
            return Err(RejectReason::NoKey);
        }
        self.numbers.meet(key);
        // Who has neither name nor address is called by the number.
        let name = match row.first_cell(Role::Name) {
            "" if keys.email.is_empty() && keys.phone.is_empty() => keys.member.as_str(),
            name => name,
        };
        self.customers.learn(crate::customers::Detail::Phone, 0, &keys.phone);
        self.customers.learn(crate::customers::Detail::Name, 0, name);
        Ok(())
    }

    /// What the summaries come to, as orders are told of.
    pub(super) fn sums(&self) -> Vec<CurrencySums> {
        let table = &self.tables.summaries;
        let Some(code) = table.currency.names.first() else { return Vec::new() };
        let orders = table.orders.iter().map(|orders| u64::from(*orders)).sum();
        let net = table.net.iter().fold(0_i64, |sum, net| sum.saturating_add(*net));
        vec![CurrencySums {
            currency: Currency::from_code(code),
            orders,
            valid_orders: orders,
            gross: net,
            refunds: 0,
            net_valid: net,
            refund_documents: 0,
            refunded_by_documents: 0,
        }]
    }

    /// From the first order to the last day that is looked at.
    pub(super) fn summarised_span(&self) -> Option<(OrderTime, OrderTime)> {
        let table = &self.tables.summaries;
        let wall = |day: i32| OrderTime::Wall(i64::from(day) * 86_400);
        Some((wall(*table.first_day.iter().min()?), wall(*table.as_of.iter().max()?)))
    }
}
