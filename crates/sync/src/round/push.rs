//! Telling the others: parts first, then the segments that name them, one after the other.

use super::own::There;
use super::{Home, Round, Stop};
use crate::ids::Digest;
use crate::op::{Op, WireOp};
use crate::part::Part;
use crate::remote::{Path, Remote};
use crate::segment::{LONGEST_OP, Segment, Told};

/// What goes into one segment at most, roughly, in bytes of JSON.
const SEGMENT_BYTES: usize = 256 << 10;
/// An operation of short texts in JSON.
const OP_BYTES: usize = 200;

impl<R: Remote, H: Home> Round<'_, R, H> {
    pub(super) async fn push(&mut self) -> Result<(), Stop> {
        self.tell_all_again().await?;
        loop {
            if self.replica.own.confirmed == self.replica.own.seq {
                if !self.seal_next().await? {
                    return Ok(());
                }
                continue;
            }
            if self.push_segment().await? != There::Same {
                self.rename().await?;
                self.tell_all_again().await?;
            }
        }
    }

    /// After a copy of this device or a server put back: everything that is known, as new segments.
    /// What there is to read is read before, in the folder that was given up too.
    async fn tell_all_again(&mut self) -> Result<(), Stop> {
        if !self.replica.retell {
            return Ok(());
        }
        self.pull().await?;
        self.fetch_parts().await?;
        if self.replica.parts_in_doubt {
            self.write_again_if_gone(|_| true).await?;
        }
        self.replica.retell = false;
        self.replica.parts_in_doubt = false;
        self.replica.again = self.home.operations();
        self.keep(&[]).await
    }

    /// Parts that others, or this device itself, look for in vain.
    pub(super) async fn write_missing_parts(&mut self) -> Result<(), Stop> {
        let asked = std::mem::take(&mut self.asked);
        self.write_again_if_gone(|name| asked.contains(&name)).await
    }

    async fn write_again_if_gone(&mut self, looks: impl Fn(Digest) -> bool) -> Result<(), Stop> {
        let mut gone = Vec::new();
        for part in self.home.parts_in_force() {
            if looks(part.name) && !self.has_part(part.name).await? {
                gone.push(part.name);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        self.home.write_again(&gone).await.map_err(Stop::Home)
    }

    async fn push_parts(&mut self) -> Result<(), Stop> {
        while let Some((name, text)) = self.home.part_to_send().await {
            if !self.has_part(name).await? {
                self.store_part(name, &text).await?;
            }
            self.home.part_sent(name).await.map_err(Stop::Home)?;
        }
        Ok(())
    }

    async fn has_part(&mut self, name: Digest) -> Result<bool, Stop> {
        let vault = self.replica.vault();
        let there = self.fetch(Path::Part(name), |text| Part::parse(vault, name, text)).await?;
        Ok(there.whole().is_some())
    }

    /// Makes a segment of what is to be told, and keeps it before anybody sees it; whether there was
    /// anything.
    async fn seal_next(&mut self) -> Result<bool, Stop> {
        // Parts before the segment that names them: an import may have come while the round runs.
        self.push_parts().await?;
        let is_again = !self.replica.again.is_empty();
        let unsent = self.home.unsent();
        let waiting = if is_again { &self.replica.again } else { &unsent };
        if waiting.is_empty() {
            return Ok(false);
        }
        let count = fitting(waiting, SEGMENT_BYTES);
        if let Some(bytes) = waiting.first().map(json_bytes).filter(|it| *it > LONGEST_OP) {
            return Err(Stop::LongOp { bytes });
        }
        let mut ops: Vec<Op> = waiting[..count].to_vec();
        // Nobody hears any more of people who are erased.
        ops.retain(|op| !op.tells_of().is_some_and(|id| self.home.is_erased(id)));
        if !is_again && ops.iter().any(|op| op.deletes().is_some()) {
            self.replica.expect_erased();
        }
        if is_again {
            self.replica.again.drain(..count);
        }
        let sealed = if is_again { 0 } else { count };
        if ops.is_empty() {
            self.home.keep(self.replica, &[], sealed).await.map_err(Stop::Home)?;
            return Ok(true);
        }
        let seq = self.replica.own.seq + 1;
        let told = Told { seen: self.replica.seen(), ops };
        let prev = self.replica.own.id;
        let place = self.replica.place(seq);
        let segment = Segment::write(place, prev, &told, self.pace.key, self.home);
        let own = &mut self.replica.own;
        (own.seq, own.id) = (seq, Some(segment.id()));
        own.kept.insert(seq, segment.text());
        self.home.keep(self.replica, &[], sealed).await.map_err(Stop::Home)?;
        Ok(true)
    }

    /// Puts the newest segment on the server, unless it is there already from a try whose answer was
    /// lost. Never over another: that one is somebody's word.
    async fn push_segment(&mut self) -> Result<There, Stop> {
        let seq = self.replica.own.seq;
        if self.replica.own.confirmed == 0 {
            self.introduce().await?;
        }
        let there = match self.segment_there(seq).await? {
            Some(There::Missing | There::Damaged) => self.put_segment(seq).await?,
            Some(there) => there,
            // It is not kept: nobody can say that it is there.
            None => There::Other,
        };
        if there != There::Same {
            return Ok(there);
        }
        // Nobody reads it if the one before it is gone; a server can be put back at any moment.
        match self.segment_there(seq - 1).await? {
            Some(There::Missing | There::Damaged) => {
                self.send_again().await?;
                // It is looked at once more.
                return Ok(There::Same);
            }
            Some(There::Other) => return Ok(There::Other),
            Some(There::Same) | None => {}
        }
        self.replica.own.confirmed = seq;
        self.report.sent += self.told_in(seq);
        self.keep(&[]).await?;
        Ok(There::Same)
    }

    fn told_in(&self, seq: u64) -> u64 {
        let segment = self.replica.kept(seq);
        let told = segment.and_then(|it| it.open(self.pace.key).ok());
        told.map_or(0, |told| told.ops.len() as u64)
    }
}

fn json_bytes(op: &Op) -> usize {
    serde_json::to_vec(&WireOp::from(op)).map_or(usize::MAX, |json| json.len())
}

/// How many operations go into the next file: at least one.
pub(super) fn fitting(ops: &[Op], most_bytes: usize) -> usize {
    let mut bytes = 0;
    let sizes = ops.iter().map(|op| match op {
        Op::Change(change) => OP_BYTES + text_bytes(&change.operation),
        Op::Import(import) => OP_BYTES + import.about.len() + 100 * import.parts.len(),
        Op::TakeBack { .. } => OP_BYTES,
    });
    let fits = sizes.take_while(|size| {
        bytes += size;
        bytes <= most_bytes
    });
    fits.count().max(1)
}

fn text_bytes(operation: &model::Operation) -> usize {
    match operation {
        model::Operation::Set(model::Value::Text(text)) | model::Operation::Include(text) => {
            text.len()
        }
        model::Operation::Exclude(word, seen) => word.len() + 40 * seen.len(),
        _ => 0,
    }
}
