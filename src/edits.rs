//! A person's edits: written, timed, told with the way back.

use crate::client::Engine;
use crate::components::{Toast, Toasts};
use crate::i18n::Words;
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{CustomerEdit, Problem, Request, SavedReading, ShopEdit};

/// An edit and the edit that writes the former value back.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    write: Request,
    back: Request,
}

impl Edit {
    /// A fact of a customer, and what stood there.
    pub fn customer(id: model::CustomerId, now: CustomerEdit, former: CustomerEdit) -> Edit {
        Edit { write: Request::EditCustomer(id, now), back: Request::EditCustomer(id, former) }
    }

    /// How files are read, and how they were.
    pub fn reading(now: SavedReading, former: SavedReading) -> Edit {
        Edit { write: Request::SaveReading(now), back: Request::SaveReading(former) }
    }

    /// What of a reading is said otherwise, and how that was said; the rest stays.
    pub fn of_reading(now: SavedReading, former: SavedReading) -> Edit {
        Edit { write: Request::ChangeReading(now), back: Request::ChangeReading(former) }
    }

    /// A fact of the shop, and what stood there.
    pub fn shop(now: ShopEdit, former: ShopEdit) -> Edit {
        Edit { write: Request::EditShop(now), back: Request::EditShop(former) }
    }
}

/// How long an edit that was not written is offered: after that it is lost.
const OFFER_SECONDS: u32 = 60;

/// What follows an edit, whichever screen it is of: so its writing is compiled once.
type Then = Box<dyn FnOnce(Result<(), Problem>)>;

/// Writes edits. A handle: copies lead to the same engine.
#[derive(Clone, Copy)]
pub struct Edits {
    engine: Engine,
    toasts: Toasts,
}

impl Edits {
    /// Of the app around.
    pub fn here() -> Edits {
        Edits { engine: expect_context(), toasts: expect_context() }
    }

    /// Writes an edit. Once it is durable a message says `said` and offers to undo it, unless `said`
    /// is empty, as in the midst of typing; `then` hears how it went and has to say why it did not.
    pub fn write(
        self,
        edit: Edit,
        t: Words,
        said: impl Into<String>,
        then: impl FnOnce(Result<(), Problem>) + 'static,
    ) {
        spawn_local(self.written(edit, t, said.into(), Box::new(then)));
    }

    /// The same where nothing follows; why it was not written is told.
    pub fn write_or_tell(self, edit: Edit, t: Words, said: impl Into<String>) {
        self.write(edit, t, said, move |written| {
            if let Err(problem) = written {
                self.tell(t, &problem);
            }
        });
    }

    async fn written(self, edit: Edit, t: Words, said: String, then: Then) {
        let written = self.timed(edit.write).await;
        if written.is_ok() && !said.is_empty() {
            let undo = Callback::new(move |()| self.put_back(edit.back.clone(), t));
            self.toasts.show(Toast::good(said).with_action(t.undo(), "edit-undo", undo));
        }
        then(written);
    }

    /// Says in a message why an edit was not written.
    pub fn tell(self, t: Words, problem: &Problem) {
        self.toasts.show(Toast::bad(t.problem(problem)));
    }

    /// Says that an edit was not written, and offers to write it after all.
    pub fn offer(self, edit: Edit, t: Words, told: &'static str, label: &'static str) {
        // The screen that offers is going, and would take along what is made while it stands.
        spawn_local(async move {
            let write = Callback::new(move |()| {
                self.write_or_tell(edit.clone(), t, t.saved());
            });
            let toast = Toast::bad(told).with_action(label, "edit-offer", write);
            self.toasts.show(Toast { seconds: OFFER_SECONDS, ..toast });
        });
    }

    fn put_back(self, former: Request, t: Words) {
        spawn_local(async move {
            let toast = match self.timed(former).await {
                Ok(()) => Toast::info(t.put_back()),
                Err(problem) => Toast::bad(t.problem(&problem)),
            };
            self.toasts.show(toast);
        });
    }

    /// Asks for an edit and records how long it took to be durable.
    async fn timed(self, request: Request) -> Result<(), Problem> {
        let started = timings::now_ms();
        self.engine.ask(request).await?;
        timings::measure("edit", started, &[]);
        Ok(())
    }
}
