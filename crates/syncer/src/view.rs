//! How sync stands, as the page shows it.

use crate::ledger::{KeptConflict, Ledger};
use crate::words::{device_name, held};
use model::{Entity, Hlc, Value};
use protocol::sync::{
    SyncAccount, SyncConflict, SyncDevice, SyncPhase, SyncPlace, SyncSaid, SyncView,
};
use store::Overlay;

pub(crate) fn view(
    ledger: &Ledger,
    overlay: &Overlay,
    waiting: usize,
    phase: SyncPhase,
) -> SyncView {
    let replica = &ledger.replica;
    let in_segments = u64::from(replica.is_waiting());
    let wanted = ledger.imports.iter().filter(|it| it.is_wanted());
    let to_come: usize = wanted.map(|it| it.came.iter().filter(|it| it.is_none()).count()).sum();
    SyncView {
        phase,
        place: Some(SyncPlace {
            kind: ledger.server.kind.clone(),
            url: ledger.server.url.clone(),
            user: match &ledger.server.account {
                SyncAccount::Password { user, .. } => Some(user.clone()),
                _ => None,
            },
            sealed: ledger.key.is_some(),
        }),
        last_ms: ledger.last_ms,
        unsent: waiting as u64 + in_segments,
        parts_to_send: ledger.due.len() as u32,
        parts_to_come: to_come as u32,
        devices: devices(ledger),
        conflicts: ledger.conflicts.iter().rev().map(|it| conflict(it, overlay)).collect(),
        journal: ledger.journal.iter().rev().cloned().collect(),
    }
}

fn devices(ledger: &Ledger) -> Vec<SyncDevice> {
    let replica = &ledger.replica;
    let id = device_name(replica.device());
    let here = SyncDevice { id, here: true, heard_ms: ledger.last_ms, held: None };
    let others = replica.others().filter(|it| !replica.is_given_up(it.0));
    let others = others.map(|(dev, heard_ms, why)| SyncDevice {
        id: device_name(dev),
        here: false,
        heard_ms: (heard_ms > 0).then_some(heard_ms),
        held: why.map(held),
    });
    [here].into_iter().chain(others).collect()
}

fn conflict(kept: &KeptConflict, overlay: &Overlay) -> SyncConflict {
    let KeptConflict { id, entity, field, mine, theirs } = kept;
    let now = overlay.field(entity, field).and_then(|it| it.set.as_ref()).map(|it| it.1);
    let said = |(at, value): &(Hlc, Value)| SyncSaid {
        value: text(value),
        at_ms: at.ms,
        holds: now == Some(*at),
    };
    let customer = match entity {
        Entity::Customer(id) => Some(*id),
        Entity::Shop => None,
    };
    SyncConflict { id: *id, customer, field: field.clone(), mine: said(mine), theirs: said(theirs) }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => if *flag { "✓" } else { "✕" }.to_owned(),
    }
}
