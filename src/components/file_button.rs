//! The button that opens the browser's file chooser.

use super::drop_zone::files_of;
use leptos::html;
use leptos::prelude::*;
use web_sys::File;

/// A button over a hidden file input.
#[component]
pub fn FileButton(
    /// Files were chosen; never an empty list.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
    /// The button's text.
    #[prop(into)]
    label: Signal<String>,
    /// The input's id.
    #[prop(default = "import-file")]
    id: &'static str,
    /// Which files the chooser offers first.
    #[prop(default = ".csv,.tsv,.txt,.xlsx,.vcf,.json,.zip")]
    accept: &'static str,
    /// It is the screen's main act.
    #[prop(default = false)]
    primary: bool,
    /// A large button.
    #[prop(default = false)]
    large: bool,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let on_change = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let files = files_of(input.files());
        // The same file chosen twice must be reported twice.
        input.set_value("");
        if !files.is_empty() {
            on_files.run(files);
        }
    };
    let on_click = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };

    view! {
        <input
            class="visually-hidden"
            type="file"
            id=id
            multiple
            accept=accept
            tabindex="-1"
            aria-label=label
            node_ref=input
            on:change=on_change
        />
        <button
            class="button"
            class:button--primary=primary
            class:button--large=large
            type="button"
            on:click=on_click
        >
            {label}
        </button>
    }
}
