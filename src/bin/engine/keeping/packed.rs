//! Texts packed and unpacked by the browser as they come, so that memory never holds a whole one.

use super::{unable, words};
use js_sys::{Promise, Reflect, Uint8Array};
use protocol::Problem;
use store::{BackupError, Sink, Source};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ReadableStream, ReadableStreamDefaultReader, Response, WritableStream,
    WritableStreamDefaultWriter,
};

/// The first bytes of what gzip has packed.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The packer gets so many bytes at once.
const PIECE_BYTES: usize = 1 << 18;

#[wasm_bindgen]
extern "C" {
    /// Of the Compression Streams standard, which the bindings do not have yet.
    type CompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &CompressionStream) -> ReadableStream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &CompressionStream) -> WritableStream;

    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// A text on its way into a file.
pub struct Packing {
    writer: WritableStreamDefaultWriter,
    packed: Promise,
    piece: Vec<u8>,
}

impl Packing {
    /// Starts a packer.
    pub fn begin() -> Result<Packing, JsValue> {
        let gzip = CompressionStream::new("gzip")?;
        // The browser collects what comes out, on disk if it is much.
        let packed = Response::new_with_opt_readable_stream(Some(&gzip.readable()))?.blob()?;
        let writer = gzip.writable().get_writer()?;
        Ok(Packing { writer, packed, piece: Vec::with_capacity(PIECE_BYTES) })
    }

    /// The file, once all is in it.
    pub async fn finish(mut self) -> Result<Blob, JsValue> {
        self.flush().await?;
        JsFuture::from(self.writer.close()).await?;
        Ok(JsFuture::from(self.packed).await?.unchecked_into())
    }

    async fn flush(&mut self) -> Result<(), JsValue> {
        let piece = Uint8Array::from(self.piece.as_slice());
        self.piece.clear();
        JsFuture::from(self.writer.write_with_chunk(&piece)).await.map(drop)
    }
}

impl Sink for Packing {
    async fn write(&mut self, text: &[u8]) -> Result<(), String> {
        self.piece.extend_from_slice(text);
        if self.piece.len() < PIECE_BYTES {
            return Ok(());
        }
        self.flush().await.map_err(|error| words(&error))
    }
}

/// A text on its way out of a file, packed or not.
pub struct Unpacking {
    reader: ReadableStreamDefaultReader,
    packed: bool,
    /// Bytes of the text, if the file tells.
    pub text_size: Option<u64>,
}

impl Unpacking {
    /// Starts to read a file.
    pub async fn open(file: &Blob) -> Result<Unpacking, Problem> {
        let end = file.size();
        let head = bytes(file, 0.0, GZIP.len() as f64).await.map_err(|error| unable(&error))?;
        let packed = head == GZIP;
        let stream = file.stream();
        if !packed {
            let reader = reader_of(&stream);
            return Ok(Unpacking { reader, packed, text_size: Some(end as u64) });
        }
        let ungzip = DecompressionStream::new("gzip").map_err(|error| unable(&error))?;
        let text = stream.pipe_through(ungzip.unchecked_ref());
        // The last four bytes are the size of what was packed.
        let tail = bytes(file, (end - 4.0).max(0.0), end).await.map_err(|error| unable(&error))?;
        let size = <[u8; 4]>::try_from(tail.as_slice()).map(u32::from_le_bytes);
        let text_size = size.ok().map(u64::from);
        Ok(Unpacking { reader: reader_of(&text), packed, text_size })
    }
}

impl Source for Unpacking {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BackupError> {
        match JsFuture::from(self.reader.read()).await {
            Ok(step) => Ok(piece_of(&step)),
            // What is packed ends before its end, or its own checksum does not fit.
            Err(error) if self.packed && error.has_type::<js_sys::TypeError>() => {
                Err(BackupError::Damaged { line: 0, detail: words(&error) })
            }
            Err(error) => Err(BackupError::File(words(&error))),
        }
    }
}

fn reader_of(stream: &ReadableStream) -> ReadableStreamDefaultReader {
    stream.get_reader().unchecked_into()
}

/// What a step of a stream brings; `None`: it is done.
fn piece_of(step: &JsValue) -> Option<Vec<u8>> {
    let value = Reflect::get(step, &"value".into()).ok()?;
    value.dyn_into::<Uint8Array>().ok().map(|piece| piece.to_vec())
}

/// Some bytes of a file.
pub async fn bytes(file: &Blob, from: f64, to: f64) -> Result<Vec<u8>, JsValue> {
    let slice = file.slice_with_f64_and_f64(from, to)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
