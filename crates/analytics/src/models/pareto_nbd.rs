//! Pareto/NBD: customers leave at any time.

use super::model::are_positive;
use super::{Ahead, BuyingModel, Figures, History};
use crate::special::{GaussFraction, ln_gauss, ln_rising, tricomi_diagonal};

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

    fn figures(&self, histories: &[History], pace: &[f64], ahead: Ahead<'_>) -> Figures {
        let mut figures = Figures::with_room(histories.len(), ahead);
        let mut shared = Shared::new(self, ahead);
        for (history, pace) in histories.iter().zip(pace) {
            shared.go_to(history, *pace);
            shared.add(history, &mut figures);
        }
        figures
    }
}

/// What histories of the same repeats, and among them those of the same age, share.
struct Shared<'a> {
    model: &'a ParetoNbd,
    ahead: Ahead<'a>,
    /// Repeats and age of what follows.
    of: Option<(u32, f64)>,
    /// Of the two integrals, for the repeats.
    left: GaussFraction,
    stayed: GaussFraction,
    /// ln of the integral over leaving after the end of observation.
    ln_stayed: f64,
    /// ln of the chance to be there at the end and to have bought so.
    ln_alive: f64,
    /// For each horizon: ln of the integral at its end less that at its beginning, and the expected
    /// purchases of an active customer.
    by_horizon: Vec<(f64, f64)>,
    /// Σ weight × expected purchases of an active customer.
    weighted: f64,
}

impl<'a> Shared<'a> {
    fn new(model: &'a ParetoNbd, ahead: Ahead<'a>) -> Self {
        Self {
            model,
            ahead,
            of: None,
            left: GaussFraction::default(),
            stayed: GaussFraction::default(),
            ln_stayed: 0.0,
            ln_alive: 0.0,
            by_horizon: Vec::with_capacity(ahead.horizons.len()),
            weighted: 0.0,
        }
    }

    fn go_to(&mut self, History { repeats, age, .. }: &History, pace: f64) {
        if self.of == Some((*repeats, *age)) {
            return;
        }
        let ParetoNbd { r, alpha, s, beta } = *self.model;
        let bought = r + f64::from(*repeats);
        if self.of.is_none_or(|of| of.0 != *repeats) {
            self.left.set(bought, bought + s + 1.0);
            self.stayed.set(bought + 1.0, bought + s + 1.0);
        }
        self.of = Some((*repeats, *age));
        self.ln_alive = -bought * libm::log(alpha + age) - s * libm::log(beta + age);
        self.ln_stayed = self.ln_stayed_until(bought, *age);
        self.by_horizon.clear();
        for horizon in self.ahead.horizons {
            let horizon = horizon * pace;
            let falls = self.ln_stayed_until(bought, age + horizon) - self.ln_stayed;
            let expected = bought * self.model.expected_per_rate(*age, horizon);
            self.by_horizon.push((falls, expected));
        }
        let weighted = self.ahead.weighted.iter();
        let sum = weighted.map(|(it, by)| by * self.model.expected_per_rate(*age, it * pace));
        self.weighted = bought * sum.sum::<f64>();
    }

    fn ln_stayed_until(&mut self, bought: f64, time: f64) -> f64 {
        let ParetoNbd { alpha, s, beta, .. } = *self.model;
        libm::log(bought / (bought + s)) + self.stayed.ln((alpha - beta) / (alpha + time))
            - (bought + 1.0) * libm::log(alpha + time)
            + (1.0 - s) * libm::log(beta + time)
    }

    /// Of the two integrals only that over leaving later falls in the horizon.
    fn add(&mut self, history: &History, figures: &mut Figures) {
        let ParetoNbd { r, alpha, s, beta } = *self.model;
        let bought = r + f64::from(history.repeats);
        let ln_left = libm::log(s / (bought + s))
            + self.left.ln((alpha - beta) / (alpha + history.last))
            - bought * libm::log(alpha + history.last)
            - s * libm::log(beta + history.last);
        // As shares of the integral over leaving later.
        let total = 1.0 + libm::exp(ln_left - self.ln_stayed);
        let p_alive = (libm::exp(self.ln_alive - self.ln_stayed) / total).min(1.0);
        figures.p_alive.push(p_alive);
        for (at, (falls, expected)) in self.by_horizon.iter().enumerate() {
            figures.p_active[at].push((-libm::expm1(*falls) / total).clamp(0.0, 1.0));
            figures.expected[at].push(p_alive * expected);
        }
        figures.weighted.push(p_alive * self.weighted);
    }
}
