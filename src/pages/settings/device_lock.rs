//! The lock on what is stored on this device: put on, its passphrase changed, taken off.

use crate::auto_lock;
use crate::backups::{self, SHORTEST_PASSPHRASE};
use crate::client::Engine;
use crate::components::{Field, Segmented, Toast, Toasts};
use crate::i18n::Words;
use crate::settings::{formats, words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{BackupFault, Problem, Request, Response};

/// The card of the lock.
#[component]
pub fn DeviceLock() -> impl IntoView {
    let t = words();
    let engine = expect_context::<Engine>();
    let locked = RwSignal::new(None::<bool>);
    let recovery = RwSignal::new(None::<String>);
    spawn_local(async move {
        if let Ok(Response::LockState(is)) = engine.ask(Request::LockState).await {
            let _ = locked.try_set(Some(is));
        }
    });
    let shown = move || match locked.get() {
        None => ().into_any(),
        Some(false) => view! { <PutOn locked recovery /> }.into_any(),
        Some(true) => view! { <Locked locked /> }.into_any(),
    };
    let written_down = move || {
        recovery.get().map(|key| {
            view! {
                <div class="banner banner--warn banner--acts" role="status">
                    <span>{t.recovery_note()} <br /> <code class="recovery" data-recovery-key>{key}</code></span>
                    <div class="banner__acts">
                        <button class="button" type="button" data-action="recovery-noted" on:click=move |_| recovery.set(None)>
                            {t.recovery_noted()}
                        </button>
                    </div>
                </div>
            }
        })
    };
    view! {
        <section class="card" id="device-lock">
            <h2>{t.device_lock_title()}</h2>
            <p class="card__note">{t.device_lock_note()}</p>
            {written_down}
            {shown}
        </section>
    }
}

/// A passphrase typed twice; `Err`: what is wrong with it.
fn new_passphrase(t: Words, first: &str, second: &str) -> Result<String, String> {
    if first.chars().count() < SHORTEST_PASSPHRASE {
        return Err(t.passphrase_short(&formats().count(SHORTEST_PASSPHRASE as u32)));
    }
    if first == second {
        Ok(backups::normal(first))
    } else {
        Err(t.passphrases_differ().to_owned())
    }
}

/// A field for a passphrase.
#[component]
fn Passphrase(
    id: &'static str,
    label: &'static str,
    text: RwSignal<String>,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(default = "new-password")] autocomplete: &'static str,
) -> impl IntoView {
    view! {
        <Field id=id label=label error=error let:ids>
            <input
                class="input"
                type="password"
                id=ids.input
                aria-describedby=ids.described_by
                aria-invalid=ids.invalid
                autocomplete=autocomplete
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            />
        </Field>
    }
}

fn said(t: Words, problem: &Problem) -> String {
    match problem {
        Problem::Backup(BackupFault::WrongPassphrase) => t.wrong_passphrase().to_owned(),
        other => t.problem(other),
    }
}

#[component]
fn PutOn(locked: RwSignal<Option<bool>>, recovery: RwSignal<Option<String>>) -> impl IntoView {
    let t = words();
    let engine = expect_context::<Engine>();
    let (first, second) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (error, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let put_on = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let chosen = new_passphrase(t, &first.get_untracked(), &second.get_untracked());
        error.set(chosen.as_ref().err().cloned());
        let Ok(passphrase) = chosen else { return };
        busy.set(true);
        spawn_local(async move {
            let done = engine.ask(Request::LockDevice(passphrase)).await;
            let _ = busy.try_set(false);
            match done {
                Ok(Response::RecoveryKey(key)) => {
                    recovery.try_set(Some(key));
                    locked.try_set(Some(true));
                }
                Ok(_) => {}
                Err(problem) => _ = error.try_set(Some(said(t, &problem))),
            }
        });
    };
    view! {
        <form class="row row--fields row--top" on:submit=put_on>
            <Passphrase id="lock-passphrase" label=t.passphrase() text=first error=error />
            <Passphrase id="lock-passphrase-again" label=t.passphrase_again() text=second />
            <button class="button button--field" type="submit" data-action="lock-device" disabled=busy>
                {t.device_lock()}
            </button>
        </form>
    }
}

#[component]
fn Locked(locked: RwSignal<Option<bool>>) -> impl IntoView {
    let t = words();
    let minutes = RwSignal::new(auto_lock::minutes().to_string());
    let choices =
        auto_lock::CHOICES.map(|it| (it.to_string(), t.minutes(it.into(), &formats().count(it))));
    let choose = Callback::new(move |chosen: String| {
        if let Ok(number) = chosen.parse() {
            auto_lock::choose(number);
        }
        minutes.set(chosen);
    });
    view! {
        <div class="stack">
            <div class="choice">
                <span class="choice__name" aria-hidden="true">{t.auto_lock()}</span>
                <Segmented name="auto-lock" label=t.auto_lock() options=choices.to_vec() value=minutes on_change=choose />
            </div>
            <div class="row">
                <button class="button" type="button" data-action="lock-now" on:click=|_| auto_lock::now()>{t.lock_now()}</button>
            </div>
            <Change />
            <TakeOff locked />
        </div>
    }
}

#[component]
fn Change() -> impl IntoView {
    let t = words();
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let [old, first, second] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let error = RwSignal::new(None::<String>);
    let change = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let chosen = new_passphrase(t, &first.get_untracked(), &second.get_untracked());
        error.set(chosen.as_ref().err().cloned());
        let Ok(passphrase) = chosen else { return };
        spawn_local(async move {
            let secret = backups::normal(&old.get_untracked());
            match engine.ask(Request::ChangePassphrase(secret, passphrase)).await {
                Ok(_) => {
                    for text in [old, first, second] {
                        text.try_set(String::new());
                    }
                    toasts.show(Toast::good(t.passphrase_changed()));
                }
                Err(problem) => _ = error.try_set(Some(said(t, &problem))),
            }
        });
    };
    view! {
        <details>
            <summary>{t.change_passphrase()}</summary>
            <form class="row row--fields row--top" on:submit=change>
                <Passphrase id="old-passphrase" label=t.passphrase_now() text=old error=error autocomplete="current-password" />
                <Passphrase id="new-passphrase" label=t.passphrase_new() text=first />
                <Passphrase id="new-passphrase-again" label=t.passphrase_again() text=second />
                <button class="button button--field" type="submit" data-action="change-passphrase">{t.change_passphrase()}</button>
            </form>
        </details>
    }
}

#[component]
fn TakeOff(locked: RwSignal<Option<bool>>) -> impl IntoView {
    let t = words();
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let (typed, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let take_off = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        error.set(None);
        spawn_local(async move {
            let secret = backups::normal(&typed.get_untracked());
            match engine.ask(Request::RemoveLock(secret)).await {
                Ok(_) => {
                    toasts.show(Toast::info(t.lock_removed()));
                    locked.try_set(Some(false));
                }
                Err(problem) => _ = error.try_set(Some(said(t, &problem))),
            }
        });
    };
    view! {
        <details>
            <summary>{t.remove_lock()}</summary>
            <form class="row row--fields row--top" on:submit=take_off>
                <Passphrase id="remove-passphrase" label=t.passphrase_now() text=typed error=error autocomplete="current-password" />
                <button class="button button--danger button--field" type="submit" data-action="remove-lock">{t.remove_lock()}</button>
            </form>
        </details>
    }
}
