//! Whether this device's own folder is as it left it: a copy of the device may write there too, and
//! a server may have been put back to an older day.

use super::fetch::Got;
use super::{Event, Home, Round, Stop};
use crate::head::Head;
use crate::part::Part;
use crate::remote::{Failure, Path, Remote};
use crate::segment::{Damage, Segment};
use std::collections::BTreeSet;

/// What the server holds in place of an own segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There {
    Same,
    Missing,
    /// Half of it, or no file of ours: it is written again.
    Damaged,
    /// Another segment of the same number: somebody else has this device's name. Or what this device
    /// has kept of its own cannot be read any more, so that it can neither compare nor send it.
    Other,
}

impl<R: Remote, H: Home> Round<'_, R, H> {
    /// Looks at the own head and the newest own segment.
    pub(super) async fn check_own_log(&mut self) -> Result<(), Stop> {
        if self.was_forked().await?
            || self.is_older_than_its_folder().await?
            || self.has_unknown_next().await?
        {
            return self.rename().await;
        }
        let newest = self.replica.own.confirmed;
        match self.segment_there(newest).await? {
            Some(There::Other) => self.rename().await,
            Some(There::Missing | There::Damaged) => self.send_again().await,
            _ => {
                self.check_own_snapshot().await?;
                self.check_what_others_wait_for().await
            }
        }
    }

    /// Whoever has not read all of this device may look in vain for what comes next: a server that
    /// was put back can have lost that and yet hold the newest.
    async fn check_what_others_wait_for(&mut self) -> Result<(), Stop> {
        let heard = self.replica.heard(self.pace.now_ms);
        let next: BTreeSet<u64> = heard.map(|peer| peer.seen_of_us + 1).collect();
        for seq in next.range(..self.replica.own.confirmed).copied() {
            match self.segment_there(seq).await? {
                Some(There::Other) => return self.rename().await,
                Some(There::Missing | There::Damaged) => return self.send_again().await,
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether somebody met two histories in this device's folder.
    async fn was_forked(&mut self) -> Result<bool, Stop> {
        let peers: Vec<_> = self.replica.peers.keys().copied().collect();
        let own = self.replica.dev;
        for dev in peers {
            if let Some(head) = self.head_of(dev).await?
                && head.forked().any(|it| it == own)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the folder knows more of this device than it does itself: it was put back from a copy.
    async fn is_older_than_its_folder(&mut self) -> Result<bool, Stop> {
        let (dev, key) = (self.replica.dev, self.pace.key);
        let head = self.fetch(Path::Head(dev), |text| Head::parse(dev, text, key)).await?;
        if matches!(head, Got::Damaged(Damage::TooNew)) {
            return Ok(true);
        }
        let own = &self.replica.own;
        // Who reads this device may know more of it, too.
        let read = self.replica.peers.values().map(|peer| peer.seen_of_us).max();
        if read.is_some_and(|seen| seen > own.seq) {
            return Ok(true);
        }
        let Some(head) = head.whole() else {
            self.replica.head_there = None;
            return Ok(false);
        };
        let is_other = head.seq == own.seq && head.id != own.id;
        if self.replica.head_there.as_ref() != Some(&head) {
            self.replica.head_there = None;
        }
        Ok(head.seq > own.seq || (is_other && own.confirmed == own.seq))
    }

    /// Whether there is a segment after the newest that this device has written.
    async fn has_unknown_next(&mut self) -> Result<bool, Stop> {
        let place = self.replica.place(self.replica.own.seq + 1);
        let read = |text: &str| Segment::parse(place, text)?.open(self.pace.key);
        let there = self.fetch(Path::Segment(place.dev, place.seq), read).await?;
        // One of a newer program cannot be read, and may not be written over either.
        Ok(matches!(there, Got::Whole(_) | Got::Damaged(Damage::TooNew)))
    }

    /// Own segments that are kept are sent again where they are missing. What others had told and the
    /// server has lost as well is told again with the rest.
    pub(super) async fn send_again(&mut self) -> Result<(), Stop> {
        // An empty server is filled only when the user says so.
        if self.remote.get(Path::Vault).await?.is_none() && !self.pace.refill {
            return Err(Stop::Emptied);
        }
        let confirmed = self.replica.own.confirmed;
        let kept: Vec<u64> = self.replica.own.kept.range(..=confirmed).map(|it| *it.0).collect();
        let mut missing = 0;
        for seq in kept {
            match self.segment_there(seq).await? {
                Some(There::Other) => return self.rename().await,
                Some(There::Missing | There::Damaged) => {
                    self.put_segment(seq).await?;
                    missing += 1;
                }
                _ => {}
            }
        }
        self.tell(Event::RolledBack { missing });
        let former = self.replica.snapshot.take();
        self.replica.litter.extend(former.into_iter().flat_map(|it| it.parts));
        self.replica.head_there = None;
        // What the snapshot had taken the place of is there again.
        self.replica.erasure_due = true;
        self.all_in_doubt().await
    }

    /// The server is older than it was: everything that is known is told again.
    pub(super) async fn all_in_doubt(&mut self) -> Result<(), Stop> {
        self.replica.retell = true;
        self.replica.parts_in_doubt = true;
        self.replica.peers.values_mut().for_each(|peer| {
            (peer.emptied, peer.may_tell_of_erased) = (0, true);
        });
        self.keep(&[]).await
    }

    /// A snapshot that covers segments which are gone must be there.
    async fn check_own_snapshot(&mut self) -> Result<(), Stop> {
        let Some(name) = self.replica.snapshot.as_ref().map(|it| it.name) else {
            return Ok(());
        };
        let vault = self.replica.vault();
        let there = self.fetch(Path::Part(name), |text| Part::parse(vault, name, text)).await?;
        if there.whole().is_some() {
            return Ok(());
        }
        self.send_again().await
    }

    /// What the server holds of an own segment; `None`: it is not kept here, so it is not needed.
    pub(super) async fn segment_there(&mut self, seq: u64) -> Result<Option<There>, Stop> {
        let place = self.replica.place(seq);
        let Some(text) = self.replica.own.kept.get(&seq) else { return Ok(None) };
        let Ok(own) = Segment::parse(place, text) else { return Ok(Some(There::Other)) };
        let path = Path::Segment(place.dev, seq);
        let there = self.fetch(path, |text| Segment::parse(place, text)).await?;
        Ok(Some(match there {
            Got::Absent => There::Missing,
            Got::Whole(there) if there.id() == own.id() => There::Same,
            // What others cannot have written is damage, not a copy of this device.
            Got::Whole(there) if there.open(self.pace.key).is_ok() => There::Other,
            Got::Damaged(Damage::TooNew) => There::Other,
            Got::Whole(_) | Got::Damaged(_) => There::Damaged,
        }))
    }

    /// Writes an own segment and reads it back; whether somebody else has written there meanwhile.
    pub(super) async fn put_segment(&mut self, seq: u64) -> Result<There, Stop> {
        let text = self.replica.own.kept.get(&seq).cloned().unwrap_or_default();
        self.remote.put(Path::Segment(self.replica.dev, seq), &text).await?;
        match self.segment_there(seq).await? {
            Some(There::Same) => Ok(There::Same),
            Some(There::Other) => Ok(There::Other),
            _ => Err(Failure::NotKept.into()),
        }
    }
}
