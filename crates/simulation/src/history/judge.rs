//! The end of a history: do all agree, is nothing lost, is what was erased gone?

use super::{DAY_MS, Verdict, World};
use crate::device::canary;
use model::DeviceId;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use sync::{Home as _, Op, Path, Place, Segment};

/// More rounds than any history needs until nothing changes any more.
const ROUNDS: usize = 40;

impl World {
    /// The faults end. After some rounds all must agree, and nothing may be lost; after a while
    /// devices that are no more are not waited for, so that what was erased is gone.
    pub(super) fn settle(&mut self) -> Verdict {
        let mut random = self.random.split();
        while self.server.borrow_mut().arrive(&mut random) {}
        self.give_up_what_is_gone();
        // Twice, for clocks that were set back.
        for _ in 0..3 {
            if !self.comes_to_rest() {
                return Verdict::Restless;
            }
            self.now_ms += 91 * DAY_MS;
        }
        self.judge()
    }

    fn comes_to_rest(&mut self) -> bool {
        let mut former = None;
        for _ in 0..ROUNDS {
            self.quiet_rounds(1);
            let files = self.server.borrow().files.clone();
            let stored = self.slots.iter().map(|it| it.device.stored.borrow());
            let replicas: Vec<_> = stored.map(|it| it.replica.clone()).collect();
            let now = Some((self.hashes(), replicas, files));
            if now == former {
                return true;
            }
            former = now;
        }
        false
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
        if self.key.is_none() { self.look_for_canaries() } else { Verdict::Good }
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

    /// What living devices keep on the server, and what is in force, tells of nobody who was erased.
    /// Where no machine or server was put back, copied or lost, nothing on the server does.
    fn look_for_canaries(&self) -> Verdict {
        let stored = self.slots[0].device.stored.borrow();
        let canaries: Vec<String> = stored.erased().map(canary).collect();
        let server = self.server.borrow();
        let in_force = self.slots[0].device.parts_in_force();
        let mut kept: BTreeSet<Path> = in_force.iter().map(|it| Path::Part(it.name)).collect();
        for slot in &self.slots {
            kept.extend(slot.device.stored.borrow().replica.files());
        }
        let is_looked_at = |path: &Path| {
            kept.contains(path) || !(self.leaves_litter || server.came_late.contains(path))
        };
        for (path, text) in server.files.iter().filter(|it| is_looked_at(it.0)) {
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
