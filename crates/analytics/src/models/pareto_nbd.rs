//! Pareto/NBD: customers leave at any time.

use super::model::are_positive;
use super::{BuyingModel, History};
use crate::special::{ln_gauss, ln_rising, tricomi_diagonal};

/// Rates of buying are gamma distributed over customers (shape r, weeks α), rates of leaving too
/// (s, β).
///
/// Source: Schmittlein, Morrison & Colombo 1987. The likelihood is taken as a sum of two positive
/// integrals (to have left since the last purchase, to leave after the end), each with one
/// hypergeometric function F(1, p; c; z), so that no two large numbers are subtracted and α = β
/// needs no case of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParetoNbd {
    r: f64,
    alpha: f64,
    s: f64,
    beta: f64,
}

impl ParetoNbd {
    /// `None` unless the parameters are positive.
    pub fn new([r, alpha, s, beta]: [f64; 4]) -> Option<Self> {
        are_positive(&[r, alpha, s, beta]).then_some(Self { r, alpha, s, beta })
    }

    /// r, α, s and β.
    pub fn parameters(&self) -> [f64; 4] {
        [self.r, self.alpha, self.s, self.beta]
    }

    /// Expected purchases of a customer who is active at `age`, ÷ (r + x).
    fn expected_per_rate(&self, age: f64, horizon: f64) -> f64 {
        let from = self.beta + age;
        from / (self.alpha + age) * power_mean(self.s - 1.0, libm::log1p(horizon / from))
    }

    /// Discounted expected purchases from the end of observation for ever, at a continuous
    /// `discount` a week above 0.
    ///
    /// Source: Fader, Hardie & Lee 2005 ("RFM and CLV"), equation 2.
    pub fn discounted_for_ever(&self, history: History, discount: f64) -> f64 {
        let from = self.beta + history.age;
        let bought = self.r + f64::from(history.repeats);
        let rest = libm::exp(self.s * libm::log(from) + (self.s - 1.0) * libm::log(discount))
            * tricomi_diagonal(self.s, discount * from);
        self.p_alive(history) * bought / (self.alpha + history.age) * rest
    }
}

/// (1 − e^(−e y)) ÷ e, which is y at e = 0.
fn power_mean(e: f64, y: f64) -> f64 {
    if e == 0.0 { y } else { -libm::expm1(-e * y) / e }
}

impl BuyingModel for ParetoNbd {
    fn ln_likelihood(&self, history: History) -> f64 {
        let Self { r, alpha, s, beta } = *self;
        let constant = r * libm::log(alpha) + s * libm::log(beta);
        ln_rising(r, history.repeats) + constant + self.ln_silence(history)
    }

    /// ln of the two integrals together.
    fn ln_silence(&self, History { repeats, last, age }: History) -> f64 {
        let Self { r, alpha, s, beta } = *self;
        let bought = r + f64::from(repeats);
        let w = bought + s;
        let fraction = |p: f64, t: f64| ln_gauss(p, w + 1.0, (alpha - beta) / (alpha + t));
        let left = libm::log(s / w) + fraction(bought, last)
            - bought * libm::log(alpha + last)
            - s * libm::log(beta + last);
        let stayed = libm::log(bought / w) + fraction(bought + 1.0, age)
            - (bought + 1.0) * libm::log(alpha + age)
            + (1.0 - s) * libm::log(beta + age);
        let (low, high) = if left < stayed { (left, stayed) } else { (stayed, left) };
        high + libm::log1p(libm::exp(low - high))
    }

    fn p_alive(&self, history: History) -> f64 {
        let bought = self.r + f64::from(history.repeats);
        let alive = -bought * libm::log(self.alpha + history.age)
            - self.s * libm::log(self.beta + history.age);
        libm::exp(alive - self.ln_silence(history)).min(1.0)
    }

    fn expected(&self, history: History, horizon: f64) -> f64 {
        let bought = self.r + f64::from(history.repeats);
        self.p_alive(history) * bought * self.expected_per_rate(history.age, horizon)
    }

    fn expected_new(&self, weeks: f64) -> f64 {
        self.r * self.expected_per_rate(0.0, weeks)
    }
}
