//! Opening the database: its version, its stores, and other tabs that stand in the way.

use super::signal::Signal;
use super::work::error_of;
use crate::backend::{Area, BackendError};
use js_sys::{Function, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequestReadyState};

/// Version of the set of object stores. The format of what is in them is the manifest's.
const VERSION: u32 = 1;

/// How long another tab may hold an older version once it was asked to close.
const BLOCKED_MS: i32 = 3_000;

/// How long opening may take at all: a deletion that waits for another tab blocks without a word.
const OPEN_MS: i32 = 10_000;

type Handler = Closure<dyn FnMut(Event)>;

/// An open database that closes when another tab wants to upgrade or delete it.
#[derive(Debug)]
pub(super) struct Connection {
    database: IdbDatabase,
    _on_version_change: Handler,
}

impl Connection {
    pub(super) async fn open(name: &str) -> Result<Connection, BackendError> {
        let request = factory()?
            .open_with_u32(name, VERSION)
            .map_err(|error| unavailable(error_of(&error, 0)))?;
        let database = OpenRequest::new(request).wait().await?;
        let closing = database.clone();
        let on_version_change = Handler::new(move |_| closing.close());
        database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        Ok(Connection { database, _on_version_change: on_version_change })
    }

    pub(super) const fn database(&self) -> &IdbDatabase {
        &self.database
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

/// `indexedDB` of the page or worker; asking for it already fails where storage is blocked.
fn factory() -> Result<IdbFactory, BackendError> {
    let found = Reflect::get(&js_sys::global(), &JsValue::from_str("indexedDB"));
    found.ok().and_then(|factory| factory.dyn_into().ok()).ok_or(BackendError::Unavailable)
}

/// While opening, an error without a name of its own means that there is no storage to be had.
fn unavailable(error: BackendError) -> BackendError {
    if error == BackendError::Lost { BackendError::Unavailable } else { error }
}

/// A request to open, with its handlers as long as they are needed.
struct OpenRequest {
    request: IdbOpenDbRequest,
    opened: Signal<Result<IdbDatabase, BackendError>>,
    _handlers: [Handler; 4],
    timers: Rc<RefCell<Vec<JsValue>>>,
    _on_timeout: Closure<dyn FnMut()>,
}

impl OpenRequest {
    fn new(request: IdbOpenDbRequest) -> OpenRequest {
        let opened = Signal::new();
        let on_success = {
            let (request, opened) = (request.clone(), opened.clone());
            Handler::new(move |_| opened.set(database_of(&request)))
        };
        let on_error = {
            let (request, opened) = (request.clone(), opened.clone());
            Handler::new(move |event: Event| {
                // Or else the error goes on to the page's own handlers.
                event.prevent_default();
                let error = request.error().ok().flatten().map_or(JsValue::NULL, JsValue::from);
                opened.set(Err(unavailable(error_of(&error, 0))));
            })
        };
        let on_upgrade = {
            let request = request.clone();
            Handler::new(move |_| {
                // If it fails, the upgrade is aborted and `error` follows.
                let _ = database_of(&request).map(|database| create_stores(&database));
            })
        };
        let on_timeout = {
            let opened = opened.clone();
            Closure::<dyn FnMut()>::new(move || opened.set(Err(BackendError::Blocked)))
        };
        let callback: Function = on_timeout.as_ref().unchecked_ref::<Function>().clone();
        let timers = Rc::new(RefCell::new(vec![set_timeout(&callback, OPEN_MS)]));
        let on_blocked = {
            let timers = timers.clone();
            Handler::new(move |_| timers.borrow_mut().push(set_timeout(&callback, BLOCKED_MS)))
        };
        request.set_onsuccess(Some(on_success.as_ref().unchecked_ref()));
        request.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
        request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
        let handlers = [on_success, on_error, on_upgrade, on_blocked];
        OpenRequest { request, opened, _handlers: handlers, timers, _on_timeout: on_timeout }
    }

    async fn wait(self) -> Result<IdbDatabase, BackendError> {
        self.opened.clone().await
    }
}

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.timers.borrow().iter().for_each(clear_timeout);
        self.request.set_onerror(None);
        self.request.set_onblocked(None);
        self.request.set_onsuccess(None);
        self.request.set_onupgradeneeded(None);
        if self.request.ready_state() == IdbRequestReadyState::Pending {
            self.finish_late();
        }
    }
}

impl OpenRequest {
    /// Nobody waits any more, but a request cannot be taken back. A database that is made late must
    /// still get its stores, and one that opens late must not stand in others' way.
    fn finish_late(&self) {
        let request = self.request.clone();
        let on_upgrade = Closure::once_into_js(move || {
            let _ = database_of(&request).map(|database| create_stores(&database));
        });
        let request = self.request.clone();
        let on_success = Closure::once_into_js(move || {
            if let Ok(database) = database_of(&request) {
                database.close();
            }
        });
        self.request.set_onupgradeneeded(Some(on_upgrade.unchecked_ref()));
        self.request.set_onsuccess(Some(on_success.unchecked_ref()));
    }
}

fn database_of(request: &IdbOpenDbRequest) -> Result<IdbDatabase, BackendError> {
    let result = request.result().map_err(|error| error_of(&error, 0))?;
    result.dyn_into().map_err(|other| BackendError::Other(format!("{other:?}")))
}

fn create_stores(database: &IdbDatabase) -> Result<(), JsValue> {
    let present = database.object_store_names();
    for area in Area::ALL.into_iter().filter(|area| !present.contains(area.name())) {
        database.create_object_store(area.name())?;
    }
    Ok(())
}

/// Timers are functions of the global object, which is a window on a page only.
fn call_global(function: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let global = js_sys::global();
    let function: Function =
        Reflect::get(&global, &JsValue::from_str(function)).ok()?.dyn_into().ok()?;
    function.apply(&global, &arguments.iter().collect()).ok()
}

fn set_timeout(callback: &Function, milliseconds: i32) -> JsValue {
    let arguments = [callback.clone().into(), JsValue::from(milliseconds)];
    call_global("setTimeout", &arguments).unwrap_or(JsValue::UNDEFINED)
}

fn clear_timeout(timer: &JsValue) {
    call_global("clearTimeout", std::slice::from_ref(timer));
}
