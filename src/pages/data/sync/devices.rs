//! The devices of the shop, and what holds their news back.

use super::act::Act;
use crate::components::{Tag, TagKind, Toast, Toasts};
use crate::settings::{formats, words};
use crate::syncing::Syncing;
use leptos::prelude::*;
use protocol::sync::{SyncAsk, SyncDevice, SyncHeld};

/// All of them, this one first.
#[component]
pub fn Devices() -> impl IntoView {
    let t = words();
    let view = Syncing::here().view();
    let devices = Memo::new(move |_| view.read().devices.clone());
    let rows = move || devices.get().into_iter().map(|it| view! { <Device it /> }).collect_view();
    view! {
        <Show when=move || !devices.read().is_empty()>
            <div class="sync__part">
                <h3>{t.sync_devices()}</h3>
                <ul data-sync-devices>{rows}</ul>
            </div>
        </Show>
    }
}

#[component]
fn Device(it: SyncDevice) -> impl IntoView {
    let t = words();
    let heard = it
        .heard_ms
        .map_or_else(|| t.sync_unheard().to_owned(), |ms| t.sync_heard(&formats().moment(ms)));
    let here =
        it.here.then(|| view! { " " <Tag text=t.sync_this_device() kind=TagKind::Accent /> });
    let heard = (!it.here).then_some(heard);
    let held = it.held.map(|held| {
        view! { <p class="sync__held" data-sync-held>{t.sync_held(held)}</p> }
    });
    let agree = matches!(it.held, Some(SyncHeld::Deletes { .. }))
        .then(|| view! { <Agree device=it.id.clone() /> });
    view! {
        <li class="batch" data-sync-device=it.id.clone() data-here=it.here.to_string()>
            <div class="batch__text">
                <b>{t.sync_device_named(&it.id)} {here}</b>
                <small>{heard}</small>
                {held}
            </div>
            {agree}
        </li>
    }
}

/// Lets many deletions through.
#[component]
fn Agree(device: String) -> impl IntoView {
    let (t, toasts, act) = (words(), expect_context::<Toasts>(), Act::new());
    let agree = move |_| {
        let ask = SyncAsk::ConfirmDeletes { device: device.clone() };
        act.ask(ask, move |_| _ = toasts.show(Toast::info(t.sync_deletes_agreed())));
    };
    view! {
        <div>
            <button class="button button--danger" type="button" data-action="sync-let-delete" disabled=move || act.busy.get() on:click=agree>
                {t.sync_let_delete()}
            </button>
            {act.told()}
        </div>
    }
}
