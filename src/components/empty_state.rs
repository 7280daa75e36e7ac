//! A screen or a card that has nothing to show, and why.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// Why there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum StateKind {
    /// There are no records.
    #[default]
    Empty,
    /// There are some, but too few to conclude anything.
    TooLittle,
    /// It failed.
    Error,
    /// This cannot be done yet.
    NotYet,
}

impl StateKind {
    fn class(self) -> &'static str {
        match self {
            StateKind::Empty => "state",
            StateKind::TooLittle => "state state--too-little",
            StateKind::Error => "state state--error",
            StateKind::NotYet => "state state--not-yet",
        }
    }

    fn usual_icon(self) -> IconName {
        match self {
            StateKind::Empty => IconName::Search,
            StateKind::TooLittle => IconName::Info,
            StateKind::Error => IconName::Warning,
            StateKind::NotYet => IconName::Tasks,
        }
    }
}

/// Says what is missing, why, and what to do about it.
#[component]
pub fn EmptyState(
    /// What is the matter, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// Why, and what helps.
    #[prop(into)]
    text: Signal<String>,
    /// Why there is nothing.
    #[prop(optional)]
    kind: StateKind,
    /// Its picture; the kind has a usual one.
    #[prop(optional)]
    icon: Option<IconName>,
    /// It is the whole screen: its title is the page's heading.
    #[prop(optional)]
    whole_screen: bool,
    /// What the user can do: buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let actions = children.map(|it| view! { <div class="state__actions">{it()}</div> });
    let heading = if whole_screen {
        view! { <h1 class="state__title">{title}</h1> }.into_any()
    } else {
        view! { <h2 class="state__title">{title}</h2> }.into_any()
    };
    view! {
        <div class=kind.class() role=(kind == StateKind::Error).then_some("alert")>
            <span class="state__icon">
                <Icon name=icon.unwrap_or_else(|| kind.usual_icon()) />
            </span>
            {heading}
            <p class="state__text">{text}</p>
            {actions}
        </div>
    }
}
