//! Locked data are locked again once nobody has touched the page for a while: it begins anew, and so
//! the key is gone from memory.

use crate::client::Engine;
use crate::remembered::{remember, remembered};
use leptos::ev;
use leptos::prelude::*;
use protocol::{Request, Response};
use std::time::Duration;

const KEY: &str = "regulars.auto-lock";

/// Minutes that can be chosen.
pub const CHOICES: [u32; 4] = [5, 15, 60, 240];
const USUAL: u32 = 15;

/// How often it is looked whether it is time.
const BETWEEN: Duration = Duration::from_secs(5);

/// After how many minutes.
pub fn minutes() -> u32 {
    let chosen = remembered(KEY).and_then(|it| it.parse().ok());
    chosen.filter(|it| CHOICES.contains(it)).unwrap_or(USUAL)
}

/// Chooses after how many minutes.
pub fn choose(minutes: u32) {
    remember(KEY, Some(&minutes.to_string()));
}

/// Watches whether anybody is there.
pub fn watch(engine: Engine) {
    let touched_at = StoredValue::new(now_ms());
    let touch = move || touched_at.set_value(now_ms());
    // They last as long as the page.
    let _ = window_event_listener(ev::pointerdown, move |_| touch());
    let _ = window_event_listener(ev::keydown, move |_| touch());
    let look = move || {
        let idle_ms = now_ms() - touched_at.get_value();
        if idle_ms > f64::from(minutes()) * 60_000.0 && engine.broken.read_untracked().is_none() {
            touch();
            leptos::task::spawn_local(lock_if_locked(engine));
        }
    };
    // Without a clock nothing is locked by itself.
    let _ = set_interval_with_handle(look, BETWEEN);
}

async fn lock_if_locked(engine: Engine) {
    if let Ok(Response::LockState(true)) = engine.ask(Request::LockState).await {
        now();
    }
}

/// Locks at once.
pub fn now() {
    // A page that cannot be reloaded stays open: its window can be closed.
    let _ = window().location().reload();
}

fn now_ms() -> f64 {
    js_sys::Date::now()
}
