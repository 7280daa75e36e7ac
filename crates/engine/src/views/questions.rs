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

/// The questions for a lens. `until` is the last day of answers and tickets.
pub fn view(shop: &Shop, computed: &Computed, lens: &Lens, until: ShopDay) -> Questions {
    let period = analysis::period(lens, until);
    let compared = lens.compare.period(period);
    Questions {
        service: Service::gather(shop, until).view(period, compared),
        satisfaction: satisfied(shop, computed, lens, until),
        key: key_customers(shop, computed, lens),
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

fn key_customers(shop: &Shop, computed: &Computed, lens: &Lens) -> KeyCustomersNow {
    let key = || (0..computed.summaries.len()).filter(|it| is_key(computed, *it));
    let silent = key().filter(|it| is_silent(computed, *it));
    let period = analysis::period(lens, computed.as_of);
    KeyCustomersNow {
        customers: key().count() as u32,
        share: share_of_key(shop, computed, period),
        share_before: lens.compare.period(period).and_then(|it| share_of_key(shop, computed, it)),
        silent: silent.clone().count() as u32,
        silent_net: silent.map(|it| computed.summaries.net[it]).sum(),
    }
}

/// Share of the key customers in the net of all known ones in a period; `None` without any net.
fn share_of_key(shop: &Shop, computed: &Computed, period: Period) -> Option<f64> {
    let (days, nets) = shop.frame.ledger.all();
    let (from, to) = (period.from.number(), period.to.number());
    let (mut all, mut theirs) = (0_i64, 0_i64);
    for customer in 0..computed.summaries.len() {
        let own = shop.frame.ledger.of_customer(customer as u32);
        // Most customers have bought nothing in a period: the ends are looked at first.
        let of_period = match days[own.clone()] {
            [first, .., last] if first > to || last < from => continue,
            ref days => {
                let begin = days.partition_point(|day| *day < from);
                begin..days.partition_point(|day| *day <= to).max(begin)
            }
        };
        let net: i64 = nets[own][of_period].iter().sum();
        all = all.saturating_add(net);
        if is_key(computed, customer) {
            theirs = theirs.saturating_add(net);
        }
    }
    (all > 0).then(|| theirs as f64 / all as f64)
}
