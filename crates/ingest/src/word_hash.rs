//! Hashes of rows and keys, for look-ups within one reading: never stored.
//!
//! A word a step: rotate, mix in, multiply. In a browser this takes a third of the time of hashes
//! that multiply 64 bits into 128, which its machine has no instruction for. Every step is a
//! one-to-one function of what stood before, so that texts that differ in one word never collide.

/// Bits that a step rotates by, and an odd factor without a pattern.
#[derive(Clone, Copy)]
struct Lane {
    rotate: u32,
    factor: u64,
}

const FIRST: Lane = Lane { rotate: 23, factor: 0x9e37_79b9_7f4a_7c15 };
/// Steps of another kind: what collides in one lane does not in the other.
const SECOND: Lane = Lane { rotate: 41, factor: 0xd6e8_feb8_6659_fd93 };

impl Lane {
    #[inline]
    fn hash(self, bytes: &[u8], seed: u64, fold: impl Fn(u64) -> u64) -> u64 {
        let step = |hash: u64, word: u64| {
            (hash.rotate_left(self.rotate) ^ fold(word)).wrapping_mul(self.factor)
        };
        let (words, _) = bytes.as_chunks::<8>();
        let hash = words
            .iter()
            .fold(seed ^ bytes.len() as u64, |hash, word| step(hash, u64::from_le_bytes(*word)));
        // The last word once more, with what stands behind it; a short text is one word.
        let hash = match bytes.last_chunk::<8>() {
            Some(last) => step(hash, u64::from_le_bytes(*last)),
            None => step(hash, bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))),
        };
        // What the last letters changed stands high up: once more, down and up again.
        let hash = (hash ^ hash >> 32).wrapping_mul(self.factor);
        hash ^ hash >> 29
    }
}

/// A hash of 64 bits.
#[inline]
pub(crate) fn hash_64(bytes: &[u8]) -> u64 {
    FIRST.hash(bytes, 0, |word| word)
}

/// A hash of 64 bits that is the same for ASCII letters of either case.
#[inline]
pub(crate) fn hash_caseless(bytes: &[u8]) -> u64 {
    // Of ASCII characters, whose highest bit is 0, the bit that parts the cases is set.
    FIRST.hash(bytes, 0, |word| word | (!word & 0x8080_8080_8080_8080) >> 2)
}

/// A hash of 128 bits.
#[inline]
pub(crate) fn hash_128(bytes: &[u8], seed: u64) -> u128 {
    let (high, low) = (FIRST.hash(bytes, seed, |it| it), SECOND.hash(bytes, seed, |it| it));
    u128::from(high) << 64 | u128::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn texts_that_look_alike_have_different_hashes() {
        let numbers = (0..100_000).map(|it| format!("c{it:07}@example.com"));
        let short = (0..20).map(|length| "0".repeat(length));
        let zeros = (0..40).map(|length| "\0".repeat(length + 1));
        let texts: Vec<String> = numbers.chain(short).chain(zeros).collect();
        let of = |hash: fn(&[u8]) -> u64| {
            texts.iter().map(|it| hash(it.as_bytes())).collect::<HashSet<_>>().len()
        };
        assert_eq!(of(hash_64), texts.len());
        assert_eq!(of(hash_caseless), texts.len());
        assert_eq!(of(|it| hash_128(it, 7) as u64), texts.len());
        assert_eq!(of(|it| (hash_128(it, 7) >> 64) as u64), texts.len());
    }

    #[test]
    fn the_table_of_a_map_is_filled_evenly() {
        // Seven bits at the top tell slots apart, the lowest choose them.
        let hashes: Vec<u64> =
            (0..1 << 16).map(|it| hash_64(format!("SO{it:08}").as_bytes())).collect();
        let slots: HashSet<u64> = hashes.iter().map(|it| it & 0xffff).collect();
        let tags: HashSet<u64> = hashes.iter().map(|it| it >> 57).collect();
        // Of n balls in n boxes, 63 % of the boxes have one.
        assert!(slots.len() > 38_000 && tags.len() == 128, "{} {}", slots.len(), tags.len());
    }

    #[test]
    fn letters_fold_and_nothing_else() {
        for (one, other, same) in [
            ("Ana.Lee@Example.com", "ana.lee@example.COM", true),
            ("A", "a", true),
            ("1", "2", false),
            ("\u{8a}\u{8a}\u{8a}\u{8a}", "\u{aa}\u{aa}\u{aa}\u{aa}", false),
            ("张伟", "张炜", false),
        ] {
            let hash = |text: &str| hash_caseless(text.as_bytes());
            assert_eq!(hash(one) == hash(other), same, "{one} {other}");
        }
    }

    #[test]
    fn what_cancels_in_one_lane_does_not_in_both() {
        // The highest bit of a word comes through the multiplication alone.
        let plain = [0_u8; 24];
        for (lane, other) in [(FIRST, 0), (SECOND, 64)] {
            let mut twin = plain;
            twin[7] = 0x80;
            let bit = (63 + lane.rotate) % 64;
            twin[8 + bit as usize / 8] = 1 << (bit % 8);
            assert_eq!(lane.hash(&plain, 3, |it| it), lane.hash(&twin, 3, |it| it));
            let both = hash_128(&plain, 3) ^ hash_128(&twin, 3);
            assert_ne!((both >> other) as u64, 0);
        }
    }
}
