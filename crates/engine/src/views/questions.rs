//! The three questions of the first screen: service, satisfaction, key customers.

use super::answers::Answers;
use super::{analysis, overview, satisfaction};
use crate::circles::{self, is_key, is_silent};
use crate::computed::Computed;
use crate::service::Service;
use crate::shop::Shop;
use analytics::{Periods, Score, score, score_trend};
use model::ShopDay;
use protocol::{Circle, KeyCustomersNow, Lens, Period, Questions, SatisfactionNow, ScoreFigure};

/// Net of the known customers in a period and in the one that it is compared with, in minor units.
#[derive(Clone, Copy, Debug)]
pub struct KnownNet {
    /// In the period.
    pub now: i64,
    /// In the one before.
    pub before: i64,
}

/// The questions for a lens. `until` is the last day of answers and tickets.
pub fn view(
    shop: &Shop,
    computed: &Computed,
    lens: &Lens,
    until: ShopDay,
    known: KnownNet,
) -> Questions {
    let period = analysis::period(lens, until);
    let compared = lens.compare.period(period);
    Questions {
        service: Service::gather(shop, until).view(period, compared),
        satisfaction: satisfied(shop, computed, lens, until),
        key: key_customers(shop, computed, lens, known),
    }
}

/// Share of 4 and 5 of the answers by stretch of the period, of those with answers.
pub fn csat_series(shop: &Shop, lens: &Lens, until: ShopDay) -> Vec<f64> {
    let period = analysis::period(lens, until);
    let starts: Vec<i32> =
        overview::bucket_starts(period).into_iter().map(ShopDay::number).collect();
    let answers = Answers::gather(shop, Some(period.from), period.to);
    // They rise by construction; were they not to, there is nothing to draw.
    let Ok(periods) = Periods::new(&starts, period.to.number() + 1) else { return Vec::new() };
    let trend = score_trend(Score::Csat, &periods, &answers.day, &answers.overall);
    trend.into_iter().flatten().map(|it| it.value).collect()
}

fn satisfied(
    shop: &Shop,
    computed: &Computed,
    lens: &Lens,
    until: ShopDay,
) -> Option<SatisfactionNow> {
    let days = shop.frame.people.responses.iter().filter(|it| it.wall != i64::MIN);
    let days = days.map(|it| ShopDay::of_wall_seconds(it.wall)).filter(|day| *day <= until);
    let newest = days.max();
    if newest.is_none() && shop.frame.people.responses.iter().all(|it| it.wall != i64::MIN) {
        return None;
    }
    let period = analysis::period(lens, until);
    let of = |period: Period| {
        let answers = Answers::gather(shop, Some(period.from), period.to);
        let figure = |which, column: &[Option<u8>]| -> Option<ScoreFigure> {
            score(which, column.iter().copied()).as_ref().map(satisfaction::figure)
        };
        (figure(Score::Csat, &answers.overall), figure(Score::Nps, &answers.nps))
    };
    let (csat, nps) = of(period);
    let (csat_before, nps_before) = lens.compare.period(period).map(of).unwrap_or_default();
    let dissatisfied = circles::members(shop, computed, Circle::Dissatisfied, lens, until).len();
    let dissatisfied = dissatisfied as u32;
    Some(SatisfactionNow { csat, csat_before, nps, nps_before, newest, dissatisfied })
}

fn key_customers(
    shop: &Shop,
    computed: &Computed,
    lens: &Lens,
    known: KnownNet,
) -> KeyCustomersNow {
    let key: Vec<u32> = circles::of_orders(computed, is_key);
    let silent = key.iter().filter(|it| is_silent(computed, **it as usize));
    let period = analysis::period(lens, computed.as_of);
    let share =
        |period, all: i64| (all > 0).then(|| net_of(shop, &key, period) as f64 / all as f64);
    KeyCustomersNow {
        customers: key.len() as u32,
        share: share(period, known.now),
        share_before: lens.compare.period(period).and_then(|it| share(it, known.before)),
        silent: silent.clone().count() as u32,
        silent_net: silent.map(|it| computed.summaries.net[*it as usize]).sum(),
    }
}

/// Net of some customers in a period.
fn net_of(shop: &Shop, customers: &[u32], period: Period) -> i64 {
    let (days, nets) = shop.frame.ledger.all();
    let of_period = |customer: &u32| {
        let own = shop.frame.ledger.of_customer(*customer);
        let within = |day: i32| days[own.clone()].partition_point(|it| *it < day) + own.start;
        let (begin, end) = (within(period.from.number()), within(period.to.number() + 1));
        nets[begin..end.max(begin)].iter().sum::<i64>()
    };
    customers.iter().map(of_period).fold(0, i64::saturating_add)
}
