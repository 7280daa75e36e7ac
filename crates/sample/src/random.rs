//! Chance that falls the same on every machine.
//!
//! `SplitMix64` (Steele, Lea, Flood 2014) and three distributions. No crate: those that draw from
//! distributions may change their streams between versions, and the sample shop is to stay as it
//! is. Logarithms and powers come from `libm`, because those of `std` are the platform's and differ
//! in the last bit between native code and wasm; `+ - * /` and square roots are exact everywhere.

/// A stream of random numbers.
pub(crate) struct Random(u64);

impl Random {
    /// The stream that belongs to a seed.
    pub(crate) const fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// A stream of its own, so that one customer's luck does not move the next one's.
    pub(crate) const fn fork(&mut self) -> Random {
        Random(self.next())
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Evenly from 0 to `bound` - 1; 0 if `bound` is 0.
    pub(crate) const fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * bound as u64) >> 32) as u32
    }

    /// Evenly from `low` to `high`, both included.
    pub(crate) const fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// Evenly from 0 (included) to 1 (not included).
    pub(crate) const fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Yes, with this probability.
    pub(crate) const fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of `choices`, evenly. There must be one.
    pub(crate) const fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len() as u32) as usize]
    }

    /// The index of one of `weights`, in proportion to them. Their sum must be positive.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        let mut chosen = 0;
        for weight in weights {
            if left < weight {
                break;
            }
            left -= weight;
            chosen += 1;
        }
        chosen
    }

    /// Exponentially distributed.
    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.unit())
    }

    /// Normally distributed, mean 0, standard deviation 1 (Marsaglia's polar method).
    pub(crate) fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }

    /// Gamma distributed with this shape and mean (Marsaglia and Tsang 2000).
    pub(crate) fn gamma(&mut self, shape: f64, mean: f64) -> f64 {
        // Below 1 the method does not hold: one shape higher, then a power of chance.
        let boost = if shape < 1.0 { libm::pow(1.0 - self.unit(), 1.0 / shape) } else { 1.0 };
        let d = if shape < 1.0 { shape + 1.0 } else { shape } - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let root = 1.0 + c * x;
            let v = root * root * root;
            if v > 0.0 && libm::log(1.0 - self.unit()) < 0.5 * x * x + d - d * v + d * libm::log(v)
            {
                return d * v * boost * mean / shape;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        // The reference implementation's first numbers for seed 1234567.
        let mut random = Random::new(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    /// Mean and variance of 40,000 draws.
    fn moments(mut draw: impl FnMut(&mut Random) -> f64) -> (f64, f64) {
        let mut random = Random::new(7);
        let draws: Vec<f64> = (0..40_000).map(|_| draw(&mut random)).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        (mean, draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / draws.len() as f64)
    }

    #[test]
    fn distributions_have_their_mean_and_variance() {
        for (name, (mean, variance), expected_mean, expected_variance) in [
            ("uniform", moments(Random::unit), 0.5, 1.0 / 12.0),
            ("normal", moments(Random::normal), 0.0, 1.0),
            ("exponential", moments(|random| random.exponential(2.0)), 2.0, 4.0),
            ("gamma, shape 0.5", moments(|random| random.gamma(0.5, 1.0)), 1.0, 2.0),
            ("gamma, shape 3", moments(|random| random.gamma(3.0, 6.0)), 6.0, 12.0),
        ]
            as [(&str, (f64, f64), f64, f64); 5]
        {
            assert!(
                (mean - expected_mean).abs() < 0.04 * expected_variance.sqrt(),
                "{name} {mean}"
            );
            assert!((variance / expected_variance - 1.0).abs() < 0.06, "{name} {variance}");
        }
    }

    #[test]
    fn a_weight_is_a_share() {
        let mut random = Random::new(7);
        let mut counts = [0; 4];
        (0..10_000).for_each(|_| counts[random.weighted([10, 0, 60, 30].into_iter())] += 1);
        assert_eq!(counts[1], 0);
        for (count, expected) in [(counts[0], 1_000_i32), (counts[2], 6_000), (counts[3], 3_000)] {
            assert!((count - expected).abs() < 200, "{count} for {expected}");
        }
    }
}
