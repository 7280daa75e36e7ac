//! Takes a table out as CSV, as it stands on screen.

use super::icon::{Icon, IconName};
use super::toasts::Toasts;
use crate::download::hand_over;
use crate::settings::words;
use leptos::prelude::*;
use model::push_csv_cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// A button that saves the table of its own card, or of its own part of one. A cell's `data-value` goes before its text.
#[component]
pub fn TableExport(
    /// Name of the file, with its ending.
    file_name: &'static str,
    /// What the button does.
    #[prop(into)]
    label: String,
    /// Says so in the button too, where no heading stands beside it.
    #[prop(default = false)]
    with_text: bool,
) -> impl IntoView {
    let (toasts, t) = (expect_context::<Toasts>(), words());
    let save = move |event: MouseEvent| {
        let button = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
        let card = button.and_then(|it| it.closest(CARDS).ok().flatten());
        if let Some(table) = card.and_then(|it| it.query_selector("table").ok().flatten()) {
            hand_over(toasts, t, table_csv(&table).as_bytes(), file_name);
        }
    };
    let (title, text) =
        if with_text { (None, Some(label.clone())) } else { (Some(label.clone()), None) };
    view! {
        <button
            class="button"
            class:button--quiet=!with_text
            type="button"
            data-action="export-csv"
            title=title
            aria-label=label
            on:click=save
        >
            <Icon name=IconName::Download />
            {text}
        </button>
    }
}

/// What holds one table and its button; where a card has several, each is marked.
const CARDS: &str = "[data-table], .card, details";

/// The table as CSV. Its rows stand in head and body.
fn table_csv(table: &Element) -> String {
    let text = |cell: Element| {
        let text = cell.get_attribute("data-value").or_else(|| cell.text_content());
        text.unwrap_or_default().trim().to_owned()
    };
    let rows = children(table).flat_map(|part| children(&part));
    csv_of(rows.map(|row| children(&row).map(text).collect()))
}

/// Rows of cells as CSV for spreadsheets: byte order mark, CRLF, no cell that is a formula.
pub fn csv_of(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut csv = "\u{feff}".to_owned();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                csv.push(',');
            }
            // They know no minus but the keyboard's.
            match cell.strip_prefix('−') {
                Some(number) => push_csv_cell(&format!("-{number}"), &mut csv),
                None => push_csv_cell(cell, &mut csv),
            }
        }
        csv.push_str("\r\n");
    }
    csv
}

fn children(parent: &Element) -> impl Iterator<Item = Element> + use<> {
    std::iter::successors(parent.first_element_child(), Element::next_element_sibling)
}
