//! The browser's own way back to dropped files, kept over the end of the tab. Chromium gives one to
//! each file that is dropped; where there is none, the files have to be chosen again.

use crate::browser_records::{Records, call, resolved};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// A record for each import, by its time.
const FILES: Records = Records { database: "regulars.import", store: "files" };

/// Keeps the ways back to all files of a drop, or none: a part of them would lead nowhere.
/// `still` says at the last moment whether they are of use.
pub async fn keep(at_ms: u64, ways: Vec<Promise>, still: impl Fn() -> bool) {
    let handles = Array::new();
    for way in ways {
        match JsFuture::from(way).await {
            Ok(handle) if !handle.is_falsy() => _ = handles.push(&handle),
            _ => return,
        }
    }
    if handles.length() > 0 && still() {
        // What is not kept has to be chosen again.
        let _ = FILES.put(&key(at_ms), &handles).await;
    }
}

/// The ways back to the files of an import that were kept, in their sequence.
pub async fn kept(at_ms: u64) -> Vec<JsValue> {
    let found = FILES.get(&key(at_ms)).await.ok().and_then(|it| it.dyn_into::<Array>().ok());
    found.map(|it| it.to_vec()).unwrap_or_default()
}

/// Forgets those of an import.
pub async fn forget(at_ms: u64) {
    // What stays is of no import that is remembered, and goes with the rest.
    let _ = FILES.delete(&key(at_ms)).await;
}

/// Forgets all, and all that was made to keep them.
pub fn forget_all() {
    FILES.forget_all();
}

/// The file that a way leads to. Asks the user for leave where the browser wants it: to be called
/// as the answer to a click. `None`: it is gone, or leave was not given.
pub async fn file_of(handle: &JsValue) -> Option<File> {
    let wish = Object::new();
    Reflect::set(&wish, &"mode".into(), &"read".into()).ok()?;
    if let Ok(asked) = call(handle, "requestPermission", &[wish.into()]) {
        let leave = resolved(asked).await.ok()?;
        if leave.as_string().as_deref() != Some("granted") {
            return None;
        }
    }
    resolved(call(handle, "getFile", &[]).ok()?).await.ok()?.dyn_into().ok()
}

fn key(at_ms: u64) -> JsValue {
    (at_ms as f64).into()
}
