//! What do customers say, where does the shop fall short, and who must be answered?

use super::answered::answered;
use super::overview::chart_texts;
use super::title;
use crate::address::{use_lens, use_link};
use crate::charts::{ChartCard, ChartModel, LineModel, Series, ValueFormat};
use crate::components::{Delta, EmptyState, Figure, Figures, StateKind};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Request, Response, SatisfactionView, ScoreFigure, Scores};
use std::sync::Arc;

mod by_label;
mod delivered;
mod drivers;
mod gaps;
mod tables;

use by_label::ByLabel;
use delivered::Delivered;
use drivers::drivers;
use gaps::{gap_table, gaps};
use tables::{detractors, touchpoints};

/// The satisfaction screen.
#[component]
pub fn Satisfaction() -> impl IntoView {
    title(words().nav_satisfaction());
    let lens = use_lens();
    let take = Response::of_segments::<SatisfactionView>;
    answered(move || Request::Satisfaction(lens.get()), take, |view| view! { <Drawn view /> })
}

#[component]
fn Drawn(view: Arc<SatisfactionView>) -> impl IntoView {
    let (t, link) = (words(), use_link());
    if view.answers == 0 && view.service.is_none() {
        return view! {
            <EmptyState title=t.answers_none() text=t.answers_none_text() kind=StateKind::TooLittle whole_screen=true>
                <a class="button button--primary" href=move || link("/import")>{t.nav_import()}</a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        {headline(&view)}
        {figures(&view)}
        <div class="stack">
            <div class="columns columns--even">
                {gaps(&view)}
                {drivers(&view)}
            </div>
            {gap_table(&view)}
            {detractors(&view)}
            <div class="columns columns--even">
                {trend(&view)}
                {touchpoints(&view)}
            </div>
            <ByLabel />
            <Delivered />
        </div>
    }
    .into_any()
}

fn headline(view: &SatisfactionView) -> AnyView {
    let (t, f) = (words(), formats());
    let csat = view.scores.csat.or(view.service);
    let lead = csat.map(|it| {
        let n = t.n_answers(&f.count(it.n));
        view! { <em>{t.csat_lead(&f.percent_with(it.value, 0))}</em> {t.csat_lead_rest(&n)} }
    });
    let worst = view.gaps.iter().filter(|it| it.gap < 0.0).min_by(|a, b| a.gap.total_cmp(&b.gap));
    let gap = worst.map(|it| t.gap_say(&it.dimension));
    let driver = view.drivers.first().map(|it| t.driver_say(&it.dimension));
    let said: Vec<String> = [gap, driver].into_iter().flatten().collect();
    view! {
        <h1 class="headline">{lead}</h1>
        <p class="headline__sub">{t.sentences(&said)}</p>
    }
    .into_any()
}

/// A score as a figure: its value, how many answered, and the interval that holds it with 95 %.
fn figure(
    label: &'static str,
    definition: &'static str,
    score: Option<ScoreFigure>,
    write: impl Fn(f64) -> String,
) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    let score = score?;
    let few = if score.is_small { format!(" · {}", t.few_answers()) } else { String::new() };
    let note = format!("{}{few}", t.n_answers(&f.count(score.n)));
    let interval = score.interval.map(|(low, high)| {
        let text = t.between(&write(low), &write(high));
        Delta { spoken: text.clone(), text, ..Delta::default() }
    });
    Some(view! { <Figure label=label value=write(score.value) note=note delta=interval definition=definition /> }.into_any())
}

fn figures(view: &SatisfactionView) -> AnyView {
    let (t, f) = (words(), formats());
    let share = |value: f64| f.percent_with(value, 0);
    let Scores { csat, nps, ces } = view.scores;
    let figures = [
        figure(t.csat_word(), t.csat_means(), csat, share),
        figure(t.nps_word(), t.nps_means(), nps, |it| points(it, |it| f.number(it, 0))),
        figure(t.ces_word(), t.ces_means(), ces, |it| f.number(it, 1)),
        figure(t.service_word(), t.service_means(), view.service, share),
        gap_index(view),
    ];
    view! {
        <Figures label=t.nav_satisfaction()>
            {figures.into_iter().flatten().collect_view()}
        </Figures>
    }
    .into_any()
}

/// Perception less expectation over all dimensions.
fn gap_index(view: &SatisfactionView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    let index = view.gap_index?;
    let told = t.gap_index_of(&f.count(view.gaps.len() as f64));
    let value = signed(index, |it| f.number(it, 2));
    Some(view! { <Figure label=t.gap_index_word() value=value note=told definition=t.gap_index_means() /> }.into_any())
}

/// A number with its sign.
fn signed(number: f64, write: impl Fn(f64) -> String) -> String {
    if number > 0.0 { format!("+{}", write(number)) } else { write(number) }
}

/// A score of −1 to 1 in points, with its sign.
pub(super) fn points(score: f64, write: impl Fn(f64) -> String) -> String {
    signed(score * 100.0, write)
}

fn trend(view: &SatisfactionView) -> Option<AnyView> {
    let (t, f) = (words(), formats());
    let months = view.trend.iter().map(|(month, _)| f.month(*month));
    let csat = |(_, scores): &(model::ShopDay, Scores)| scores.csat;
    let values: Vec<Option<f64>> = view.trend.iter().map(|it| Some(csat(it)?.value)).collect();
    if values.iter().flatten().count() < 2 {
        return None;
    }
    let last = view.trend.last().map_or(view.as_of, |it| it.0);
    let band = view.trend.iter().map(|it| csat(it)?.interval).collect();
    let model = ChartModel::Line(LineModel {
        x_title: t.month_word().to_owned(),
        x_labels: months.collect(),
        axis_labels: vec![],
        series: vec![Series::new(t.csat_word(), values, "--c1").within(band)],
        axis: ValueFormat::new(move |it| f.percent_with(it, 0)),
        full: ValueFormat::new(move |it| f.percent_with(it, 0)),
        first_partial: false,
        last_incomplete: last == view.as_of.plus_days(1).first_of_month(),
        zero_based: true,
    });
    Some(view! { <ChartCard heading=t.trend_title() note=t.trend_note() model=model texts=chart_texts(t) height_px=220 id="csat-trend" file_name="satisfaction-by-month.csv" /> }.into_any())
}
