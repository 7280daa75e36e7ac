//! Intervals and tests that every comparison here uses, each written once.
//!
//! All intervals are of 95 %. Functions come from `libm`, so that a browser and a native program
//! give the same digits.

use libm::{atan, cos, erfc, exp, fabs, log, sin, sqrt};

/// The normal quantile of an interval of 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;

/// A closed range of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Around a middle, by the same amount to both sides.
    pub fn around(middle: f64, half: f64) -> Self {
        Self { low: middle - half, high: middle + half }
    }

    /// Whether the value lies in the interval, ends included.
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// The part of the interval between two limits.
    #[must_use]
    pub fn within(self, lowest: f64, highest: f64) -> Self {
        Self { low: self.low.clamp(lowest, highest), high: self.high.clamp(lowest, highest) }
    }
}

/// The share `successes ÷ trials` with Wilson's score interval; `None` without trials.
///
/// It stays within 0 and 1 and keeps its width where all or none succeed. `successes` beyond
/// `trials` count as `trials`.
///
/// Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference".
pub fn wilson(successes: u64, trials: u64) -> Option<Interval> {
    if trials == 0 {
        return None;
    }
    let n = trials as f64;
    let p = successes.min(trials) as f64 / n;
    let z2 = Z95 * Z95;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));
    // Where all or none succeed the end is exact, and rounding must not push it inside.
    let low = if successes == 0 { 0.0 } else { middle - half };
    let high = if successes >= trials { 1.0 } else { middle + half };
    Some(Interval { low, high }.within(0.0, 1.0))
}

/// A share of a group: how many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proportion {
    /// How many succeeded; at most `trials`.
    pub successes: u64,
    /// Of how many.
    pub trials: u64,
}

impl Proportion {
    /// The share; `None` without trials.
    pub fn share(self) -> Option<f64> {
        (self.trials > 0).then(|| self.successes.min(self.trials) as f64 / self.trials as f64)
    }
}

/// The comparison of two shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoProportions {
    /// The first share less the second.
    pub difference: f64,
    /// Its interval, by Newcombe's method from both Wilson intervals.
    pub interval: Interval,
    /// The statistic with the pooled share; 0 where both shares are 0 or both are 1.
    pub z: f64,
    /// Two-sided probability of a statistic at least as great if both groups are alike.
    pub p_value: f64,
}

/// Compares two shares; `None` where a group is empty.
///
/// Source: Newcombe (1998), "Interval estimation for the difference between independent
/// proportions", method 10; the pooled z test is the usual one.
pub fn two_proportions(first: Proportion, second: Proportion) -> Option<TwoProportions> {
    let (share, other_share) = (first.share()?, second.share()?);
    let (n, m) = (first.trials as f64, second.trials as f64);
    let pooled = (share * n + other_share * m) / (n + m);
    let spread = sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m));
    let difference = share - other_share;
    let z = if spread > 0.0 { difference / spread } else { 0.0 };
    let own = wilson(first.successes, first.trials)?;
    let other = wilson(second.successes, second.trials)?;
    let interval = Interval {
        low: difference - hypotenuse(share - own.low, other.high - other_share),
        high: difference + hypotenuse(own.high - share, other_share - other.low),
    };
    Some(TwoProportions { difference, interval, z, p_value: two_sided(z) })
}

fn hypotenuse(a: f64, b: f64) -> f64 {
    sqrt(a * a + b * b)
}

/// Probability that a standard normal value lies at least as far from 0 as `z`.
pub fn two_sided(z: f64) -> f64 {
    erfc(fabs(z) * std::f64::consts::FRAC_1_SQRT_2)
}

/// The value that a standard normal one does not exceed with probability `p`; `None` unless
/// 0 < `p` < 1.
///
/// A rational start (Abramowitz & Stegun 26.2.22) and Halley's method on the tail.
pub fn normal_quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let tail = p.min(1.0 - p);
    let t = sqrt(-2.0 * log(tail));
    let mut z = t - (2.30753 + 0.27061 * t) / (1.0 + t * (0.99229 + t * 0.04481));
    for _ in 0..4 {
        let density = exp(-0.5 * z * z) / sqrt(2.0 * std::f64::consts::PI);
        let step = (0.5 * erfc(z * std::f64::consts::FRAC_1_SQRT_2) - tail) / density;
        z += step / (1.0 - 0.5 * z * step);
    }
    Some(if p < 0.5 { -z } else { z })
}

/// Probability that a χ² value with so many degrees of freedom is at least `x`.
///
/// Upwards from one or two degrees: Q(d + 2) = Q(d) + (x/2)^(d/2) · e^(−x/2) ÷ Γ(d/2 + 1), a sum of
/// positive terms.
pub fn chi_square_tail(x: f64, degrees: usize) -> f64 {
    if degrees == 0 || x.is_nan() || x <= 0.0 {
        return 1.0;
    }
    let half = x / 2.0;
    let is_odd = degrees % 2 == 1;
    // The term that leads from d to d + 2, beginning with d = 1 or 2.
    let (mut tail, mut term) = if is_odd {
        (erfc(sqrt(half)), 2.0 * sqrt(half / std::f64::consts::PI) * exp(-half))
    } else {
        (exp(-half), half * exp(-half))
    };
    let mut d = if is_odd { 1 } else { 2 };
    while d < degrees {
        tail += term;
        d += 2;
        term *= half / (0.5 * d as f64);
    }
    tail.min(1.0)
}

/// The quantile of Student's distribution for an interval of 95 %; `None` without a degree of
/// freedom.
///
/// The probability is a finite sum in the angle θ = atan(t ÷ √degrees) (Abramowitz & Stegun
/// 26.7.3–4), inverted by bisection; beyond 200 degrees by the first terms of its expansion in
/// 1 ÷ degrees (26.7.5), exact there to ten digits.
pub fn student_quantile(degrees: u64) -> Option<f64> {
    if degrees == 0 {
        return None;
    }
    let nu = degrees as f64;
    if degrees > 200 {
        let z = Z95;
        let z2 = z * z;
        let first = z * (z2 + 1.0) / 4.0;
        let second = z * (5.0 * z2 * z2 + 16.0 * z2 + 3.0) / 96.0;
        let third = z * (3.0 * z2 * z2 * z2 + 19.0 * z2 * z2 + 17.0 * z2 - 15.0) / 384.0;
        return Some(z + (first + (second + third / nu) / nu) / nu);
    }
    let (mut low, mut high) = (Z95, 13.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if student_within(middle, degrees) < 0.95 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

/// Probability that a value of Student's distribution lies within ±`t`.
fn student_within(t: f64, degrees: u64) -> f64 {
    let theta = atan(t / sqrt(degrees as f64));
    let (sine, cosine) = (sin(theta), cos(theta));
    let is_odd = degrees % 2 == 1;
    let (mut sum, mut term) = (0.0, if is_odd { cosine } else { 1.0 });
    // Odd: cos, 2/3 cos³, 2·4/3·5 cos⁵ …; even: 1, 1/2 cos², 1·3/2·4 cos⁴ …
    let mut power = u64::from(is_odd);
    while power + 2 <= degrees {
        sum += term;
        let power_now = power as f64;
        term *= cosine * cosine * (power_now + 1.0) / (power_now + 2.0);
        power += 2;
    }
    if is_odd { (theta + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum }
}

/// A mean with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The arithmetic mean.
    pub mean: f64,
    /// How many values.
    pub n: u64,
    /// By Student's distribution; `None` with a single value, which says nothing about spread.
    pub interval: Option<Interval>,
}

/// Mean and interval of values; those that are no numbers are left out. `None` without any.
pub fn mean_of(values: impl Iterator<Item = f64>) -> Option<Mean> {
    // Welford's running sums: no difference of great numbers.
    let (mut n, mut mean, mut squares) = (0_u64, 0.0, 0.0);
    for value in values.filter(|value| value.is_finite()) {
        n += 1;
        let before = value - mean;
        mean += before / n as f64;
        squares += before * (value - mean);
    }
    let interval = (n > 1).then(|| {
        let error = sqrt(squares / (n - 1) as f64 / n as f64);
        Interval::around(mean, student_quantile(n - 1).unwrap_or(Z95) * error)
    });
    (n > 0).then_some(Mean { mean, n, interval })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance, "{a} instead of {b}");
    }

    #[test]
    fn wilson_intervals_of_a_campaign() {
        for (successes, trials, low, high) in
            [(90, 900, 0.0821, 0.1213), (5, 100, 0.0215, 0.1118), (0, 10, 0.0, 0.2775)]
        {
            let found = wilson(successes, trials).unwrap();
            close(found.low, low, 5e-5);
            close(found.high, high, 5e-5);
        }
        assert_eq!(wilson(7, 7).map(|it| it.high), Some(1.0));
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn two_shares_are_compared_as_in_the_definition() {
        let compared = two_proportions(
            Proportion { successes: 90, trials: 900 },
            Proportion { successes: 5, trials: 100 },
        )
        .unwrap();
        close(compared.difference, 0.05, 1e-15);
        close(compared.z, 1.618, 5e-4);
        close(compared.p_value, 0.106, 5e-4);
        assert!(compared.interval.contains(0.0));
    }

    #[test]
    fn newcombes_own_example() {
        // 56 of 70 against 48 of 80: 0.0524 to 0.3339 by method 10 of the paper.
        let compared = two_proportions(
            Proportion { successes: 56, trials: 70 },
            Proportion { successes: 48, trials: 80 },
        )
        .unwrap();
        close(compared.interval.low, 0.0524, 5e-5);
        close(compared.interval.high, 0.3339, 5e-5);
    }

    #[test]
    fn groups_without_any_difference_do_not_divide_by_zero() {
        let of = |successes, trials| Proportion { successes, trials };
        for (first, second) in [(of(0, 5), of(0, 9)), (of(5, 5), of(9, 9))] {
            let compared = two_proportions(first, second).unwrap();
            assert_eq!((compared.difference, compared.z, compared.p_value), (0.0, 0.0, 1.0));
        }
        assert_eq!(two_proportions(of(0, 0), of(1, 2)), None);
    }

    #[test]
    fn normal_quantiles() {
        for (p, z) in [
            (0.5, 0.0),
            (0.975, Z95),
            (0.8, 0.841_621_233_572_914_3),
            (1e-10, -6.361_340_902_404_056),
            (1e-300, -37.047_096_299_361_2),
        ] {
            close(normal_quantile(p).unwrap(), z, 1e-12 * z.abs().max(1e-3));
        }
        for p in [0.0, 1.0, -1.0, f64::NAN] {
            assert_eq!(normal_quantile(p), None);
        }
    }

    #[test]
    fn students_quantiles() {
        for (degrees, t) in [
            (1, 12.706_204_736_174_7),
            (2, 4.302_652_729_749_46),
            (3, 3.182_446_305_283_71),
            (10, 2.228_138_851_986_27),
            (29, 2.045_229_642_132_7),
            (100, 1.983_971_518_523_55),
            (1_000, 1.962_339_080_826_12),
        ] {
            close(student_quantile(degrees).unwrap(), t, 1e-8);
        }
        assert_eq!(student_quantile(0), None);
    }

    #[test]
    fn chi_square_tails() {
        for (x, degrees, tail) in [
            (3.841_458_820_694_124, 1, 0.05),
            (5.991_464_547_107_979, 2, 0.05),
            (7.814_727_903_251_179, 3, 0.05),
            (18.307_038_053_275_14, 10, 0.05),
            (122.249_125_573_006_15, 1, 2.035_983_222_285_542_6e-28),
        ] {
            close(chi_square_tail(x, degrees) / tail, 1.0, 1e-12);
        }
        close(chi_square_tail(-1.0, 3), 1.0, 0.0);
    }

    #[test]
    fn a_single_value_has_a_mean_and_no_interval() {
        assert_eq!(mean_of([4.0].into_iter()).map(|it| (it.mean, it.interval)), Some((4.0, None)));
        assert_eq!(mean_of([f64::NAN].into_iter()), None);
        // Student's t: 2 ± 4.3027 · 1 ÷ √3.
        let three = mean_of([1.0, 2.0, 3.0].into_iter()).unwrap();
        close(three.interval.unwrap().high, 4.484_137_72, 1e-7);
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_share(trials in 1..10_000_u64, part in 0.0..=1.0_f64) {
            let successes = (part * trials as f64) as u64;
            let share = successes as f64 / trials as f64;
            let found = wilson(successes, trials).unwrap();
            prop_assert!(found.contains(share) && found.low >= 0.0 && found.high <= 1.0);
        }

        #[test]
        fn quantile_and_tail_undo_each_other(z in -8.0..8.0_f64) {
            let tail = 0.5 * two_sided(z);
            let p = if z < 0.0 { tail } else { 1.0 - tail };
            prop_assume!(p > 0.0 && p < 1.0 - 1e-9);
            prop_assert!((normal_quantile(p).unwrap() - z).abs() < 1e-6);
        }
    }
}
