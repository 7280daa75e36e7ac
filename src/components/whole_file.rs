//! Takes out the whole of a table of which the screen shows the beginning.

use super::icon::{Icon, IconName};
use super::toasts::Toasts;
use crate::client::Engine;
use crate::download::download;
use crate::settings::words;
use leptos::prelude::*;
use protocol::Request;

/// In place of [`super::TableExport`]: a button that saves a file of the engine's.
#[component]
pub fn WholeFile(
    /// What the file is asked for by.
    request: Signal<Request>,
    /// Name of the file, with its ending.
    file_name: &'static str,
) -> impl IntoView {
    let (engine, toasts, t) = (expect_context::<Engine>(), expect_context::<Toasts>(), words());
    let save = move |_| download(engine, toasts, request.get_untracked(), file_name);
    view! {
        <button class="button button--quiet" type="button" data-action="export-csv" title=t.download_csv() aria-label=t.download_csv() on:click=save>
            <Icon name=IconName::Download />
        </button>
    }
}
