//! The first answers of a visit, kept from the last one.
//!
//! Most visits begin with the data that the last one ended with. So what the first screen asked and
//! got is kept beside the data, under a key of all that it depends on, and is given while the data
//! are still being loaded. It is for the first questions of a visit alone: whatever is asked besides,
//! or twice, waits for the data, and from then on so does everything.
//!
//! Kept are answers to questions without any choice, of the shop and the day: nothing that depends
//! on a fitted model, a segment or a chosen day.

use crate::answer::Engine;
use crate::host::{Host, SourceFile};
use model::{OrderTime, ShopDay, ShopProfile, Zone};
use protocol::{Analysis, Lens, Request, Response, ShopView, decode, encode};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use store::Backend;
use xxhash_rust::xxh3::xxh3_128;

/// The form of what is kept. What has another is never right.
const FORMAT: u32 = 2;

/// More than so many bytes are not kept.
const MOST_BYTES: usize = 512 << 10;

/// The revision of data that have just been loaded.
const LOADED: u64 = 1;

/// A question, and its answer: the bytes of a [`Request`] and of a [`Response`].
type Pair = (Vec<u8>, Vec<u8>);

/// Answers that hold before the data are loaded.
#[derive(Debug, Default)]
pub struct FirstAnswers {
    left: RefCell<Vec<Pair>>,
    told: Cell<bool>,
}

impl FirstAnswers {
    /// The bytes of the [`Response`] to a question, once. The first question without an answer here
    /// ends it: who asks more gets everything from the data.
    pub fn give(&self, request: &Request) -> Option<Vec<u8>> {
        if let Request::Lock(_) = request {
            // It asks nothing of the data.
            return None;
        }
        let (question, mut left) = (question(request), self.left.borrow_mut());
        let place = question.and_then(|it| left.iter().position(|(known, _)| *known == it));
        let Some(place) = place else {
            left.clear();
            return None;
        };
        self.told.set(true);
        // Who greets will ask for the shop again.
        let greets = matches!(request, Request::Hello { .. });
        Some(if greets { left[place].1.clone() } else { left.remove(place).1 })
    }

    /// Whether nothing is left to give.
    pub fn is_over(&self) -> bool {
        self.left.borrow().is_empty()
    }

    /// Whether something was given.
    pub fn were_told(&self) -> bool {
        self.told.get()
    }

    /// Gives nothing any more; whether something was given.
    pub(crate) fn end(&self) -> bool {
        self.left.borrow_mut().clear();
        self.told.get()
    }
}

/// A question whose answer is to be kept, and the key of what it depends on.
#[derive(Debug)]
pub struct Noted {
    key: u128,
    question: Vec<u8>,
}

/// What is kept for the next visit.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    key: u128,
    answers: Vec<Pair>,
    /// Some of them are not stored yet.
    is_new: bool,
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// The answers that the last visit has kept, if everything is as it was. To be asked for before
    /// the data are loaded.
    pub async fn first_answers(&mut self) -> Rc<FirstAnswers> {
        if self.is_sound()
            && let Some(record) = self.store.kept_answers().await
            && let Some((key, answers)) = decode::<(u128, Vec<Pair>)>(&record)
            && self.stored_key() == Some(key)
        {
            self.first.left.replace(answers.clone());
            self.shelf = Shelf { key, answers, is_new: false };
        }
        Rc::clone(&self.first)
    }

    /// Before a question is answered: whether its answer is to be kept.
    pub fn to_be_kept(&self, request: &Request) -> Option<Noted> {
        let question = question(request)?;
        Some(Noted { key: self.loaded_key()?, question })
    }

    /// After it was answered.
    pub fn note(&mut self, noted: Noted, response: &Response) {
        let Noted { key, question } = noted;
        if self.loaded_key() != Some(key) {
            // The data have changed in between, or the day.
            return;
        }
        if self.shelf.key != key {
            self.shelf = Shelf { key, ..Shelf::default() };
        }
        if self.shelf.answers.iter().any(|(known, _)| *known == question) {
            return;
        }
        if let Some(answer) = as_just_loaded(response) {
            self.shelf.answers.push((question, encode(&answer)));
            self.shelf.is_new = true;
        }
    }

    /// Keeps what was noted for the next visit. To be called when there is nothing else to do; where
    /// it fails, the next visit waits for its data.
    pub async fn keep_first_answers(&mut self) {
        if !std::mem::take(&mut self.shelf.is_new) || self.loaded_key() != Some(self.shelf.key) {
            return;
        }
        let record = encode(&(self.shelf.key, &self.shelf.answers));
        if record.len() <= MOST_BYTES {
            let _ = self.store.keep_answers(record).await;
        }
    }

    /// Once the data are loaded: works out the figures that were told from the last visit, so that the
    /// next question finds them. Are they others, the page hears of a new revision: the key missed
    /// something, as what the browser knows of a time zone.
    pub async fn work_out_told(&mut self) {
        let request = Request::Analyse(Lens::default());
        let known = self.shelf.answers.iter().find(|it| it.0 == encode(&request));
        let Some(told) = known.map(|it| it.1.clone()).filter(|_| self.first.were_told()) else {
            return;
        };
        let key = self.shelf.key;
        let found = Response::Analysis(Box::new(self.analyse(&Lens::default())));
        let holds = as_just_loaded(&found).is_some_and(|it| encode(&it) == told);
        // What another day or a change since makes of it is no mistake.
        if !holds && self.loaded_key() == Some(key) {
            self.say_changed().await;
        }
    }

    /// What was told from the last visit does not hold, though nothing stored has changed.
    pub(crate) async fn say_changed(&mut self) {
        self.shop.revision += 1;
        self.announce_revision();
        self.forget_first_answers().await;
    }

    /// What was kept is wrong, though what is stored has not changed.
    async fn forget_first_answers(&mut self) {
        self.shelf = Shelf::default();
        let _ = self.store.keep_answers(Vec::new()).await;
    }

    /// The key of answers from what is stored.
    fn stored_key(&self) -> Option<u128> {
        let (profile, now) = (self.stored_profile(), (self.host.now_ms() / 1000) as i64);
        let zone = self.host.zone(&profile.time_zone, now..=now).unwrap_or_else(Zone::utc);
        self.key(&profile, zone.day_of(OrderTime::Instant(now)))
    }

    /// The key of answers from what is in memory; `None`: they are not to be kept.
    fn loaded_key(&self) -> Option<u128> {
        let is_kept =
            self.is_sound() && self.is_up_to_date() && !self.shop.frame.batches.is_empty();
        is_kept.then(|| self.key(&self.shop.profile, self.shop.today(&self.host))).flatten()
    }

    /// A hash of all that the kept answers depend on but the question. What nobody has set of the
    /// shop's facts follows from the device. `None`: of this build nothing is kept.
    fn key(&self, profile: &ShopProfile, today: ShopDay) -> Option<u128> {
        let of = (FORMAT, self.host.build()?, self.store.fingerprint(), profile, today);
        Some(xxh3_128(&encode(&of)))
    }
}

/// The bytes of a question whose answer is kept: that of a greeting is the shop.
fn question(request: &Request) -> Option<Vec<u8>> {
    match request {
        Request::Hello { .. } | Request::Shop => Some(encode(&Request::Shop)),
        Request::Analyse(lens) | Request::Today(lens) if *lens == Lens::default() => {
            Some(encode(request))
        }
        _ => None,
    }
}

/// A response as the next visit would get it from its data, but for the time that it takes.
fn as_just_loaded(response: &Response) -> Option<Response> {
    match response {
        Response::Shop(shop) => {
            let shop = ShopView { revision: LOADED, ..ShopView::clone(shop) };
            Some(Response::Shop(Box::new(shop)))
        }
        Response::Analysis(analysis) => {
            let of = Analysis::clone(analysis);
            let analysis = Analysis { revision: LOADED, took_ms: None, ..of };
            Some(Response::Analysis(Box::new(analysis)))
        }
        // What there is to do.
        Response::Segmented(bytes) => Some(Response::Segmented(bytes.clone())),
        _ => None,
    }
}
