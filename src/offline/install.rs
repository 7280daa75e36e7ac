//! The offer to install the page as a program of its own. The browser says when it could be; it is
//! offered to who came back to data of their own, until it is taken or declined.

use crate::backups::own_since;
use crate::browser_records::{call, resolved};
use crate::data::Data;
use crate::remembered::{remember, remembered};
use crate::settings::words;
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

/// Name of what is remembered: that the offer was answered.
const ANSWERED: &str = "regulars.install";
/// The browser's event, which `assets/start.js` keeps: it may come before this program.
const EVENT: &str = "regularsInstall";

/// The offer, when it is time for it.
pub fn offer(data: Data) -> AnyView {
    let t = words();
    let is_possible = RwSignal::new(event().is_some());
    let comes =
        window_event_listener_untyped("beforeinstallprompt", move |_| is_possible.set(true));
    let done = window_event_listener_untyped("appinstalled", move |_| is_possible.set(false));
    on_cleanup(move || {
        comes.remove();
        done.remove();
    });
    let answer = move || {
        remember(ANSWERED, Some("yes"));
        is_possible.set(false);
    };
    let install = move |_| {
        answer();
        spawn_local(async {
            let Some(event) = event() else { return };
            if let Ok(asked) = call(&event, "prompt", &[]) {
                // The browser asks, and is told.
                let _ = resolved(asked).await;
            }
        });
    };
    let is_time = Memo::new(move |_| {
        is_possible.get()
            && remembered(ANSWERED).is_none()
            && own_since(data).is_some_and(is_before)
    });
    let shown = move || {
        is_time.get().then(|| {
            view! {
                <div class="banner banner--acts" role="note" data-install>
                    <span>{t.install_text()}</span>
                    <div class="banner__acts">
                        <button class="button button--primary" type="button" data-action="install" on:click=install>
                            {t.install()}
                        </button>
                        <button class="button" type="button" data-action="install-never" on:click=move |_| answer()>
                            {t.install_never()}
                        </button>
                    </div>
                </div>
            }
        })
    };
    view! { {shown} }.into_any()
}

/// Whether a moment, in milliseconds since 1970, was before this visit.
fn is_before(ms: u64) -> bool {
    window().performance().is_some_and(|it| (ms as f64) < it.time_origin())
}

fn event() -> Option<JsValue> {
    Reflect::get(&window(), &EVENT.into()).ok().filter(JsValue::is_object)
}
