//! A table of any length that builds only the rows in sight.

use super::table_parts::{CardPlace, Column, Loaded, Sort, TableWidth};
use super::table_scroll::{
    TableScroll, ask_for_rows, follow_size, move_by_key, start_over_on_sort,
};
use leptos::prelude::*;
use std::ops::Range;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

/// A table of hundreds of thousands of rows (browsers end at some 33 million pixels). Only the rows in sight exist; the page fetches what is near.
///
/// A row opens on click, its first cell holds the real link. One row has the tab stop; arrows,
/// Page Up, Page Down, Home and End move it. In a table narrower than 600 px each row is a card.
#[component]
pub fn VirtualTable<R, C, H>(
    /// What the table lists.
    #[prop(into)]
    label: Signal<String>,
    /// The columns, in order.
    columns: Vec<Column>,
    /// The number of all rows.
    #[prop(into)]
    total: Signal<usize>,
    /// The rows at hand.
    #[prop(into)]
    rows: Signal<Loaded<R>>,
    /// These rows are wanted: those in sight and a screen more on either side.
    #[prop(into)]
    on_range: Callback<Range<usize>>,
    /// The present order.
    #[prop(into)]
    sort: Signal<Sort>,
    /// Another order is wanted.
    #[prop(into)]
    on_sort: Callback<Sort>,
    /// The cells of a row, one a column.
    cells: C,
    /// Where a row leads.
    row_href: H,
) -> impl IntoView
where
    R: Clone + Send + Sync + 'static,
    C: Fn(&R) -> Vec<AnyView> + Clone + Send + Sync + 'static,
    H: Fn(&R) -> String + Clone + Send + Sync + 'static,
{
    // What follows is the same for every kind of row, so it is compiled once.
    let contents: RowContents = StoredValue::new(Box::new(move |index| {
        rows.with(|it| it.row(index).map(|row| (row_href(row), cells(row))))
    }));
    let scroll = TableScroll::new(total);
    start_over_on_sort(scroll, sort);
    let header = header_view(&columns, sort, on_sort);
    table_view(scroll, label, StoredValue::new(columns), header, contents, on_range)
}

/// Link and cells of the row at an index, if it is at hand.
type RowContents = StoredValue<Box<dyn Fn(usize) -> Option<(String, Vec<AnyView>)> + Send + Sync>>;

fn table_view(
    scroll: TableScroll,
    label: Signal<String>,
    columns: StoredValue<Vec<Column>>,
    header: impl IntoView,
    contents: RowContents,
    on_range: Callback<Range<usize>>,
) -> impl IntoView {
    let TableScroll { viewport, total, shown, .. } = scroll;
    follow_size(scroll);
    ask_for_rows(scroll, on_range);
    let height = move |rows: f64| format!("{:.0}px", rows * scroll.row_px.get());
    let on_scroll = move |_| {
        if let Some(it) = viewport.get_untracked() {
            scroll.scroll_top_px.set(f64::from(it.scroll_top()));
        }
    };
    let tracks = move |of: TableWidth| {
        let shown = |it: &&Column| it.from <= of;
        columns.with_value(|it| {
            it.iter().filter(shown).map(|it| it.width).collect::<Vec<_>>().join(" ")
        })
    };

    view! {
        <div
            class="grid-table"
            role="table"
            aria-label=label
            aria-rowcount=move || (total.get() + 1).to_string()
            style:--tracks=tracks(TableWidth::Full)
            style:--tracks-wide=tracks(TableWidth::Wide)
            style:--tracks-medium=tracks(TableWidth::Medium)
            style:--tracks-narrow=tracks(TableWidth::Narrow)
        >
            <div class="grid-table__viewport" node_ref=viewport on:scroll=on_scroll>
                {header}
                <div
                    class="grid-table__body"
                    role="rowgroup"
                    on:keydown=move |event| move_by_key(scroll, &event)
                    on:click=move |event| open_by_click(&event)
                >
                    <div
                        role="presentation"
                        style:height=move || height(shown.get().start as f64)
                    ></div>
                    <For each=move || shown.get() key=|it| *it let:index>
                        {row_view(scroll, columns, contents, index)}
                    </For>
                    <div
                        role="presentation"
                        style:height=move || {
                            height(total.get().saturating_sub(shown.get().end) as f64)
                        }
                    ></div>
                </div>
            </div>
        </div>
    }
}

fn header_view(
    columns: &[Column],
    sort: Signal<Sort>,
    on_sort: Callback<Sort>,
) -> impl IntoView + use<> {
    let header = move |column: Column| {
        let class = cell_class(&column, "grid-table__header");
        let (label, sorted) = (column.label.clone(), column.clone());
        let aria_sort = move || sort.with(|it| it.aria(&sorted));
        let contents = if column.sortable {
            let press = move |_| on_sort.run(sort.with_untracked(|it| it.pressed(&column)));
            view! {
                <button class="grid-table__sort" type="button" on:click=press>
                    {label}
                </button>
            }
            .into_any()
        } else {
            view! { <span>{label}</span> }.into_any()
        };
        view! {
            <div class=class role="columnheader" aria-sort=aria_sort>
                {contents}
            </div>
        }
    };
    view! {
        <div class="grid-table__head" role="rowgroup">
            <div class="grid-table__headers" role="row" aria-rowindex="1">
                {columns.iter().cloned().map(header).collect_view()}
            </div>
        </div>
    }
}

fn row_view(
    scroll: TableScroll,
    columns: StoredValue<Vec<Column>>,
    contents: RowContents,
    index: usize,
) -> impl IntoView {
    let cells = move || {
        let places = columns.with_value(|it| cell_places(it));
        match contents.with_value(|it| it(index)) {
            Some((href, cells)) => cells
                .into_iter()
                .zip(places)
                .enumerate()
                .map(|(at, (cell, place))| match at {
                    0 => first_cell(scroll, index, place.class, href.clone(), cell).into_any(),
                    _ => view! {
                        <div class=place.class role="cell" data-label=place.label>
                            {cell}
                        </div>
                    }
                    .into_any(),
                })
                .collect_view()
                .into_any(),
            None => places
                .into_iter()
                .map(|place| {
                    view! {
                        <div class=place.class role="cell">
                            <i class="grid-table__pending"></i>
                        </div>
                    }
                })
                .collect_view()
                .into_any(),
        }
    };
    view! {
        <div
            class="grid-table__row"
            role="row"
            // Counted from one, after the header.
            aria-rowindex=(index + 2).to_string()
            data-row=index.to_string()
        >
            {cells}
        </div>
    }
}

fn first_cell(
    scroll: TableScroll,
    index: usize,
    class: String,
    href: String,
    cell: AnyView,
) -> impl IntoView {
    view! {
        <div class=class role="rowheader">
            <a
                class="grid-table__link"
                href=href
                tabindex=move || if scroll.stop.get() == index { "0" } else { "-1" }
                on:focus=move |_| scroll.active.set(index)
            >
                {cell}
            </a>
        </div>
    }
}

fn cell_class(column: &Column, base: &str) -> String {
    let number = if column.numeric { " grid-table__cell--number" } else { "" };
    let hidden =
        if column.card == CardPlace::LeftOut { " grid-table__cell--hide-small" } else { "" };
    let from = match column.from {
        TableWidth::Narrow => "",
        TableWidth::Medium => " grid-table__cell--from-medium",
        TableWidth::Wide => " grid-table__cell--from-wide",
        TableWidth::Full => " grid-table__cell--from-full",
    };
    format!("{base}{number}{hidden}{from}")
}

/// What a cell's column makes of it.
struct CellPlace {
    class: String,
    /// The column's name, where a card shows it before the value.
    label: Option<String>,
}

/// The cells' places. On a card the first column is the title, the column named the figure (else
/// the last one that stays) stands beside it, the others make the line below.
fn cell_places(columns: &[Column]) -> Vec<CellPlace> {
    let named = columns.iter().position(|it| it.card == CardPlace::Figure);
    let figure = named.or_else(|| columns.iter().rposition(|it| it.card != CardPlace::LeftOut));
    let place = |(at, column): (usize, &Column)| {
        let part = match at {
            0 => "title",
            _ if Some(at) == figure => "figure",
            _ => "detail",
        };
        CellPlace {
            class: format!("{} grid-table__cell--{part}", cell_class(column, "grid-table__cell")),
            label: column.numeric.then(|| column.label.clone()),
        }
    };
    columns.iter().enumerate().map(place).collect()
}

/// A click anywhere on a row is a click on its link, unless it meant something inside or selected
/// text. The keys that open a new tab are kept.
fn open_by_click(event: &MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let Some(target) = target else { return };
    if target.closest("a, button, input, label").ok().flatten().is_some() {
        return;
    }
    let row = target.closest("[data-row]").ok().flatten();
    let link = row.and_then(|it| it.query_selector("a.grid-table__link").ok().flatten());
    if let Some(link) = link.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        if event.ctrl_key() || event.meta_key() {
            let href = link.get_attribute("href").unwrap_or_default();
            let _ = window().open_with_url_and_target(&href, "_blank");
        } else {
            // Later: the click comes back to this very listener, which is still running.
            set_timeout(move || link.click(), Duration::ZERO);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(columns: &[Column]) -> Vec<String> {
        let last = |it: &CellPlace| it.class.split("--").last().unwrap_or_default().to_owned();
        cell_places(columns).iter().map(last).collect()
    }

    #[test]
    fn on_a_card_the_last_column_that_stays_is_the_figure_unless_another_is_named() {
        let mut columns = [
            Column::new("name", "Customer"),
            Column::new("city", "City"),
            Column::new("spent", "Spent").numeric(),
            Column::new("since", "Since").hide_small(),
        ];
        assert_eq!(parts(&columns), ["title", "detail", "figure", "detail"]);
        columns[1].card = CardPlace::Figure;
        assert_eq!(parts(&columns), ["title", "figure", "detail", "detail"]);
    }
}
