//! Unpacks one file in a worker of its own: workbooks, archives, JSON and web pages become tables of
//! text. `crates/containers` does it.
//!
//! The message that begins is a list: the file's name and its bytes. What goes out are lists too:
//! the bytes of [`News`], and with [`News::Block`] the block. All of it is done within one call, so
//! that whatever breaks is heard of by whoever started this worker.

use containers::{News, unpack};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let parts = Array::from(&event.data());
        let name = parts.get(0).as_string().unwrap_or_default();
        let bytes = Uint8Array::new(&parts.get(1)).to_vec();
        let unpacked = unpack(&name, &bytes, &mut |table| {
            tell(&News::Table { name: table.name.clone(), notes: table.notes.clone() });
            table.write(&mut |block| send(&News::Block, Some(&Uint8Array::from(block))));
        });
        tell(&unpacked.map_or_else(News::Refused, |()| News::Done));
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The engine holds its file back until it hears that somebody listens.
    let _ = scope().post_message(&JsValue::from_str("ready"));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Tells the engine something.
fn tell(news: &News) {
    send(news, None);
}

/// Tells the engine something; a block moves without a copy.
fn send(news: &News, block: Option<&Uint8Array>) {
    let list = Array::of1(&Uint8Array::from(protocol::encode(news).as_slice()));
    let moved = Array::new();
    if let Some(block) = block {
        moved.push(&block.buffer());
        list.push(block);
    }
    // Fails only for things that cannot be cloned; bytes can.
    let _ = scope().post_message_with_transfer(&list, &moved);
}
