//! The slices of a dimension, and which of them an order has.

use super::texts::TextCodes;
use super::{Subject, day};
use crate::calendar;
use crate::labels::Labels;
use analytics::Codes;
use model::{OrderFlags, OrderState, OrderTable, Zone};
use protocol::{CohortPeriod, Dimension, Period, Slice};
use std::borrow::Cow;

const DAY_SECONDS: i64 = 86_400;

/// A dimension of orders.
#[derive(Debug)]
pub struct Axis<'a> {
    /// What it is.
    pub dimension: Dimension,
    /// Its slices in their order; the last, `None`, is that of orders without one.
    pub slices: Vec<Option<Slice>>,
    by: By<'a>,
}

/// What tells the slice of an order.
#[derive(Debug)]
enum By<'a> {
    /// Its day, counted from the first.
    Day { first: i32, places: Vec<u32> },
    /// The hour on the shop's clock.
    Hour(&'a Zone),
    /// Its customer.
    Customer(Cow<'a, [u32]>),
    /// Its import.
    Batch(Vec<u32>),
    /// Its channel, by import and code there.
    Channel(&'a [Vec<u32>]),
    /// Its product, which the pass brings.
    Product,
    /// What was taken off.
    Discount,
    /// Its state.
    State,
    /// Whether its customer had bought before.
    Visit,
}

/// An order, or one product of it, as axes look at it.
#[derive(Debug)]
pub struct Looked<'a> {
    /// Its import.
    pub batch: usize,
    /// The import's orders.
    pub table: &'a OrderTable,
    /// Its row there.
    pub row: usize,
    /// Its customer, if known.
    pub customer: Option<u32>,
    /// Its day.
    pub day: i32,
    /// Its state.
    pub state: OrderState,
    /// Whether its customer, if known, had a valid order before.
    pub has_bought: bool,
}

impl<'a> Axis<'a> {
    /// The axis of a dimension.
    pub fn new(subject: Subject<'a>, dimension: Dimension) -> Axis<'a> {
        let Subject { shop, computed, texts, period } = subject;
        let (slices, by) = match dimension {
            Dimension::Month | Dimension::Quarter | Dimension::Year => starts(dimension, period),
            Dimension::Weekday => {
                let days = period.from.number()..=period.to.number();
                let weekday = |it: i32| day(it).days_since(day(it).monday()) as u32;
                let by = By::Day { first: *days.start(), places: days.map(weekday).collect() };
                ((0..7).map(Slice::Number).collect(), by)
            }
            Dimension::Hour => ((0..24).map(Slice::Number).collect(), By::Hour(&shop.zone)),
            Dimension::Channel => (named(&texts.channels), By::Channel(&texts.channels.codes)),
            Dimension::Product => (named(&texts.products), By::Product),
            Dimension::Source => sources(subject),
            Dimension::Country | Dimension::Region | Dimension::City => {
                let known = texts.of_customers(dimension);
                let codes = known.map_or_else(Cow::default, |it| Cow::Borrowed(&it.codes[..]));
                (known.map(named).unwrap_or_default(), By::Customer(codes))
            }
            Dimension::Discount => (vec![Slice::Is(true), Slice::Is(false)], By::Discount),
            Dimension::Visit => (vec![Slice::Is(true), Slice::Is(false)], By::Visit),
            Dimension::State => (OrderState::ALL.map(Slice::State).into(), By::State),
            Dimension::Customer(kind) => {
                let Labels { names, codes } = Labels::of(shop, computed, kind);
                let slices = names.into_iter().map(Slice::Label).collect();
                (slices, By::Customer(Cow::Owned(codes)))
            }
        };
        let slices = slices.into_iter().map(Some).chain([None]).collect();
        Axis { dimension, slices, by }
    }

    /// The place of a slice; `None`: there is no such slice.
    pub fn place(&self, slice: Option<&Slice>) -> Option<u32> {
        self.slices.iter().position(|it| it.as_ref() == slice).map(|at| at as u32)
    }

    /// Whether it tells apart the products of one order.
    pub const fn is_of_products(&self) -> bool {
        matches!(self.by, By::Product)
    }

    /// The place of an order of the period, or of the product of that number.
    #[inline]
    pub fn place_of(&self, order: &Looked<'_>, product: u32) -> u32 {
        let none = self.slices.len() as u32 - 1;
        let place = match &self.by {
            By::Day { first, places } => places[(order.day - first) as usize],
            By::Hour(zone) => hour(zone, order.table, order.row).unwrap_or(none),
            By::Customer(codes) => order
                .customer
                .and_then(|it| codes.get(it as usize).copied())
                .unwrap_or(Codes::UNKNOWN),
            By::Batch(places) => places[order.batch],
            By::Channel(places) => {
                let code = order.table.channel.codes.get(order.row);
                code.map_or(none, |code| places[order.batch][usize::from(*code)])
            }
            By::Product => product,
            By::Discount => {
                order.table.discount.get(order.row).map_or(none, |it| u32::from(*it <= 0))
            }
            By::State => order.state as u32,
            By::Visit => order.customer.map_or(none, |_| u32::from(order.has_bought)),
        };
        place.min(none)
    }
}

fn named<T>(texts: &TextCodes<T>) -> Vec<Slice> {
    let names = texts.names.iter().cloned().map(Slice::Text);
    names.chain(texts.has_others.then_some(Slice::Others)).collect()
}

fn sources(subject: Subject<'_>) -> (Vec<Slice>, By<'_>) {
    let batches = &subject.shop.frame.batches;
    let known = crate::frame::platforms(batches.iter().map(|it| it.source.as_str()));
    let place = |source: &str| known.iter().position(|it| *it == source).unwrap_or_default() as u32;
    let by = By::Batch(batches.iter().map(|it| place(&it.source)).collect());
    (known.into_iter().map(|it| Slice::Text(it.to_owned())).collect(), by)
}

/// Calendar stretches from that of the period's first day to that of its last.
fn starts<'a>(dimension: Dimension, period: Period) -> (Vec<Slice>, By<'a>) {
    let length = match dimension {
        Dimension::Month => CohortPeriod::Month,
        _ => CohortPeriod::Quarter,
    };
    let (mut starts, _) = calendar::periods(length, period.from, period.to, usize::MAX);
    if dimension == Dimension::Year {
        for start in &mut starts {
            let january = day(*start).month() - 1;
            *start = day(*start).minus_months(january).number();
        }
        starts.dedup();
    }
    let first = period.from.number();
    let place = |day: i32| starts.partition_point(|start| *start <= day) as u32 - 1;
    let places = (first..=period.to.number()).map(place).collect();
    (starts.iter().map(|it| Slice::Start(day(*it))).collect(), By::Day { first, places })
}

/// The hour of an order on the shop's clock; `None`: its file tells the day alone, which is stored as
/// the beginning of the day on the shop's clock.
pub fn hour(zone: &Zone, table: &OrderTable, row: usize) -> Option<u32> {
    let wall = zone.wall_seconds(table.time(row));
    let second = wall.rem_euclid(DAY_SECONDS);
    let is_wall = table.flags[row].has(OrderFlags::WALL_TIME);
    (second > 0 || !is_wall).then_some((second / 3_600) as u32)
}
