//! The backend of the browser: one IndexedDB database with one object store an area.
//!
//! A thin wrapper of our own over web-sys. The crates that exist hide one or another of three
//! things that decide whether data survives: the durability of each transaction, the reason why one
//! was aborted (a full disk, most of all), and an upgrade that another tab blocks.
//!
//! The rules: values are JavaScript's before a transaction begins, since it commits by itself as
//! soon as anything but its own requests is awaited; all requests are issued at once; a change is
//! done when the transaction reports `complete`, not when a request succeeds.

mod connection;
mod signal;
mod work;

use crate::backend::{Area, Backend, BackendError, Transaction};
use connection::Connection;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;
use work::{Asked, Work, read};

/// A database of this browser profile, on a page or in a worker.
#[derive(Debug)]
pub struct IndexedDb {
    name: String,
    connection: RefCell<Option<Rc<Connection>>>,
}

impl IndexedDb {
    /// Opens the database of this name, making it if there is none.
    pub async fn open(name: &str) -> Result<IndexedDb, BackendError> {
        let connection = RefCell::new(Some(Rc::new(Connection::open(name).await?)));
        Ok(IndexedDb { name: name.to_owned(), connection })
    }

    /// A value that is no bytes, as a key that the browser keeps; `undefined`: there is none.
    pub async fn object(&self, area: Area, key: &str) -> Result<JsValue, BackendError> {
        let asked = Asked::Values(vec![JsValue::from_str(key)]);
        let found =
            self.with_connection(async |database| read(database, area, &asked).await).await?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    /// Keeps such a value in place of all others of its area.
    pub async fn keep_object(
        &self,
        area: Area,
        key: &str,
        value: JsValue,
    ) -> Result<(), BackendError> {
        let work = Rc::new(Work::of_object(area, JsValue::from_str(key), value));
        self.with_connection(async |database| work::commit(database, &work).await).await
    }

    async fn connection(&self) -> Result<Rc<Connection>, BackendError> {
        let open = self.connection.borrow().clone();
        if let Some(connection) = open {
            return Ok(connection);
        }
        let connection = Rc::new(Connection::open(&self.name).await?);
        *self.connection.borrow_mut() = Some(connection.clone());
        Ok(connection)
    }

    /// Does something with the connection; if that was closed under us, reopens it and tries once
    /// more. A transaction that answers [`BackendError::Lost`] was not carried out.
    async fn with_connection<T>(
        &self,
        work: impl AsyncFn(&IdbDatabase) -> Result<T, BackendError>,
    ) -> Result<T, BackendError> {
        match work(self.connection().await?.database()).await {
            Err(BackendError::Lost) => {
                self.connection.borrow_mut().take();
                work(self.connection().await?.database()).await
            }
            done => done,
        }
    }
}

impl Backend for IndexedDb {
    async fn get(&self, area: Area, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, BackendError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let asked = Asked::Values(keys.iter().map(|key| JsValue::from_str(key)).collect());
        let found =
            self.with_connection(async |database| read(database, area, &asked).await).await?;
        Ok(found.iter().map(work::bytes).collect())
    }

    async fn all(&self, area: Area) -> Result<Vec<(String, Vec<u8>)>, BackendError> {
        let found =
            self.with_connection(async |database| read(database, area, &Asked::All).await).await?;
        let [keys, values] = found.as_slice() else { return Ok(Vec::new()) };
        let values = values.unchecked_ref::<js_sys::Array>().iter();
        Ok(texts(keys).zip(values.map(|value| work::bytes(&value).unwrap_or_default())).collect())
    }

    async fn keys(&self, area: Area) -> Result<Vec<String>, BackendError> {
        let found =
            self.with_connection(async |database| read(database, area, &Asked::Keys).await).await?;
        Ok(found.iter().flat_map(texts).collect())
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), BackendError> {
        let work = Rc::new(Work::new(transaction));
        self.with_connection(async |database| work::commit(database, &work).await).await
    }
}

/// The keys of an answer. All keys are text: only this program writes here.
fn texts(keys: &JsValue) -> impl Iterator<Item = String> + use<> {
    let keys = keys.unchecked_ref::<js_sys::Array>().clone();
    (0..keys.length()).map(move |n| keys.get(n).as_string().unwrap_or_default())
}
