//! Every import of the past, each with its way back.

use crate::client::Engine;
use crate::components::{Tag, TagKind, Toast, Toasts};
use crate::data::Data;
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
    let (engine, toasts) = (expect_context::<Engine>(), expect_context::<Toasts>());
    let name = batch.file_name.clone();
    let undo = move |_| {
        let name = name.clone();
        spawn_local(async move {
            let toast = match engine.ask(Request::Undo(batch.id)).await {
                Ok(_) => Toast::info(t.undone(&name)),
                Err(problem) => Toast::bad(t.problem(&problem)),
            };
            toasts.show(toast);
        });
    };
    let end = if batch.undone {
        view! { <Tag text=t.taken_back() kind=TagKind::Neutral /> }.into_any()
    } else {
        view! {
            <button class="button" type="button" data-action="import-undo" on:click=undo>{t.take_back()}</button>
        }
        .into_any()
    };
    let orders = t.orders(u64::from(batch.orders), &f.count(batch.orders));
    let customers = t.customers(u64::from(batch.customers), &f.count(batch.customers));
    view! {
        <li class="batch" class:batch--undone=batch.undone>
            <div class="batch__text">
                <b>{batch.file_name}</b>
                <small>{f.moment(batch.imported_at_ms)} " · " {orders} " · " {customers}</small>
            </div>
            {end}
        </li>
    }
}
