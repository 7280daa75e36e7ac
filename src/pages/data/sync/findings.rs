//! What a test of a server has found, and what to put into the server's settings if it lets nobody in.

use super::act::Act;
use super::form::select;
use crate::clipboard::copy;
use crate::components::{Field, Icon, IconName, Toasts};
use crate::settings::words;
use leptos::prelude::*;
use protocol::sync::{SyncAnswer, SyncAsk, SyncFinding, SyncSoftware, SyncTrouble};

/// How a finding bears on sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bearing {
    Good,
    Mind,
    Fatal,
}

fn bearing(finding: &SyncFinding) -> Bearing {
    use SyncFinding as F;
    match finding {
        it if it.is_fatal() => Bearing::Fatal,
        F::GivesOldFiles
        | F::KeepsDeleted
        | F::RefusesFilesOf(_)
        | F::HasShop { sealed: false } => Bearing::Mind,
        _ => Bearing::Good,
    }
}

/// What machines know a finding by.
fn code(finding: &SyncFinding) -> &'static str {
    use SyncFinding as F;
    match finding {
        F::KeepsFiles => "keeps_files",
        F::WritesJsonAnew => "writes_json_anew",
        F::ChangesFiles => "changes_files",
        F::TellsMissing => "tells_missing",
        F::AnswersForMissing => "answers_for_missing",
        F::GivesOldFiles => "gives_old_files",
        F::Lists => "lists",
        F::ListsNothing => "lists_nothing",
        F::Deletes => "deletes",
        F::KeepsDeleted => "keeps_deleted",
        F::TakesFilesOf(_) => "takes_files",
        F::RefusesFilesOf(_) => "refuses_files",
        F::HasShop { sealed: true } => "has_sealed_shop",
        F::HasShop { sealed: false } => "has_open_shop",
        F::Failed(trouble) => trouble.code(),
    }
}

/// Each finding in a line.
#[component]
pub fn Findings(found: Vec<SyncFinding>) -> impl IntoView {
    let t = words();
    let is_shut = found.contains(&SyncFinding::Failed(SyncTrouble::Unreachable));
    let is_fatal = found.iter().any(SyncFinding::is_fatal);
    let lines = found.into_iter().map(|it| line(&it)).collect_view();
    view! {
        <div data-sync-findings=if is_fatal { "fatal" } else { "usable" }>
            <h3>{t.sync_findings()}</h3>
            <div role="status"><ul class="sync__findings">{lines}</ul></div>
            {is_fatal.then(|| view! { <p class="field__error">{t.sync_unusable()}</p> })}
            {is_shut.then(|| view! { <Cors /> })}
        </div>
    }
}

fn line(finding: &SyncFinding) -> impl IntoView + use<> {
    let t = words();
    let (icon, level) = match bearing(finding) {
        Bearing::Good => (IconName::Check, "good"),
        Bearing::Mind => (IconName::Warning, "mind"),
        Bearing::Fatal => (IconName::Close, "bad"),
    };
    view! {
        <li class=format!("sync__finding sync__finding--{level}") data-finding=code(finding) data-level=level>
            <Icon name=icon />
            <span>{t.sync_finding(finding)}</span>
        </li>
    }
}

/// The settings with which a server lets this page in, to be copied.
#[component]
fn Cors() -> impl IntoView {
    let (t, toasts) = (words(), expect_context::<Toasts>());
    let act = Act::new();
    let chosen = RwSignal::new(SyncSoftware::Nginx.name().to_owned());
    let text = RwSignal::new(None::<String>);
    let choices = SyncSoftware::ALL.map(|it| (it.name(), it.name()));
    let choose = Callback::new(move |name: String| {
        text.set(None);
        chosen.set(name);
    });
    let show = move |_| {
        let of_name = |it: &SyncSoftware| chosen.with_untracked(|name| name == it.name());
        let Some(software) = SyncSoftware::ALL.into_iter().find(of_name) else { return };
        let origin = window().location().origin().unwrap_or_default();
        act.ask(SyncAsk::Cors { software, origin }, move |answer| {
            if let SyncAnswer::Text(settings) = answer {
                text.try_set(Some(settings));
            }
        });
    };
    let shown = move || {
        text.get().map(|settings| {
            let copied = settings.clone();
            view! {
                <pre class="sync__code" tabindex="0" data-sync-cors>{settings}</pre>
                <button class="button" type="button" data-action="sync-copy-cors" on:click=move |_| copy(toasts, copied.clone())>
                    {t.sync_copy_settings()}
                </button>
            }
        })
    };
    view! {
        <div class="sync__part stack">
            <div>
                <h3>{t.sync_cors_title()}</h3>
                <p class="card__note">{t.sync_cors_text()}</p>
            </div>
            <div class="row row--fields">
                <Field id="sync-cors-server" label=t.sync_cors_server() let:ids>
                    {select(ids, &choices, chosen, choose)}
                </Field>
                <button class="button button--field" type="button" data-action="sync-cors" on:click=show>
                    {t.sync_cors_show()}
                </button>
            </div>
            {act.told()}
            {shown}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hinders_sync_is_told_apart_from_what_is_to_be_known() {
        for (finding, expected) in [
            (SyncFinding::KeepsFiles, Bearing::Good),
            (SyncFinding::ListsNothing, Bearing::Good),
            (SyncFinding::HasShop { sealed: true }, Bearing::Good),
            (SyncFinding::HasShop { sealed: false }, Bearing::Mind),
            (SyncFinding::RefusesFilesOf(1_000_000), Bearing::Mind),
            (SyncFinding::ChangesFiles, Bearing::Fatal),
            (SyncFinding::Failed(SyncTrouble::Denied), Bearing::Fatal),
        ] {
            assert_eq!(bearing(&finding), expected, "{finding:?}");
        }
    }
}
