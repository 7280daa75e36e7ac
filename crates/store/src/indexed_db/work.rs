//! One transaction: its requests issued at once, its outcome awaited.

use super::signal::Signal;
use crate::backend::{Area, BackendError, Durability, Expect, Transaction};
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Event, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction};

/// What a transaction only reads.
pub(super) enum Asked {
    /// The values of these keys.
    Values(Vec<JsValue>),
    /// All keys.
    Keys,
    /// All keys and all values.
    All,
}

/// A transaction whose values are JavaScript's already, so that it can be issued twice.
pub(super) struct Work {
    durability: Durability,
    expect: Vec<Expect>,
    clears: Vec<Area>,
    deletes: Vec<(Area, JsValue)>,
    puts: Vec<(Area, JsValue, JsValue)>,
    /// Bytes that it writes, for the message when there is no room.
    bytes: u64,
}

impl Work {
    pub(super) fn new(transaction: Transaction) -> Work {
        let bytes = transaction.put_bytes();
        let Transaction { durability, expect, clears, deletes, puts } = transaction;
        let deletes = deletes.into_iter().map(|(area, key)| (area, JsValue::from(key))).collect();
        // Each value leaves Rust's memory as soon as it is JavaScript's.
        let puts = puts.into_iter().map(|(area, key, value)| {
            (area, JsValue::from(key), JsValue::from(Uint8Array::from(value.as_slice())))
        });
        Work { durability, expect, clears, deletes, puts: puts.collect(), bytes }
    }

    /// Keeps a value that is no bytes in place of all others of its area.
    pub(super) fn of_object(area: Area, key: JsValue, value: JsValue) -> Work {
        Work {
            durability: Durability::Strict,
            expect: Vec::new(),
            clears: vec![area],
            deletes: Vec::new(),
            puts: vec![(area, key, value)],
            bytes: 0,
        }
    }

    fn areas(&self) -> Vec<Area> {
        let expect = self.expect.iter().map(|expect| expect.area);
        let deletes = self.deletes.iter().map(|(area, _)| *area);
        let puts = self.puts.iter().map(|(area, _, _)| *area);
        let mut areas: Vec<Area> =
            self.clears.iter().copied().chain(expect).chain(deletes).chain(puts).collect();
        tiny_sort::unstable::sort(&mut areas);
        areas.dedup();
        areas
    }

    fn issue(&self, transaction: &IdbTransaction) -> Result<(), JsValue> {
        let store = |area: Area| transaction.object_store(area.name());
        for area in &self.clears {
            store(*area)?.clear()?;
        }
        for (area, key) in &self.deletes {
            store(*area)?.delete(key)?;
        }
        for (area, key, value) in &self.puts {
            store(*area)?.put_with_key(value, key)?;
        }
        Ok(())
    }
}

/// Carries out a transaction.
pub(super) async fn commit(database: &IdbDatabase, work: &Rc<Work>) -> Result<(), BackendError> {
    let areas = work.areas();
    if areas.is_empty() {
        return Ok(());
    }
    let transaction = begin(database, &areas, "readwrite", work.durability)
        .map_err(|error| error_of(&error, work.bytes))?;
    let running = Running::new(transaction, work.bytes);
    let asked: Result<Vec<IdbRequest>, JsValue> =
        work.expect.iter().map(|expect| running.handle.ask(expect)).collect();
    let requests = match asked {
        Ok(requests) => requests,
        Err(error) => {
            running.handle.refuse(error_of(&error, work.bytes));
            return running.outcome().await;
        }
    };
    // They are answered in their order: with the last all are.
    let Some(last) = requests.last().cloned() else {
        running.handle.issue(work);
        return running.outcome().await;
    };
    let on_answer = {
        let (handle, work) = (running.handle.clone(), work.clone());
        Closure::<dyn FnMut(Event)>::new(move |_| {
            let found = requests.iter().map(|it| it.result().ok().as_ref().and_then(bytes));
            let is_expected = work.expect.iter().zip(found).all(|(it, found)| it.value == found);
            if is_expected { handle.issue(&work) } else { handle.refuse(BackendError::Conflict) }
        })
    };
    last.set_onsuccess(Some(on_answer.as_ref().unchecked_ref()));
    let answered = Answered { request: last, _on_answer: on_answer };
    let outcome = running.outcome().await;
    drop(answered);
    outcome
}

/// Reads from one area, as of one moment.
pub(super) async fn read(
    database: &IdbDatabase,
    area: Area,
    asked: &Asked,
) -> Result<Vec<JsValue>, BackendError> {
    let failed = |error: JsValue| error_of(&error, 0);
    let transaction = begin(database, &[area], "readonly", Durability::Relaxed).map_err(failed)?;
    let store = transaction.object_store(area.name()).map_err(failed)?;
    let running = Running::new(transaction, 0);
    let requests = ask(&store, asked).map_err(failed)?;
    running.outcome().await?;
    requests.iter().map(|request| request.result().map_err(failed)).collect()
}

fn ask(store: &IdbObjectStore, asked: &Asked) -> Result<Vec<IdbRequest>, JsValue> {
    match asked {
        Asked::Values(keys) => keys.iter().map(|key| store.get(key)).collect(),
        Asked::Keys => Ok(vec![store.get_all_keys()?]),
        Asked::All => Ok(vec![store.get_all_keys()?, store.get_all()?]),
    }
}

/// The bytes of a stored value; `None` if there is none.
pub(super) fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// Begins a transaction. web-sys knows its `durability` only behind an unstable flag.
fn begin(
    database: &IdbDatabase,
    areas: &[Area],
    mode: &str,
    durability: Durability,
) -> Result<IdbTransaction, JsValue> {
    let names: Array = areas.iter().map(|area| JsValue::from_str(area.name())).collect();
    let options = Object::new();
    let durability = match durability {
        Durability::Relaxed => "relaxed",
        Durability::Strict => "strict",
    };
    Reflect::set(&options, &JsValue::from_str("durability"), &JsValue::from_str(durability))?;
    let begin: Function = Reflect::get(database, &JsValue::from_str("transaction"))?.dyn_into()?;
    begin.call3(database, &names, &JsValue::from_str(mode), &options)?.dyn_into()
}

/// A transaction, and why it was refused if it was us who aborted it.
#[derive(Clone)]
struct Handle {
    transaction: IdbTransaction,
    refused: Rc<RefCell<Option<BackendError>>>,
    bytes: u64,
}

impl Handle {
    fn ask(&self, expect: &Expect) -> Result<IdbRequest, JsValue> {
        let store = self.transaction.object_store(expect.area.name())?;
        store.get(&JsValue::from_str(&expect.key))
    }

    /// Issues all changes; if one cannot be issued, none is carried out.
    fn issue(&self, work: &Work) {
        if let Err(error) = work.issue(&self.transaction) {
            self.refuse(error_of(&error, self.bytes));
        }
    }

    fn refuse(&self, reason: BackendError) {
        *self.refused.borrow_mut() = Some(reason);
        // Fails only if the transaction is over, and then its own event tells how it ended.
        let _ = self.transaction.abort();
    }

    /// Why the transaction was aborted.
    fn reason(&self) -> BackendError {
        let refused = self.refused.borrow_mut().take();
        refused.unwrap_or_else(|| match self.transaction.error() {
            Some(error) => error_of(&error, self.bytes),
            // Aborted without an error: the database was closed by force.
            None => BackendError::Lost,
        })
    }
}

/// A transaction under way. Dropping it detaches its handlers; it ends by itself, whole or not.
struct Running {
    handle: Handle,
    done: Signal<Result<(), BackendError>>,
    _handlers: [Closure<dyn FnMut(Event)>; 2],
}

impl Running {
    fn new(transaction: IdbTransaction, bytes: u64) -> Running {
        let handle = Handle { transaction, refused: Rc::default(), bytes };
        let done = Signal::new();
        let on_complete = {
            let done = done.clone();
            Closure::<dyn FnMut(Event)>::new(move |_| done.set(Ok(())))
        };
        let on_abort = {
            let (done, handle) = (done.clone(), handle.clone());
            Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                // Or else the error goes on to the page's own handlers.
                event.stop_propagation();
                done.set(Err(handle.reason()));
            })
        };
        handle.transaction.set_oncomplete(Some(on_complete.as_ref().unchecked_ref()));
        handle.transaction.set_onabort(Some(on_abort.as_ref().unchecked_ref()));
        Running { handle, done, _handlers: [on_complete, on_abort] }
    }

    async fn outcome(&self) -> Result<(), BackendError> {
        self.done.clone().await
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.handle.transaction.set_oncomplete(None);
        self.handle.transaction.set_onabort(None);
    }
}

/// The request whose answer decides, with its handler.
struct Answered {
    request: IdbRequest,
    _on_answer: Closure<dyn FnMut(Event)>,
}

impl Drop for Answered {
    fn drop(&mut self) {
        self.request.set_onsuccess(None);
    }
}

/// The browser's error in our terms.
pub(super) fn error_of(error: &JsValue, needed: u64) -> BackendError {
    let Some(error) = error.dyn_ref::<DomException>() else {
        return BackendError::Other(format!("{error:?}"));
    };
    match error.name().as_str() {
        "QuotaExceededError" => BackendError::Quota { needed },
        "VersionError" => BackendError::VersionTooNew,
        "SecurityError" | "NotAllowedError" => BackendError::Unavailable,
        // Safari closes connections of tabs in the background and says so in one of these ways.
        "InvalidStateError" | "UnknownError" | "AbortError" => BackendError::Lost,
        name => BackendError::Other(format!("{name}: {}", error.message())),
    }
}
