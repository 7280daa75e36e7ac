//! What a round tells, as it is kept to be shown.

use crate::ledger::{KeptConflict, Ledger};
use crate::words::{device_name, held};
use protocol::sync::{SyncHappened, SyncLine};
use sync::{Conflict, Event};

/// Something that was heard and is to be kept.
#[derive(Clone, Debug)]
pub(crate) enum Noted {
    /// A line; one that is told in every round stands there once.
    Line { what: SyncHappened, repeats: bool },
    /// Two people's words for one field.
    Conflict(Conflict),
}

impl Noted {
    /// A part that cannot be used.
    pub(crate) const fn part_damaged() -> Noted {
        Noted::Line { what: SyncHappened::PartDamaged, repeats: true }
    }

    pub(crate) fn keep(self, ledger: &mut Ledger, at_ms: u64) {
        match self {
            Noted::Line { what, repeats } => ledger.note(SyncLine { at_ms, what }, repeats),
            Noted::Conflict(Conflict { entity, field, mine, theirs }) => {
                ledger.keep_conflict(KeptConflict { id: 0, entity, field, mine, theirs });
            }
        }
    }
}

/// Keeps all of these.
pub(crate) fn keep_all(noted: &[Noted], ledger: &mut Ledger, at_ms: u64) {
    for it in noted {
        it.clone().keep(ledger, at_ms);
    }
}

/// What is to be kept of an event.
pub(crate) fn noted_of(event: &Event) -> Noted {
    let (what, repeats) = match event {
        Event::Conflict(conflict) => return Noted::Conflict(conflict.clone()),
        Event::Met(dev) => (SyncHappened::Met(device_name(*dev)), true),
        Event::StandsStill(dev, why) => (SyncHappened::Held(device_name(*dev), held(*why)), true),
        Event::Renamed { .. } => (SyncHappened::Renamed, false),
        Event::Forked(dev) => (SyncHappened::Forked(device_name(*dev)), true),
        Event::RolledBack { missing } => (SyncHappened::RolledBack { missing: *missing }, false),
        Event::Behind(dev) => (SyncHappened::Behind(device_name(*dev)), true),
        Event::VaultMended => (SyncHappened::VaultMended, false),
        Event::PassphraseChanged => (SyncHappened::PassphraseChanged, false),
        Event::PartDamaged(..) => (SyncHappened::PartDamaged, true),
        Event::PartMissing(_) => (SyncHappened::PartMissing, true),
    };
    Noted::Line { what, repeats }
}
