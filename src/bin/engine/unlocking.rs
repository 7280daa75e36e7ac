//! The worker's side of the lock: what it hears of it from other tabs, and what it opens.

use crate::backend::AnyBackend;
use crate::browser::{end_talk, pause};
use crate::keyring::News;
use crate::{Job, ShopEngine, Worker, parts};
use protocol::{LockAsk, LockFault, LockView, Problem};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::DedicatedWorkerGlobalScope;

/// What has begun before the lock was closed may go on for so many milliseconds.
const CLOSING_MS: i32 = 3_000;

impl Worker {
    /// What is heard of the lock. The page begins anew where it is another.
    pub fn hear(this: &Rc<Worker>, news: News) {
        let known = this.backend.borrow().as_ref().map(AnyBackend::key_id);
        match (news, known) {
            // Another tab has been unlocked, or has taken the lock off.
            (News::Key | News::Changed(_), None) => Worker::enqueue(this, Job::Open),
            (News::Changed(id), Some(known)) if id == known => {
                let backend = this.backend.borrow().clone();
                spawn_local(async move {
                    if let Some(AnyBackend::Indexed(backend)) = backend {
                        // What fails now is told by what is asked next.
                        let _ = backend.look().await;
                    }
                });
            }
            (News::Changed(_), Some(_)) => end(),
            (News::Closed, Some(_)) => spawn_local(async {
                // The page stores what is typed, and is gone sooner.
                pause(CLOSING_MS).await;
                end();
            }),
            _ => {}
        }
    }

    /// Asks the part that looks after the lock; what it has opened is loaded.
    pub async fn lock(
        &self,
        engine: &mut Option<ShopEngine>,
        ask: LockAsk,
    ) -> Result<LockView, Problem> {
        let opens = matches!(ask, LockAsk::Unlock { .. });
        let backend = self.backend.borrow().clone();
        if ask == LockAsk::State {
            return Ok(backend.as_ref().map_or(LockView::CLOSED, AnyBackend::lock));
        }
        let view = parts::locking(Rc::clone(&self.keys), backend, ask).await?;
        if opens && engine.is_none() {
            self.failed.take();
            *engine = Some(self.opened().await?);
        }
        Ok(view)
    }
}

/// Ends this program: the page is told why, and begins anew.
fn end() {
    end_talk(&Problem::Lock(LockFault::Changed));
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope.close();
}
