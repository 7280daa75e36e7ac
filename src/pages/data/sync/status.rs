//! Sync is on: how it stands, what it waits for, and what can be done about it.

use super::act::Act;
use super::conflicts::Conflicts;
use super::devices::Devices;
use super::draft::Draft;
use super::invite::Invite;
use super::journal::Journal;
use super::passphrase::ChangePassphrase;
use super::recovery::{Sheet, ShowRecovery};
use super::sign_in::SignIn;
use crate::components::{Popover, Toast, Toasts};
use crate::i18n::Words;
use crate::settings::{formats, words};
use crate::syncing::Syncing;
use leptos::prelude::*;
use protocol::sync::{SyncAnswer, SyncAsk, SyncPhase, SyncPlace, SyncTrouble, SyncView};

/// All that is shown of a shop that syncs.
#[component]
pub fn Status(sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let t = words();
    let view = Syncing::here().view();
    let said = move || said(t, &view.read());
    // While it is tried again what was wrong stays: so does what is typed to mend it.
    let trouble =
        Memo::new(move |before: Option<&Option<SyncTrouble>>| match (&view.read().phase, before) {
            (SyncPhase::Syncing, Some(before)) => before.clone(),
            (phase, _) => trouble_of(phase),
        });
    let is_elsewhere = Memo::new(move |_| view.read().phase == SyncPhase::InAnotherTab);
    let place = Memo::new(move |_| view.read().place.clone());
    let is_sealed = Memo::new(move |_| place.read().as_ref().is_some_and(|it| it.sealed));
    let help = move || trouble.get().map(|it| view! { <Help trouble=it place=place.get() /> });
    view! {
        <p role="status" data-sync-status>{said}</p>
        {help}
        <Show when=move || !is_elsewhere.get()>
            <Buttons />
        </Show>
        <p class="card__note">{move || place.get().map(|it| where_kept(t, &it))}</p>
        <Conflicts />
        <Devices />
        <Invite place />
        <Show when=move || is_sealed.get()>
            <ChangePassphrase />
            <ShowRecovery sheet />
        </Show>
        <Journal />
    }
}

/// Where the shop is kept, and whether others could read it there.
fn where_kept(t: Words, place: &SyncPlace) -> String {
    let sealed = if place.sealed { t.sync_sealed() } else { t.sync_open() };
    format!("{} {} · {sealed}", t.sync_kept_where(), place.url)
}

/// Why it does not go on.
fn trouble_of(phase: &SyncPhase) -> Option<SyncTrouble> {
    match phase {
        SyncPhase::Waiting { trouble, .. } | SyncPhase::Stopped(trouble) => Some(trouble.clone()),
        _ => None,
    }
}

/// How sync stands, in sentences.
fn said(t: Words, view: &SyncView) -> String {
    let f = formats();
    let phase = match &view.phase {
        SyncPhase::Off => t.sync_phase_off().to_owned(),
        SyncPhase::InAnotherTab => t.sync_phase_elsewhere().to_owned(),
        SyncPhase::Syncing => t.sync_phase_syncing().to_owned(),
        // It is all told only if nothing waits, and a round has gone.
        SyncPhase::Idle if view.unsent > 0 || view.parts_to_send > 0 || view.last_ms.is_none() => {
            String::new()
        }
        SyncPhase::Idle => t.sync_phase_idle().to_owned(),
        SyncPhase::Paused => t.sync_phase_paused().to_owned(),
        SyncPhase::Waiting { until_ms, .. } => t.sync_until(&f.moment(*until_ms)),
        SyncPhase::Stopped(_) => t.sync_phase_stopped().to_owned(),
    };
    let last =
        view.last_ms.map_or_else(|| t.sync_never().to_owned(), |ms| t.sync_last(&f.moment(ms)));
    let count = |number: u64, say: fn(Words, u64, &str) -> String| {
        if number > 0 { say(t, number, &f.count(number as f64)) } else { String::new() }
    };
    let unsent = count(view.unsent, Words::sync_unsent);
    let out = count(view.parts_to_send.into(), Words::sync_parts_out);
    let coming = count(view.parts_to_come.into(), Words::sync_parts_in);
    t.sentences(&[phase, last, unsent, out, coming])
}

/// What stands in the way, and the way out of it.
#[component]
fn Help(trouble: SyncTrouble, place: Option<SyncPlace>) -> impl IntoView {
    let t = words();
    let way = match (&trouble, place) {
        (SyncTrouble::Denied, Some(place)) => {
            view! { <SignIn draft=Draft::of_place(&place) /> }.into_any()
        }
        (SyncTrouble::Emptied, _) => view! { <Refill /> }.into_any(),
        (SyncTrouble::OtherBuild | SyncTrouble::TooNew, _) => {
            let reload = |_| _ = window().location().reload();
            view! { <button class="button" type="button" data-action="sync-reload" on:click=reload>{t.reload()}</button> }
                .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class="banner banner--warn" role="alert" data-sync-trouble=trouble.code()>
            {t.sync_trouble(&trouble)}
        </div>
        {way}
    }
}

/// The server was emptied: it is filled again if a person says so.
#[component]
fn Refill() -> impl IntoView {
    let (t, toasts, act) = (words(), expect_context::<Toasts>(), Act::new());
    let refill = move |_| {
        act.ask(SyncAsk::Refill, move |_| _ = toasts.show(Toast::good(t.sync_refilled())));
    };
    view! {
        <div class="row">
            <button class="button" type="button" data-action="sync-refill" disabled=move || act.busy.get() on:click=refill>
                {t.sync_refill()}
            </button>
        </div>
        {act.told()}
    }
}

/// Now, later, never again.
#[component]
fn Buttons() -> impl IntoView {
    let (t, act) = (words(), Act::new());
    let view = Syncing::here().view();
    let is_paused = Memo::new(move |_| view.read().phase == SyncPhase::Paused);
    let pause = move |_| act.ask(SyncAsk::Pause(!is_paused.get_untracked()), drop);
    let pause_label = move || if is_paused.get() { t.sync_go_on() } else { t.sync_pause() };
    let busy = move || act.busy.get();
    // Why a round did not go is said of sync as a whole, and is over once one has gone.
    let is_said = Memo::new(move |_| {
        let view = view.read();
        view.phase == SyncPhase::Idle || trouble_of(&view.phase).is_some()
    });
    view! {
        <div class="row sync__buttons">
            <button class="button button--primary" type="button" data-action="sync-now" disabled=move || busy() || is_paused.get() on:click=move |_| act.ask(SyncAsk::SyncNow, drop)>
                {t.sync_now()}
            </button>
            <button class="button" type="button" data-action="sync-pause" disabled=busy on:click=pause>
                {pause_label}
            </button>
            <End />
        </div>
        <Show when=move || !is_said.get()>{act.told()}</Show>
    }
}

/// Ends sync on this device, which is asked: the passphrase is needed to begin again.
#[component]
fn End() -> impl IntoView {
    let (t, toasts, act) = (words(), expect_context::<Toasts>(), Act::new());
    let end = move |_| {
        let ending = async { Syncing::here().end().await.map(|()| SyncAnswer::Done) };
        act.run(ending, move |_| _ = toasts.show(Toast::info(t.sync_ended())));
    };
    view! {
        <Popover label=t.sync_end_ask() button=move || t.sync_end() button_class="button" data_action="sync-end" id="sync-end-panel">
            <div class="ask">
                <b>{t.sync_end_ask()}</b>
                <p class="card__note">{t.sync_end_text()}</p>
                {act.told()}
                <button class="button button--danger" type="button" data-action="sync-end-confirm" disabled=move || act.busy.get() on:click=end>
                    {t.sync_end()}
                </button>
            </div>
        </Popover>
    }
}
