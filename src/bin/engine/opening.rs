//! Gives the page the answers that the last visit has kept, while the data are loaded.

use crate::browser::{pause, post_bytes};
use crate::build_id::BUILD;
use engine::FirstAnswers;
use futures::channel::oneshot;
use futures::future::select;
use protocol::{Ask, Request, encode_answer};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

/// The page asks as soon as it stands. Loading waits for that, as it would keep the page from its
/// answers, but not for a page that takes so many milliseconds longer than the database.
const PAGE_LATE_MS: i32 = 300;

/// What there is to give before the data are loaded, and who waits until it is given.
#[derive(Default)]
pub struct Opening {
    first: RefCell<Rc<FirstAnswers>>,
    over: RefCell<Option<oneshot::Sender<()>>>,
}

impl Opening {
    /// From now on there is something to give.
    pub fn begin(&self, first: Rc<FirstAnswers>) {
        self.first.replace(first);
    }

    /// Answers a question if its answer was kept; whether it was.
    pub fn answer(&self, ask: &Ask) -> bool {
        if let Request::Hello { build } = &ask.request
            && build != BUILD
        {
            return false;
        }
        let first = Rc::clone(&self.first.borrow());
        let given = first.give(&ask.request);
        if let Some(response) = &given {
            post_bytes(&encode_answer(ask.id, response));
        }
        if first.is_over()
            && let Some(over) = self.over.take()
        {
            // Nobody waits any more if the page was late.
            let _ = over.send(());
        }
        given.is_some()
    }

    /// Waits until the page has got all that there is, or asks for something else.
    pub async fn page_has_asked(&self) {
        if self.first.borrow().is_over() {
            return;
        }
        let (sender, over) = oneshot::channel();
        self.over.replace(Some(sender));
        select(over, pin!(pause(PAGE_LATE_MS))).await;
    }
}
