//! What a segment is like, beside all customers.

use super::Evaluation;
use crate::explore::hour;
use crate::first_orders::is_valid;
use crate::views::answers::Answers;
use analytics::Tally;
use model::ShopDay;
use protocol::{Compared, ProfileRow, SegmentProfile, SegmentSize, TextField, Truth};
use std::cmp::Reverse;

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
    let (own, all) = (Figures::of(evaluation, members), Figures::of(evaluation, &everybody));
    let compared =
        |figure: fn(&Figures) -> Option<f64>| Compared { own: figure(&own), all: figure(&all) };
    let products = products(evaluation, &is_member, &own, &all);
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
        hours: hours(evaluation, members),
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
    fn of(evaluation: &Evaluation<'_>, customers: &[u32]) -> Figures {
        let on = evaluation.on;
        let (summaries, ledger) = (&on.computed.summaries, &on.shop.frame.ledger);
        let as_of = on.computed.as_of.number();
        let orders = |it: &u32| summaries.orders[*it as usize];
        let gaps: Tally = customers
            .iter()
            .flat_map(|it| {
                let days = &ledger.all().0[ledger.of_customer(*it)];
                let known = &days[..days.partition_point(|day| *day <= as_of)];
                known.windows(2).map(|pair| pair[1].abs_diff(pair[0])).filter(|gap| *gap > 0)
            })
            .collect();
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
            gap: gaps.median(),
            answers: scored.len() as u32,
            satisfied: scored.iter().filter(|it| **it >= 4).count() as u32,
        }
    }
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
    is_member: &[bool],
    own: &Figures,
    all: &Figures,
) -> Vec<ProfileRow> {
    let on = evaluation.on;
    let goods = evaluation.on_demand.columns(on.shop);
    let (ledger, as_of) = (&on.shop.frame.ledger, on.computed.as_of.number());
    let days = ledger.all().0;
    let mut counts = vec![(0_u32, 0_u32); goods.keys.len()];
    // The customer, counted from 1, that has been counted last for a product.
    let mut counted = vec![0_u32; goods.keys.len()];
    for (customer, is_member) in is_member.iter().enumerate() {
        let known = ledger.of_customer(customer as u32).filter(|order| days[*order] <= as_of);
        for (item, _) in known.flat_map(|order| goods.lines(order)) {
            let item = item as usize;
            if counted[item] != customer as u32 + 1 {
                counted[item] = customer as u32 + 1;
                counts[item].0 += u32::from(*is_member);
                counts[item].1 += 1;
            }
        }
    }
    rows(counts, (own, all), |at| (goods.name_of(&goods.keys[at]), goods.keys[at].clone()))
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
fn hours(evaluation: &Evaluation<'_>, members: &[u32]) -> Vec<u32> {
    let (shop, as_of) = (evaluation.on.shop, evaluation.on.computed.as_of);
    let frame = &shop.frame;
    let mut counts = vec![0_u32; 7 * HOURS];
    for order in members.iter().flat_map(|it| frame.orders.of_customer(*it)) {
        if frame.orders.day[order] > as_of.number() || !is_valid(shop, order) {
            continue;
        }
        let at = frame.orders.at(order);
        let table = &frame.batches[usize::from(at.batch)].tables.orders;
        if let Some(hour) = hour(&shop.zone, table, at.row as usize) {
            let day = ShopDay::from_number(frame.orders.day[order]);
            counts[day.days_since(day.monday()) as usize * HOURS + hour as usize] += 1;
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
