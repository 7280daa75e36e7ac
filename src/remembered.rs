//! What this browser remembers from visit to visit. One that remembers nothing, or may not, is no
//! error: it begins anew each time.

use leptos::prelude::window;
use web_sys::Storage;

/// What is remembered under a key.
pub fn remembered(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Remembers a text under a key; `None` forgets it.
pub fn remember(key: &str, text: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match text {
            Some(text) => storage.set_item(key, text),
            None => storage.remove_item(key),
        };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
