//! Files through the whole of the crate, as the worker reads them.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

mod encodings;
mod reading;
mod told;

use encoding_rs::Encoding;
use model::{Currency, ShopDay};
use pollster::block_on;
use protocol::Progress;
use reader::{Foreign, Reading, Source, Task, Transcode, Watcher, read_file};
use std::cell::{Cell, RefCell};

/// A file in memory.
struct Bytes<'a>(&'a [u8]);

impl Source for Bytes<'_> {
    fn name(&self) -> String {
        "orders.csv".to_owned()
    }

    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    async fn bytes(&self, offset: u64, length: usize) -> Result<Vec<u8>, String> {
        let from = (offset as usize).min(self.0.len());
        Ok(self.0[from..(from + length).min(self.0.len())].to_vec())
    }

    fn transcoder(&self, encoding: Foreign) -> Option<Box<dyn Transcode>> {
        let encoding = Encoding::for_label(encoding.label().as_bytes())?;
        Some(Box::new(Decoder(encoding.new_decoder_with_bom_removal())))
    }
}

/// In place of the browser's own.
struct Decoder(encoding_rs::Decoder);

impl Transcode for Decoder {
    fn transcode(&mut self, block: &[u8], at_end: bool, out: &mut String) {
        out.reserve(self.0.max_utf8_buffer_length(block.len()).unwrap());
        let _ = self.0.decode_to_string(block, out, at_end);
    }
}

/// Whose clock goes a second at every look, and who has enough after some news.
#[derive(Default)]
struct Patience {
    looks: Cell<u32>,
    heard: RefCell<Vec<Progress>>,
    most_news: Option<usize>,
}

impl Watcher for Patience {
    fn stopwatch_ms(&self) -> f64 {
        self.looks.set(self.looks.get() + 1);
        f64::from(self.looks.get()) * 1_000.0
    }

    fn progress(&self, progress: Progress) {
        self.heard.borrow_mut().push(progress);
    }

    fn cancelled(&self) -> bool {
        self.most_news.is_some_and(|most| self.heard.borrow().len() >= most)
    }
}

fn task() -> Task {
    Task {
        country: "US".to_owned(),
        currency: Currency::USD,
        today: ShopDay::from_ymd(2026, 11, 22).unwrap(),
        ignored_keys: Vec::new(),
        answers: Vec::new(),
        remembered: Vec::new(),
        only_head: false,
    }
}

fn read(bytes: &[u8]) -> Reading {
    block_on(read_file(&Bytes(bytes), &task(), &Patience::default())).unwrap()
}
