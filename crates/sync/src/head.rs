//! Hints: what a device says of its own folder, and which devices there are. Nothing that is read
//! rests on them: a head that is old or lost costs a round, no data.

use crate::ids::{Digest, LARGEST, by_device, device, device_text, read_device};
use crate::key::DataKey;
use crate::segment::{Damage, Seen, VERSION};
use model::DeviceId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest text that is read as a head or roster, in bytes: thousands of devices.
const LONGEST_TEXT: usize = 256 << 10;
/// So many missing parts are named at once; when they are there, the next are.
const NAMED_MISSING: usize = 1_000;

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
    /// Segments of others at which it stands still because they are lost or damaged: whoever has read
    /// them writes a snapshot that covers them.
    #[serde(with = "by_device", skip_serializing_if = "BTreeMap::is_empty", default)]
    pub waits: Seen,
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
        (missing, waits): (&BTreeSet<Digest>, Seen),
    ) -> Head {
        let forked = forked.iter().map(|id| device_text(*id)).collect();
        let missing = missing.iter().take(NAMED_MISSING).copied().collect();
        Head { v: VERSION, dev, seq, id, seen, snap, forked, missing, waits }
    }

    /// Whether it says more than how far its device and the others are.
    pub fn asks_more_than(&self, other: &Head) -> bool {
        let Head { v: _, dev: _, seq: _, id: _, seen: _, snap, forked, missing, waits } = self;
        (snap, forked, missing, waits) != (&other.snap, &other.forked, &other.missing, &other.waits)
    }

    /// The text that is stored.
    pub fn text(&self, key: Option<&DataKey>) -> String {
        let head = serde_json::to_string(self).unwrap_or_default();
        let mark = mark_of(&head, key);
        serde_json::to_string(&Marked { head, mark }).unwrap_or_default()
    }

    /// Reads what a server gave as the head of a device.
    pub fn parse(dev: DeviceId, text: &str, key: Option<&DataKey>) -> Result<Head, Damage> {
        if text.len() > LONGEST_TEXT {
            return Err(Damage::TooLong);
        }
        let marked: Marked = serde_json::from_str(text).ok().ok_or(Damage::Foreign)?;
        if mark_of(&marked.head, key) != marked.mark {
            return Err(if key.is_some() { Damage::Sealed } else { Damage::Hash });
        }
        let head: Head = serde_json::from_str(&marked.head).ok().ok_or(Damage::Foreign)?;
        if head.v > VERSION {
            return Err(Damage::TooNew);
        }
        let seqs = head.seen.values().chain(head.waits.values()).chain([&head.seq]);
        if seqs.max().is_some_and(|seq| *seq > LARGEST) {
            return Err(Damage::Content);
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
    /// Reads what a server gave.
    pub fn parse(text: &str) -> Result<Roster, Damage> {
        if text.len() > LONGEST_TEXT {
            return Err(Damage::TooLong);
        }
        serde_json::from_str(text).ok().ok_or(Damage::Foreign)
    }

    /// The devices that half a roster still names.
    pub fn salvage(text: &str) -> Roster {
        let devices = text.split('"').filter(|it| read_device(it).is_some());
        Roster { devices: devices.map(str::to_owned).collect() }
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
