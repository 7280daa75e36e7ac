//! How much memory this program holds.

use wasm_bindgen::JsCast;

/// In bytes. A program never gives any back before it ends.
pub fn bytes() -> u64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    u64::from(buffer.byte_length())
}
