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

    /// Nothing on the server tells of anybody who was erased. Excused are a file that the network
    /// brought after it was deleted; a part that nothing names, of a machine that was lost while it
    /// wrote a snapshot; and, on a server that was put back, what nobody keeps there.
    fn look_for_canaries(&self) -> Verdict {
        let stored = self.slots[0].device.stored.borrow();
        let canaries: Vec<String> = stored.erased().map(canary).collect();
        let server = self.server.borrow();
        let in_force = self.slots[0].device.parts_in_force();
        let mut kept: BTreeSet<Path> = in_force.iter().map(|it| Path::Part(it.name)).collect();
        for slot in &self.slots {
            kept.extend(slot.device.stored.borrow().replica.files());
        }
        let vault = self.vault.vault;
        let bodies: Vec<(Path, String)> =
            server.files.iter().map(|(path, text)| (*path, plain(vault, *path, text))).collect();
        let named = named(&bodies);
        let is_nameless = |path: Path| matches!(path, Path::Part(_)) && !named.contains(&path);
        let is_excused = |path: Path| {
            self.was_rolled_back
                || server.came_late.contains(&path)
                || (self.lost_a_machine && is_nameless(path))
        };
        for (path, body) in &bodies {
            if !kept.contains(path) && is_excused(*path) {
                continue;
            }
            if canaries.iter().any(|words| body.contains(words)) {
                return Verdict::NotErased(*path);
            }
        }
        Verdict::Good
    }
}

/// Parts that a head or segment names, or a part that is named itself.
fn named(bodies: &[(Path, String)]) -> BTreeSet<Path> {
    let is_part = |it: &&(Path, String)| matches!(it.0, Path::Part(_));
    let mut named = BTreeSet::new();
    let mut due: Vec<&str> = bodies.iter().filter(|it| !is_part(it)).map(|it| &*it.1).collect();
    while let Some(text) = due.pop() {
        for (path, body) in bodies.iter().filter(is_part) {
            let Path::Part(name) = path else { continue };
            if !named.contains(path) && text.contains(&name.to_string()) {
                named.insert(*path);
                due.push(body);
            }
        }
    }
    named
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
