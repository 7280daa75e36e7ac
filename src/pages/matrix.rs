//! A table of two labels as a grid: each cell leads to its customers, sums at its edges.

use crate::address::{customers_path, use_link};
use crate::components::{HeatCell, HeatMap, Icon, IconName, Toasts, csv_of};
use crate::download::hand_over;
use crate::settings::{formats, words};
use leptos::prelude::*;
use model::Money;
use protocol::{Behind, CrossCell, CrossView, CustomerFilter, LabelCondition};
use std::sync::Arc;

/// The customers who meet all conditions.
pub(super) fn who_meets(conditions: Vec<LabelCondition>) -> CustomerFilter {
    let behind = (!conditions.is_empty()).then_some(Behind::Labelled(conditions));
    CustomerFilter { behind, ..CustomerFilter::default() }
}

/// The grid. Rows and columns that nobody is in are left out where `keep_empty` does not say
/// otherwise. `file_name`: of what its button takes out; empty: the screen has another button.
pub(super) fn matrix(
    view: &CrossView,
    label: &str,
    keep_empty: bool,
    file_name: &'static str,
) -> AnyView {
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
                file_name=file_name
            />
        </div>
    }
    .into_any()
}

/// A button that takes the table out: a row a cell, sums among them.
#[component]
pub(super) fn MatrixExport(
    view: Arc<CrossView>,
    /// Name of the file, with its ending.
    file_name: &'static str,
) -> impl IntoView {
    let (toasts, t) = (expect_context::<Toasts>(), words());
    let save = move |_| {
        let csv = csv_of(file_rows(&view).into_iter());
        hand_over(toasts, t, csv.as_bytes(), file_name);
    };
    view! {
        <button class="button button--quiet" type="button" data-action="export-csv" title=t.download_csv() aria-label=t.download_csv() on:click=save>
            <Icon name=IconName::Download />
        </button>
    }
}

fn file_rows(view: &CrossView) -> Vec<Vec<String>> {
    let t = words();
    let places = |count: usize| (0..count).map(Some).chain([None]);
    let mut rows = vec![vec![
        t.label_kind(view.rows_by).to_owned(),
        t.label_kind(view.columns_by).to_owned(),
        t.nav_customers().to_owned(),
        t.net_revenue().to_owned(),
    ]];
    for row in places(view.rows.len()) {
        for column in places(view.columns.len()) {
            let CrossCell { customers, net } = total_of(view, row, column);
            let row = row.map(|it| t.label(view.rows_by, view.rows[it].as_ref()));
            let column = column.map(|it| t.label(view.columns_by, view.columns[it].as_ref()));
            let all = || t.all().to_owned();
            rows.push(vec![
                row.unwrap_or_else(all),
                column.unwrap_or_else(all),
                customers.to_string(),
                Money::from_minor(net, view.currency).to_string(),
            ]);
        }
    }
    rows
}

/// What is in a cell; `None`: the sum over the rows or the columns.
fn total_of(view: &CrossView, row: Option<usize>, column: Option<usize>) -> CrossCell {
    match (row, column) {
        (Some(row), Some(column)) => view.cell(row, column),
        (Some(row), None) => view.row_total(row),
        (None, Some(column)) => view.column_total(column),
        (None, None) => view.total(),
    }
}

/// A cell; `None`: the sum over the rows or the columns.
fn cell(view: &CrossView, row: Option<usize>, column: Option<usize>) -> HeatCell {
    let (t, f, link) = (words(), formats(), use_link());
    let CrossCell { customers, net } = total_of(view, row, column);
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
        full: None,
        second: None,
        tooltip: spoken.clone(),
        spoken,
        href: (customers > 0).then(|| untrack(|| link(&customers_path(&filter)))),
        is_total: row.is_none() || column.is_none(),
    }
}
