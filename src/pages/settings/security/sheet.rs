//! The recovery code, shown once.

use crate::components::focus_on;
use crate::settings::{formats, words};
use crate::timings::after_paint;
use leptos::prelude::*;

/// The code as a sheet to be kept on paper, while it is shown.
#[component]
pub fn Sheet(code: RwSignal<Option<String>>) -> impl IntoView {
    move || code.get().map(|text| view! { <Paper text code /> })
}

#[component]
fn Paper(text: String, code: RwSignal<Option<String>>) -> impl IntoView {
    let (t, f) = (words(), formats());
    let made = t.sync_sheet_made(&f.moment(js_sys::Date::now() as u64));
    after_paint(|| focus_on("[data-action=lock-code-kept]"));
    let print = move |_| {
        // A browser that cannot print still shows it.
        let _ = window().print();
    };
    view! {
        <div class="sync__sheet" role="group" aria-labelledby="lock-sheet-title">
            <p><b>{t.sync_recovery_once()}</b></p>
            <h3 id="lock-sheet-title">{t.sync_recovery_title()}</h3>
            <p class="sync__code" data-lock-code>{text}</p>
            <p>{t.lock_sheet_text()}</p>
            <p>{t.lock_sheet_use()}</p>
            <p>{t.sync_sheet_apart()} " " {made}</p>
            <div class="row">
                <button class="button button--primary" type="button" data-action="lock-code-kept" on:click=move |_| code.set(None)>
                    {t.sync_recovery_kept()}
                </button>
                <button class="button" type="button" data-action="lock-code-print" on:click=print>
                    {t.sync_recovery_print()}
                </button>
            </div>
        </div>
    }
}
