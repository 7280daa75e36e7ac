//! A file that the user dropped on the page.

use js_sys::{ArrayBuffer, Uint8Array};
use reader::Source;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// A file that the user dropped on the page.
#[derive(Debug)]
pub struct DroppedFile(pub File);

impl Source for DroppedFile {
    fn name(&self) -> String {
        self.0.name()
    }

    fn size(&self) -> u64 {
        self.0.size() as u64
    }

    async fn bytes(&self, offset: u64, length: usize) -> Result<Vec<u8>, String> {
        let (from, to) = (offset as f64, offset as f64 + length as f64);
        let slice = self.0.slice_with_f64_and_f64(from, to).map_err(|error| said(&error))?;
        let buffer = JsFuture::from(slice.array_buffer()).await.map_err(|error| said(&error))?;
        Ok(Uint8Array::new(&buffer.unchecked_into::<ArrayBuffer>()).to_vec())
    }
}

/// The system's own sentence.
fn said(error: &wasm_bindgen::JsValue) -> String {
    let error: Option<&js_sys::Error> = error.dyn_ref();
    error.map_or_else(|| "the file cannot be read".to_owned(), |it| it.message().into())
}
