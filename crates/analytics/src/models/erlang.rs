//! Erlang-k timing: a purchase is every k-th tick of a Poisson process that nobody sees.
//!
//! k = 1 is the Poisson process itself. The greater k, the more regular the buying. Between two
//! purchases up to k − 1 ticks are hidden; that is all by which k enters the models.

use crate::special::ln_gamma;

/// The greatest k that is tried or taken.
pub const MOST_K: u8 = 6;

/// What is left of a sum may be this share of it.
pub(crate) const NEGLIGIBLE: f64 = 1e-17;
/// Up to here sums are taken tick by tick.
const EXACT: f64 = 100_000.0;
/// Beyond, terms are smooth, and a stride is this share of what lies behind.
const STRIDE: f64 = 1.0 / 512.0;
/// A sum that has not ended here, in weeks of more years than the universe has, is cut.
const MOST_TICKS: f64 = 1e15;

/// Weights of the numbers of hidden ticks since the last purchase, for a customer who is active:
/// (w)ⱼ uʲ ÷ j! for j < k, with u = (T − `t_x`) ÷ (α + T).
///
/// They are not normalised; their sum is the factor by which silence is likelier than without
/// hidden ticks.
pub(crate) fn hidden_ticks(k: u8, w: f64, u: f64) -> [f64; MOST_K as usize] {
    let mut weights = [0.0; MOST_K as usize];
    weights[0] = 1.0;
    for j in 1..usize::from(k) {
        weights[j] = weights[j - 1] * (w + j as f64 - 1.0) * u / j as f64;
    }
    weights
}

/// ln of the sum of [`hidden_ticks`] and its derivatives by w and u.
#[inline]
pub(crate) fn silence(k: u8, w: f64, u: f64) -> (f64, f64, f64) {
    if k == 1 {
        return (0.0, 0.0, 0.0);
    }
    let (mut weight, mut sum, mut by_w, mut by_u, mut digamma) = (1.0, 1.0, 0.0, 0.0, 0.0);
    for j in 1..k {
        let factor = w + f64::from(j) - 1.0;
        // weightⱼ₋₁ × (w + j − 1) is both j weightⱼ ÷ u and the derivative of weightⱼ by u.
        let slope = weight * factor;
        weight = slope * u / f64::from(j);
        digamma += 1.0 / factor;
        sum += weight;
        by_w += weight * digamma;
        by_u += slope;
    }
    (libm::log(sum), by_w / sum, by_u / sum)
}

/// The sum of [`hidden_ticks`] of one number of repeats, as a polynomial in u, with its derivative
/// by w: made once for all times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SilenceOf {
    terms: usize,
    /// (w)ⱼ ÷ j!, and the same times the derivative of its logarithm.
    coefficients: [(f64, f64); MOST_K as usize],
}

/// A sum and its derivatives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SilenceAt {
    pub sum: f64,
    pub by_w: f64,
    pub by_u: f64,
}

impl SilenceOf {
    pub fn new(k: u8, w: f64) -> Self {
        let mut coefficients = [(1.0, 0.0); MOST_K as usize];
        let (mut coefficient, mut digamma) = (1.0, 0.0);
        for (j, it) in (1u8..k).zip(&mut coefficients[1..]) {
            let factor = w + f64::from(j) - 1.0;
            coefficient *= factor / f64::from(j);
            digamma += 1.0 / factor;
            *it = (coefficient, coefficient * digamma);
        }
        Self { terms: usize::from(k), coefficients }
    }

    #[inline]
    pub fn at(&self, u: f64) -> SilenceAt {
        let mut at = SilenceAt { sum: 0.0, by_w: 0.0, by_u: 0.0 };
        for (coefficient, by_w) in self.coefficients[..self.terms].iter().rev() {
            at.by_u = at.by_u * u + at.sum;
            at.sum = at.sum * u + coefficient;
            at.by_w = at.by_w * u + by_w;
        }
        at
    }
}

/// How the chance to be still active falls from purchase to purchase: by (b + l) ÷ (c + l).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Staying {
    pub b: f64,
    pub c: f64,
}

/// Nobody ever leaves.
pub(crate) const STAYING_FOR_EVER: Staying = Staying { b: 1.0, c: 1.0 };

/// The expected number of purchases while ticks come as a negative binomial number.
///
/// `shape` and `none` are those of the number of ticks: P(N = i) = (shape)ᵢ ÷ i! (1 − none)ⁱ
/// none^shape. `hidden` ticks have come already. The n-th purchase happens at tick k n if the
/// customer has stayed after each of the n − 1 before it:
/// E = Σᵢ P(N = i) Σ over l < ⌊(i + hidden) ÷ k⌋ of (b)ₗ ÷ (c)ₗ.
///
/// All terms are positive, so that no parameters need a case of their own: not a = 1, nor a + b ≤ 1,
/// nor thousands of purchases. For k = 1 it is the published expectation of BG/NBD (Fader, Hardie &
/// Lee 2005, equation 10) in another form; for k > 1, where the literature approximates, it is
/// exact.
pub(crate) fn expected_purchases(
    (k, hidden): (u8, u8),
    (shape, none): (f64, f64),
    staying: Staying,
) -> f64 {
    let more = 1.0 - none;
    let (k, hidden) = (f64::from(k), f64::from(hidden));
    let (mut ticks, mut chance) = first_tick(shape, none);
    let mut future = Future { staying, purchases: 0.0, stays: 1.0, expected: 0.0 };
    let mut sum = 0.0;
    while ticks < MOST_TICKS {
        future.go_on_to(((ticks + hidden) / k).floor());
        let stride = if ticks < EXACT { 1.0 } else { (ticks * STRIDE).floor() };
        let ratio = more * (shape + ticks) / (ticks + 1.0);
        if stride > 1.0 {
            // Simpson's rule from half a tick before the first tick to half a tick after the last.
            let ln_ratio = |at: f64| libm::log(more * (shape + at) / (at + 1.0));
            let value = |at: f64| {
                let chance = chance * libm::exp(integral(ticks - 0.5, at - 0.5, ln_ratio));
                chance * future.after((at + hidden - 0.5 * (k - 1.0)) / k)
            };
            sum += integral(ticks - 0.5, ticks + stride - 0.5, value);
            chance *= libm::exp(integral(ticks - 0.5, ticks + stride - 0.5, ln_ratio));
        } else {
            sum += chance * future.expected;
            chance *= ratio;
        }
        ticks += stride;
        if ratio < 1.0 {
            // At most a geometric tail, over which at most one purchase comes a tick.
            let rest = 1.0 / (1.0 - ratio);
            if chance * (future.expected + future.stays * rest) * rest <= NEGLIGIBLE * sum
                || chance == 0.0
            {
                break;
            }
        }
    }
    sum
}

/// Simpson's rule on one stretch.
fn integral(from: f64, to: f64, of: impl Fn(f64) -> f64) -> f64 {
    (to - from) / 6.0 * (of(from) + 4.0 * of(f64::midpoint(from, to)) + of(to))
}

/// What a customer has bought after so many chances to buy, leaving taken into account.
struct Future {
    staying: Staying,
    purchases: f64,
    /// The chance to be there for the next purchase.
    stays: f64,
    /// Expected purchases.
    expected: f64,
}

impl Future {
    /// Expected purchases after a few more chances to buy, or fewer.
    fn after(&self, purchases: f64) -> f64 {
        let Staying { b, c } = self.staying;
        let more = purchases - self.purchases;
        let fall = libm::log((b + self.purchases) / (c + self.purchases));
        self.expected + more * self.stays * (1.0 + 0.5 * more * fall)
    }

    fn go_on_to(&mut self, purchases: f64) {
        let Staying { b, c } = self.staying;
        while self.purchases < purchases {
            let ahead = purchases - self.purchases;
            let stride = (self.purchases * STRIDE).floor().min(ahead);
            if self.purchases < EXACT || stride <= 1.0 {
                self.expected += self.stays;
                self.stays *= (b + self.purchases) / (c + self.purchases);
                self.purchases += 1.0;
            } else {
                let middle = self.purchases + 0.5 * (stride - 1.0);
                let fall = libm::log((b + middle) / (c + middle));
                self.expected += stride * self.stays * libm::exp(0.5 * (stride - 1.0) * fall);
                self.stays *= libm::exp(stride * fall);
                self.purchases += stride;
            }
        }
    }
}

/// Where to begin: at no tick, or where the first chance lies that an `f64` can hold.
fn first_tick(shape: f64, none: f64) -> (f64, f64) {
    const SMALLEST: f64 = -650.0;
    let ln_none = shape * libm::log(none);
    if ln_none > SMALLEST {
        return (0.0, libm::exp(ln_none));
    }
    let more = 1.0 - none;
    let (mean, deviation) = (shape * more / none, (shape * more).sqrt() / none);
    let begin = (mean - 30.0 * deviation).max(0.0).floor();
    let ln_chance = |ticks: f64| {
        ln_gamma(shape + ticks) - ln_gamma(shape) - ln_gamma(ticks + 1.0)
            + ticks * libm::log(more)
            + ln_none
    };
    // The chance rises up to the mean; the first place where it counts is found by halving.
    let (mut low, mut high) = (begin, mean.ceil());
    while ln_chance(low) < SMALLEST && high - low > 1.0 {
        let middle = f64::midpoint(low, high).floor();
        if ln_chance(middle) < SMALLEST { low = middle } else { high = middle }
    }
    let begin = if ln_chance(low) < SMALLEST { high } else { low };
    (begin, libm::exp(ln_chance(begin)))
}

/// Σ over customers of the factor of the likelihood that the parameters do not move:
/// (k − 1) Σ ln gaps − x ln (k − 1)!.
pub(crate) fn gap_factor(k: u8, ln_gaps: f64, repeats: f64) -> f64 {
    f64::from(k - 1) * ln_gaps - repeats * ln_gamma(f64::from(k))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_leaving_the_expectation_is_that_of_the_ticks() {
        for (shape, none) in [(0.24, 0.3), (12.0, 0.9), (5_000.0, 0.5), (3.0, 1e-3)] {
            let expected = shape * (1.0 - none) / none;
            let found = expected_purchases((1, 0), (shape, none), STAYING_FOR_EVER);
            assert!((found / expected - 1.0).abs() < 1e-11, "{shape} {none}: {found}");
        }
    }

    #[test]
    fn strides_far_out_add_up() {
        // Σ over l < n of (b)ₗ ÷ (c)ₗ has a closed form, and without leaving so has the mean.
        let staying = Staying { b: 2.0, c: 2.4 };
        let mut future = Future { staying, purchases: 0.0, stays: 1.0, expected: 0.0 };
        future.go_on_to(1e9);
        let (n, a) = (1e9, staying.c - staying.b);
        let rising = |base: f64| ln_gamma(base + n) - ln_gamma(base);
        let left = (rising(staying.b) - rising(staying.c - 1.0)).exp();
        let expected = (staying.c - 1.0) / (a - 1.0) * (1.0 - left);
        assert!((future.expected / expected - 1.0).abs() < 1e-5, "{} {expected}", future.expected);
        for (shape, none) in [(0.3, 1e-7), (3.5, 1e-6), (20_000.0, 1e-4)] {
            let expected = shape * (1.0 - none) / none;
            let found = expected_purchases((1, 0), (shape, none), STAYING_FOR_EVER);
            assert!((found / expected - 1.0).abs() < 1e-6, "{shape} {none}: {found} {expected}");
            // Of the phases 0, 1, 2 together one purchase comes with each tick.
            let phases =
                (0..3).map(|it| expected_purchases((3, it), (shape, none), STAYING_FOR_EVER));
            let found: f64 = phases.sum();
            assert!((found / expected - 1.0).abs() < 1e-6, "{shape} {none}: {found} {expected}");
        }
    }

    #[test]
    fn k_times_as_many_ticks_make_a_purchase() {
        // Of the phases 0 … k − 1 together exactly one purchase comes with each tick.
        for k in 2..=MOST_K {
            let law = (7.5, 0.2);
            let all: f64 =
                (0..k).map(|hidden| expected_purchases((k, hidden), law, STAYING_FOR_EVER)).sum();
            assert!((all - 30.0).abs() < 1e-9, "k = {k}: {all}");
        }
    }

    #[test]
    fn silence_is_the_sum_of_the_hidden_ticks() {
        for k in 1..=MOST_K {
            let (w, u) = (3.7, 0.4);
            let ln = |w, u| hidden_ticks(k, w, u).iter().sum::<f64>().ln();
            let (found, by_w, by_u) = silence(k, w, u);
            assert!((found - ln(w, u)).abs() < 1e-14);
            assert!((by_w - (ln(w + 1e-6, u) - ln(w - 1e-6, u)) / 2e-6).abs() < 1e-8);
            assert!((by_u - (ln(w, u + 1e-6) - ln(w, u - 1e-6)) / 2e-6).abs() < 1e-8);
            let at = SilenceOf::new(k, w).at(u);
            let pairs = [(at.sum.ln(), found), (at.by_w / at.sum, by_w), (at.by_u / at.sum, by_u)];
            for (polynomial, plain) in pairs {
                assert!((polynomial - plain).abs() < 1e-14, "k = {k}: {pairs:?}");
            }
        }
    }
}
