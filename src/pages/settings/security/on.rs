//! What can be done with a lock that is on.

use super::Act;
use crate::backups::normal;
use crate::components::{Field, Segmented, Toast, Toasts};
use crate::locking::{MINUTES, choose_minutes, forget_key, minutes};
use crate::pages::data::{Twice, chosen, passphrase_input, said};
use crate::settings::{formats, words};
use crate::syncing::Syncing;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{LockAsk, LockSecret, LockView};
use web_sys::SubmitEvent;

/// The lock is on.
#[component]
pub fn On(view: RwSignal<Option<LockView>>, code: RwSignal<Option<String>>) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let act = Act::new();
    let renewed = move |it: LockView| _ = code.try_set(it.recovery);
    let removed = move |it: LockView| {
        Syncing::here().restart();
        spawn_local(forget_key());
        toasts.show(Toast::info(t.lock_removed()));
        let _ = code.try_set(None);
        let _ = view.try_set(Some(it));
    };
    view! {
        <p class="card__note" data-lock-is-on>{t.lock_is_on()}</p>
        <div class="action-row">
            <div class="action-row__text"><b>{t.lock_now()}</b><small>{t.lock_now_text()}</small></div>
            <span></span>
            <button class="button" type="button" data-action="lock-now-here" on:click=move |_| act.close()>
                {t.lock_now()}
            </button>
        </div>
        <After />
        <Change />
        <ByPassphrase id="lock-renew" label=t.lock_renew() text=t.lock_renew_text() ask=LockAsk::Renew then=renewed />
        <ByPassphrase id="lock-remove" label=t.lock_remove() text=t.lock_remove_text() ask=LockAsk::Remove then=removed />
    }
}

/// After how long it closes by itself.
#[component]
fn After() -> impl IntoView {
    let (t, f) = (words(), formats());
    let chosen = RwSignal::new(minutes());
    let text = |it: u32| match it {
        0 => t.lock_auto_never().to_owned(),
        n => t.lock_auto_minutes(&f.count(f64::from(n))),
    };
    let options: Vec<_> = MINUTES.iter().map(|it| (it.to_string(), text(*it))).collect();
    let value = Signal::derive(move || chosen.get().to_string());
    let choose = Callback::new(move |value: String| {
        if let Ok(minutes) = value.parse() {
            choose_minutes(minutes);
            chosen.set(minutes);
        }
    });
    view! {
        <div class="action-row action-row--whole lock__after">
            <div class="action-row__text"><b>{t.lock_auto()}</b><small>{t.lock_auto_text()}</small></div>
            <Segmented name="lock-after" label=t.lock_auto() options=options value=value on_change=choose />
        </div>
    }
}

/// Another passphrase.
#[component]
fn Change() -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let (present, twice, act) = (RwSignal::new(String::new()), Twice::new(), Act::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (first, second) = twice.normal();
        match chosen(&first, &second) {
            Ok(passphrase) => {
                twice.error.set(None);
                let secret = LockSecret::Passphrase(present.with_untracked(|it| normal(it)));
                act.ask(LockAsk::Change { secret, passphrase }, move |_| {
                    let _ = present.try_set(String::new());
                    twice.forget();
                    toasts.show(Toast::good(t.sync_passphrase_changed()));
                });
            }
            Err(fault) => twice.error.set(Some(said(t, fault, t.sync_passphrase_wanted()))),
        }
    };
    view! {
        <details class="action-row action-row--whole">
            <summary data-action="lock-open-change">{t.sync_passphrase_change()}</summary>
            <p class="card__note">{t.lock_change_text()}</p>
            <form class="stack" on:submit=submit>
                <Field id="lock-present" label=t.lock_present() let:ids>
                    {passphrase_input(ids, present, "current-password")}
                </Field>
                <fieldset class="lock__new">
                    <legend class="field__label">{t.lock_new_passphrase()}</legend>
                    {twice.fields("lock-change")}
                </fieldset>
                {act.told()}
                <div class="row">
                    <button class="button" type="submit" data-action="lock-change" disabled=move || act.busy.get()>
                        {t.sync_passphrase_change()}
                    </button>
                </div>
            </form>
        </details>
    }
}

/// Something that the passphrase has to be typed for.
#[component]
fn ByPassphrase(
    /// Of the field, and what machines know the act by.
    id: &'static str,
    label: &'static str,
    text: &'static str,
    /// What is asked for.
    ask: fn(String) -> LockAsk,
    /// What follows.
    then: impl Fn(LockView) + Copy + 'static,
) -> impl IntoView {
    let t = words();
    let (typed, act) = (RwSignal::new(String::new()), Act::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        act.ask(ask(typed.with_untracked(|it| normal(it))), move |view| {
            let _ = typed.try_set(String::new());
            then(view);
        });
    };
    view! {
        <details class="action-row action-row--whole">
            <summary data-action=format!("open-{id}")>{label}</summary>
            <p class="card__note">{text}</p>
            <form class="row row--fields row--top" on:submit=submit>
                <Field id=id label=t.passphrase() let:ids>
                    {passphrase_input(ids, typed, "current-password")}
                </Field>
                <button class="button button--field" type="submit" data-action=id disabled=move || act.busy.get()>
                    {label}
                </button>
            </form>
            {act.told()}
        </details>
    }
}
