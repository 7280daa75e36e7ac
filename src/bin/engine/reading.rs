//! The line to the worker that reads files. That worker lives from the moment when files are
//! expected until they have been read: the memory that it took is then given back.

use engine::SourceFile;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use js_sys::{Array, Reflect, Uint8Array};
use protocol::Problem;
use reader::parts::{Joining, News};
use reader::{Reading, Task, Watcher};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Name of a worker that is started before there is a file.
const REHEARSE: &str = "rehearse";

/// A file that was dropped, and the line to whom reads it.
pub struct DroppedFile {
    pub file: File,
    pub line: Rc<ReaderLine>,
}

impl SourceFile for DroppedFile {
    async fn read(&self, task: &Task, watcher: &impl Watcher) -> Result<Reading, Problem> {
        if watcher.cancelled() {
            return Err(Problem::Cancelled);
        }
        let running = self.line.start("")?;
        let mut heard = running.heard.take().ok_or(Problem::Cancelled)?;
        let reading = self.read_with(&running, &mut heard, task, watcher).await;
        running.heard.replace(Some(heard));
        reading
    }
}

impl DroppedFile {
    async fn read_with(
        &self,
        running: &Running,
        heard: &mut UnboundedReceiver<Heard>,
        task: &Task,
        watcher: &impl Watcher,
    ) -> Result<Reading, Problem> {
        let file = &self.file;
        let task = Array::of3(
            &Uint8Array::from(protocol::encode(task).as_slice()),
            &file.name().into(),
            &file.size().into(),
        );
        if running.listens.get() {
            running.post(&task, &Array::new())?;
        }
        let mut joining = None;
        loop {
            let message = match heard.next().await {
                Some(Heard::Ready) => {
                    running.listens.set(true);
                    running.post(&task, &Array::new())?;
                    continue;
                }
                Some(Heard::Message(message)) => message,
                Some(Heard::Broken(problem)) => return Err(problem),
                Some(Heard::Ended) | None => return Err(Problem::Cancelled),
            };
            match protocol::decode(&Uint8Array::new(&message.get(0)).to_vec()) {
                Some(News::Wants { offset, length }) => {
                    let block = self.block(offset, length).await?;
                    running.post(&block, &Array::of1(&block.buffer()))?;
                }
                Some(News::Progress(progress)) => watcher.progress(progress),
                Some(News::Failed(problem)) => return Err(problem),
                Some(News::Read { head, memory }) => {
                    self.line.memory.set(memory);
                    joining = Some(Joining::new(*head));
                }
                Some(News::Chunk) => {
                    let joining = joining.as_mut().ok_or(Problem::OtherBuild)?;
                    joining.join(&Uint8Array::new(&message.get(1)).to_vec())?;
                }
                None => return Err(Problem::OtherBuild),
            }
            if let Some(whole) = joining.take_if(|it| it.is_whole()) {
                return whole.finish();
            }
        }
    }

    async fn block(&self, offset: u64, length: usize) -> Result<Uint8Array, Problem> {
        let unreadable = |error: JsValue| Problem::FileUnreadable {
            name: self.file.name(),
            detail: words_of(&error),
        };
        let (from, to) = (offset as f64, offset as f64 + length as f64);
        let slice = self.file.slice_with_f64_and_f64(from, to).map_err(unreadable)?;
        let buffer = JsFuture::from(slice.array_buffer()).await.map_err(unreadable)?;
        Ok(Uint8Array::new(&buffer))
    }
}

/// What comes over the line.
enum Heard {
    /// The worker listens now.
    Ready,
    Message(Array),
    /// The worker does not run, or no longer.
    Broken(Problem),
    /// It was ended from here.
    Ended,
}

/// The line to the worker that reads files.
pub struct ReaderLine {
    /// Where its script is.
    address: String,
    running: RefCell<Option<Rc<Running>>>,
    /// Memory that the last reading took, in bytes.
    pub memory: Cell<u64>,
}

impl ReaderLine {
    /// A line to the worker whose script is at `address`.
    pub fn new(address: String) -> ReaderLine {
        ReaderLine { address, running: RefCell::default(), memory: Cell::default() }
    }

    /// Starts the worker ahead of the files, so that it can rehearse.
    pub fn expect(&self) -> Result<(), Problem> {
        self.start(REHEARSE).map(|_| ())
    }

    /// The worker, started with a name unless it runs.
    fn start(&self, name: &str) -> Result<Rc<Running>, Problem> {
        let known = self.running.borrow().clone();
        match known {
            Some(running) if !running.broken.get() => Ok(running),
            _ => {
                self.end();
                let started = Running::start(&self.address, name);
                let started = Rc::new(started.map_err(|error| stopped(&error))?);
                self.running.replace(Some(Rc::clone(&started)));
                Ok(started)
            }
        }
    }

    /// Ends the worker, whatever it does.
    pub fn end(&self) {
        if let Some(running) = self.running.take() {
            running.worker.terminate();
            // What it has sent already would come to nobody.
            running.worker.set_onmessage(None);
            running.worker.set_onerror(None);
            let _ = running.says.unbounded_send(Heard::Ended);
        }
    }
}

/// A worker that was started.
pub struct Running {
    worker: Worker,
    says: UnboundedSender<Heard>,
    /// `None`: somebody is waiting at it.
    heard: RefCell<Option<UnboundedReceiver<Heard>>>,
    listens: Cell<bool>,
    /// It could not be started, or has stopped.
    broken: Rc<Cell<bool>>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(web_sys::Event)>,
}

impl Running {
    fn start(address: &str, name: &str) -> Result<Running, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(name);
        let worker = Worker::new_with_options(address, &options)?;
        let (says, heard) = unbounded();
        let to_line = says.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            let is_ready = data.is_string();
            let heard = if is_ready { Heard::Ready } else { Heard::Message(data.unchecked_into()) };
            let _ = to_line.unbounded_send(heard);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let broken = Rc::new(Cell::new(false));
        let (to_line, is_broken) = (says.clone(), Rc::clone(&broken));
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            // Otherwise it would count as the engine's own.
            event.prevent_default();
            is_broken.set(true);
            let _ = to_line.unbounded_send(Heard::Broken(stopped(&event)));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Running {
            worker,
            says,
            heard: RefCell::new(Some(heard)),
            listens: Cell::default(),
            broken,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Sends a message; the buffers of `moved` go over without a copy.
    fn post(&self, message: &JsValue, moved: &Array) -> Result<(), Problem> {
        let posted = self.worker.post_message_with_transfer(message, moved);
        posted.map_err(|error| stopped(&error))
    }
}

/// The reader does not run.
fn stopped(error: &JsValue) -> Problem {
    Problem::ReaderStopped(words_of(error))
}

/// The browser's own sentence, empty if it has none.
fn words_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|it| it.as_string());
    message.unwrap_or_default()
}
