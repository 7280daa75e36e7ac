//! The orders that count.

use super::{LoadedBatch, Orders};
use analytics::Purchases;
use model::Currency;
use std::collections::BTreeMap;

/// The orders that count (formulas §0), in the shop's currency, sorted by customer, then by time.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Where each customer's purchases begin, and the end of the last one's.
    offsets: Vec<u32>,
    /// The shop's day. Purchases of nobody known follow those of the customers.
    day: Vec<i32>,
    /// What is left after refunds, in minor units.
    net: Vec<i64>,
    /// Day and amount of each refund on an order that still counts.
    pub refunds: Vec<(i32, i64)>,
    /// Days of the orders that would count, in other currencies.
    pub other_currencies: BTreeMap<Currency, Vec<i32>>,
}

impl Ledger {
    /// Posts the orders that count.
    pub fn post(batches: &[LoadedBatch], orders: &Orders, currency: Currency) -> Ledger {
        let mut ledger = Ledger::default();
        ledger.offsets.reserve(orders.groups() + 1);
        ledger.day.reserve(orders.len());
        ledger.net.reserve(orders.len());
        // Currency codes of each import that are the shop's: one look-up an order, not a comparison
        // of currencies.
        let is_shops: Vec<Vec<bool>> = batches
            .iter()
            .map(|batch| {
                let codes = batch.tables.orders.currencies.iter();
                codes.map(|it| it.is_none_or(|it| it == currency)).collect()
            })
            .collect();
        ledger.offsets.push(0);
        for group in 0..orders.groups() {
            for order in orders.group(group) {
                if !orders.state[order].counts() {
                    continue;
                }
                let place = orders.at(order);
                let (batch, row) = (usize::from(place.batch), place.row as usize);
                let table = &batches[batch].tables.orders;
                if !is_shops[batch][usize::from(table.currency[row])] {
                    if let Some(other) = table.currency_of(row) {
                        ledger.other_currencies.entry(other).or_default().push(orders.day[order]);
                    }
                    continue;
                }
                ledger.day.push(orders.day[order]);
                ledger.net.push(table.net(row));
                if table.refunded[row] > 0 {
                    ledger.refunds.push((orders.day[order], table.refunded[row]));
                }
            }
            ledger.offsets.push(ledger.day.len() as u32);
        }
        ledger
    }

    /// The purchases of known customers.
    pub fn purchases(&self) -> Purchases<'_> {
        let customers = self.offsets.len().saturating_sub(1);
        let end = self.known_end();
        let offsets = self.offsets.get(..customers).filter(|it| !it.is_empty()).unwrap_or(&[0]);
        // The columns fit together by construction; were they not to, nobody has bought anything.
        Purchases::new(offsets, &self.day[..end], &self.net[..end]).unwrap_or_default()
    }

    /// Days and net of the purchases that nobody can be found for.
    pub fn anonymous(&self) -> (&[i32], &[i64]) {
        let from = self.known_end();
        (&self.day[from..], &self.net[from..])
    }

    /// Days and net of all purchases.
    pub fn all(&self) -> (&[i32], &[i64]) {
        (&self.day, &self.net)
    }

    /// Days of all orders that count, in whatever currency.
    pub fn days(&self) -> impl Iterator<Item = i32> {
        let others = self.other_currencies.values().flatten();
        self.day.iter().chain(others).copied()
    }

    /// Where a customer's purchases stand in [`Ledger::all`].
    pub fn of_customer(&self, customer: u32) -> std::ops::Range<usize> {
        self.offsets[customer as usize] as usize..self.offsets[customer as usize + 1] as usize
    }

    /// Where the last known customer's purchases end: the last group is nobody's.
    fn known_end(&self) -> usize {
        let groups = self.offsets.len();
        if groups < 2 { 0 } else { self.offsets[groups - 2] as usize }
    }
}
