//! The browser's place for texts that are pasted elsewhere.

use crate::components::{Toast, Toasts};
use crate::settings::words;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Puts a text there, and says how it went.
pub fn copy(toasts: Toasts, text: String) {
    let t = words();
    spawn_local(async move {
        toasts.show(match put(&text).await {
            Ok(()) => Toast::info(t.text_copied()),
            Err(_) => Toast::bad(t.text_not_copied()),
        });
    });
}

/// Pages that are not served securely have no such place.
async fn put(text: &str) -> Result<(), JsValue> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into())?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
    let written: Promise = write.call1(&clipboard, &text.into())?.dyn_into()?;
    JsFuture::from(written).await.map(drop)
}
