//! Addresses that lead nowhere, yet or at all.

use super::title;
use crate::address::use_link;
use crate::components::{EmptyState, StateKind};
use crate::i18n::Words;
use crate::settings::words;
use crate::timings;
use leptos::prelude::*;

/// A screen that has its address and comes later.
#[component]
pub fn NotYet(
    /// Its name.
    title: fn(Words) -> &'static str,
) -> impl IntoView {
    let t = words();
    let link = use_link();
    let name = title(t);
    self::title(name);
    timings::content_is_there();
    view! {
        <h1 class="headline">{name}</h1>
        <EmptyState title=t.not_yet_title() text=t.not_yet_text() kind=StateKind::NotYet>
            <a class="button" href=move || link("/")>{t.to_first_screen()}</a>
        </EmptyState>
    }
}

/// No screen has this address.
#[component]
pub fn NoPage() -> impl IntoView {
    let t = words();
    let link = use_link();
    title(t.no_page_title());
    timings::content_is_there();
    view! {
        <EmptyState title=t.no_page_title() text=t.no_page_text() kind=StateKind::Empty whole_screen=true>
            <a class="button" href=move || link("/")>{t.to_first_screen()}</a>
        </EmptyState>
    }
}
