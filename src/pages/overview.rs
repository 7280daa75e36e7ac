//! How does the shop do, who is slipping away, and what to do about it this week?

use super::analysed;
use super::import::summary_line;
use crate::address::{customers_path, use_link};
use crate::charts::{ChartCard, ChartModel, ChartTexts, LineModel, Series, ValueFormat};
use crate::components::{Head, HeatMap, TableCard, Tag, Turns};
use crate::i18n::{Format, Words, group_color};
use crate::import_flow::{ImportFlow, Stage};
use crate::pages::rfm::heat_cells;
use crate::parts::{Screen, apart};
use crate::settings::{formats, words};
use crate::shell::PartsThere;
use leptos::prelude::*;
use protocol::{Analysis, Behind, CustomerFilter, Period, SeriesPoint, SlippingRow, Stretch};
use std::sync::Arc;

mod acts;
mod day;
mod figures;
mod questions;

use acts::do_this_week;
use day::Now;
use figures::KeyFigures;
use questions::questions;

/// The overview.
#[component]
pub fn Overview() -> impl IntoView {
    let flow = expect_context::<ImportFlow>();
    let summary = move || match flow.stage.get() {
        Stage::Done(summary) => Some(summary_line(&summary)),
        _ => None,
    };
    let now = day::now();
    view! {
        {summary}
        {analysed(move |analysis| view! { <Drawn analysis now /> })}
    }
}

#[component]
fn Drawn(analysis: Arc<Analysis>, now: Now) -> impl IntoView {
    let turns = Turns::of(4);
    let own = || Arc::clone(&analysis);
    let (who, over_time, slipping) = (own(), own(), own());
    let currency = analysis.currency;
    view! {
        <Headline analysis=own() />
        <KeyFigures analysis=own() />
        {questions(&analysis, now)}
        <div class="columns">
            {turns.part(0, move || do_this_week(currency, now))}
            {turns.part(1, move || view! { <WhoTheyAre analysis=Arc::clone(&who) /> })}
            {turns.part(2, move || view! { <OverTime analysis=Arc::clone(&over_time) /> })}
            {turns.part(3, move || view! { <SlippingTable analysis=Arc::clone(&slipping) /> })}
        </div>
    }
}

/// The answer in words.
#[component]
fn Headline(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let link = use_link();
    let overview = &analysis.overview;
    let lead = if overview.slipping == 0 {
        nobody_slips(&analysis, t, f).into_any()
    } else {
        let who = t.customers(u64::from(overview.slipping), &f.count(overview.slipping));
        let text = t.slipping_lead(&who, &f.money_whole(overview.slipping_net, analysis.currency));
        let rest = if overview.slipping == 1 { t.slipping_rest_one() } else { t.slipping_rest() };
        let filter = CustomerFilter { slipping: true, ..CustomerFilter::default() };
        let big = (overview.slipping_big > 0).then(|| {
            t.slipping_big(u64::from(overview.slipping_big), &f.count(overview.slipping_big))
        });
        view! {
            <a class="headline__link" href=move || link(&customers_path(&filter))><em>{text}</em></a>
            {rest}
            {big}
        }
        .into_any()
    };
    view! {
        <h1 class="headline">{lead}</h1>
        <p class="headline__sub">{sub(&analysis, t, f)}</p>
    }
}

/// Why nobody is named: there is nobody, or all who are looked at come as they always did.
fn nobody_slips(analysis: &Analysis, t: Words, f: Format) -> String {
    let (buyers, scored) = (analysis.totals.buyers, analysis.rfm.scored);
    if buyers == 0 {
        t.nobody_known().to_owned()
    } else if scored < buyers {
        t.nobody_slips_of(&f.count(scored), &f.count(buyers))
    } else {
        t.nobody_slips().to_owned()
    }
}

fn sub(analysis: &Analysis, t: Words, f: Format) -> String {
    let overview = &analysis.overview;
    let net = f.money_whole(overview.now.net, analysis.currency);
    let period = t.span(&f.day(overview.period.from), &f.day(overview.period.to));
    let before = overview.before.filter(|it| it.net > 0);
    match before.map(|it| (overview.now.net - it.net) as f64 / it.net as f64) {
        Some(change) if change >= 0.0005 => t.overview_sub_up(&net, &period, &f.percent(change)),
        Some(change) if change <= -0.0005 => {
            t.overview_sub_down(&net, &period, &f.percent(-change))
        }
        _ => t.overview_sub(&net, &period),
    }
}

#[component]
fn WhoTheyAre(analysis: Arc<Analysis>) -> impl IntoView {
    let t = words();
    let link = use_link();
    let cells = heat_cells(&analysis.rfm.recency_frequency, analysis.currency, 'F', false);
    view! {
        <section class="card">
            <div class="card__head">
                <h2>{t.who_they_are()}</h2>
                <a class="link" href=move || link("/rfm")>{t.nav_rfm()}</a>
            </div>
            <p class="card__note">{t.who_they_are_note()}</p>
            <HeatMap
                label=t.recency_frequency()
                row_labels=recency_labels()
                column_labels=score_labels('F')
                cells=cells
                file_name="recency-frequency.csv"
            />
        </section>
    }
}

/// `R1` to `R5`.
pub fn score_labels(scale: char) -> Vec<String> {
    (1..=5).map(|score| format!("{scale}{score}")).collect()
}

/// `R5` to `R1`: the most recent stand on top.
pub fn recency_labels() -> Vec<String> {
    score_labels('R').into_iter().rev().collect()
}

/// The words around a chart.
pub fn chart_texts(t: Words) -> ChartTexts {
    ChartTexts {
        as_table: t.as_table().to_owned(),
        as_chart: t.as_chart().to_owned(),
        keys_hint: t.chart_keys().to_owned(),
        opens_hint: t.chart_opens().to_owned(),
        no_data: t.chart_no_data().to_owned(),
        not_over: t.not_over().to_owned(),
        cut_short: t.cut_short().to_owned(),
        download: t.download_csv().to_owned(),
        picture: t.download_png().to_owned(),
    }
}

#[component]
fn OverTime(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let overview = &analysis.overview;
    let heading = match overview.stretch {
        Stretch::Day => t.net_by_day(),
        Stretch::Week => t.net_by_week(),
        Stretch::Month => t.net_by_month(),
    };
    let compared = !overview.series_before.is_empty();
    let note = if compared { t.series_note() } else { t.series_note_alone() };
    let currency = analysis.currency;
    let values = |points: &[SeriesPoint]| points.iter().map(|it| Some(it.net as f64)).collect();
    // Who bought in the days of a point.
    let (period, link) = (overview.period, use_link());
    let open = |(at, point): (usize, &SeriesPoint)| {
        let next = overview.series.get(at + 1).map(|it| it.start.plus_days(-1));
        let to = next.unwrap_or(period.to).min(period.to);
        let period = Period { from: point.start.max(period.from), to };
        let filter = CustomerFilter::behind(Behind::Explored { period, conditions: vec![] });
        let has_names = point.orders > point.anonymous;
        has_names.then(|| untrack(|| link(&customers_path(&filter))))
    };
    let opens = overview.series.iter().enumerate().map(open).collect();
    let now = Series::new(t.this_period(), values(&overview.series), "--c1");
    let mut series = vec![now.opening(opens)];
    if compared {
        let before = Series::new(t.compared_period(), values(&overview.series_before), "--c8");
        series.push(before.dashed());
    }
    let months = overview.stretch == Stretch::Month;
    let label =
        |point: &SeriesPoint| if months { f.month(point.start) } else { f.day(point.start) };
    let axis_label =
        |point: &SeriesPoint| if months { f.month(point.start) } else { f.day_short(point.start) };
    let model = ChartModel::Line(LineModel {
        x_title: t.begins().to_owned(),
        x_labels: overview.series.iter().map(label).collect(),
        axis_labels: overview.series.iter().map(axis_label).collect(),
        series,
        axis: ValueFormat::new(move |minor| f.money_compact(minor, currency)),
        full: ValueFormat::new(move |minor| f.money(minor.round() as i64, currency)),
        first_partial: overview.first_partial,
        last_incomplete: overview.last_incomplete,
        zero_based: true,
    });
    // Only of summaries there is no stretch at all.
    let no_data =
        if overview.series.is_empty() { t.summaries_no_series() } else { t.chart_no_data() };
    let texts = ChartTexts { no_data: no_data.to_owned(), ..chart_texts(t) };
    view! { <ChartCard heading=heading note=note model=model texts=texts height_px=212 id="net-over-time" file_name="net-over-time.csv" /> }
}

#[component]
fn SlippingTable(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let link = use_link();
    let filter = CustomerFilter { slipping: true, ..CustomerFilter::default() };
    let all = format!("{} {}", t.all(), f.count(analysis.overview.slipping));
    let currency = analysis.currency;
    let rows = analysis.overview.slipping_top.clone();
    let height = rows.len();
    let heads = vec![
        Head::text(t.customer_word()),
        Head::number(t.silent()),
        Head::number(t.rhythm()).hide_small(),
        Head::number(t.so_far()),
    ];
    // The acts come once nothing waits for their part any more.
    let PartsThere(there) = expect_context();
    let acts = move || there.get().then(|| apart(Screen::SlippingActs));
    let tools = view! {
        <a class="link" href=move || link(&customers_path(&filter))>{all}</a>
        {acts}
    };
    view! {
        <TableCard id="slipping" heading=t.slipping_table() file_name="slipping-away.csv" heads rows=height tools=tools.into_any()>
            {rows.into_iter().map(|row| view! { <SlippingLine row currency /> }).collect_view()}
        </TableCard>
    }
}

#[component]
fn SlippingLine(row: SlippingRow, currency: model::Currency) -> impl IntoView {
    let (t, f) = (words(), formats());
    let link = use_link();
    let rhythm = row.rhythm_days.map(|days| t.silent_days(&f.count(days.round())));
    let path = format!("/customer?id={}", row.id);
    view! {
        <tr>
            <td>
                <a class="table__link" href=move || link(&path)>{row.label}</a>
                " " <Tag text=t.group(row.group) color=group_color(row.group) />
            </td>
            <td class="n">{t.silent_days(&f.count(row.silent_days))}</td>
            <td class="n hide-small">{rhythm}</td>
            <td class="n">{f.money_whole(row.net, currency)}</td>
        </tr>
    }
}
