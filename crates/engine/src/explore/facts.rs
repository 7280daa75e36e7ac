//! One pass over the orders.

use super::axis::{Axis, Looked};
use super::{Subject, day};
use crate::exchange::{Exchanged, Terms};
use crate::frame::OrderRef;
use analytics::{Codes, PivotFact, share_out};
use model::OrderState;

/// All that a pass needs.
pub struct Pass<'a> {
    subject: Subject<'a>,
    axes: &'a [Axis<'a>],
    /// An axis and the place on it that is wanted.
    conditions: &'a [(&'a Axis<'a>, u32)],
    /// What each import's currency codes are to the shop.
    terms: Vec<Vec<Terms<'a>>>,
    by_product: bool,
}

/// What is used again from order to order.
#[derive(Default)]
struct Scratch {
    at: Vec<u32>,
    weights: Vec<i64>,
    parts: Vec<[i64; 3]>,
}

impl<'a> Pass<'a> {
    /// Gets ready.
    pub fn new(
        subject: Subject<'a>,
        axes: &'a [Axis<'a>],
        conditions: &'a [(&'a Axis<'a>, u32)],
    ) -> Pass<'a> {
        let exchange = &subject.shop.exchange;
        let batches = subject.shop.frame.batches.iter();
        let terms = batches.map(|batch| {
            let codes = batch.tables.orders.currencies.iter();
            codes.map(|it| exchange.terms(*it)).collect()
        });
        let terms = terms.collect();
        let mut all = axes.iter().chain(conditions.iter().map(|(axis, _)| *axis));
        let by_product = all.any(Axis::is_of_products);
        Pass { subject, axes, conditions, terms, by_product }
    }

    /// Goes over the orders of each customer in turn, then over nobody's.
    pub fn run(&self, take: &mut impl FnMut(&[u32], &PivotFact)) {
        let mut scratch = Scratch { at: vec![0; self.axes.len()], ..Scratch::default() };
        for customer in 0..=self.subject.shop.frame.customers.len() as u32 {
            self.customer(customer, &mut scratch, take);
        }
    }

    /// A call a customer, for the reason told at `model::blocks`.
    #[inline(never)]
    fn customer(
        &self,
        customer: u32,
        scratch: &mut Scratch,
        take: &mut impl FnMut(&[u32], &PivotFact),
    ) {
        let frame = &self.subject.shop.frame;
        let is_known = (customer as usize) < frame.customers.len();
        let (from, to) = (self.subject.period.from.number(), self.subject.period.to.number());
        let mut has_bought = false;
        for order in frame.orders.of_customer(customer) {
            let (on, state) = (frame.orders.day[order], frame.orders.state[order]);
            if on > to {
                break;
            }
            if on < from && (has_bought || !is_known) {
                continue;
            }
            let OrderRef { batch, row } = frame.orders.at(order);
            let (batch, row) = (usize::from(batch), row as usize);
            let table = &frame.batches[batch].tables.orders;
            let at = self.terms[batch][usize::from(table.currency[row])].on(day(on));
            let counts = state.counts() && at.is_some();
            let looked = Looked {
                batch,
                table,
                row,
                customer: is_known.then_some(customer),
                day: on,
                state,
                has_bought,
            };
            let is_first = is_known && counts && !has_bought;
            has_bought |= counts;
            if on < from || (state == OrderState::Refund && at.is_none()) {
                continue;
            }
            let fact = fact(order as u32, &looked, at.filter(|_| counts || !is_order(state)));
            self.tell(&looked, PivotFact { is_first, ..fact }, at, scratch, take);
        }
    }

    /// Tells a fact, once a product if products are asked for.
    fn tell(
        &self,
        order: &Looked<'_>,
        fact: PivotFact,
        at: Option<Exchanged>,
        scratch: &mut Scratch,
        take: &mut impl FnMut(&[u32], &PivotFact),
    ) {
        let texts = self.subject.texts;
        let own = texts.lines_of(order.batch, order.row);
        let lines = &self.subject.shop.frame.batches[order.batch].tables.lines;
        if !self.by_product || own.is_empty() {
            let items = &lines.quantity_milli[own];
            let items_milli = if fact.counts { items.iter().sum() } else { 0 };
            let fact = PivotFact { items_milli, ..fact };
            self.place(order, Codes::UNKNOWN, &fact, scratch, take);
            return;
        }
        scratch.weights.clear();
        let weight = |line: usize| {
            let price = at.map_or(0, |at| at.minor(lines.price[line]));
            lines.quantity_milli[line].saturating_mul(price)
        };
        scratch.weights.extend(own.clone().map(weight));
        scratch.parts.clear();
        scratch.parts.resize(own.len(), [0; 3]);
        for (which, amount) in [fact.gross, fact.refunded, fact.given_back].into_iter().enumerate()
        {
            let parts = &mut scratch.parts;
            share_out(amount, &scratch.weights, |line, part| parts[line][which] = part);
        }
        for (nth, line) in own.enumerate() {
            let [gross, refunded, given_back] = scratch.parts[nth];
            let items_milli = if fact.counts { lines.quantity_milli[line] } else { 0 };
            let fact = PivotFact { gross, refunded, given_back, items_milli, ..fact };
            let product = texts.products.codes[order.batch][lines.product[line] as usize];
            self.place(order, product, &fact, scratch, take);
        }
    }

    #[inline]
    fn place(
        &self,
        order: &Looked<'_>,
        product: u32,
        fact: &PivotFact,
        scratch: &mut Scratch,
        take: &mut impl FnMut(&[u32], &PivotFact),
    ) {
        if self.conditions.iter().all(|(axis, wanted)| axis.place_of(order, product) == *wanted) {
            for (at, axis) in scratch.at.iter_mut().zip(self.axes) {
                *at = axis.place_of(order, product);
            }
            take(&scratch.at, fact);
        }
    }
}

const fn is_order(state: OrderState) -> bool {
    !matches!(state, OrderState::Refund)
}

/// The amounts of an order, as the ledger posts them; `at`: how they become the shop's, if it counts.
#[inline]
fn fact(order: u32, it: &Looked<'_>, at: Option<Exchanged>) -> PivotFact {
    let (table, row) = (it.table, it.row);
    let is_order = is_order(it.state);
    let amount = |minor: i64| at.map_or(0, |at| at.minor(minor));
    let is_refunded = it.state == OrderState::PartiallyRefunded;
    PivotFact {
        order,
        customer: it.customer,
        is_order,
        counts: is_order && at.is_some(),
        is_first: false,
        gross: if is_order { amount(table.total[row]) } else { 0 },
        refunded: if is_refunded { amount(table.refunded[row]) } else { 0 },
        given_back: if is_order { 0 } else { -amount(table.net(row)) },
        items_milli: 0,
    }
}
