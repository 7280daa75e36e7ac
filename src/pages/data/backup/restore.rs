//! A backup chosen, looked into, and restored: what it would do is said before it is done.

use super::passphrase_input;
use crate::backups::{self, Backups};
use crate::client::Engine;
use crate::components::{Field, FileButton, Toast, Toasts};
use crate::i18n::Words;
use crate::settings::{formats, words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{BackupFault, BackupView, Problem, Request, Response};
use web_sys::File;

/// How long undoing is offered.
const UNDO_SECONDS: u32 = 60;

/// Where restoring stands.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Idle,
    Looking,
    /// It wants a passphrase; `true`: another than the one given.
    Locked(bool),
    Foretold(BackupView),
    Restoring,
    Refused(Problem),
}

/// The row and what comes of it.
#[component]
pub fn Restore() -> impl IntoView {
    let t = words();
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let stage = RwSignal::new(Stage::Idle);
    let look = move |files: Vec<File>, passphrase: Option<String>| {
        stage.set(Stage::Looking);
        spawn_local(async move {
            let request = Request::LookIntoBackup(passphrase);
            let next = match engine.ask_with_files(request, &files).await {
                Ok(Response::Backup(view)) => Stage::Foretold(*view),
                Ok(_) => Stage::Refused(Problem::OtherBuild),
                Err(Problem::Backup(BackupFault::Locked)) => Stage::Locked(false),
                Err(Problem::Backup(BackupFault::WrongPassphrase)) => Stage::Locked(true),
                Err(problem) => Stage::Refused(problem),
            };
            let _ = stage.try_set(next);
        });
    };
    let chosen = Callback::new(move |files: Vec<File>| look(files, None));
    let dropped = Backups::here().dropped;
    Effect::new(move || {
        if let Some(file) = dropped.get() {
            dropped.set(None);
            look(vec![file], None);
        }
    });
    let unlock = Callback::new(move |passphrase: String| {
        look(Vec::new(), Some(backups::normal(&passphrase)));
    });
    let restore = Callback::new(move |()| {
        stage.set(Stage::Restoring);
        spawn_local(async move {
            let next = match restored(engine).await {
                Ok(_) => {
                    backups::ask_to_persist();
                    tell(engine, toasts, t);
                    Stage::Idle
                }
                Err(problem) => Stage::Refused(problem),
            };
            let _ = stage.try_set(next);
        });
    });
    let give_up = Callback::new(move |()| stage.set(Stage::Idle));
    let shown = move || match stage.get() {
        Stage::Idle => ().into_any(),
        Stage::Looking => view! { <p role="status">{t.looking_into_backup()}</p> }.into_any(),
        Stage::Restoring => view! { <Restoring /> }.into_any(),
        Stage::Locked(again) => view! { <Unlock again unlock /> }.into_any(),
        Stage::Foretold(view) => view! { <Foretold view restore give_up /> }.into_any(),
        Stage::Refused(problem) => view! {
            <div class="banner banner--bad" role="alert" data-backup-error data-code=problem.code()>
                {t.problem(&problem)}
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="action-row">
            <div class="action-row__text"><b>{t.restore_title()}</b><small>{t.restore_text()}</small></div>
            <span></span>
            <span>
                <FileButton on_files=chosen label=t.choose_backup() id="restore-file" accept=".gz,.enc,.json" />
            </span>
        </div>
        {shown}
    }
}

/// Restores what was looked into. A tab that is opened meanwhile takes what is half done for what a
/// kill has left: then it is done again.
async fn restored(engine: Engine) -> Result<Response, Problem> {
    const ATTEMPTS: u32 = 3;
    let mut attempt = 1;
    loop {
        // The last long task's end is not this one's beginning.
        engine.progress.set(None);
        match engine.ask(Request::Restore).await {
            Err(Problem::StorageConflict) if attempt < ATTEMPTS => attempt += 1,
            done => return done,
        }
    }
}

/// Says that it is restored, and offers the way back.
fn tell(engine: Engine, toasts: Toasts, t: Words) {
    let undo = Callback::new(move |()| {
        spawn_local(async move {
            toasts.show(match engine.ask(Request::UndoRestore).await {
                Ok(_) => Toast::info(t.restore_undone()),
                Err(problem) => Toast::bad(t.problem(&problem)),
            });
        });
    });
    let toast = Toast::good(t.restored()).with_action(t.undo(), "restore-undo", undo);
    toasts.show(Toast { seconds: UNDO_SECONDS, ..toast });
}

/// How far it is.
#[component]
fn Restoring() -> impl IntoView {
    let t = words();
    let engine = expect_context::<Engine>();
    let share = move || {
        let share = engine.progress.get().map_or(0.0, |it| it.share);
        t.restoring(&formats().percent_with(share, 0))
    };
    view! { <p role="status">{share}</p> }
}

/// Asks for the passphrase.
#[component]
fn Unlock(again: bool, unlock: Callback<String>) -> impl IntoView {
    let t = words();
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(again.then(|| t.wrong_passphrase().to_owned()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        unlock.run(typed.get_untracked());
    };
    view! {
        <form class="row row--fields" on:submit=submit data-backup-locked>
            <Field id="restore-passphrase" label=t.passphrase_of_backup() error=error let:ids>
                {passphrase_input(ids, typed, "off")}
            </Field>
            <button class="button button--primary button--field" type="submit" data-action="unlock-backup">
                {t.open_backup()}
            </button>
        </form>
    }
}

/// What it would do, before it is done.
#[component]
fn Foretold(view: BackupView, restore: Callback<()>, give_up: Callback<()>) -> impl IntoView {
    let t = words();
    let is_empty = view.is_empty();
    let sentences = said(t, &view);
    let button = (!is_empty).then(|| {
        view! {
            <button class="button button--primary" type="button" data-action="restore-confirm" on:click=move |_| restore.run(())>
                {t.restore_now()}
            </button>
        }
    });
    let leave = if is_empty { t.close() } else { t.cancel_restore() };
    view! {
        <div
            class="banner banner--acts"
            role="status"
            data-backup-found
            data-imports=view.imports
            data-known-imports=view.known_imports
            data-changes=view.changes
        >
            <span>{sentences}</span>
            <div class="banner__acts">
                {button}
                <button class="button" type="button" data-action="restore-cancel" on:click=move |_| give_up.run(())>
                    {leave}
                </button>
            </div>
        </div>
    }
}

fn said(t: Words, view: &BackupView) -> String {
    let f = formats();
    let imports = |n: u32| t.imports_n(n.into(), &f.count(n));
    let changes = t.edits_n(view.changes.into(), &f.count(view.changes));
    let what = match (view.imports, view.changes) {
        (0, 0) => t.backup_all_here().to_owned(),
        (0, _) => t.backup_brings(&changes),
        (n, 0) => t.backup_brings(&imports(n)),
        (n, _) => t.backup_brings(&t.list(&[imports(n), changes])),
    };
    let known = if view.known_imports > 0 && !view.is_empty() {
        t.backup_known(&imports(view.known_imports))
    } else {
        String::new()
    };
    let merges = if view.merges && !view.is_empty() { t.backup_merges() } else { "" };
    let missing = match view.missing.as_slice() {
        [] => String::new(),
        names => t.backup_missing(&t.list(names)),
    };
    let made = t.backup_of(&f.moment(view.made_at_ms));
    t.sentences(&[&made, &what, &known, merges, &missing])
}
