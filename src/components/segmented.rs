//! A choice of few, all in sight.

use leptos::prelude::*;

/// A group of radio buttons that looks like one switch.
#[component]
pub fn Segmented(
    /// The group's name, one of its kind on the page.
    name: &'static str,
    /// What is chosen, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Each choice: its value and its text.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Another value was chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let choice = move |(own, text): (String, String)| {
        let (shown, sent) = (own.clone(), own.clone());
        view! {
            <label class="segmented__choice">
                <input
                    class="segmented__input visually-hidden"
                    type="radio"
                    name=name
                    value=own
                    prop:checked=move || value.with(|it| *it == shown)
                    on:change=move |_| on_change.run(sent.clone())
                />
                <span class="segmented__text">{text}</span>
            </label>
        }
    };
    view! {
        <div class="segmented" role="radiogroup" aria-label=label>
            {move || options.get().into_iter().map(choice).collect_view()}
        </div>
    }
}
