//! What has to be said on every screen: sample data, memory only, damaged parts.

mod evicted;
mod reminder;
mod unfinished;

use crate::client::Engine;
use crate::components::{Toast, Toasts};
use crate::data::Data;
use crate::parts::{Screen, apart};
use crate::settings::{formats, words};
use evicted::evicted;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Recovery, Request};
use reminder::reminder;
use unfinished::unfinished;

/// Sentences above the screen's own content.
#[component]
pub fn Banners(
    /// The last visit showed the user's own shop.
    was_own: bool,
) -> impl IntoView {
    let t = words();
    let (data, engine) = (expect_context::<Data>(), expect_context::<Engine>());
    let toasts = expect_context::<Toasts>();
    let super::PartsThere(parts_there) = expect_context();
    let sample = Memo::new(move |_| super::is_sample(data));
    let memory_only =
        Memo::new(move |_| data.shop.read().as_ref().is_some_and(|it| it.memory_only));
    let damaged = Memo::new(move |_| {
        data.shop.read().as_ref().map(|it| it.damaged.join(", ")).unwrap_or_default()
    });
    let recovery =
        Memo::new(move |_| data.shop.read().as_ref().map(|it| it.recovery).unwrap_or_default());
    let edits = move || {
        let Recovery { rebuilt_edits, lost_edits } = recovery.get();
        match (lost_edits, rebuilt_edits) {
            (0, 0) => None,
            (0, n) => Some(t.edits_rebuilt(n.into(), &formats().count(n))),
            (n, _) => Some(t.edits_lost(n.into(), &formats().count(n))),
        }
    };
    Effect::new(move || {
        if let Some(problem) = engine.trouble.get() {
            engine.trouble.set(None);
            toasts.show(Toast::bad(t.problem(&problem)));
        }
    });
    let remove = move |_| {
        spawn_local(async move {
            let toast = match engine.ask(Request::RemoveSample).await {
                Ok(_) => Toast::good(t.sample_removed()),
                Err(problem) => Toast::bad(t.problem(&problem)),
            };
            toasts.show(toast);
        });
    };
    view! {
        <Show when=move || sample.get()>
            <div class="banner" role="note">
                <span>{t.sample_banner()}</span>
                <button class="button" type="button" data-action="remove-sample" on:click=remove>
                    {t.remove_sample()}
                </button>
            </div>
        </Show>
        <Show when=move || memory_only.get()>
            <div class="banner banner--warn" role="alert">{t.memory_only()}</div>
        </Show>
        {unfinished(data)}
        {reminder(data)}
        {evicted(data, was_own)}
        <Show when=move || parts_there.get()>{apart(Screen::Program)}</Show>
        {move || edits().map(|text| view! { <div class="banner banner--warn" role="alert" data-recovery>{text}</div> })}
        <Show when=move || !damaged.read().is_empty()>
            <div class="banner banner--bad" role="alert">{move || t.damaged(&damaged.get())}</div>
        </Show>
    }
}
