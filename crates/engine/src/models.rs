//! The customer-base models: when they are fitted, and which are at hand.
//!
//! They take seconds, so whoever the engine runs in fits them aside ([`Host::begin_fit`]) while
//! questions go on being answered. A fit is of the orders as they are and of one as-of day; once
//! either is another it is ended.

use crate::answer::{Engine, computed_for};
use crate::host::{Host, SourceFile};
use crate::shop::Shop;
use crate::views::analysis;
use model::ShopDay;
use modeller::{Fitted, entry, without_fit};
use protocol::{CustomerAhead, Event, FitDone, Lens, ModelsState, ModelsView, Request};
use store::Backend;

/// So many days' models are kept: somebody who compares two days goes to and fro.
const KEPT: usize = 2;

/// What a fit is of: the orders, by the revision at which they came together, and the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Of {
    built: u64,
    as_of: ShopDay,
}

/// What a fit came to, or why it failed in the browser's own words.
pub type Outcome = Result<Fitted, String>;

/// The fits that are known, wanted and under way.
#[derive(Debug, Default)]
pub struct ModelShelf {
    /// The latest first.
    known: Vec<(Of, Outcome)>,
    running: Option<Of>,
    /// The one under way is waited for by a question: it is not ended for another day's.
    is_awaited: bool,
    /// The day that was looked at last.
    wanted: Option<ShopDay>,
}

impl ModelShelf {
    fn find(&self, of: Of) -> Option<&Outcome> {
        self.known.iter().find(|it| it.0 == of).map(|it| &it.1)
    }

    fn keep(&mut self, of: Of, outcome: Outcome) {
        self.known.retain(|it| it.0 != of);
        self.known.insert(0, (of, outcome));
        self.known.truncate(KEPT);
    }

    /// None is under way any more; which was.
    fn end_running(&mut self) -> Option<Of> {
        self.is_awaited = false;
        self.running.take()
    }

    /// Remembers the day that is looked at.
    pub fn want(&mut self, as_of: ShopDay) {
        self.wanted = Some(as_of);
    }

    /// What is known of a day; `None`: nothing yet.
    pub fn outcome(&self, shop: &Shop, as_of: ShopDay) -> Option<&Outcome> {
        self.find(Of { built: shop.built, as_of })
    }
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// Begins to fit the models of the day that was looked at last, unless they are known or under
    /// way. To be called when there is nothing else to do.
    pub fn begin_due_fit(&mut self) {
        let lens = Lens { as_of: self.models.wanted, ..Lens::default() };
        let as_of = analysis::as_of(&self.shop, &lens, self.shop.today(&self.host)).0;
        self.begin_fit(as_of);
    }

    /// Takes in what a fit came to, if one has ended.
    pub fn take_fit(&mut self) {
        let Some(outcome) = self.host.take_fit() else { return };
        let Some(of) = self.models.end_running() else { return };
        // One of orders that are no more was ended, but may have been quicker.
        if of.built == self.shop.built {
            self.keep_fit(of, outcome);
        }
    }

    /// Whether a file can be answered only once a fit has ended; begins that fit, unless one is under
    /// way that another question waits for. Whoever asks may put the question aside, answer others
    /// meanwhile and ask again after each fit.
    pub fn awaits_fit(&mut self, request: &Request) -> bool {
        let (Request::ExportScores(lens) | Request::ExportReport(lens)) = request else {
            return false;
        };
        let as_of = analysis::as_of(&self.shop, lens, self.shop.today(&self.host)).0;
        self.begin_fit(as_of);
        let awaits = self.models.outcome(&self.shop, as_of).is_none();
        self.models.is_awaited |= awaits && self.models.running.is_some();
        awaits
    }

    /// Waits until the fit that a file needs has ended.
    pub(crate) async fn await_fit(&mut self, request: &Request) {
        self.take_fit();
        // The first that ends may be the one that another question waits for.
        for _ in 0..2 {
            if self.awaits_fit(request) {
                self.host.fit_ended().await;
                self.take_fit();
            }
        }
    }

    /// What is known of the models of the lens's day.
    pub(crate) fn models_view(&mut self, lens: &Lens) -> ModelsView {
        self.take_fit();
        let as_of = analysis::as_of(&self.shop, lens, self.shop.today(&self.host)).0;
        self.models.want(as_of);
        let state = match self.models.outcome(&self.shop, as_of) {
            None => ModelsState::Pending,
            Some(Ok(fitted)) => ModelsState::Ready(Box::new(fitted.models.clone())),
            Some(Err(detail)) => ModelsState::Failed(detail.clone()),
        };
        ModelsView { as_of, currency: self.shop.profile.currency, state }
    }

    /// Has the customers of the lens's day in their tenths by value, if the models are known. It tells
    /// nothing of other days.
    pub(crate) fn rank_by_value(&mut self, lens: &Lens) {
        self.take_fit();
        let as_of = self.as_of(lens);
        let Engine { shop, computed, models, .. } = self;
        let Some(Ok(fitted)) = models.outcome(shop, as_of) else { return };
        computed_for(computed, shop, as_of);
        if let Some(computed) = computed.as_mut().filter(|it| it.deciles.is_empty()) {
            computed.deciles.clone_from(&fitted.scores.decile);
        }
    }

    /// What the models expect of a customer on the lens's day, if they are known.
    pub(crate) fn ahead(&mut self, customer: usize, lens: &Lens) -> Option<CustomerAhead> {
        self.take_fit();
        let as_of = self.as_of(lens);
        self.models.want(as_of);
        let scores = &self.models.outcome(&self.shop, as_of)?.as_ref().ok()?.scores;
        Some(CustomerAhead {
            value: entry(&scores.value, customer)?,
            decile: entry(&scores.decile, customer)? as u8,
            orders_90d: entry(&scores.expected[0], customer),
            alive: entry(&scores.p_alive, customer),
        })
    }

    /// The orders are others: what is known of the models holds no longer.
    pub(crate) fn forget_fits(&mut self) {
        self.models.known.clear();
        self.give_way();
    }

    /// Something comes that takes all there is of a machine: a fit that is under way is begun again
    /// after it.
    pub(crate) fn give_way(&mut self) {
        if self.models.end_running().is_some() {
            self.host.end_fit();
        }
    }

    fn begin_fit(&mut self, as_of: ShopDay) {
        let of = Of { built: self.shop.built, as_of };
        let has_to_wait = self.models.is_awaited || self.models.running == Some(of);
        if self.models.find(of).is_some() || has_to_wait {
            return;
        }
        let purchases = self.shop.frame.purchases();
        if let Some(fitted) = without_fit(purchases, as_of.number()) {
            self.keep_fit(of, Ok(fitted));
            return;
        }
        self.host.begin_fit(purchases, as_of.number());
        self.models.running = Some(of);
    }

    fn keep_fit(&mut self, of: Of, outcome: Outcome) {
        let done = FitDone {
            as_of: of.as_of,
            model: outcome.as_ref().map_or_else(|_| String::new(), name_of_chosen),
            customers: outcome.as_ref().map_or(0, |it| it.models.customers),
            took_ms: outcome.as_ref().map_or(0.0, |it| it.models.took_ms),
        };
        // Rules may look at what they say.
        self.listed = None;
        self.models.keep(of, outcome);
        self.host.announce(Event::Fitted(done));
    }
}

/// Of the model that was chosen; empty: none was.
fn name_of_chosen(fitted: &Fitted) -> String {
    fitted.models.chosen.as_ref().map_or_else(String::new, |it| it.predictor.name())
}
