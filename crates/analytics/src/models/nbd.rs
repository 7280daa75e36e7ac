//! NBD: everybody buys for ever, each at a rate of their own.

use super::erlang::{STAYING_FOR_EVER, expected_purchases, hidden_ticks, silence};
use super::model::are_positive;
use super::optimise::{Minimum, Slope, minimise};
use super::rows::Rows;
use super::{BuyingModel, History, MOST_K};
use crate::special::{Rising, ln_rising};

/// Rates are gamma distributed over customers (shape r, weeks α); ticks are Poisson; a purchase is
/// every k-th tick.
///
/// Source: Ehrenberg 1959; for k > 1 Chatfield & Goodhardt 1973. It is what the models with
/// drop-out become where no drop-out is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nbd {
    k: u8,
    r: f64,
    alpha: f64,
}

impl Nbd {
    /// `None` unless k is 1 to [`MOST_K`] and the parameters are positive.
    pub fn new(k: u8, [r, alpha]: [f64; 2]) -> Option<Self> {
        ((1..=MOST_K).contains(&k) && are_positive(&[r, alpha])).then_some(Self { k, r, alpha })
    }

    /// Regularity.
    pub fn k(&self) -> u8 {
        self.k
    }

    /// r and α.
    pub fn parameters(&self) -> [f64; 2] {
        [self.r, self.alpha]
    }

    /// r + k x.
    fn shape(&self, repeats: u32) -> f64 {
        self.r + f64::from(u32::from(self.k) * repeats)
    }

    fn silent_share(&self, history: History) -> f64 {
        (history.age - history.last) / (self.alpha + history.age)
    }
}

impl BuyingModel for Nbd {
    fn ln_likelihood(&self, history: History) -> f64 {
        ln_rising(self.r, u32::from(self.k) * history.repeats)
            + self.r * libm::log(self.alpha)
            + self.ln_silence(history)
    }

    fn ln_silence(&self, history: History) -> f64 {
        let w = self.shape(history.repeats);
        silence(self.k, w, self.silent_share(history)).0 - w * libm::log(self.alpha + history.age)
    }

    fn p_alive(&self, _: History) -> f64 {
        1.0
    }

    fn expected(&self, history: History, horizon: f64) -> f64 {
        let w = self.shape(history.repeats);
        if self.k == 1 {
            return w * horizon / (self.alpha + history.age);
        }
        let weights = hidden_ticks(self.k, w, self.silent_share(history));
        let none = (self.alpha + history.age) / (self.alpha + history.age + horizon);
        let expected = (0..self.k).zip(weights).map(|(hidden, weight)| {
            let law = (w + f64::from(hidden), none);
            weight * expected_purchases((self.k, hidden), law, STAYING_FOR_EVER)
        });
        expected.sum::<f64>() / weights.iter().sum::<f64>()
    }

    fn expected_new(&self, weeks: f64) -> f64 {
        self.expected(History { repeats: 0, last: 0.0, age: 0.0 }, weeks)
    }
}

/// Maximum likelihood in the unit of the rows: ln r and ln α.
pub(crate) fn fit(k: u8, rows: &Rows) -> Option<Minimum<2>> {
    let mut likelihood = Likelihood { k, rows, by_x: Vec::new(), ln_times: Vec::new() };
    minimise(&[[0.0, 0.0], [-1.5, 1.0]], |at| likelihood.slope(at))
}

/// The model at log-parameters in the unit of the rows.
pub(crate) fn model(k: u8, at: [f64; 2], rows: &Rows) -> Option<Nbd> {
    Nbd::new(k, [libm::exp(at[0]), libm::exp(at[1]) * rows.unit])
}

struct Likelihood<'a> {
    k: u8,
    rows: &'a Rows,
    /// For each number of repeats: ln (r)ₖₓ and its derivative.
    by_x: Vec<Rising>,
    /// ln (α + t).
    ln_times: Vec<f64>,
}

impl Likelihood<'_> {
    /// Minus the mean log-likelihood, by ln r and ln α.
    fn slope(&mut self, at: &[f64; 2]) -> Slope<2> {
        let (r, alpha, k) = (libm::exp(at[0]), libm::exp(at[1]), u32::from(self.k));
        let Rows { repeats, times, distinct, customers, .. } = self.rows;
        let mut rising = Rising::new(r);
        self.by_x.clear();
        self.by_x.extend(repeats.iter().map(|x| {
            rising.climb(k * x);
            rising
        }));
        self.ln_times.clear();
        self.ln_times.extend(times.iter().map(|time| libm::log(alpha + time)));
        let (mut value, mut by_r, mut by_alpha) = (0.0, 0.0, 0.0);
        for row in distinct {
            let (x, age) = (&self.by_x[row.x], times[row.age]);
            let shape = r + f64::from(k * repeats[row.x]);
            let (scale, u) = (1.0 / (alpha + age), (age - times[row.last]) / (alpha + age));
            let ln_age = self.ln_times[row.age];
            let (ln, by_w, by_u) = silence(self.k, shape, u);
            value += row.weight * (x.ln - shape * ln_age + ln);
            by_r += row.weight * (x.digamma - ln_age + by_w);
            by_alpha -= row.weight * (shape + by_u * u) * scale;
        }
        value += customers * r * at[1];
        by_r += customers * at[1];
        by_alpha += customers * r / alpha;
        (-value / customers, [-by_r * r / customers, -by_alpha * alpha / customers])
    }
}
