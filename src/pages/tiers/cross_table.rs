//! Customers by any two labels.

use crate::address::labels::{kind_code, kind_of};
use crate::address::{use_lens, use_query, use_set_query};
use crate::pages::answered::answered_part;
use crate::pages::matrix::{MatrixExport, matrix};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{CrossQuery, CrossView, LabelKind, Request, Response, RowsOn};
use std::sync::Arc;

/// The card. Its two labels stand in the URL.
#[component]
pub(super) fn CrossTable() -> impl IntoView {
    let t = words();
    let (lens, map) = (use_lens(), use_query());
    let kind =
        move |name: &str, or: LabelKind| map.read().get_str(name).and_then(kind_of).unwrap_or(or);
    let rows = Memo::new(move |_| kind("rows", LabelKind::Tier));
    let columns = Memo::new(move |_| kind("columns", LabelKind::Stage));
    let query = move || CrossQuery {
        lens: lens.get(),
        rows: rows.get(),
        columns: columns.get(),
        rows_on: RowsOn::AsOf,
    };
    let take = Response::of_segments::<CrossView>;
    let drawn =
        answered_part(move || Request::Cross(query()), take, |view| view! { <Drawn view /> });
    view! {
        <section class="card" id="cross-table">
            <div class="card__head"><h2>{t.cross_title()}</h2></div>
            <p class="card__note">{t.cross_note()}</p>
            <div class="row">
                <Kinds name="rows" label=t.cross_rows() chosen=rows />
                <Kinds name="columns" label=t.cross_columns() chosen=columns />
            </div>
            {drawn}
        </section>
    }
}

/// A choice of a kind of labels.
#[component]
fn Kinds(
    /// In the URL.
    name: &'static str,
    label: &'static str,
    chosen: Memo<LabelKind>,
) -> impl IntoView {
    let t = words();
    let set_query = use_set_query();
    let first = chosen.get_untracked();
    let options = LabelKind::ALL.map(|kind| {
        view! { <option value=kind_code(kind) selected=kind == first>{t.label_kind(kind)}</option> }
    });
    view! {
        <label class="row">
            <span class="field__label">{label}</span>
            <select
                class="chip chip--choice"
                data-cross=name
                prop:value=move || kind_code(chosen.get())
                on:change=move |event| set_query(&[(name, event_target_value(&event))])
            >
                {options.into_iter().collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Drawn(view: Arc<CrossView>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let places =
        (0..view.rows.len()).flat_map(|row| (0..view.columns.len()).map(move |it| (row, it)));
    let richest = places.max_by_key(|(row, column)| view.cell(*row, *column).net);
    let lead =
        richest.filter(|(row, column)| view.cell(*row, *column).net > 0).map(|(row, column)| {
            let cell = view.cell(row, column);
            t.cross_lead(
                &t.label(view.rows_by, view.rows[row].as_ref()),
                &t.label(view.columns_by, view.columns[column].as_ref()),
                &f.money_whole(cell.net, view.currency),
                &t.customers(u64::from(cell.customers), &f.count(cell.customers)),
            )
        });
    view! {
        <div class="row row--between">
            <p class="card__lead" data-customers=view.total().customers>{lead}</p>
            <MatrixExport view=view.clone() file_name="customers-by-two-labels.csv" />
        </div>
        {matrix(&view, t.cross_title(), false, "")}
    }
}
