//! The search of every screen: leads to the customer list. Ctrl K and `/` go to it.

use crate::address::{base, use_link, whole};
use crate::components::{Icon, IconName};
use crate::settings::words;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

/// The fields that the keys look for: this one, and the customer list's own in its place.
const FIELDS: &str = "#search-box, #customer-search";

/// Searches customers from anywhere. The customer list has a search of its own.
#[component]
pub fn SearchBox() -> impl IntoView {
    let t = words();
    let (navigate, link, location) = (use_navigate(), use_link(), use_location());
    let input = NodeRef::<html::Input>::new();
    let on_list =
        move || location.pathname.read().trim_end_matches('/') == format!("{}/customers", base());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let text: String = js_sys::encode_uri_component(&input.value()).into();
        navigate(&link(&format!("/customers?q={text}")), whole());
        input.set_value("");
    };
    let keys = window_event_listener(leptos::ev::keydown, |event| go_to_search(&event));
    on_cleanup(move || keys.remove());
    view! {
        <Show when=move || !on_list()>
            <form class="search" role="search" on:submit=submit.clone()>
                <Icon name=IconName::Search />
                <input
                    class="search__input"
                    id="search-box"
                    type="search"
                    node_ref=input
                    placeholder=t.search_customers()
                    aria-label=t.search_customers()
                    aria-keyshortcuts="Control+K Meta+K /"
                />
                <kbd class="kbd search__key hide-small" aria-hidden="true">{search_key()}</kbd>
            </form>
        </Show>
    }
}

/// The shortcut as this machine's keyboard has it.
fn search_key() -> &'static str {
    let platform = window().navigator().platform().unwrap_or_default();
    if platform.starts_with("Mac") || platform.starts_with("iP") { "⌘ K" } else { "Ctrl K" }
}

/// Ctrl K or ⌘ K from anywhere; `/` unless something is being typed.
fn go_to_search(event: &KeyboardEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let typing = event.is_composing()
        || target.is_some_and(|it| it.matches("input, textarea, select").unwrap_or(false));
    let (with_control, key) = (event.ctrl_key() || event.meta_key(), event.key());
    let meant = if with_control { key == "k" } else { key == "/" && !typing };
    let field = document().query_selector(FIELDS).ok().flatten();
    let field = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field.filter(|_| meant && !event.alt_key()) {
        event.prevent_default();
        let _ = field.focus();
        field.select();
    }
}
