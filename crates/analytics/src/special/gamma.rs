//! The gamma function's logarithm, its derivatives, and rising factorials.

/// From here on the asymptotic series of [`digamma`] and [`trigamma`] are exact to the last digits.
const ASYMPTOTIC: f64 = 10.0;

/// Rising factorials of up to this many further factors are multiplied out.
const FACTORS: u32 = 64;

/// ln Γ(x) for x > 0.
#[inline]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b) for a, b > 0.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large < ASYMPTOTIC {
        return ln_gamma(small) + ln_gamma(large) - ln_gamma(a + b);
    }
    // Of large arguments the two logarithms nearly cancel; their Stirling series do not.
    let sum = small + large;
    let difference = (large - 0.5) * libm::log1p(small / large) + small * libm::log(sum) - small;
    ln_gamma(small) - difference - (stirling_rest(sum) - stirling_rest(large))
}

/// ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π] for large x (Abramowitz & Stegun 6.1.41).
fn stirling_rest(x: f64) -> f64 {
    const TERMS: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1_260.0,
        -1.0 / 1_680.0,
        1.0 / 1_188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    horner(&TERMS, 1.0 / (x * x)) / x
}

/// ψ(x), the derivative of ln Γ, for x > 0 (Abramowitz & Stegun 6.3.5 and 6.3.18).
pub fn digamma(x: f64) -> f64 {
    const TERMS: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 120.0,
        1.0 / 252.0,
        -1.0 / 240.0,
        1.0 / 132.0,
        -691.0 / 32_760.0,
        1.0 / 12.0,
    ];
    let (mut at, mut below) = (x, 0.0);
    while at < ASYMPTOTIC {
        below += 1.0 / at;
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    libm::log(at) - 0.5 / at - square * horner(&TERMS, square) - below
}

/// ψ′(x) for x > 0 (Abramowitz & Stegun 6.4.6 and 6.4.12).
pub fn trigamma(x: f64) -> f64 {
    const TERMS: [f64; 7] =
        [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2_730.0, 7.0 / 6.0];
    let (mut at, mut below) = (x, 0.0);
    while at < ASYMPTOTIC {
        below += 1.0 / (at * at);
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    below + 1.0 / at + 0.5 * square + square * horner(&TERMS, square) / at
}

/// The polynomial with these coefficients, lowest power first.
fn horner(coefficients: &[f64], at: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * at + coefficient)
}

/// ln [Γ(x + n) ÷ Γ(x)] for x > 0: the logarithm of x (x + 1) … (x + n − 1).
pub fn ln_rising(x: f64, n: u32) -> f64 {
    let mut rising = Rising::new(x);
    rising.climb(n);
    rising.ln
}

/// A rising factorial that climbs: ln (base)ₙ and its derivative for growing n.
///
/// For the small n of customers' purchases this is faster than a difference of two log-gammas, and
/// keeps all digits where the base is huge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rising {
    base: f64,
    n: u32,
    /// ln Γ(base + n) − ln Γ(base).
    pub ln: f64,
    /// ψ(base + n) − ψ(base).
    pub digamma: f64,
}

impl Rising {
    pub fn new(base: f64) -> Self {
        Self { base, n: 0, ln: 0.0, digamma: 0.0 }
    }

    /// Goes up to `n`, which is never below where it stands.
    pub fn climb(&mut self, n: u32) {
        if n - self.n > FACTORS {
            let top = self.base + f64::from(n);
            self.ln = ln_gamma(top) - ln_gamma(self.base);
            self.digamma = digamma(top) - digamma(self.base);
        } else {
            for step in self.n..n {
                let factor = self.base + f64::from(step);
                self.ln += libm::log(factor);
                self.digamma += 1.0 / factor;
            }
        }
        self.n = n;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_climb_in_steps_is_the_climb_at_once() {
        for base in [1e-5, 0.243, 3.0, 1e6] {
            let mut steps = Rising::new(base);
            for n in [0, 1, 2, 7, 40, 41, 300, 5_000] {
                steps.climb(n);
                let expected = ln_gamma(base + f64::from(n)) - ln_gamma(base);
                let close = (steps.ln - expected).abs() <= 1e-8 * (1.0 + expected.abs());
                assert!(close, "({base})_{n}: {} and {expected}", steps.ln);
                let expected = digamma(base + f64::from(n)) - digamma(base);
                assert!((steps.digamma - expected).abs() <= 1e-9 * (1.0 + expected.abs()));
            }
        }
    }

    #[test]
    fn the_derivatives_are_those_of_the_logarithm() {
        for x in [0.3, 1.0, 4.5, 9.99, 10.01, 80.0] {
            let h = 1e-4 * x;
            let slope = (ln_gamma(x + h) - ln_gamma(x - h)) / (2.0 * h);
            assert!((digamma(x) - slope).abs() < 1e-6 * (1.0 + slope.abs()), "ψ({x})");
            let slope = (digamma(x + h) - digamma(x - h)) / (2.0 * h);
            assert!((trigamma(x) - slope).abs() < 1e-6 * (1.0 + slope.abs()), "ψ′({x})");
        }
    }

    #[test]
    fn the_beta_function_does_not_mind_which_argument_is_large() {
        for (a, b) in [(0.5, 9.9), (0.5, 10.1), (3.0, 12.0), (15.0, 20.0)] {
            let expected = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
            assert!((ln_beta(a, b) - expected).abs() < 1e-12 * expected.abs());
            assert_eq!(ln_beta(a, b).to_bits(), ln_beta(b, a).to_bits());
        }
    }
}
