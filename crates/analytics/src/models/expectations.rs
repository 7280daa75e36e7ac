//! Expected purchases of many customers with the same number of repeats.
//!
//! The chances of the next tick and what a number of purchases is worth depend on the repeats alone,
//! so they are tables; of each age and horizon only a sum of products is left.

use super::MOST_K;
use super::erlang::{NEGLIGIBLE, Staying, expected_purchases};

/// Sums of more ticks are taken one by one: they are rare.
const MOST_TICKS: usize = 8_192;
/// So often it is looked whether a sum has ended.
const CHECK_EVERY: usize = 8;
/// Below, ln of the chance of no tick is too small for an `f64`.
const SMALLEST: f64 = -650.0;

/// Expectations of customers with one number of repeats: [`expected_purchases`] from tables.
#[derive(Debug)]
pub(crate) struct Expectations {
    k: usize,
    /// r + k x.
    shape: f64,
    staying: Staying,
    /// For each number of hidden ticks: (shape + hidden + i) ÷ (i + 1), by which the chance of tick
    /// i + 1 is that of tick i, but for the factor that depends on time.
    ratios: [Vec<f64>; MOST_K as usize],
    /// Expected purchases after so many chances to buy, and the chance to be there for the next.
    future: Vec<(f64, f64)>,
}

impl Expectations {
    pub fn new(k: u8, shape: f64, staying: Staying) -> Self {
        let mut new = Self {
            k: usize::from(k),
            shape,
            staying,
            ratios: std::array::from_fn(|_| Vec::new()),
            future: Vec::new(),
        };
        new.set(shape, staying);
        new
    }

    /// Takes other repeats; the memory stays.
    pub fn set(&mut self, shape: f64, staying: Staying) {
        (self.shape, self.staying) = (shape, staying);
        self.ratios.iter_mut().for_each(Vec::clear);
        self.future.clear();
        self.future.push((0.0, 1.0));
    }

    /// Expected purchases with `hidden` ticks behind, where `none` is that of [`expected_purchases`]
    /// and `ln_none` its logarithm.
    pub fn expected(&mut self, hidden: usize, none: f64, ln_none: f64) -> f64 {
        let shape = self.shape + hidden as f64;
        let more = 1.0 - none;
        if more <= 0.0 {
            return 0.0;
        }
        // The sum ends some deviations behind its mean.
        let mean = shape * more / none;
        let ln_chance = shape * ln_none;
        if ln_chance <= SMALLEST || mean > MOST_TICKS as f64 / 8.0 {
            return self.one_by_one(hidden, none);
        }
        let (mut chance, mut sum, mut tick) = (libm::exp(ln_chance), 0.0, 0);
        while tick < MOST_TICKS {
            self.extend(hidden, tick + CHECK_EVERY);
            let ratios = &self.ratios[hidden][tick..tick + CHECK_EVERY];
            for (i, ratio) in ratios.iter().enumerate() {
                sum += chance * self.future[(tick + i + hidden) / self.k].0;
                chance *= more * ratio;
            }
            tick += CHECK_EVERY;
            let ratio = more * (shape + tick as f64) / (tick as f64 + 1.0);
            if ratio < 1.0 {
                // At most a geometric tail, over which at most one purchase comes a tick.
                let (rest, (expected, stays)) =
                    (1.0 / (1.0 - ratio), self.future[(tick + hidden) / self.k]);
                if chance * (expected + stays * rest) * rest <= NEGLIGIBLE * sum || chance == 0.0 {
                    return sum;
                }
            }
        }
        self.one_by_one(hidden, none)
    }

    fn one_by_one(&self, hidden: usize, none: f64) -> f64 {
        let shape = self.shape + hidden as f64;
        expected_purchases((self.k as u8, hidden as u8), (shape, none), self.staying)
    }

    fn extend(&mut self, hidden: usize, ticks: usize) {
        let shape = self.shape + hidden as f64;
        let ratios = &mut self.ratios[hidden];
        while ratios.len() < ticks {
            let tick = ratios.len() as f64;
            ratios.push((shape + tick) / (tick + 1.0));
        }
        let Staying { b, c } = self.staying;
        while self.future.len() <= (ticks + hidden) / self.k {
            let before = self.future.len() as f64 - 1.0;
            let (expected, stays) = self.future[self.future.len() - 1];
            self.future.push((expected + stays, stays * ((b + before) / (c + before))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_give_what_the_single_sum_gives() {
        for k in 1..=MOST_K {
            for (shape, b) in [(0.24, 0.3), (5.3, 4.0), (61.0, 22.5), (900.0, 301.0)] {
                let staying = Staying { b, c: b + 0.7 };
                let mut table = Expectations::new(k, 1.0, staying);
                table.set(shape, staying);
                for none in [1.0, 0.999, 0.7, 0.2, 0.05, 1e-4, 1e-9] {
                    for hidden in 0..k {
                        let law = (shape + f64::from(hidden), none);
                        let expected = expected_purchases((k, hidden), law, staying);
                        let found = table.expected(usize::from(hidden), none, libm::log(none));
                        let close = (found - expected).abs() <= 1e-12 * expected;
                        assert!(close, "{k} {shape} {none} {hidden}: {found} {expected}");
                    }
                }
            }
        }
    }
}
