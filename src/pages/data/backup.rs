//! Backups: saved, locked by a passphrase, kept in a folder by themselves.

mod folder;
mod restore;

use crate::backups::{self, Backups};
use crate::components::{Field, FieldIds, Icon, IconName};
use crate::settings::{formats, words};
use folder::folder;
use leptos::prelude::*;
use protocol::sync::SHORTEST_PASSPHRASE;
use restore::Restore;

/// The card of backups.
#[component]
pub fn Backup() -> impl IntoView {
    let t = words();
    let backups = Backups::here();
    let last = move || backups::told(t, backups.last.get());
    let save = move |_| backups.save(t, None);
    view! {
        <section class="card" id="backup">
            <h2>{t.backup_title()}</h2>
            <p class="card__note">{t.backup_note()}</p>
            <div class="action-row">
                <div class="action-row__text">
                    <b>{t.save_backup()}</b>
                    <small data-last-backup>{last}</small>
                </div>
                <code class="hide-small">{backups::FILE_NAME}</code>
                <button
                    class="button button--primary"
                    type="button"
                    data-action="export-backup"
                    disabled=move || backups.busy.get()
                    on:click=save
                >
                    <Icon name=IconName::Download /> {t.download()}
                </button>
            </div>
            <Locked />
            {folder()}
            <Restore />
            <Kept />
        </section>
    }
}

/// A backup that only a passphrase opens.
#[component]
fn Locked() -> impl IntoView {
    let t = words();
    let backups = Backups::here();
    let (first, second) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let error = RwSignal::new(None::<String>);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let passphrase = first.get_untracked();
        let wrong = if passphrase.chars().count() < SHORTEST_PASSPHRASE {
            Some(t.passphrase_short(&formats().count(SHORTEST_PASSPHRASE as u32)))
        } else if passphrase != second.get_untracked() {
            Some(t.passphrases_differ().to_owned())
        } else {
            None
        };
        let is_right = wrong.is_none();
        error.set(wrong);
        if is_right {
            first.set(String::new());
            second.set(String::new());
            backups.save(t, Some(passphrase));
        }
    };
    view! {
        <details class="action-row action-row--whole">
            <summary>{t.lock_backup()}</summary>
            <p class="card__note">{t.lock_backup_note()}</p>
            <form class="row row--fields row--top" on:submit=save>
                <Field id="backup-passphrase" label=t.passphrase() error=error let:ids>
                    {passphrase_input(ids, first, "new-password")}
                </Field>
                <Field id="backup-passphrase-again" label=t.passphrase_again() let:ids>
                    {passphrase_input(ids, second, "new-password")}
                </Field>
                <button
                    class="button button--field"
                    type="submit"
                    data-action="export-locked-backup"
                    disabled=move || backups.busy.get()
                >
                    {t.save_locked()}
                </button>
            </form>
        </details>
    }
}

/// What a passphrase is typed into; `kind`: whether the browser's own keeper of passwords offers one.
pub(in crate::pages) fn passphrase_input(
    ids: FieldIds,
    typed: RwSignal<String>,
    kind: &'static str,
) -> impl IntoView {
    view! {
        <input
            class="input"
            type="password"
            id=ids.input
            aria-describedby=ids.described_by
            aria-invalid=ids.invalid
            autocomplete=kind
            prop:value=typed
            on:input:target=move |event| typed.set(event.target().value())
        />
    }
}

/// Whether the browser has promised to keep the data.
#[component]
fn Kept() -> impl IntoView {
    let t = words();
    let kept = RwSignal::new(None::<bool>);
    leptos::task::spawn_local(async move {
        let _ = kept.try_set(backups::is_persistent().await);
    });
    let told = move || {
        let text = if kept.get()? { t.storage_kept() } else { t.storage_not_kept() };
        Some(
            view! { <p class="card__foot" data-storage-kept=kept.get().map(|it| it.to_string())>{text}</p> },
        )
    };
    view! { {told} }
}
