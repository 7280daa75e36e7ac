//! The folder of the user's into which backups go by themselves. Chromium lends one; the way to it
//! is kept over the end of the tab, as leave to write there may be.

use crate::browser_records::{Records, call, resolved};
use js_sys::{Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::Blob;

/// A database of its own: the engine's is not the page's.
const FOLDERS: Records = Records { database: "regulars.folder", store: "folders" };
const KEY: &str = "backups";

/// Whether the browser lends folders.
pub fn lends() -> bool {
    Reflect::has(&window(), &"showDirectoryPicker".into()).unwrap_or_default()
}

/// Lets the user choose one; whether they did.
pub async fn choose() -> bool {
    let chosen = async {
        let wish = read_and_write();
        let folder = resolved(call(&window(), "showDirectoryPicker", &[wish])?).await?;
        FOLDERS.put(&KEY.into(), &folder).await
    };
    chosen.await.is_ok()
}

/// Forgets the one that was chosen.
pub async fn forget() {
    // What cannot be forgotten is not written to either.
    let _ = FOLDERS.delete(&KEY.into()).await;
}

/// The one that was chosen.
pub struct Folder {
    /// The browser's handle.
    handle: JsValue,
    /// Its name.
    pub name: String,
    /// The page may write there without asking.
    pub is_open: bool,
}

/// The one that was chosen, if one was.
pub async fn chosen() -> Option<Folder> {
    let folder = FOLDERS.get(&KEY.into()).await.ok().filter(|it| !it.is_falsy())?;
    let name = Reflect::get(&folder, &"name".into()).ok()?.as_string()?;
    let is_open = may_write(&folder, "queryPermission").await;
    Some(Folder { handle: folder, name, is_open })
}

/// Asks the user for leave to write there again. To be called where the user has just clicked.
pub async fn ask_again() -> bool {
    match chosen().await {
        Some(it) => it.is_open || may_write(&it.handle, "requestPermission").await,
        None => false,
    }
}

async fn may_write(folder: &JsValue, question: &str) -> bool {
    let Ok(asked) = call(folder, question, &[read_and_write()]) else {
        // A folder of the site's own asks nobody.
        return true;
    };
    let leave = resolved(asked).await;
    leave.is_ok_and(|it| it.as_string().as_deref() == Some("granted"))
}

/// Writes a file there. The one of that name is replaced once the new one is whole.
pub async fn write(into: &Folder, name: &str, file: &Blob) -> Result<(), JsValue> {
    let folder = &into.handle;
    let wish = Object::new();
    Reflect::set(&wish, &"create".into(), &true.into())?;
    let place = resolved(call(folder, "getFileHandle", &[name.into(), wish.into()])?).await?;
    let writer = resolved(call(&place, "createWritable", &[])?).await?;
    resolved(call(&writer, "write", &[file.into()])?).await?;
    resolved(call(&writer, "close", &[])?).await.map(drop)
}

fn read_and_write() -> JsValue {
    let wish = Object::new();
    // A plain object takes any property.
    let _ = Reflect::set(&wish, &"mode".into(), &"readwrite".into());
    wish.into()
}
