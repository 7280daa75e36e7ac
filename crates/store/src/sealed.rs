//! JSON records with a checksum: one line of JSON, then 16 hexadecimal digits of its XXH3-64.
//!
//! JSON lets the formats grow and lets a person read them; the checksum keeps a flipped digit from
//! becoming a price.

use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::xxh3_64;

/// The seal is a line break and 16 digits.
const SEAL_BYTES: usize = 17;

/// Writes a value as a sealed record.
pub(crate) fn seal<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut record = serde_json::to_vec(value)?;
    let seal = format!("\n{:016x}", xxh3_64(&record));
    record.extend_from_slice(seal.as_bytes());
    Ok(record)
}

/// The JSON of a sealed record; `None` if the seal is missing or broken.
pub(crate) fn open(record: &[u8]) -> Option<&[u8]> {
    let (json, seal) = record.split_at_checked(record.len().checked_sub(SEAL_BYTES)?)?;
    (seal == format!("\n{:016x}", xxh3_64(json)).as_bytes()).then_some(json)
}

/// Reads a sealed record; `None` if it is damaged.
pub(crate) fn unseal<T: DeserializeOwned>(record: &[u8]) -> Option<T> {
    serde_json::from_slice(open(record)?).ok()
}
