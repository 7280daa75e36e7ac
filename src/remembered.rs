//! What this browser remembers from visit to visit. One that remembers nothing, or may not, is no
//! error: it begins anew each time.

use gloo_storage::{LocalStorage, Storage};

/// What is remembered under a key.
pub fn remembered(key: &str) -> Option<String> {
    LocalStorage::get(key).ok()
}

/// Remembers a text under a key; `None` forgets it.
pub fn remember(key: &str, text: Option<&str>) {
    match text {
        Some(text) => _ = LocalStorage::set(key, text),
        None => LocalStorage::delete(key),
    }
}
