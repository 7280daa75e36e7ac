//! When something is to be done next: a wait that can be cut short.

use crate::scope;
use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A wait that can be cut short. Whoever wakes before anybody waits ends the next wait at once.
#[derive(Default)]
pub struct Pulse {
    waiting: RefCell<Option<oneshot::Sender<()>>>,
    woken: Cell<bool>,
}

impl Pulse {
    /// Ends the wait.
    pub fn wake(&self) {
        match self.waiting.take() {
            Some(sender) => _ = sender.send(()),
            None => self.woken.set(true),
        }
    }

    /// Waits so many milliseconds, or until it is woken: whether it was.
    pub async fn wait(&self, ms: u64) -> bool {
        if self.woken.replace(false) {
            return true;
        }
        if ms == 0 {
            return false;
        }
        let (sender, receiver) = oneshot::channel();
        self.waiting.replace(Some(sender));
        let ended = select(Box::pin(pause(ms)), receiver).await;
        self.waiting.take();
        matches!(ended, Either::Right(_))
    }
}

/// Waits so many milliseconds.
pub async fn pause(ms: u64) {
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    let passed = Promise::new(&mut |resolve, _| {
        let set = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        if set.is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    // It is never refused.
    let _ = JsFuture::from(passed).await;
}
