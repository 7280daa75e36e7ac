//! The engine in its worker: takes messages in, hands answers out, one question at a time.
//!
//! A message is a list: the bytes of an [`Ask`], then the files that come with it. Questions are
//! answered in the order of arrival; a wish to stop is heard at once. When none is left for a while,
//! models are fitted aside; what needs them is put aside until they are there.

mod backend;
mod browser;
#[path = "../../build_id.rs"]
mod build_id;
mod cipher;
mod fitting;
mod keeping;
mod keyring;
mod locking;
mod names;
mod opening;
mod parts;
mod reading;
mod turn;
mod unlocking;
mod unpacking;
#[path = "../../wasm_memory.rs"]
mod wasm_memory;
mod worker_line;
mod zones;

use backend::AnyBackend;
use browser::{Browser, pause};
use engine::{Engine, Host, Part};
use fitting::ModellerLine;
use js_sys::{Array, Uint8Array};
use keyring::Keyring;
use opening::Opening;
use protocol::{Ask, LockFault, Message, Problem, Request, Response};
use reading::{DroppedFile, ReaderLine};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use unpacking::UnpackerLine;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BroadcastChannel, DedicatedWorkerGlobalScope, File, MessageEvent};

/// When nothing has been asked for so many milliseconds, models are fitted.
const IDLE_AFTER_MS: i32 = 500;

/// The key is waited for so many milliseconds, if another tab has it.
const KEY_LATE_MS: i32 = 250;

/// Something to do.
enum Job {
    /// Opens the data before anybody asks: the page is still being put together meanwhile.
    Open,
    Answer(Ask, Vec<File>),
    /// Works out what the page was told from the last visit.
    WorkOutTold,
    /// Another tab has written.
    Refresh,
    /// Nothing has been asked for a while.
    Idle,
    /// A fit of models has ended.
    Fitted,
}

type ShopEngine = Engine<AnyBackend, Browser, DroppedFile>;

/// The worker: its queue, and the engine once it is open.
struct Worker {
    jobs: RefCell<VecDeque<Job>>,
    /// Questions that wait for a fit.
    aside: RefCell<Vec<Ask>>,
    running: Cell<bool>,
    /// How often all jobs were done: who waits for a pause knows by it that there was none.
    pauses: Cell<u32>,
    cancelled: Rc<Cell<bool>>,
    /// Files are being read under answers; under others there is no need to go on.
    rereading: Cell<bool>,
    channel: Option<BroadcastChannel>,
    reader: Rc<ReaderLine>,
    unpacker: UnpackerLine,
    modeller: Rc<ModellerLine>,
    engine: RefCell<Option<ShopEngine>>,
    /// What the page gets while the data are loaded.
    opening: Opening,
    /// Why the data could not be opened before anybody asked.
    failed: RefCell<Option<Problem>>,
    /// The backup that is being looked at.
    desk: Rc<keeping::Desk>,
    keys: Rc<Keyring>,
    /// Where the data are, once they are open.
    backend: RefCell<Option<AnyBackend>>,
}

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // The page names the engine by where the scripts of the others are, blanks between them.
    let name = scope.name();
    let mut scripts = name.split(' ');
    let mut script = || scripts.next().unwrap_or_default();
    let (reader, unpacker, modeller) = (script(), script(), script());
    let worker = Rc::new_cyclic(|worker: &Weak<Worker>| Worker {
        jobs: RefCell::default(),
        aside: RefCell::default(),
        running: Cell::new(false),
        pauses: Cell::new(0),
        cancelled: Rc::default(),
        rereading: Cell::new(false),
        channel: BroadcastChannel::new(turn::CHANNEL).ok(),
        reader: Rc::new(ReaderLine::new(reader)),
        unpacker: UnpackerLine::new(unpacker),
        modeller: Rc::new(ModellerLine::new(modeller, {
            let worker = Weak::clone(worker);
            move || {
                if let Some(worker) = worker.upgrade() {
                    Worker::enqueue(&worker, Job::Fitted);
                }
            }
        })),
        engine: RefCell::new(None),
        opening: Opening::default(),
        failed: RefCell::default(),
        desk: Rc::default(),
        keys: Keyring::new(KEY_LATE_MS, true, {
            let worker = Weak::clone(worker);
            move |news| {
                if let Some(worker) = worker.upgrade() {
                    Worker::hear(&worker, news);
                }
            }
        }),
        backend: RefCell::default(),
    });
    let for_page = Rc::clone(&worker);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        Worker::take(&for_page, &event.data());
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    if let Some(channel) = &worker.channel {
        let for_tabs = Rc::clone(&worker);
        let on_news = Closure::<dyn Fn(MessageEvent)>::new(move |_| {
            // One that waits will read all that was written until then.
            if !for_tabs.jobs.borrow().iter().any(|job| matches!(job, Job::Refresh)) {
                Worker::enqueue(&for_tabs, Job::Refresh);
            }
        });
        channel.set_onmessage(Some(on_news.as_ref().unchecked_ref()));
        on_news.forget();
    }
    // The page holds its messages back until it hears that somebody listens.
    let _ = scope.post_message(&JsValue::from_str("ready"));
    Worker::enqueue(&worker, Job::Open);
}

impl Worker {
    fn take(this: &Rc<Worker>, message: &JsValue) {
        let parts = Array::from(message);
        let bytes = Uint8Array::new(&parts.get(0)).to_vec();
        let Some(ask) = protocol::decode::<Ask>(&bytes) else {
            browser::post(&Message::Answer { id: 0, result: Err(Problem::OtherBuild) });
            return;
        };
        if ask.request == Request::Abandon {
            this.cancelled.set(true);
            this.reader.end();
            this.unpacker.end();
        }
        if matches!(ask.request, Request::Preview(..) | Request::Answer(_)) && this.rereading.get()
        {
            this.reader.end();
        }
        if this.opening.answer(&ask) {
            return;
        }
        let files = parts.iter().skip(1).map(JsCast::unchecked_into).collect();
        Worker::enqueue(this, Job::Answer(ask, files));
    }

    fn enqueue(this: &Rc<Worker>, job: Job) {
        this.jobs.borrow_mut().push_back(job);
        if !this.running.replace(true) {
            let this = Rc::clone(this);
            spawn_local(async move {
                if this.work().await {
                    Worker::await_pause(&this);
                }
            });
        }
    }

    /// Once nothing has come for a while, there is time for models.
    fn await_pause(this: &Rc<Worker>) {
        let pause = this.pauses.get() + 1;
        this.pauses.set(pause);
        let waiting = Rc::clone(this);
        let on_time = Closure::once_into_js(move || {
            if waiting.pauses.get() == pause && !waiting.running.get() {
                Worker::enqueue(&waiting, Job::Idle);
            }
        });
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        // Without a clock there are no models until a file needs them.
        let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(
            on_time.unchecked_ref(),
            IDLE_AFTER_MS,
        );
    }

    /// Does all jobs; whether there was any but to look after models.
    async fn work(&self) -> bool {
        // The engine is out of its cell while it works: nothing else runs until it is back.
        let mut engine = self.engine.take();
        let mut worked = false;
        loop {
            let Some(job) = self.jobs.borrow_mut().pop_front() else { break };
            worked |= !matches!(job, Job::Idle | Job::Fitted);
            match job {
                Job::Answer(ask, _) if awaits_fit(&mut engine, &ask) => {
                    self.aside.borrow_mut().push(ask);
                }
                Job::Answer(ask, files) => self.answer(&mut engine, ask, files).await,
                Job::Idle => {
                    if let Some(engine) = &mut engine {
                        // What questions wait for comes first: they begin it as they are taken up.
                        if self.aside.borrow().is_empty() {
                            engine.begin_due_fit();
                        }
                        engine.keep_first_answers().await;
                    }
                    self.take_up();
                    spawn_local(parts::load_all());
                }
                Job::Fitted => {
                    if let Some(engine) = &mut engine {
                        engine.take_fit();
                    }
                    self.take_up();
                }
                Job::Open if engine.is_some() => {}
                Job::Open => match self.begin().await {
                    Ok(opened) => {
                        engine = Some(opened);
                        self.jobs.borrow_mut().push_back(Job::WorkOutTold);
                    }
                    // It is told at the first question: to try once more takes as long again.
                    Err(problem) => _ = self.failed.replace(Some(problem)),
                },
                Job::WorkOutTold => {
                    if let Some(engine) = &mut engine {
                        engine.work_out_told().await;
                    }
                }
                Job::Refresh => {
                    if let Some(engine) = &mut engine {
                        engine.refresh().await;
                    }
                }
            }
        }
        self.engine.replace(engine);
        self.running.set(false);
        worked
    }

    /// Puts the questions that were put aside back into the queue: those whose fit is not there yet
    /// are put aside again.
    fn take_up(&self) {
        let asks = self.aside.take().into_iter();
        self.jobs.borrow_mut().extend(asks.map(|ask| Job::Answer(ask, Vec::new())));
    }

    async fn answer(&self, engine: &mut Option<ShopEngine>, ask: Ask, files: Vec<File>) {
        let Ask { id, request } = ask;
        let abandons = request == Request::Abandon;
        let ends_reading = matches!(
            request,
            Request::Inspect | Request::Answer(_) | Request::Import | Request::LoadSample { .. }
        );
        self.rereading.set(matches!(request, Request::Answer(_)));
        let mut made = None;
        let result = self.result(engine, request, files, &mut made).await;
        self.rereading.set(false);
        if let Err(problem @ Problem::Lock(LockFault::Changed)) = &result {
            browser::end_talk(problem);
        }
        if abandons {
            self.cancelled.set(false);
        }
        if ends_reading {
            self.reader.end();
        }
        browser::post_with_file(&Message::Answer { id, result }, made.as_ref());
    }

    /// The answer, and the file that comes with it.
    async fn result(
        &self,
        engine: &mut Option<ShopEngine>,
        request: Request,
        files: Vec<File>,
        made: &mut Option<Blob>,
    ) -> Result<Response, Problem> {
        if let Request::Hello { build } = &request
            && build != build_id::BUILD
        {
            return Err(Problem::OtherBuild);
        }
        if request == Request::ExpectFiles {
            spawn_local(parts::load_files());
            return self.reader.expect().map(|()| Response::Done);
        }
        if let Request::Lock(ask) = request {
            return self.lock(engine, ask).await.map(Response::Lock);
        }
        let engine = match engine {
            Some(engine) => engine,
            None => match self.opened().await {
                Err(Problem::StorageUnreadable(_) | Problem::Lock(LockFault::Closed))
                    if request == Request::EraseAll =>
                {
                    *engine = Some(self.start_over().await?);
                    return Ok(Response::Done);
                }
                opened => engine.insert(opened?),
            },
        };
        let _turn = match request.writes() {
            Some(writes) => turn::take(writes).await,
            None => None,
        };
        if Part::of(&request) == Part::Keeping {
            engine.begin(&request).await;
            let kept =
                parts::keeping(engine, Rc::clone(&self.desk), request, files.into_iter().next())
                    .await?;
            *made = kept.file;
            return Ok(kept.response);
        }
        let files = self.unpacker.expand(files, &self.reader, &self.cancelled).await?;
        engine.begin(&request).await;
        let noted = engine.to_be_kept(&request);
        let response = respond(engine, request, files).await?;
        if let Some(noted) = noted {
            engine.note(noted, &response);
        }
        Ok(response)
    }

    /// Opens the data before anybody asks. What the last visit has kept is given first: the page
    /// draws it while the data are loaded.
    async fn begin(&self) -> Result<ShopEngine, Problem> {
        let mut engine = self.open().await?;
        let first = engine.first_answers().await;
        self.opening.begin(Rc::clone(&first));
        self.answer_waiting();
        self.opening.page_has_asked().await;
        match engine.load().await {
            Ok(()) => Ok(engine),
            Err(problem) => {
                if first.were_told() {
                    // It will not ask again by itself.
                    browser::post(&Message::Answer { id: 0, result: Err(problem.clone()) });
                }
                Err(problem)
            }
        }
    }

    /// Answers those that have come so far, up to the first that needs the data.
    fn answer_waiting(&self) {
        let is_answered =
            |job: &Job| matches!(job, Job::Answer(ask, _) if self.opening.answer(ask));
        self.jobs.borrow_mut().retain(|job| !is_answered(job));
    }

    /// What came of opening the data before anybody asked, once; then it is tried again.
    async fn opened(&self) -> Result<ShopEngine, Problem> {
        if let Some(problem) = self.failed.take() {
            return Err(problem);
        }
        let mut engine = self.open().await?;
        engine.load().await?;
        Ok(engine)
    }

    /// Opens the data without loading them.
    async fn open(&self) -> Result<ShopEngine, Problem> {
        let host = self.browser();
        // The browser takes as long to make its tables of time zones ready, when it is first asked
        // for one, as to open the database.
        let zones = async { host.zone(&host.device_zone(), 0..=0) };
        let (opened, _) = futures::join!(AnyBackend::open(&self.keys), zones);
        let (backend, memory_only) = opened?;
        self.backend.replace(Some(backend.clone()));
        Engine::open_unread(backend, host, memory_only).await
    }

    async fn start_over(&self) -> Result<ShopEngine, Problem> {
        AnyBackend::wipe().await?;
        let (backend, memory_only) = AnyBackend::open(&self.keys).await?;
        self.backend.replace(Some(backend.clone()));
        Engine::start_over(backend, self.browser(), memory_only).await
    }

    fn browser(&self) -> Browser {
        Browser::new(
            Rc::clone(&self.cancelled),
            Rc::clone(&self.reader),
            Rc::clone(&self.modeller),
            self.channel.clone(),
        )
    }
}

/// Asks the part of the engine that answers.
async fn respond(
    engine: &mut ShopEngine,
    request: Request,
    files: Vec<DroppedFile>,
) -> Result<Response, Problem> {
    if request.needs_segments() {
        parts::gather(engine, &request).await?;
    }
    if Part::looks_behind(&request) {
        parts::insights(engine, &request).await?;
    }
    match Part::of(&request) {
        Part::First => engine.show(request).await,
        Part::Insights => parts::insights(engine, &request).await,
        Part::Files => parts::files(engine, request, files).await,
        Part::Keeping | Part::Locking => Err(Problem::NotFound),
    }
}

fn awaits_fit(engine: &mut Option<ShopEngine>, ask: &Ask) -> bool {
    engine.as_mut().is_some_and(|engine| engine.awaits_fit(&ask.request))
}
