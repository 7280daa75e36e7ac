//! Do those who began together stay, and what do they bring?

use super::answered::{answered, of_orders};
use super::no_buyers::NoBuyers;
use super::title;
use crate::address::marks::{period_code, period_of, rows_code, rows_of};
use crate::address::{customers_path, use_lens, use_link, use_query, use_set_query};
use crate::components::{Head, HeatCell, HeatMap, Segmented, TableCard};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{
    AgeCell, Behind, CohortBy, CohortCell, CohortFilter, CohortKey, CohortPeriod, CohortQuery,
    CohortRow, CohortsView, CustomerFilter, Request, Response,
};
use std::sync::Arc;

/// So many of the newest rows are drawn, and so many ages: more is not read any more.
const MOST_ROWS: usize = 24;
const MOST_AGES: usize = 13;

/// What the cells tell.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    Retention,
    Orders,
    Net,
}

/// Names of the measures in the URL; the first is the default.
const MEASURES: [(&str, Measure); 3] =
    [("retention", Measure::Retention), ("orders", Measure::Orders), ("net", Measure::Net)];

/// The cohorts screen.
#[component]
pub fn Cohorts() -> impl IntoView {
    title(words().nav_cohorts());
    let (lens, map) = (use_lens(), use_query());
    let query = Memo::new(move |_| CohortQuery {
        lens: lens.get(),
        period: period_of(map.read().get_str("ages")),
        rows: rows_of(map.read().get_str("rows")),
    });
    let take = Response::of_segments::<CohortsView>;
    of_orders(move || {
        answered(move || Request::Cohorts(query.get()), take, |view| view! { <Drawn view /> })
    })
}

#[component]
fn Drawn(view: Arc<CohortsView>) -> impl IntoView {
    let t = words();
    if view.rows.is_empty() && view.by == CohortBy::FirstOrder {
        return view! { <NoBuyers title=t.cohorts_none() text=t.cohorts_none_text() /> }.into_any();
    }
    let is_aged = view.equal_ages.iter().flatten().any(|it| it.repeat_rate.is_some());
    view! {
        <Headline view=view.clone() />
        <div class="stack">
            <Table view=view.clone() />
            {is_aged.then(|| view! { <EqualAges view /> })}
        </div>
    }
    .into_any()
}

#[component]
fn Headline(view: Arc<CohortsView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let lead = match view.average.get(1) {
        Some(cell) => {
            let rest = match view.period {
                CohortPeriod::Week => t.cohort_rest_week(),
                CohortPeriod::Month => t.cohort_rest_month(),
                CohortPeriod::Quarter => t.cohort_rest_quarter(),
            };
            view! { <em>{t.cohort_lead(&f.percent(cell.retention))}</em> {rest} }.into_any()
        }
        None => view! { <em>{t.cohorts_too_new()}</em> }.into_any(),
    };
    let size: u32 = view.rows.iter().map(|row| row.size).sum();
    let customers = t.customers(u64::from(size), &f.count(size));
    let rows = view.rows.len();
    let sub = t.cohorts_sub(&t.rows(rows as u64, &f.count(rows as u32)), &customers);
    let left = u64::from(view.left_out);
    let left = (left > 0).then(|| t.cohorts_left_out(left, &f.count(view.left_out)));
    view! {
        <h1 class="headline">{lead}</h1>
        <p class="headline__sub">{sub} {left}</p>
    }
}

/// A switch whose choice stands in the URL; the first choice is the default.
#[component]
fn Switch(
    /// In the URL, and of its radio buttons.
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: String,
) -> impl IntoView {
    let set_query = use_set_query();
    let choose = Callback::new(move |value: String| set_query(&[(name, value)]));
    view! {
        <Segmented
            name=name
            label=label
            options=Signal::stored(options)
            value=Signal::stored(chosen)
            on_change=choose
        />
    }
}

#[component]
fn Controls(view: Arc<CohortsView>, measure: Measure) -> impl IntoView {
    let t = words();
    let periods = [
        (CohortPeriod::Week, t.ages_weeks()),
        (CohortPeriod::Month, t.ages_months()),
        (CohortPeriod::Quarter, t.ages_quarters()),
    ]
    .map(|(it, text)| (period_code(it).to_owned(), text.to_owned()));
    let mut by = vec![CohortBy::FirstOrder];
    by.extend(view.has_products.then_some(CohortBy::FirstProduct));
    by.extend(view.has_channels.then_some(CohortBy::FirstChannel));
    let by = by.into_iter().map(|it| (rows_code(it).to_owned(), t.cohort_by(it).to_owned()));
    let texts = [t.retention_word(), t.orders_each(), t.net_each()];
    let measures = MEASURES.iter().zip(texts);
    let measures = measures.map(|((code, _), text)| ((*code).to_owned(), text.to_owned()));
    let shown = MEASURES.iter().find(|(_, it)| *it == measure).map_or("", |(code, _)| code);
    view! {
        <div class="row">
            <Switch name="ages" label=t.ages_of() options=periods.into() chosen=period_code(view.period).to_owned() />
            <Switch name="rows" label=t.rows_by() options=by.collect() chosen=rows_code(view.by).to_owned() />
            <Switch name="show" label=t.shown_measure() options=measures.collect() chosen=shown.to_owned() />
        </div>
    }
}

#[component]
fn Table(view: Arc<CohortsView>) -> impl IntoView {
    let map = use_query();
    let measure = Memo::new(move |_| {
        let name = map.read().get("show").unwrap_or_default();
        MEASURES.iter().find(|(code, _)| *code == name).map_or(Measure::Retention, |it| it.1)
    });
    move || {
        let view = view.clone();
        view! { <Grid view measure=measure.get() /> }
    }
}

#[component]
fn Grid(view: Arc<CohortsView>, measure: Measure) -> impl IntoView {
    let (t, f) = (words(), formats());
    if view.average.len() < 2 {
        return view! {
            <section class="card" id="cohorts" data-too-little>
                <div class="card__head card__head--wrap">
                    <h2>{t.nav_cohorts()}</h2>
                    <Controls view=view.clone() measure />
                </div>
                <p class="card__note">{t.cohorts_too_new_text()}</p>
            </section>
        }
        .into_any();
    }
    let is_by_time = view.by == CohortBy::FirstOrder;
    let skipped = if is_by_time { view.rows.len().saturating_sub(MOST_ROWS) } else { 0 };
    let rows = &view.rows[skipped..];
    let ages = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).clamp(1, MOST_AGES);
    let label = |name: String, size: u32| format!("{name} · {}", f.count(size));
    let mut names: Vec<String> =
        rows.iter().map(|row| label(t.cohort(&row.key, view.period), row.size)).collect();
    let all = view.average.first().map_or(0, |cell| cell.observed);
    names.push(label(t.cohort_average().to_owned(), all));
    let average = CohortRow { key: CohortKey::Others, size: all, cells: view.average.clone() };
    let mut cells: Vec<HeatCell> = Vec::new();
    for row in rows {
        cells.extend((0..ages).map(|age| heat_cell(&view, row, age, measure, true)));
    }
    cells.extend((0..ages).map(|age| heat_cell(&view, &average, age, measure, false)));
    // Everybody buys in the first period: it would bleach all others.
    let later = |(at, cell): (usize, &HeatCell)| cell.weight.filter(|_| at % ages > 0);
    let most = cells.iter().enumerate().filter_map(later).fold(0.0, f64::max);
    if measure == Measure::Retention && most > 0.0 {
        for cell in &mut cells {
            cell.weight = cell.weight.map(|weight| weight.min(most));
        }
    }
    let columns: Vec<String> = (0..ages).map(|age| t.age(view.period, age)).collect();
    view! {
        <section class="card" id="cohorts">
            <div class="card__head card__head--wrap">
                <h2>{t.nav_cohorts()}</h2>
                <Controls view=view.clone() measure />
            </div>
            <p class="card__note">{t.cohorts_note()}</p>
            <HeatMap label=t.nav_cohorts() row_labels=names column_labels=columns cells=cells dense=true file_name="cohorts.csv" />
        </section>
    }
    .into_any()
}

fn heat_cell(
    view: &CohortsView,
    row: &CohortRow,
    age: usize,
    measure: Measure,
    opens: bool,
) -> HeatCell {
    let (t, f, link) = (words(), formats(), use_link());
    let Some(cell) = row.cells.get(age) else { return HeatCell::default() };
    let each = |value: f64| value / f64::from(cell.observed.max(1));
    let (weight, text, full) = match measure {
        Measure::Retention => (cell.retention, f.percent_with(cell.retention, 0), None),
        Measure::Orders => {
            let orders = each(f64::from(cell.orders));
            (orders, f.number(orders, 2), None)
        }
        Measure::Net => {
            let net = each(cell.cumulative_net as f64);
            let full = f.money(net.round() as i64, view.currency);
            (net, f.money_compact(net, view.currency), Some(full))
        }
    };
    let name = if opens { t.cohort(&row.key, view.period) } else { t.cohort_average().to_owned() };
    let spoken = said(cell, &name, &t.age(view.period, age), &text);
    let mark = Behind::Cohort(CohortFilter {
        period: view.period,
        row: row.key.clone(),
        by: view.by,
        age: age as u32,
        returned: cell.returned == cell.observed,
    });
    let filter = CustomerFilter::behind(mark);
    HeatCell {
        weight: Some(weight),
        text,
        full,
        second: None,
        tooltip: spoken.clone(),
        spoken,
        href: opens.then(|| untrack(|| link(&customers_path(&filter)))),
        is_total: false,
    }
}

fn said(cell: &CohortCell, row: &str, age: &str, shown: &str) -> String {
    let (t, f) = (words(), formats());
    t.cohort_spoken(row, age, &f.count(cell.returned), &f.count(cell.observed), shown)
}

#[component]
fn EqualAges(view: Arc<CohortsView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let is_by_time = view.by == CohortBy::FirstOrder;
    let skipped = if is_by_time { view.rows.len().saturating_sub(MOST_ROWS) } else { 0 };
    let days: Vec<u32> =
        view.equal_ages.first().map_or_else(Vec::new, |it| it.iter().map(|it| it.days).collect());
    let mut heads = vec![Head::text(t.cohort_by(view.by)), Head::number(t.nav_customers())];
    heads
        .extend(days.into_iter().map(|days| Head::number(t.days(u64::from(days), &f.count(days)))));
    let rows = view.rows.iter().zip(&view.equal_ages).skip(skipped);
    let height = rows.len();
    let currency = view.currency;
    let cell = move |it: &AgeCell, size: u32| {
        // Of those who began together some are a little older: a few of them are not the row.
        let is_over = !is_by_time || it.observed == size;
        let known = it.repeat_rate.zip(it.net_per_customer).filter(|_| is_over);
        let text = known.map(|(rate, net)| {
            format!("{} · {}", f.percent_with(rate, 0), f.money_compact(net, currency))
        });
        view! { <td class="n">{text.unwrap_or_else(|| "–".to_owned())}</td> }
    };
    let lines = rows.map(|(row, ages)| {
        view! {
            <tr>
                <td>{t.cohort(&row.key, view.period)}</td>
                <td class="n">{f.count(row.size)}</td>
                {ages.iter().map(|it| cell(it, row.size)).collect_view()}
            </tr>
        }
    });
    let lines = lines.collect_view();
    view! {
        <TableCard id="equal-ages" heading=t.equal_title() file_name="cohorts-equal-ages.csv" note=t.equal_note() heads rows=height one_line=true>
            {lines}
        </TableCard>
    }
}
