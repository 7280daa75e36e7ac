//! Random numbers from a seed: the same seed tells the same story.

use sync::Entropy;

/// `SplitMix64` (Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub const fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound
    }

    /// True so many times in a hundred.
    pub const fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of these, of which there is at least one.
    pub fn of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len() as u64) as usize]
    }

    /// A generator of its own.
    #[must_use]
    pub const fn split(&mut self) -> Random {
        Random(self.draw())
    }
}

impl Entropy for Random {
    fn fill(&mut self, bytes: &mut [u8]) {
        for eight in bytes.chunks_mut(8) {
            eight.copy_from_slice(&self.draw().to_le_bytes()[..eight.len()]);
        }
    }
}
