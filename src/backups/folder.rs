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

/// The name of the one that was chosen.
pub async fn name() -> Option<String> {
    Reflect::get(&kept().await?, &"name".into()).ok()?.as_string()
}

/// The one that was chosen, if the page may write there without asking.
pub async fn writable() -> Option<JsValue> {
    let folder = kept().await?;
    let asked = call(&folder, "queryPermission", &[read_and_write()]);
    let leave = match asked {
        Ok(asked) => resolved(asked).await.ok()?,
        // A folder of the site's own asks nobody.
        Err(_) => return Some(folder),
    };
    (leave.as_string().as_deref() == Some("granted")).then_some(folder)
}

/// Writes a file there. The one of that name is replaced once the new one is whole.
pub async fn write(folder: &JsValue, name: &str, file: &Blob) -> Result<(), JsValue> {
    let wish = Object::new();
    Reflect::set(&wish, &"create".into(), &true.into())?;
    let place = resolved(call(folder, "getFileHandle", &[name.into(), wish.into()])?).await?;
    let writer = resolved(call(&place, "createWritable", &[])?).await?;
    resolved(call(&writer, "write", &[file.into()])?).await?;
    resolved(call(&writer, "close", &[])?).await.map(drop)
}

async fn kept() -> Option<JsValue> {
    FOLDERS.get(&KEY.into()).await.ok().filter(|it| !it.is_falsy())
}

fn read_and_write() -> JsValue {
    let wish = Object::new();
    // A plain object takes any property.
    let _ = Reflect::set(&wish, &"mode".into(), &"readwrite".into());
    wish.into()
}
