//! What stands before locked data: the field for the passphrase.

use crate::app::greet;
use crate::backups;
use crate::client::Engine;
use crate::components::Field;
use crate::settings::words;
use crate::shell::{Brand, LanguageSwitch};
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{BackupFault, Problem, Request};

/// Asks for the passphrase, or for the recovery key.
#[component]
pub fn Unlock() -> impl IntoView {
    let t = words();
    timings::content_is_there();
    let engine = expect_context::<Engine>();
    let (typed, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let unlock = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let secret = backups::normal(&typed.get_untracked());
            let opened = engine.ask(Request::Unlock(secret)).await;
            let _ = busy.try_set(false);
            match opened {
                // Not found: the lock was taken off meanwhile.
                Ok(_) | Err(Problem::NotFound) => greet(engine),
                Err(Problem::Backup(BackupFault::WrongPassphrase)) => {
                    error.try_set(Some(t.wrong_passphrase().to_owned()));
                }
                Err(problem) => _ = error.try_set(Some(t.problem(&problem))),
            }
        });
    };
    let erase = move |_| {
        spawn_local(async move {
            match engine.ask(Request::EraseAll).await {
                Ok(_) => greet(engine),
                Err(problem) => _ = error.try_set(Some(t.problem(&problem))),
            }
        });
    };
    view! {
        <main class="welcome" data-device-locked>
            <div class="welcome__bar"><Brand /><LanguageSwitch /></div>
            <h1 class="welcome__title">{t.device_locked()}</h1>
            <section class="card">
                <form class="row row--fields row--top" on:submit=unlock>
                    <Field id="device-passphrase" label=t.passphrase() hint=t.or_recovery_key() error=error let:ids>
                        <input
                            class="input"
                            type="password"
                            id=ids.input
                            aria-describedby=ids.described_by
                            aria-invalid=ids.invalid
                            autocomplete="current-password"
                            prop:value=typed
                            on:input:target=move |event| typed.set(event.target().value())
                        />
                    </Field>
                    <button class="button button--primary button--field" type="submit" data-action="unlock-device" disabled=busy>
                        {t.open_backup()}
                    </button>
                </form>
                <details class="card__foot">
                    <summary>{t.passphrase_forgotten()}</summary>
                    <p class="card__note">{t.passphrase_forgotten_note()}</p>
                    <button class="button button--danger" type="button" data-action="delete-all" on:click=erase>
                        {t.erase_and_begin()}
                    </button>
                </details>
            </section>
        </main>
    }
}
