//! Something that sync was told to do: under way once at a time, and why it did not go.

use crate::components::{Toast, Toasts};
use crate::i18n::Words;
use crate::settings::words;
use crate::syncing::{Answer, Syncing};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::sync::{SyncAnswer, SyncAsk, SyncTrouble};

/// What follows an act, whichever it is: so its course is compiled once.
type Then = Box<dyn FnOnce(SyncAnswer)>;

/// An act and how it goes. A handle: copies are of the same.
#[derive(Clone, Copy)]
pub struct Act {
    /// It is under way.
    pub busy: RwSignal<bool>,
    trouble: RwSignal<Option<SyncTrouble>>,
    toasts: Toasts,
    t: Words,
}

impl Act {
    /// One that has not begun.
    pub fn new() -> Act {
        let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None));
        Act { busy, trouble, toasts: expect_context(), t: words() }
    }

    /// Asks for it; `then` hears that it went.
    pub fn ask(self, ask: SyncAsk, then: impl FnOnce(SyncAnswer) + 'static) {
        self.run(Syncing::here().ask(ask), then);
    }

    /// Does it; `then` hears that it went.
    pub fn run(
        self,
        asking: impl Future<Output = Answer> + 'static,
        then: impl FnOnce(SyncAnswer) + 'static,
    ) {
        if !self.busy.get_untracked() {
            self.busy.set(true);
            self.trouble.set(None);
            spawn_local(self.done(asking.boxed_local(), Box::new(then)));
        }
    }

    async fn done(self, asking: LocalBoxFuture<'static, Answer>, then: Then) {
        let answer = asking.await;
        let _ = self.busy.try_set(false);
        match answer {
            Ok(answer) => then(answer),
            Err(trouble) => {
                // What asked may be gone from the screen, which is no reason to be silent.
                if let Some(Some(trouble)) = self.trouble.try_set(Some(trouble)) {
                    self.toasts.show(Toast::bad(self.t.sync_trouble(&trouble)));
                }
            }
        }
    }

    /// Why it did not go, once there is something to say.
    pub fn told(self) -> impl IntoView {
        let t = self.t;
        move || {
            self.trouble.get().map(|it| {
                view! {
                    <div class="banner banner--bad" role="alert" data-sync-error=it.code()>
                        {t.sync_trouble(&it)}
                    </div>
                }
            })
        }
    }
}
