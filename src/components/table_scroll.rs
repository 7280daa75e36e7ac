//! Where a long table is scrolled to, and by what.

use super::size_watch::on_resize;
use super::table_parts::Sort;
use super::visible_rows::{scroll_to_show, visible_range};
use leptos::html;
use leptos::prelude::*;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// A row of a wide window, and a card of a narrow one. The style sheet has the same numbers.
const ROW_PX: f64 = 36.0;
const CARD_PX: f64 = 64.0;
/// Narrower than this, in the table's own width, rows are cards.
const NARROW_PX: f64 = 600.0;
/// The header stays over the upper edge of the part that scrolls.
const HEADER_PX: f64 = 35.0;
const OVERSCAN: usize = 8;

/// The state of a table's scrolling, which all its parts share.
#[derive(Clone, Copy)]
pub(super) struct TableScroll {
    pub(super) viewport: NodeRef<html::Div>,
    pub(super) scroll_top_px: RwSignal<f64>,
    /// The table's width, and the height in which rows are in sight.
    pub(super) size_px: RwSignal<(f64, f64)>,
    pub(super) total: Signal<usize>,
    pub(super) row_px: Memo<f64>,
    /// The rows that are built.
    pub(super) shown: Memo<Range<usize>>,
    /// The row that was focused last.
    pub(super) active: RwSignal<usize>,
    /// The row that has the table's one tab stop: the active one, if it is built.
    pub(super) stop: Memo<usize>,
}

impl TableScroll {
    pub(super) fn new(total: Signal<usize>) -> TableScroll {
        let scroll_top_px = RwSignal::new(0.0);
        let size_px = RwSignal::new((0.0, 0.0));
        let active = RwSignal::new(0);
        let row_px = Memo::new(move |_| if size_px.get().0 < NARROW_PX { CARD_PX } else { ROW_PX });
        let shown = Memo::new(move |_| {
            let (top, height) = (scroll_top_px.get(), size_px.get().1);
            visible_range(top, height, row_px.get(), total.get(), OVERSCAN)
        });
        let stop = Memo::new(move |_| {
            let active = active.get();
            shown.with(|it| if it.contains(&active) { active } else { it.start })
        });
        let viewport = NodeRef::new();
        TableScroll { viewport, scroll_top_px, size_px, total, row_px, shown, active, stop }
    }

    /// Scrolls to a row and focuses its link once it is built.
    fn go_to(self, index: usize) {
        self.active.set(index);
        let Some(viewport) = self.viewport.get_untracked() else { return };
        let (row_px, height) = (self.row_px.get_untracked(), self.size_px.get_untracked().1);
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

/// Asks for rows when some in sight were not asked for yet, a screen more on either side.
pub(super) fn ask_for_rows(scroll: TableScroll, on_range: Callback<Range<usize>>) {
    Effect::new(move |asked: Option<(Range<usize>, usize)>| {
        let (shown, total) = (scroll.shown.get(), scroll.total.get());
        // Before the first measurement nothing is in sight.
        if scroll.size_px.get().1 == 0.0 {
            return asked.unwrap_or((0..0, 0));
        }
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

/// Another order begins at its first row.
pub(super) fn start_over_on_sort(scroll: TableScroll, sort: Signal<Sort>) {
    let sort = Memo::new(move |_| sort.get());
    Effect::watch(
        move || sort.get(),
        move |_, _, _| {
            scroll.active.set(0);
            scroll.scroll_top_px.set(0.0);
            if let Some(it) = scroll.viewport.get_untracked() {
                it.set_scroll_top(0);
            }
        },
        false,
    );
}

/// Keeps the size of the part that scrolls.
pub(super) fn follow_size(scroll: TableScroll) {
    let measure = move || {
        if let Some(it) = scroll.viewport.get_untracked() {
            let rows_px = (f64::from(it.client_height()) - HEADER_PX).max(0.0);
            let size = (it.get_bounding_client_rect().width(), rows_px);
            // Rows change the height of a short table; the same size again would loop.
            if scroll.size_px.get_untracked() != size {
                scroll.size_px.set(size);
            }
        }
    };
    Effect::new(move |_| {
        if let Some(viewport) = scroll.viewport.get() {
            on_resize(&viewport, measure);
        }
    });
}

pub(super) fn move_by_key(scroll: TableScroll, event: &KeyboardEvent) {
    let last = scroll.total.get_untracked().saturating_sub(1);
    let active = scroll.active.get_untracked();
    let in_sight = scroll.size_px.get_untracked().1 / scroll.row_px.get_untracked();
    let page = in_sight.max(2.0) as usize - 1;
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
    scroll.go_to(to.min(last));
}
