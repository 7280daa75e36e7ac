//! A recovery code: random bytes as letters and digits, to be written down.

use model::base32;
use xxhash_rust::xxh3::xxh3_64;

/// Random bytes of a code.
pub const CODE_BYTES: usize = 21;
/// Bytes that tell a code that was mistyped.
const CHECK_BYTES: usize = 4;

/// The code of these bytes: ten groups of four letters and digits.
pub fn recovery_code(secret: &[u8; CODE_BYTES]) -> String {
    base32::grouped(&[&secret[..], &checksum(secret)].concat())
}

/// The code that was typed, as it was shown; `None`: it is mistyped. Blanks, hyphens and case say
/// nothing.
pub fn read_recovery_code(typed: &str) -> Option<String> {
    let bytes = base32::read(typed).filter(|it| it.len() == CODE_BYTES + CHECK_BYTES)?;
    let (secret, check) = bytes.split_at(CODE_BYTES);
    (checksum(secret) == check).then(|| base32::grouped(&bytes))
}

fn checksum(secret: &[u8]) -> [u8; CHECK_BYTES] {
    let [a, b, c, d, ..] = xxh3_64(secret).to_le_bytes();
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let secret = std::array::from_fn(|n| (n * 37) as u8);
        let code = recovery_code(&secret);
        assert_eq!((code.len(), code.split('-').count()), (49, 10));
        let blanks = code.replace('-', " ").to_lowercase();
        for typed in [code.clone(), blanks, format!(" {} ", code.replace('-', ""))] {
            assert_eq!(read_recovery_code(&typed), Some(code.clone()));
        }
    }

    #[test]
    fn a_mistyped_code_is_none() {
        let code = recovery_code(&[9; CODE_BYTES]);
        for (n, letter) in code.char_indices().filter(|(_, it)| *it != '-') {
            let other = if letter == 'A' { "B" } else { "A" };
            let mut typed = code.clone();
            typed.replace_range(n..=n, other);
            assert_eq!(read_recovery_code(&typed), None, "{typed}");
        }
        for typed in ["", "ABCD", "0189-0189", &code[5..]] {
            assert_eq!(read_recovery_code(typed), None, "{typed}");
        }
    }
}
