//! The strip in which figures stand side by side.

use leptos::prelude::*;

/// A strip of [`super::Figure`]s.
#[component]
pub fn Figures(
    /// What the figures are about, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The figures.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="figures" aria-label=label>
            {children()}
        </section>
    }
}
