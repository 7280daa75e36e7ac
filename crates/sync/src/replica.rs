//! What a device knows of the sync: its own log, how far it has read the others. Plain state, kept by
//! the program in the same transaction as what came.

use crate::head::Head;
use crate::ids::{Digest, VaultId, by_device, device};
use crate::op::{Op, WireOp};
use crate::remote::Path;
use crate::segment::{Damage, Place, Seen, Segment};
use model::{Change, DeviceId, Entity, FieldName, Hlc, Operation, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::collections::{BTreeMap, BTreeSet};

/// A device silent for so long is not waited for; when it comes back it begins with a snapshot.
const SILENT_MS: u64 = 90 * 24 * 3600 * 1000;

/// A device's side of a vault.
#[expect(clippy::struct_excessive_bools, reason = "four things that may be due, in any mixture")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replica {
    vault: VaultId,
    /// The vault's file, to put it back where a server has lost it. `None`: not yet seen or written.
    pub(crate) vault_text: Option<String>,
    /// It holds a new passphrase that is not on the server yet.
    pub(crate) vault_due: bool,
    /// Name of its folder. Not the device of its stamps, which is new with each start.
    #[serde(with = "device")]
    pub(crate) dev: DeviceId,
    pub(crate) own: OwnLog,
    /// What is told again, not yet in a segment. What is new waits with the program.
    #[serde(with = "as_wire")]
    pub(crate) again: Vec<Op>,
    #[serde(with = "by_device")]
    pub(crate) peers: BTreeMap<DeviceId, Peer>,
    pub(crate) snapshot: Option<Snapshot>,
    /// Parts of older snapshots, to be deleted once the head no longer names them.
    pub(crate) litter: BTreeSet<Digest>,
    /// Somebody was erased: what was written before must go.
    pub(crate) erasure_due: bool,
    /// All that is known is to be told again, for some of what was told may be gone.
    pub(crate) retell: bool,
    /// Parts of imports may be gone, too.
    pub(crate) parts_in_doubt: bool,
    /// Parts of imports that are wanted and were not there.
    pub(crate) missing: BTreeSet<Digest>,
    /// Folders in which two histories met.
    pub(crate) forked: BTreeSet<u64>,
    /// The head as it is on the server; `None`: it must be written.
    pub(crate) head_there: Option<Head>,
}

/// What a device has told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OwnLog {
    /// Number and identity of the newest segment, on the server or not.
    pub seq: u64,
    pub id: Option<Digest>,
    /// The newest that was read back from the server as it was written.
    pub confirmed: u64,
    /// Texts of the segments that no snapshot covers yet.
    pub kept: BTreeMap<u64, String>,
}

/// How another device's folder stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Peer {
    /// Number and identity of the newest segment that was taken over.
    pub seq: u64,
    pub id: Option<Digest>,
    /// How far it has read this device.
    pub seen_of_us: u64,
    /// Its newest segment, as its head says, and when that last changed by this device's clock.
    pub head_seq: u64,
    /// Its newest segment that others say they have read.
    pub read_by_others: u64,
    pub changed_ms: u64,
    /// Deletions up to this segment were confirmed by the user.
    pub confirmed_deletes: u64,
    /// Its folder holds less than was read of it, and that was answered by telling all again.
    pub is_behind: bool,
    /// Identity of the newest segment there, if it is another than the one that was read.
    pub newest_there: Option<Digest>,
    /// Identity of the newest segment by its head, if that is another of the same number; until a
    /// snapshot is taken over that covers it.
    pub other_newest: Option<Digest>,
    /// The last of those that was taken over.
    pub other_taken: Option<Digest>,
    /// Its folder may tell of somebody who is erased. Who is there takes that away; where nobody is
    /// any more, another has to.
    pub may_tell_of_erased: bool,
    /// Up to this segment its folder was emptied since it was last heard of.
    pub emptied: u64,
    /// Why reading stands still, if it does.
    pub stands_still: Option<Standstill>,
}

impl Peer {
    /// Whether there is a segment after the newest that was read.
    pub(crate) fn is_said_to_go_on_after(&self, seq: u64) -> bool {
        self.head_seq.max(self.read_by_others) > seq
    }

    /// Number of the segment that is lost or damaged, and that somebody else may have read.
    pub(crate) fn waits_for(&self) -> Option<u64> {
        if self.other_newest.is_some() {
            return Some(self.seq);
        }
        match self.stands_still? {
            Standstill::Missing { seq } => Some(seq),
            Standstill::Damaged { seq, damage } => damage.is_of_the_file().then_some(seq),
            Standstill::Deletes { .. } => None,
        }
    }
}

/// Why the reading of a device stands still. What came before it holds, what comes after it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standstill {
    /// The next segment cannot be used.
    Damaged {
        /// Its number.
        seq: u64,
        /// What is wrong.
        damage: Damage,
    },
    /// The next segment is missing, while the device says that there is one.
    Missing {
        /// Its number.
        seq: u64,
    },
    /// It deletes many customers: the user is asked first.
    Deletes {
        /// Of which segment.
        seq: u64,
        /// How many.
        customers: u64,
    },
}

/// A snapshot of this device that is on the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    /// The part that lists it.
    pub name: Digest,
    /// All its parts, the list among them.
    pub parts: BTreeSet<Digest>,
    /// The newest own segment that it covers.
    pub covers: u64,
    /// The newest segments of others that it covers.
    #[serde(with = "by_device")]
    pub others: Seen,
}

/// Two people's words for one field, said without knowing of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Of what.
    pub entity: Entity,
    /// Which field.
    pub field: FieldName,
    /// What was said here.
    pub mine: (Hlc, Value),
    /// What was said there. The later of the two stamps is in force.
    pub theirs: (Hlc, Value),
}

/// What was set here, by entity and field: in which segment, when, and to what.
pub(crate) type OwnSets = BTreeMap<(Entity, FieldName), (u64, Hlc, Value)>;

impl Replica {
    /// A device that begins with a vault.
    pub fn new(vault: VaultId, dev: DeviceId) -> Replica {
        Replica {
            vault,
            vault_text: None,
            vault_due: false,
            dev,
            own: OwnLog::default(),
            again: Vec::new(),
            peers: BTreeMap::new(),
            snapshot: None,
            litter: BTreeSet::new(),
            erasure_due: false,
            retell: false,
            parts_in_doubt: false,
            missing: BTreeSet::new(),
            forked: BTreeSet::new(),
            head_there: None,
        }
    }

    /// A device that begins a new vault, whose file it will write.
    pub fn founding(vault: &crate::Vault, dev: DeviceId) -> Replica {
        let vault_text = Some(vault.text());
        Replica { vault_text, ..Replica::new(vault.vault, dev) }
    }

    /// Takes the vault's file under another passphrase, which the next round writes; whether it is of
    /// this vault.
    pub fn change_passphrase(&mut self, vault: &crate::Vault) -> bool {
        let is_ours = vault.vault == self.vault;
        if is_ours {
            self.vault_text = Some(vault.text());
            self.vault_due = true;
        }
        is_ours
    }

    /// Has everything that is known here told, as of a device that joins with data of its own.
    pub const fn tell_everything(&mut self) {
        self.retell = true;
    }

    /// The vault's file, as far as it was seen or written.
    pub fn known_vault(&self) -> Option<crate::Vault> {
        self.vault_text.as_deref().and_then(|it| crate::Vault::parse(it).ok())
    }

    /// Lets a device's deletions through, up to the segment that stands still.
    pub fn confirm_deletes(&mut self, of: DeviceId) {
        if let Some(peer) = self.peers.get_mut(&of)
            && let Some(Standstill::Deletes { seq, .. }) = peer.stands_still
        {
            peer.confirmed_deletes = seq;
            peer.stands_still = None;
        }
    }

    /// The vault.
    pub const fn vault(&self) -> VaultId {
        self.vault
    }

    /// The name of this device's folder. It changes if a copy of the device turns up.
    pub const fn device(&self) -> DeviceId {
        self.dev
    }

    /// The other devices: when news of each were last seen, by this device's clock, and what their
    /// reading waits for.
    pub fn others(&self) -> impl Iterator<Item = (DeviceId, u64, Option<Standstill>)> {
        self.peers.iter().map(|(id, peer)| (*id, peer.changed_ms, peer.stands_still))
    }

    /// Whether nobody writes under a device's name any more: two histories have met there.
    pub fn is_given_up(&self, dev: DeviceId) -> bool {
        self.forked.contains(&dev.0)
    }

    /// Whether something that is in a segment, or told again, is not yet known to be on the server.
    pub const fn is_waiting(&self) -> bool {
        !self.again.is_empty() || self.own.seq != self.own.confirmed
    }

    /// Whether what was written of erased people is still on the server by this device's hand.
    pub const fn erasure_is_due(&self) -> bool {
        self.erasure_due
    }

    /// The files with data that it has on the server: its segments and its snapshot.
    pub fn files(&self) -> impl Iterator<Item = Path> {
        let segments = self.own.kept.keys().map(|seq| Path::Segment(self.dev, *seq));
        let parts = self.snapshot.iter().flat_map(|it| &it.parts);
        segments.chain(parts.map(|name| Path::Part(*name)))
    }

    /// Where a segment of a device belongs.
    pub(crate) fn place_of(&self, dev: DeviceId, seq: u64) -> Place {
        Place { vault: self.vault, dev, seq }
    }

    pub(crate) fn place(&self, seq: u64) -> Place {
        self.place_of(self.dev, seq)
    }

    /// How far the others were read.
    pub(crate) fn seen(&self) -> Seen {
        self.peers.iter().map(|(id, peer)| (*id, peer.seq)).collect()
    }

    /// The head as it should be on the server.
    pub(crate) fn head(&self) -> Head {
        let newest = if self.own.confirmed == self.own.seq {
            (self.own.seq, self.own.id)
        } else {
            let unsent = self.kept(self.own.seq);
            (self.own.confirmed, unsent.and_then(|it| it.prev()))
        };
        let forked = self.forked.iter().map(|it| DeviceId(*it)).collect();
        let snapshot = self.snapshot.as_ref().map(|it| it.name);
        let waits = self.peers.iter().filter_map(|(id, peer)| Some((*id, peer.waits_for()?)));
        let asks = (&self.missing, waits.collect());
        Head::new(self.dev, newest, self.seen(), snapshot, &forked, asks)
    }

    /// An own segment that is still kept.
    pub(crate) fn kept(&self, seq: u64) -> Option<Segment> {
        Segment::parse(self.place(seq), self.own.kept.get(&seq)?).ok()
    }

    /// Number and identity of the segment before the oldest that is kept.
    fn oldest_kept(&self) -> (u64, Option<Digest>) {
        match self.own.kept.keys().next() {
            Some(oldest) => (oldest - 1, self.kept(*oldest).and_then(|it| it.prev())),
            None => (self.own.seq, self.own.id),
        }
    }

    /// Whether it is about to tell again what may have been lost.
    pub const fn is_telling_again(&self) -> bool {
        self.retell || !self.again.is_empty()
    }

    pub(crate) fn peer(&mut self, dev: DeviceId) -> &mut Peer {
        let new = || Peer { may_tell_of_erased: true, ..Peer::default() };
        self.peers.entry(dev).or_insert_with(new)
    }

    /// Goes on under a new name, and tells all again: somebody else writes under the old one.
    ///
    /// The old folder is read as that of another: what the copy told is in there.
    pub(crate) fn rename(&mut self, new: DeviceId) {
        let old = self.dev;
        let (seq, id) = self.oldest_kept();
        self.dev = new;
        self.own = OwnLog::default();
        let former = self.snapshot.take();
        self.litter.extend(former.into_iter().flat_map(|it| it.parts));
        self.forked.insert(old.0);
        let may_tell_of_erased = true;
        self.peers.insert(old, Peer { seq, id, may_tell_of_erased, ..Peer::default() });
        self.again.clear();
        self.retell = true;
        self.head_there = None;
        // What others have read was of the folder that is given up.
        self.peers.values_mut().for_each(|peer| peer.seen_of_us = 0);
    }

    /// The newest own segment that may go: a snapshot covers it, and whoever is not silent read it.
    pub(crate) fn may_go(&self, now_ms: u64) -> u64 {
        let covered = self.snapshot.as_ref().map_or(0, |it| it.covers);
        self.heard(now_ms).map(|peer| peer.seen_of_us).fold(covered, u64::min)
    }

    /// The devices that are waited for.
    pub(crate) fn heard(&self, now_ms: u64) -> impl Iterator<Item = &Peer> {
        let peers = self.peers.iter().filter(move |(id, _)| !self.is_no_more(**id, now_ms));
        peers.map(|it| it.1)
    }

    /// Whether a device is silent for long, or nobody stands behind its name any more.
    pub(crate) fn is_no_more(&self, dev: DeviceId, now_ms: u64) -> bool {
        let changed_ms = self.peers.get(&dev).map(|peer| peer.changed_ms);
        let is_silent = changed_ms.is_some_and(|it| now_ms.saturating_sub(it) > SILENT_MS);
        is_silent || self.forked.contains(&dev.0)
    }

    /// Somebody was erased: what tells of them must go from all folders.
    pub(crate) fn expect_erased(&mut self) {
        self.erasure_due = true;
        self.peers.values_mut().for_each(|peer| peer.may_tell_of_erased = true);
    }

    /// What was set here and not yet covered by a snapshot.
    pub(crate) fn own_sets(&self, unsent: Vec<Op>, told: impl Fn(&Segment) -> Vec<Op>) -> OwnSets {
        let kept = self.own.kept.keys().filter_map(|seq| Some((*seq, told(&self.kept(*seq)?))));
        let unsent = (u64::MAX, unsent);
        let mut sets = OwnSets::new();
        for (seq, ops) in kept.chain([unsent]) {
            for op in ops {
                if let Op::Change(Change { stamp, entity, field, operation, .. }) = op
                    && let Operation::Set(value) = operation
                {
                    sets.insert((entity, field), (seq, stamp, value));
                }
            }
        }
        sets
    }
}

/// Operations as they stand in segments.
mod as_wire {
    use super::{Deserialize, Deserializer, Error, Op, Serializer, WireOp};

    pub(super) fn serialize<S: Serializer>(ops: &[Op], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(ops.iter().map(WireOp::from))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Op>, D::Error> {
        let wire = Vec::<WireOp>::deserialize(from)?;
        let ops: Option<Vec<Op>> = wire.into_iter().map(WireOp::read).collect();
        ops.ok_or_else(|| D::Error::custom("no operation"))
    }
}
