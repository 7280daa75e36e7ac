//! Where an act is: on which devices, in which files of the server.

use super::World;
use crate::server::Server;
use model::{DeviceId, Hlc};
use std::collections::BTreeSet;
use sync::{Head, Op, Path, Place, Roster, Segment};

/// An act whose whereabouts are told whenever they change.
pub(super) struct Watched {
    op: Op,
    places: BTreeSet<String>,
}

impl Watched {
    pub(super) fn new(op: &Op) -> Watched {
        Watched { op: op.clone(), places: BTreeSet::new() }
    }
}

impl World {
    /// What segments on the server tell, of devices that can be found: on a server that cannot list,
    /// two that join at once may each write a roster without the other, and one may die of that.
    pub(super) fn told_on_server(&self) -> Vec<(Path, Hlc)> {
        self.told(self.findable().as_ref())
    }

    /// What segments on the server tell, whether anybody can find them or not.
    pub(super) fn told_anywhere(&self) -> Vec<(Path, Hlc)> {
        self.told(None)
    }

    fn told(&self, findable: Option<&BTreeSet<DeviceId>>) -> Vec<(Path, Hlc)> {
        let server = self.server.borrow();
        let mut told = Vec::new();
        for (path, text) in &server.files {
            if let Path::Segment(dev, seq) = path
                && findable.is_none_or(|it| it.contains(dev))
            {
                let place = Place { vault: self.vault.vault, dev: *dev, seq: *seq };
                let segment = Segment::parse(place, text).ok();
                let opened = segment.and_then(|it| it.open(self.key.as_ref()).ok());
                let ops = opened.into_iter().flat_map(|it| it.ops);
                let ops = ops.filter(|op| has_rows(op, &server));
                told.extend(ops.map(|op| (*path, op.stamp())));
            }
        }
        told
    }

    /// Devices whose folders somebody knows or can hear of, by the roster or by heads of devices that
    /// can be found; `None`: the server lists them.
    fn findable(&self) -> Option<BTreeSet<DeviceId>> {
        let server = self.server.borrow();
        if server.lists() {
            return None;
        }
        let roster = server.files.get(&Path::Roster);
        let roster = roster.map(|it| Roster::parse(it).unwrap_or_else(|_| Roster::salvage(it)));
        let mut due: Vec<DeviceId> = roster.iter().flat_map(Roster::devices).collect();
        for slot in &self.slots {
            let replica = &slot.device.stored.borrow().replica;
            due.extend(replica.others().map(|it| it.0).chain([replica.device()]));
        }
        let mut found = BTreeSet::new();
        while let Some(dev) = due.pop() {
            let head = server.files.get(&Path::Head(dev)).filter(|_| found.insert(dev));
            let head = head.and_then(|it| Head::parse(dev, it, self.key.as_ref()).ok());
            due.extend(head.into_iter().flat_map(|head| head.seen.into_keys()));
        }
        Some(found)
    }

    /// Tells where the watched acts are now, if that has changed.
    pub(super) fn look_for_watched(&mut self) {
        let mut watched = std::mem::take(&mut self.watched);
        if watched.is_empty() {
            return;
        }
        let told = self.told_on_server();
        for Watched { op, places } in &mut watched {
            let on_server = told.iter().filter(|it| it.1 == op.stamp()).map(|it| it.0.to_string());
            let devices = self.slots.iter().map(|it| it.device.stored.borrow());
            let devices = devices.filter(|it| it.knows(op));
            let now = devices.map(|it| format!("{:x}", it.replica.device().0)).chain(on_server);
            let now: BTreeSet<String> = now.collect();
            if now != *places {
                places.clone_from(&now);
                self.note(|_| format!("    {:?} is at {now:?}", op.stamp()));
            }
        }
        self.watched = watched;
    }
}

/// Whether the rows that an operation names are on the server.
fn has_rows(op: &Op, server: &Server) -> bool {
    match op {
        Op::Import(import) => {
            import.parts.iter().all(|part| server.files.contains_key(&Path::Part(part.name)))
        }
        _ => true,
    }
}
