//! IndexedDB in a real browser, in a worker as the engine uses it.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod contract;

use js_sys::Reflect;
use store::{Area, Backend, BackendError, IndexedDb, Transaction};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbFactory, IdbOpenDbRequest};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn factory() -> IdbFactory {
    let factory = Reflect::get(&js_sys::global(), &JsValue::from_str("indexedDB")).unwrap();
    factory.unchecked_into()
}

/// Waits until a request of the test's own has succeeded.
async fn done(request: &IdbOpenDbRequest) -> JsValue {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
    request.result().unwrap()
}

async fn open(name: &str) -> IndexedDb {
    IndexedDb::open(name).await.unwrap()
}

fn put(key: &str) -> Transaction {
    let puts = vec![(Area::Meta, key.to_owned(), key.as_bytes().to_vec())];
    Transaction { puts, ..Default::default() }
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_the_contract() {
    contract::suite(async || open("contract").await).await;
}

/// As after Safari closes the connection of a tab in the background: the next call reopens it.
#[wasm_bindgen_test]
async fn a_connection_closed_from_outside_is_opened_again() {
    let backend = open("closed").await;
    backend.commit(put("first")).await.unwrap();
    // Another tab deletes the database: ours must let it, and begin anew.
    done(&factory().delete_database("closed").unwrap()).await;
    assert_eq!(backend.keys(Area::Meta).await.unwrap(), Vec::<String>::new());
    backend.commit(put("second")).await.unwrap();
    assert_eq!(open("closed").await.keys(Area::Meta).await.unwrap(), ["second"]);
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let backend = open("newer").await;
    let newer = factory().open_with_u32("newer", 1_000).unwrap();
    let database = done(&newer).await.unchecked_into::<web_sys::IdbDatabase>();
    assert_eq!(backend.commit(put("a")).await, Err(BackendError::VersionTooNew));
    assert_eq!(IndexedDb::open("newer").await.err(), Some(BackendError::VersionTooNew));
    assert_eq!(database.version().to_bits(), 1_000_f64.to_bits());
    database.close();
}

/// Another tab holds the database and does not let go while a deletion waits for it.
#[wasm_bindgen_test]
async fn a_database_that_another_tab_blocks_is_reported_and_opens_later() {
    let held = done(&factory().open_with_u32("held", 1).unwrap()).await;
    let deletion = factory().delete_database("held").unwrap();
    assert_eq!(IndexedDb::open("held").await.err(), Some(BackendError::Blocked));
    held.unchecked_into::<web_sys::IdbDatabase>().close();
    done(&deletion).await;
    open("held").await.commit(put("a")).await.unwrap();
}
