//! A passphrase as it is chosen: typed twice; and changed for all devices.

use super::act::Act;
use super::passphrase_input;
use super::secret::{self, Fault};
use crate::backups::normal;
use crate::components::{Field, Toast, Toasts};
use crate::i18n::Words;
use crate::settings::{formats, words};
use leptos::prelude::*;
use protocol::sync::{SHORTEST_PASSPHRASE, SyncAsk};

/// What is wrong with it; `none`: the sentence where nothing was typed.
pub fn said(t: Words, fault: Fault, none: &str) -> String {
    match fault {
        Fault::None => none.to_owned(),
        Fault::Short => t.passphrase_short(&formats().count(SHORTEST_PASSPHRASE as u32)),
        Fault::Differ => t.passphrases_differ().to_owned(),
    }
}

/// Two fields for one passphrase. A handle: copies are of the same.
#[derive(Clone, Copy)]
pub struct Twice {
    first: RwSignal<String>,
    second: RwSignal<String>,
    /// What is wrong with it.
    pub error: RwSignal<Option<String>>,
}

impl Twice {
    /// Two empty ones.
    pub fn new() -> Twice {
        let empty = || RwSignal::new(String::new());
        Twice { first: empty(), second: empty(), error: RwSignal::new(None) }
    }

    /// What is typed, in the one form that its letters have.
    pub fn normal(self) -> (String, String) {
        (self.first.with_untracked(|it| normal(it)), self.second.with_untracked(|it| normal(it)))
    }

    /// Empties both.
    pub fn forget(self) {
        // What asked for it may be gone.
        let _ = self.first.try_set(String::new());
        let _ = self.second.try_set(String::new());
        let _ = self.error.try_set(None);
    }

    /// The fields.
    pub fn fields(self, id: &'static str) -> impl IntoView {
        let t = words();
        view! {
            <div class="row row--fields row--top">
                <Field id=id label=t.passphrase() error=self.error let:ids>
                    {passphrase_input(ids, self.first, "new-password")}
                </Field>
                <Field id=format!("{id}-again") label=t.passphrase_again() let:ids>
                    {passphrase_input(ids, self.second, "new-password")}
                </Field>
            </div>
        }
    }
}

/// Another passphrase, on every device.
#[component]
pub fn ChangePassphrase() -> impl IntoView {
    let (t, toasts) = (words(), expect_context::<Toasts>());
    let (typed, act) = (Twice::new(), Act::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (first, second) = typed.normal();
        match secret::chosen(&first, &second) {
            Ok(passphrase) => {
                typed.error.set(None);
                act.ask(SyncAsk::ChangePassphrase(passphrase), move |_| {
                    typed.forget();
                    toasts.show(Toast::good(t.sync_passphrase_changed()));
                });
            }
            Err(fault) => typed.error.set(Some(said(t, fault, t.sync_passphrase_wanted()))),
        }
    };
    view! {
        <details class="action-row action-row--whole">
            <summary data-action="sync-open-change">{t.sync_passphrase_change()}</summary>
            <p class="card__note">{t.sync_passphrase_change_text()}</p>
            <form class="stack" on:submit=submit data-sync-change>
                {typed.fields("sync-new-passphrase")}
                {act.told()}
                <div class="row">
                    <button class="button" type="submit" data-action="sync-change-passphrase" disabled=move || act.busy.get()>
                        {t.sync_passphrase_change()}
                    </button>
                </div>
            </form>
        </details>
    }
}
