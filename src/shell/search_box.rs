//! The search of every screen: leads to the customer list.

use crate::address::{base, use_link};
use crate::components::{Icon, IconName};
use crate::settings::words;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

/// Searches customers from anywhere. The customer list has a search of its own.
#[component]
pub fn SearchBox() -> impl IntoView {
    let t = words();
    let (navigate, link, location) = (use_navigate(), use_link(), use_location());
    let input = NodeRef::<html::Input>::new();
    let on_list = move || location.pathname.read().trim_end_matches('/') == format!("{}/customers", base());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let text: String = js_sys::encode_uri_component(&input.value()).into();
        navigate(&link(&format!("/customers?q={text}")), leptos_router::NavigateOptions::default());
        input.set_value("");
    };
    view! {
        <Show when=move || !on_list()>
            <form class="search hide-small" role="search" on:submit=submit.clone()>
                <Icon name=IconName::Search />
                <input
                    class="search__input"
                    type="search"
                    node_ref=input
                    placeholder=t.search_customers()
                    aria-label=t.search_customers()
                />
            </form>
        </Show>
    }
}
