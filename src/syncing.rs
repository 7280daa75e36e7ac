//! The line to the program that syncs. It runs only where sync is set up, or while it is being set up.
//!
//! All of it is in the part of the data screen: a page that does not sync loads none of it to open.

use crate::build_id::BUILD;
use crate::offline::allow_connection;
use crate::remembered::{remember, remembered};
use crate::timings::now_ms;
use futures::channel::oneshot;
use js_sys::Uint8Array;
use leptos::ev::visibilitychange;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::sync::{SyncAnswer, SyncAsk, SyncMessage, SyncPhase, SyncTrouble, SyncView};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Url, Worker, WorkerOptions, WorkerType};

/// Remembers that sync is set up in this browser, and nothing of where or how.
const ON_KEY: &str = "regulars.sync";
const ON: &str = "on";

/// A program that has just been started gets the turn of syncing only when the browser has taken it
/// from one that was ended; who has it after that is another tab.
const TURN_TAKES: Duration = Duration::from_secs(2);
/// How often it is asked again until then.
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// What comes of a question.
pub type Answer = Result<SyncAnswer, SyncTrouble>;

/// The line to the program that syncs. A handle: all lead to the one of the page.
#[derive(Clone)]
pub struct Syncing(Rc<Line>);

thread_local! {
    static LINE: Rc<Line> = Rc::new(Line::new());
}

struct Line {
    /// How sync stands, as was heard last.
    view: ArcRwSignal<SyncView>,
    /// Whether it is set up here.
    on: ArcRwSignal<bool>,
    next_id: Cell<u32>,
    answers: RefCell<BTreeMap<u32, oneshot::Sender<Answer>>>,
    /// Messages from before the worker listened; `None` once it does.
    held: RefCell<Option<Vec<Uint8Array>>>,
    running: RefCell<Option<Running>>,
    /// The origin for which the running worker was started.
    origin: RefCell<Option<String>>,
    /// How often it was heard how sync stands.
    states: Cell<u32>,
    /// When the worker was started, in milliseconds since the navigation began.
    started_ms: Cell<f64>,
    /// Leaving is listened for.
    watches: Cell<bool>,
}

/// A worker and what listens to it.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(web_sys::Event)>,
}

impl Line {
    fn new() -> Line {
        Line {
            view: ArcRwSignal::new(SyncView::default()),
            on: ArcRwSignal::new(remembered(ON_KEY).as_deref() == Some(ON)),
            next_id: Cell::new(1),
            answers: RefCell::default(),
            held: RefCell::default(),
            running: RefCell::default(),
            origin: RefCell::default(),
            states: Cell::new(0),
            started_ms: Cell::new(0.0),
            watches: Cell::new(false),
        }
    }

    fn runs(&self) -> bool {
        self.running.borrow().is_some()
    }

    /// Whether the worker may still get the turn that it does not have.
    fn has_just_started(&self) -> bool {
        now_ms() < self.started_ms.get() + TURN_TAKES.as_millis() as f64
    }

    /// Ends the worker, whatever it does; what it was asked is answered by nobody.
    fn stop(&self) {
        if let Some(running) = self.running.take() {
            running.worker.terminate();
            // What it has sent already would come to nobody.
            running.worker.set_onmessage(None);
            running.worker.set_onerror(None);
        }
        self.answers.take();
        self.origin.take();
    }

    /// The program does not run, or is not of this build: whoever waits is told.
    fn fail(&self) {
        let waiting = self.answers.take();
        self.stop();
        for sender in waiting.into_values() {
            let _ = sender.send(Err(SyncTrouble::OtherBuild));
        }
        self.view.update(|view| view.phase = SyncPhase::Stopped(SyncTrouble::OtherBuild));
    }

    fn send(&self, ask: &SyncAsk) -> oneshot::Receiver<Answer> {
        let (sender, receiver) = oneshot::channel();
        let id = self.next_id.replace(self.next_id.get() + 1);
        let message = Uint8Array::from(protocol::encode(&(id, ask)).as_slice());
        self.answers.borrow_mut().insert(id, sender);
        match &mut *self.held.borrow_mut() {
            Some(held) => held.push(message),
            None => self.post(&message),
        }
        receiver
    }

    /// A message that cannot be posted is of a worker that has failed, and is told by its error.
    fn post(&self, message: &Uint8Array) {
        if let Some(running) = &*self.running.borrow() {
            let _ = running.worker.post_message(message);
        }
    }

    fn set_on(&self, is_on: bool) {
        if self.on.get_untracked() != is_on {
            remember(ON_KEY, is_on.then_some(ON));
            self.on.set(is_on);
        }
    }
}

impl Syncing {
    /// Of this page. Where sync is set up its program is started.
    pub fn here() -> Syncing {
        let syncing = Syncing(LINE.with(Rc::clone));
        if syncing.is_set_up() {
            syncing.start();
        }
        syncing
    }

    /// How sync stands.
    pub fn view(&self) -> RwSignal<SyncView> {
        self.0.view.clone().into()
    }

    /// Whether it is set up in this browser, known before its program has said a word.
    pub fn is_on(&self) -> RwSignal<bool> {
        self.0.on.clone().into()
    }

    /// The same at this moment.
    pub fn is_set_up(&self) -> bool {
        self.0.on.get_untracked()
    }

    /// Asks a question.
    pub async fn ask(self, ask: SyncAsk) -> Answer {
        self.start();
        loop {
            if !self.0.runs() {
                return Err(SyncTrouble::OtherBuild);
            }
            // Whoever ends the program leaves what it was asked.
            let answer = self.0.send(&ask).await.unwrap_or(Err(SyncTrouble::Off));
            if answer != Err(SyncTrouble::InAnotherTab) || !self.0.has_just_started() {
                return answer;
            }
            pause(ASK_AGAIN).await;
        }
    }

    /// Asks something of a server that is not the one in use. The rules of a worker are those of its
    /// start, so that another server takes another worker.
    pub async fn ask_of(self, url: &str, ask: SyncAsk) -> Answer {
        let origin = Url::new(url).ok().map(|it| it.origin());
        let is_same = origin.is_some() && *self.0.origin.borrow() == origin;
        if !is_same || !self.0.runs() {
            self.0.stop();
            // Where it may not be reached the test of it says so.
            allow_connection(origin.as_deref()).await;
            self.0.origin.replace(origin);
        }
        self.ask(ask).await
    }

    /// Ends sync on this device.
    pub async fn end(self) -> Result<(), SyncTrouble> {
        self.clone().ask(SyncAsk::End).await?;
        self.0.stop();
        self.0.set_on(false);
        self.0.view.set(SyncView::default());
        allow_connection(None).await;
        Ok(())
    }

    /// Has the program, where sync is set up, open the data anew.
    pub fn restart(&self) {
        self.0.stop();
        if self.is_set_up() {
            self.start();
        }
    }

    fn start(&self) {
        if self.0.runs() {
            return;
        }
        self.0.held.replace(Some(Vec::new()));
        match self.worker() {
            Ok(running) => _ = self.0.running.replace(Some(running)),
            Err(_) => return self.0.fail(),
        }
        self.0.started_ms.set(now_ms());
        self.watch_leaving();
        let (line, greeted) =
            (Rc::clone(&self.0), self.0.send(&SyncAsk::Hello { build: BUILD.to_owned() }));
        spawn_local(async move {
            if let Ok(Err(_)) = greeted.await {
                line.fail();
            }
        });
    }

    fn worker(&self) -> Result<Running, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address()?, &options)?;
        let hearing = self.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            hearing.hear(&event.data());
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let failing = self.clone();
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |_| failing.fail_later());
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Running { worker, _on_message: on_message, _on_error: on_error })
    }

    /// What listens to a worker is let go of once it is through.
    fn fail_later(&self) {
        let line = Rc::clone(&self.0);
        spawn_local(async move { line.fail() });
    }

    fn hear(&self, data: &JsValue) {
        if data.is_string() {
            // "ready": somebody listens now.
            for message in self.0.held.take().unwrap_or_default() {
                self.0.post(&message);
            }
            return;
        }
        match protocol::decode::<SyncMessage>(&Uint8Array::new(data).to_vec()) {
            Some(SyncMessage::Answer { id, result }) => {
                let sender = self.0.answers.borrow_mut().remove(&id);
                if let Some(sender) = sender {
                    // Whoever asked may have gone to another page.
                    let _ = sender.send(result);
                }
            }
            Some(SyncMessage::State(view)) => self.stands(*view),
            // Only another build speaks otherwise.
            None => self.fail_later(),
        }
    }

    /// How sync stands now.
    fn stands(&self, view: SyncView) {
        let state = self.0.states.get() + 1;
        self.0.states.set(state);
        if view.phase == SyncPhase::InAnotherTab && self.0.has_just_started() {
            // It is so for a moment wherever a program starts.
            let later = self.clone();
            spawn_local(async move {
                pause(TURN_TAKES).await;
                if later.0.states.get() == state {
                    later.stands(view);
                }
            });
            return;
        }
        if let Some(place) = &view.place {
            self.0.set_on(true);
            let is_barred =
                matches!(&view.phase, SyncPhase::Waiting { trouble: SyncTrouble::Unreachable, .. });
            if is_barred && self.0.origin.borrow().is_none() {
                spawn_local(self.clone().allow_again(place.url.clone()));
            }
        } else if view.phase == SyncPhase::Off {
            self.0.set_on(false);
        }
        self.0.view.set(view);
    }

    /// The browser may have forgotten where the program may connect to, as when it has cleared its caches:
    /// a server that cannot be reached is allowed once more in each visit, and the program begins anew.
    async fn allow_again(self, url: String) {
        let origin = Url::new(&url).ok().map(|it| it.origin());
        self.0.origin.replace(origin.clone());
        if allow_connection(origin.as_deref()).await && self.0.answers.borrow().is_empty() {
            self.0.stop();
            self.0.origin.replace(origin);
            self.start();
        }
    }

    /// Has what waits told to the server when the page goes out of sight: it may not come back.
    fn watch_leaving(&self) {
        if self.0.watches.replace(true) {
            return;
        }
        let line = Rc::clone(&self.0);
        // For as long as the page is there.
        let _ = window_event_listener(visibilitychange, move |_| {
            if document().hidden() && line.runs() && line.on.get_untracked() {
                drop(line.send(&SyncAsk::Leaving));
            }
        });
    }
}

/// Waits so long.
async fn pause(time: Duration) {
    let (sender, receiver) = oneshot::channel();
    set_timeout(move || _ = sender.send(()), time);
    let _ = receiver.await;
}

/// Where the program is: a release names it by its content.
fn address() -> Result<String, JsValue> {
    let named = document().query_selector("meta[name=syncer]")?;
    let name = named.and_then(|it| it.get_attribute("content")).unwrap_or_default();
    if name.is_empty() {
        return Err(JsValue::UNDEFINED);
    }
    let base = document().base_uri()?.unwrap_or_default();
    Ok(Url::new_with_base(&name, &base)?.href())
}

/// What machines know a phase by.
pub fn phase_code(phase: &SyncPhase) -> &'static str {
    match phase {
        SyncPhase::Off => "off",
        SyncPhase::InAnotherTab => "elsewhere",
        SyncPhase::Syncing => "syncing",
        SyncPhase::Idle => "idle",
        SyncPhase::Paused => "paused",
        SyncPhase::Waiting { .. } => "waiting",
        SyncPhase::Stopped(_) => "stopped",
    }
}
