//! Counts in a grid, darker where there are more.

use super::icon::{Icon, IconName};
use super::table_export::csv_of;
use super::toasts::Toasts;
use crate::download::hand_over;
use crate::settings::words;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// One cell of a heat map.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct HeatCell {
    /// How much there is, for the shade; `None` leaves the place blank.
    pub weight: Option<f64>,
    /// The number, written.
    pub text: String,
    /// The number for files, where it is shortened on screen.
    pub full: Option<String>,
    /// A second line: money.
    pub second: Option<String>,
    /// The whole in words, `text` among them: "Recency 5, frequency 1: 210 customers".
    pub spoken: String,
    /// What shows on hover.
    pub tooltip: String,
    /// Where the records behind it are. Of nothing too there may be some, as those who did not come
    /// back; without them nothing is a dot.
    pub href: Option<String>,
    /// A sum of a row or column: without a shade, and none is measured by it.
    pub is_total: bool,
}

/// A grid of counts. Each cell leads to its records; the arrow keys move among the cells.
#[component]
pub fn HeatMap(
    /// What the grid shows.
    #[prop(into)]
    label: Signal<String>,
    /// The rows' names, from the top.
    #[prop(into)]
    row_labels: Signal<Vec<String>>,
    /// The columns' names, from the left; they stand below.
    #[prop(into)]
    column_labels: Signal<Vec<String>>,
    /// The cells, row by row.
    #[prop(into)]
    cells: Signal<Vec<HeatCell>>,
    /// A cell without a link was chosen; its index, row by row.
    #[prop(into, optional)]
    on_select: Option<Callback<usize>>,
    /// Low cells and a column header on top: for grids of many rows, as cohorts.
    #[prop(default = false)]
    dense: bool,
    /// Name of the file in which it can be taken out; empty: a button beside it takes out more.
    #[prop(default = "")]
    file_name: &'static str,
    /// What the second lines are, in the file.
    #[prop(default = "")]
    second: &'static str,
) -> impl IntoView {
    let grid = NodeRef::<html::Div>::new();
    let active = RwSignal::new(0_usize);
    let n_columns = Signal::derive(move || column_labels.with(Vec::len).max(1));
    let on_key = move |event: KeyboardEvent| {
        let n_cells = cells.with_untracked(Vec::len);
        let moved = step(&event.key(), active.get_untracked(), n_columns.get_untracked(), n_cells);
        if let Some(index) = moved {
            event.prevent_default();
            active.set(index);
            focus_cell(&grid, index);
        }
    };
    let file = move || {
        let (rows, columns) = (row_labels.get_untracked(), column_labels.get_untracked());
        csv_of(file_rows(&rows, columns, &cells.get_untracked(), second).into_iter())
    };
    let export = move || (!file_name.is_empty()).then(|| view! { <Export file file_name /> });
    let header = move || {
        view! {
            <div class="heat-map__row heat-map__row--labels" role="row">
                <div class="heat-map__corner" role="cell">{export}</div>
                <ColumnNames names=column_labels />
            </div>
        }
    };
    let rows = move || rows(&row_labels.get(), &cells.get(), n_columns.get(), active, on_select);
    view! {
        <div
            class="heat-map"
            class:heat-map--dense=dense
            role="table"
            aria-label=label
            aria-rowcount=move || row_labels.with(Vec::len) + 1
            node_ref=grid
            style:--columns=move || n_columns.get().to_string()
            on:keydown=on_key
        >
            {dense.then_some(header)}
            {rows}
            {(!dense).then_some(header)}
        </div>
    }
}

#[component]
fn ColumnNames(names: Signal<Vec<String>>) -> impl IntoView {
    let name = |it| view! { <span role="columnheader">{it}</span> };
    move || names.get().into_iter().map(name).collect_view()
}

/// In the corner, where no name stands: takes the grid out.
#[component]
fn Export(
    file: impl Fn() -> String + Send + Sync + 'static,
    file_name: &'static str,
) -> impl IntoView {
    let (toasts, t) = (expect_context::<Toasts>(), words());
    let save = move |_| hand_over(toasts, t, file().as_bytes(), file_name);
    view! {
        <button class="button button--quiet" type="button" data-action="export-csv" title=t.download_csv() aria-label=t.download_csv() on:click=save>
            <Icon name=IconName::Download />
        </button>
    }
}

/// The grid as rows of a file; a column with second lines has one for them beside it.
fn file_rows(
    rows: &[String],
    columns: Vec<String>,
    cells: &[HeatCell],
    second: &str,
) -> Vec<Vec<String>> {
    let n_columns = columns.len().max(1);
    let has_second = !second.is_empty();
    let mut head = vec![String::new()];
    for name in columns {
        let beside = has_second.then(|| format!("{name} · {second}"));
        head.push(name);
        head.extend(beside);
    }
    let row = |(name, cells): (&String, &[HeatCell])| {
        let mut row = vec![name.clone()];
        for cell in cells {
            let is_blank = cell.weight.is_none();
            let text = cell.full.as_ref().unwrap_or(&cell.text);
            row.push(if is_blank { String::new() } else { text.clone() });
            row.extend(has_second.then(|| cell.second.clone().unwrap_or_default()));
        }
        row
    };
    std::iter::once(head).chain(rows.iter().zip(cells.chunks(n_columns)).map(row)).collect()
}

fn rows(
    names: &[String],
    cells: &[HeatCell],
    n_columns: usize,
    active: RwSignal<usize>,
    on_select: Option<Callback<usize>>,
) -> impl IntoView + use<> {
    let shaded = cells.iter().filter(|it| !it.is_total);
    let max = shaded.filter_map(|it| it.weight).fold(0.0, f64::max);
    let row = |(row, (name, cells)): (usize, (&String, &[HeatCell]))| {
        let place = |(at, cell): (usize, &HeatCell)| {
            cell_view(cell.clone(), max, Place { index: row * n_columns + at, active, on_select })
        };
        view! {
            <div class="heat-map__row" role="row">
                <span class="heat-map__label" role="rowheader">{name.clone()}</span>
                {cells.iter().enumerate().map(place).collect_view()}
            </div>
        }
    };
    names.iter().zip(cells.chunks(n_columns)).enumerate().map(row).collect_view()
}

/// A cell's place in the grid. One cell has the tab stop, the arrow keys move it.
#[derive(Clone, Copy)]
struct Place {
    /// Row by row.
    index: usize,
    /// The cell that has the tab stop.
    active: RwSignal<usize>,
    on_select: Option<Callback<usize>>,
}

impl Place {
    fn tab_stop(self) -> &'static str {
        if self.active.get() == self.index { "0" } else { "-1" }
    }

    fn take_tab_stop(self) {
        self.active.set(self.index);
    }

    fn select(self) {
        if let Some(it) = self.on_select {
            it.run(self.index);
        }
    }
}

fn cell_view(cell: HeatCell, max: f64, place: Place) -> AnyView {
    let Some(weight) = cell.weight else {
        return view! { <span class="heat-map__blank" role="cell"></span> }.into_any();
    };
    if weight <= 0.0 && cell.href.is_none() {
        return empty_cell(cell.spoken, place).into_any();
    }
    let kind = if cell.is_total { "total".to_owned() } else { shade(weight, max).to_string() };
    let class = format!("heat-map__cell heat-map__cell--{kind}");
    let second = cell
        .second
        .map(|it| view! { <small class="heat-map__second" aria-hidden="true">{it}</small> });
    let contents = view! {
        <span class="visually-hidden">{cell.spoken}</span>
        <span aria-hidden="true">{cell.text}</span>
        {second}
    };
    let inner = match cell.href {
        Some(href) => view! {
            <a
                class=class
                href=href
                title=cell.tooltip
                tabindex=move || place.tab_stop()
                data-cell=place.index
                on:focus=move |_| place.take_tab_stop()
            >
                {contents}
            </a>
        }
        .into_any(),
        None => view! {
            <button
                class=class
                type="button"
                title=cell.tooltip
                tabindex=move || place.tab_stop()
                data-cell=place.index
                on:focus=move |_| place.take_tab_stop()
                on:click=move |_| place.select()
            >
                {contents}
            </button>
        }
        .into_any(),
    };
    view! { <div class="heat-map__place" role="cell">{inner}</div> }.into_any()
}

/// Nobody is there: nothing to open, but the arrow keys pass over it and it is read.
fn empty_cell(spoken: String, place: Place) -> impl IntoView {
    view! {
        <div
            class="heat-map__cell heat-map__cell--none"
            role="cell"
            tabindex=move || place.tab_stop()
            data-cell=place.index
            on:focus=move |_| place.take_tab_stop()
        >
            <span class="visually-hidden">{spoken}</span>
            <span aria-hidden="true">"·"</span>
        </div>
    }
}

/// The shade, 0 to 5, on a square-root scale: one crowded cell does not bleach all others.
fn shade(weight: f64, max: f64) -> u8 {
    if max <= 0.0 {
        return 0;
    }
    ((weight.max(0.0) / max).sqrt() * 5.999).min(5.0) as u8
}

/// The cell to which a key leads; `None` if the key means nothing here.
fn step(key: &str, from: usize, n_columns: usize, n_cells: usize) -> Option<usize> {
    let column = from % n_columns;
    let to = match key {
        "ArrowRight" if column + 1 < n_columns => from + 1,
        "ArrowLeft" if column > 0 => from - 1,
        "ArrowDown" => from + n_columns,
        "ArrowUp" => from.checked_sub(n_columns)?,
        "Home" => from - column,
        "End" => from - column + n_columns - 1,
        _ => return None,
    };
    (to < n_cells).then_some(to)
}

fn focus_cell(grid: &NodeRef<html::Div>, index: usize) {
    let cell = grid
        .get_untracked()
        .and_then(|it| it.query_selector(&format!("[data-cell='{index}']")).ok().flatten());
    if let Some(cell) = cell.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = cell.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_cell_is_darkest_and_the_scale_is_a_square_root() {
        for (weight, expected) in [(2_890.0, 5), (1_240.0, 3), (410.0, 2), (90.0, 1), (41.0, 0)] {
            assert_eq!(shade(weight, 2_890.0), expected, "{weight}");
        }
        assert_eq!(shade(0.0, 0.0), 0);
    }

    #[test]
    fn a_file_has_the_grid_and_tells_nothing_from_what_is_not_known() {
        let known = |text: &str, full: Option<&str>| HeatCell {
            weight: Some(0.0),
            text: text.to_owned(),
            full: full.map(str::to_owned),
            second: Some("$5".to_owned()),
            ..HeatCell::default()
        };
        let cells =
            [known("0", None), HeatCell::default(), known("1K", Some("1,020")), known("3", None)];
        let rows = ["a", "b"].map(str::to_owned);
        let columns = || vec!["x".to_owned(), "y".to_owned()];
        assert_eq!(
            file_rows(&rows, columns(), &cells, ""),
            [["", "x", "y"], ["a", "0", ""], ["b", "1,020", "3"]]
        );
        let both = file_rows(&rows, columns(), &cells, "Net");
        assert_eq!(both[0], ["", "x", "x · Net", "y", "y · Net"]);
        assert_eq!(both[1], ["a", "0", "$5", "", ""]);
    }

    #[test]
    fn arrows_stay_inside_the_grid() {
        for (key, from, to) in [
            ("ArrowRight", 4, None),
            ("ArrowRight", 3, Some(4)),
            ("ArrowLeft", 5, None),
            ("ArrowDown", 20, None),
            ("ArrowDown", 7, Some(12)),
            ("ArrowUp", 3, None),
            ("Home", 8, Some(5)),
            ("End", 8, Some(9)),
            ("Enter", 8, None),
        ] {
            assert_eq!(step(key, from, 5, 25), to, "{key} from {from}");
        }
    }
}
