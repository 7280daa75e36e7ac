//! A table in its card, to be read on screen and taken out as a file.

use super::table_export::TableExport;
use super::wide::Wide;
use crate::settings::words;
use leptos::prelude::*;

/// A column of such a table: its name and how its cells stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    name: String,
    class: &'static str,
    means: Option<&'static str>,
}

impl Head {
    /// Texts, on the left.
    pub fn text(name: impl Into<String>) -> Head {
        Head { name: name.into(), class: "", means: None }
    }

    /// Numbers, on the right.
    pub fn number(name: impl Into<String>) -> Head {
        Head { name: name.into(), class: "n", means: None }
    }

    /// Meters, whose numbers stand on the right where there is no room for the bar.
    pub fn meter(name: impl Into<String>) -> Head {
        Head { name: name.into(), class: "meter", means: None }
    }

    /// The same column, saying on hover what it tells.
    #[must_use]
    pub fn means(self, means: &'static str) -> Head {
        Head { means: Some(means), ..self }
    }

    /// The same column, left out of a narrow window. Its cells say so too.
    #[must_use]
    pub fn hide_small(self) -> Head {
        let class = if self.class == "n" { "n hide-small" } else { "hide-small" };
        Head { class, ..self }
    }
}

/// A card with a heading, a note, a table whose file can be taken out, and what stands around it. A
/// table that is wider than its card scrolls within it.
#[component]
pub fn TableCard(
    /// The card's id, to lead to it.
    id: &'static str,
    /// The card's heading and the table's name.
    heading: &'static str,
    /// Name of the file in which it can be taken out.
    file_name: &'static str,
    /// What the numbers mean, in a sentence; empty: nothing.
    #[prop(into, optional)]
    note: Signal<String>,
    /// The columns.
    heads: Vec<Head>,
    /// How many rows there are in the body.
    #[prop(into)]
    rows: Signal<usize>,
    /// Links and switches beside the heading.
    #[prop(optional)]
    tools: Option<AnyView>,
    /// In place of the button that takes out what is on screen: where the file has more.
    #[prop(optional)]
    export: Option<AnyView>,
    /// Cells keep to one line: the table is rather scrolled.
    #[prop(default = false)]
    one_line: bool,
    /// Below the table.
    #[prop(optional)]
    foot: Option<AnyView>,
    /// The rows of the body.
    children: Children,
) -> impl IntoView {
    let wraps = tools.is_some();
    let on_screen =
        move || view! { <TableExport file_name label=words().download_csv() /> }.into_any();
    let head = |it: Head| {
        let class = (!it.class.is_empty()).then_some(it.class);
        view! { <th scope="col" class=class title=it.means>{it.name}</th> }
    };
    let note = move || {
        let note = note.get();
        (!note.is_empty()).then(|| view! { <p class="card__note">{note}</p> })
    };
    view! {
        <section class="card" id=id>
            <div class="card__head" class:card__head--wrap=wraps>
                <h2>{heading}</h2>
                <span class="row">
                    {tools}
                    {export.unwrap_or_else(on_screen)}
                </span>
            </div>
            {note}
            <Wide label=heading class=if one_line { "table-scroll" } else { "table-wide" }>
                <table class="table" aria-label=heading aria-rowcount=move || rows.get() + 1>
                    <thead>
                        <tr>{heads.into_iter().map(head).collect_view()}</tr>
                    </thead>
                    <tbody>{children()}</tbody>
                </table>
            </Wide>
            {foot}
        </section>
    }
}
