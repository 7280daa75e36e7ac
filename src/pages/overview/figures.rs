//! The key figures of the period, each with its change and trend.

use crate::address::use_link;
use crate::components::{Arrow, Delta, Direction, Figure, Figures};
use crate::data::Data;
use crate::i18n::{Format, Words};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Analysis, KpiSet, SeriesPoint, TargetFigure};
use std::sync::Arc;

/// A change as the figure shows it. More is good for every figure here; what is written as nothing is
/// no change.
pub(super) fn delta(t: Words, change: Option<f64>, write: impl Fn(f64) -> String) -> Option<Delta> {
    let change = change?;
    let text = write(change.abs());
    let (arrow, direction, spoken) = if text == write(0.0) {
        (Arrow::None, Direction::Neutral, t.unchanged().to_owned())
    } else if change > 0.0 {
        (Arrow::Up, Direction::Good, t.up_by(&text))
    } else {
        (Arrow::Down, Direction::Bad, t.down_by(&text))
    };
    Some(Delta { text, arrow, direction, spoken })
}

/// The strip of key figures.
#[component]
pub(super) fn KeyFigures(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let (now, before) = (analysis.overview.now, analysis.overview.before);
    let relative = move |of: fn(&KpiSet) -> f64| {
        let base = before.as_ref().map(of).filter(|it| *it > 0.0)?;
        Some((of(&now) - base) / base)
    };
    let percent = move |change: f64| f.percent(change);
    let points = move |change: f64| in_points(t, f, change);
    let currency = analysis.currency;
    let series = &analysis.overview.series;
    let nets: Vec<f64> = series.iter().map(|point| point.net as f64).collect();
    let orders: Vec<f64> = series.iter().map(|point| f64::from(point.orders)).collect();
    let order_values: Vec<f64> = series.iter().filter_map(|point| point.aov).collect();
    let repeat = now.repeat_rate.zip(before.and_then(|it| it.repeat_rate)).map(|(a, b)| a - b);
    let order_value = relative(|it| it.aov.unwrap_or(0.0));
    let aov = now.aov.map_or_else(|| "–".to_owned(), |it| f.money(it.round() as i64, currency));
    view! {
        <Figures label=t.nav_today()>
            <Figure
                label=t.net_revenue()
                value=f.money_whole(now.net, currency)
                delta=delta(t, relative(|it| it.net as f64), percent)
                trend=nets
                definition=t.net_revenue_means()
                id="kpi-net"
            />
            <Figure
                label=t.kpi_orders()
                value=f.count(now.orders)
                delta=delta(t, relative(|it| f64::from(it.orders)), percent)
                trend=orders
                definition=t.kpi_orders_means()
                id="kpi-orders"
            />
            <Figure
                label=t.kpi_buyers()
                value=f.count(now.buyers)
                delta=delta(t, relative(|it| f64::from(it.buyers)), percent)
                definition=t.kpi_buyers_means()
                id="kpi-buyers"
            />
            <Figure
                label=t.repeat_rate()
                value=now.repeat_rate.map_or_else(|| "–".to_owned(), |it| f.percent(it))
                delta=delta(t, repeat, points)
                trend=analysis.overview.repeat_series.clone()
                target=target(TargetFigure::Repeat, now.repeat_rate)
                definition=t.repeat_rate_means()
                id="kpi-repeat"
            />
            {identified(&analysis)}
            {satisfied(&analysis)}
            <Figure
                label=t.order_value()
                value=aov
                delta=delta(t, order_value, percent)
                trend=order_values
                definition=t.order_value_means()
                id="kpi-aov"
            />
        </Figures>
    }
}

/// How many orders are somebody's.
fn identified(analysis: &Analysis) -> impl IntoView + use<> {
    let (t, f) = (words(), formats());
    let overview = &analysis.overview;
    let share = overview.now.identified_share();
    let before = overview.before.and_then(|it| it.identified_share());
    let change = share.zip(before).map(|(now, before)| now - before);
    let trend: Vec<f64> =
        overview.series.iter().filter_map(SeriesPoint::identified_share).collect();
    view! {
        <Figure
            label=t.identified_orders()
            value=share.map_or_else(|| "–".to_owned(), |it| f.percent(it))
            delta=delta(t, change, |it| in_points(t, f, it))
            trend=trend
            target=target(TargetFigure::Identified, share)
            definition=t.identified_orders_means()
            id="kpi-identified"
        />
    }
}

/// A difference of shares.
pub(super) fn in_points(t: Words, f: Format, change: f64) -> String {
    format!("{} {}", f.number(change * 100.0, 1), t.points())
}

/// What a figure is to reach, and how far it is from there; empty: the shop has set nothing.
fn target(figure: TargetFigure, share: Option<f64>) -> String {
    let (t, f) = (words(), formats());
    let shop = expect_context::<Data>().shop.read_untracked();
    let Some(target) = shop.as_ref().and_then(|it| it.targets.of(figure)) else {
        return String::new();
    };
    let said = f.percent_with(target.share(), 0);
    match share.map(|it| target.share() - it) {
        Some(missing) if missing >= 0.0005 => t.target_missed(&said, &in_points(t, f, missing)),
        Some(_) => t.target_reached(&said),
        None => t.target_alone(&said),
    }
}

/// Satisfaction, or which file brings it.
fn satisfied(analysis: &Analysis) -> impl IntoView + use<> {
    let (t, f, link) = (words(), formats(), use_link());
    let said = analysis.overview.satisfaction.clone().unwrap_or_default();
    let change = said.csat.zip(said.csat_before).map(|(now, before)| now.value - before.value);
    let note = said.csat.map(|it| t.n_answers(&f.count(it.n))).unwrap_or_default();
    let path = if said.newest.is_some() { "/satisfaction" } else { "/import" };
    view! {
        <Figure
            label=t.csat_word()
            value=said.csat.map_or_else(|| "–".to_owned(), |it| f.percent_with(it.value, 0))
            note=note
            delta=delta(t, change, |it| in_points(t, f, it))
            trend=analysis.overview.csat_series.clone()
            target=target(TargetFigure::Satisfied, said.csat.map(|it| it.value))
            definition=if said.newest.is_some() { t.csat_means() } else { t.answers_none_text() }
            href=Signal::derive(move || link(path))
            id="kpi-csat"
        />
    }
}
