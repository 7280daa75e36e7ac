//! What a file is known by when it is chosen again.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Of the beginning and of the end so many bytes are looked at: a large file is not read whole, and
/// whatever a shop's program adds to an export changes its size or its end.
const LOOKED_AT: f64 = 65_536.0;

/// The mark of a file's content; `None`: it cannot be read.
pub async fn of(file: &File) -> Option<String> {
    let size = file.size();
    let begin = bytes(file, 0.0, size.min(LOOKED_AT)).await?;
    let end = bytes(file, (size - LOOKED_AT).max(0.0), size).await?;
    Some(format!("{:016x}", hash(begin.into_iter().chain(end))))
}

async fn bytes(file: &File, from: f64, to: f64) -> Option<Vec<u8>> {
    let part = file.slice_with_f64_and_f64(from, to).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(buffer.unchecked_ref()).to_vec())
}

/// FNV-1a, 64 bits: nobody has a reason to make two files of one mark.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_is_fnv_1a() {
        for (text, expected) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert_eq!(hash(text.bytes()), expected, "{text}");
        }
    }
}
