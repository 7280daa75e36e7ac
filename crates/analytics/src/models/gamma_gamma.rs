//! Gamma-Gamma: what customers spend a purchase.

use std::fmt;

use super::CustomerBase;
use super::fit::{Convergence, FEWEST_REPEAT_BUYERS};
use super::model::are_positive;
use super::optimise::{Slope, minimise};
use crate::special::{digamma, ln_gamma};

/// Each purchase is gamma distributed around the customer's own mean (shape p), and these means
/// around the shop's (q, γ).
///
/// Source: Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value". It takes spend as
/// independent of how often somebody buys: see [`SpendFit::correlation`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaGamma {
    p: f64,
    q: f64,
    gamma: f64,
}

impl GammaGamma {
    /// `None` unless the parameters are positive. γ is in the unit of money.
    pub fn new([p, q, gamma]: [f64; 3]) -> Option<Self> {
        are_positive(&[p, q, gamma]).then_some(Self { p, q, gamma })
    }

    /// p, q and γ.
    pub fn parameters(&self) -> [f64; 3] {
        [self.p, self.q, self.gamma]
    }

    /// The shop's mean: γ p ÷ (q − 1); `None` if q ≤ 1, where it does not exist.
    pub fn shop_mean(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.gamma * self.p / (self.q - 1.0))
    }

    /// The mean purchase to expect of a customer with `repeats` purchases of `mean` so far: few
    /// draw it to the shop's mean, many to their own. Without repeats, or with a mean that is not
    /// above 0, it is the shop's.
    ///
    /// `None` if q ≤ 1, where the shop's mean does not exist.
    pub fn expected(&self, repeats: u32, mean: f64) -> Option<f64> {
        let shop = self.shop_mean()?;
        if repeats == 0 || mean <= 0.0 {
            return Some(shop);
        }
        let bought = self.p * f64::from(repeats);
        Some(self.p * (self.gamma + f64::from(repeats) * mean) / (bought + self.q - 1.0))
    }

    /// ln of the likelihood of a customer's mean purchase, given how many.
    pub fn ln_likelihood(&self, repeats: u32, mean: f64) -> f64 {
        let Self { p, q, gamma } = *self;
        let (x, bought) = (f64::from(repeats), p * f64::from(repeats));
        ln_gamma(bought + q) - ln_gamma(bought) - ln_gamma(q)
            + q * libm::log(gamma)
            + (bought - 1.0) * libm::log(mean)
            + bought * libm::log(x)
            - (bought + q) * libm::log(gamma + x * mean)
    }
}

/// A fitted spend model.
#[derive(Debug, Clone, PartialEq)]
pub struct SpendFit {
    /// The model at the maximum of the likelihood, in the minor unit of money.
    pub model: GammaGamma,
    /// The log-likelihood of all customers used, in the minor unit.
    pub ln_likelihood: f64,
    /// One a parameter, by the delta method; `None` where the likelihood is flat in a direction.
    pub standard_errors: Option<[f64; 3]>,
    /// How sure it is that the search ended at a maximum.
    pub convergence: Convergence,
    /// Repeat buyers whose spend was used.
    pub used: usize,
    /// Repeat buyers left out because their mean spend is not above 0.
    pub without_spend: usize,
    /// Pearson's correlation of repeats and mean spend: the model takes it as 0. `None` if either
    /// is the same for all.
    pub correlation: Option<f64>,
}

/// Which requirement of a spend model is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SpendError {
    /// Too few repeat buyers with a spend above 0.
    TooFewRepeatBuyers {
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// The likelihood has no value at any start.
    NoLikelihood,
    /// The shop's mean does not exist (q ≤ 1): a few purchases outweigh all others. The plain mean
    /// of past purchases still holds.
    NoMean,
}

impl SpendError {
    /// Its code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooFewRepeatBuyers { .. } => "too_few_repeat_buyers",
            Self::NoLikelihood => "no_likelihood",
            Self::NoMean => "no_mean",
        }
    }
}

impl fmt::Display for SpendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewRepeatBuyers { found, needed } => {
                write!(f, "too few repeat buyers with a spend: {found} of {needed}")
            }
            Self::NoLikelihood => write!(f, "the spend model has no likelihood here"),
            Self::NoMean => write!(f, "a few purchases outweigh all others"),
        }
    }
}

impl std::error::Error for SpendError {}

/// Fits spend to the repeat purchases of everybody who came back.
pub fn fit_spend(base: &CustomerBase) -> Result<SpendFit, SpendError> {
    let repeat_buyers = base.history.iter().zip(&base.mean_spend).filter(|it| it.0.repeats > 0);
    let (mut x, mut mean, mut without_spend) = (Vec::new(), Vec::new(), 0);
    for (history, spend) in repeat_buyers {
        if *spend > 0.0 && spend.is_finite() {
            x.push(history.repeats);
            mean.push(*spend);
        } else {
            without_spend += 1;
        }
    }
    let (found, needed) = (x.len(), FEWEST_REPEAT_BUYERS);
    if found < needed {
        return Err(SpendError::TooFewRepeatBuyers { found, needed });
    }
    let correlation = correlation(&x, &mean);
    let spends = Spends::new(&x, &mean);
    let starts = [[0.0, 0.0, 1.0], [1.8, 1.3, 1.0]];
    let minimum = minimise(&starts, |at| spends.slope(at)).ok_or(SpendError::NoLikelihood)?;
    let [p, q, gamma] = minimum.at.map(libm::exp);
    let model = GammaGamma::new([p, q, gamma * spends.unit]).ok_or(SpendError::NoLikelihood)?;
    if model.shop_mean().is_none() {
        return Err(SpendError::NoMean);
    }
    let count = found as f64;
    let standard_errors = minimum.inverse_hessian.map(|inverse| {
        std::array::from_fn(|i| model.parameters()[i] * (inverse[i][i] / count).sqrt())
    });
    Ok(SpendFit {
        model,
        ln_likelihood: -minimum.value * count - count * libm::log(spends.unit),
        standard_errors,
        convergence: Convergence {
            is_reached: minimum.is_reached(),
            gradient: minimum.gradient,
            evaluations: minimum.evaluations,
        },
        used: found,
        without_spend,
        correlation,
    })
}

/// Spends sorted by repeats, in a unit in which their geometric mean is 1.
struct Spends {
    unit: f64,
    /// Repeats and their customers' range.
    groups: Vec<(f64, std::ops::Range<usize>)>,
    /// Mean spends and their logarithms.
    spend: Vec<(f64, f64)>,
}

impl Spends {
    fn new(x: &[u32], mean: &[f64]) -> Self {
        let mut pairs: Vec<(u32, f64)> = x.iter().copied().zip(mean.iter().copied()).collect();
        pairs.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let ln_sum: f64 = pairs.iter().map(|it| libm::log(it.1)).sum();
        let unit = libm::exp(ln_sum / pairs.len() as f64);
        let mut groups = Vec::new();
        let mut begin = 0;
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            groups.push((f64::from(group[0].0), begin..begin + group.len()));
            begin += group.len();
        }
        let spend = pairs.iter().map(|it| (it.1 / unit, libm::log(it.1 / unit))).collect();
        Self { unit, groups, spend }
    }
}

impl Spends {
    /// Minus the mean log-likelihood, by ln p, ln q and ln γ.
    fn slope(&self, at: &[f64; 3]) -> Slope<3> {
        let [p, q, gamma] = at.map(libm::exp);
        let (ln_gamma_q, digamma_q) = (ln_gamma(q), digamma(q));
        let count = self.spend.len() as f64;
        let (mut value, mut by_p, mut by_q, mut by_gamma) = (0.0, 0.0, 0.0, 0.0);
        for (x, range) in &self.groups {
            let (bought, people) = (p * x, range.len() as f64);
            let (mut ln_spend, mut ln_all, mut inverse) = (0.0, 0.0, 0.0);
            for (spend, ln) in &self.spend[range.clone()] {
                let all = gamma + x * spend;
                ln_spend += ln;
                ln_all += libm::log(all);
                inverse += 1.0 / all;
            }
            let (ln_x, up) = (libm::log(*x), digamma(bought + q));
            let constant = ln_gamma(bought + q) - ln_gamma(bought) - ln_gamma_q + q * at[2];
            value += people * (constant + bought * ln_x) + (bought - 1.0) * ln_spend
                - (bought + q) * ln_all;
            by_p += x * (people * (up - digamma(bought) + ln_x) + ln_spend - ln_all);
            by_q += people * (up - digamma_q + at[2]) - ln_all;
            by_gamma += people * q / gamma - (bought + q) * inverse;
        }
        (-value / count, [-by_p * p / count, -by_q * q / count, -by_gamma * gamma / count])
    }
}

/// Pearson's correlation; `None` if either side is constant.
fn correlation(x: &[u32], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let mean_x = x.iter().map(|it| f64::from(*it)).sum::<f64>() / n;
    let mean_y = y.iter().sum::<f64>() / n;
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (dx, dy) = (f64::from(*x) - mean_x, y - mean_y);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}
