//! Backups between the store and a file.

mod locked;
mod packed;

use crate::ShopEngine;
use locked::{lock, unlock};
use packed::{Packing, Unpacking};
use protocol::{BackupFault, Problem, Request, Response};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File};

/// An answer, and the file that comes with it.
pub struct Kept {
    pub response: Response,
    pub file: Option<Blob>,
}

impl From<Response> for Kept {
    fn from(response: Response) -> Kept {
        Kept { response, file: None }
    }
}

/// What lies on the desk: the backup that is being looked at.
#[derive(Default)]
pub struct Desk {
    /// As it was chosen.
    chosen: RefCell<Option<Blob>>,
    /// Without its lock.
    open: RefCell<Option<Blob>>,
}

impl Desk {
    /// Answers a question of [`engine::Part::Keeping`].
    pub async fn answer(
        &self,
        engine: &mut ShopEngine,
        request: Request,
        file: Option<File>,
    ) -> Result<Kept, Problem> {
        match request {
            Request::BackUp(passphrase) => back_up(engine, passphrase).await,
            Request::LookIntoBackup(passphrase) => {
                if let Some(file) = file {
                    self.chosen.replace(Some(file.unchecked_into()));
                }
                self.look_into(engine, passphrase).await
            }
            Request::Restore => self.restore(engine).await,
            _ => engine.undo_restore().await.map(Kept::from),
        }
    }

    async fn look_into(
        &self,
        engine: &mut ShopEngine,
        passphrase: Option<String>,
    ) -> Result<Kept, Problem> {
        let chosen = self.chosen.borrow().clone().ok_or(none_chosen())?;
        let open = unlock(chosen, passphrase.as_deref()).await?;
        let mut text = Unpacking::open(&open).await?;
        let view = engine.look_into(&mut text).await?;
        self.open.replace(Some(open));
        Ok(Response::Backup(Box::new(view)).into())
    }

    async fn restore(&self, engine: &mut ShopEngine) -> Result<Kept, Problem> {
        let open = self.open.borrow().clone().ok_or(none_chosen())?;
        let mut text = Unpacking::open(&open).await?;
        let size = text.text_size;
        let view = engine.restore(&mut text, size).await?;
        self.chosen.take();
        self.open.take();
        Ok(Response::Backup(Box::new(view)).into())
    }
}

async fn back_up(engine: &mut ShopEngine, passphrase: Option<String>) -> Result<Kept, Problem> {
    let mut packing = Packing::begin().map_err(|error| unable(&error))?;
    let made = engine.back_up(&mut packing).await?;
    let packed = packing.finish().await.map_err(|error| unable(&error))?;
    let file = match passphrase {
        Some(passphrase) => lock(&packed, &passphrase).await?,
        None => packed,
    };
    Ok(Kept { response: Response::BackedUp(made), file: Some(file) })
}

const fn none_chosen() -> Problem {
    Problem::Backup(BackupFault::NoneChosen)
}

/// What the browser cannot do, in its own words.
fn unable(error: &JsValue) -> Problem {
    Problem::Backup(BackupFault::Unable(words(error)))
}

/// The browser's own words.
pub fn words(error: &JsValue) -> String {
    let error = error.dyn_ref::<js_sys::Error>();
    error.map_or_else(String::new, |error| String::from(error.message()))
}
