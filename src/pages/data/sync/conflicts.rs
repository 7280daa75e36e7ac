//! What two people said differently of one thing: both values, and a click to settle it.

use super::act::Act;
use crate::address::use_link;
use crate::client::Engine;
use crate::components::{Tag, TagKind};
use crate::settings::{formats, words};
use crate::syncing::Syncing;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::CustomerId;
use protocol::sync::{SyncAsk, SyncConflict, SyncSaid};
use protocol::{Lens, Request, Response};

/// All of them, the newest first.
#[component]
pub fn Conflicts() -> impl IntoView {
    let t = words();
    let view = Syncing::here().view();
    let conflicts = Memo::new(move |_| view.read().conflicts.clone());
    view! {
        <Show when=move || !conflicts.read().is_empty()>
            <div class="sync__part">
                <h3>{t.sync_conflicts()}</h3>
                <p class="card__note">{t.sync_conflicts_note()}</p>
                <ul data-sync-conflicts>
                    <For each=move || conflicts.get() key=|it| (it.id, it.mine.holds, it.theirs.holds) let:it>
                        <Conflict it />
                    </For>
                </ul>
            </div>
        </Show>
    }
}

#[component]
fn Conflict(it: SyncConflict) -> impl IntoView {
    let (t, act) = (words(), Act::new());
    let settle = move |keep: bool| {
        act.ask(SyncAsk::Settle { conflict: it.id, keep }, drop);
    };
    let whose = match it.customer {
        Some(id) => view! { <CustomerLink id /> }.into_any(),
        None => t.sync_of_shop().into_any(),
    };
    let busy = move || act.busy.get();
    view! {
        <li class="sync__conflict" data-sync-conflict=it.id>
            <p><b>{whose}</b> " · " {t.sync_field(&it.field).to_owned()}</p>
            <div class="sync__both">
                {value(t.sync_mine(), it.mine)}
                {value(t.sync_theirs(), it.theirs)}
            </div>
            <div class="row">
                <button class="button" type="button" data-action="sync-switch" disabled=busy on:click=move |_| settle(false)>
                    {t.sync_use_other()}
                </button>
                <button class="button button--quiet" type="button" data-action="sync-keep" disabled=busy on:click=move |_| settle(true)>
                    {t.sync_keep()}
                </button>
            </div>
            {act.told()}
        </li>
    }
}

fn value(whose: &'static str, it: SyncSaid) -> impl IntoView {
    let t = words();
    let holds = it.holds.then(|| view! { <Tag text=t.sync_holds() kind=TagKind::Good /> });
    let text = if it.value.is_empty() {
        view! { <p class="muted">{t.sync_nothing_said()}</p> }.into_any()
    } else {
        view! { <p class="sync__value">{it.value}</p> }.into_any()
    };
    view! {
        <div class="sync__said" data-holds=it.holds.to_string()>
            <small>{whose} " · " {formats().moment(it.at_ms)} " " {holds}</small>
            {text}
        </div>
    }
}

/// The customer by name, as the engine knows them, with the way there.
#[component]
fn CustomerLink(id: CustomerId) -> impl IntoView {
    let (t, link) = (words(), use_link());
    let engine = expect_context::<Engine>();
    let name = RwSignal::new(None::<String>);
    Effect::new(move || {
        if engine.revision.get() > 0 {
            spawn_local(async move {
                // Whoever is not on record here has no page either.
                if let Ok(Response::Customer(found)) =
                    engine.ask(Request::Customer(id, Lens::default())).await
                {
                    name.try_set(Some(found.row.label()));
                }
            });
        }
    });
    let href = untrack(|| link(&format!("/customer?id={id}")));
    move || match name.get() {
        Some(name) => view! { <a href=href.clone()>{name}</a> }.into_any(),
        None => t.sync_a_customer().into_any(),
    }
}
