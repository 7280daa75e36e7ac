//! What only the browser can keep, as ways to files and folders: small databases of the page's own,
//! beside the engine's.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A database with one store of records.
#[derive(Clone, Copy)]
pub struct Records {
    /// Its name. It is in users' browsers: never change it.
    pub database: &'static str,
    /// The store's.
    pub store: &'static str,
}

impl Records {
    /// Puts a record.
    pub async fn put(self, key: &JsValue, record: &JsValue) -> Result<(), JsValue> {
        let store = self.open("readwrite").await?;
        finished(&call(&store, "put", &[record.clone(), key.clone()])?).await.map(drop)
    }

    /// A record; `undefined` if there is none.
    pub async fn get(self, key: &JsValue) -> Result<JsValue, JsValue> {
        let store = self.open("readonly").await?;
        finished(&call(&store, "get", std::slice::from_ref(key))?).await
    }

    /// Deletes a record.
    pub async fn delete(self, key: &JsValue) -> Result<(), JsValue> {
        let store = self.open("readwrite").await?;
        finished(&call(&store, "delete", std::slice::from_ref(key))?).await.map(drop)
    }

    /// Deletes all of them, and the database that was made for them.
    pub fn forget_all(self) {
        if let Ok(databases) = databases() {
            let _ = call(&databases, "deleteDatabase", &[self.database.into()]);
        }
    }

    /// The same, until they are gone.
    pub async fn gone(self) -> Result<(), JsValue> {
        let deleting = call(&databases()?, "deleteDatabase", &[self.database.into()])?;
        finished(&deleting).await.map(drop)
    }

    /// The store, in a transaction of its own. The connection closes with the page; until then it
    /// gives way to whoever deletes the database.
    async fn open(self, mode: &str) -> Result<JsValue, JsValue> {
        let opening = call(&databases()?, "open", &[self.database.into()])?;
        let database = opening.clone();
        let create = Closure::once_into_js(move || {
            let database = Reflect::get(&database, &"result".into()).unwrap_or_default();
            let _ = call(&database, "createObjectStore", &[self.store.into()]);
        });
        Reflect::set(&opening, &"onupgradeneeded".into(), &create)?;
        let database = finished(&opening).await?;
        let closing = database.clone();
        let close = Closure::once_into_js(move || _ = call(&closing, "close", &[]));
        Reflect::set(&database, &"onversionchange".into(), &close)?;
        let transaction = call(&database, "transaction", &[self.store.into(), mode.into()])?;
        call(&transaction, "objectStore", &[self.store.into()])
    }
}

/// What a promise comes to.
pub async fn resolved(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}

/// Calls a method by its name.
pub fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    method.apply(of, &arguments.iter().collect::<Array>())
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
