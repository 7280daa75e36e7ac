//! Sync on one device, from its beginning to its end.

use crate::Host;
use crate::begin::{begin, is_long_enough};
use crate::home::{Here, Unusable};
use crate::imports;
use crate::journal::{Noted, keep_all};
use crate::ledger::{KeptConflict, LEDGER, Ledger, PART};
use crate::unsent::{Queue, news};
use crate::view::view;
use crate::words::{of_failure, of_key, of_stop, of_store};
use model::{DeviceId, Operation, Origin};
use protocol::Writes;
use protocol::sync::{
    SyncAccount, SyncHappened, SyncPhase, SyncSecret, SyncServer, SyncTrouble, SyncView,
};
use std::collections::BTreeSet;
use store::{Backend, Exchange, Side, Store, StoreError};
use sync::{DataKey, Pace, Path, Remote, Stop, Work};

/// That a round went through is written down at least so often.
const LAST_KEPT_MS: u64 = 3_600_000;

/// Sync on one device.
pub struct Session<B, H> {
    store: Store<B>,
    host: H,
    on: Option<On>,
    /// Why what sync knew cannot be read any more. It is begun anew, or ended.
    damage: Option<SyncTrouble>,
    unusable: Unusable,
}

struct On {
    ledger: Ledger,
    /// The ledger as it stands in the store.
    kept: Option<Ledger>,
    queue: Queue,
    key: Option<DataKey>,
    /// When a round last went through; the ledger is behind with that.
    last_ms: Option<u64>,
}

/// How a round ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether anything came or was told.
    pub moved: bool,
    /// Why it ended early.
    pub trouble: Option<SyncTrouble>,
    /// What the server has said, if it was the server: how long to wait follows from it.
    pub failure: Option<sync::Failure>,
}

impl<B: Backend, H: Host> Session<B, H> {
    /// Opens the data of a backend.
    pub async fn open(backend: B, mut host: H) -> Result<Session<B, H>, SyncTrouble> {
        let device = DeviceId(u64::from_be_bytes(host.bytes()));
        let (store, _) = Store::open(backend, device).await.map_err(|it| of_store(&it))?;
        let unusable = Unusable::default();
        let mut session = Session { store, host, on: None, damage: None, unusable };
        match session.store.side::<Ledger>(LEDGER).await {
            Ok(ledger) => {
                session.on = ledger.map(On::stored::<B>);
                session.sweep().await;
            }
            Err(error @ StoreError::Json(_)) => session.damage = Some(of_store(&error)),
            Err(error) => return Err(of_store(&error)),
        }
        Ok(session)
    }

    /// What sync knows; `None`: it is off.
    pub fn ledger(&self) -> Option<&Ledger> {
        self.on.as_ref().map(|it| &it.ledger)
    }

    /// Why what sync knew cannot be read any more.
    pub const fn damage(&self) -> Option<&SyncTrouble> {
        self.damage.as_ref()
    }

    /// Where the data are.
    pub const fn store(&self) -> &Store<B> {
        &self.store
    }

    /// The place that it runs in.
    pub const fn host(&mut self) -> &mut H {
        &mut self.host
    }

    /// Reads what the tabs have written since; whether anything waits to be told.
    pub async fn look(&mut self) -> Result<bool, SyncTrouble> {
        self.store.refresh().await.map_err(|it| of_store(&it))?;
        let Some(mut here) = self.here() else { return Ok(false) };
        match here.look().await {
            Err(StoreError::Vanished) => {
                self.on = None;
                return Ok(false);
            }
            looked => looked.map_err(|it| of_store(&it))?,
        }
        let Some(here) = self.here() else { return Ok(false) };
        let mut news = news(here.store, here.ledger).into_iter();
        let has_news = !here.queue.waiting.is_empty()
            || news.any(|it| !here.unusable.editions.contains(&it.edition));
        Ok(has_news || here.ledger.replica.is_waiting())
    }

    /// How it stands.
    pub fn view(&self, phase: SyncPhase) -> SyncView {
        let Some(On { ledger, queue, last_ms, .. }) = &self.on else {
            return SyncView { phase, ..SyncView::default() };
        };
        let shown = view(ledger, self.store.overlay(), queue.waiting.len(), phase);
        SyncView { last_ms: (*last_ms).max(shown.last_ms), ..shown }
    }

    /// Lets a server keep this shop from now on. What is here is told in the next round.
    pub async fn begin(
        &mut self,
        server: SyncServer,
        secret: &SyncSecret,
        remote: &impl Remote,
    ) -> Result<(), SyncTrouble> {
        let mut begun = begin(remote, secret, &mut self.host).await?;
        begun.replica.tell_everything();
        self.store.refresh().await.map_err(|it| of_store(&it))?;
        let mut ledger = Ledger::new(begun.replica, server, begun.key.as_ref());
        // All that is known is told as it is in force, so that the log is told from here on.
        ledger.told_log = self.store.manifest().next_log;
        ledger.take_back_undone(self.store.manifest());
        let former = self.on.replace(On::of(ledger));
        let noted = self.note(SyncHappened::Began { founded: begun.founded }).await;
        match noted {
            Ok(()) => self.damage = None,
            Err(_) => self.on = former,
        }
        noted
    }

    /// Does a round. `thorough`: everything is looked at. `refill`: a server that has lost the shop may
    /// be filled again.
    pub async fn round(&mut self, remote: &impl Remote, thorough: bool, refill: bool) -> Outcome {
        let told = self.try_round(remote, thorough, refill).await;
        let (report, trouble, failure) = match told {
            Ok((report, stop, trouble)) => {
                let failure = match stop {
                    Some(Stop::Failure(failure)) => Some(failure),
                    _ => None,
                };
                (report, trouble, failure)
            }
            Err(error) => (sync::Report::default(), Some(of_store(&error)), None),
        };
        let moved = report.received + report.sent > 0;
        let now_ms = self.host.now_ms();
        let mut lines = Vec::new();
        if moved {
            let (received, sent) = (report.received, report.sent);
            lines
                .push(Noted::Line { what: SyncHappened::Round { received, sent }, repeats: false });
        }
        if let Some(trouble) = &trouble {
            let what = SyncHappened::Failed(trouble.clone());
            lines.push(Noted::Line { what, repeats: true });
        }
        let succeeded = trouble.is_none();
        if let Some(on) = &mut self.on
            && succeeded
        {
            on.last_ms = Some(now_ms);
        }
        let is_old = self.ledger().is_some_and(|it| {
            let since = it.last_ms.map_or(u64::MAX, |last| now_ms.abs_diff(last));
            succeeded && since > LAST_KEPT_MS
        });
        if is_old || !lines.is_empty() {
            // It is only told of: where it cannot be kept, the next round says so.
            let _ = self
                .keep(lines, &|ledger| {
                    if succeeded {
                        ledger.last_ms = Some(now_ms);
                    }
                })
                .await;
        }
        Outcome { moved, trouble, failure }
    }

    /// Takes up what stands in the store after a round that was dropped in its midst, which is as a kill:
    /// what was on its way then is in force or it is not, whatever was noted of it here.
    pub async fn take_up(&mut self) -> Result<(), SyncTrouble> {
        self.store.refresh().await.map_err(|it| of_store(&it))?;
        let ledger = self.store.side::<Ledger>(LEDGER).await.map_err(|it| of_store(&it))?;
        let last_ms = self.on.take().and_then(|it| it.last_ms);
        self.on = ledger.map(|ledger| {
            let stored = On::stored::<B>(ledger);
            On { last_ms: last_ms.max(stored.last_ms), ..stored }
        });
        Ok(())
    }

    async fn try_round(
        &mut self,
        remote: &impl Remote,
        thorough: bool,
        refill: bool,
    ) -> Result<(sync::Report, Option<Stop>, Option<SyncTrouble>), StoreError> {
        self.store.refresh().await?;
        if thorough {
            self.unusable = Unusable::default();
        }
        let key = self.on.as_ref().and_then(|it| it.key.clone());
        let Some(mut here) = self.here() else {
            return Ok((sync::Report::default(), None, Some(SyncTrouble::Off)));
        };
        if here.look().await == Err(StoreError::Vanished) {
            self.on = None;
            return Ok((sync::Report::default(), None, Some(SyncTrouble::Off)));
        }
        let Some(mut here) = self.here() else {
            return Ok((sync::Report::default(), None, Some(SyncTrouble::Off)));
        };
        here.admit_what_is_here().await?;
        here.share_news().await?;
        let pace = Pace {
            now_ms: here.host.now_ms(),
            thorough,
            key: key.as_ref(),
            refill,
            segments_kept: Pace::SEGMENTS_KEPT,
        };
        let mut replica = here.ledger.replica.clone();
        let (report, result) = sync::round(&mut replica, remote, &mut here, pace).await;
        let noted = std::mem::take(&mut here.noted);
        if !noted.is_empty() {
            let at_ms = here.host.now_ms();
            here.write(&Exchange::default(), &Side::default(), 0, &|ledger| {
                keep_all(&noted, ledger, at_ms);
            })
            .await?;
        }
        // Whatever the server says of the rest: who is erased goes.
        here.leave_out_erased().await?;
        let stop = result.err();
        let trouble = stop.as_ref().map(|it| of_stop(it, here.failed.as_ref()));
        Ok((report, stop, trouble))
    }

    /// Lets the deletions of a device through that are held back.
    pub async fn confirm_deletes(&mut self, device: &str) -> Result<(), SyncTrouble> {
        let Ok(dev) = u64::from_str_radix(device, 16).map(DeviceId) else { return Ok(()) };
        self.keep(Vec::new(), &|ledger| ledger.replica.confirm_deletes(dev)).await
    }

    /// Stops for a while, or goes on.
    pub async fn pause(&mut self, paused: bool) -> Result<(), SyncTrouble> {
        self.keep(Vec::new(), &|ledger| ledger.paused = paused).await
    }

    /// Puts the value of a conflict in force that is not, or keeps what is. It is settled then.
    pub async fn settle(&mut self, id: u64, keep: bool) -> Result<(), SyncTrouble> {
        let found =
            self.ledger().and_then(|it| it.conflicts.iter().find(|it| it.id == id)).cloned();
        let Some(KeptConflict { entity, field, mine, theirs, .. }) = found else { return Ok(()) };
        if !keep {
            let now =
                self.store.overlay().field(&entity, &field).and_then(|it| it.value().cloned());
            let value = if now.as_ref() == Some(&mine.1) { theirs.1 } else { mine.1 };
            let edit = (entity, field, Operation::Set(value));
            let now_ms = self.host.now_ms();
            let turn = self.host.turn(Writes::Edit).await;
            let applied = self.store.apply(Origin::Person, vec![edit], now_ms).await;
            drop(turn);
            applied.map_err(|it| of_store(&it))?;
            self.host.announce();
        }
        self.keep(Vec::new(), &|ledger| ledger.conflicts.retain(|it| it.id != id)).await
    }

    /// Another name or password for the server. They are tried before they are kept; `remote`: the
    /// server as they reach it.
    pub async fn sign_in(
        &mut self,
        account: &SyncAccount,
        remote: &impl Remote,
    ) -> Result<(), SyncTrouble> {
        remote.get(Path::Vault).await.map_err(of_failure)?;
        self.keep(Vec::new(), &|ledger| ledger.server.account = account.clone()).await
    }

    /// Another passphrase for the shop's key. It is on the server after the next round.
    pub async fn change_passphrase(&mut self, passphrase: &str) -> Result<(), SyncTrouble> {
        is_long_enough(passphrase)?;
        let Some(On { ledger, key, .. }) = &self.on else { return Err(SyncTrouble::Off) };
        let key = key.clone().ok_or(SyncTrouble::NotSealed)?;
        let vault = ledger.replica.known_vault().ok_or(SyncTrouble::HalfShopFile)?;
        let vault =
            vault.with_passphrase(&key, passphrase, Work::USUAL, &mut self.host).map_err(of_key)?;
        let changed = Noted::Line { what: SyncHappened::PassphraseChanged, repeats: false };
        self.keep(vec![changed], &|ledger| _ = ledger.replica.change_passphrase(&vault)).await
    }

    /// The code that opens the shop without its passphrase.
    pub fn recovery(&self) -> Result<String, SyncTrouble> {
        let ledger = self.ledger().ok_or(SyncTrouble::Off)?;
        ledger.key.clone().map(|it| it.0).ok_or(SyncTrouble::NotSealed)
    }

    /// Ends sync on this device. What is on the server stays there, what has come stays here.
    pub async fn end(&mut self) -> Result<(), SyncTrouble> {
        let parts = self.store.side_keys(PART).await.map_err(|it| of_store(&it))?;
        let deletes = parts.into_iter().chain([LEDGER.to_owned()]).collect();
        let side = Side { deletes, ..Side::default() };
        loop {
            let dropped = self.store.manifest().arriving.iter().cloned().collect();
            let exchange = Exchange { dropped, ..Exchange::default() };
            match self.store.exchange(&exchange, &|_| Ok(side.clone())).await {
                Ok(()) => break,
                Err(StoreError::Backend(store::BackendError::Conflict)) => {}
                Err(error) => return Err(of_store(&error)),
            }
        }
        (self.on, self.damage) = (None, None);
        Ok(())
    }

    fn here(&mut self) -> Option<Here<'_, B, H>> {
        let On { ledger, kept, queue, key, .. } = self.on.as_mut()?;
        Some(Here {
            store: &mut self.store,
            host: &mut self.host,
            ledger,
            kept,
            queue,
            key: key.as_ref(),
            unusable: &mut self.unusable,
            noted: Vec::new(),
            failed: None,
        })
    }

    async fn note(&mut self, what: SyncHappened) -> Result<(), SyncTrouble> {
        self.keep(vec![Noted::Line { what, repeats: false }], &|_| ()).await
    }

    async fn keep(
        &mut self,
        noted: Vec<Noted>,
        change: &dyn Fn(&mut Ledger),
    ) -> Result<(), SyncTrouble> {
        let mut here = self.here().ok_or(SyncTrouble::Off)?;
        let at_ms = here.host.now_ms();
        let all = |ledger: &mut Ledger| {
            change(ledger);
            keep_all(&noted, ledger, at_ms);
        };
        let written = here.write(&Exchange::default(), &Side::default(), 0, &all).await;
        written.map_err(|it| of_store(&it))
    }

    /// Deletes parts that a kill has left.
    async fn sweep(&mut self) {
        let due: BTreeSet<String> = match self.ledger() {
            Some(ledger) => ledger.due.iter().map(|name| format!("{PART}{name}")).collect(),
            None => BTreeSet::new(),
        };
        let Ok(there) = self.store.side_keys(PART).await else { return };
        let deletes: Vec<String> = there.into_iter().filter(|key| !due.contains(key)).collect();
        if !deletes.is_empty() {
            let side = Side { deletes, ..Side::default() };
            // They do no harm but take room: a failure is left for the next start.
            let _ = self.store.exchange(&Exchange::default(), &|_| Ok(side.clone())).await;
        }
    }
}

impl On {
    fn of(ledger: Ledger) -> On {
        let (queue, key) = (Queue::of(&ledger), ledger.key());
        On { queue, key, last_ms: ledger.last_ms, kept: None, ledger }
    }

    fn stored<B: Backend>(mut ledger: Ledger) -> On {
        let kept = Some(ledger.clone());
        imports::look_again::<B>(&mut ledger);
        On { kept, ..On::of(ledger) }
    }
}
