//! A share inside a table cell.

use leptos::prelude::*;

/// A small bar with its number: a probability in a row.
#[component]
pub fn ShareMeter(
    /// Between 0 and 1.
    #[prop(into)]
    share: Signal<f64>,
    /// The same, written.
    #[prop(into)]
    text: Signal<String>,
    /// The colour's token.
    #[prop(default = "--c2")]
    color: &'static str,
) -> impl IntoView {
    view! {
        <span class="share-meter">
            <span class="share-meter__track" aria-hidden="true">
                <i
                    class="share-meter__fill"
                    style:width=move || format!("{:.1}%", share.get().clamp(0.0, 1.0) * 100.0)
                    style:background=format!("var({color})")
                ></i>
            </span>
            <span class="share-meter__text">{text}</span>
        </span>
    }
}
