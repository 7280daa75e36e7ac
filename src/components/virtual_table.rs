//! A table of any length that builds only the rows in sight.

use super::table_parts::{Column, Loaded, Sort};
use super::visible_rows::{scroll_to_show, visible_range};
use leptos::html;
use leptos::prelude::*;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent};

/// A row of a wide window, and a card of a narrow one. The style sheet has the same numbers.
const ROW_PX: f64 = 36.0;
const CARD_PX: f64 = 64.0;
const NARROW_PX: f64 = 600.0;
const OVERSCAN: usize = 8;

/// What the table's parts share.
#[derive(Clone, Copy)]
struct Shared {
    viewport: NodeRef<html::Div>,
    scroll_top_px: RwSignal<f64>,
    /// Width and height of the part that scrolls.
    size_px: RwSignal<(f64, f64)>,
    total: Signal<usize>,
    /// The row that has the table's one tab stop.
    active: RwSignal<usize>,
}

impl Shared {
    fn row_px(&self) -> f64 {
        if self.size_px.get().0 < NARROW_PX { CARD_PX } else { ROW_PX }
    }

    fn shown(&self) -> Range<usize> {
        let (top, height) = (self.scroll_top_px.get(), self.size_px.get().1);
        visible_range(top, height, self.row_px(), self.total.get(), OVERSCAN)
    }

    /// Scrolls to a row and focuses its link once it is built.
    fn go_to(self, index: usize) {
        self.active.set(index);
        let Some(viewport) = self.viewport.get_untracked() else { return };
        let (row_px, height) = untrack(|| (self.row_px(), self.size_px.get().1));
        let top = f64::from(viewport.scroll_top());
        let to = scroll_to_show(index, top, height, row_px);
        viewport.set_scroll_top(to as i32);
        self.scroll_top_px.set(to);
        request_animation_frame(move || {
            let link = viewport.query_selector(&format!("[data-row='{index}'] a")).ok().flatten();
            if let Some(link) = link.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                let _ = link.focus();
            }
        });
    }
}

/// A table of up to a million rows. Only the rows in sight exist; the page fetches what is near.
///
/// A row opens on click, its first cell holds the real link. One row has the tab stop; arrows,
/// Page Up, Page Down, Home and End move it. Narrower than 600 px each row is a card.
#[component]
pub fn VirtualTable<R, C, H>(
    /// What the table lists.
    #[prop(into)]
    label: Signal<String>,
    /// The columns, in order.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
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
    let shared = Shared {
        viewport: NodeRef::new(),
        scroll_top_px: RwSignal::new(0.0),
        size_px: RwSignal::new((0.0, 0.0)),
        total,
        active: RwSignal::new(0),
    };
    let header = header_view(columns, sort, on_sort);
    table_view(shared, label, columns, header, contents, on_range)
}

/// Link and cells of the row at an index, if it is at hand.
type RowContents = StoredValue<Box<dyn Fn(usize) -> Option<(String, Vec<AnyView>)> + Send + Sync>>;

fn table_view(
    shared: Shared,
    label: Signal<String>,
    columns: Signal<Vec<Column>>,
    header: impl IntoView,
    contents: RowContents,
    on_range: Callback<Range<usize>>,
) -> impl IntoView {
    let Shared { viewport, total, .. } = shared;
    follow_size(shared);
    ask_for_rows(shared, on_range);
    let shown = Memo::new(move |_| shared.shown());
    let height = move |rows: f64| format!("{:.0}px", rows * shared.row_px());
    let on_scroll = move |_| {
        if let Some(it) = viewport.get_untracked() {
            shared.scroll_top_px.set(f64::from(it.scroll_top()));
        }
    };
    let tracks = move || {
        columns.with(|it| it.iter().map(|it| it.width).collect::<Vec<_>>().join(" "))
    };

    view! {
        <div
            class="grid-table"
            role="table"
            aria-label=label
            aria-rowcount=move || (total.get() + 1).to_string()
            style:--tracks=tracks
        >
            <div class="grid-table__viewport" node_ref=viewport on:scroll=on_scroll>
                {header}
                <div
                    class="grid-table__body"
                    role="rowgroup"
                    on:keydown=move |event| move_by_key(shared, &event)
                    on:click=move |event| open_by_click(&event)
                >
                    <div
                        role="presentation"
                        style:height=move || height(shown.get().start as f64)
                    ></div>
                    <For each=move || shown.get() key=|it| *it let:index>
                        {row_view(shared, columns, contents, index)}
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
    columns: Signal<Vec<Column>>,
    sort: Signal<Sort>,
    on_sort: Callback<Sort>,
) -> impl IntoView {
    let header = move |column: Column| {
        let class = cell_class(&column, "grid-table__header");
        let (label, of_sort) = (column.label.clone(), column.clone());
        let aria_sort = move || sort.with(|it| it.aria(&of_sort));
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
                {move || columns.get().into_iter().map(header).collect_view()}
            </div>
        </div>
    }
}

fn row_view(
    shared: Shared,
    columns: Signal<Vec<Column>>,
    contents: RowContents,
    index: usize,
) -> impl IntoView {
    let cells = move || {
        let classes = columns.with(|it| card_classes(it));
        match contents.with_value(|it| it(index)) {
            Some((href, cells)) => cells
                .into_iter()
                .zip(classes)
                .enumerate()
                .map(|(at, (cell, class))| match at {
                    0 => first_cell(shared, index, class, href.clone(), cell).into_any(),
                    _ => view! { <div class=class role="cell">{cell}</div> }.into_any(),
                })
                .collect_view()
                .into_any(),
            None => classes
                .into_iter()
                .map(|class| {
                    view! {
                        <div class=class role="cell">
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
    shared: Shared,
    index: usize,
    class: String,
    href: String,
    cell: AnyView,
) -> impl IntoView {
    // The tab stop must be on a row that exists.
    let is_stop = move || {
        let (active, shown) = (shared.active.get(), shared.shown());
        index == if shown.contains(&active) { active } else { shown.start }
    };
    view! {
        <div class=class role="rowheader">
            <a
                class="grid-table__link"
                href=href
                tabindex=move || if is_stop() { "0" } else { "-1" }
                on:focus=move |_| shared.active.set(index)
            >
                {cell}
            </a>
        </div>
    }
}

fn cell_class(column: &Column, base: &str) -> String {
    let number = if column.numeric { " grid-table__cell--number" } else { "" };
    let hidden = if column.hide_small { " grid-table__cell--hide-small" } else { "" };
    format!("{base}{number}{hidden}")
}

/// The cells' classes. On a card the first column is the title, the last one that stays the
/// figure beside it, the others the line below.
fn card_classes(columns: &[Column]) -> Vec<String> {
    let figure = columns.iter().rposition(|it| !it.hide_small);
    let place = |at: usize| match at {
        0 => " grid-table__cell--title",
        _ if Some(at) == figure => " grid-table__cell--figure",
        _ => " grid-table__cell--detail",
    };
    columns
        .iter()
        .enumerate()
        .map(|(at, it)| format!("{}{}", cell_class(it, "grid-table__cell"), place(at)))
        .collect()
}

/// Asks for rows when some in sight were not asked for yet, a screen more on either side.
fn ask_for_rows(shared: Shared, on_range: Callback<Range<usize>>) {
    Effect::new(move |asked: Option<(Range<usize>, usize)>| {
        let (shown, total) = (shared.shown(), shared.total.get());
        let unchanged = asked.filter(|(range, of)| {
            *of == total && range.start <= shown.start && range.end >= shown.end
        });
        if let Some(unchanged) = unchanged {
            return unchanged;
        }
        let more = shown.len();
        let range = shown.start.saturating_sub(more)..(shown.end + more).min(total);
        if !range.is_empty() {
            on_range.run(range.clone());
        }
        (range, total)
    });
}

/// Keeps the size of the part that scrolls.
fn follow_size(shared: Shared) {
    let measure = move || {
        if let Some(it) = shared.viewport.get_untracked() {
            let size = (f64::from(it.client_width()), f64::from(it.client_height()));
            // Rows change the height of a short table; the same size again would loop.
            if shared.size_px.get_untracked() != size {
                shared.size_px.set(size);
            }
        }
    };
    Effect::new(move |_| {
        shared.total.track();
        if shared.viewport.get().is_some() {
            request_animation_frame(measure);
        }
    });
    let listener = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || listener.remove());
}

fn move_by_key(shared: Shared, event: &KeyboardEvent) {
    let last = shared.total.get_untracked().saturating_sub(1);
    let (active, page) = untrack(|| {
        (shared.active.get(), (shared.size_px.get().1 / shared.row_px()).max(2.0) as usize - 1)
    });
    let to = match event.key().as_str() {
        "ArrowDown" => active + 1,
        "ArrowUp" => active.saturating_sub(1),
        "PageDown" => active + page,
        "PageUp" => active.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    shared.go_to(to.min(last));
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
            link.click();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_card_the_last_column_that_stays_is_the_figure() {
        let columns = [
            Column::new("name", "Customer"),
            Column::new("city", "City"),
            Column::new("spent", "Spent").numeric(),
            Column::new("since", "Since").hide_small(),
        ];
        let places: Vec<String> = card_classes(&columns)
            .iter()
            .map(|it| it.split("--").last().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(places, ["title", "detail", "figure", "detail"]);
    }
}
