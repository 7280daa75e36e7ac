//! The revenue bridge: from one period's net to the other's, effect by effect.

use super::signed;
use crate::charts::{ChartCard, ChartModel, LineModel, Series, Shape, ValueFormat};
use crate::components::{Head, TableCard};
use crate::i18n::Words;
use crate::pages::overview::chart_texts;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{BridgeView, ReportsView};

/// What an effect is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Buyers,
    Frequency,
    OrderValue,
    Anonymous,
    GivenBack,
}

/// A step of the bridge.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) cause: Cause,
    pub(super) effect: i64,
}

impl Step {
    /// The effect in words, within a sentence.
    pub(super) const fn reason(self, t: Words) -> &'static str {
        let is_more = self.effect > 0;
        match (self.cause, is_more) {
            (Cause::Buyers, true) => t.effect_buyers_more(),
            (Cause::Buyers, false) => t.effect_buyers_fewer(),
            (Cause::Frequency, true) => t.effect_frequency_more(),
            (Cause::Frequency, false) => t.effect_frequency_fewer(),
            (Cause::OrderValue, true) => t.effect_value_more(),
            (Cause::OrderValue, false) => t.effect_value_less(),
            (Cause::Anonymous, _) => t.effect_anonymous(),
            (Cause::GivenBack, _) => t.effect_given_back(),
        }
    }

    const fn name(self, t: Words) -> &'static str {
        match self.cause {
            Cause::Buyers => t.bridge_buyers(),
            Cause::Frequency => t.bridge_frequency(),
            Cause::OrderValue => t.bridge_value(),
            Cause::Anonymous => t.bridge_anonymous(),
            Cause::GivenBack => t.bridge_given_back(),
        }
    }
}

/// The steps in their order; of those that most shops do not have only what there is.
pub(super) fn steps(bridge: &BridgeView) -> Vec<Step> {
    let step = |cause, effect| Step { cause, effect };
    let always = [
        step(Cause::Buyers, bridge.buyers),
        step(Cause::Frequency, bridge.frequency),
        step(Cause::OrderValue, bridge.order_value),
    ];
    let rare =
        [step(Cause::Anonymous, bridge.anonymous), step(Cause::GivenBack, bridge.given_back)];
    always.into_iter().chain(rare.into_iter().filter(|it| it.effect != 0)).collect()
}

/// Picture and table, or what is missing.
pub(super) fn bridge(view: &ReportsView) -> AnyView {
    let (t, f) = (words(), formats());
    let Some(found) = &view.bridge else {
        let text = match (view.compared, view.first_order) {
            (Some(_), Some(first)) => t.bridge_too_early(&f.day(first)),
            _ => t.bridge_no_comparison().to_owned(),
        };
        return view! {
            <section class="card" id="bridge">
                <h2>{t.bridge_title()}</h2>
                <p class="card__note">{text}</p>
            </section>
        }
        .into_any();
    };
    view! {
        {waterfall(view, found)}
        {table(view, found)}
    }
    .into_any()
}

fn waterfall(view: &ReportsView, bridge: &BridgeView) -> AnyView {
    let (t, f, currency) = (words(), formats(), view.currency);
    let steps = steps(bridge);
    let names = steps.iter().map(|it| it.name(t).to_owned());
    let names = std::iter::once(t.bridge_before().to_owned())
        .chain(names)
        .chain([t.bridge_after().to_owned()]);
    let places = steps.len() + 2;
    let mut whole = vec![None; places];
    (whole[0], whole[places - 1]) = (Some(bridge.before.net as f64), Some(bridge.after.net as f64));
    let (mut more, mut less) = (vec![None; places], vec![None; places]);
    let mut begins = vec![0.0; places];
    let mut reached = bridge.before.net;
    for (at, step) in steps.iter().enumerate() {
        let side = if step.effect < 0 { &mut less } else { &mut more };
        side[at + 1] = Some(step.effect as f64);
        begins[at + 1] = reached as f64;
        reached += step.effect;
    }
    let bars = |name: &str, values, color| {
        Series::new(name, values, color).shaped(Shape::Bars).beginning(begins.clone())
    };
    let model = ChartModel::Line(LineModel {
        x_title: t.effect_word().to_owned(),
        x_labels: names.collect(),
        axis_labels: vec![],
        series: vec![
            bars(t.net_revenue(), whole, "--c8"),
            bars(t.rises_word(), more, "--good"),
            bars(t.falls_word(), less, "--bad"),
        ],
        axis: ValueFormat::new(move |value| f.money_compact(value, currency)),
        full: ValueFormat::new(move |value| f.money(value.round() as i64, currency)),
        first_partial: false,
        last_incomplete: false,
        zero_based: true,
    });
    view! {
        <ChartCard heading=t.bridge_title() note=t.bridge_note() model=model texts=chart_texts(t) height_px=240 legend=true id="bridge" file_name="revenue-bridge.csv" />
    }
    .into_any()
}

fn table(view: &ReportsView, bridge: &BridgeView) -> AnyView {
    let (t, f, currency) = (words(), formats(), view.currency);
    let (before, after) = (bridge.before, bridge.after);
    let ratio = |it: Option<f64>| it.map_or_else(|| "–".to_owned(), |it| f.number(it, 2));
    let money = |it: Option<f64>| {
        it.map_or_else(|| "–".to_owned(), |it| f.money(it.round() as i64, currency))
    };
    let ends = |cause: Cause| match cause {
        Cause::Buyers => (f.count(before.buyers), f.count(after.buyers)),
        Cause::Frequency => (ratio(before.orders_per_buyer), ratio(after.orders_per_buyer)),
        Cause::OrderValue => (money(before.order_value), money(after.order_value)),
        Cause::Anonymous | Cause::GivenBack => (String::new(), String::new()),
    };
    let row = |step: Step| {
        let (was, is) = ends(step.cause);
        view! {
            <tr data-effect=step.effect>
                <td>{step.name(t)}</td>
                <td class="n">{was}</td>
                <td class="n">{is}</td>
                <td class="n"><b>{signed(view, step.effect)}</b></td>
            </tr>
        }
    };
    let steps = steps(bridge);
    let count = steps.len() + 1;
    let rows = steps.into_iter().map(row).collect_view();
    let change = bridge.change();
    let change_text = signed(view, change);
    let heads = vec![
        Head::text(t.effect_word()),
        Head::number(t.was_word()),
        Head::number(t.is_word()),
        Head::number(t.effect_money()),
    ];
    view! {
        <TableCard id="bridge-table" heading=t.effects_title() file_name="revenue-effects.csv" heads rows=count>
            {rows}
            <tr data-change=change data-before=before.net data-after=after.net>
                <td>{t.net_revenue()}</td>
                <td class="n">{f.money(before.net, currency)}</td>
                <td class="n">{f.money(after.net, currency)}</td>
                <td class="n"><b>{change_text}</b></td>
            </tr>
        </TableCard>
    }
    .into_any()
}
