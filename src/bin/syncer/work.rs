//! What the worker does, one thing after the other: questions of the page, rounds when they are due.

use crate::backend::AnyBackend;
use crate::keyring::Keyring;
use crate::network::Network;
use crate::place::Place;
use crate::pulse::{Pulse, pause};
use crate::{answer, post, scope};
use futures::future::{Either, select};
use js_sys::{Date, Math};
use protocol::sync::{
    SyncAnswer, SyncAsk, SyncMessage, SyncPhase, SyncSecret, SyncServer, SyncTrouble, SyncView,
};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::pin;
use std::rc::Rc;
use sync::patience::{QUIET_MS, wait_ms};
use syncer::{AnyRemote, Session, connect, test_server};
use wasm_bindgen_futures::spawn_local;
use web_sys::BroadcastChannel;

/// A tab gets its turn within so many milliseconds where no other has it.
const TURN_MS: u64 = 1_500;
/// What waits for the user or for another device is looked at again so often, in milliseconds.
const LOOK_AGAIN_MS: u64 = 5 * 60 * 1_000;
/// News of others are asked for so often, in milliseconds.
const POLL_MS: u64 = 15_000;
/// So often within a quiet moment it is looked whether it is to end at once.
const LOOKS: u64 = 8;
/// Within a round it is looked so often whether something was asked, and what is asked waits so long for
/// the round's end, in milliseconds: the first upload of a large shop takes hours over a slow line.
const ROUND_LOOK_MS: u64 = 250;
const PATIENCE_MS: u64 = 1_000;
/// The engine of its page tells the key within so many milliseconds, whatever it does.
const KEY_LATE_MS: i32 = 20_000;
/// Everything is looked at in every so manieth round.
const THOROUGH_EVERY: u32 = 8;

type ShopSession = Session<AnyBackend, Place>;
type ShopRemote = AnyRemote<Network>;

/// The worker: what it was asked, and how it stands.
pub struct Worker {
    asks: RefCell<VecDeque<(u32, SyncAsk)>>,
    pulse: Pulse,
    network: Network,
    place: Place,
    channel: Option<BroadcastChannel>,
    keys: Rc<Keyring>,
    /// The page is about to go: nothing is waited for any more.
    leaving: Cell<bool>,
    /// How it stood when it was told last.
    told: RefCell<SyncView>,
    /// Whether this tab is the one that syncs.
    is_at_work: Cell<bool>,
}

/// Milliseconds since the worker began.
fn stopwatch_ms() -> u64 {
    scope().performance().map_or(0.0, |it| it.now()) as u64
}

/// What is next.
struct Plan {
    /// Rounds that have failed one after the other.
    tries: u32,
    rounds: u32,
    thorough: bool,
    refill: bool,
    /// When by the stopwatch, which a clock that is set back does not touch; `None`: not before the user
    /// has done something.
    next_ms: Option<u64>,
    trouble: Option<SyncTrouble>,
    /// The trouble is not over before the user or another device has done something.
    is_stopped: bool,
}

impl Worker {
    pub fn new(channel: Option<BroadcastChannel>) -> Worker {
        Worker {
            asks: RefCell::default(),
            pulse: Pulse::default(),
            network: Network::default(),
            place: Place::new(channel.clone()),
            channel,
            keys: Keyring::new(KEY_LATE_MS, false, |_| {}),
            leaving: Cell::new(false),
            told: RefCell::default(),
            is_at_work: Cell::new(false),
        }
    }

    pub const fn channel(&self) -> Option<&BroadcastChannel> {
        self.channel.as_ref()
    }

    /// Something may have changed: there is a look to be taken.
    pub fn wake(&self) {
        self.pulse.wake();
    }

    /// The page is about to be hidden.
    pub fn leave(&self) {
        self.leaving.set(true);
        self.network.set_leaving(true);
        self.wake();
    }

    /// Takes a question. One that is not this tab's turn soon is another tab's.
    pub fn ask(this: &Rc<Worker>, id: u32, ask: SyncAsk) {
        this.asks.borrow_mut().push_back((id, ask));
        this.wake();
        if !this.is_at_work.get() {
            let this = Rc::clone(this);
            spawn_local(async move {
                pause(TURN_MS).await;
                if !this.is_at_work.get() {
                    this.refuse_all(&SyncTrouble::InAnotherTab);
                }
            });
        }
    }

    fn refuse_all(&self, trouble: &SyncTrouble) {
        for (id, _) in self.asks.take() {
            answer(id, Err(trouble.clone()));
        }
    }

    /// Waits until the page asks something.
    pub async fn is_wanted(&self) {
        while self.asks.borrow().is_empty() {
            self.pulse.wait(u64::MAX).await;
        }
    }

    /// Until this tab has the lock, another one syncs.
    pub fn tell_elsewhere(&self) {
        self.told.borrow_mut().phase = SyncPhase::InAnotherTab;
    }

    /// Says once more how it stands.
    pub fn tell_state(&self) {
        post(&SyncMessage::State(Box::new(self.told.borrow().clone())));
    }

    fn tell(&self, session: &ShopSession, phase: SyncPhase) {
        let view = session.view(phase);
        if *self.told.borrow() != view {
            self.told.replace(view);
            self.tell_state();
        }
    }

    /// Works until sync is off and nothing is asked.
    pub async fn run(&self) {
        self.is_at_work.set(true);
        loop {
            match self.open().await {
                Ok(session) => {
                    self.work(session).await;
                    self.is_at_work.set(false);
                    return;
                }
                Err(trouble) => self.give_up(&trouble).await,
            }
        }
    }

    /// Says why nothing can be done, and waits a while.
    pub async fn give_up(&self, trouble: &SyncTrouble) {
        let phase = SyncPhase::Stopped(trouble.clone());
        self.told.replace(SyncView { phase, ..SyncView::default() });
        self.tell_state();
        self.refuse_all(trouble);
        self.pulse.wait(POLL_MS).await;
    }

    async fn open(&self) -> Result<ShopSession, SyncTrouble> {
        if !Place::has_randomness() {
            return Err(SyncTrouble::NoRandomness);
        }
        let failed = |problem: protocol::Problem| SyncTrouble::Storage(problem.code().to_owned());
        match AnyBackend::open(&self.keys).await.map_err(failed)? {
            (_, true) => Err(SyncTrouble::MemoryOnly),
            (backend, false) => Session::open(backend, self.place.clone()).await,
        }
    }

    async fn work(&self, mut session: ShopSession) {
        let (mut plan, mut remote) = (Plan::new(), None);
        loop {
            let next = self.asks.borrow_mut().pop_front();
            if let Some((id, ask)) = next {
                let result = self.result(&mut session, &mut remote, &mut plan, ask).await;
                answer(id, result);
                self.tell(&session, plan.phase(&session));
                continue;
            }
            if let Err(trouble) = session.look().await {
                plan.trouble = Some(trouble);
            }
            self.tell(&session, plan.phase(&session));
            if session.ledger().is_none()
                && session.damage().is_none()
                && self.asks.borrow().is_empty()
            {
                return;
            }
            self.wait(&session, &plan).await;
            if remote.is_none()
                && let Some(server) = session.ledger().map(|it| it.server.clone())
            {
                match self.connect(&server) {
                    Ok(connected) => remote = Some(connected),
                    Err(trouble) => plan.stop(trouble),
                }
            }
            let has_news = session.look().await.unwrap_or(false);
            let is_due = plan.next_ms.is_some() || (has_news && plan.tries == 0);
            if let Some(remote) = &remote
                && self.asks.borrow().is_empty()
                && session.ledger().is_some_and(|it| !it.paused)
                && is_due
                && plan.is_time(has_news)
            {
                self.round(&mut session, remote, &mut plan).await;
            }
        }
    }

    /// Waits until something is to be done: what was done here is told once nothing more is done for
    /// a while.
    async fn wait(&self, session: &ShopSession, plan: &Plan) {
        let is_on = session.ledger().is_some_and(|it| !it.paused);
        let due = plan.due_in_ms().filter(|_| is_on);
        let is_woken = self.pulse.wait(due.unwrap_or(u64::MAX)).await;
        let goes_on = || !self.leaving.get() && self.asks.borrow().is_empty();
        let mut rest = QUIET_MS;
        while is_on && is_woken && plan.tries == 0 && rest > 0 && goes_on() {
            pause(QUIET_MS / LOOKS).await;
            rest -= QUIET_MS / LOOKS;
        }
        self.leaving.set(false);
    }

    async fn round(&self, session: &mut ShopSession, remote: &ShopRemote, plan: &mut Plan) {
        self.tell(session, SyncPhase::Syncing);
        let thorough = plan.thorough || plan.rounds.is_multiple_of(THOROUGH_EVERY);
        let ended = {
            let round = pin!(session.round(remote, thorough, plan.refill));
            match select(round, pin!(self.is_interrupted())).await {
                Either::Left((outcome, _)) => Some(outcome),
                Either::Right(_) => None,
            }
        };
        self.network.set_leaving(false);
        plan.rounds += 1;
        match ended {
            Some(outcome) => plan.take(outcome),
            None => match session.take_up().await {
                Ok(()) => plan.at_once(),
                Err(trouble) => plan.stop(trouble),
            },
        }
        self.tell(session, plan.phase(session));
    }

    /// Waits until something is asked that the end of a round did not come in time for.
    async fn is_interrupted(&self) {
        loop {
            pause(ROUND_LOOK_MS).await;
            // To sync now is what a round does.
            if self.asks.borrow().iter().any(|(_, ask)| !matches!(ask, SyncAsk::SyncNow)) {
                pause(PATIENCE_MS).await;
                return;
            }
        }
    }

    async fn result(
        &self,
        session: &mut ShopSession,
        remote: &mut Option<ShopRemote>,
        plan: &mut Plan,
        ask: SyncAsk,
    ) -> Result<SyncAnswer, SyncTrouble> {
        match ask {
            SyncAsk::Test(server) => {
                let found = test_server(&self.connect(&server)?, &mut self.place.clone()).await;
                return Ok(SyncAnswer::Found(found));
            }
            SyncAsk::Begin { server, secret } => {
                *remote = Some(self.begin(session, server, &secret).await?);
                *plan = Plan::new();
            }
            SyncAsk::SyncNow => {
                let server =
                    session.ledger().map(|it| it.server.clone()).ok_or(SyncTrouble::Off)?;
                let server = self.connect(&server)?;
                plan.at_once();
                self.round(session, remote.get_or_insert(server), plan).await;
                if let Some(trouble) = &plan.trouble {
                    return Err(trouble.clone());
                }
            }
            SyncAsk::Pause(paused) => {
                session.pause(paused).await?;
                plan.at_once();
            }
            SyncAsk::ConfirmDeletes { device } => {
                session.confirm_deletes(&device).await?;
                plan.at_once();
            }
            SyncAsk::Refill => {
                plan.at_once();
                plan.refill = true;
            }
            SyncAsk::Settle { conflict, keep } => {
                session.settle(conflict, keep).await?;
                plan.at_once();
            }
            SyncAsk::SignIn(account) => {
                let server =
                    session.ledger().map(|it| it.server.clone()).ok_or(SyncTrouble::Off)?;
                let signed_in = self.connect(&SyncServer { account: account.clone(), ..server })?;
                session.sign_in(&account, &signed_in).await?;
                *remote = Some(signed_in);
                plan.at_once();
            }
            SyncAsk::ChangePassphrase(passphrase) => {
                session.change_passphrase(&passphrase).await?;
                plan.at_once();
            }
            SyncAsk::Recovery => return session.recovery().map(SyncAnswer::Recovery),
            SyncAsk::End => {
                session.end().await?;
                *remote = None;
                *plan = Plan::new();
            }
            // They are answered as they come.
            SyncAsk::Hello { .. } | SyncAsk::Leaving | SyncAsk::Cors { .. } => {}
        }
        Ok(SyncAnswer::Done)
    }

    async fn begin(
        &self,
        session: &mut ShopSession,
        server: SyncServer,
        secret: &SyncSecret,
    ) -> Result<ShopRemote, SyncTrouble> {
        let remote = self.connect(&server)?;
        session.begin(server, secret, &remote).await?;
        Ok(remote)
    }

    fn connect(&self, server: &SyncServer) -> Result<ShopRemote, SyncTrouble> {
        connect(server, self.network.clone())
    }
}

impl Plan {
    const fn new() -> Plan {
        Plan {
            tries: 0,
            rounds: 0,
            thorough: true,
            refill: false,
            next_ms: Some(0),
            trouble: None,
            is_stopped: false,
        }
    }

    /// The user wants something: it is not waited for.
    fn at_once(&mut self) {
        *self = Plan { rounds: self.rounds, ..Plan::new() };
    }

    /// Nothing can be done before the user has done something.
    fn stop(&mut self, trouble: SyncTrouble) {
        (self.next_ms, self.trouble, self.is_stopped) = (None, Some(trouble), true);
    }

    fn take(&mut self, outcome: syncer::Outcome) {
        self.thorough = false;
        let now_ms = stopwatch_ms();
        let Some(trouble) = outcome.trouble else {
            (self.tries, self.trouble, self.is_stopped) = (0, None, false);
            self.refill = false;
            self.next_ms = Some(now_ms + POLL_MS);
            return;
        };
        let random = (Math::random() * f64::from(u32::MAX)) as u64;
        let wait = match outcome.failure {
            Some(failure) => wait_ms(failure, self.tries, random),
            // What the storage did not take it may take later; the rest waits for the user.
            None if matches!(trouble, SyncTrouble::Storage(_) | SyncTrouble::StorageFull) => {
                wait_ms(sync::Failure::Unreachable, self.tries, random)
            }
            None => None,
        };
        self.is_stopped = wait.is_none();
        let wait = wait.or((trouble != SyncTrouble::Denied).then_some(LOOK_AGAIN_MS));
        self.tries += 1;
        self.thorough = true;
        self.next_ms = wait.map(|ms| now_ms + ms);
        self.trouble = Some(trouble);
    }

    fn due_in_ms(&self) -> Option<u64> {
        self.next_ms.map(|next| next.saturating_sub(stopwatch_ms()))
    }

    fn is_time(&self, has_news: bool) -> bool {
        let is_due = self.due_in_ms() == Some(0);
        is_due || (has_news && self.tries == 0)
    }

    fn phase(&self, session: &ShopSession) -> SyncPhase {
        if let Some(trouble) = session.damage() {
            return SyncPhase::Stopped(trouble.clone());
        }
        match (session.ledger(), &self.trouble, self.due_in_ms()) {
            (None, ..) => SyncPhase::Off,
            (Some(ledger), ..) if ledger.paused => SyncPhase::Paused,
            (_, Some(trouble), Some(ms)) if !self.is_stopped => {
                let until_ms = Date::now() as u64 + ms;
                SyncPhase::Waiting { until_ms, trouble: trouble.clone() }
            }
            (_, Some(trouble), _) => SyncPhase::Stopped(trouble.clone()),
            (_, None, _) => SyncPhase::Idle,
        }
    }
}
