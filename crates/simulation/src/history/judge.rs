//! The end of a history: do all agree, is nothing lost, is what was erased gone?

use super::{Verdict, World};
use crate::device::canary;
use model::DeviceId;
use std::fmt::Write as _;
use sync::{Op, Path, Place, Segment};

/// More rounds than any history needs until nothing changes any more.
const ROUNDS: usize = 40;

impl World {
    /// The faults end. After some rounds all must agree, and nothing may be lost.
    pub(super) fn settle(&mut self) -> Verdict {
        let mut random = self.random.split();
        while self.server.borrow_mut().arrive(&mut random) {}
        self.give_up_what_is_gone();
        let mut former = None;
        for _ in 0..ROUNDS {
            self.quiet_rounds(1);
            let files = self.server.borrow().files.clone();
            let stored = self.slots.iter().map(|it| it.device.stored.borrow());
            let replicas: Vec<_> = stored.map(|it| it.replica.clone()).collect();
            let now = Some((self.hashes(), replicas, files));
            if now == former {
                return self.judge();
            }
            former = now;
        }
        Verdict::Restless
    }

    fn hashes(&self) -> Vec<u64> {
        self.slots.iter().map(|it| it.device.stored.borrow().hash()).collect()
    }

    fn judge(&self) -> Verdict {
        let hashes = self.hashes();
        if hashes.iter().any(|it| *it != hashes[0]) {
            return Verdict::Differ(self.differences());
        }
        let knows = |op: &Op| self.slots.iter().all(|it| it.device.stored.borrow().knows(op));
        let lost: Vec<Op> =
            self.acts.iter().filter(|(op, _)| !knows(op)).map(|(op, _)| op.clone()).collect();
        if !lost.is_empty() {
            return Verdict::Lost(lost);
        }
        if self.key.is_none() && !self.leaves_litter {
            return self.look_for_canaries();
        }
        Verdict::Good
    }

    /// What devices say that others do not.
    fn differences(&self) -> String {
        let said: Vec<(DeviceId, Vec<String>)> = self
            .slots
            .iter()
            .map(|it| it.device.stored.borrow())
            .map(|stored| (stored.replica.device(), stored.lines()))
            .collect();
        let mut text = String::new();
        for (dev, lines) in &said {
            let is_known = |line: &String| said.iter().all(|(_, lines)| lines.contains(line));
            for line in lines.iter().filter(|line| !is_known(line)) {
                let _ = write!(text, "\n  {:x}: {line}", dev.0);
            }
        }
        text
    }

    fn look_for_canaries(&self) -> Verdict {
        let stored = self.slots[0].device.stored.borrow();
        let canaries: Vec<String> = stored.erased().map(canary).collect();
        for (path, text) in &self.server.borrow().files {
            let body = plain(self.vault.vault, *path, text);
            if canaries.iter().any(|words| body.contains(words)) {
                return Verdict::NotErased(*path);
            }
        }
        Verdict::Good
    }
}

/// What anybody can read in a file of a vault without a key.
fn plain(vault: sync::VaultId, path: Path, text: &str) -> String {
    match path {
        Path::Segment(dev, seq) => {
            let segment = Segment::parse(Place { vault, dev, seq }, text);
            segment.and_then(|it| it.open(None)).map(|it| format!("{it:?}")).unwrap_or_default()
        }
        Path::Part(name) => {
            let body = sync::Part::parse(vault, name, text).and_then(|it| it.open(None));
            body.map(|it| String::from_utf8_lossy(&it).into_owned()).unwrap_or_default()
        }
        _ => text.to_owned(),
    }
}
