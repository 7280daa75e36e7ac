//! Hints: what a device says of its own folder, and which devices there are. Nothing that is read
//! rests on them: a head that is old or lost costs a round, no data.

use crate::ids::{Digest, by_device, device, device_text, read_device};
use crate::key::DataKey;
use crate::segment::{Damage, Seen, VERSION};
use model::DeviceId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a device says of its own folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    v: u32,
    /// Whose it is.
    #[serde(with = "device")]
    pub dev: DeviceId,
    /// Its newest segment that is on the server.
    pub seq: u64,
    /// Identity of that.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<Digest>,
    /// How far it has read the others.
    #[serde(with = "by_device", default)]
    pub seen: Seen,
    /// The part that lists its newest snapshot.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub snap: Option<Digest>,
    /// Folders in which it met two histories: their devices must go on under new names.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    forked: Vec<String>,
    /// Parts of imports that it wants and that are not there: whoever has the rows writes them again.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    pub missing: BTreeSet<Digest>,
}

/// A head with the mark of whoever has the vault's key, or with its mere digest.
#[derive(Serialize, Deserialize)]
struct Marked {
    head: String,
    mark: Digest,
}

fn mark_of(text: &str, key: Option<&DataKey>) -> Digest {
    key.map_or_else(|| Digest::of([text.as_bytes()]), |key| key.mark(text))
}

impl Head {
    /// What a device says of its folder.
    pub fn new(
        dev: DeviceId,
        (seq, id): (u64, Option<Digest>),
        seen: Seen,
        snap: Option<Digest>,
        forked: &BTreeSet<DeviceId>,
        missing: BTreeSet<Digest>,
    ) -> Head {
        let forked = forked.iter().map(|id| device_text(*id)).collect();
        Head { v: VERSION, dev, seq, id, seen, snap, forked, missing }
    }

    /// The text that is stored.
    pub fn text(&self, key: Option<&DataKey>) -> String {
        let head = serde_json::to_string(self).unwrap_or_default();
        let mark = mark_of(&head, key);
        serde_json::to_string(&Marked { head, mark }).unwrap_or_default()
    }

    /// Reads what a server gave as the head of a device.
    pub fn parse(dev: DeviceId, text: &str, key: Option<&DataKey>) -> Result<Head, Damage> {
        let marked: Marked = serde_json::from_str(text).ok().ok_or(Damage::Foreign)?;
        if mark_of(&marked.head, key) != marked.mark {
            return Err(if key.is_some() { Damage::Sealed } else { Damage::Hash });
        }
        let head: Head = serde_json::from_str(&marked.head).ok().ok_or(Damage::Foreign)?;
        if head.v > VERSION {
            return Err(Damage::TooNew);
        }
        if head.dev == dev { Ok(head) } else { Err(Damage::Misplaced) }
    }

    /// Folders in which it met two histories.
    pub fn forked(&self) -> impl Iterator<Item = DeviceId> {
        self.forked.iter().filter_map(|text| read_device(text))
    }
}

/// Which devices there are: only ever grows, whoever misses itself writes it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    devices: BTreeSet<String>,
}

impl Roster {
    /// Reads what a server gave; nothing of it, if it is no roster.
    pub fn parse(text: &str) -> Roster {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The text that is stored.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The devices.
    pub fn devices(&self) -> impl Iterator<Item = DeviceId> {
        self.devices.iter().filter_map(|text| read_device(text))
    }

    /// Adds devices; whether there was a new one.
    pub fn add(&mut self, devices: impl IntoIterator<Item = DeviceId>) -> bool {
        let before = self.devices.len();
        self.devices.extend(devices.into_iter().map(device_text));
        self.devices.len() > before
    }
}
