//! Several devices of one shop: set up, looked after, ended.

mod act;
mod conflicts;
mod devices;
mod draft;
mod findings;
mod form;
mod invitation;
mod invite;
mod journal;
mod passphrase;
mod recovery;
mod secret;
mod setup;
mod sign_in;
mod status;

use super::backup::passphrase_input;
use crate::components::{Toast, Toasts, focus_on};
use crate::settings::words;
use crate::syncing::{Syncing, phase_code};
use crate::timings::after_paint;
use leptos::prelude::*;
pub(in crate::pages) use passphrase::{Twice, said};
use protocol::sync::{SyncPhase, SyncPlace};
use recovery::{Recovery, Sheet};
pub(in crate::pages) use secret::{Fault, chosen};
use setup::Setup;
use status::Status;

/// What the card is for. Only another of these builds it anew: what is typed stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Off,
    Opening,
    On,
}

/// The card of sync.
#[component]
pub fn Sync() -> impl IntoView {
    let t = words();
    let syncing = Syncing::here();
    let (on, view) = (syncing.is_on(), syncing.view());
    let sheet = RwSignal::new(None::<Sheet>);
    let invited = RwSignal::new(None::<SyncPlace>);
    take_invitations(invited);
    // What its program has not said yet is not known: the form is not for those who sync.
    let stage = Memo::new(move |_| {
        let view = view.read();
        if !on.get() {
            Stage::Off
        } else if view.place.is_none() && view.phase == SyncPhase::Off {
            Stage::Opening
        } else {
            Stage::On
        }
    });
    let shown = move || match stage.get() {
        Stage::Off => view! { <Setup sheet invited /> }.into_any(),
        Stage::Opening => view! { <p role="status">{t.sync_opening()}</p> }.into_any(),
        Stage::On => view! { <Status sheet /> }.into_any(),
    };
    let phase = move || phase_code(&view.read().phase);
    view! {
        <section class="card sync" id="sync" data-sync-phase=phase>
            <h2>{t.sync_title()}</h2>
            <p class="card__note">{t.sync_note()}</p>
            <Recovery sheet />
            {shown}
        </section>
    }
}

/// Takes what a link to join says, now and whenever one is opened in this tab, off the address.
fn take_invitations(invited: RwSignal<Option<SyncPlace>>) {
    let (t, toasts) = (words(), expect_context::<Toasts>());
    let take = move || {
        let fragment = window().location().hash().unwrap_or_default();
        if !invitation::is_of_link(&fragment) {
            return;
        }
        take_off_fragment();
        match invitation::place_of(&fragment) {
            _ if Syncing::here().is_set_up() => _ = toasts.show(Toast::info(t.sync_already_on())),
            None => _ = toasts.show(Toast::bad(t.sync_link_bad())),
            place => {
                invited.set(place);
                after_paint(|| focus_on("#sync-password, #sync-token, #sync-url"));
            }
        }
    };
    take();
    let opened = window_event_listener(leptos::ev::hashchange, move |_| take());
    on_cleanup(move || opened.remove());
}

/// The address stays where it is, without what stands behind the hash.
fn take_off_fragment() {
    let location = window().location();
    let parts = [location.pathname(), location.search()].map(Result::unwrap_or_default);
    if let Ok(history) = window().history() {
        // Refused only for other origins.
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(&parts.concat()));
    }
}
