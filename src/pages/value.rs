//! What will customers bring, and how far can that be believed?

use super::answered::answered;
use super::overview::chart_texts;
use super::title;
use crate::address::use_lens;
use crate::charts::{ChartCard, ChartModel, LineModel, Series, Shape, ValueFormat};
use crate::client::Engine;
use crate::components::{EmptyState, Head, StateKind, TableCard};
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Currency;
use protocol::{Models, ModelsState, ModelsView, Request, Response, ShopForecast};
use std::sync::Arc;

mod back_test;
mod deciles;

use back_test::{back_test, parameters};
use deciles::ValueBy;

/// The value screen.
#[component]
pub fn Value() -> impl IntoView {
    title(words().nav_value());
    let (lens, engine) = (use_lens(), expect_context::<Engine>());
    let question = move || {
        // The models may have become known since.
        engine.fits.track();
        Request::Models(lens.get())
    };
    let take = Response::of_segments::<ModelsView>;
    answered(question, take, |view| view! { <Drawn view /> })
}

#[component]
fn Drawn(view: Arc<ModelsView>) -> impl IntoView {
    let t = words();
    match &view.state {
        ModelsState::Pending => view! {
            <div data-models="pending">
                <EmptyState title=t.value_pending() text=t.value_pending_text() kind=StateKind::NotYet whole_screen=true />
            </div>
        }
        .into_any(),
        ModelsState::Failed(detail) => view! {
            <EmptyState title=t.problem_title() text=t.value_failed(detail) kind=StateKind::Error whole_screen=true />
        }
        .into_any(),
        ModelsState::Ready(models) => ready(models, view.currency),
    }
}

fn ready(models: &Models, currency: Currency) -> AnyView {
    let t = words();
    let why = models.test.as_ref().err().map(|error| t.fit_error(*error));
    if models.deciles.is_empty() && models.forecast.is_empty() {
        let text = why.unwrap_or_else(|| t.none_chosen_say().to_owned());
        let state = view! { <EmptyState title=t.no_value_lead() text=text kind=StateKind::TooLittle whole_screen=true /> };
        return view! { {state} {models.test.as_ref().ok().map(back_test)} }.into_any();
    }
    view! {
        {headline(models, currency)}
        <div class="stack" data-models="ready">
            <div class="columns columns--even">
                {decile_chart(models, currency)}
                {forecast(models, currency)}
            </div>
            {(!models.deciles.is_empty()).then(|| deciles::table(models, currency))}
            <ValueBy />
            {models.test.as_ref().ok().map(back_test)}
            {parameters(models, currency)}
        </div>
    }
    .into_any()
}

/// Amounts of models are fractions of the minor unit.
fn minor(amount: f64) -> i64 {
    amount.round() as i64
}

fn headline(models: &Models, currency: Currency) -> AnyView {
    let (t, f) = (words(), formats());
    let quarter = models.forecast.iter().find(|it| it.days == 90);
    let ahead = quarter.map(|it| {
        let days = t.days(u64::from(it.days), &f.count(it.days));
        t.forecast_say(
            &days,
            &f.count(it.orders().round()),
            &f.money_whole(minor(it.net), currency),
        )
    });
    let range = quarter.and_then(|it| it.net_range).map(|range| {
        let money = |amount| f.money_whole(minor(amount), currency);
        let share = f.percent_with(range.coverage, 0);
        t.forecast_range_say(&share, &money(range.low), &money(range.high))
    });
    let basis = t.value_basis(models.basis).to_owned();
    let said: Vec<String> = [ahead, range, Some(basis)].into_iter().flatten().collect();
    view! {
        <h1 class="headline">
            <em>{t.equity_lead(&f.money_whole(minor(models.equity), currency))}</em>
            {t.equity_rest()}
        </h1>
        <p class="headline__sub">{t.sentences(&said)}</p>
    }
    .into_any()
}

fn decile_chart(models: &Models, currency: Currency) -> AnyView {
    let (t, f) = (words(), formats());
    let names = (1..=models.deciles.len()).map(|nth| t.decile_nth(&f.count(nth as f64)));
    let model = ChartModel::Line(LineModel {
        x_title: t.decile_word().to_owned(),
        x_labels: names.collect(),
        axis_labels: vec![],
        series: vec![
            Series::new(
                t.expected_value(),
                models.deciles.iter().map(|it| Some(it.value)).collect(),
                "--c1",
            )
            .shaped(Shape::Bars),
        ],
        axis: ValueFormat::new(move |amount| f.money_compact(amount, currency)),
        full: ValueFormat::new(move |amount| f.money_whole(minor(amount), currency)),
        first_partial: false,
        last_incomplete: false,
        zero_based: true,
    });
    view! { <ChartCard heading=t.deciles_title() note=t.deciles_note() model=model texts=chart_texts(t) height_px=220 id="value-deciles" file_name="value-deciles.csv" /> }
        .into_any()
}

fn forecast(models: &Models, currency: Currency) -> AnyView {
    let t = words();
    if models.forecast.is_empty() {
        return ().into_any();
    }
    let rows = models.forecast.iter().map(|it| forecast_row(it, currency)).collect_view();
    let heads = vec![
        Head::text(t.ahead_word()),
        Head::number(t.known_orders()).hide_small(),
        Head::number(t.new_orders()).hide_small(),
        Head::number(t.net_ahead()),
        Head::number(t.range_word()),
    ];
    view! {
        <TableCard id="forecast" heading=t.forecast_title() file_name="forecast.csv" heads rows=models.forecast.len()>
            {rows}
        </TableCard>
    }
    .into_any()
}

fn forecast_row(row: &ShopForecast, currency: Currency) -> AnyView {
    let (t, f) = (words(), formats());
    let money = |amount| f.money_whole(minor(amount), currency);
    // A range is no more exact than three digits.
    let brief = |amount| f.money_compact(amount, currency);
    let range = row.net_range.map(|it| t.range_of(&brief(it.low), &brief(it.high)));
    view! {
        <tr data-forecast=row.days.to_string()>
            <td>{t.days(u64::from(row.days), &f.count(row.days))}</td>
            <td class="n hide-small">{f.count(row.known_orders.round())}</td>
            <td class="n hide-small">{f.count(row.new_orders.round())}</td>
            <td class="n"><b>{money(row.net)}</b></td>
            <td class="n table__quiet">{range.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
    }
    .into_any()
}
