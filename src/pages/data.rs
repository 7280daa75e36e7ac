//! Everything that can be taken out, taken back and deleted.

mod backup;
mod sync;

use super::import::Batches;
use super::title;
use crate::address::use_lens;
use crate::client::Engine;
use crate::components::{Icon, IconName, Toast, Toasts};
use crate::download::download;
use crate::exports;
use crate::interrupted;
use crate::settings::words;
use crate::syncing::Syncing;
use crate::timings;
use backup::Backup;
pub(super) use backup::passphrase_input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Request;
use sync::Sync;
pub(super) use sync::{Fault, Twice, chosen, said};

/// The data screen.
#[component]
pub fn Data() -> impl IntoView {
    let t = words();
    title(t.nav_data());
    timings::content_is_there();
    let is_synced = Syncing::here().is_on();
    let sub = move || if is_synced.get() { t.data_sub_synced() } else { t.data_sub() };
    view! {
        <h1 class="headline">{t.data_title()}</h1>
        <p class="headline__sub">{sub}</p>
        <div class="stack data">
            <Backup />
            <Sync />
            <TakeOut />
            <Batches />
            <DeleteEverything />
        </div>
    }
}

#[component]
fn TakeOut() -> impl IntoView {
    let t = words();
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let lens = use_lens();
    let scores = move |_| {
        download(
            engine,
            toasts,
            Request::ExportScores(lens.get_untracked()),
            "customer-scores.csv",
        );
    };
    let report = move |_| {
        download(
            engine,
            toasts,
            Request::ExportReport(lens.get_untracked()),
            "analysis-report.json",
        );
    };
    view! {
        <section class="card">
            <h2>{t.take_out()}</h2>
            <div class="action-row">
                <div class="action-row__text"><b>{t.scores_title()}</b><small>{t.scores_text()}</small></div>
                <code class="hide-small">"customer-scores.csv"</code>
                <button class="button" type="button" data-action="export-scores" on:click=scores>
                    <Icon name=IconName::Download /> {t.download()}
                </button>
            </div>
            <div class="action-row">
                <div class="action-row__text"><b>{t.report_title()}</b><small>{t.report_text()}</small></div>
                <code class="hide-small">"analysis-report.json"</code>
                <button class="button" type="button" data-action="export-report" on:click=report>
                    <Icon name=IconName::Download /> {t.download()}
                </button>
            </div>
        </section>
    }
}

/// The one act that cannot be undone: a word has to be typed.
#[component]
fn DeleteEverything() -> impl IntoView {
    let t = words();
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let typed = RwSignal::new(String::new());
    let ready = move || typed.read().trim().eq_ignore_ascii_case(t.delete_word());
    let delete = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !ready() {
            return;
        }
        typed.set(String::new());
        spawn_local(async move {
            // What is deleted here would come back from the server.
            if Syncing::here().is_set_up() {
                let _ = Syncing::here().end().await;
            }
            let toast = match engine.ask(Request::EraseAll).await {
                Ok(_) => {
                    interrupted::forget();
                    exports::forget();
                    Toast::info(t.deleted())
                }
                Err(problem) => Toast::bad(t.problem(&problem)),
            };
            toasts.show(toast);
        });
    };
    view! {
        <section class="card">
            <h2>{t.delete_everything()}</h2>
            <p class="card__note">{t.delete_text()}</p>
            <form class="row row--fields" on:submit=delete>
                <label class="field">
                    <span class="field__label">{t.delete_type(t.delete_word())}</span>
                    <input
                        class="input"
                        id="delete-word"
                        autocomplete="off"
                        prop:value=typed
                        on:input:target=move |event| typed.set(event.target().value())
                    />
                </label>
                <button class="button button--danger button--field" type="submit" data-action="delete-all" disabled=move || !ready()>
                    {t.delete_everything()}
                </button>
            </form>
        </section>
    }
}
