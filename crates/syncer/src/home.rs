//! The device's side of a round: the store, with the ledger beside it.

use crate::Host;
use crate::imports::{self, Placed};
use crate::journal::{Noted, keep_all, noted_of};
use crate::ledger::{LEDGER, Ledger, PART, Shared};
use crate::unsent::{Item, Queue, Unsent, taken_back, unsent_of_import};
use model::{CustomerId, Entity, Hlc};
use protocol::Writes;
use protocol::sync::SyncLine;
use std::collections::BTreeSet;
use store::{Backend, BackendError, Edits, Exchange, Manifest, Side, Store, StoreError, ToErase};
use sync::{DataKey, Digest, Entropy, Event, Home, Import, Op, PartRef, Replica};

/// Other tabs may write between a look and a write: so often it is tried.
const ATTEMPTS: usize = 64;

/// What of the imports comes to nothing here: it is not tried in every round.
#[derive(Debug, Default)]
pub(crate) struct Unusable {
    /// Editions of own imports of which rows are damaged.
    pub editions: BTreeSet<Hlc>,
    /// Parts that hold something else than their device says, or nothing that this program reads.
    pub parts: BTreeSet<Digest>,
}

/// A device in the midst of a round.
pub(crate) struct Here<'a, B, H> {
    pub store: &'a mut Store<B>,
    pub host: &'a mut H,
    pub ledger: &'a mut Ledger,
    /// As it was last written.
    pub kept: &'a mut Option<Ledger>,
    pub queue: &'a mut Queue,
    pub key: Option<&'a DataKey>,
    /// What of the imports comes to nothing here, for a while.
    pub unusable: &'a mut Unusable,
    /// What was heard and is to be kept with what comes next.
    pub noted: Vec<Noted>,
    /// Why the store did not do its part.
    pub failed: Option<StoreError>,
}

impl<B: Backend, H: Host> Here<'_, B, H> {
    /// Reads what this and other tabs have done since.
    pub(crate) async fn look(&mut self) -> Result<(), StoreError> {
        // Whoever has deleted everything here has ended sync as well.
        if self.kept.is_some() && self.store.side_keys(LEDGER).await?.is_empty() {
            return Err(StoreError::Vanished);
        }
        self.queue.read_on(self.store, self.ledger).await?;
        let overlay = self.store.overlay();
        let is_erased = |it: &Entity| overlay.get(it).is_some_and(Edits::is_deleted);
        self.ledger.conflicts.retain(|it| !is_erased(&it.entity));
        for id in taken_back(self.store, self.ledger) {
            let at = self.store.manifest().clock;
            if let Some(shared) = self.ledger.import_mut(id) {
                (shared.here, shared.taken_back) = (None, Some(at));
            }
            self.queue.waiting.extend(unsent_of_import(self.ledger, Item::TakeBack(id)));
        }
        Ok(())
    }

    /// Writes in one transaction: what is exchanged, and the ledger as `change` makes it. `sealed`: so
    /// many of what waits are told.
    pub(crate) async fn write(
        &mut self,
        exchange: &Exchange,
        extra: &Side,
        sealed: usize,
        change: &dyn Fn(&mut Ledger),
    ) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            if self.queue.read_log != self.store.manifest().next_log {
                self.look().await?;
            }
            let is_lot = !exchange.admitted.is_empty() || !exchange.retired.is_empty();
            let turn = self.host.turn(if is_lot { Writes::Lot } else { Writes::Edit }).await;
            let (before, rest) = (self.queue.read_log, &self.queue.waiting[sealed..]);
            let ledger = &*self.ledger;
            let next = |manifest: &Manifest| {
                let mut next = ledger.clone();
                change(&mut next);
                next.settle_log(rest, before..manifest.next_log);
                next
            };
            let is_nothing = exchange.is_empty() && extra.is_empty();
            if is_nothing && self.is_kept(&next(self.store.manifest())) {
                return Ok(());
            }
            let side = |manifest: &Manifest| {
                let mut side = extra.clone();
                side.put(LEDGER, &next(manifest))?;
                Ok(side)
            };
            let done = self.store.exchange(exchange, &side).await;
            drop(turn);
            match done {
                Ok(()) => {
                    let next = next(self.store.manifest());
                    let is_news = self.store.manifest().next_log != before || is_lot;
                    *self.kept = Some(next.clone());
                    *self.ledger = next;
                    self.queue.waiting.drain(..sealed);
                    self.queue.read_log = self.store.manifest().next_log;
                    if is_news {
                        self.host.announce();
                    }
                    return Ok(());
                }
                Err(StoreError::Backend(BackendError::Conflict)) => self.look().await?,
                Err(error) => return Err(error),
            }
        }
        Err(BackendError::Conflict.into())
    }

    /// Whether the ledger stands in the store as it is.
    fn is_kept(&self, next: &Ledger) -> bool {
        self.kept.as_ref() == Some(next)
    }

    /// The same, as a round wants it told.
    async fn keep_with(
        &mut self,
        exchange: &Exchange,
        extra: &Side,
        sealed: usize,
        change: &dyn Fn(&mut Ledger),
    ) -> Result<(), String> {
        let noted = std::mem::take(&mut self.noted);
        let at_ms = self.host.now_ms();
        let all = |ledger: &mut Ledger| {
            change(ledger);
            keep_all(&noted, ledger, at_ms);
        };
        let written = self.write(exchange, extra, sealed, &all).await;
        written.map_err(|error| self.fail(error))
    }

    pub(crate) fn fail(&mut self, error: StoreError) -> String {
        let words = error.to_string();
        self.failed = Some(error);
        words
    }

    /// Takes out what is here of people who were erased elsewhere, once no new edition without it is to be
    /// expected: the imports are then told as new editions from here.
    pub(crate) async fn leave_out_erased(&mut self) -> Result<(), StoreError> {
        let due = self.ledger.erasure_due;
        if due == 0 {
            return Ok(());
        }
        let may_come = self.ledger.imports.iter().any(Shared::is_wanted);
        let rest = if may_come { due - 1 } else { 0 };
        if rest == 0 {
            let turn = self.host.turn(Writes::Lot).await;
            self.store.refresh().await?;
            let now_ms = self.host.now_ms();
            let nobody_else = ToErase::default();
            let erased = self.store.erase_customers(&nobody_else, now_ms, &mut |_, _| ()).await;
            drop(turn);
            self.look().await?;
            if !erased?.rewritten.is_empty() {
                self.host.announce();
            }
        }
        let nothing = (Exchange::default(), Side::default());
        self.write(&nothing.0, &nothing.1, 0, &|ledger| ledger.erasure_due = rest).await
    }

    /// Makes an import of it where all of its rows are here.
    pub(crate) async fn admit_what_is_here(&mut self) -> Result<(), StoreError> {
        for id in self.ledger.in_force().map(|it| it.id).collect::<Vec<_>>() {
            let Some((admitted, file)) = self.ledger.import(id).and_then(imports::admissible::<B>)
            else {
                continue;
            };
            let edition = admitted.edition;
            let exchange = Exchange { admitted: vec![admitted], ..Exchange::default() };
            let line = SyncLine {
                at_ms: self.host.now_ms(),
                what: protocol::sync::SyncHappened::ImportCame { file },
            };
            let anybody_is_erased = !self.store.erased().is_empty();
            let is_here = |ledger: &mut Ledger| {
                ledger.note(line.clone(), false);
                if anybody_is_erased {
                    ledger.expect_erased(|_| false);
                }
                if let Some(shared) = ledger.import_mut(id) {
                    (shared.here, shared.came) = (Some(edition), Vec::new());
                }
            };
            match self.write(&exchange, &Side::default(), 0, &is_here).await {
                // They are fetched again.
                Err(StoreError::Swept) => {
                    if let Some(shared) = self.ledger.import_mut(id) {
                        shared.came.iter_mut().for_each(|it| *it = None);
                    }
                }
                other => other?,
            }
        }
        Ok(())
    }
}

impl<B, H: Host> Entropy for Here<'_, B, H> {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.host.fill(bytes);
    }
}

impl<B: Backend, H: Host> Home for Here<'_, B, H> {
    async fn keep(&mut self, replica: &Replica, came: &[Op], sealed: usize) -> Result<(), String> {
        let mut exchange = Exchange::default();
        let mut imports: Vec<&Import> = Vec::new();
        let mut gone: Vec<(Hlc, Hlc)> = Vec::new();
        for op in came {
            match op {
                Op::Change(change) => exchange.changes.push(change.clone()),
                Op::Import(import) => imports.push(import),
                Op::TakeBack { import, at } => gone.push((*import, *at)),
            }
        }
        let live = |id: &Hlc| self.store.manifest().live_batches().any(|it| it.stamp == *id);
        exchange.retired = gone.iter().map(|it| it.0).filter(live).collect();
        exchange.dropped = imports::superseded(self.ledger, &imports, &gone);
        let placed: Vec<(&Import, Placed)> = imports
            .into_iter()
            .map(|import| (import, imports::place(self.store, import)))
            .collect();
        let deleted: Vec<Entity> =
            came.iter().filter_map(Op::deletes).map(Entity::Customer).collect();
        self.keep_with(&exchange, &Side::default(), sealed, &|ledger| {
            ledger.replica = replica.clone();
            if !deleted.is_empty() {
                ledger.expect_erased(|it| deleted.contains(it));
            }
            for (import, placed) in &placed {
                imports::take(ledger, import, placed);
            }
            for (id, at) in &gone {
                imports::take_back(ledger, *id, *at);
            }
        })
        .await
    }

    fn unsent(&self) -> Vec<Op> {
        self.queue.waiting.iter().map(|Unsent { op, .. }| op.clone()).collect()
    }

    fn operations(&self) -> Vec<Op> {
        let edits = self.store.overlay().iter().flat_map(|(entity, edits)| edits.changes(entity));
        let imports = self.ledger.imports.iter().map(|it| match it.taken_back {
            Some(at) => Op::TakeBack { import: it.id, at },
            None => Op::Import(it.import()),
        });
        edits.map(Op::Change).chain(imports).collect()
    }

    fn hear(&mut self, event: &Event) {
        self.noted.push(noted_of(event));
    }

    fn customers(&self) -> u64 {
        // Several files tell of the same people: the largest is no more than there are.
        let facts = self.store.manifest().live_batches().map(|it| it.facts.customers);
        facts.max().unwrap_or(0)
    }

    fn is_erased(&self, id: CustomerId) -> bool {
        self.store.overlay().get(&Entity::Customer(id)).is_some_and(Edits::is_deleted)
    }

    async fn part_to_send(&self) -> Option<(Digest, String)> {
        for name in &self.ledger.due {
            // One that cannot be read is missed by the others, and then written again.
            if let Ok(Some(text)) = self.store.side::<String>(&format!("{PART}{name}")).await {
                return Some((*name, text));
            }
        }
        None
    }

    async fn part_sent(&mut self, name: Digest) -> Result<(), String> {
        let extra = Side { deletes: vec![format!("{PART}{name}")], ..Side::default() };
        self.keep_with(&Exchange::default(), &extra, 0, &|ledger| _ = ledger.due.remove(&name))
            .await
    }

    fn parts_in_force(&self) -> Vec<PartRef> {
        self.ledger.in_force().flat_map(|it| it.parts.clone()).collect()
    }

    async fn write_again(&mut self, gone: &[Digest]) -> Result<(), String> {
        let is_hit = |it: &&Shared| {
            it.here == Some(it.edition) && it.parts.iter().any(|part| gone.contains(&part.name))
        };
        let hit: Vec<Hlc> = self.ledger.in_force().filter(is_hit).map(|it| it.id).collect();
        for id in hit {
            let edition = self.store.manifest().clock.tick(self.host.now_ms());
            self.share(id, edition, true).await.map_err(|error| self.fail(error))?;
        }
        Ok(())
    }

    fn parts_left_over(&self) -> Vec<Digest> {
        let in_force = self.parts_in_force();
        let is_over = |name: &&Digest| !in_force.iter().any(|part| part.name == **name);
        self.ledger.mine.iter().filter(is_over).copied().collect()
    }

    async fn part_deleted(&mut self, name: Digest) -> Result<(), String> {
        let extra = Side { deletes: vec![format!("{PART}{name}")], ..Side::default() };
        self.keep_with(&Exchange::default(), &extra, 0, &|ledger| {
            ledger.mine.remove(&name);
            ledger.due.remove(&name);
        })
        .await
    }

    fn parts_wanted(&self) -> Vec<PartRef> {
        let wanted = self.ledger.imports.iter().filter(|it| it.is_wanted());
        let parts = wanted.flat_map(|it| it.parts.iter().zip(&it.came));
        let missing = parts.filter(|(_, came)| came.is_none()).map(|it| it.0);
        missing.filter(|it| !self.unusable.parts.contains(&it.name)).cloned().collect()
    }

    async fn keep_part(&mut self, name: Digest, rows: Vec<u8>) -> Result<(), String> {
        let Some((id, number, chunk)) = imports::of_part::<B>(self.ledger, name, &rows) else {
            // Its device has said something else of it than it holds: nobody can use that.
            self.noted.push(Noted::part_damaged());
            self.unusable.parts.insert(name);
            return Ok(());
        };
        let came = Some(chunk.clone());
        let exchange = Exchange { staged: vec![(chunk, rows)], ..Exchange::default() };
        self.keep_with(&exchange, &Side::default(), 0, &|ledger| {
            if let Some(shared) = ledger.import_mut(id) {
                shared.came[number].clone_from(&came);
            }
        })
        .await?;
        self.admit_what_is_here().await.map_err(|error| self.fail(error))
    }
}
