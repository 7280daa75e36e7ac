//! What was taken out of this browser last.

use crate::exports::{Export, all};
use crate::settings::{formats, words};
use leptos::prelude::*;

/// So many are shown.
const SHOWN: usize = 20;

/// The last files, newest first.
#[component]
pub fn Exports() -> impl IntoView {
    let (t, f) = (words(), formats());
    let line = |Export { at_ms, rows, name }: Export| {
        let rows = rows.map(|n| t.rows(n.into(), &f.count(f64::from(n))));
        let told = [Some(f.moment(at_ms)), rows].into_iter().flatten().collect::<Vec<_>>();
        view! {
            <li><b>{name}</b> " · " {told.join(" · ")}</li>
        }
    };
    let lines = all().into_iter().rev().take(SHOWN).map(line).collect_view();
    let shown = if lines.is_empty() {
        view! { <p class="card__note">{t.exports_none()}</p> }.into_any()
    } else {
        view! { <ul class="sync__journal">{lines}</ul> }.into_any()
    };
    view! {
        <details class="action-row action-row--whole">
            <summary data-action="open-exports">{t.exports_title()}</summary>
            <p class="card__note">{t.exports_text()}</p>
            {shown}
        </details>
    }
}
