//! A form field's label, hint and error.

use leptos::prelude::*;

/// What the input of a field must carry to be tied to its label, hint and error.
#[derive(Clone)]
pub struct FieldIds {
    /// The input's `id`.
    pub input: String,
    /// The input's `aria-describedby`.
    pub described_by: Signal<Option<String>>,
    /// The input's `aria-invalid`.
    pub invalid: Signal<Option<&'static str>>,
}

/// A labelled field; its input is built by the child from the [`FieldIds`].
#[component]
pub fn Field<F, V>(
    /// The input's id, one of its kind on the page.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// What helps to answer.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// What is wrong with the answer.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Builds the input.
    children: F,
) -> impl IntoView
where
    F: FnOnce(FieldIds) -> V,
    V: IntoView,
{
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        Signal::derive(move || {
            let error = error.with(Option::is_some).then(|| error_id.clone());
            let hint = (!hint.with(String::is_empty)).then(|| hint_id.clone());
            let ids: Vec<String> = error.into_iter().chain(hint).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let invalid = Signal::derive(move || error.with(Option::is_some).then_some("true"));
    let input = children(FieldIds { input: id.clone(), described_by, invalid });
    let hint_view = move || {
        let text = hint.get();
        let id = hint_id.clone();
        (!text.is_empty()).then(|| view! { <p class="field__hint" id=id>{text}</p> })
    };
    let error_view = move || {
        let id = error_id.clone();
        error.get().map(|it| view! { <p class="field__error" id=id>{it}</p> })
    };

    view! {
        <div class="field">
            <label class="field__label" for=id>
                {label}
            </label>
            {input}
            {error_view}
            {hint_view}
        </div>
    }
}
