//! Names: vaults, devices, digests. All are written as lowercase hexadecimal digits.

use model::{CustomerId, DeviceId, Entity, Hlc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest as _, Sha256};
use std::fmt::{self, Write as _};

/// The largest number of a segment, a clock or a size: every program reads these exactly, also one whose
/// numbers are floating point.
pub const LARGEST: u64 = (1 << 53) - 1;

/// The number of a vault: what one shop's devices share. Random.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VaultId(pub u128);

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of these pieces, as if they were one.
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Digest {
        let mut hash = Sha256::new();
        pieces.into_iter().for_each(|piece| hash.update(piece));
        Digest(hash.finalize().into())
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Digest> {
        from_hex(text).and_then(|bytes| bytes.try_into().ok()).map(Digest)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for VaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl VaultId {
    /// Reads 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<VaultId> {
        is_hex(text, 32).then(|| u128::from_str_radix(text, 16).ok().map(VaultId)).flatten()
    }
}

/// A device as it stands in paths and messages.
pub(crate) fn device_text(device: DeviceId) -> String {
    format!("{:016x}", device.0)
}

pub(crate) fn read_device(text: &str) -> Option<DeviceId> {
    is_hex(text, 16).then(|| u64::from_str_radix(text, 16).ok().map(DeviceId)).flatten()
}

/// A stamp as it stands in messages: milliseconds, counter, device.
pub(crate) fn stamp_text(stamp: Hlc) -> String {
    format!("{}-{}-{}", stamp.ms, stamp.counter, device_text(stamp.device))
}

pub(crate) fn read_stamp(text: &str) -> Option<Hlc> {
    let mut pieces = text.splitn(3, '-');
    let ms = pieces.next()?.parse().ok().filter(|ms| *ms <= LARGEST)?;
    let counter = pieces.next()?.parse().ok()?;
    let device = read_device(pieces.next()?)?;
    Some(Hlc { ms, counter, device })
}

pub(crate) fn entity_text(entity: &Entity) -> String {
    match entity {
        Entity::Shop => "shop".to_owned(),
        Entity::Customer(id) => format!("customer:{id}"),
    }
}

pub(crate) fn read_entity(text: &str) -> Option<Entity> {
    match text.strip_prefix("customer:") {
        Some(id) if is_hex(id, 32) => CustomerId::parse(id).map(Entity::Customer),
        None if text == "shop" => Some(Entity::Shop),
        _ => None,
    }
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// Bytes as lowercase hexadecimal digits.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !is_hex(text, text.len()) || !text.len().is_multiple_of(2) {
        return None;
    }
    let digits = text.as_bytes().chunks(2);
    digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()).collect()
}

/// As text, in messages and in what a device keeps.
macro_rules! as_text {
    ($kind:ty, $what:literal) => {
        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                <$kind>::parse(&text).ok_or_else(|| D::Error::custom(concat!("no ", $what)))
            }
        }
    };
}

as_text!(Digest, "digest");
as_text!(VaultId, "vault");

/// [`DeviceId`] as text, for serde's `with`.
pub(crate) mod device {
    use super::{Deserialize, Deserializer, DeviceId, Error, Serializer, device_text, read_device};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    pub(crate) fn serialize<S: Serializer>(id: &DeviceId, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&device_text(*id))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DeviceId, D::Error> {
        let text = String::deserialize(from)?;
        read_device(&text).ok_or_else(|| D::Error::custom("no device"))
    }
}

/// Maps by device, with the device as text.
pub(crate) mod by_device {
    use super::{Deserialize, Deserializer, DeviceId, Error, Serialize, Serializer};
    use super::{device_text, read_device};
    use std::collections::BTreeMap;

    pub(crate) fn serialize<T: Serialize, S: Serializer>(
        map: &BTreeMap<DeviceId, T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(map.iter().map(|(id, value)| (device_text(*id), value)))
    }

    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<DeviceId, T>, D::Error> {
        let map = BTreeMap::<String, T>::deserialize(deserializer)?;
        let read = |(text, value): (String, T)| read_device(&text).map(|id| (id, value));
        let read: Option<BTreeMap<DeviceId, T>> = map.into_iter().map(read).collect();
        read.ok_or_else(|| D::Error::custom("no device"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written_and_in_no_other_form() {
        let stamp = Hlc { ms: LARGEST, counter: 7, device: DeviceId(0xab) };
        assert_eq!(stamp_text(stamp), "9007199254740991-7-00000000000000ab");
        assert_eq!(read_stamp(&stamp_text(stamp)), Some(stamp));
        let too_large = "9007199254740992-7-00000000000000ab";
        let wrong = ["", "1", "1-2", "1-2-ab", "1-2-00000000000000AB", "x-2-00000000000000ab"];
        for bad in wrong.into_iter().chain([too_large]) {
            assert_eq!(read_stamp(bad), None, "{bad}");
        }
        let customer = Entity::Customer(CustomerId(5));
        assert_eq!(read_entity(&entity_text(&customer)), Some(customer));
        assert_eq!(read_entity("customer:5"), None);
        assert_eq!(from_hex("0g"), None);
        assert_eq!(from_hex("é0"), None);
    }
}
