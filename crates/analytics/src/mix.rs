//! Numbers that look random and are the same everywhere.

/// Stirs 64 bits so that neighbours come out unlike: a bijection.
///
/// Source: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators".
pub(crate) fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// The step of the generator: 2⁶⁴ ÷ the golden ratio.
pub(crate) const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A part of 1 from 64 bits: the upper 53 as a fraction, so 0 ≤ part < 1.
pub(crate) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// A sequence of parts of 1 from a seed.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// The next number, 0 ≤ number < 1.
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        unit(mix(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_spread_evenly() {
        let mut random = Random::new(1);
        let mut tenths = [0; 10];
        for _ in 0..100_000 {
            tenths[(random.unit() * 10.0) as usize] += 1;
        }
        assert!(tenths.iter().all(|count| (9_600..10_400).contains(count)), "{tenths:?}");
        assert!(unit(u64::MAX) < 1.0);
    }
}
