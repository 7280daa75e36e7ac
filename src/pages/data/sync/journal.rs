//! What has happened, line by line, folded up.

use crate::settings::{formats, words};
use crate::syncing::Syncing;
use leptos::prelude::*;
use protocol::sync::{SyncHappened, SyncLine};

/// What is out of the ordinary is told unasked for so long.
const TOLD_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

/// All lines that are kept, the newest first.
#[component]
pub fn Journal() -> impl IntoView {
    let t = words();
    let view = Syncing::here().view();
    let lines = Memo::new(move |_| view.read().journal.clone());
    let shown = move || lines.get().iter().map(line).collect_view();
    let told = move || told(&lines.get());
    view! {
        {told}
        <details class="action-row action-row--whole">
            <summary data-action="sync-journal">{t.sync_journal()}</summary>
            <Show when=move || lines.read().is_empty()>
                <p class="card__note">{t.sync_journal_empty()}</p>
            </Show>
            <div class="sync__journal" tabindex="0" role="region" aria-label=t.sync_journal()>
                <ol data-sync-journal>{shown}</ol>
            </div>
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

/// What has happened lately that nobody expects.
fn told(lines: &[SyncLine]) -> impl IntoView + use<> {
    let now = js_sys::Date::now() as u64;
    let lately = lines.iter().filter(|it| it.at_ms + TOLD_MS > now && is_unexpected(&it.what));
    let told = lately.map(|it| {
        let text = format!("{} · {}", formats().moment(it.at_ms), words().sync_happened(&it.what));
        view! { <div class="banner" role="note" data-sync-told>{text}</div> }
    });
    told.collect_view()
}

fn is_unexpected(what: &SyncHappened) -> bool {
    use SyncHappened as H;
    match what {
        H::Renamed
        | H::Forked(_)
        | H::RolledBack { .. }
        | H::Behind(_)
        | H::VaultMended
        | H::PassphraseChanged
        | H::PartDamaged
        | H::PartMissing => true,
        // What is held back stands at its device, what failed at the head of the card.
        H::Held(..)
        | H::Failed(_)
        | H::Began { .. }
        | H::Round { .. }
        | H::ImportCame { .. }
        | H::Met(_) => false,
    }
}
