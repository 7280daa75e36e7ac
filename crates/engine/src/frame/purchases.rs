//! The orders that count.

use super::placed::{Placed, PlacedOrder};
use super::summarised::{Summarised, Summary};
use super::{LoadedBatch, Orders};
use crate::exchange::{Exchange, Exchanged, Terms};
use analytics::Purchases;
use model::{Currency, OrderState, ShopDay, blocks};
use protocol::Period;
use std::collections::BTreeMap;

/// The orders that count (formulas §0), in the shop's currency or exchanged to it, sorted by customer, then by time.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Where each customer's purchases begin, and the end of the last one's.
    offsets: Vec<u32>,
    /// The shop's day. Purchases of nobody known follow those of the customers.
    day: Vec<i32>,
    /// What is left after refunds, in minor units.
    net: Vec<i64>,
    /// By customer, how many at the beginning are a summary's; empty while there are no summaries.
    summed: Vec<u32>,
    /// The day up to which some are.
    summed_until: Option<i32>,
    /// Day of the first of all.
    first_day: Option<i32>,
    /// Day and amount of each refund on an order that still counts.
    pub refunds: Vec<(i32, i64)>,
    /// Day and amount of each refund that names no order: taken off net on that day.
    pub documents: Vec<(i32, i64)>,
    /// Days of the orders that would count, in other currencies without a rate.
    pub other_currencies: BTreeMap<Currency, Vec<i32>>,
    /// How many orders of other currencies count at a rate.
    pub exchanged: BTreeMap<Currency, u32>,
}

impl Ledger {
    /// Posts the orders that count, those that summaries stand for first.
    pub fn post(
        batches: &[LoadedBatch],
        placed: &Placed,
        summarised: &Summarised,
        exchange: &Exchange,
    ) -> Ledger {
        let mut ledger = Ledger { summed_until: summarised.until(), ..Ledger::default() };
        ledger.offsets.reserve(placed.offsets.len());
        ledger.day.reserve(placed.orders.len());
        ledger.net.reserve(placed.orders.len());
        // What each import's currency codes are to the shop: one look-up an order, not a comparison
        // of currencies.
        let terms: Vec<Vec<Terms<'_>>> = batches
            .iter()
            .map(|batch| {
                let codes = batch.tables.orders.currencies.iter();
                codes.map(|it| exchange.terms(*it)).collect()
            })
            .collect();
        ledger.offsets.push(0);
        let starts: Vec<Vec<u32>> = match summarised.until() {
            Some(_) => batches.iter().map(|it| it.tables.people.gap_starts()).collect(),
            None => Vec::new(),
        };
        let summary = |customer: usize| summarised.of(batches, &starts, customer);
        for groups in blocks(placed.group_count()) {
            if summarised.until().is_none() {
                ledger.post_groups(batches, placed.groups(groups), &terms);
                continue;
            }
            for group in groups {
                let summed = summary(group).map_or(0, |it| ledger.post_summary(it, exchange));
                ledger.summed.push(summed);
                ledger.post_groups(batches, placed.groups(group..group + 1), &terms);
            }
        }
        ledger.first_day = ledger.groups().filter_map(|days| days.first().copied()).min();
        ledger
    }

    #[inline(never)]
    fn post_groups<'a>(
        &mut self,
        batches: &[LoadedBatch],
        groups: impl Iterator<Item = &'a [PlacedOrder]>,
        terms: &[Vec<Terms<'_>>],
    ) {
        for group in groups {
            let is_posted = |it: &&PlacedOrder| it.state.counts() || it.state == OrderState::Refund;
            for order in group.iter().filter(is_posted) {
                let terms = terms[usize::from(order.batch)][usize::from(order.currency)];
                let day = ShopDay::of_wall_seconds(order.wall);
                match terms.on(day) {
                    Some(at) if order.state == OrderState::Refund => {
                        self.documents.push((day.number(), -at.minor(order.net)));
                    }
                    Some(at) => self.post_one(batches, order, day.number(), at),
                    None => self.set_apart(batches, order, day.number()),
                }
            }
            self.offsets.push(self.day.len() as u32);
        }
    }

    fn post_one(&mut self, batches: &[LoadedBatch], order: &PlacedOrder, day: i32, at: Exchanged) {
        let mut net = at.minor(order.net);
        if order.state == OrderState::PartiallyRefunded {
            let table = &batches[usize::from(order.batch)].tables.orders;
            let row = order.row as usize;
            // Total and refund are rounded, each once: what is left is their difference, to the cent.
            let refunded = at.minor(table.refunded[row]);
            net = at.minor(table.total[row]) - refunded;
            self.refunds.push((day, refunded));
        }
        self.day.push(day);
        self.net.push(net);
        if let Some(currency) = at.from() {
            *self.exchanged.entry(currency).or_default() += 1;
        }
    }

    /// Posts the orders that a summary stands for, at the rate of its day; returns how many.
    fn post_summary(&mut self, it: Summary<'_>, exchange: &Exchange) -> u32 {
        let orders = it.orders().0;
        let terms = exchange.terms(it.currency);
        let Some(at) = terms.on(ShopDay::from_number(it.as_of)) else {
            if let Some(currency) = it.currency {
                self.other_currencies.entry(currency).or_default().extend(it.days());
            }
            return 0;
        };
        let (net, first_day_net) = (at.minor(it.net), at.minor(it.first_day_net));
        self.day.extend(it.days());
        self.net.extend(Summary { net, first_day_net, ..it }.nets());
        if let Some(currency) = at.from() {
            *self.exchanged.entry(currency).or_default() += orders as u32;
        }
        orders as u32
    }

    fn set_apart(&mut self, batches: &[LoadedBatch], order: &PlacedOrder, day: i32) {
        let table = &batches[usize::from(order.batch)].tables.orders;
        let currency = table.currency_of(order.row as usize);
        // A refund of no order is none that would count.
        if let Some(currency) = currency.filter(|_| order.state.counts()) {
            self.other_currencies.entry(currency).or_default().push(day);
        }
    }

    /// The purchases of some customers alone, rising; [`Ledger::complete`] adds the rest.
    pub fn limited(&self, members: &[u32]) -> Ledger {
        let summed_until = self.summed_until;
        let mut ledger = Ledger { offsets: vec![0], summed_until, ..Ledger::default() };
        for customer in members {
            let own = self.of_customer(*customer);
            if summed_until.is_some() {
                ledger.summed.push(self.summed_of(*customer) as u32);
            }
            ledger.day.extend_from_slice(&self.day[own.clone()]);
            ledger.net.extend_from_slice(&self.net[own]);
            ledger.offsets.push(ledger.day.len() as u32);
        }
        // Where those of nobody end.
        ledger.offsets.push(ledger.day.len() as u32);
        ledger.first_day = ledger.groups().filter_map(|days| days.first().copied()).min();
        ledger
    }

    /// Adds what tells of the orders themselves, in the frame's sequence: refunds, and what stays
    /// apart for its currency.
    pub fn complete(&mut self, batches: &[LoadedBatch], orders: &Orders, exchange: &Exchange) {
        for order in 0..orders.len() {
            let (place, state) = (orders.at(order), orders.state[order]);
            let table = &batches[usize::from(place.batch)].tables.orders;
            let (row, day) = (place.row as usize, orders.day[order]);
            let currency = table.currency_of(row);
            match exchange.terms(currency).on(ShopDay::from_number(day)) {
                Some(at) if state == OrderState::PartiallyRefunded => {
                    self.refunds.push((day, at.minor(table.refunded[row])));
                }
                Some(at) if state == OrderState::Refund => {
                    self.documents.push((day, -at.minor(table.net(row))));
                }
                None if state.counts() => {
                    if let Some(currency) = currency {
                        self.other_currencies.entry(currency).or_default().push(day);
                    }
                }
                _ => {}
            }
        }
    }

    /// What was given back from one day to another without naming an order, in minor units.
    pub fn given_back(&self, from: i32, to: i32) -> i64 {
        let within = self.documents.iter().filter(|(day, _)| (from..=to).contains(day));
        within.map(|(_, amount)| amount).sum()
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

    /// Days of the first and the last of all.
    pub fn span(&self) -> Option<Period> {
        let (first, last) = (self.first_day?, self.last_day(i32::MAX)?);
        Some(Period { from: ShopDay::from_number(first), to: ShopDay::from_number(last) })
    }

    /// Day of the first order in the ledger.
    pub const fn first_day(&self) -> Option<i32> {
        self.first_day
    }

    /// Whether it knows the whole of a period: its first order is not later than the first day, and
    /// all amounts are of orders that are known one by one.
    pub fn reaches_back(&self, period: Period) -> bool {
        let reaches = self.first_day.is_some_and(|first| first <= period.from.number());
        reaches && self.tells(period.from)
    }

    /// Whether the amounts of orders are known one by one from a day on: of summaries only their sum
    /// is.
    pub fn tells(&self, from: ShopDay) -> bool {
        self.summed_until.is_none_or(|until| until < from.number())
    }

    /// How many of a customer's orders, at their beginning, a summary stands for.
    pub fn summed_of(&self, customer: u32) -> usize {
        self.summed.get(customer as usize).map_or(0, |it| *it as usize)
    }

    /// How many orders summaries stand for.
    pub fn summed(&self) -> u32 {
        self.summed.iter().sum()
    }

    /// Day of the last order in the ledger, of those up to `as_of`.
    pub fn last_day(&self, as_of: i32) -> Option<i32> {
        let last = |days: &[i32]| match days.last() {
            Some(&last) if last > as_of => {
                let known = days.partition_point(|day| *day <= as_of);
                days[..known].last().copied()
            }
            last => last.copied(),
        };
        self.groups().filter_map(last).max()
    }

    /// Day of the last order up to `today` that counts, in whatever currency.
    pub fn last_until(&self, today: ShopDay) -> Option<ShopDay> {
        let others = self.other_currencies.values().flatten().copied();
        let others = others.filter(|day| *day <= today.number()).max();
        self.last_day(today.number()).max(others).map(ShopDay::from_number)
    }

    /// The days of each customer's purchases, then of nobody's: each time not falling.
    fn groups(&self) -> impl Iterator<Item = &[i32]> {
        self.offsets.windows(2).map(|pair| &self.day[pair[0] as usize..pair[1] as usize])
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
