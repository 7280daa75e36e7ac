//! Folders of devices that are no more: silent for long, or gone on under another name. Nobody takes
//! away there what tells of people who were erased since. So whoever has read all of it does, once its
//! own snapshot covers it: who still has to read finds it there.

use super::compact::List;
use super::fetch::Got;
use super::{Home, Round, Stop};
use crate::ids::Digest;
use crate::op::Op;
use crate::remote::{Path, Remote};
use crate::replica::Standstill;
use model::DeviceId;
use std::collections::BTreeSet;

/// So many segments may be absent before the next is there.
const MOST_ABSENT: u64 = 256;

/// What a device that is no more has left behind.
pub(super) struct Abandoned {
    pub(super) dev: DeviceId,
    /// Its newest segment that was read.
    pub(super) seq: u64,
    /// What may go, and whether all segments are among it.
    files: Vec<Path>,
    is_emptied: bool,
}

impl<R: Remote, H: Home> Round<'_, R, H> {
    /// Looks through folders where nobody is any more.
    pub(super) async fn find_abandoned(&mut self) -> Result<(), Stop> {
        let now_ms = self.pace.now_ms;
        let may_tell = self.replica.peers.iter().filter(|(_, peer)| peer.may_tell_of_erased);
        let no_more = may_tell.filter(|(dev, _)| self.replica.is_no_more(**dev, now_ms));
        for dev in no_more.map(|it| *it.0).collect::<Vec<_>>() {
            match self.look_through(dev).await? {
                Some((files, _)) if files.is_empty() => {
                    self.replica.peer(dev).may_tell_of_erased = false;
                    self.keep(&[]).await?;
                }
                Some((files, is_emptied)) => {
                    let seq = self.replica.peer(dev).seq;
                    self.abandoned.push(Abandoned { dev, seq, files, is_emptied });
                }
                // Not all of it was read here.
                None => {}
            }
        }
        Ok(())
    }

    /// The files that must go from a folder, and whether all its segments are among them; `None`: there
    /// is something that was not read here.
    async fn look_through(&mut self, dev: DeviceId) -> Result<Option<(Vec<Path>, bool)>, Stop> {
        let peer = self.replica.peer(dev);
        let (read, emptied) = (peer.seq, peer.emptied);
        // Half a segment that nobody will complete: who wrote it has it, if they come back.
        let half = match peer.stands_still {
            None => None,
            Some(Standstill::Damaged { seq, damage }) if damage.is_of_the_file() => Some(seq),
            Some(_) => return Ok(None),
        };
        let mut files: Vec<Path> = half.map(|seq| Path::Segment(dev, seq)).into_iter().collect();
        let mut ops = Vec::new();
        let mut absent = 0;
        for seq in (emptied + 1..=read).rev() {
            let place = self.replica.place_of(dev, seq);
            let path = Path::Segment(dev, seq);
            match self.fetch(path, |text| self.read(place, text)).await? {
                // Two that had one name may have deleted and put again each their own.
                Got::Absent if absent > MOST_ABSENT => break,
                Got::Absent => {
                    absent += 1;
                    continue;
                }
                Got::Whole((_, told)) => ops.extend(told.ops),
                Got::Damaged(_) => {}
            }
            absent = 0;
            files.push(path);
        }
        if let Some(name) = self.head_of(dev).await?.and_then(|head| head.snap)
            && let Some(list) = self.part::<List>(name).await?
        {
            let knows = |(of, seq): (&DeviceId, u64)| {
                *of == self.replica.device()
                    || self.replica.peers.get(of).is_some_and(|it| it.seq >= seq)
            };
            if !list.upto.iter().all(|(of, upto)| knows((of, upto.seq))) {
                return Ok(None);
            }
            ops.extend(self.pieces(&list).await?.unwrap_or_default());
            files.extend(list.parts.iter().chain([&name]).map(|part| Path::Part(*part)));
        }
        let of_erased = |op: &Op| op.tells_of().is_some_and(|id| self.home.is_erased(id));
        let is_emptied = half.is_some() || ops.iter().any(of_erased);
        if !is_emptied {
            files.clear();
        }
        files.extend(self.parts_not_in_force(&ops).into_iter().map(Path::Part));
        Ok(Some((files, is_emptied)))
    }

    /// Rows of imports that have newer editions, or were taken back.
    fn parts_not_in_force(&self, ops: &[Op]) -> BTreeSet<Digest> {
        let in_force: BTreeSet<Digest> =
            self.home.parts_in_force().into_iter().map(|part| part.name).collect();
        let named = ops.iter().filter_map(|op| match op {
            Op::Import(import) => Some(&import.parts),
            _ => None,
        });
        named.flatten().map(|part| part.name).filter(|name| !in_force.contains(name)).collect()
    }

    /// Deletes what was found, if a snapshot that the server's head names covers it.
    pub(super) async fn delete_abandoned(&mut self) -> Result<(), Stop> {
        for Abandoned { dev, seq, files, is_emptied } in std::mem::take(&mut self.abandoned) {
            let snapshot = self.replica.snapshot.as_ref();
            let is_named = snapshot.is_some_and(|snapshot| {
                let there = self.replica.head_there.as_ref().and_then(|head| head.snap);
                there == Some(snapshot.name)
                    && snapshot.others.get(&dev).is_some_and(|it| *it >= seq)
            });
            if !is_named {
                continue;
            }
            for path in files.into_iter().rev() {
                self.remote.delete(path).await?;
            }
            let peer = self.replica.peer(dev);
            peer.may_tell_of_erased = false;
            if is_emptied {
                peer.emptied = seq;
            }
            self.keep(&[]).await?;
        }
        Ok(())
    }
}
