//! The dropped file, as this worker sees it: the engine hands its blocks over.
//!
//! A worker that reads a file itself stands still while its browser copies the block: 150 ms of
//! 70 MB. The engine has nothing else to do meanwhile.

use crate::tell;
use js_sys::Uint8Array;
use reader::parts::News;
use reader::{Foreign, Source, Transcode};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use web_sys::{TextDecodeOptions, TextDecoder};

/// The dropped file.
pub struct RemoteFile {
    name: String,
    size: u64,
    blocks: Rc<Blocks>,
}

impl RemoteFile {
    /// The file whose blocks will come.
    pub fn new(name: String, size: u64, blocks: Rc<Blocks>) -> RemoteFile {
        RemoteFile { name, size, blocks }
    }
}

impl Source for RemoteFile {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn size(&self) -> u64 {
        self.size
    }

    async fn bytes(&self, offset: u64, length: usize) -> Result<Vec<u8>, String> {
        tell(&News::Wants { offset, length });
        // If the block cannot be read the engine knows why, and ends this worker.
        Ok(self.blocks.next().await.to_vec())
    }

    fn transcoder(&self, encoding: Foreign) -> Option<Box<dyn Transcode>> {
        let decoder = TextDecoder::new_with_label(encoding.label()).ok()?;
        Some(Box::new(BrowserDecoder(decoder)))
    }
}

/// The browser's own decoder, in the middle of a file.
struct BrowserDecoder(TextDecoder);

impl Transcode for BrowserDecoder {
    fn transcode(&mut self, block: &[u8], at_end: bool, out: &mut String) {
        let options = TextDecodeOptions::new();
        options.set_stream(!at_end);
        // Fails only where it is told to at the first wrong byte; it is not.
        if let Ok(text) = self.0.decode_with_u8_array_and_options(block, &options) {
            out.push_str(&text);
        }
    }
}

/// The block that was asked for, once it is here. There is never more than one.
#[derive(Default)]
pub struct Blocks {
    here: Cell<Option<Uint8Array>>,
    waiting: RefCell<Option<Waker>>,
}

impl Blocks {
    /// The block is here.
    pub fn put(&self, block: Uint8Array) {
        self.here.set(Some(block));
        if let Some(waker) = self.waiting.take() {
            waker.wake();
        }
    }

    async fn next(&self) -> Uint8Array {
        poll_fn(|context| {
            if let Some(block) = self.here.take() {
                return Poll::Ready(block);
            }
            self.waiting.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }
}
