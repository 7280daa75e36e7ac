//! What was done here and is in no segment yet: read from the log as it grows, and from the imports.

use crate::ledger::{Ledger, Shared};
use model::{Change, Hlc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Backend, BatchEntry, BatchState, Store, StoreError};
use sync::Op;

/// Where something that is to be told stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Item {
    /// An edit: in which record of the log, and its stamp.
    Log { record: u64, stamp: Hlc },
    /// An import.
    Import(Hlc),
    /// An import that was taken back.
    TakeBack(Hlc),
}

impl Item {
    pub(crate) const fn is_of_import(&self) -> bool {
        !matches!(self, Item::Log { .. })
    }
}

/// Something that is to be told.
#[derive(Clone, Debug)]
pub(crate) struct Unsent {
    pub item: Item,
    pub op: Op,
}

/// What is to be told, oldest first, and how far the log was read for it.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    pub waiting: Vec<Unsent>,
    pub read_log: u64,
}

impl Queue {
    /// What was left to be told when the ledger was last kept.
    pub(crate) fn of(ledger: &Ledger) -> Queue {
        let waiting = ledger.untold.iter().filter_map(|item| unsent_of_import(ledger, *item));
        Queue { waiting: waiting.collect(), read_log: ledger.told_log }
    }

    /// Reads what was edited since the last look.
    pub(crate) async fn read_on<B: Backend>(
        &mut self,
        store: &Store<B>,
        ledger: &Ledger,
    ) -> Result<(), StoreError> {
        for (record, changes) in store.log_from(self.read_log).await? {
            if !ledger.came_log.contains(&record) {
                let first = ledger.told_from.filter(|_| record == ledger.told_log);
                self.add(record, changes, first);
            }
        }
        self.read_log = store.manifest().next_log;
        Ok(())
    }

    /// `first`: the first edit of the record that is not told yet. If it is gone, as that of somebody who
    /// was erased, the record is told once more as a whole.
    fn add(&mut self, record: u64, changes: Vec<Change>, first: Option<Hlc>) {
        let from = first.and_then(|stamp| changes.iter().position(|it| it.stamp == stamp));
        self.waiting.extend(changes.into_iter().skip(from.unwrap_or(0)).map(|change| Unsent {
            item: Item::Log { record, stamp: change.stamp },
            op: Op::Change(change),
        }));
    }
}

/// An item of an import with what it tells now.
pub(crate) fn unsent_of_import(ledger: &Ledger, item: Item) -> Option<Unsent> {
    let op = match item {
        Item::Import(id) => Op::Import(ledger.import(id)?.import()),
        Item::TakeBack(id) => Op::TakeBack { import: id, at: ledger.import(id)?.taken_back? },
        Item::Log { .. } => return None,
    };
    Some(Unsent { item, op })
}

/// An import of this device that the others do not know as it is.
pub(crate) struct News {
    pub id: Hlc,
    pub edition: Hlc,
}

/// When the rows of an import were last written.
pub(crate) fn edition_of(entry: &BatchEntry) -> Hlc {
    entry.edition.unwrap_or(entry.stamp)
}

/// Imports here that the others do not know, or know of an older edition. The sample shop stays here.
pub(crate) fn news<B: Backend>(store: &Store<B>, ledger: &Ledger) -> Vec<News> {
    let live = store.manifest().live_batches().filter(|it| !it.sample);
    let is_new = |entry: &&BatchEntry| {
        let known = ledger.import(entry.stamp);
        known.is_none_or(|it| it.taken_back.is_none() && it.edition < edition_of(entry))
    };
    live.filter(is_new).map(|entry| News { id: entry.stamp, edition: edition_of(entry) }).collect()
}

/// Imports whose rows were here and that were taken back since: their entries say so. One without an
/// entry was not taken back; its data were deleted as a whole.
pub(crate) fn taken_back<B: Backend>(store: &Store<B>, ledger: &Ledger) -> Vec<Hlc> {
    // A damaged import may have given way to a whole one of the same stamp.
    let mut states: BTreeMap<Hlc, bool> = BTreeMap::new();
    for entry in &store.manifest().batches {
        *states.entry(entry.stamp).or_default() |= entry.state == BatchState::Live;
    }
    let was_here = |it: &&Shared| it.here.is_some() && states.get(&it.id) == Some(&false);
    ledger.in_force().filter(was_here).map(|it| it.id).collect()
}
