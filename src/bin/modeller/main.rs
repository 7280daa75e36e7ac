//! Fits customer-base models in a worker of its own; `crates/modeller` does it.
//!
//! The one message is a list: the as-of day, then the columns of the purchases. What goes out is a
//! list too: the bytes of [`protocol::Models`], then the columns of the scores. All of it is done
//! within one call; whoever wants it to stop ends this worker.

use js_sys::{Array, BigInt64Array, Float64Array, Int32Array, Uint8Array, Uint32Array};
use modeller::{Fitted, Task, fit_models};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Performance};

fn main() {
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let parts = Array::from(&event.data());
        let task = Task {
            as_of: parts.get(0).as_f64().unwrap_or_default() as i32,
            offsets: parts.get(1).unchecked_into::<Uint32Array>().to_vec(),
            day: parts.get(2).unchecked_into::<Int32Array>().to_vec(),
            net: parts.get(3).unchecked_into::<BigInt64Array>().to_vec(),
        };
        let began = now_ms();
        let mut fitted = fit_models(&task);
        fitted.models.took_ms = now_ms() - began;
        tell(&fitted);
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The engine holds its columns back until it hears that somebody listens.
    let _ = scope().post_message(&JsValue::from_str("ready"));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn now_ms() -> f64 {
    scope().performance().as_ref().map_or(0.0, Performance::now)
}

/// Tells the engine what it came to; the buffers move without a copy.
fn tell(fitted: &Fitted) {
    let models = Uint8Array::from(protocol::encode(&fitted.models).as_slice());
    let (list, moved) = (Array::of1(&models), Array::of1(&models.buffer()));
    for column in fitted.scores.columns() {
        let column = Float64Array::from(column.as_slice());
        moved.push(&column.buffer());
        list.push(&column);
    }
    // Fails only for things that cannot be cloned; numbers can.
    let _ = scope().post_message_with_transfer(&list, &moved);
}
