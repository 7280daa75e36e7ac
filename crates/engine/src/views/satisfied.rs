//! Whether customers are satisfied, as the first screen says it.

use super::answers::Answers;
use super::{analysis, overview, satisfaction};
use crate::circles;
use crate::shop::Shop;
use analytics::{Periods, Score, score, score_trend};
use model::ShopDay;
use protocol::{Lens, Period, SatisfactionNow, ScoreFigure};

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

/// The answers of a lens; `until` is the last day of answers. `None`: nobody has ever been asked.
pub fn view(shop: &Shop, lens: &Lens, until: ShopDay) -> Option<SatisfactionNow> {
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
    let dissatisfied = circles::dissatisfied(shop, until).len() as u32;
    Some(SatisfactionNow { csat, csat_before, nps, nps_before, newest, dissatisfied })
}
