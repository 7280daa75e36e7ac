//! The lock of this device, as the page has it: closed by hand, by another tab, or by itself once
//! nobody has been there for a while.
//!
//! Closing is the end of the page: what was typed is stored, the key that stays is deleted, the other
//! tabs are told, and the page begins anew, without the data and without the programs that have them.

use crate::browser_records::Records;
use crate::client::Engine;
use crate::remembered::{remember, remembered};
use futures::channel::oneshot;
use js_sys::{Array, Date};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{LockAsk, LockView, Problem, Request, Response};
use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, HtmlElement, MessageEvent};

/// The channel of those that have the key, and what is said there when it is to be forgotten
/// (`src/bin/engine/keyring.rs`).
const CHANNEL: &str = "regulars.key";
const CLOSE: &str = "close";

/// Where a key lies that stays.
const KEPT: Records = Records { database: "regulars-key", store: "meta" };

/// Remembers that the lock is on, so that no page has to ask.
const ON_KEY: &str = "regulars.lock";
const ON: &str = "on";
/// After how many minutes the lock closes by itself.
const AFTER_KEY: &str = "regulars.lock-after";
/// When somebody was there last, in any tab.
const ACTIVE_KEY: &str = "regulars.active";

/// The choices of minutes; 0: never.
pub const MINUTES: [u32; 4] = [0, 5, 15, 60];
/// The one that holds unless another is chosen.
const USUAL_MINUTES: u32 = 15;

/// Signs of somebody being there, and how often they are noted.
const SIGNS: [&str; 4] = ["keydown", "pointerdown", "pointermove", "wheel"];
const NOTE_EVERY_MS: f64 = 5_000.0;
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What is typed is waited for so often, each time so long, until it is stored.
const WAITS: u32 = 40;
const WAIT: Duration = Duration::from_millis(50);

/// The lock of this page. A handle: all lead to the same.
#[derive(Clone)]
pub struct Locking(Rc<Watch>);

thread_local! {
    static WATCH: OnceCell<Rc<Watch>> = const { OnceCell::new() };
}

struct Watch {
    engine: Engine,
    on: ArcRwSignal<bool>,
    channel: Option<BroadcastChannel>,
    /// When somebody was here last.
    active_ms: Cell<f64>,
    is_leaving: Cell<bool>,
}

impl Locking {
    /// Of this page, which listens to the other tabs from now on.
    pub fn here(engine: Engine) -> Locking {
        Locking(WATCH.with(|it| Rc::clone(it.get_or_init(|| Watch::begin(engine)))))
    }

    /// Whether the lock is on.
    pub fn is_on(&self) -> RwSignal<bool> {
        self.0.on.clone().into()
    }

    /// Asks something of the lock.
    pub async fn ask(self, ask: LockAsk) -> Result<LockView, Problem> {
        let view = ask_lock(self.0.engine, ask).await?;
        remember_on(view.on);
        self.0.on.set(view.on);
        Ok(view)
    }

    /// Closes the lock in all tabs.
    pub fn close(&self) {
        Watch::leave(&self.0, true);
    }
}

/// Remembers whether the lock is on.
pub fn remember_on(is_on: bool) {
    remember(ON_KEY, is_on.then_some(ON));
}

/// Asks something of the lock, locked or not.
pub async fn ask_lock(engine: Engine, ask: LockAsk) -> Result<LockView, Problem> {
    match engine.ask(Request::Lock(ask)).await? {
        Response::Lock(view) => Ok(view),
        _ => Err(Problem::OtherBuild),
    }
}

/// After how many minutes the lock closes by itself; 0: never.
pub fn minutes() -> u32 {
    let chosen = remembered(AFTER_KEY).and_then(|it| it.parse().ok());
    chosen.filter(|it| MINUTES.contains(it)).unwrap_or(USUAL_MINUTES)
}

/// Chooses after how many minutes the lock closes by itself.
pub fn choose_minutes(minutes: u32) {
    remember(AFTER_KEY, Some(&minutes.to_string()));
}

/// Forgets the key that stays in this browser.
pub async fn forget_key() {
    // Where it cannot be deleted there is no place to keep it either.
    let _ = KEPT.gone().await;
}

/// Begins anew.
pub fn reload() {
    // A page that cannot be reloaded cannot be helped from inside.
    let _ = window().location().reload();
}

impl Watch {
    fn begin(engine: Engine) -> Rc<Watch> {
        let watch = Rc::new(Watch {
            engine,
            on: ArcRwSignal::new(remembered(ON_KEY).as_deref() == Some(ON)),
            channel: BroadcastChannel::new(CHANNEL).ok(),
            active_ms: Cell::new(Date::now()),
            is_leaving: Cell::new(false),
        });
        if let Some(channel) = &watch.channel {
            let hearing = Rc::clone(&watch);
            let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let what = event.data().dyn_ref::<Array>().and_then(|it| it.get(0).as_string());
                if what.as_deref() == Some(CLOSE) {
                    Watch::leave(&hearing, false);
                }
            });
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            on_message.forget();
        }
        // All of it for as long as the page is there.
        for sign in SIGNS {
            let noting = Rc::clone(&watch);
            let _ = window_event_listener_untyped(sign, move |_| noting.note());
        }
        let looking = Rc::clone(&watch);
        let _ = set_interval_with_handle(move || Watch::look(&looking), LOOK_EVERY);
        watch
    }

    /// Somebody is here.
    fn note(&self) {
        let now = Date::now();
        if now > self.active_ms.get() + NOTE_EVERY_MS && self.on.get_untracked() {
            remember(ACTIVE_KEY, Some(&now.to_string()));
            self.active_ms.set(now);
        }
    }

    /// Closes the lock if nobody has been in any tab for so long. What is under way is waited for.
    fn look(this: &Rc<Watch>) {
        let elsewhere = remembered(ACTIVE_KEY).and_then(|it| it.parse().ok()).unwrap_or(0.0);
        let rest_ms = Date::now() - this.active_ms.get().max(elsewhere);
        let is_over = minutes() > 0 && rest_ms > f64::from(minutes()) * 60_000.0;
        if is_over && this.on.get_untracked() && this.engine.waiting.get_untracked() == 0 {
            Watch::leave(this, true);
        }
    }

    /// Stores what is typed and begins anew; `tells`: the others do too.
    fn leave(this: &Rc<Watch>, tells: bool) {
        if this.is_leaving.replace(true) {
            return;
        }
        let watch = Rc::clone(this);
        spawn_local(async move {
            // A field is stored as it is left.
            let focused = document().active_element();
            if let Some(focused) = focused.as_ref().and_then(|it| it.dyn_ref::<HtmlElement>()) {
                let _ = focused.blur();
            }
            for _ in 0..WAITS {
                pause(WAIT).await;
                if watch.engine.waiting.get_untracked() == 0 {
                    break;
                }
            }
            if tells {
                forget_key().await;
                if let Some(channel) = &watch.channel {
                    // Where it is not heard, nobody else has the key.
                    let _ = channel.post_message(&Array::of1(&CLOSE.into()));
                }
            }
            reload();
        });
    }
}

/// Waits so long.
async fn pause(time: Duration) {
    let (sender, receiver) = oneshot::channel();
    set_timeout(move || _ = sender.send(()), time);
    let _ = receiver.await;
}
