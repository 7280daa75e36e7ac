//! A table of two labels as a grid: each cell leads to its customers, sums at its edges.

use crate::address::{customers_path, use_link};
use crate::components::{HeatCell, HeatMap};
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::{Behind, CrossCell, CrossView, CustomerFilter, LabelCondition};

/// The customers who meet all conditions.
pub(super) fn who_meets(conditions: Vec<LabelCondition>) -> CustomerFilter {
    let behind = (!conditions.is_empty()).then_some(Behind::Labelled(conditions));
    CustomerFilter { behind, ..CustomerFilter::default() }
}

/// The grid. Rows and columns that nobody is in are left out where `keep_empty` does not say
/// otherwise.
pub(super) fn matrix(view: &CrossView, label: &str, keep_empty: bool) -> AnyView {
    let t = words();
    let is_kept = |total: CrossCell| keep_empty || total.customers > 0;
    let rows: Vec<usize> = (0..view.rows.len()).filter(|at| is_kept(view.row_total(*at))).collect();
    let columns: Vec<usize> =
        (0..view.columns.len()).filter(|at| is_kept(view.column_total(*at))).collect();
    let row_name = |at: &usize| t.label(view.rows_by, view.rows[*at].as_ref());
    let column_name = |at: &usize| t.label(view.columns_by, view.columns[*at].as_ref());
    let all = || std::iter::once(t.all().to_owned());
    let row_labels: Vec<String> = rows.iter().map(row_name).chain(all()).collect();
    let column_labels: Vec<String> = columns.iter().map(column_name).chain(all()).collect();
    let places = |kept: &[usize]| -> Vec<Option<usize>> {
        kept.iter().copied().map(Some).chain([None]).collect()
    };
    let (row_places, column_places) = (places(&rows), places(&columns));
    let cells: Vec<HeatCell> = row_places
        .iter()
        .flat_map(|row| column_places.iter().map(|column| cell(view, *row, *column)))
        .collect();
    view! {
        <div class="matrix">
            <HeatMap
                label=label.to_owned()
                row_labels=row_labels
                column_labels=column_labels
                cells=cells
                dense=true
            />
        </div>
    }
    .into_any()
}

/// A cell; `None`: the sum over the rows or the columns.
fn cell(view: &CrossView, row: Option<usize>, column: Option<usize>) -> HeatCell {
    let (t, f, link) = (words(), formats(), use_link());
    let CrossCell { customers, net } = match (row, column) {
        (Some(row), Some(column)) => view.cell(row, column),
        (Some(row), None) => view.row_total(row),
        (None, Some(column)) => view.column_total(column),
        (None, None) => view.total(),
    };
    let conditions = [
        row.and_then(|row| view.row_condition(row)),
        column.and_then(|column| view.column_condition(column)),
    ];
    let row_name =
        row.map_or_else(|| t.all().to_owned(), |it| t.label(view.rows_by, view.rows[it].as_ref()));
    let column_name = column.map_or_else(
        || t.all().to_owned(),
        |it| t.label(view.columns_by, view.columns[it].as_ref()),
    );
    let who = t.customers(u64::from(customers), &f.count(customers));
    let said = t.cell_spoken(&who, &f.money_whole(net, view.currency));
    let sign = if view.since.is_some() { "→" } else { "×" };
    let spoken = format!("{row_name} {sign} {column_name}: {said}");
    let filter = who_meets(conditions.into_iter().flatten().collect());
    HeatCell {
        weight: Some(f64::from(customers)),
        text: f.count(customers),
        second: None,
        tooltip: spoken.clone(),
        spoken,
        href: Some(untrack(|| link(&customers_path(&filter)))),
        is_total: row.is_none() || column.is_none(),
    }
}
