//! The server wants another name or password: they are tried before they are kept.

use super::act::Act;
use super::draft::Draft;
use super::form::{AccountFields, Form};
use crate::components::{Toast, Toasts};
use crate::settings::words;
use leptos::prelude::*;
use protocol::sync::{SyncAsk, SyncPlace};

/// The form for another account at a place.
#[component]
pub fn SignIn(place: SyncPlace) -> impl IntoView {
    let (t, toasts) = (words(), expect_context::<Toasts>());
    let (form, act) = (Form::of(Draft::of_place(&place)), Act::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(account) = form.signed_in() {
            act.ask(SyncAsk::SignIn(account), move |_| {
                toasts.show(Toast::good(t.sync_signed_in()));
            });
        }
    };
    view! {
        <form class="sync__part stack" on:submit=submit data-sync-sign-in novalidate>
            <AccountFields form />
            {act.told()}
            <div class="row">
                <button class="button button--primary" type="submit" data-action="sync-sign-in" disabled=move || act.busy.get()>
                    {t.sync_sign_in()}
                </button>
            </div>
        </form>
    }
}
