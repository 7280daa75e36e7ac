//! A small table of ready texts.

use leptos::prelude::*;

/// A plain table: a caption, columns, rows; numbers stand on the right.
#[component]
pub fn DataTable(
    /// What the table holds.
    #[prop(into)]
    caption: Signal<String>,
    /// Each column's name and whether it holds numbers.
    #[prop(into)]
    columns: Signal<Vec<(String, bool)>>,
    /// The cells, row by row; the first of a row names it.
    #[prop(into)]
    rows: Signal<Vec<Vec<String>>>,
    /// The caption is for screen readers only, where a heading says the same.
    #[prop(default = false)]
    hide_caption: bool,
) -> impl IntoView {
    let class =
        |numeric: bool| if numeric { "table__cell table__cell--number" } else { "table__cell" };
    let head = move || {
        columns
            .get()
            .into_iter()
            .map(|(name, numeric)| view! { <th scope="col" class=class(numeric)>{name}</th> })
            .collect_view()
    };
    let body = move || {
        let numeric: Vec<bool> = columns.with(|it| it.iter().map(|it| it.1).collect());
        let cells = |row: Vec<String>| {
            row.into_iter()
                .enumerate()
                .map(|(at, text)| {
                    let class = class(numeric.get(at).copied().unwrap_or_default());
                    if at == 0 {
                        view! { <th scope="row" class=class>{text}</th> }.into_any()
                    } else {
                        view! { <td class=class>{text}</td> }.into_any()
                    }
                })
                .collect_view()
        };
        rows.get().into_iter().map(|row| view! { <tr>{cells(row)}</tr> }).collect_view()
    };

    view! {
        <table class="table" aria-rowcount=move || rows.with(Vec::len) + 1>
            <caption class=if hide_caption { "visually-hidden" } else { "table__caption" }>
                {caption}
            </caption>
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}
