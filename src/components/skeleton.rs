//! The shape of what is not there yet.

use leptos::prelude::*;

/// What will stand in the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkeletonKind {
    /// Lines of text.
    Text,
    /// A strip of figures.
    Figures,
    /// A chart.
    Chart,
    /// Rows of a table.
    Rows,
    /// A whole card.
    Card,
    /// Lines that say what to do.
    Acts,
    /// A question with its answer.
    Question,
}

impl SkeletonKind {
    fn name(self) -> &'static str {
        match self {
            SkeletonKind::Text => "text",
            SkeletonKind::Figures => "figures",
            SkeletonKind::Chart => "chart",
            SkeletonKind::Rows => "rows",
            SkeletonKind::Card => "card",
            SkeletonKind::Acts => "acts",
            SkeletonKind::Question => "question",
        }
    }

    fn usual_count(self) -> usize {
        match self {
            SkeletonKind::Chart | SkeletonKind::Card => 1,
            SkeletonKind::Text => 3,
            SkeletonKind::Question => 4,
            // Most shops have as many.
            SkeletonKind::Acts => 7,
            SkeletonKind::Figures => 5,
            SkeletonKind::Rows => 8,
        }
    }
}

/// Grey shapes as big as what will come, so that nothing jumps.
#[component]
pub fn Skeleton(
    /// What will stand in the place.
    kind: SkeletonKind,
    /// What a screen reader says: "Loading".
    #[prop(into)]
    label: Signal<String>,
    /// How many pieces; the kind has a usual number.
    #[prop(optional)]
    count: Option<usize>,
) -> impl IntoView {
    let pieces = (0..count.unwrap_or_else(|| kind.usual_count()))
        .map(|_| view! { <i class="skeleton__piece"></i> })
        .collect_view();
    view! {
        <div class=format!("skeleton skeleton--{}", kind.name()) aria-busy="true">
            <span class="visually-hidden">{label}</span>
            {pieces}
        </div>
    }
}
