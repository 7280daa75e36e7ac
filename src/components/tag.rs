//! A short mark on a record.

use leptos::prelude::*;

/// What a mark tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TagKind {
    /// Nothing by itself.
    #[default]
    Neutral,
    /// It is the point.
    Accent,
    /// It is well.
    Good,
    /// It needs attention.
    Warn,
    /// It is lost, or failed.
    Bad,
}

impl TagKind {
    fn class(self) -> &'static str {
        match self {
            TagKind::Neutral => "tag",
            TagKind::Accent => "tag tag--accent",
            TagKind::Good => "tag tag--good",
            TagKind::Warn => "tag tag--warn",
            TagKind::Bad => "tag tag--bad",
        }
    }
}

/// A short mark on a record; with a colour it carries a dot, so that an entity is found again.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    text: Signal<String>,
    /// What it tells.
    #[prop(into, optional)]
    kind: Signal<TagKind>,
    /// The colour's token of the entity, as `--g-champions`.
    #[prop(optional)]
    color: Option<&'static str>,
) -> impl IntoView {
    let dot = color.map(|it| {
        view! { <i class="tag__dot" style:background=format!("var({it})") aria-hidden="true"></i> }
    });
    view! { <span class=move || kind.get().class()>{dot} {text}</span> }
}
