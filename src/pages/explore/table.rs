//! The table as a list: a row a slice, a column a figure.

use super::measure::Measure;
use super::rows::{Row, rows};
use super::{Choice, behind};
use crate::address::{customers_path, use_link, use_set_query};
use crate::components::{Icon, IconName, Toasts, Wide, csv_of};
use crate::download::hand_over;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::ExploreView;
use std::sync::Arc;

/// So many rows are drawn; the file has all.
const MOST_ROWS: usize = 300;

pub(super) fn table(view: &Arc<ExploreView>, choice: &Choice) -> AnyView {
    let (t, f) = (words(), formats());
    let all = rows(view, view.axes.len(), choice.order);
    let cut = (all.len() > MOST_ROWS)
        .then(|| t.explore_rows_cut(&f.count(MOST_ROWS as f64), &f.count(all.len() as f64)));
    let names: Vec<&str> = view.axes.iter().map(|it| t.dimension(it.dimension)).collect();
    let lines = all.iter().take(MOST_ROWS).map(|it| line(view, choice, it)).collect_view();
    let whole = Row { at: view.all(), depth: 0 };
    let heads = choice
        .measures
        .iter()
        .map(|it| {
            view! {
                <Sorted name=it.name(t).to_owned() by=Some(*it) choice=choice.clone() />
            }
        })
        .collect_view();
    let (whole, height) = (line(view, choice, &whole), all.len() + 2);
    let first = view! { <Sorted name=names.join(" · ") by=None choice=choice.clone() /> };
    view! {
        <section class="card" id="explore-table">
            <div class="card__head">
                <h2>{t.build_title()}</h2>
                <Export view=view.clone() choice=choice.clone() />
            </div>
            <p class="card__note">{t.sentences(&[t.explore_note().to_owned(), cut.unwrap_or_default()])}</p>
            <Wide label=t.build_title() class="table-scroll">
                <table class="table" aria-label=t.build_title() aria-rowcount=height>
                    <thead>
                        <tr>
                            {first}
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{lines} {whole}</tbody>
                </table>
            </Wide>
        </section>
    }
    .into_any()
}

/// A column's name that sorts by it.
#[component]
fn Sorted(name: String, by: Option<Measure>, choice: Choice) -> impl IntoView {
    let (t, set_query) = (words(), use_set_query());
    let is_by = choice.order.by == by;
    let direction = match (is_by, choice.order.descending) {
        (false, _) => "none",
        (true, true) => "descending",
        (true, false) => "ascending",
    };
    let sign = match direction {
        "descending" => " ↓",
        "ascending" => " ↑",
        _ => "",
    };
    let press = move |_| {
        // The first click on figures has the largest first, on names the first.
        let descending = if is_by { !choice.order.descending } else { by.is_some() };
        let direction = if descending { "desc" } else { "asc" };
        let sort = by.map_or("slice", Measure::code);
        set_query(&[("sort", sort.to_owned()), ("dir", direction.to_owned())]);
    };
    let label = t.sort_by(&name);
    view! {
        <th scope="col" class=by.is_some().then_some("n") aria-sort=direction>
            <button class="quiet-link" type="button" title=label name=format!("sort-{}", by.map_or("slice", Measure::code)) data-sort=by.map_or("slice", Measure::code) on:click=press>
                {name} <span aria-hidden="true">{sign}</span>
            </button>
        </th>
    }
}

fn line(view: &ExploreView, choice: &Choice, row: &Row) -> AnyView {
    let (t, f, link) = (words(), formats(), use_link());
    let figures = view.figures(&row.at);
    let axis = row.depth.checked_sub(1).and_then(|axis| view.axes.get(axis).zip(Some(axis)));
    let name = match axis {
        Some((it, axis)) => t.slice(it.dimension, it.slices[row.at[axis] as usize].as_ref()),
        None => t.all().to_owned(),
    };
    let indent = match row.depth {
        2 => "indent-1",
        3 => "indent-2",
        _ => "",
    };
    let path = customers_path(&behind(view, choice, &row.at));
    let who = t.customers(u64::from(figures.customers), &f.count(figures.customers));
    let name = if figures.customers > 0 {
        let title = t.explore_who(&who);
        view! { <a class="table__link" title=title href=move || link(&path)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let cells = choice.measures.iter().map(|it| {
        let text = it.written(it.of(&figures), f, view.currency);
        if row.depth < view.axes.len() {
            view! { <td class="n"><b>{text}</b></td> }.into_any()
        } else {
            view! { <td class="n">{text}</td> }.into_any()
        }
    });
    let places: Vec<String> = row.at.iter().map(ToString::to_string).collect();
    view! {
        <tr data-row=places.join("-") data-depth=row.depth data-orders=figures.orders data-customers=figures.customers data-net=figures.net>
            <th scope="row" class=indent>{name}</th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

/// Every cell of the table as a file: a column a dimension, sums among the rows.
#[component]
pub(super) fn Export(view: Arc<ExploreView>, choice: Choice) -> impl IntoView {
    let (toasts, t) = (expect_context::<Toasts>(), words());
    let save = move |_| {
        let heads = view.axes.iter().map(|it| t.dimension(it.dimension).to_owned());
        let figures = choice.measures.iter().map(|it| it.name(t).to_owned());
        let cells = view.cells.iter().map(|cell| {
            let slices = view.axes.iter().zip(&cell.at).map(|(axis, place)| {
                match axis.slices.get(*place as usize) {
                    Some(slice) => t.slice(axis.dimension, slice.as_ref()),
                    None => t.all().to_owned(),
                }
            });
            let figures = choice.measures.iter();
            let figures = figures.map(|it| it.plain(it.of(&cell.figures), view.currency));
            slices.chain(figures).collect()
        });
        let csv = csv_of(std::iter::once(heads.chain(figures).collect()).chain(cells));
        hand_over(toasts, t, csv.as_bytes(), "explore.csv");
    };
    view! {
        <button class="button button--quiet" type="button" data-action="export-csv" title=t.download_csv() aria-label=t.download_csv() on:click=save>
            <Icon name=IconName::Download />
        </button>
    }
}
