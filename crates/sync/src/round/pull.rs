//! Reading the others: each device's segments one after the other, none passed over.

use super::compact::{List, Piece};
use super::fetch::Got;
use super::{Event, Home, Round, Stop};
use crate::head::Head;
use crate::ids::Digest;
use crate::op::Op;
use crate::part::Part;
use crate::remote::{Path, Remote};
use crate::replica::{Conflict, Standstill};
use crate::segment::{Damage, Place, Segment, Told};
use model::{Change, CustomerId, DeviceId, Operation};
use std::collections::BTreeSet;

/// What is applied in one transaction at most.
const BATCH_OPS: usize = 5_000;
/// A stamp so far ahead is a mistake; a clock that is a year wrong is not.
const TEN_YEARS_MS: u64 = 10 * 366 * 24 * 3600 * 1000;
/// So many customers may be deleted from afar without a question; of a small shop a hundredth, but
/// at least a few.
const DELETES: u64 = 100;
const FEW_DELETES: u64 = 20;

/// What became of a snapshot.
enum Taken {
    /// It was taken over.
    Over,
    /// There is none, or it says nothing new.
    Nothing,
    /// It waits for a word of the user.
    Held(Standstill),
}

/// What was read of a device and not yet kept.
#[derive(Default)]
struct Batch {
    ops: Vec<Op>,
    seq: u64,
    id: Option<Digest>,
}

impl<R: Remote, H: Home> Round<'_, R, H> {
    pub(super) async fn pull(&mut self) -> Result<(), Stop> {
        // A snapshot may name devices that were not known.
        let mut done = BTreeSet::new();
        loop {
            let known = self.replica.peers.keys().copied();
            let Some(dev) = known.into_iter().find(|dev| !done.contains(dev)) else {
                return Ok(());
            };
            done.insert(dev);
            self.pull_device(dev).await?;
        }
    }

    async fn pull_device(&mut self, dev: DeviceId) -> Result<(), Stop> {
        // A device that has told nothing yet costs a quick round no more than any other.
        if self.pace.thorough && self.replica.peer(dev).seq == 0 {
            self.take_over_snapshot(dev, dev).await?;
        }
        if self.pace.thorough {
            self.compare_folder(dev).await?;
        }
        let mut stands_still = self.read_on(dev).await?;
        let is_new = self.replica.peer(dev).stands_still != stands_still;
        self.replica.peer(dev).stands_still = stands_still;
        let waits = self.replica.peer(dev).waits_for().is_some();
        if waits && (is_new || self.pace.thorough) {
            match self.take_over_any_snapshot(dev).await? {
                Taken::Over => stands_still = self.read_on(dev).await?,
                Taken::Held(why) => stands_still = Some(why),
                Taken::Nothing => {}
            }
        }
        if is_new || self.replica.peer(dev).stands_still != stands_still {
            self.replica.peer(dev).stands_still = stands_still;
            self.keep(&[]).await?;
        }
        if let Some(why) = stands_still {
            self.tell(Event::StandsStill(dev, why));
        }
        Ok(())
    }

    /// Reads a device's head and remembers what it says; `None`: there is none that can be used.
    pub(super) async fn head_of(&mut self, dev: DeviceId) -> Result<Option<Head>, Stop> {
        let key = self.pace.key;
        let head = self.fetch(Path::Head(dev), |text| Head::parse(dev, text, key)).await?.whole();
        let own = self.replica.dev;
        let now_ms = self.pace.now_ms;
        let peer = self.replica.peer(dev);
        // A clock that was set back must not make this device wait for years.
        peer.changed_ms = peer.changed_ms.min(now_ms);
        let Some(head) = head else { return Ok(None) };
        let seen_of_us = head.seen.get(&own).copied().unwrap_or(0);
        if head.seq > peer.head_seq || seen_of_us > peer.seen_of_us {
            peer.changed_ms = now_ms;
            peer.emptied = 0;
        }
        peer.head_seq = peer.head_seq.max(head.seq);
        peer.seen_of_us = peer.seen_of_us.max(seen_of_us);
        self.asked.extend(&head.missing);
        // The roster may have lost whom somebody else has read.
        self.meet(head.seen.keys().copied());
        for (of, seq) in head.seen.iter().filter(|it| *it.0 != own) {
            let peer = self.replica.peer(*of);
            peer.read_by_others = peer.read_by_others.max(*seq);
        }
        for (of, seq) in &head.waits {
            if self.replica.peers.get(of).is_some_and(|peer| peer.seq >= *seq) {
                let waited_for = self.waited_for.entry(*of).or_default();
                *waited_for = (*seq).max(*waited_for);
            }
        }
        Ok(Some(head))
    }

    /// Reads segments until there is none; why it stands still, if it is not for that.
    async fn read_on(&mut self, dev: DeviceId) -> Result<Option<Standstill>, Stop> {
        let peer = self.replica.peer(dev);
        let mut batch = Batch { seq: peer.seq, id: peer.id, ..Batch::default() };
        let mut deleted = BTreeSet::new();
        let why = loop {
            let seq = batch.seq + 1;
            let place = Place { vault: self.replica.vault(), dev, seq };
            let path = Path::Segment(dev, seq);
            let (segment, told) = match self.fetch(path, |text| self.read(place, text)).await? {
                Got::Whole(read) => read,
                Got::Damaged(damage) => break Some(Standstill::Damaged { seq, damage }),
                Got::Absent => {
                    let goes_on = self.replica.peer(dev).is_said_to_go_on_after(batch.seq);
                    break goes_on.then_some(Standstill::Missing { seq });
                }
            };
            if seq > 1 && segment.prev() != batch.id {
                // Whoever wrote there learns of it, and tells all again under another name.
                self.replica.forked.insert(dev.0);
                self.tell(Event::Forked(dev));
                let Some(ops) = self.other_history(place, segment.prev()).await? else {
                    break Some(Standstill::Damaged { seq, damage: Damage::Chain });
                };
                // Others may have read only the one or the other, and its writer may be gone.
                self.replica.retell = true;
                batch.ops.extend(ops);
            }
            let known = deleted.len();
            deleted.extend(self.new_deletes(&told.ops));
            let customers = deleted.len() as u64;
            if deleted.len() > known && self.is_too_many(customers) {
                if self.replica.peer(dev).confirmed_deletes < seq {
                    break Some(Standstill::Deletes { seq, customers });
                }
                deleted.clear();
            }
            self.find_conflicts(&told);
            batch.ops.extend(told.ops);
            (batch.seq, batch.id) = (seq, Some(segment.id()));
            if batch.ops.len() >= BATCH_OPS {
                self.keep_batch(dev, &mut batch).await?;
            }
        };
        self.keep_batch(dev, &mut batch).await?;
        Ok(why)
    }

    pub(super) fn read(&self, place: Place, text: &str) -> Result<(Segment, Told), Damage> {
        let segment = Segment::parse(place, text)?;
        let told = segment.open(self.pace.key)?;
        if self.is_of_the_future(&told.ops) { Err(Damage::Future) } else { Ok((segment, told)) }
    }

    fn is_of_the_future(&self, ops: &[Op]) -> bool {
        let latest_ms = self.pace.now_ms.saturating_add(TEN_YEARS_MS);
        ops.iter().any(|op| op.latest_ms() > latest_ms)
    }

    async fn keep_batch(&mut self, dev: DeviceId, batch: &mut Batch) -> Result<(), Stop> {
        let peer = self.replica.peer(dev);
        if peer.seq == batch.seq && batch.ops.is_empty() {
            return Ok(());
        }
        (peer.seq, peer.id) = (batch.seq, batch.id);
        peer.changed_ms = self.pace.now_ms;
        self.keep(&std::mem::take(&mut batch.ops)).await
    }

    /// Takes over the first snapshot that gets the reading of a device on: its own, or another's.
    async fn take_over_any_snapshot(&mut self, dev: DeviceId) -> Result<Taken, Stop> {
        let others: Vec<DeviceId> =
            self.replica.peers.keys().copied().filter(|it| *it != dev).collect();
        for whose in [dev].into_iter().chain(others) {
            match self.take_over_snapshot(whose, dev).await? {
                Taken::Nothing => {}
                taken => return Ok(taken),
            }
        }
        Ok(Taken::Nothing)
    }

    /// Takes over a device's snapshot if it is further with `dev` than what was read.
    async fn take_over_snapshot(&mut self, whose: DeviceId, dev: DeviceId) -> Result<Taken, Stop> {
        let head = self.head_of(whose).await?;
        let Some(name) = head.and_then(|head| head.snap) else { return Ok(Taken::Nothing) };
        let Some(list) = self.part::<List>(name).await? else { return Ok(Taken::Nothing) };
        let (upto, id) = list.upto.get(&dev).map_or((0, None), |it| (it.seq, it.id));
        let peer = self.replica.peer(dev);
        let is_other = upto == peer.seq && id.is_some() && id == peer.other_newest;
        if upto <= peer.seq && !is_other {
            return Ok(Taken::Nothing);
        }
        let Some(ops) = self.pieces(&list).await? else { return Ok(Taken::Nothing) };
        if self.is_of_the_future(&ops) {
            self.tell(Event::PartDamaged(name, Damage::Future));
            return Ok(Taken::Held(Standstill::Damaged { seq: upto, damage: Damage::Future }));
        }
        let customers = self.new_deletes(&ops).collect::<BTreeSet<_>>().len() as u64;
        let confirmed = self.replica.peer(dev).confirmed_deletes >= upto;
        // A device that begins has nothing that could be deleted.
        if self.is_too_many(customers) && !confirmed && self.home.customers() > 0 {
            return Ok(Taken::Held(Standstill::Deletes { seq: upto, customers }));
        }
        self.go_to(&list);
        if is_other {
            let peer = self.replica.peer(dev);
            (peer.other_newest, peer.other_taken) = (None, id);
        }
        self.keep(&ops).await?;
        if list.upto.get(&self.replica.dev).is_some_and(|it| it.seq > self.replica.own.seq) {
            self.rename().await?;
        }
        Ok(Taken::Over)
    }

    /// The operations of a snapshot; `None`: not all of them can be had.
    pub(super) async fn pieces(&mut self, list: &List) -> Result<Option<Vec<Op>>, Stop> {
        let mut ops = Vec::new();
        for name in &list.parts {
            let Some(piece): Option<Piece> = self.part(*name).await? else { return Ok(None) };
            let Some(told) = piece.read() else {
                self.tell(Event::PartDamaged(*name, Damage::Content));
                return Ok(None);
            };
            ops.extend(told);
        }
        Ok(Some(ops))
    }

    /// What a snapshot covers need not be read.
    fn go_to(&mut self, list: &List) {
        let now_ms = self.pace.now_ms;
        for (dev, upto) in &list.upto {
            if *dev == self.replica.dev {
                continue;
            }
            let peer = self.replica.peer(*dev);
            if upto.seq > peer.seq {
                (peer.seq, peer.id) = (upto.seq, upto.id);
                peer.changed_ms = now_ms;
            }
        }
    }

    /// Gets a part of JSON; `None`: it is not there or cannot be used, which is told.
    pub(super) async fn part<T: serde::de::DeserializeOwned>(
        &mut self,
        name: Digest,
    ) -> Result<Option<T>, Stop> {
        let read = |text: &str| {
            let body = self.open_part(name, text)?;
            serde_json::from_slice(&body).ok().ok_or(Damage::Content)
        };
        match self.fetch(Path::Part(name), read).await? {
            Got::Whole(value) => return Ok(Some(value)),
            Got::Absent => self.tell(Event::PartMissing(name)),
            Got::Damaged(damage) => self.tell(Event::PartDamaged(name, damage)),
        }
        Ok(None)
    }

    fn open_part(&self, name: Digest, text: &str) -> Result<Vec<u8>, Damage> {
        Part::parse(self.replica.vault(), name, text)?.open(self.pace.key)
    }

    /// Fetches the rows of imports that are not here yet.
    pub(super) async fn fetch_parts(&mut self) -> Result<(), Stop> {
        let mut missing = BTreeSet::new();
        for part in self.home.parts_wanted() {
            let read = |text: &str| {
                let rows = self.open_part(part.name, text)?;
                if rows.len() as u64 == part.bytes { Ok(rows) } else { Err(Damage::Content) }
            };
            match self.fetch(Path::Part(part.name), read).await? {
                Got::Whole(rows) => {
                    self.home.keep_part(part.name, rows).await.map_err(Stop::Home)?;
                    continue;
                }
                Got::Absent => self.tell(Event::PartMissing(part.name)),
                Got::Damaged(damage) => self.tell(Event::PartDamaged(part.name, damage)),
            }
            missing.insert(part.name);
        }
        // What was missing before, too, may be had from rows of an older edition that are here.
        self.asked.extend(missing.intersection(&self.replica.missing));
        if self.replica.missing != missing {
            self.replica.missing = missing;
            self.keep(&[]).await?;
        }
        Ok(())
    }

    /// Customers that these delete and that are still here.
    fn new_deletes(&self, ops: &[Op]) -> impl Iterator<Item = CustomerId> {
        ops.iter().filter_map(Op::deletes).filter(|id| !self.home.is_erased(*id))
    }

    pub(super) fn deletes_too_many(&self, ops: &[Op]) -> bool {
        let deleted: BTreeSet<CustomerId> = self.new_deletes(ops).collect();
        self.is_too_many(deleted.len() as u64)
    }

    fn is_too_many(&self, deletes: u64) -> bool {
        let is_a_share = deletes > FEW_DELETES && deletes * 100 > self.home.customers();
        deletes > DELETES || is_a_share
    }

    /// What was set here while the other did not know of it, and differs.
    fn find_conflicts(&mut self, told: &Told) {
        let key = self.pace.key;
        let replica = &self.replica;
        let unsent = || self.home.unsent();
        let sets = self.own_sets.get_or_insert_with(|| {
            replica.own_sets(unsent(), |segment| segment.open(key).unwrap_or_default().ops)
        });
        let known = told.seen.get(&self.replica.dev).copied().unwrap_or(0);
        let mut found = Vec::new();
        for op in &told.ops {
            let Op::Change(Change { stamp, entity, field, operation, .. }) = op else { continue };
            let Operation::Set(value) = operation else { continue };
            let Some((seq, at, mine)) = sets.get(&(entity.clone(), field.clone())) else {
                continue;
            };
            // A device hears its own words again after it was renamed.
            if *seq > known && mine != value && at != stamp {
                found.push(Event::Conflict(Conflict {
                    entity: entity.clone(),
                    field: field.clone(),
                    mine: (*at, mine.clone()),
                    theirs: (*stamp, value.clone()),
                }));
            }
        }
        for event in found {
            self.tell(event);
        }
    }
}
