//! Cells of few different texts, each interpreted once.

/// A text of up to 16 bytes as numbers, equal only for equal texts: compared without a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Packed {
    start: u64,
    end: u64,
    length: usize,
}

impl Packed {
    /// `None`: too long.
    fn new(text: &[u8]) -> Option<Packed> {
        let length = text.len();
        // Start and end overlap in between: with the length they hold every byte.
        let (start, end) = match length {
            0 => (0, 0),
            1..=3 => {
                (u64::from(text[0]) << 8 | u64::from(text[length / 2]), text[length - 1].into())
            }
            4..=7 => (
                u32::from_le_bytes(*text.first_chunk()?).into(),
                u32::from_le_bytes(*text.last_chunk()?).into(),
            ),
            8..=16 => {
                (u64::from_le_bytes(*text.first_chunk()?), u64::from_le_bytes(*text.last_chunk()?))
            }
            _ => return None,
        };
        Some(Packed { start, end, length })
    }
}

/// What texts mean, as far as they were met. The last one is the likeliest.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    short: Vec<(Packed, T)>,
    long: Vec<(String, T)>,
    last: usize,
}

/// A column with more different texts is not worth remembering.
const LIMIT: usize = 256;

impl<T: Clone> Memo<T> {
    pub const fn new() -> Memo<T> {
        Memo { short: Vec::new(), long: Vec::new(), last: 0 }
    }

    pub fn get(&mut self, text: &str, interpret: impl FnOnce(&str) -> T) -> T {
        let Some(packed) = Packed::new(text.as_bytes()) else {
            return self.get_long(text, interpret);
        };
        if let Some((known, meaning)) = self.short.get(self.last)
            && *known == packed
        {
            return meaning.clone();
        }
        if let Some(at) = self.short.iter().position(|(known, _)| *known == packed) {
            self.last = at;
            return self.short[at].1.clone();
        }
        let meaning = interpret(text);
        if self.short.len() < LIMIT {
            self.last = self.short.len();
            self.short.push((packed, meaning.clone()));
        }
        meaning
    }

    fn get_long(&mut self, text: &str, interpret: impl FnOnce(&str) -> T) -> T {
        if let Some((_, meaning)) = self.long.iter().find(|(known, _)| known == text) {
            return meaning.clone();
        }
        let meaning = interpret(text);
        if self.long.len() < LIMIT {
            self.long.push((text.to_owned(), meaning.clone()));
        }
        meaning
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packed_texts_are_equal_only_if_the_texts_are(one in "[ab]{0,18}", other in "[ab]{0,18}") {
            match (Packed::new(one.as_bytes()), Packed::new(other.as_bytes())) {
                (Some(a), Some(b)) => prop_assert_eq!(a == b, one == other),
                _ => prop_assert!(one.len() > 16 || other.len() > 16),
            }
        }

        #[test]
        fn a_remembered_meaning_is_the_first(texts in prop::collection::vec("[ab]{0,18}", 0..40)) {
            let mut memo = Memo::new();
            for text in &texts {
                prop_assert_eq!(&memo.get(text, str::to_owned), text);
            }
        }
    }
}
