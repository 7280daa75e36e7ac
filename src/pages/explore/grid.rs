//! The table as a grid: the last dimension goes across, the others down.

use super::rows::{Row, places, rows};
use super::table::Export;
use super::{Choice, behind};
use crate::address::{customers_path, use_link};
use crate::components::{HeatCell, HeatMap};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Dimension, ExploreView};
use std::sync::Arc;

/// So many rows are drawn; the file has all.
const MOST_ROWS: usize = 120;

pub(super) fn grid(view: &Arc<ExploreView>, choice: &Choice) -> AnyView {
    let (t, f) = (words(), formats());
    let across = view.axes.len() - 1;
    let mut all = rows(view, across, choice.order);
    all.retain(|it| it.depth == across);
    let cut = (all.len() > MOST_ROWS)
        .then(|| t.explore_rows_cut(&f.count(MOST_ROWS as f64), &f.count(all.len() as f64)));
    all.truncate(MOST_ROWS);
    let axis = &view.axes[across];
    let natural = super::Order { by: None, descending: false };
    let columns: Vec<u32> = places(view, across, natural, &view.all())
        .into_iter()
        .chain([view.sum_place(across)])
        .collect();
    let column_name = |place: &u32| match axis.slices.get(*place as usize) {
        Some(slice) if axis.dimension == Dimension::Hour => {
            let name = t.slice(axis.dimension, slice.as_ref());
            name.strip_suffix(":00").map_or_else(|| name.clone(), str::to_owned)
        }
        Some(slice) => t.slice(axis.dimension, slice.as_ref()),
        None => t.all().to_owned(),
    };
    let row_name = |it: &Row| {
        let slices = view.axes.iter().zip(&it.at).take(across);
        let slices = slices
            .map(|(axis, place)| t.slice(axis.dimension, axis.slices[*place as usize].as_ref()));
        slices.collect::<Vec<_>>().join(" · ")
    };
    all.push(Row { at: view.all(), depth: 0 });
    let row_labels: Vec<String> = all
        .iter()
        .map(|it| if it.depth == 0 { t.all().to_owned() } else { row_name(it) })
        .collect();
    let column_labels: Vec<String> = columns.iter().map(column_name).collect();
    let cells: Vec<HeatCell> = all
        .iter()
        .zip(&row_labels)
        .flat_map(|(row, name)| {
            let named = columns.iter().zip(&column_labels);
            named.map(move |(place, column)| cell(view, choice, row, *place, (name, column)))
        })
        .collect();
    let is_named = !axis.dimension.is_time() || axis.dimension == Dimension::Month;
    let label = choice.main().name(t);
    view! {
        <section class="card" id="explore-table">
            <div class="card__head">
                <h2>{label}</h2>
                <Export view=view.clone() choice=choice.clone() />
            </div>
            <p class="card__note">{t.sentences(&[t.explore_note().to_owned(), cut.unwrap_or_default()])}</p>
            <div class:matrix=is_named>
                <HeatMap label=label row_labels=row_labels column_labels=column_labels cells=cells dense=true />
            </div>
        </section>
    }
    .into_any()
}

fn cell(
    view: &ExploreView,
    choice: &Choice,
    row: &Row,
    place: u32,
    (name, column): (&str, &str),
) -> HeatCell {
    let (t, f, link) = (words(), formats(), use_link());
    let across = view.axes.len() - 1;
    let mut at = row.at.clone();
    at[across] = place;
    let (measure, figures) = (choice.main(), view.figures(&at));
    let value = measure.of(&figures);
    let who = t.customers(u64::from(figures.customers), &f.count(figures.customers));
    let full = measure.written(value, f, view.currency);
    let spoken = format!("{name} × {column}: {full} ({who})");
    let path = customers_path(&behind(view, choice, &at));
    HeatCell {
        weight: Some(value.unwrap_or(0.0).max(0.0)),
        text: measure.brief(value, f, view.currency),
        full: value.is_some().then_some(full),
        second: None,
        tooltip: spoken.clone(),
        spoken,
        href: (figures.customers > 0).then(|| untrack(|| link(&path))),
        is_total: row.depth == 0 || place == view.sum_place(across),
    }
}
