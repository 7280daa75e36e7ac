//! One bar of a ranking.

use leptos::prelude::*;

/// A horizontal bar with its name and value: one group among several.
#[component]
pub fn ShareBar(
    /// What the bar is of.
    #[prop(into)]
    label: Signal<String>,
    /// The value, written.
    #[prop(into)]
    value: Signal<String>,
    /// The bar's length, between 0 and 1.
    #[prop(into)]
    share: Signal<f64>,
    /// The colour's token.
    #[prop(default = "--c1")]
    color: &'static str,
    /// Small text after the value.
    #[prop(into, optional)]
    note: Signal<String>,
    /// Where the records behind it are; empty for nowhere.
    #[prop(into, optional)]
    href: Signal<String>,
) -> impl IntoView {
    let name = move || {
        let href = href.get();
        if href.is_empty() {
            view! { <span class="share-bar__label">{label}</span> }.into_any()
        } else {
            view! { <a class="share-bar__label" href=href>{label}</a> }.into_any()
        }
    };
    view! {
        <div class="share-bar">
            {name}
            <span class="share-bar__track" aria-hidden="true">
                <i
                    class="share-bar__fill"
                    style:width=move || format!("{:.2}%", share.get().clamp(0.0, 1.0) * 100.0)
                    style:background=format!("var({color})")
                ></i>
            </span>
            <span class="share-bar__value">
                <b>{value}</b>
                {move || {
                    let note = note.get();
                    (!note.is_empty()).then(|| view! { <small>{note}</small> })
                }}
            </span>
        </div>
    }
}
