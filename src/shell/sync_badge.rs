//! How sync stands, in a word, on every screen of a shop that syncs.

use crate::address::use_link;
use crate::components::{Icon, IconName};
use crate::i18n::Words;
use crate::settings::{formats, words};
use crate::syncing::{Syncing, phase_code};
use leptos::prelude::*;
use protocol::sync::{SyncPhase, SyncView};

/// The badge, which leads to the card of sync; nothing where sync is off.
#[component]
pub fn SyncBadge() -> impl IntoView {
    let (t, link) = (words(), use_link());
    let syncing = Syncing::here();
    let (on, view) = (syncing.is_on(), syncing.view());
    let text = Memo::new(move |_| said(t, &view.read()));
    let stuck = Memo::new(move |_| is_stuck(&view.read()));
    let phase = move || phase_code(&view.read().phase);
    let icon = move || stuck.get().then(|| view! { <Icon name=IconName::Warning /> });
    let href = StoredValue::new(link);
    view! {
        <Show when=move || on.get()>
            <a
                class="chip"
                href=move || href.with_value(|link| link("/data")) + "#sync"
                data-sync-badge
                data-phase=phase
            >
                {icon}
                {text}
            </a>
        </Show>
    }
}

/// Whether it does not go on by itself, or not now.
fn is_stuck(view: &SyncView) -> bool {
    matches!(view.phase, SyncPhase::Waiting { .. } | SyncPhase::Stopped(_))
        || view.devices.iter().any(|it| it.held.is_some())
}

/// What is worst comes first. That a round is under way is not said: it comes and goes.
fn said(t: Words, view: &SyncView) -> String {
    let f = formats();
    let conflicts = view.conflicts.len() as u64;
    match (&view.phase, view.last_ms) {
        (SyncPhase::Stopped(_), _) => t.sync_badge_stopped().to_owned(),
        (SyncPhase::Waiting { .. }, _) => t.sync_badge_waiting().to_owned(),
        (SyncPhase::Paused, _) => t.sync_badge_paused().to_owned(),
        (SyncPhase::InAnotherTab, _) => t.sync_badge_elsewhere().to_owned(),
        _ if view.devices.iter().any(|it| it.held.is_some()) => t.sync_badge_held().to_owned(),
        _ if conflicts > 0 => t.sync_badge_conflicts(conflicts, &f.count(conflicts as f64)),
        _ if view.unsent > 0 => t.sync_badge_unsent(view.unsent, &f.count(view.unsent as f64)),
        (_, None) => t.sync_badge_never().to_owned(),
        (_, Some(ms)) => t.sync_badge_synced(&f.moment_short(ms, js_sys::Date::now() as u64)),
    }
}
