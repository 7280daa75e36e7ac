//! One round of sync: reads what the others told, tells what is new here, tidies up.
//!
//! The rules are those of `docs/sync-format.md`. Nothing here reads a clock, draws a random number or
//! knows a network: the caller gives a [`Remote`] and a [`Home`], and may stop at any await. Whatever
//! was stored until then holds, and the next round goes on from there.

mod abandoned;
mod compact;
mod fetch;
mod histories;
mod own;
mod pull;
mod push;
mod vault;

use crate::head::Head;
use crate::ids::Digest;
use crate::key::{DataKey, Entropy};
use crate::op::{Op, PartRef};
use crate::part::Part;
use crate::remote::{Failure, Path, Remote};
use crate::replica::{Conflict, OwnSets, Replica, Standstill};
use crate::segment::Damage;
use abandoned::Abandoned;
use model::{CustomerId, DeviceId};
use std::collections::{BTreeMap, BTreeSet};

/// The device's side of a round: its data, and where the replica is kept.
#[expect(async_fn_in_trait, reason = "one thread: no caller asks whether the futures are Send")]
pub trait Home: Entropy {
    /// Applies what came, keeps the replica, and takes the first `sealed` operations away from what
    /// is unsent, in one transaction: all of it or, with an error, nothing.
    ///
    /// It is called before a segment is sent and after it was read back. Where it fails, the round ends
    /// with [`Stop::Home`], and the replica in memory may be ahead of what is kept: see [`round()`].
    async fn keep(&mut self, replica: &Replica, came: &[Op], sealed: usize) -> Result<(), String>;

    /// What was done here and is in no segment yet, oldest first. It may grow while a round runs.
    fn unsent(&self) -> Vec<Op>;

    /// Operations that make the whole state anew, in an order that depends on nothing but the state.
    fn operations(&self) -> Vec<Op>;

    /// Hears what is to be told, as it is found: before what came with it is kept, so that it can be
    /// kept in the same transaction.
    fn hear(&mut self, _event: &Event) {}

    /// How many customers there are.
    fn customers(&self) -> u64;

    /// Whether a customer was erased.
    fn is_erased(&self, id: CustomerId) -> bool;

    /// A part that was written here and is not yet on the server, with its text.
    async fn part_to_send(&self) -> Option<(Digest, String)>;

    /// A part is on the server.
    async fn part_sent(&mut self, name: Digest) -> Result<(), String>;

    /// Parts of imports in force.
    fn parts_in_force(&self) -> Vec<PartRef>;

    /// These parts of imports in force are gone from the server: as far as their rows are here, they
    /// are written again, as a new edition.
    async fn write_again(&mut self, gone: &[Digest]) -> Result<(), String>;

    /// Parts that were written here and belong to nothing in force any more.
    fn parts_left_over(&self) -> Vec<Digest>;

    /// A part that was left over is deleted from the server.
    async fn part_deleted(&mut self, name: Digest) -> Result<(), String>;

    /// Parts of imports in force whose rows are not here yet.
    fn parts_wanted(&self) -> Vec<PartRef>;

    /// Takes the rows of a part.
    async fn keep_part(&mut self, name: Digest, rows: Vec<u8>) -> Result<(), String>;
}

/// How a round is done.
#[derive(Clone, Copy, Debug)]
pub struct Pace<'a> {
    /// Now, in milliseconds since 1 January 1970.
    pub now_ms: u64,
    /// Whether everything is looked at: the first time after a start, when the user asks, and now
    /// and then. Else only what is usually new, which costs a request for each device.
    pub thorough: bool,
    /// The vault's key, if it has one.
    pub key: Option<&'a DataKey>,
    /// Whether a server that has lost the vault may be filled again.
    pub refill: bool,
    /// So many own segments are kept before a snapshot takes their place.
    pub segments_kept: usize,
}

impl Pace<'_> {
    /// The usual number of segments before a snapshot.
    pub const SEGMENTS_KEPT: usize = 200;
}

/// What a round has to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A device was heard of for the first time.
    Met(DeviceId),
    /// The reading of a device stands still.
    StandsStill(DeviceId, Standstill),
    /// Two people said different things of one field.
    Conflict(Conflict),
    /// This device is a copy of another, or was copied: it goes on under a new name.
    Renamed {
        /// The folder it had.
        from: DeviceId,
        /// The folder it has.
        to: DeviceId,
    },
    /// Two histories met in a device's folder; both were read.
    Forked(DeviceId),
    /// The server is older than what it has confirmed: what it lost was sent again.
    RolledBack {
        /// Segments of this device that were missing.
        missing: u64,
    },
    /// The server holds less of a device than it has shown before.
    Behind(DeviceId),
    /// The vault's file was cut off, and was written again from what is kept here.
    VaultMended,
    /// Somebody has changed the passphrase on another device. The key is the same.
    PassphraseChanged,
    /// A part cannot be used.
    PartDamaged(Digest, Damage),
    /// A part is missing.
    PartMissing(Digest),
}

/// What a round has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Operations that came.
    pub received: u64,
    /// Operations that are now on the server.
    pub sent: u64,
    /// What is to be told.
    pub events: Vec<Event>,
}

/// Why a round ended early. Everything here is untouched, and nothing is taken for deleted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The server did not answer as it should.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// The server, known before, holds nothing any more.
    #[error("the server has lost everything")]
    Emptied,
    /// There is no vault here: none was ever made, or the address is another.
    #[error("there is nothing to join at this address")]
    NoVault,
    /// The server holds another shop.
    #[error("the server holds another shop")]
    OtherVault,
    /// The vault's file cannot be used.
    #[error("the shop's file on the server cannot be used: {0}")]
    Vault(Damage),
    /// Of the vault's file only the beginning is there, and this device has never read all of it. Any
    /// device that has synced before writes it again in its next round.
    #[error(
        "the shop's file on the server is cut off; sync on a device that has synced before, which \
         puts it right"
    )]
    HalfVault,
    /// Something that was done here is too long to be told.
    #[error("something that was done here is too long to be shared: {bytes} bytes")]
    LongOp {
        /// Its length.
        bytes: usize,
    },
    /// What came could not be stored here.
    #[error("what came could not be stored: {0}")]
    Home(String),
}

/// A round under way.
pub(crate) struct Round<'a, R, H> {
    replica: &'a mut Replica,
    remote: &'a R,
    home: &'a mut H,
    pace: Pace<'a>,
    report: Report,
    own_sets: Option<OwnSets>,
    /// Parts of imports that others miss.
    asked: BTreeSet<Digest>,
    /// Segments at which others stand still, and that were read here.
    waited_for: BTreeMap<DeviceId, u64>,
    /// What devices that are no more have left behind of people who are erased.
    abandoned: Vec<Abandoned>,
}

/// Does one round. However it ends, the replica is as it was last kept or further.
///
/// The next round begins with the replica that was last **kept**, not with the one in memory: that may
/// name a segment of which nothing is left here. If keeping fails after something was sent, the next
/// round finds it on the server as it was written, or writes the very same again; nothing is told
/// twice or lost. If it fails before, nothing of it was sent.
pub async fn round<R: Remote, H: Home>(
    replica: &mut Replica,
    remote: &R,
    home: &mut H,
    pace: Pace<'_>,
) -> (Report, Result<(), Stop>) {
    let mut round = Round {
        replica,
        remote,
        home,
        pace,
        report: Report::default(),
        own_sets: None,
        asked: BTreeSet::new(),
        waited_for: BTreeMap::new(),
        abandoned: Vec::new(),
    };
    let result = round.run().await;
    (round.report, result)
}

impl<R: Remote, H: Home> Round<'_, R, H> {
    async fn run(&mut self) -> Result<(), Stop> {
        self.check_vault().await?;
        if self.pace.thorough || self.replica.peers.is_empty() {
            self.meet_devices().await?;
        }
        if self.pace.thorough {
            self.check_own_log().await?;
        }
        self.pull().await?;
        self.fetch_parts().await?;
        if self.pace.thorough {
            self.write_missing_parts().await?;
        }
        self.push().await?;
        if self.pace.thorough {
            self.find_abandoned().await?;
        }
        if self.pace.thorough || self.replica.erasure_due {
            self.take_snapshot_if_due().await?;
        }
        self.write_head().await?;
        if self.pace.thorough {
            self.delete_what_may_go().await?;
            self.delete_abandoned().await?;
        }
        Ok(())
    }

    /// Applies what came and keeps the replica.
    async fn keep(&mut self, came: &[Op]) -> Result<(), Stop> {
        let is_new = |id| !self.home.is_erased(id);
        if came.iter().filter_map(Op::deletes).any(is_new) {
            self.replica.expect_erased();
        }
        self.report.received += came.len() as u64;
        self.home.keep(self.replica, came, 0).await.map_err(Stop::Home)
    }

    fn tell(&mut self, event: Event) {
        self.home.hear(&event);
        self.report.events.push(event);
    }

    /// Goes on under a new name.
    async fn rename(&mut self) -> Result<(), Stop> {
        let (from, to) = (self.replica.dev, DeviceId(u64::from_be_bytes(self.home.bytes())));
        self.replica.rename(to);
        self.own_sets = None;
        self.tell(Event::Renamed { from, to });
        self.keep(&[]).await
    }

    /// Writes the head, unless the server has it as it should be. How far this device is the others
    /// see by its segments, so that this alone can wait for the next thorough round.
    async fn write_head(&mut self) -> Result<(), Stop> {
        let head = self.replica.head();
        let may_wait =
            |there: &Head| there == &head || (!self.pace.thorough && !head.asks_more_than(there));
        if self.replica.head_there.as_ref().is_some_and(may_wait) {
            return Ok(());
        }
        let path = Path::Head(self.replica.dev);
        self.remote.put(path, &head.text(self.pace.key)).await?;
        self.replica.head_there = Some(head);
        self.keep(&[]).await
    }

    /// Stores a part and makes sure that it is there.
    async fn store_part(&mut self, name: Digest, text: &str) -> Result<(), Stop> {
        let path = Path::Part(name);
        self.remote.put(path, text).await?;
        let vault = self.replica.vault();
        let there = self.fetch(path, |text| Part::parse(vault, name, text)).await?;
        there.whole().map(|_| ()).ok_or_else(|| Failure::NotKept.into())
    }
}
