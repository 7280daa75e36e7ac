//! Segments: numbered files of one device, never changed, each naming the one before it.

use crate::frame;
use crate::ids::{Digest, LARGEST, VaultId, by_device, device, device_text};
use crate::key::{DataKey, Entropy};
use crate::op::{Op, WireOp};
use model::DeviceId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of envelopes.
pub const VERSION: u32 = 1;
/// The form of what is inside: a higher one may hold anything.
pub const SCHEMA: u32 = 1;
/// Longest text that is read as a segment, in bytes. They are written of about 256 KB of JSON at most,
/// unless a single operation is longer.
const LONGEST_TEXT: usize = 4 << 20;
/// Longest body of a segment, in bytes, after it is unpacked.
const LONGEST_BODY: usize = 8 << 20;
/// No single operation is longer in JSON, in bytes: it fits into a segment whatever it packs to.
pub(crate) const LONGEST_OP: usize = 2 << 20;

/// How far a device has read each of the others.
pub type Seen = BTreeMap<DeviceId, u64>;

/// Where a segment belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// In which vault.
    pub vault: VaultId,
    /// Whose it is.
    pub dev: DeviceId,
    /// Which of theirs, from 1.
    pub seq: u64,
}

/// What a segment says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What its writer had read when it was written.
    pub seen: Seen,
    /// What its writer tells.
    pub ops: Vec<Op>,
}

/// A segment as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    v: u32,
    vault: VaultId,
    #[serde(with = "device")]
    dev: DeviceId,
    seq: u64,
    /// Identity of the segment before; empty for the first.
    #[serde(with = "maybe")]
    prev: Option<Digest>,
    schema: u32,
    /// Name of the key, empty if there is none.
    kid: String,
    b: String,
    h: Digest,
}

/// What is wrong with a file. Nothing of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Damage {
    /// It is no JSON of this form: a sign-in page, half a file, somebody else's.
    #[error("what the server gave is no file of this program")]
    Foreign,
    /// It is longer than any such file.
    #[error("the file is too long")]
    TooLong,
    /// Its content is not what its hash says.
    #[error("the file is damaged")]
    Hash,
    /// It belongs to another place: a vault, device or number.
    #[error("the file belongs elsewhere")]
    Misplaced,
    /// It does not follow the one before it.
    #[error("the file does not follow the one before it")]
    Chain,
    /// It was not sealed with the vault's key, or was changed since.
    #[error("the file was not sealed by this shop")]
    Sealed,
    /// It was sealed with a key that this device does not have.
    #[error("the file needs a key that is not here")]
    UnknownKey,
    /// A newer version of this program wrote it.
    #[error("a newer version of this program wrote the file")]
    TooNew,
    /// Its content has another form.
    #[error("the content of the file cannot be read")]
    Content,
    /// It claims to be made more than ten years from now.
    #[error("the file claims to come from the far future")]
    Future,
}

impl Damage {
    /// Whether it is the file on the server that is spoilt: another program, key or clock would not
    /// read it either.
    pub(crate) const fn is_of_the_file(self) -> bool {
        matches!(
            self,
            Damage::Foreign | Damage::TooLong | Damage::Hash | Damage::Misplaced | Damage::Chain
        )
    }
}

#[derive(Serialize, Deserialize)]
struct WireTold {
    #[serde(default, with = "by_device", skip_serializing_if = "BTreeMap::is_empty")]
    seen: Seen,
    ops: Vec<WireOp>,
}

impl Place {
    /// What a body is bound to.
    fn text(&self, prev: Option<Digest>, schema: u32, kid: &str) -> String {
        let Place { vault, dev, seq } = self;
        let prev = prev.map(|it| it.to_string()).unwrap_or_default();
        let dev = device_text(*dev);
        format!("regulars-segment\n1\n{vault}\n{dev}\n{seq}\n{prev}\n{schema}\n{kid}")
    }
}

impl Segment {
    /// Writes a segment; with a key, sealed.
    pub fn write(
        place: Place,
        prev: Option<Digest>,
        told: &Told,
        key: Option<&DataKey>,
        entropy: &mut impl Entropy,
    ) -> Segment {
        let wire =
            WireTold { seen: told.seen.clone(), ops: told.ops.iter().map(WireOp::from).collect() };
        // Plain values with text as keys: it has a JSON form.
        let json = serde_json::to_vec(&wire).unwrap_or_default();
        let kid = key.map(DataKey::kid).unwrap_or_default();
        let b = frame::write(&place.text(prev, SCHEMA, &kid), &json, key, entropy);
        let h = Digest::of([b.as_bytes()]);
        let Place { vault, dev, seq } = place;
        Segment { v: VERSION, vault, dev, seq, prev, schema: SCHEMA, kid, b, h }
    }

    /// The text that is stored.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what a server gave for a place, as far as that needs no key.
    pub fn parse(place: Place, text: &str) -> Result<Segment, Damage> {
        #[derive(Deserialize)]
        struct Peek {
            v: u32,
            schema: u32,
        }
        if text.len() > LONGEST_TEXT {
            return Err(Damage::TooLong);
        }
        let peek: Peek = serde_json::from_str(text).ok().ok_or(Damage::Foreign)?;
        if peek.v > VERSION || peek.schema > SCHEMA {
            return Err(Damage::TooNew);
        }
        let segment: Segment = serde_json::from_str(text).ok().ok_or(Damage::Foreign)?;
        if Digest::of([segment.b.as_bytes()]) != segment.h {
            return Err(Damage::Hash);
        }
        let claimed = Place { vault: segment.vault, dev: segment.dev, seq: segment.seq };
        if claimed == place { Ok(segment) } else { Err(Damage::Misplaced) }
    }

    /// What it says.
    pub fn open(&self, key: Option<&DataKey>) -> Result<Told, Damage> {
        let place = Place { vault: self.vault, dev: self.dev, seq: self.seq };
        check_key(&self.kid, key)?;
        let refusal = if key.is_some() { Damage::Sealed } else { Damage::Content };
        let place = place.text(self.prev, self.schema, &self.kid);
        let body = frame::read(&place, &self.b, key, LONGEST_BODY).ok_or(refusal)?;
        let wire: WireTold = serde_json::from_slice(&body).ok().ok_or(Damage::Content)?;
        if wire.seen.values().any(|seq| *seq > LARGEST) {
            return Err(Damage::Content);
        }
        let ops: Option<Vec<Op>> = wire.ops.into_iter().map(WireOp::read).collect();
        Ok(Told { seen: wire.seen, ops: ops.ok_or(Damage::Content)? })
    }

    /// Identity: what the next segment names. It covers the whole envelope, however it is laid out.
    pub fn id(&self) -> Digest {
        let place = Place { vault: self.vault, dev: self.dev, seq: self.seq };
        let text = format!("{}\n{}\n", place.text(self.prev, self.schema, &self.kid), self.h);
        Digest::of([text.as_bytes()])
    }

    /// Identity of the one before.
    pub const fn prev(&self) -> Option<Digest> {
        self.prev
    }
}

/// Where a vault has a key, what is not sealed with it is not the shop's.
pub(crate) fn check_key(kid: &str, key: Option<&DataKey>) -> Result<(), Damage> {
    match key {
        None if kid.is_empty() => Ok(()),
        Some(key) if kid == key.kid() => Ok(()),
        Some(_) if kid.is_empty() => Err(Damage::Sealed),
        _ => Err(Damage::UnknownKey),
    }
}

/// A digest or nothing, as text.
mod maybe {
    use super::Digest;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[allow(clippy::ref_option, reason = "serde gives a reference")]
    pub(super) fn serialize<S: Serializer>(it: &Option<Digest>, to: S) -> Result<S::Ok, S::Error> {
        match it {
            Some(digest) => to.collect_str(digest),
            None => to.serialize_str(""),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Digest>, D::Error> {
        let text = String::deserialize(from)?;
        if text.is_empty() {
            return Ok(None);
        }
        Digest::parse(&text).map(Some).ok_or_else(|| D::Error::custom("no digest"))
    }
}
