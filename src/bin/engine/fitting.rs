//! The line to the worker that fits models. It is started for a fit and ended with it: what it takes
//! of memory is given back, and a fit whose data have changed stops at once.

use crate::worker_line::{Heard, Running, WorkerLine};
use analytics::Purchases;
use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use futures::channel::oneshot;
use js_sys::{Array, BigInt64Array, Float64Array, Int32Array, Uint8Array, Uint32Array};
use modeller::{Fitted, Scores};
use protocol::{Models, Problem};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// What a fit came to, or the browser's own words.
type Outcome = Result<Fitted, String>;

/// The line to the worker that fits.
pub struct ModellerLine {
    line: WorkerLine,
    outcome: RefCell<Option<Outcome>>,
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
    /// Is called when a fit has ended by itself.
    ended: Box<dyn Fn()>,
}

impl ModellerLine {
    /// A line to the worker whose script is at `address`; `ended` is called when a fit has ended by
    /// itself.
    pub fn new(address: &str, ended: impl Fn() + 'static) -> ModellerLine {
        ModellerLine {
            line: WorkerLine::new(address),
            outcome: RefCell::default(),
            waiting: RefCell::default(),
            ended: Box::new(ended),
        }
    }

    /// Begins a fit; one that is under way is ended.
    pub fn begin(self: &Rc<Self>, purchases: Purchases<'_>, as_of: i32) {
        self.end();
        let (offsets, day) =
            (Uint32Array::from(purchases.offsets()), Int32Array::from(purchases.days()));
        let net = BigInt64Array::from(purchases.nets());
        let task = Array::of4(&as_of.into(), &offsets, &day, &net);
        let moved = Array::of3(&offsets.buffer(), &day.buffer(), &net.buffer());
        // Started at once: a fit that is begun right after must find it to end it.
        let started = self.line.start("");
        let this = Rc::clone(self);
        spawn_local(async move {
            if let Some(outcome) = fit(started, &task, &moved).await {
                this.line.end();
                this.outcome.replace(Some(outcome));
                this.waiting.take();
                (this.ended)();
            }
        });
    }

    /// What the fit came to that was begun last, once.
    pub fn take(&self) -> Option<Outcome> {
        self.outcome.take()
    }

    /// Waits until the fit that was begun last has ended, by itself or not.
    pub async fn ended(&self) {
        if self.line.runs() && self.outcome.borrow().is_none() {
            let (sender, receiver) = oneshot::channel();
            self.waiting.borrow_mut().push(sender);
            // It is dropped when the fit has ended.
            let _ = receiver.await;
        }
    }

    /// Ends a fit that is under way.
    pub fn end(&self) {
        self.line.end();
        self.outcome.take();
        self.waiting.take();
    }
}

/// `None` if it was ended from here.
async fn fit(
    started: Result<Rc<Running>, Problem>,
    task: &Array,
    moved: &Array,
) -> Option<Outcome> {
    let running = match started {
        Ok(running) => running,
        Err(problem) => return Some(Err(words(problem))),
    };
    let mut heard = running.heard.take()?;
    hear(&running, &mut heard, task, moved).await.transpose().map(|it| it.map_err(words))
}

/// Gives the worker the columns once it listens, and hears it to its end.
async fn hear(
    running: &Running,
    heard: &mut UnboundedReceiver<Heard>,
    task: &Array,
    moved: &Array,
) -> Result<Option<Fitted>, Problem> {
    loop {
        match heard.next().await {
            Some(Heard::Ready) => running.post(task, moved)?,
            Some(Heard::Message(message)) => return fitted(&message).map(Some),
            Some(Heard::Broken(problem)) => return Err(problem),
            Some(Heard::Ended) | None => return Ok(None),
        }
    }
}

fn fitted(message: &Array) -> Result<Fitted, Problem> {
    let models = protocol::decode::<Models>(&Uint8Array::new(&message.get(0)).to_vec());
    let column = |at: usize| message.get(at as u32 + 1).unchecked_into::<Float64Array>().to_vec();
    let scores = Scores::from_columns(std::array::from_fn(column));
    Ok(Fitted { models: models.ok_or(Problem::OtherBuild)?, scores })
}

/// The browser's own sentence.
fn words(problem: Problem) -> String {
    match problem {
        Problem::ReaderStopped(words) => words,
        other => format!("{other:?}"),
    }
}
