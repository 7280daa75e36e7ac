//! Every import of the past, each with its way back.

use super::people;
use crate::client::Engine;
use crate::components::{Tag, TagKind, Toast, Toasts};
use crate::data::Data;
use crate::import_flow::ImportFlow;
use crate::settings::{formats, words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{BatchView, Request};

/// Every import, newest first.
#[component]
pub fn Batches() -> impl IntoView {
    let t = words();
    let data = expect_context::<Data>();
    let batches =
        Memo::new(move |_| data.shop.get().map(|shop| shop.batches.clone()).unwrap_or_default());
    view! {
        <Show when=move || !batches.read().is_empty()>
            <section class="card">
                <h2>{t.imports_title()}</h2>
                <p class="card__note">{t.imports_note()}</p>
                <ul class="batches">
                    {move || batches.get().into_iter().map(|batch| view! { <Row batch /> }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Row(batch: BatchView) -> impl IntoView {
    let (t, f) = (words(), formats());
    let end = if batch.undone {
        view! { <Tag text=t.taken_back() kind=TagKind::Neutral /> }.into_any()
    } else {
        view! { <TakeBack batch=batch.clone() /> }.into_any()
    };
    let counts = people::counts(&batch);
    view! {
        <li class="batch" class:batch--undone=batch.undone>
            <div class="batch__text">
                <b>{batch.file_name}</b>
                <small>{f.moment(batch.imported_at_ms)} " · " {counts}</small>
            </div>
            {end}
        </li>
    }
}

/// Takes an import back at once: the file is still the merchant's, and dropping it again brings the
/// same orders back.
#[component]
fn TakeBack(batch: BatchView) -> impl IntoView {
    let t = words();
    let (engine, toasts, flow) =
        (expect_context::<Engine>(), expect_context::<Toasts>(), expect_context::<ImportFlow>());
    let name = StoredValue::new(batch.file_name);
    let take_back = move |_| {
        // Its result is no longer true.
        flow.dismiss_result();
        let said = t.undone(&name.get_value());
        spawn_local(async move {
            let toast = match engine.ask(Request::Undo(batch.id)).await {
                Ok(_) => Toast::info(said),
                Err(problem) => Toast::bad(t.problem(&problem)),
            };
            toasts.show(toast);
        });
    };
    view! {
        <button class="button" type="button" data-action="import-undo" on:click=take_back>
            {t.take_back()}
        </button>
    }
}
