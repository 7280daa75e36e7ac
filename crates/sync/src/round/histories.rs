//! Folders that are not as they were read: a server that was put back holds less of them, and a copy of
//! a device may have written its own words there.

use super::fetch::Got;
use super::{Event, Home, Round, Stop};
use crate::ids::Digest;
use crate::op::Op;
use crate::remote::{Path, Remote};
use crate::segment::{Place, Segment, Told};
use model::DeviceId;

/// How far back is looked where two histories met.
const FORK_DEPTH: u64 = 256;

impl<R: Remote, H: Home> Round<'_, R, H> {
    /// Whether the server has lost what it has shown of a device, or holds something else in its place.
    /// Whoever wrote it may be gone for good: what was lost is told again by whoever has read it, and
    /// what stands there now is read.
    pub(super) async fn compare_folder(&mut self, dev: DeviceId) -> Result<(), Stop> {
        let head = self.head_of(dev).await?;
        let (shown, shown_id) = head.map_or((0, None), |head| (head.seq, head.id));
        let peer = self.replica.peer(dev);
        let (read, id, was_behind) = (peer.seq, peer.id, peer.is_behind);
        if read == 0 || peer.emptied >= read {
            return self.set_behind(dev, false).await;
        }
        let depth = if shown >= read { 0 } else { FORK_DEPTH };
        let newest = self.newest_there(dev, read, depth).await?;
        let is_behind = shown < read && newest.as_ref().is_none_or(|(seq, ..)| *seq < read);
        let ids = [id, newest.as_ref().map(|(_, segment, _)| segment.id())];
        let peer = self.replica.peer(dev);
        let is_other = shown == read && shown_id.is_some() && !ids.contains(&shown_id);
        peer.other_newest = shown_id.filter(|_| is_other && shown_id != peer.other_taken);
        if let Some((seq, segment, told)) = newest {
            if seq < read || Some(segment.id()) != id {
                self.read_what_is_there(self.replica.place_of(dev, seq), &segment, told).await?;
            }
        } else if is_behind && self.replica.is_no_more(dev, self.pace.now_ms) {
            self.replica.peer(dev).emptied = read;
        }
        if is_behind && self.replica.is_no_more(dev, self.pace.now_ms) {
            // Perhaps another has tidied up there. A snapshot of this device covers it, too.
            self.waited_for.insert(dev, read);
            return Ok(());
        }
        self.set_behind(dev, is_behind).await?;
        if !is_behind || was_behind {
            return Ok(());
        }
        self.tell(Event::Behind(dev));
        self.all_in_doubt().await
    }

    async fn set_behind(&mut self, dev: DeviceId, is_behind: bool) -> Result<(), Stop> {
        let peer = self.replica.peer(dev);
        if peer.is_behind == is_behind {
            return Ok(());
        }
        peer.is_behind = is_behind;
        self.keep(&[]).await
    }

    /// The newest segment that is there of those that were read.
    async fn newest_there(
        &self,
        dev: DeviceId,
        read: u64,
        depth: u64,
    ) -> Result<Option<(u64, Segment, Told)>, Stop> {
        let oldest = read.saturating_sub(depth).max(1);
        for seq in (oldest..=read).rev() {
            let place = self.replica.place_of(dev, seq);
            let there = self.fetch(Path::Segment(dev, seq), |text| self.read(place, text)).await?;
            if let Some((segment, told)) = there.whole() {
                return Ok(Some((seq, segment, told)));
            }
        }
        Ok(None)
    }

    /// Reads a segment that stands where another was read, or after which others were, and those before
    /// it: once. Most of it is known, and may come twice.
    async fn read_what_is_there(
        &mut self,
        place: Place,
        segment: &Segment,
        told: Told,
    ) -> Result<(), Stop> {
        let Place { dev, seq, .. } = place;
        if self.replica.peer(dev).newest_there == Some(segment.id()) {
            return Ok(());
        }
        let Some(mut ops) = self.other_history(place, segment.prev()).await? else { return Ok(()) };
        ops.extend(told.ops);
        // Those of many are asked about where they are told again.
        if self.deletes_too_many(&ops) {
            return Ok(());
        }
        if self.replica.peer(dev).seq == seq {
            self.replica.forked.insert(dev.0);
            self.tell(Event::Forked(dev));
        }
        self.replica.peer(dev).newest_there = Some(segment.id());
        // Others may have read only the one or the other, and its writer may be gone.
        self.replica.retell = true;
        self.keep(&ops).await
    }

    /// Where a segment follows another than the one that was read: two devices have written under one
    /// name. What it follows is read too, as far as it is still there; operations may come twice.
    /// `None`: what stands there cannot be used.
    pub(super) async fn other_history(
        &mut self,
        place: Place,
        mut expected: Option<Digest>,
    ) -> Result<Option<Vec<Op>>, Stop> {
        let mut ops = Vec::new();
        let oldest = place.seq.saturating_sub(FORK_DEPTH).max(1);
        for seq in (oldest..place.seq).rev() {
            let place = Place { seq, ..place };
            let path = Path::Segment(place.dev, seq);
            let (segment, told) = match self.fetch(path, |text| self.read(place, text)).await? {
                Got::Whole(read) => read,
                Got::Damaged(_) => return Ok(None),
                // Tidied away by whoever wrote it; it is in their snapshot, and told again.
                Got::Absent => break,
            };
            if Some(segment.id()) != expected {
                // Overwritten by the other. Whoever wrote it tells it again under another name.
                break;
            }
            expected = segment.prev();
            ops.extend(told.ops);
        }
        Ok(Some(ops))
    }
}
