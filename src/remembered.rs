//! What this browser remembers from visit to visit. One that remembers nothing, or may not, is no
//! error: it begins anew each time.

use gloo_storage::{LocalStorage, Storage};
use js_sys::Reflect;
use leptos::prelude::window;

/// What is remembered under a key.
pub fn remembered(key: &str) -> Option<String> {
    is_allowed().then(|| LocalStorage::get(key).ok()).flatten()
}

/// Remembers a text under a key; `None` forgets it.
pub fn remember(key: &str, text: Option<&str>) {
    if !is_allowed() {
        return;
    }
    match text {
        Some(text) => _ = LocalStorage::set(key, text),
        None => LocalStorage::delete(key),
    }
}

/// Whether the browser lets the page remember anything: where cookies are forbidden, asking for the
/// place already fails.
fn is_allowed() -> bool {
    Reflect::get(&window(), &"localStorage".into()).is_ok_and(|it| it.is_object())
}
