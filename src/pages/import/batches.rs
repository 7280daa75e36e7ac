//! Every import of the past, each with its way back.

use super::people;
use crate::address::use_link;
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
    let link = use_link();
    let page = untrack(|| link(&format!("/import?batch={}", batch.id)));
    let end = if batch.undone {
        view! { <Tag text=t.taken_back() kind=TagKind::Neutral /> }.into_any()
    } else {
        view! { <TakeBack batch=batch.clone() /> }.into_any()
    };
    view! {
        <li class="batch" class:batch--undone=batch.undone>
            <div class="batch__text">
                <a class="table__link" href=page>{batch.file_name.clone()}</a>
                <small>
                    {f.moment(batch.imported_at_ms)} " · " {t.platform(&batch.platform)} " · "
                    {counts(&batch)}
                </small>
            </div>
            {end}
        </li>
    }
}

/// What came of an import: orders and customers or other records, what was new, and what could not be used.
pub fn counts(batch: &BatchView) -> String {
    let (t, f) = (words(), formats());
    let mut parts = people::counts(batch);
    // What was stored before this was counted has neither; nor has what brought new orders only.
    if batch.updated + batch.identical > 0 {
        for (count, word) in [
            (batch.new, t.new_word()),
            (batch.updated, t.updated_word()),
            (batch.identical, t.identical_word()),
        ] {
            parts.push(format!("{} {word}", f.count(count)));
        }
    }
    if batch.rejected > 0 {
        parts.push(format!("{} {}", f.count(batch.rejected as f64), t.rejected_word()));
    }
    parts.join(" · ")
}

/// Takes an import back at once: the file is still the merchant's, and dropping it again brings the
/// same orders back.
#[component]
pub fn TakeBack(batch: BatchView) -> impl IntoView {
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
