//! Bytes as letters and digits that a person can copy: base 32 of RFC 4648, in groups of four.
//! Lengths are whole fives, so that there is no rest to fill up.

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The letters, in groups of four with hyphens between them.
pub fn grouped(bytes: &[u8]) -> String {
    let letters = letters(bytes);
    let groups: Vec<&str> =
        letters.as_bytes().chunks(4).filter_map(|it| std::str::from_utf8(it).ok()).collect();
    groups.join("-")
}

/// The bytes of what was typed; blanks, hyphens and case say nothing. `None`: these are no whole
/// letters of it.
pub fn read(text: &str) -> Option<Vec<u8>> {
    let letters = text.bytes().filter(|it| !it.is_ascii_whitespace() && *it != b'-');
    let values: Option<Vec<u64>> = letters
        .map(|letter| LETTERS.iter().position(|it| *it == letter.to_ascii_uppercase()))
        .map(|place| place.map(|it| it as u64))
        .collect();
    let values = values.filter(|it| it.len() % 8 == 0)?;
    let fives = values.chunks(8).map(|eight| eight.iter().fold(0, |sum, it| sum << 5 | it));
    Some(fives.flat_map(|number: u64| number.to_be_bytes().into_iter().skip(3)).collect())
}

fn letters(bytes: &[u8]) -> String {
    let mut letters = String::new();
    for five in bytes.chunks(5) {
        let number = five.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        for shift in (0..8).rev() {
            letters.push(char::from(LETTERS[(number >> (shift * 5) & 31) as usize]));
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_are_those_of_the_standard() {
        // RFC 4648, section 10.
        assert_eq!(grouped(b"fooba"), "MZXW-6YTB");
        assert_eq!(read("mzxw 6ytb").as_deref(), Some(&b"fooba"[..]));
        assert_eq!(read("MZXW6YT"), None);
        assert_eq!(read("MZXW-6YT1"), None);
    }
}
