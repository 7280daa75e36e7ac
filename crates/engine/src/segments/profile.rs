//! What a segment is like, beside all customers.

use super::Evaluation;
use crate::basket_columns::BasketColumns;
use crate::computed::Computed;
use crate::explore::hour;
use crate::first_orders::is_valid;
use crate::shop::Shop;
use crate::views::answers::Answers;
use analytics::Tally;
use model::{ShopDay, blocks};
use protocol::{Compared, ProfileRow, SegmentProfile, SegmentSize, TextField, Truth};
use std::cmp::Reverse;
use std::ops::Range;

/// So many products and places are shown.
const MOST_ROWS: usize = 8;
const HOURS: usize = 24;

/// The profile of some customers, rising.
pub fn view(evaluation: &mut Evaluation<'_>, members: &[u32]) -> SegmentProfile {
    let computed = evaluation.on.computed;
    let mut is_member = vec![false; computed.summaries.len()];
    for member in members {
        is_member[*member as usize] = true;
    }
    let everybody: Vec<u32> = (0..computed.summaries.len() as u32).collect();
    let own = Figures::of(evaluation, members, gaps(evaluation, members).median());
    let all = Figures::of(evaluation, &everybody, computed.summaries.gaps.median());
    let (on, goods) = (evaluation.on, evaluation.on_demand.columns(evaluation.on.shop));
    let whole = evaluation.columns.whole(|| Whole::of(on.shop, on.computed, goods));
    let compared =
        |figure: fn(&Figures) -> Option<f64>| Compared { own: figure(&own), all: figure(&all) };
    let products = products(evaluation, &whole, members, (&own, &all));
    let (places, by_country) = places(evaluation, &is_member, &own, &all);
    SegmentProfile {
        revision: evaluation.on.shop.revision,
        as_of: computed.as_of,
        currency: evaluation.on.shop.profile.currency,
        size: SegmentSize {
            customers: own.customers,
            net: own.net,
            of_customers: all.customers,
            of_net: all.net,
        },
        order_value: compared(|it| ratio(it.net as f64, it.orders)),
        orders_per_buyer: compared(|it| ratio(f64::from(it.orders), it.buyers)),
        net_per_customer: compared(|it| ratio(it.net as f64, it.customers)),
        gap_days: compared(|it| it.gap),
        csat: compared(|it| ratio(f64::from(it.satisfied), it.answers)),
        products,
        places,
        by_country,
        hours: hours(evaluation, &whole, members),
    }
}

/// The figures of some customers.
struct Figures {
    customers: u32,
    buyers: u32,
    orders: u32,
    net: i64,
    gap: Option<f64>,
    answers: u32,
    satisfied: u32,
}

impl Figures {
    /// `gap`: the median days between two purchase days of a customer.
    fn of(evaluation: &Evaluation<'_>, customers: &[u32], gap: Option<f64>) -> Figures {
        let on = evaluation.on;
        let summaries = &on.computed.summaries;
        let orders = |it: &u32| summaries.orders[*it as usize];
        let answers = Answers::gather(on.shop, None, on.until);
        let scored = (0..answers.len()).filter_map(|at| {
            let customer = answers.customer[at]?;
            customers.binary_search(&customer).ok()?;
            answers.overall[at]
        });
        let scored: Vec<u8> = scored.collect();
        Figures {
            customers: customers.len() as u32,
            buyers: customers.iter().filter(|it| orders(it) > 0).count() as u32,
            orders: customers.iter().map(orders).sum(),
            net: customers.iter().map(|it| summaries.net[*it as usize]).sum(),
            gap,
            answers: scored.len() as u32,
            satisfied: scored.iter().filter(|it| **it >= 4).count() as u32,
        }
    }
}

/// Days between the purchase days of some customers.
fn gaps(evaluation: &Evaluation<'_>, customers: &[u32]) -> Tally {
    let (ledger, as_of) = (&evaluation.on.shop.frame.ledger, evaluation.on.computed.as_of.number());
    let mut gaps = Tally::default();
    for customer in customers {
        let days = &ledger.all().0[ledger.of_customer(*customer)];
        let known = &days[..days.partition_point(|day| *day <= as_of)];
        let apart = known.windows(2).map(|pair| pair[1].abs_diff(pair[0]));
        apart.filter(|gap| *gap > 0).for_each(|gap| gaps.add(gap));
    }
    gaps
}

fn ratio(sum: f64, count: u32) -> Option<f64> {
    (count > 0).then(|| sum / f64::from(count))
}

/// Of each thing, how many of the segment and of all have it, as rows: those of most of the segment
/// first.
fn rows(
    counts: Vec<(u32, u32)>,
    (own, all): (&Figures, &Figures),
    name: impl Fn(usize) -> (String, String),
) -> Vec<ProfileRow> {
    let mut found: Vec<(usize, (u32, u32))> =
        counts.into_iter().enumerate().filter(|it| it.1.0 > 0).collect();
    found.sort_by_key(|it| Reverse(it.1.0));
    found.truncate(MOST_ROWS);
    let row = |(at, (of_own, of_all)): (usize, (u32, u32))| {
        let (name, key) = name(at);
        let share = Compared {
            own: ratio(of_own.into(), own.customers),
            all: ratio(of_all.into(), all.customers),
        };
        ProfileRow { name, key, customers: of_own, share }
    };
    found.into_iter().map(row).collect()
}

fn products(
    evaluation: &mut Evaluation<'_>,
    whole: &Whole,
    members: &[u32],
    of: (&Figures, &Figures),
) -> Vec<ProfileRow> {
    let on = evaluation.on;
    let goods = evaluation.on_demand.columns(on.shop);
    let own = buyers(on.shop, on.computed, goods, members.iter().copied());
    let counts = own.into_iter().zip(whole.buyers.iter().copied()).collect();
    rows(counts, of, |at| (goods.name_of(&goods.keys[at]), goods.keys[at].clone()))
}

/// How many of some customers have bought each product.
fn buyers(
    shop: &Shop,
    computed: &Computed,
    goods: &BasketColumns,
    customers: impl Iterator<Item = u32>,
) -> Vec<u32> {
    let mut counts = vec![0_u32; goods.keys.len()];
    if counts.is_empty() {
        return counts;
    }
    let (ledger, as_of) = (&shop.frame.ledger, computed.as_of.number());
    let days = ledger.all().0;
    // The customer, counted from 1, that has been counted last for a product.
    let mut counted = vec![0_u32; goods.keys.len()];
    for customer in customers {
        let known = ledger.of_customer(customer).filter(|order| days[*order] <= as_of);
        for (item, _) in known.flat_map(|order| goods.lines(order)) {
            let item = item as usize;
            if counted[item] != customer + 1 {
                counted[item] = customer + 1;
                counts[item] += 1;
            }
        }
    }
    counts
}

/// What is the same for every profile: found for the first, kept for the next letter.
#[derive(Debug)]
pub struct Whole {
    /// How many customers have bought each product.
    buyers: Vec<u32>,
    /// The hour of the week of every order, from Monday's first on; [`NO_HOUR`] if it is not known or
    /// the order does not count.
    hours: Vec<u8>,
}

/// No hour of the week.
const NO_HOUR: u8 = u8::MAX;

impl Whole {
    fn of(shop: &Shop, computed: &Computed, goods: &BasketColumns) -> Whole {
        let everybody = 0..computed.summaries.len() as u32;
        let orders = shop.frame.orders.len();
        let mut hours = Vec::with_capacity(orders);
        blocks(orders).for_each(|block| push_hours(&mut hours, shop, block));
        Whole { buyers: buyers(shop, computed, goods, everybody), hours }
    }
}

#[inline(never)]
fn push_hours(hours: &mut Vec<u8>, shop: &Shop, orders: Range<usize>) {
    let frame = &shop.frame;
    hours.extend(orders.map(|order| {
        if !is_valid(shop, order) {
            return NO_HOUR;
        }
        let at = frame.orders.at(order);
        let table = &frame.batches[usize::from(at.batch)].tables.orders;
        hour(&shop.zone, table, at.row as usize).map_or(NO_HOUR, |hour| {
            let day = ShopDay::from_number(frame.orders.day[order]);
            (day.days_since(day.monday()) as usize * HOURS + hour as usize) as u8
        })
    }));
}

/// Places, and whether they are countries.
fn places(
    evaluation: &mut Evaluation<'_>,
    is_member: &[bool],
    own: &Figures,
    all: &Figures,
) -> (Vec<ProfileRow>, bool) {
    let on = evaluation.on;
    let countries = evaluation.columns.texts(&on, TextField::Country);
    let by_country = countries.count() > 1;
    let texts =
        if by_country { countries } else { evaluation.columns.texts(&on, TextField::Region) };
    let counts = texts.counts(is_member);
    (rows(counts, (own, all), |at| (texts.name(at).to_owned(), String::new())), by_country)
}

/// Orders by weekday and hour, of those whose time is known; nothing if none is.
fn hours(evaluation: &Evaluation<'_>, whole: &Whole, members: &[u32]) -> Vec<u32> {
    let (orders, as_of) = (&evaluation.on.shop.frame.orders, evaluation.on.computed.as_of.number());
    let mut counts = vec![0_u32; 7 * HOURS];
    for own in members.iter().map(|it| orders.of_customer(*it)) {
        for (day, hour) in orders.day[own.clone()].iter().zip(&whole.hours[own]) {
            if *day <= as_of
                && let Some(count) = counts.get_mut(usize::from(*hour))
            {
                *count += 1;
            }
        }
    }
    if counts.iter().all(|it| *it == 0) { Vec::new() } else { counts }
}

/// How many are in it of whom it is known.
pub fn size(evaluation: &Evaluation<'_>, truths: &[Truth]) -> SegmentSize {
    let net = &evaluation.on.computed.summaries.net;
    let mut size = SegmentSize { of_customers: net.len() as u32, ..SegmentSize::default() };
    for (truth, net) in truths.iter().zip(net) {
        size.of_net = size.of_net.saturating_add(*net);
        if *truth == Truth::Yes {
            size.customers += 1;
            size.net = size.net.saturating_add(*net);
        }
    }
    size
}
