//! What may be wider than its card and is scrolled within it.

use super::size_watch::on_resize;
use leptos::html;
use leptos::prelude::*;

/// The part that scrolls. Where there is more than fits it is a stop of the keyboard, which scrolls it
/// by the arrows, and a region of its own name.
#[component]
pub fn Wide(
    /// What is in it.
    #[prop(into)]
    label: String,
    /// `table-wide`, or `table-scroll` where cells keep to one line.
    #[prop(default = "table-wide")]
    class: &'static str,
    /// A table.
    children: Children,
) -> impl IntoView {
    let (part, scrolls) = (NodeRef::<html::Div>::new(), RwSignal::new(false));
    let measure = move || {
        if let Some(it) = part.get_untracked() {
            let now = it.scroll_width() > it.client_width();
            if scrolls.get_untracked() != now {
                scrolls.set(now);
            }
        }
    };
    Effect::new(move |_| {
        let Some(it) = part.get() else { return };
        on_resize(&it, measure);
        // What is in it may become wider while the card stays as it is.
        if let Some(inner) = it.first_element_child() {
            on_resize(&inner, measure);
        }
    });
    view! {
        <div
            class=class
            node_ref=part
            role=move || scrolls.get().then_some("region")
            aria-label=move || scrolls.get().then(|| label.clone())
            tabindex=move || scrolls.get().then_some("0")
        >
            {children()}
        </div>
    }
}
