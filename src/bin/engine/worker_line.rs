//! A line to a worker of the engine's: started when it is needed, ended whatever it does.

use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use js_sys::{Array, Reflect};
use protocol::Problem;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// What comes over the line.
pub enum Heard {
    /// The worker listens now.
    Ready,
    Message(Array),
    /// The worker does not run, or no longer.
    Broken(Problem),
    /// It was ended from here.
    Ended,
}

/// The line to a worker.
pub struct WorkerLine {
    /// Where its script is.
    address: String,
    running: RefCell<Option<Rc<Running>>>,
}

impl WorkerLine {
    /// A line to the worker whose script is at `address`.
    pub fn new(address: &str) -> WorkerLine {
        WorkerLine { address: address.to_owned(), running: RefCell::default() }
    }

    /// The worker, started with a name unless it runs.
    pub fn start(&self, name: &str) -> Result<Rc<Running>, Problem> {
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

    /// Whether the worker has been started and not ended.
    pub fn runs(&self) -> bool {
        self.running.borrow().is_some()
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
    pub heard: RefCell<Option<UnboundedReceiver<Heard>>>,
    /// It has said that it listens.
    pub listens: Cell<bool>,
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
    pub fn post(&self, message: &JsValue, moved: &Array) -> Result<(), Problem> {
        let posted = self.worker.post_message_with_transfer(message, moved);
        posted.map_err(|error| stopped(&error))
    }
}

/// The worker does not run.
fn stopped(error: &JsValue) -> Problem {
    Problem::ReaderStopped(words_of(error))
}

/// The browser's own sentence, empty if it has none.
pub fn words_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|it| it.as_string());
    message.unwrap_or_default()
}
