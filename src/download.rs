//! Files for the user to keep.

use crate::client::Engine;
use crate::components::{Toast, Toasts};
use crate::exports::{self, rows_of};
use crate::i18n::Words;
use crate::settings::words;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use protocol::{Problem, Request, Response};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Asks the engine for a file and hands it to the browser's downloads, and says how it went.
pub fn download(engine: Engine, toasts: Toasts, request: Request, name: &'static str) {
    let t = words();
    leptos::task::spawn_local(async move {
        match engine.ask(request).await {
            Ok(Response::File(bytes)) => hand_over(toasts, t, &bytes, name),
            Ok(_) => {
                toasts.show(Toast::bad(t.problem(&Problem::OtherBuild)));
            }
            Err(problem) => {
                toasts.show(Toast::bad(t.problem(&problem)));
            }
        }
    });
}

/// Hands a file to the browser's downloads, and says how it went.
pub fn hand_over(toasts: Toasts, t: Words, bytes: &[u8], name: &str) {
    let rows = name.ends_with("csv").then(|| rows_of(bytes));
    tell(toasts, t, (name, rows), &blob_of(bytes, name).and_then(|blob| save(&blob, name)));
}

/// Hands a file that the browser has made to its downloads, and says how it went.
pub fn hand_over_blob(toasts: Toasts, t: Words, blob: &Blob, name: &str) {
    tell(toasts, t, (name, None), &save(blob, name));
}

fn tell(toasts: Toasts, t: Words, (name, rows): (&str, Option<u32>), saved: &Result<(), JsValue>) {
    let toast = match saved {
        Ok(()) => {
            exports::note(name, rows);
            Toast::good(format!("{name} · {}", t.export_done()))
        }
        Err(_) => Toast::bad(t.download_failed()),
    };
    toasts.show(toast);
}

fn blob_of(bytes: &[u8], name: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    let is_json = std::path::Path::new(name).extension().is_some_and(|it| it == "json");
    options.set_type(if is_json { "application/json" } else { "text/csv;charset=utf-8" });
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
}

fn save(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken the file over once the click is through.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(10),
    );
    Ok(())
}
