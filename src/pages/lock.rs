//! The data are locked: the one screen until they are opened.

use super::data::{Fault, Twice, chosen, passphrase_input, said};
use super::title;
use crate::backups::normal;
use crate::client::Engine;
use crate::components::{Field, focus_on};
use crate::exports;
use crate::i18n::Words;
use crate::interrupted;
use crate::locking::{ask_lock, forget_key, reload, remember_on};
use crate::settings::words;
use crate::shell::{Brand, LanguageSwitch, forget_visit};
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{LockAsk, LockFault, LockSecret, Problem, Request};
use web_sys::SubmitEvent;

/// The lock screen. Where the lock has changed under an open page, the page begins anew.
#[component]
pub fn LockScreen() -> impl IntoView {
    let engine = expect_context::<Engine>();
    let is_closed = engine.broken.get_untracked() == Some(Problem::Lock(LockFault::Closed));
    if !is_closed {
        reload();
        return ().into_any();
    }
    remember_on(true);
    let t = words();
    title(t.lock_title());
    timings::content_is_there();
    let by_code = RwSignal::new(false);
    let form = move || {
        if by_code.get() {
            view! { <ByCode /> }.into_any()
        } else {
            view! { <ByPassphrase /> }.into_any()
        }
    };
    let other = move || if by_code.get() { t.lock_by_passphrase() } else { t.lock_by_code() };
    view! {
        <main class="lock" id="main">
            <div class="welcome__bar"><Brand /><LanguageSwitch /></div>
            <section class="card">
                <h1 class="headline">{t.lock_title()}</h1>
                <p class="card__note">{t.lock_text()}</p>
                {form}
                <div class="row">
                    <button
                        class="button"
                        type="button"
                        data-action="lock-other-way"
                        on:click=move |_| by_code.update(|it| *it = !*it)
                    >
                        {other}
                    </button>
                </div>
                <Forgotten />
            </section>
        </main>
    }
    .into_any()
}

/// How an attempt goes. A handle: copies are of the same.
#[derive(Clone, Copy)]
struct Attempt {
    engine: Engine,
    busy: RwSignal<bool>,
    /// Why it did not go.
    error: RwSignal<Option<String>>,
    t: Words,
}

impl Attempt {
    fn new() -> Attempt {
        let (busy, error) = (RwSignal::new(false), RwSignal::new(None));
        Attempt { engine: expect_context(), busy, error, t: words() }
    }

    /// Asks one thing after the other. The last opens the data, which puts an end to this screen.
    fn run(self, asks: Vec<LockAsk>, field: &'static str) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            for ask in asks {
                if let Err(problem) = ask_lock(self.engine, ask).await {
                    let _ = self.busy.try_set(false);
                    let _ = self.error.try_set(Some(self.t.problem(&problem)));
                    focus_on(field);
                    return;
                }
            }
        });
    }

    fn label(self) -> &'static str {
        if self.busy.get() { self.t.lock_unlocking() } else { self.t.lock_unlock() }
    }
}

#[component]
fn ByPassphrase() -> impl IntoView {
    let t = words();
    let attempt = Attempt::new();
    let (typed, stay) = (RwSignal::new(String::new()), RwSignal::new(false));
    timings::after_paint(|| focus_on("#lock-passphrase"));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let passphrase = typed.with_untracked(|it| normal(it));
        if passphrase.is_empty() {
            attempt.error.set(Some(t.lock_passphrase_wanted().to_owned()));
            focus_on("#lock-passphrase");
            return;
        }
        let secret = LockSecret::Passphrase(passphrase);
        let stay = stay.get_untracked();
        attempt.run(vec![LockAsk::Unlock { secret, stay }], "#lock-passphrase");
    };
    view! {
        <form class="stack" on:submit=submit>
            <Field id="lock-passphrase" label=t.passphrase() error=attempt.error let:ids>
                {passphrase_input(ids, typed, "current-password")}
            </Field>
            <label class="check">
                <input
                    class="checkbox"
                    type="checkbox"
                    id="lock-stay"
                    prop:checked=stay
                    on:change=move |event| stay.set(event_target_checked(&event))
                />
                {t.lock_stay()}
            </label>
            <Unlock attempt />
        </form>
    }
}

#[component]
fn ByCode() -> impl IntoView {
    let t = words();
    let attempt = Attempt::new();
    let (code, twice) = (RwSignal::new(String::new()), Twice::new());
    timings::after_paint(|| focus_on("#lock-code"));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (first, second) = twice.normal();
        let passphrase = match chosen(&first, &second) {
            Ok(passphrase) => passphrase,
            Err(fault) => {
                twice.error.set(Some(said(t, fault, t.sync_passphrase_wanted())));
                let is_second = fault == Fault::Differ;
                let wrong = ["#lock-new-passphrase", "#lock-new-passphrase-again"];
                focus_on(wrong[usize::from(is_second)]);
                return;
            }
        };
        twice.error.set(None);
        let secret = LockSecret::Recovery(code.get_untracked());
        let change = LockAsk::Change { secret, passphrase: passphrase.clone() };
        let unlock = LockAsk::Unlock { secret: LockSecret::Passphrase(passphrase), stay: false };
        attempt.run(vec![change, unlock], "#lock-code");
    };
    view! {
        <form class="stack" on:submit=submit>
            <p class="card__note">{t.lock_by_code_text()}</p>
            <Field id="lock-code" label=t.sync_recovery_code() error=attempt.error let:ids>
                <input
                    class="input"
                    id=ids.input
                    aria-describedby=ids.described_by
                    aria-invalid=ids.invalid
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    prop:value=code
                    on:input:target=move |event| code.set(event.target().value())
                />
            </Field>
            <fieldset class="lock__new">
                <legend class="field__label">{t.lock_new_passphrase()}</legend>
                {twice.fields("lock-new-passphrase")}
            </fieldset>
            <Unlock attempt />
        </form>
    }
}

#[component]
fn Unlock(attempt: Attempt) -> impl IntoView {
    view! {
        <div class="row">
            <button class="button button--primary" type="submit" data-action="unlock" disabled=move || attempt.busy.get()>
                {move || attempt.label()}
            </button>
        </div>
    }
}

/// Nothing opens the data any more: they can be deleted, once a word is typed.
#[component]
fn Forgotten() -> impl IntoView {
    let t = words();
    let engine = expect_context::<Engine>();
    let (typed, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let ready = move || typed.read().trim().eq_ignore_ascii_case(t.delete_word());
    let delete = move |event: SubmitEvent| {
        event.prevent_default();
        if !ready() {
            return;
        }
        spawn_local(async move {
            match engine.ask(Request::EraseAll).await {
                Ok(_) => {
                    forget_key().await;
                    remember_on(false);
                    interrupted::forget();
                    exports::forget();
                    forget_visit();
                    reload();
                }
                Err(problem) => _ = error.try_set(Some(t.problem(&problem))),
            }
        });
    };
    view! {
        <details class="action-row action-row--whole">
            <summary data-action="lock-forgotten">{t.lock_forgotten()}</summary>
            <p class="card__note">{t.lock_forgotten_text()} " " {t.delete_text()}</p>
            <form class="row row--fields" on:submit=delete>
                <Field id="lock-delete-word" label=t.delete_type(t.delete_word()) error=error let:ids>
                    <input
                        class="input"
                        id=ids.input
                        aria-describedby=ids.described_by
                        aria-invalid=ids.invalid
                        autocomplete="off"
                        prop:value=typed
                        on:input:target=move |event| typed.set(event.target().value())
                    />
                </Field>
                <button class="button button--danger button--field" type="submit" data-action="lock-delete-all" disabled=move || !ready()>
                    {t.delete_everything()}
                </button>
            </form>
        </details>
    }
}
