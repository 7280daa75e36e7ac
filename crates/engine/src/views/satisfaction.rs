//! The satisfaction screen: what customers say.

use super::answers::Answers;
use crate::calendar;
use crate::computed::Computed;
use crate::labels::Labels;
use crate::shop::Shop;
use analytics::{Dimension, Figure, Periods, Score, drivers, gap_index, score, score_trend};
use model::ShopDay;
use protocol::{
    Answerers, CohortPeriod, Detractor, DriverRow, GapRow, LabelKind, Lens, SatisfactionByView,
    SatisfactionPart, SatisfactionQuery, SatisfactionView, ScoreFigure, Scores, Touchpoint,
    TouchpointName,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many detractors are shown, the dearest.
const MOST_DETRACTORS: usize = 100;
/// So many months are shown, the newest.
const MOST_MONTHS: usize = 36;

/// The satisfaction screen. Answers count up to `until`, within the lens' period if it has one.
pub fn view(shop: &Shop, computed: &Computed, lens: &Lens, until: ShopDay) -> SatisfactionView {
    let (from, until) = answered_days(lens, until);
    let answers = Answers::gather(shop, from, until);
    let (gaps, gap_index) = gaps(&answers);
    let detractors = detractors(shop, computed, &answers);
    SatisfactionView {
        revision: shop.revision,
        as_of: until,
        currency: shop.profile.currency,
        answers: answers.len() as u32,
        replaced: answers.replaced,
        scores: scores(&answers, |_| true),
        service: score(Score::Csat, answers.tickets.iter().map(|it| it.1)).as_ref().map(figure),
        touchpoints: touchpoints(&answers),
        gaps,
        gap_index,
        drivers: driver_rows(&answers),
        trend: trend(&answers, until),
        detractor_count: detractors.len() as u32,
        detractor_customers: answers.detractors().len() as u32,
        detractors: detractors.into_iter().take(MOST_DETRACTORS).collect(),
    }
}

/// The days whose answers count: none after `until`, and within the lens' period if it has one.
pub fn answered_days(lens: &Lens, until: ShopDay) -> (Option<ShopDay>, ShopDay) {
    match lens.period {
        Some(period) => (Some(period.from), period.to.min(until)),
        None => (None, until),
    }
}

/// A score as the screens take it.
pub fn figure(it: &Figure) -> ScoreFigure {
    ScoreFigure {
        value: it.value,
        n: it.n as u32,
        interval: it.interval.map(|interval| (interval.low, interval.high)),
        is_small: it.is_small,
    }
}

/// The scores of some of the answers.
fn scores(answers: &Answers, is_meant: impl Fn(usize) -> bool) -> Scores {
    let of = |which: Score, column: &[Option<u8>]| {
        let meant = column.iter().enumerate().filter(|(at, _)| is_meant(*at));
        score(which, meant.map(|(_, answer)| *answer)).as_ref().map(figure)
    };
    Scores {
        csat: of(Score::Csat, &answers.overall),
        nps: of(Score::Nps, &answers.nps),
        ces: of(Score::Ces, &answers.ces),
    }
}

fn touchpoints(answers: &Answers) -> Vec<Touchpoint> {
    let dimensions = answers.dimensions.iter().filter_map(|it| {
        let found = score(Score::Csat, it.perceived.iter().copied())?;
        let name = TouchpointName::Dimension(it.name.clone());
        Some(Touchpoint { name, csat: figure(&found) })
    });
    let mut by_channel: BTreeMap<&str, Vec<Option<u8>>> = BTreeMap::new();
    for (channel, csat) in answers.tickets.iter().filter(|(channel, _)| !channel.is_empty()) {
        by_channel.entry(channel).or_default().push(*csat);
    }
    let channels = by_channel.into_iter().filter_map(|(channel, csat)| {
        let found = score(Score::Csat, csat.into_iter())?;
        let name = TouchpointName::Channel(channel.to_owned());
        Some(Touchpoint { name, csat: figure(&found) })
    });
    dimensions.chain(channels).collect()
}

fn gaps(answers: &Answers) -> (Vec<GapRow>, Option<f64>) {
    let weight = 1.0 / answers.dimensions.len().max(1) as f64;
    let asked: Vec<Dimension<'_>> = answers
        .dimensions
        .iter()
        .map(|it| Dimension { expectation: &it.expected, perception: &it.perceived, weight })
        .collect();
    let found = gap_index(&asked);
    let named = answers.dimensions.iter().zip(&found.dimensions);
    let rows = named.filter_map(|(dimension, gap)| {
        let gap = gap.as_ref()?;
        Some(GapRow {
            dimension: dimension.name.clone(),
            expected: gap.expectation,
            perceived: gap.perception,
            gap: gap.gap,
            interval: gap.interval.map(|it| (it.low, it.high)),
            satisfied: gap.satisfied,
            n: gap.n as u32,
        })
    });
    (rows.collect(), found.index)
}

fn driver_rows(answers: &Answers) -> Vec<DriverRow> {
    let perceived: Vec<&[Option<u8>]> =
        answers.dimensions.iter().map(|it| it.perceived.as_slice()).collect();
    let found = drivers(&answers.overall, &perceived);
    let row = |it: analytics::Driver| DriverRow {
        dimension: answers.dimensions[it.dimension].name.clone(),
        importance: it.importance,
        performance: it.performance,
        quadrant: it.quadrant,
        n: it.n as u32,
    };
    found.into_iter().map(row).collect()
}

/// Who can have given answers by a kind of label, and for each answer the place there.
pub fn answerers(
    shop: &Shop,
    computed: &Computed,
    by: LabelKind,
    answers: &Answers,
) -> (Vec<Answerers>, Vec<usize>) {
    let Labels { names, codes } = Labels::of(shop, computed, by);
    let (without, unknown) = (names.len(), names.len() + 1);
    let place = |customer: &Option<u32>| {
        customer.map_or(unknown, |it| (codes[it as usize] as usize).min(without))
    };
    let whose = names.into_iter().map(|it| Answerers::Labelled(Some(it)));
    let whose = whose.chain([Answerers::Labelled(None), Answerers::Unknown]);
    (whose.collect(), answers.customer.iter().map(place).collect())
}

/// The answers by a label of who gave them, up to `until`.
pub fn by_label(
    shop: &Shop,
    computed: &Computed,
    query: &SatisfactionQuery,
    until: ShopDay,
) -> SatisfactionByView {
    let answers = Answers::gather(shop, query.lens.period.map(|it| it.from), until);
    let (whose, places) = answerers(shop, computed, query.by, &answers);
    let part = |(place, who): (usize, Answerers)| SatisfactionPart {
        who,
        answers: places.iter().filter(|it| **it == place).count() as u32,
        scores: scores(&answers, |at| places[at] == place),
    };
    let parts = whose.into_iter().enumerate().map(part).filter(|it| it.answers > 0).collect();
    let (by, count) = (query.by, answers.len() as u32);
    SatisfactionByView { by, parts, answers: count, scores: scores(&answers, |_| true) }
}

fn trend(answers: &Answers, until: ShopDay) -> Vec<(ShopDay, Scores)> {
    let known = answers.day.iter().filter(|day| **day != i32::MIN).min();
    let Some(first) = known.map(|day| ShopDay::from_number(*day)) else { return Vec::new() };
    let last = answers.day.iter().max().map_or(until, |day| ShopDay::from_number(*day));
    let (starts, end) = calendar::periods(CohortPeriod::Month, first, last, MOST_MONTHS);
    let Ok(periods) = Periods::new(&starts, end) else { return Vec::new() };
    let of = |which, column: &[Option<u8>]| score_trend(which, &periods, &answers.day, column);
    let csat = of(Score::Csat, &answers.overall);
    let nps = of(Score::Nps, &answers.nps);
    let ces = of(Score::Ces, &answers.ces);
    let month = |(at, start): (usize, &i32)| {
        let scores = Scores {
            csat: csat[at].as_ref().map(figure),
            nps: nps[at].as_ref().map(figure),
            ces: ces[at].as_ref().map(figure),
        };
        (ShopDay::from_number(*start), scores)
    };
    starts.iter().enumerate().map(month).collect()
}

/// Who is dissatisfied, the dearest first.
fn detractors(shop: &Shop, computed: &Computed, answers: &Answers) -> Vec<Detractor> {
    let mut found: Vec<Detractor> = (0..answers.len())
        .filter(|&at| answers.is_detractor(at) == Some(true))
        .map(|at| detractor(shop, computed, answers, at))
        .collect();
    tiny_sort::stable::sort_by_key(&mut found, |it| (Reverse(it.net), Reverse(it.day)));
    found
}

fn detractor(shop: &Shop, computed: &Computed, answers: &Answers, at: usize) -> Detractor {
    let (batch, row) = answers.places[at];
    let table = &shop.frame.batches[usize::from(batch)].tables.people.responses;
    let customer = answers.customer[at];
    let day = answers.day[at];
    Detractor {
        id: customer.map(|it| shop.frame.customers.id(&shop.frame.batches, it)),
        label: customer.map_or_else(String::new, |it| super::label(shop, it)),
        day: (day != i32::MIN).then(|| ShopDay::from_number(day)),
        nps: answers.nps[at],
        overall: answers.overall[at],
        order: table.order.get(row as usize).to_owned(),
        comment: table.comment.get(row as usize).to_owned(),
        net: customer.map_or(0, |it| computed.summaries.net[it as usize]),
    }
}
