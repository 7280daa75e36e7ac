//! Importing: drop, look at what was found, store it, take it back.

use super::first_run::HowToExport;
use super::title;
use crate::address::{base, use_query, whole};
use crate::client::Engine;
use crate::components::{EmptyState, FileButton, ProgressBar, StateKind, Toast, Toasts};
use crate::i18n::Words;
use crate::import_flow::{ImportFlow, Stage};
use crate::settings::{formats, words};
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use model::RecordKind;
use protocol::{FileReport, ImportSummary, Problem, ProgressPhase, Request};

mod batch;
mod batches;
mod found;
mod mapping;
mod people;
mod reading_editor;
mod readings;
mod summary;

use batch::past_import;
pub use batches::Batches;
use found::found_file;
use mapping::{mapping_editor, missing};
use readings::remembered_readings;
pub use summary::summary_line;

/// The import screen.
#[component]
pub fn Import() -> impl IntoView {
    let t = words();
    title(t.import_title());
    let query = use_query();
    let batch =
        Memo::new(move |_| query.read().get_str("batch").and_then(|it| it.parse::<u32>().ok()));
    view! { {move || batch.get().map_or_else(imports, past_import)} }
}

/// Drop, what is under way, what was imported.
fn imports() -> AnyView {
    let t = words();
    timings::content_is_there();
    view! {
        <h1 class="headline">{t.import_title()}</h1>
        <p class="headline__sub">{t.import_sub()}</p>
        <div class="import">
            <Drop with_sample=false />
            <p class="welcome__lock">{t.stays_here()}</p>
            <ImportStage />
            <Batches />
            {remembered_readings()}
            <HowToExport />
        </div>
    }
    .into_any()
}

/// Where files are dropped or chosen.
#[component]
pub fn Drop(
    /// Offers the sample shop too.
    with_sample: bool,
) -> impl IntoView {
    let t = words();
    let flow = expect_context::<ImportFlow>();
    let shown = stored(flow);
    let sample = with_sample.then(|| {
        view! {
            <button
                class="button button--large"
                type="button"
                data-action="load-sample"
                on:click=move |_| flow.load_sample(t.lang == crate::i18n::Lang::Zh, shown.clone())
            >
                {t.try_sample()}
            </button>
        }
    });
    flow.expect_files();
    view! {
        <div class="drop" class:drop--compact=!with_sample>
            <b class="drop__title">{t.drop_title()}</b>
            <p class="drop__text">{t.drop_text()}</p>
            <div class="drop__actions">
                <FileButton
                    on_files=Callback::new(move |files: Vec<web_sys::File>| flow.inspect(files.into()))
                    label=t.choose_files()
                    accept=".csv,.tsv,.txt,.xlsx,.xls,.xlsb,.xlsm,.ods,.zip,.gz,.json,.html,.htm,.vcf,text/csv,text/vcard"
                    primary=true
                    large=true
                />
                {sample}
            </div>
            <div class="chips drop__sources">
                <span class="chip">"Shopify"</span>
                <span class="chip">{t.generic_name()}</span>
            </div>
        </div>
    }
}

/// What happens once files are stored: the first screen, with a way back.
fn stored(flow: ImportFlow) -> impl Fn(ImportSummary) + Clone + 'static {
    let (t, f) = (words(), formats());
    let (toasts, engine, navigate) =
        (expect_context::<Toasts>(), expect_context::<Engine>(), use_navigate());
    move |summary: ImportSummary| {
        let text = t.imported(&t.list(&t.brought(&summary, |count| f.count(count))));
        let batches = summary.batches;
        if batches.is_empty() {
            return;
        }
        if let Some(unfinished) = &summary.unfinished {
            toasts.show(Toast::bad(t.unfinished(unfinished)));
        }
        let undo = Callback::new(move |()| take_back(engine, toasts, flow, t, batches.clone()));
        toasts.show(Toast::good(text).with_action(t.undo(), "import-undo", undo));
        navigate(&format!("{}/", base()), whole());
    }
}

/// Takes imports back, newest first.
fn take_back(engine: Engine, toasts: Toasts, flow: ImportFlow, t: Words, batches: Vec<u32>) {
    flow.dismiss();
    spawn_local(async move {
        for batch in batches.into_iter().rev() {
            if let Err(problem) = engine.ask(Request::Undo(batch)).await {
                toasts.show(Toast::bad(t.problem(&problem)));
                return;
            }
        }
        toasts.show(Toast::info(t.taken_back()));
    });
}

/// What is under way, in whatever stage.
#[component]
pub fn ImportStage() -> impl IntoView {
    let flow = expect_context::<ImportFlow>();
    let then = stored(flow);
    let stage = move || match flow.stage.get() {
        Stage::Idle => ().into_any(),
        Stage::Reading | Stage::Saving => view! { <Running /> }.into_any(),
        Stage::Failed(problem) => view! { <Stopped problem /> }.into_any(),
        Stage::Done(summary) => summary_line(&summary).into_any(),
        Stage::Found(inspection) => {
            let then = then.clone();
            let files = (0..).zip(&inspection.files).map(|(place, file)| found_file(file, place));
            let files = files.collect_view();
            let kind = people::kind_of(&inspection.files);
            let foot = confirm(flow, Offer::of(&inspection.files), kind, then);
            view! { <div class="found-set" class:found-set--stale=flow.rereading>{files} {foot}</div> }.into_any()
        }
    };
    view! { {mapping_editor(flow)} {stage} }
}

/// What confirming would do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Offer {
    /// Every file is refused.
    Refused,
    /// Of a file it must be said first what its columns are.
    Waits,
    /// There is no order.
    NoOrders,
    /// Every file was imported before: nothing is to be confirmed.
    NothingNew,
    /// So many orders are known as they are. What else is in the file, as a telephone of a customer,
    /// may be new.
    Known(u32),
    /// So many orders are new, and so many have changed.
    Changes(u32, u32),
}

impl Offer {
    fn of(files: &[FileReport]) -> Offer {
        let is_stored = |it: &&FileReport| it.already_imported_ms.is_none() && it.same_as.is_none();
        let (mut known, mut new, mut changed) = (0, 0, 0);
        for file in files.iter().filter(is_stored) {
            known += people::count(file);
            new += file.dry_run.new;
            changed += file.dry_run.updated;
        }
        match (known, new, changed) {
            _ if files.iter().all(|it| it.refusal.is_some()) => Offer::Refused,
            _ if files.iter().any(|it| missing(it).is_some()) => Offer::Waits,
            _ if files.iter().all(|it| people::count(it) == 0) => Offer::NoOrders,
            (0, ..) => Offer::NothingNew,
            (_, 0, 0) => Offer::Known(known),
            (_, new, changed) => Offer::Changes(new, changed),
        }
    }
}

/// The one click, and the way out. Where nothing is new the click closes, and says so.
fn confirm(
    flow: ImportFlow,
    offer: Offer,
    kind: Option<RecordKind>,
    then: impl Fn(ImportSummary) + Clone + Send + Sync + 'static,
) -> AnyView {
    let (t, f) = (words(), formats());
    let orders = |count: u32| t.records_of(kind, u64::from(count), &f.count(count));
    let label = match offer {
        Offer::Refused | Offer::NoOrders => t.nothing_here().to_owned(),
        Offer::Waits => t.say_columns_first().to_owned(),
        Offer::NothingNew => t.nothing_new_close().to_owned(),
        Offer::Known(known) => t.import_known(&orders(known)),
        Offer::Changes(new, 0) => t.import_n(&orders(new)),
        Offer::Changes(0, changed) => t.update_n(&orders(changed)),
        Offer::Changes(new, changed) => t.import_and_update(&orders(new), &f.count(changed)),
    };
    let waits = matches!(offer, Offer::Refused | Offer::NoOrders | Offer::Waits);
    view! {
        <div class="found__foot">
            <div class="found__actions">
                <button
                    class="button button--large"
                    hidden=offer == Offer::NothingNew
                    type="button"
                    data-action="import-cancel"
                    on:click=move |_| flow.abandon()
                >
                    {if offer == Offer::Refused { t.close() } else { t.cancel() }}
                </button>
                <button
                    class="button button--primary button--large"
                    hidden=offer == Offer::Refused
                    type="button"
                    data-action="import-confirm"
                    disabled=move || waits || flow.rereading.get()
                    on:click=move |_| flow.confirm(then.clone())
                >
                    {label}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// How far reading or storing is, and the way to stop it.
#[component]
fn Running() -> impl IntoView {
    let (t, f) = (words(), formats());
    let (flow, engine) = (expect_context::<ImportFlow>(), expect_context::<Engine>());
    let label = move || match engine.progress.get().map(|it| it.phase) {
        Some(ProgressPhase::Saving) => t.saving(),
        _ => t.reading(),
    };
    let share = Signal::derive(move || engine.progress.get().map(|it| it.share));
    // What is being stored is stored whole, in a moment; it can be taken back.
    let stop = matches!(flow.stage.get_untracked(), Stage::Reading).then(|| {
        view! {
            <button class="button" type="button" data-action="import-stop" on:click=move |_| flow.abandon()>
                {t.stop()}
            </button>
        }
    });
    let detail = move || {
        let reading = engine.progress.get().filter(|it| it.phase == ProgressPhase::Reading);
        reading.map_or_else(String::new, |it| {
            let rows = t.rows(it.rows, &f.count(it.rows as f64));
            t.reading_detail(&rows, &f.count(it.rows_per_second.round()))
        })
    };
    view! {
        <div class="found-set">
            <ProgressBar label=label fraction=share detail=detail />
            <div class="found__foot">
                <div class="found__actions">
                    {stop}
                </div>
            </div>
        </div>
    }
}

/// It did not work.
#[component]
fn Stopped(problem: Problem) -> impl IntoView {
    let t = words();
    view! {
        <div class="found-set found" data-import-error data-code=problem.code()>
            <EmptyState title=t.problem_title() text=t.problem(&problem) kind=StateKind::Error />
        </div>
    }
}
