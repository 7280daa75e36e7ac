//! What another device has to be told: a link and a code, without any secret.

use super::invitation::{code_of, link_of, without_query};
use crate::address::base;
use crate::clipboard::copy;
use crate::components::Toasts;
use crate::settings::words;
use leptos::prelude::*;
use protocol::sync::SyncPlace;

/// The link and the code of the place.
#[component]
pub fn Invite(place: Memo<Option<SyncPlace>>) -> impl IntoView {
    let t = words();
    let shown = move || {
        place.get().map(|it| {
            let is_cut = without_query(&it.url) != it.url;
            view! {
                {is_cut.then(|| view! { <p class="card__note">{t.sync_link_query()}</p> })}
                {copied(t.sync_link(), t.sync_copy_link(), "sync-copy-link", link_of(&page(), &it))}
                {copied(t.sync_code(), t.sync_copy_code(), "sync-copy-code", code_of(&it))}
            }
        })
    };
    view! {
        <details class="action-row action-row--whole" data-sync-invite>
            <summary data-action="sync-invite">{t.sync_invite()}</summary>
            <p class="card__note">{t.sync_invite_text()}</p>
            <div class="stack">{shown}</div>
        </details>
    }
}

/// The address of this screen.
fn page() -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}{}/data", base())
}

fn copied(
    name: &'static str,
    label: &'static str,
    action: &'static str,
    text: String,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let whole = text.clone();
    view! {
        <h3>{name}</h3>
        <div class="row row--tight">
            <code class="sync__code sync__code--line" data-copy=action>{text}</code>
            <button class="button" type="button" data-action=action on:click=move |_| copy(toasts, whole.clone())>
                {label}
            </button>
        </div>
    }
}
