//! The browser's own way back to dropped files, kept over the end of the tab. Chromium gives one to
//! each file that is dropped; where there is none, the files have to be chosen again.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// A database of its own: the engine's is not the page's. It has one store with a record for each
/// import, by its time.
const DATABASE: &str = "regulars.import";
const STORE: &str = "files";

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
        let _ = put(at_ms, &handles).await;
    }
}

/// The ways back to the files of an import that were kept, in their sequence.
pub async fn kept(at_ms: u64) -> Vec<JsValue> {
    let found = async {
        let store = store("readonly").await?;
        finished(&call(&store, "get", &[key(at_ms)])?).await
    };
    let found = found.await.ok().and_then(|it| it.dyn_into::<Array>().ok());
    found.map(|it| it.to_vec()).unwrap_or_default()
}

/// Forgets those of an import.
pub async fn forget(at_ms: u64) {
    let forgotten = async {
        let store = store("readwrite").await?;
        finished(&call(&store, "delete", &[key(at_ms)])?).await
    };
    // What stays is of no import that is remembered, and goes with the rest.
    let _ = forgotten.await;
}

/// Forgets all, and all that was made to keep them.
pub fn forget_all() {
    if let Ok(databases) = databases() {
        let _ = call(&databases, "deleteDatabase", &[DATABASE.into()]);
    }
}

/// The file that a way leads to. Asks the user for leave where the browser wants it: to be called
/// as the answer to a click. `None`: it is gone, or leave was not given.
pub async fn file_of(handle: &JsValue) -> Option<File> {
    let wish = js_sys::Object::new();
    Reflect::set(&wish, &"mode".into(), &"read".into()).ok()?;
    if let Ok(asked) = call(handle, "requestPermission", &[wish.into()]) {
        let leave = JsFuture::from(asked.dyn_into::<Promise>().ok()?).await.ok()?;
        if leave.as_string().as_deref() != Some("granted") {
            return None;
        }
    }
    let file = call(handle, "getFile", &[]).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(file).await.ok()?.dyn_into().ok()
}

fn key(at_ms: u64) -> JsValue {
    (at_ms as f64).into()
}

async fn put(at_ms: u64, handles: &Array) -> Result<(), JsValue> {
    let store = store("readwrite").await?;
    finished(&call(&store, "put", &[handles.into(), key(at_ms)])?).await.map(|_| ())
}

/// The store, in a transaction of its own. The connection closes with the page; until then it gives
/// way to whoever deletes the database.
async fn store(mode: &str) -> Result<JsValue, JsValue> {
    let opening = call(&databases()?, "open", &[DATABASE.into()])?;
    let database = opening.clone();
    let create = Closure::once_into_js(move || {
        let database = Reflect::get(&database, &"result".into()).unwrap_or_default();
        let _ = call(&database, "createObjectStore", &[STORE.into()]);
    });
    Reflect::set(&opening, &"onupgradeneeded".into(), &create)?;
    let database = finished(&opening).await?;
    let closing = database.clone();
    let close = Closure::once_into_js(move || _ = call(&closing, "close", &[]));
    Reflect::set(&database, &"onversionchange".into(), &close)?;
    let transaction = call(&database, "transaction", &[STORE.into(), mode.into()])?;
    call(&transaction, "objectStore", &[STORE.into()])
}

/// What a request of the database comes to.
async fn finished(request: &JsValue) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let _ = Reflect::set(request, &"onsuccess".into(), &resolve);
        let _ = Reflect::set(request, &"onerror".into(), &reject);
    });
    JsFuture::from(promise).await?;
    Reflect::get(request, &"result".into())
}

fn databases() -> Result<JsValue, JsValue> {
    Reflect::get(&js_sys::global(), &"indexedDB".into())
}

/// Calls a method by its name.
fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    method.apply(of, &arguments.iter().collect::<Array>())
}
