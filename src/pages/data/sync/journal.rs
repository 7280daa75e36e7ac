//! What has happened, line by line, folded up.

use crate::settings::{formats, words};
use crate::syncing::Syncing;
use leptos::prelude::*;
use protocol::sync::SyncLine;

/// All lines that are kept, the newest first.
#[component]
pub fn Journal() -> impl IntoView {
    let t = words();
    let view = Syncing::here().view();
    let lines = Memo::new(move |_| view.read().journal.clone());
    let shown = move || lines.get().iter().map(line).collect_view();
    view! {
        <details class="action-row action-row--whole">
            <summary data-action="sync-journal">{t.sync_journal()}</summary>
            <Show when=move || lines.read().is_empty()>
                <p class="card__note">{t.sync_journal_empty()}</p>
            </Show>
            <ol class="sync__journal" data-sync-journal>{shown}</ol>
        </details>
    }
}

fn line(it: &SyncLine) -> impl IntoView + use<> {
    view! {
        <li class="sync__line">
            <small>{formats().moment(it.at_ms)}</small>
            <span>{words().sync_happened(&it.what)}</span>
        </li>
    }
}
