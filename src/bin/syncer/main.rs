//! Syncs in a worker of its own; `crates/syncer` does it. Of all tabs one syncs, the one that has the
//! lock; another takes over when that is closed.
//!
//! A message is the bytes of a number and a [`SyncAsk`]; what goes out are bytes of [`SyncMessage`]s.
//! A round is under way or none: what is asked meanwhile waits for its end.

#[path = "../engine/backend.rs"]
#[expect(dead_code, reason = "the lock is set and taken off by the engine")]
mod backend;
#[path = "../../build_id.rs"]
mod build_id;
#[path = "../engine/cipher.rs"]
#[expect(dead_code, reason = "backups use more of it")]
mod cipher;
#[path = "../engine/keyring.rs"]
#[expect(dead_code, reason = "the engine gives keys away, the syncer only gets them")]
mod keyring;
mod network;
mod place;
mod pulse;
#[path = "../engine/turn.rs"]
mod turn;
mod work;

use js_sys::Uint8Array;
use protocol::sync::{SyncAnswer, SyncAsk, SyncMessage, SyncTrouble};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, DedicatedWorkerGlobalScope, MessageEvent};
use work::Worker;

/// The lock of the tab that syncs.
const LOCK: &str = "regulars.sync";

fn main() {
    let worker = Rc::new(Worker::new(BroadcastChannel::new(turn::CHANNEL).ok()));
    let for_page = Rc::clone(&worker);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        take(&for_page, &event.data());
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    if let Some(channel) = worker.channel() {
        let for_tabs = Rc::clone(&worker);
        let on_news = Closure::<dyn Fn(MessageEvent)>::new(move |_| for_tabs.wake());
        channel.set_onmessage(Some(on_news.as_ref().unchecked_ref()));
        on_news.forget();
    }
    // The page holds its messages back until it hears that somebody listens.
    let _ = scope().post_message(&JsValue::from_str("ready"));
    spawn_local(async move {
        worker.tell_elsewhere();
        loop {
            let Some(lock) = turn::take_lock(LOCK).await else {
                worker.give_up(&SyncTrouble::NoTurns).await;
                continue;
            };
            worker.run().await;
            // Where sync is off, another tab may begin it.
            drop(lock);
            worker.is_wanted().await;
        }
    });
}

/// The worker.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Waits so many milliseconds.
async fn pause(ms: i32) {
    pulse::pause(ms.unsigned_abs().into()).await;
}

fn take(worker: &Rc<Worker>, message: &JsValue) {
    let bytes = Uint8Array::new(message).to_vec();
    match protocol::decode::<(u32, SyncAsk)>(&bytes) {
        Some((id, SyncAsk::Hello { build })) if build == build_id::BUILD => {
            answer(id, Ok(SyncAnswer::Done));
            worker.tell_state();
        }
        Some((id, SyncAsk::Cors { software, origin })) => {
            answer(id, Ok(SyncAnswer::Text(syncer::cors_text(software, &origin))));
        }
        Some((id, SyncAsk::Leaving)) => {
            worker.leave();
            answer(id, Ok(SyncAnswer::Done));
        }
        Some((id, SyncAsk::Hello { .. })) => answer(id, Err(SyncTrouble::OtherBuild)),
        Some((id, ask)) => Worker::ask(worker, id, ask),
        None => answer(0, Err(SyncTrouble::OtherBuild)),
    }
}

/// Answers a question of the page.
pub fn answer(id: u32, result: Result<SyncAnswer, SyncTrouble>) {
    post(&SyncMessage::Answer { id, result });
}

/// Sends a message to the page.
pub fn post(message: &SyncMessage) {
    let bytes = Uint8Array::from(protocol::encode(message).as_slice());
    // Fails only for things that cannot be cloned; bytes can.
    let _ = scope().post_message(&bytes);
}
