//! Reads dropped files in a worker of its own; `crates/reader` says why.
//!
//! A message is a list: the bytes of a [`Task`], then the file. What comes back are lists too: the
//! bytes of [`News`], then, of a file that was read, its chunks.

mod file;

use file::DroppedFile;
use js_sys::{Array, Uint8Array};
use protocol::{Problem, Progress};
use reader::parts::{self, News};
use reader::{Task, Watcher, read_file};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Performance};

fn main() {
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let parts = Array::from(&event.data());
        let task = protocol::decode::<Task>(&Uint8Array::new(&parts.get(0)).to_vec());
        let file = DroppedFile(parts.get(1).unchecked_into());
        spawn_local(async move {
            match task {
                Some(task) => answer(&file, &task).await,
                None => tell(&News::Failed(Problem::OtherBuild), Vec::new()),
            }
        });
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The engine holds its messages back until it hears that somebody listens.
    let _ = scope().post_message(&JsValue::from_str("ready"));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

async fn answer(file: &DroppedFile, task: &Task) {
    let engine = Listening(scope().performance());
    let taken_apart = match read_file(file, task, &engine).await {
        Ok(reading) => {
            let (head, chunks) = parts::take_apart(reading);
            let chunks = chunks.map(|chunk| chunk.map(|bytes| Uint8Array::from(bytes.as_slice())));
            chunks.collect::<Result<Vec<_>, _>>().map(|chunks| (head, chunks))
        }
        Err(problem) => Err(problem),
    };
    match taken_apart {
        Ok((head, chunks)) => tell(&News::Read { head: Box::new(head), memory: memory() }, chunks),
        Err(problem) => tell(&News::Failed(problem), Vec::new()),
    }
}

/// Memory that this program holds, in bytes. It never gives any back before it ends.
fn memory() -> u64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    u64::from(buffer.byte_length())
}

/// Sends news to the engine; the chunks move without a copy.
fn tell(news: &News, chunks: Vec<Uint8Array>) {
    let list = Array::of1(&Uint8Array::from(protocol::encode(news).as_slice()));
    let moved = Array::new();
    for chunk in chunks {
        moved.push(&chunk.buffer());
        list.push(&chunk);
    }
    // Fails only for things that cannot be cloned; bytes can.
    let _ = scope().post_message_with_transfer(&list, &moved);
}

/// The engine, which ends this worker when the user wants it to stop.
struct Listening(Option<Performance>);

impl Watcher for Listening {
    fn stopwatch_ms(&self) -> f64 {
        self.0.as_ref().map_or(0.0, Performance::now)
    }

    fn progress(&self, progress: Progress) {
        tell(&News::Progress(progress), Vec::new());
    }

    fn cancelled(&self) -> bool {
        false
    }
}
