//! Which values have which score, and how they were chosen.

use super::editor::{Editor, drafts};
use crate::components::{DataTable, TableExport};
use crate::i18n::{Format, Words};
use crate::settings::{formats, words};
use leptos::html;
use leptos::prelude::*;
use model::Currency;
use protocol::{Analysis, Band, BandCuts, FixedCuts, Monetary, ScoreCuts};
use std::sync::Arc;

/// The values of each score. The choice behind them is changed in a panel that opens in the card.
#[component]
pub(super) fn Cuts(
    /// The figures, as they come.
    known: Signal<Option<Arc<Analysis>>>,
) -> impl IntoView {
    let t = words();
    let drafts = drafts(known);
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let close = Callback::new(move |()| {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    });
    let choice = Memo::new(move |_| known.read().as_ref().map(|it| it.rfm.choice));
    let note = move || choice.get().map(|choice| t.cuts_note(&t.rfm_choice(&choice)));
    let table = move || known.get().map(|analysis| view! { <Values analysis /> });
    view! {
        <section class="card card--fill" id="rfm-cuts">
            <div class="card__head">
                <h2>{t.cuts_title()}</h2>
                <div class="row">
                    <button
                        class="button button--quiet"
                        type="button"
                        data-action="rfm-change"
                        node_ref=button
                        aria-expanded=move || open.get().to_string()
                        aria-controls=move || open.get().then_some("rfm-editor")
                        on:click=move |_| open.update(|it| *it = !*it)
                    >
                        {t.scores_change()}
                    </button>
                    <TableExport file_name="rfm-cuts.csv" label=t.download_csv() />
                </div>
            </div>
            <p class="card__note">{note}</p>
            <Show when=move || open.get()>
                <Editor drafts close />
            </Show>
            {table}
        </section>
    }
}

#[component]
fn Values(analysis: Arc<Analysis>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let rfm = &analysis.rfm;
    let rows = match rfm.choice.cuts {
        ScoreCuts::Fifths => ranges(&rfm.cuts, t, f, analysis.currency),
        ScoreCuts::Fixed(cuts) => bounds(&cuts, f, analysis.currency),
    };
    let money = match rfm.choice.monetary {
        Monetary::Total => t.money_spent(),
        Monetary::AverageOrder => t.money_average(),
    };
    let columns = vec![
        (t.score().to_owned(), false),
        (t.days_since().to_owned(), true),
        (t.number_of_orders().to_owned(), true),
        (money.to_owned(), true),
    ];
    view! { <DataTable caption=t.cuts_title() columns=columns rows=rows hide_caption=true /> }
}

/// Of fifths: the values that have come out, the best score first.
pub(super) fn ranges(cuts: &BandCuts, t: Words, f: Format, currency: Currency) -> Vec<Vec<String>> {
    let range = |band: Option<Band>, write: &dyn Fn(i64) -> String| match band {
        None => t.nobody_has_it().to_owned(),
        Some(Band { from, to }) if from == to => write(from),
        Some(Band { from, to }) => t.span(&write(from), &write(to)),
    };
    let count = |number: i64| f.count(number as f64);
    let money = |minor: i64| f.money(minor, currency);
    let row = |at: usize| {
        vec![
            (at + 1).to_string(),
            range(cuts.r[at], &count),
            range(cuts.f[at], &count),
            range(cuts.m[at], &money),
        ]
    };
    (0..5).rev().map(row).collect()
}

/// Of fixed cuts: where each score begins, the best score first.
pub(super) fn bounds(cuts: &FixedCuts, f: Format, currency: Currency) -> Vec<Vec<String>> {
    let days = cuts.days.values().map(|days| f.count(days));
    let orders = cuts.orders.values().map(|orders| f.count(orders));
    let amounts = cuts.amounts.values().map(|amount| f.money(amount.minor(currency), currency));
    let row = |score: usize| {
        let (days, orders, amount) = (&days[5 - score], &orders[score - 2], &amounts[score - 2]);
        let score = score.to_string();
        vec![score, format!("≤ {days}"), format!("≥ {orders}"), format!("≥ {amount}")]
    };
    let lowest = [
        "1".to_owned(),
        format!("> {}", days[3]),
        format!("< {}", orders[0]),
        format!("< {}", amounts[0]),
    ];
    (2..=5).rev().map(row).chain([lowest.into()]).collect()
}
