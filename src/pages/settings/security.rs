//! The lock of this device: put on, looked after, taken off.

mod exports;
mod on;
mod sheet;

use crate::client::Engine;
use crate::components::{Toast, Toasts};
use crate::i18n::Words;
use crate::locking::Locking;
use crate::pages::data::{Twice, chosen, said};
use crate::settings::words;
use crate::syncing::Syncing;
use exports::Exports;
use leptos::prelude::*;
use leptos::task::spawn_local;
use on::On;
use protocol::{LockAsk, LockView};
use sheet::Sheet;
use web_sys::SubmitEvent;

/// The card of the lock.
#[component]
pub fn Security() -> impl IntoView {
    let t = words();
    let act = Act::new();
    let (view, code) = (RwSignal::new(None::<LockView>), RwSignal::new(None::<String>));
    act.ask(LockAsk::State, move |it| _ = view.try_set(Some(it)));
    let stands = Memo::new(move |_| view.read().as_ref().map(|it| (it.on, it.possible)));
    let shown = move || match stands.get()? {
        (_, false) => Some(view! { <p class="card__note">{t.lock_off_memory()}</p> }.into_any()),
        (true, _) => Some(view! { <On view code /> }.into_any()),
        (false, _) => Some(view! { <Off view code /> }.into_any()),
    };
    let state = move || stands.get().map(|(on, _)| if on { "on" } else { "off" });
    view! {
        <section class="card security" id="security" data-lock=state>
            <h2>{t.lock_section()}</h2>
            <Sheet code />
            {shown}
            {act.told()}
            <Exports />
            <details class="action-row action-row--whole">
                <summary>{t.lock_what()}</summary>
                <p class="card__note">{t.lock_protects()}</p>
                <p class="card__note">{t.lock_protects_not()}</p>
                <p class="card__note">{t.lock_stay_text()}</p>
            </details>
        </section>
    }
}

/// Something that the lock was told to do: once at a time, and why it did not go. A handle: copies are
/// of the same.
#[derive(Clone, Copy)]
pub struct Act {
    /// It is under way.
    pub busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    locking: StoredValue<Locking, LocalStorage>,
    t: Words,
}

impl Act {
    /// One that has not begun.
    pub fn new() -> Act {
        let locking = StoredValue::new_local(Locking::here(expect_context::<Engine>()));
        Act { busy: RwSignal::new(false), trouble: RwSignal::new(None), locking, t: words() }
    }

    /// Asks for it; `then` hears that it went.
    pub fn ask(self, ask: LockAsk, then: impl FnOnce(LockView) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        let locking = self.locking.get_value();
        spawn_local(async move {
            let answer = locking.ask(ask).await;
            let _ = self.busy.try_set(false);
            match answer {
                Ok(view) => then(view),
                Err(problem) => _ = self.trouble.try_set(Some(self.t.problem(&problem))),
            }
        });
    }

    /// Closes the lock in all tabs.
    pub fn close(self) {
        self.locking.with_value(Locking::close);
    }

    /// Why it did not go, once there is something to say.
    pub fn told(self) -> impl IntoView {
        move || {
            self.trouble.get().map(|text| {
                view! { <div class="banner banner--bad" role="alert" data-lock-error>{text}</div> }
            })
        }
    }
}

/// No lock yet.
#[component]
fn Off(view: RwSignal<Option<LockView>>, code: RwSignal<Option<String>>) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let (twice, act) = (Twice::new(), Act::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (first, second) = twice.normal();
        match chosen(&first, &second) {
            Ok(passphrase) => {
                twice.error.set(None);
                act.ask(LockAsk::Set(passphrase), move |set| {
                    // Its connection is of before.
                    Syncing::here().restart();
                    twice.forget();
                    toasts.show(Toast::good(t.lock_was_set()));
                    let _ = code.try_set(set.recovery.clone());
                    let _ = view.try_set(Some(set));
                });
            }
            Err(fault) => twice.error.set(Some(said(t, fault, t.lock_passphrase_wanted()))),
        }
    };
    let label = move || if act.busy.get() { t.lock_setting() } else { t.lock_set() };
    view! {
        <p class="card__note">{t.lock_off_text()}</p>
        <form class="stack" on:submit=submit data-lock-set>
            {twice.fields("lock-set")}
            {act.told()}
            <div class="row">
                <button class="button button--primary" type="submit" data-action="lock-set" disabled=move || act.busy.get()>
                    {label}
                </button>
            </div>
        </form>
    }
}
