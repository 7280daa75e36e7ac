//! Gauss's hypergeometric function ₂F₁ where its plain series overflows or does not end.

/// Terms after which a series is taken as it is. 0.9999 needs 25,000.
const MOST_TERMS: u32 = 4_000_000;
/// Steps after which a continued fraction is taken as it is: enough for 10⁻⁶ ≤ 1 − z ≤ 10⁶.
const MOST_STEPS: f64 = 20_000.0;
/// ln of the relative error that a cut continued fraction may have.
const LN_ERROR: f64 = -39.0;

/// A number as the logarithm of its size and its sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignedLn {
    /// ln |value|.
    pub ln: f64,
    /// 1 or −1.
    pub sign: f64,
}

impl SignedLn {
    /// The number itself: infinite where it exceeds what an `f64` holds.
    pub fn value(self) -> f64 {
        self.sign * libm::exp(self.ln)
    }
}

/// ₂F₁(a, b; c; z) for 0 ≤ z < 1 and c other than 0, −1, −2, …
///
/// Of the two forms F(a, b; c; z) = (1 − z)^(c − a − b) F(c − a, c − b; c; z) (Euler, DLMF 15.8.1)
/// the one with the smaller numerator parameters is summed: its terms do not grow with purchases.
pub fn ln_hyp2f1(a: f64, b: f64, c: f64, z: f64) -> SignedLn {
    if ((c - a) * (c - b)).abs() < (a * b).abs() {
        let sum = ln_series(c - a, c - b, c, z);
        return SignedLn { ln: sum.ln + (c - a - b) * libm::log1p(-z), ..sum };
    }
    ln_series(a, b, c, z)
}

/// The hypergeometric series, scaled so that no term overflows.
#[expect(clippy::many_single_char_names, reason = "the names of the literature")]
fn ln_series(a: f64, b: f64, c: f64, z: f64) -> SignedLn {
    const LARGE: f64 = 1e250;
    let (mut term, mut sum, mut scale) = (1.0f64, 1.0f64, 0.0f64);
    for n in 0..MOST_TERMS {
        let n = f64::from(n);
        let ratio = (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;
        term *= ratio;
        sum += term;
        // What is left is at most a geometric series of the last ratio, or of z itself.
        let ratio = ratio.abs().max(z);
        if ratio < 1.0 && term.abs() <= 1e-17 * (1.0 - ratio) * sum.abs() {
            break;
        }
        if sum.abs() > LARGE {
            term /= LARGE;
            sum /= LARGE;
            scale += libm::log(LARGE);
        }
    }
    SignedLn { ln: libm::log(sum.abs()) + scale, sign: sum.signum() }
}

/// Gauss's continued fraction of F(1, p; c; z), its coefficients made once for all z.
///
/// F = 1 ÷ (1 − g₁z ÷ (1 − g₂z ÷ (1 − …))) (DLMF 15.7.5 with a = 1). With c > p > 0 all g are
/// positive, and the fraction converges for every z < 1, also far below −1: no case needs another
/// formula. Each step takes the error down by |1 − √(1−z)| ÷ (1 + √(1−z)) (Gragg 1968), so the
/// number of steps is known beforehand.
#[derive(Debug, Clone, Default)]
pub(crate) struct GaussFraction {
    p: f64,
    c: f64,
    /// gₙ and its derivatives by p and c.
    steps: Vec<[f64; 3]>,
}

/// ln F(1, p; c; z) and its derivatives.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct FractionValue {
    pub ln: f64,
    pub by_p: f64,
    pub by_c: f64,
    pub by_z: f64,
}

impl GaussFraction {
    /// Takes other parameters, c > p > 0; the memory stays.
    pub fn set(&mut self, p: f64, c: f64) {
        (self.p, self.c) = (p, c);
        self.steps.clear();
    }

    fn extend(&mut self, count: usize) {
        let (p, c) = (self.p, self.c);
        for n in self.steps.len()..count {
            let (scale, factor) = step(p, c, n);
            let g = factor * scale;
            let top = n as f64 + c;
            self.steps.push(match n {
                // For m = 1 two factors of the scale are one and the same.
                0 => [g, scale, -g / c],
                _ if n.is_multiple_of(2) => {
                    let by_c = 1.0 / (c + (n / 2) as f64 - 1.0) - 1.0 / (top - 1.0) - 1.0 / top;
                    [g, scale, g * by_c]
                }
                _ => [g, -scale, scale - g * (1.0 / (top - 1.0) + 1.0 / top)],
            });
        }
    }

    /// ln F(1, p; c; z) alone, for z < 1.
    pub fn ln(&mut self, z: f64) -> f64 {
        let count = count(z);
        self.extend(count);
        let below = self.steps[..count].iter().rev().fold(tail(z), |f, [g, ..]| 1.0 - g * z / f);
        -libm::log(below)
    }

    /// ln F(1, p; c; z) with its derivatives, for z < 1.
    pub fn evaluate(&mut self, z: f64) -> FractionValue {
        let count = count(z);
        self.extend(count);
        let (mut f, mut by_p, mut by_c, mut by_z) = (tail(z), 0.0, 0.0, 0.0);
        for [g, g_p, g_c] in self.steps[..count].iter().rev() {
            let inverse = 1.0 / f;
            let (q, back) = (z * inverse, g * z * inverse * inverse);
            by_p = back * by_p - g_p * q;
            by_c = back * by_c - g_c * q;
            by_z = back * by_z - g * inverse;
            f = 1.0 - g * q;
        }
        let inverse = -1.0 / f;
        FractionValue {
            ln: -libm::log(f),
            by_p: by_p * inverse,
            by_c: by_c * inverse,
            by_z: by_z * inverse,
        }
    }
}

/// g at place n of the fraction, counted from 0, as a scale and the factor that holds p.
#[inline]
fn step(p: f64, c: f64, n: usize) -> (f64, f64) {
    let m = (n / 2 + 1) as f64;
    let top = n as f64 + c;
    match n {
        0 => (1.0 / c, p),
        _ if n.is_multiple_of(2) => ((c + m - 2.0) / ((top - 1.0) * top), p + m - 1.0),
        _ => (m / ((top - 1.0) * top), c - p + m - 1.0),
    }
}

/// How many steps leave an error below the last digits.
fn count(z: f64) -> usize {
    let root = (1.0 - z).sqrt();
    let ratio = ((1.0 - root) / (1.0 + root)).abs();
    let steps = if ratio < 1e-17 { 1.0 } else { LN_ERROR / libm::log(ratio) };
    steps.clamp(1.0, MOST_STEPS) as usize + 2
}

/// Where the fraction goes when all further g are ¼, which they tend to.
fn tail(z: f64) -> f64 {
    f64::midpoint(1.0, (1.0 - z).sqrt())
}

/// ln F(1, p; c; z) for c > p > 0 and z < 1, of one place only: see [`GaussFraction`].
pub(crate) fn ln_gauss(p: f64, c: f64, z: f64) -> f64 {
    let below = (0..count(z)).rev().fold(tail(z), |f, n| {
        let (scale, factor) = step(p, c, n);
        1.0 - scale * factor * z / f
    });
    -libm::log(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(p: f64, c: f64, z: f64) -> FractionValue {
        let mut fraction = GaussFraction::default();
        fraction.set(p, c);
        fraction.evaluate(z)
    }

    #[test]
    fn the_fraction_is_the_series() {
        for (p, c) in [(0.24, 2.4), (1.0, 2.0), (29.2, 30.9), (0.3, 400.0), (5_000.5, 5_002.0)] {
            for z in [0.0, 1e-9, 0.1, 0.5, 0.9, 0.999] {
                let expected = ln_series(1.0, p, c, z).ln;
                let found = fraction(p, c, z).ln;
                let mut alone = GaussFraction::default();
                alone.set(p, c);
                for other in [ln_gauss(p, c, z), alone.ln(z)] {
                    assert!((found - other).abs() <= 1e-14 * (1.0 + found.abs()));
                }
                let close = (found - expected).abs() <= 1e-13 + 1e-12 * expected.abs();
                assert!(close, "F(1, {p}; {c}; {z}): {found} and {expected}");
            }
        }
    }

    #[test]
    fn below_zero_it_is_pfaffs_transform() {
        for (p, c) in [(0.24, 2.4), (29.2, 30.9), (0.3, 400.0)] {
            for z in [-0.1f64, -3.0, -5e4] {
                let expected = ln_series(1.0, c - p, c, z / (z - 1.0)).ln - (-z).ln_1p();
                let found = fraction(p, c, z).ln;
                assert!((found - expected).abs() < 1e-10, "{p} {c} {z}: {found} and {expected}");
            }
        }
    }

    #[test]
    fn the_derivatives_are_those_of_the_value() {
        for (p, c, z) in [(0.8, 2.4, 0.3), (12.0, 13.9, 0.9), (3.0, 9.0, -4.0), (0.5, 2.1, 0.0)] {
            let value = fraction(p, c, z);
            let slope = |dp: f64, dc: f64, dz: f64| {
                let ahead = fraction(p + dp, c + dc, z + dz).ln;
                (ahead - fraction(p - dp, c - dc, z - dz).ln) / 2e-5
            };
            let pairs = [
                (value.by_p, slope(1e-5, 0.0, 0.0)),
                (value.by_c, slope(0.0, 1e-5, 0.0)),
                (value.by_z, slope(0.0, 0.0, 1e-5)),
            ];
            for (found, expected) in pairs {
                assert!((found - expected).abs() < 1e-7 * (1.0 + expected.abs()), "{pairs:?}");
            }
        }
    }
}
