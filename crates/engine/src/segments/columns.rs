//! What the conditions of rules look at, as one column a field: worked out when a rule first asks for
//! it, and kept for the next letter that is typed.

use super::profile::Whole;
use super::texts::Texts;
use crate::computed::Computed;
use crate::first_orders::exchanged;
use crate::frame::Tied;
use crate::grades::within;
use crate::labels::Labels;
use crate::permission::{Permission, Said};
use crate::shop::{Shop, field};
use crate::views::answers::Answers;
use crate::views::customer::median_gap;
use model::{Consent, Currency, CustomerId, Entity, OrderState, ShopDay};
use modeller::{Scores, entry};
use protocol::{ChoiceField, DayField, FlagField, NumberField, RfmWindow, TextField, Truth};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What columns are worked out from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// Everybody, on the as-of day.
    pub computed: &'a Computed,
    /// The last day of answers and tickets.
    pub until: ShopDay,
    /// What the customer-base models say, if they are at hand.
    pub scores: Option<&'a Scores>,
}

/// Not known.
pub const UNKNOWN: f64 = f64::NAN;

/// A column of numbers, and of what it is.
type NumberColumn = ((NumberField, RfmWindow), Rc<[f64]>);

/// The columns that have been asked for, of one revision and one day.
#[derive(Debug, Default)]
pub struct Columns {
    of: Option<(u64, ShopDay, ShopDay, bool)>,
    numbers: Vec<NumberColumn>,
    days: Vec<(DayField, Rc<[Option<i32>]>)>,
    labels: Vec<(ChoiceField, Rc<Labels>)>,
    texts: Vec<(TextField, Rc<Texts>)>,
    flags: Vec<(FlagField, Rc<[Truth]>)>,
    clusters: Option<Rc<super::clusters::Parted>>,
    whole: Option<Rc<Whole>>,
}

impl Columns {
    /// Forgets what is of other data or another day.
    pub fn stand_on(&mut self, ground: &Ground<'_>) {
        let Ground { shop, computed, until, scores } = ground;
        let of = Some((shop.revision, computed.as_of, *until, scores.is_some()));
        if self.of != of {
            *self = Columns { of, ..Columns::default() };
        }
    }

    /// A number of everybody; [`UNKNOWN`] where it is not.
    pub fn number(&mut self, on: &Ground<'_>, field: NumberField, window: RfmWindow) -> Rc<[f64]> {
        if let Some((_, column)) = self.numbers.iter().find(|it| it.0 == (field, window)) {
            return Rc::clone(column);
        }
        let column: Rc<[f64]> = match field {
            NumberField::Cluster => self.clusters(on).numbers(),
            _ => number(on, field, window),
        }
        .into();
        self.numbers.push(((field, window), Rc::clone(&column)));
        column
    }

    /// A day of everybody.
    pub fn day(&mut self, on: &Ground<'_>, field: DayField) -> Rc<[Option<i32>]> {
        known_or(&mut self.days, field, || day(on, field).into())
    }

    /// Labels of a kind.
    pub fn labels(&mut self, on: &Ground<'_>, field: ChoiceField) -> Rc<Labels> {
        let make = || Rc::new(Labels::of(on.shop, on.computed, field.kind()));
        known_or(&mut self.labels, field, make)
    }

    /// Texts of everybody.
    pub fn texts(&mut self, on: &Ground<'_>, field: TextField) -> Rc<Texts> {
        known_or(&mut self.texts, field, || Rc::new(Texts::of(on, field)))
    }

    /// What is so or not of everybody.
    pub fn flag(&mut self, on: &Ground<'_>, field: FlagField) -> Rc<[Truth]> {
        known_or(&mut self.flags, field, || flag(on, field).into())
    }

    /// Who is alike.
    pub fn clusters(&mut self, on: &Ground<'_>) -> Rc<super::clusters::Parted> {
        let known = self.clusters.take();
        let parted = known.unwrap_or_else(|| Rc::new(super::clusters::Parted::of(on)));
        Rc::clone(self.clusters.insert(parted))
    }

    /// What profiles look up and compare with.
    pub fn whole(&mut self, make: impl FnOnce() -> Whole) -> Rc<Whole> {
        let whole = self.whole.take().unwrap_or_else(|| Rc::new(make()));
        Rc::clone(self.whole.insert(whole))
    }
}

fn known_or<K: Copy + PartialEq, T: ?Sized>(
    known: &mut Vec<(K, Rc<T>)>,
    field: K,
    make: impl FnOnce() -> Rc<T>,
) -> Rc<T> {
    if let Some((_, column)) = known.iter().find(|it| it.0 == field) {
        return Rc::clone(column);
    }
    let column = make();
    known.push((field, Rc::clone(&column)));
    column
}

fn number(on: &Ground<'_>, field: NumberField, window: RfmWindow) -> Vec<f64> {
    let Computed { summaries, rfm, as_of, .. } = on.computed;
    let everybody = 0..summaries.len();
    let from = window.first_day(*as_of).map_or(i32::MIN, ShopDay::number);
    let own = |it: usize| within(on.shop, on.computed, it, from);
    let days_since =
        |day: Option<i32>| day.map_or(UNKNOWN, |day| f64::from(as_of.number().abs_diff(day)));
    let score = |column: &[u8]| column.iter().map(|it| unless_nought(*it)).collect();
    let of_model = |column: &dyn Fn(&Scores) -> Vec<f64>| on.scores.map(column).unwrap_or_default();
    let defined = |column: Vec<f64>, times: f64| {
        everybody.clone().map(|it| entry(&column, it).map_or(UNKNOWN, |it| it * times)).collect()
    };
    match field {
        NumberField::Net => {
            everybody.map(|it| own(it).1.map_or(UNKNOWN, |net| net as f64)).collect()
        }
        NumberField::Orders => everybody.map(|it| f64::from(own(it).0)).collect(),
        NumberField::OrderValue => everybody
            .map(|it| match own(it) {
                (0, _) | (_, None) => UNKNOWN,
                (orders, Some(net)) => net as f64 / f64::from(orders),
            })
            .collect(),
        NumberField::Silent => everybody.map(|it| days_since(summaries.last(it))).collect(),
        NumberField::Known => everybody.map(|it| days_since(summaries.first(it))).collect(),
        NumberField::Gap => {
            everybody.map(|it| median_gap(on.shop, it as u32, *as_of).unwrap_or(UNKNOWN)).collect()
        }
        NumberField::Refunded => {
            everybody.map(|it| refunded_percent(on.shop, it as u32, *as_of)).collect()
        }
        NumberField::R => score(&rfm.r),
        NumberField::F => score(&rfm.f),
        NumberField::M => score(&rfm.m),
        NumberField::Alive => defined(of_model(&|it| it.p_alive.clone()), 100.0),
        NumberField::Expected => defined(of_model(&|it| it.expected[1].clone()), 1.0),
        NumberField::Value => defined(of_model(&|it| it.value.clone()), 1.0),
        NumberField::Csat => newest_answer(on, |answers, at| answers.overall[at]),
        NumberField::Nps => newest_answer(on, |answers, at| answers.nps[at]),
        NumberField::Answers => counted(on, &on.shop.frame.people.responses),
        NumberField::Tickets => counted(on, &on.shop.frame.people.tickets),
        NumberField::Cluster => Vec::new(),
    }
}

fn unless_nought(score: u8) -> f64 {
    if score == 0 { UNKNOWN } else { f64::from(score) }
}

/// Percent of a customer's paid orders up to a day of which something was given back.
fn refunded_percent(shop: &Shop, customer: u32, as_of: ShopDay) -> f64 {
    let orders = &shop.frame.orders;
    let (mut paid, mut refunded) = (0_u32, 0_u32);
    if shop.frame.summarised.is_of(customer) {
        return UNKNOWN;
    }
    for order in orders.of_customer(customer) {
        let state = orders.state[order];
        let is_paid = state.counts() || state == OrderState::FullyRefunded;
        if is_paid && orders.day[order] <= as_of.number() && exchanged(shop, order).is_some() {
            paid += 1;
            refunded += u32::from(state != OrderState::Paid);
        }
    }
    if paid == 0 { UNKNOWN } else { f64::from(refunded) * 100.0 / f64::from(paid) }
}

fn newest_answer(on: &Ground<'_>, score: fn(&Answers, usize) -> Option<u8>) -> Vec<f64> {
    let mut column = vec![UNKNOWN; on.computed.summaries.len()];
    let answers = Answers::gather(on.shop, None, on.until);
    // From the oldest: the newest answer that has the score is the last to be put down.
    let mut by_day: Vec<usize> = (0..answers.len()).collect();
    by_day.sort_by_key(|at| answers.day[*at]);
    for at in by_day {
        if let (Some(customer), Some(score)) = (answers.customer[at], score(&answers, at)) {
            column[customer as usize] = f64::from(score);
        }
    }
    column
}

fn counted(on: &Ground<'_>, records: &[Tied]) -> Vec<f64> {
    let mut column = vec![0.0; on.computed.summaries.len()];
    for record in records {
        let is_known = ShopDay::of_wall_seconds(record.wall) <= on.until;
        if let Some(customer) = record.known_customer().filter(|_| is_known) {
            column[customer as usize] += 1.0;
        }
    }
    column
}

fn day(on: &Ground<'_>, field: DayField) -> Vec<Option<i32>> {
    let summaries = &on.computed.summaries;
    let everybody = 0..summaries.len();
    match field {
        DayField::First => everybody.map(|it| summaries.first(it)).collect(),
        DayField::Last => everybody.map(|it| summaries.last(it)).collect(),
        DayField::Contacted => {
            let newest = |edited: &model::Field| {
                edited.words.keys().filter_map(|it| ShopDay::parse_iso(it)).max()
            };
            let days = edited(on.shop, field::CONTACTED, newest);
            by_customer(on.shop, &days).map(|it| it.map(|day| day.number())).collect()
        }
    }
}

/// What edits say of customers, of those of whom they say something.
pub fn edited<T>(
    shop: &Shop,
    name: &str,
    read: impl Fn(&model::Field) -> Option<T>,
) -> BTreeMap<CustomerId, T> {
    let found = shop.overlay.iter().filter_map(|(entity, edits)| match entity {
        Entity::Customer(id) => Some((*id, read(edits.fields.get(name)?)?)),
        Entity::Shop => None,
    });
    found.collect()
}

/// What was found by id, in the order of the records.
pub fn by_customer<'a, T>(
    shop: &'a Shop,
    found: &'a BTreeMap<CustomerId, T>,
) -> impl Iterator<Item = Option<&'a T>> {
    let everybody = 0..shop.frame.customers.len() as u32;
    everybody.map(|it| if found.is_empty() { None } else { found.get(&shop.id(it)) })
}

fn flag(on: &Ground<'_>, field: FlagField) -> Vec<Truth> {
    use crate::frame::CustomerField as Known;
    let shop = on.shop;
    let everybody = 0..shop.frame.customers.len() as u32;
    let has =
        |it: u32, field| !shop.frame.customers.text(&shop.frame.batches, it, field).is_empty();
    let said = |it: Said| match it.consent {
        Consent::Given => Truth::Yes,
        Consent::Refused => Truth::No,
        Consent::Unknown => Truth::Unknown,
    };
    match field {
        FlagField::Email => everybody.map(|it| Truth::of(has(it, Known::Email))).collect(),
        FlagField::Phone => everybody.map(|it| Truth::of(has(it, Known::Phone))).collect(),
        FlagField::MayEmail => everybody.map(|it| said(Permission::of(shop, it).email)).collect(),
        FlagField::MayText => everybody.map(|it| said(Permission::of(shop, it).sms)).collect(),
        FlagField::Blocked => {
            everybody.map(|it| Truth::of(Permission::of(shop, it).is_blocked)).collect()
        }
        FlagField::Discount => everybody.map(|it| discounted(on, it)).collect(),
    }
}

/// Whether a customer bought at a discount.
fn discounted(on: &Ground<'_>, customer: u32) -> Truth {
    let (frame, as_of) = (&on.shop.frame, on.computed.as_of.number());
    let mut known = frame.summarised.is_of(customer).then_some(Truth::Unknown);
    for order in frame.orders.of_customer(customer) {
        if !frame.orders.state[order].counts() || frame.orders.day[order] > as_of {
            continue;
        }
        let at = frame.orders.at(order);
        let table = &frame.batches[usize::from(at.batch)].tables.orders;
        let taken_off = table.discount.get(at.row as usize).map(|it| Truth::of(*it > 0));
        known = known.max(Some(taken_off.unwrap_or(Truth::Unknown)));
    }
    // Who has not bought has not bought at a discount.
    known.unwrap_or(Truth::No)
}

/// A number as the field's value is compared with it.
pub fn compared(value: model::Amount, field: NumberField, currency: Currency) -> f64 {
    match field.unit() {
        protocol::Unit::Money => value.minor(currency) as f64,
        _ => value.number(),
    }
}
