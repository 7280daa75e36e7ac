//! The line to the engine: questions out, answers in.

use crate::timings;
use futures::channel::oneshot;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use protocol::{Ask, Event, Message, Problem, Progress, Request, Response};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, MessageEvent, Worker};

type Answer = Result<Response, Problem>;

/// An answer, and the file that came with it.
type Heard = (Answer, Option<Blob>);

/// The line to the engine. A handle: copies lead to the same worker.
#[derive(Clone, Copy)]
pub struct Engine {
    line: StoredValue<Rc<Line>, LocalStorage>,
    /// Revision of the data; 0 before the engine has opened them.
    pub revision: RwSignal<u64>,
    /// Grows whenever models have become known: what shows them asks again.
    pub fits: RwSignal<u32>,
    /// What the long task that is under way does; `None`: none is.
    pub progress: RwSignal<Option<Progress>>,
    /// Questions without an answer yet.
    pub waiting: RwSignal<u32>,
    /// What failed unasked, last.
    pub trouble: RwSignal<Option<Problem>>,
    /// Why the engine cannot work any more.
    pub broken: RwSignal<Option<Problem>>,
}

struct Line {
    worker: Worker,
    next_id: Cell<u32>,
    answers: RefCell<BTreeMap<u32, oneshot::Sender<Heard>>>,
    /// Messages from before the worker listened; `None` once it does.
    held: RefCell<Option<Vec<Array>>>,
}

impl Engine {
    /// Starts the engine in its worker.
    pub fn start() -> Result<Engine, JsValue> {
        let (worker, listens) = take_worker()?;
        let line = Rc::new(Line {
            worker,
            next_id: Cell::new(1),
            answers: RefCell::default(),
            held: RefCell::new((!listens).then(Vec::new)),
        });
        let engine = Engine {
            line: StoredValue::new_local(Rc::clone(&line)),
            revision: RwSignal::new(0),
            fits: RwSignal::new(0),
            progress: RwSignal::new(None),
            waiting: RwSignal::new(0),
            trouble: RwSignal::new(None),
            broken: RwSignal::new(None),
        };
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            engine.hear(&event.data());
        });
        line.worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            let text = js_sys::Reflect::get(&event, &"message".into()).ok();
            let text = text.and_then(|it| it.as_string()).unwrap_or_default();
            // What it holds, as the turn of bringing in files, goes with it.
            engine.line.get_value().worker.terminate();
            engine.fail(&Problem::EngineStopped(text));
        });
        line.worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        Ok(engine)
    }

    /// Asks a question.
    pub async fn ask(self, request: Request) -> Answer {
        self.ask_with_files(request, &[]).await
    }

    /// Asks a question about files.
    pub async fn ask_with_files(self, request: Request, files: &[File]) -> Answer {
        self.talk(request, files).await.0
    }

    /// Asks for a file that the browser makes.
    pub async fn ask_for_file(self, request: Request) -> Result<(Response, Option<Blob>), Problem> {
        let (answer, file) = self.talk(request, &[]).await;
        Ok((answer?, file))
    }

    async fn talk(self, request: Request, files: &[File]) -> Heard {
        // Data that cannot be opened can still be erased, or unlocked.
        let is_of_closed = matches!(request, Request::EraseAll | Request::Lock(_));
        let broken = self.broken.get_untracked().filter(|_| !is_of_closed);
        if let Some(problem) = broken {
            return (Err(problem), None);
        }
        let (sender, receiver) = oneshot::channel();
        let line = self.line.get_value();
        let id = line.next_id.replace(line.next_id.get() + 1);
        line.answers.borrow_mut().insert(id, sender);
        let message =
            Array::of1(&Uint8Array::from(protocol::encode(&Ask { id, request }).as_slice()));
        for file in files {
            message.push(file);
        }
        self.waiting.update(|count| *count += 1);
        match &mut *line.held.borrow_mut() {
            Some(held) => held.push(message),
            None => self.send(&line, &message),
        }
        let answer = receiver.await.unwrap_or((Err(Problem::Cancelled), None));
        self.waiting.try_update(|count| *count -= 1);
        answer
    }

    fn send(self, line: &Line, message: &Array) {
        if line.worker.post_message(message).is_err() {
            self.fail(&Problem::EngineStopped("postMessage".to_owned()));
        }
    }

    fn hear(self, data: &JsValue) {
        let line = self.line.get_value();
        if data.is_string() {
            // "ready": somebody listens now.
            let held = line.held.take().unwrap_or_default();
            for message in &held {
                self.send(&line, message);
            }
            return;
        }
        // Bytes, or a list of them and a file.
        let list = data.dyn_ref::<Array>();
        let (bytes, file) = match list {
            Some(list) => (list.get(0), list.get(1).dyn_into::<Blob>().ok()),
            None => (data.clone(), None),
        };
        match protocol::decode::<Message>(&Uint8Array::new(&bytes).to_vec()) {
            Some(Message::Answer { id: 0, result: Err(problem) }) => self.fail(&problem),
            Some(Message::Answer { id, result }) => {
                let sender = line.answers.borrow_mut().remove(&id);
                if let Some(sender) = sender {
                    // Whoever asked may have gone to another page.
                    let _ = sender.send((result, file));
                }
            }
            Some(Message::Event(Event::Revision(revision))) => {
                if let Some(Problem::Lock(_)) = self.broken.get_untracked() {
                    // Unlocked, here or in another tab.
                    self.broken.set(None);
                }
                self.revision.set(revision);
            }
            Some(Message::Event(Event::Fitted(done))) => {
                timings::fitted(&done);
                self.fits.update(|fits| *fits += 1);
            }
            Some(Message::Event(Event::Progress(progress))) => self.progress.set(Some(progress)),
            Some(Message::Event(Event::Problem(problem))) => self.trouble.set(Some(problem)),
            None => self.fail(&Problem::OtherBuild),
        }
    }

    /// The engine is gone: everybody who waits is told why.
    fn fail(self, problem: &Problem) {
        self.broken.set(Some(problem.clone()));
        let waiting = std::mem::take(&mut *self.line.get_value().answers.borrow_mut());
        for sender in waiting.into_values() {
            let _ = sender.send((Err(problem.clone()), None));
        }
    }
}

/// The worker that `assets/start.js` has started while this program was still being loaded, and
/// whether it listens already.
fn take_worker() -> Result<(Worker, bool), JsValue> {
    let worker: Worker = js_sys::Reflect::get(&window(), &"regularsEngine".into())?.dyn_into()?;
    let listens = js_sys::Reflect::get(&worker, &"listens".into())?.is_truthy();
    Ok((worker, listens))
}
