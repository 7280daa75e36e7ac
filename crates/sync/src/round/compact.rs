//! Snapshots, and what may be deleted once there is one.

use super::own::There;
use super::push::fitting;
use super::{Home, Round, Stop};
use crate::ids::{Digest, by_device};
use crate::op::{Op, WireOp};
use crate::part::{Part, PartOf};
use crate::remote::{Path, Remote};
use crate::replica::Snapshot;
use model::DeviceId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// JSON in one part of a snapshot, in bytes: a fifth of that on the way.
const PIECE_BYTES: usize = 2 << 20;

/// The part that lists a snapshot.
#[derive(Serialize, Deserialize)]
pub(super) struct List {
    /// What it covers of each device.
    #[serde(with = "by_device")]
    pub upto: BTreeMap<DeviceId, Upto>,
    /// Its parts, in their order.
    pub parts: Vec<Digest>,
}

/// How much of a device's folder a snapshot covers.
#[derive(Serialize, Deserialize)]
pub(super) struct Upto {
    pub seq: u64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<Digest>,
}

/// A part of a snapshot.
#[derive(Serialize, Deserialize)]
pub(super) struct Piece {
    ops: Vec<WireOp>,
}

impl Piece {
    pub(super) fn read(self) -> Option<Vec<Op>> {
        self.ops.into_iter().map(WireOp::read).collect()
    }
}

impl<R: Remote, H: Home> Round<'_, R, H> {
    /// Writes a snapshot where many segments have come together, where a reader could not get on
    /// without one, or where what was written tells of somebody who is erased.
    pub(super) async fn take_snapshot_if_due(&mut self) -> Result<(), Stop> {
        let own = &self.replica.own;
        let newest_covered = self.replica.snapshot.as_ref().map_or(0, |it| it.covers);
        let uncovered = own.kept.keys().filter(|seq| **seq > newest_covered).count();
        let has_gap = own.seq > 0 && own.kept.keys().next() != Some(&1);
        let is_stuck = has_gap && self.replica.snapshot.is_none();
        let is_waited_for = self.is_waited_for();
        let must_rewrite = self.replica.erasure_due
            && (self.replica.snapshot.is_some() || self.kept_tells_of_erased());
        if self.replica.erasure_due && !must_rewrite {
            self.replica.erasure_due = false;
            self.keep(&[]).await?;
        }
        let is_many = uncovered > self.pace.segments_kept;
        if self.own_is_quiet() && (is_many || is_stuck || is_waited_for || must_rewrite) {
            self.take_snapshot().await?;
        }
        Ok(())
    }

    /// Whether others wait for a snapshot: because segments are lost or damaged that were read here, or
    /// because what a device that is no more has left behind can go only then.
    fn is_waited_for(&self) -> bool {
        let others = self.replica.snapshot.as_ref().map(|it| &it.others);
        let covered = |dev| others.and_then(|it| it.get(&dev)).copied().unwrap_or(0);
        let left = self.abandoned.iter().map(|it| (it.dev, it.seq));
        let waited_for = self.waited_for.iter().map(|(dev, seq)| (*dev, *seq));
        waited_for.chain(left).any(|(dev, seq)| covered(dev) < seq)
    }

    async fn take_snapshot(&mut self) -> Result<(), Stop> {
        // What it covers will be deleted, so that each of them is looked at once more.
        for seq in self.replica.own.kept.keys().copied().collect::<Vec<_>>() {
            match self.segment_there(seq).await? {
                Some(There::Other) => return self.rename().await,
                Some(There::Missing | There::Damaged) => return self.send_again().await,
                _ => {}
            }
        }
        let ops = self.home.operations();
        let mut parts = Vec::new();
        let mut rest = &ops[..];
        while !rest.is_empty() {
            let (ops, others) = rest.split_at(fitting(rest, PIECE_BYTES));
            let piece = Piece { ops: ops.iter().map(WireOp::from).collect() };
            parts.push(self.write_part(&piece).await?);
            rest = others;
        }
        let own = &self.replica.own;
        let upto = self.replica.peers.iter();
        let upto = upto.map(|(dev, peer)| (*dev, Upto { seq: peer.seq, id: peer.id }));
        let upto = upto.chain([(self.replica.dev, Upto { seq: own.seq, id: own.id })]).collect();
        let covers = own.seq;
        let list = List { upto, parts: parts.clone() };
        let name = self.write_part(&list).await?;
        let parts: BTreeSet<Digest> = parts.into_iter().chain([name]).collect();
        self.replica.litter.retain(|it| !parts.contains(it));
        let others = self.replica.seen();
        let snapshot = Snapshot { name, parts, covers, others };
        let former = self.replica.snapshot.replace(snapshot);
        self.replica.litter.extend(former.into_iter().flat_map(|it| it.parts));
        self.replica.erasure_due = false;
        self.keep(&[]).await
    }

    async fn write_part(&mut self, body: &impl Serialize) -> Result<Digest, Stop> {
        let json = serde_json::to_vec(body).unwrap_or_default();
        let of = PartOf::State(self.replica.dev);
        let part = Part::write(self.replica.vault(), of, &json, self.pace.key, self.home);
        // If it comes to nothing, it is deleted again.
        self.replica.litter.insert(part.name());
        self.keep(&[]).await?;
        self.store_part(part.name(), &part.text()).await?;
        Ok(part.name())
    }

    /// Deletes own segments below the snapshot that everybody has read, and what no head names.
    pub(super) async fn delete_what_may_go(&mut self) -> Result<(), Stop> {
        let upto = self.replica.may_go(self.pace.now_ms);
        let gone: Vec<u64> = self.replica.own.kept.range(..=upto).map(|it| *it.0).collect();
        for seq in gone {
            self.remote.delete(Path::Segment(self.replica.dev, seq)).await?;
            self.replica.own.kept.remove(&seq);
            self.keep(&[]).await?;
        }
        // What this device knew under a former name must be told under the new one first.
        if !self.own_is_quiet() || self.replica.is_telling_again() {
            return Ok(());
        }
        let named = self.replica.snapshot.as_ref().map(|it| it.parts.clone()).unwrap_or_default();
        for name in self.replica.litter.clone() {
            if !named.contains(&name) {
                self.remote.delete(Path::Part(name)).await?;
            }
            self.replica.litter.remove(&name);
            self.keep(&[]).await?;
        }
        for name in self.home.parts_left_over() {
            self.remote.delete(Path::Part(name)).await?;
            self.home.part_deleted(name).await.map_err(Stop::Home)?;
        }
        Ok(())
    }

    /// A snapshot covers own segments, so that all that is known must be in them.
    pub(super) fn own_is_quiet(&self) -> bool {
        !self.replica.is_waiting() && self.home.unsent().is_empty()
    }

    fn kept_tells_of_erased(&self) -> bool {
        let kept = self.replica.own.kept.keys().filter_map(|seq| self.replica.kept(*seq));
        let told = kept.filter_map(|segment| segment.open(self.pace.key).ok());
        told.flat_map(|told| told.ops)
            .filter_map(|op| op.tells_of())
            .any(|id| self.home.is_erased(id))
    }
}
