//! Reads dropped files in a worker of its own; `crates/reader` says why.
//!
//! A message that begins a file is a list: the bytes of a [`Task`], the file's name, its size. Every
//! other is the block that was asked for. What goes out are lists too: the bytes of [`News`], and
//! with [`News::Chunk`] the chunk.

mod file;
mod rehearsal;
#[path = "../../wasm_memory.rs"]
mod wasm_memory;

use file::RemoteFile;
use js_sys::{Array, Uint8Array};
use protocol::{Problem, Progress};
use reader::parts::{News, take_apart};
use reader::{Task, Watcher, read_file};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Performance};

fn main() {
    let blocks = Rc::new(file::Blocks::default());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        match event.data().dyn_into::<Array>() {
            Ok(parts) => begin(&parts, &blocks),
            Err(block) => blocks.put(block.unchecked_into()),
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The engine holds its messages back until it hears that somebody listens.
    let _ = scope().post_message(&JsValue::from_str("ready"));
    // Named so: nobody waits for a file yet.
    if scope().name() == "rehearse" {
        spawn_local(rehearsal::run());
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn begin(parts: &Array, blocks: &Rc<file::Blocks>) {
    let task = protocol::decode::<Task>(&Uint8Array::new(&parts.get(0)).to_vec());
    let file = RemoteFile::new(
        parts.get(1).as_string().unwrap_or_default(),
        parts.get(2).as_f64().unwrap_or_default() as u64,
        Rc::clone(blocks),
    );
    spawn_local(async move {
        let answered = match task {
            Some(task) => answer(&file, &task).await,
            None => Err(Problem::OtherBuild),
        };
        if let Err(problem) = answered {
            tell(&News::Failed(problem));
        }
    });
}

async fn answer(file: &RemoteFile, task: &Task) -> Result<(), Problem> {
    let reading = read_file(file, task, &Listening(scope().performance())).await?;
    let (head, chunks) = take_apart(reading);
    tell(&News::Read { head: Box::new(head), memory: wasm_memory::bytes() });
    for chunk in chunks {
        send(&News::Chunk, Some(Uint8Array::from(chunk?.as_slice())));
    }
    Ok(())
}

/// Tells the engine something.
fn tell(news: &News) {
    send(news, None);
}

/// Tells the engine something; a chunk moves without a copy.
fn send(news: &News, chunk: Option<Uint8Array>) {
    let list = Array::of1(&Uint8Array::from(protocol::encode(news).as_slice()));
    let moved = Array::new();
    if let Some(chunk) = chunk {
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
        tell(&News::Progress(progress));
    }

    fn cancelled(&self) -> bool {
        false
    }
}
