//! When the page's own program stops: a sentence and a way on, never a dead screen.
//!
//! The data are not touched: the engine owns them, and each of its writes is a transaction.

use crate::settings::remembered_words;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// From now on a panic is shown in the page and told to the console.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        web_error(&panic.to_string());
        show();
    }));
}

fn web_error(text: &str) {
    // `console.error` through the global object: no binding of its own for one line.
    let console = js_sys::Reflect::get(&window(), &JsValue::from_str("console"));
    let error = console.and_then(|it| js_sys::Reflect::get(&it, &JsValue::from_str("error")));
    if let Ok(error) = error {
        let _ = js_sys::Function::from(error).call1(&JsValue::NULL, &JsValue::from_str(text));
    }
}

fn show() {
    let t = remembered_words();
    let Ok(note) = document().create_element("div") else { return };
    note.set_class_name("crash");
    let _ = note.set_attribute("role", "alert");
    note.set_text_content(Some(t.crashed()));
    if let Ok(link) = document().create_element("a") {
        let _ = link.set_attribute("href", "");
        link.set_class_name("button button--primary");
        link.set_text_content(Some(t.reload()));
        let _ = note.append_child(&link);
    }
    if let Some(body) = document().body() {
        let _ = body.append_child(&note);
    }
}
