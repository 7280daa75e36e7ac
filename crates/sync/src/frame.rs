//! Bodies: what a segment or part carries, compressed, and sealed where there is a key.
//!
//! The body travels as a string with its own hash, for servers that write JSON anew keep strings.

use crate::key::{DataKey, Entropy};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use std::io::Read;

/// JSON up to this length travels as it is, for anybody to read.
const LONGEST_PLAIN_BYTES: usize = 512;

const AS_IT_IS: u8 = 0;
const DEFLATED: u8 = 1;
const HEAD_BYTES: usize = 5;

/// Writes a body. `place` says where it belongs; sealed, it cannot be moved from there.
pub(crate) fn write(
    place: &str,
    body: &[u8],
    key: Option<&DataKey>,
    entropy: &mut impl Entropy,
) -> String {
    match (key, std::str::from_utf8(body)) {
        (Some(key), _) => BASE64.encode(key.seal(place, &padded(body), entropy)),
        (None, Ok(json)) if json.len() <= LONGEST_PLAIN_BYTES && json.starts_with('{') => {
            json.to_owned()
        }
        (None, _) => BASE64.encode(deflated(body)),
    }
}

/// Reads a body; `None`: it is not what was written for this place, or unpacks to more than `longest`
/// bytes: a small text must not become a full memory.
pub(crate) fn read(
    place: &str,
    text: &str,
    key: Option<&DataKey>,
    longest: usize,
) -> Option<Vec<u8>> {
    if let Some(key) = key {
        return unpadded(&key.open(place, &BASE64.decode(text).ok()?)?, longest);
    }
    if text.starts_with('{') {
        return Some(text.as_bytes().to_vec());
    }
    inflated(&BASE64.decode(text).ok()?, longest)
}

/// One byte of form, four of length, the body, zeros: the length tells only its order of magnitude.
fn padded(body: &[u8]) -> Vec<u8> {
    let packed = deflated(body);
    let (form, body) =
        if packed.len() < body.len() { (DEFLATED, &packed[..]) } else { (AS_IT_IS, body) };
    let mut padded = vec![form];
    padded.extend((body.len() as u32).to_le_bytes());
    padded.extend(body);
    let steps = [256, 1024, 4096, 16_384];
    let room = steps.into_iter().find(|room| *room >= padded.len());
    padded.resize(room.unwrap_or_else(|| padded.len().next_multiple_of(65_536)), 0);
    padded
}

fn unpadded(padded: &[u8], longest: usize) -> Option<Vec<u8>> {
    let (head, rest) = padded.split_at_checked(HEAD_BYTES)?;
    let length = u32::from_le_bytes(head[1..].try_into().ok()?);
    let body = rest.get(..length as usize)?;
    match head[0] {
        AS_IT_IS => Some(body.to_vec()),
        DEFLATED => inflated(body, longest),
        _ => None,
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    // Memory does not fail to be read.
    let _ = DeflateEncoder::new(bytes, Compression::new(6)).read_to_end(&mut packed);
    packed
}

fn inflated(packed: &[u8], longest: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut reader = DeflateDecoder::new(packed).take(longest as u64 + 1);
    reader.read_to_end(&mut bytes).ok()?;
    (bytes.len() <= longest).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_body_tells_only_the_order_of_its_length() {
        // Bytes that do not compress.
        let noise = |count: usize| -> Vec<u8> {
            (0..count as u64).map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect()
        };
        for (count, room) in [(1, 256), (250, 256), (4000, 4096), (70_000, 131_072)] {
            let body = noise(count);
            let padded = padded(&body);
            assert!(padded.len() <= room, "{count}");
            assert_eq!(unpadded(&padded, 100_000), Some(body));
        }
    }

    #[test]
    fn what_unpacks_to_more_than_the_bound_is_refused() {
        const LONGEST: usize = 1 << 20;
        let bomb = deflated(&vec![0; LONGEST + 1]);
        assert!(bomb.len() < LONGEST / 100);
        assert_eq!(inflated(&bomb, LONGEST), None);
        assert_eq!(inflated(&bomb, LONGEST + 1).map(|it| it.len()), Some(LONGEST + 1));
    }
}
