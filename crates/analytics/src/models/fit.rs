//! Fits any model to a customer base.

use std::fmt;

use super::erlang::gap_factor;
use super::optimise::Minimum;
use super::rows::Rows;
use super::{CustomerBase, DropOut, Kind, MOST_K, Model, beta_geometric_fit, nbd, pareto_nbd_fit};

/// With fewer customers who came back no model is fitted.
pub const FEWEST_REPEAT_BUYERS: usize = 50;

/// Unless the likelihood gains this much over the same model without drop-out, none was found.
const LEAST_GAIN: f64 = 2.0;

/// A model with what is known of how well its parameters are.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The model at the maximum of the likelihood.
    pub model: Model,
    /// The log-likelihood of all customers, times in weeks.
    pub ln_likelihood: f64,
    /// One a parameter, by the delta method; `None` where the likelihood is flat in a direction.
    pub standard_errors: Option<Vec<f64>>,
    /// How sure it is that the search ended at a maximum.
    pub convergence: Convergence,
    /// Whether customers are seen to leave at all.
    pub leaving: Leaving,
}

impl Fit {
    /// Akaike's criterion: of two models the one with the lower value is to be expected to
    /// describe new data better.
    pub fn aic(&self) -> f64 {
        2.0 * (self.model.parameters().len() as f64 - self.ln_likelihood)
    }
}

/// How the search ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// Whether the likelihood is level there.
    pub is_reached: bool,
    /// The steepest slope left: of the mean log-likelihood by a log-parameter.
    pub gradient: f64,
    /// How often the likelihood was evaluated.
    pub evaluations: u32,
}

/// Whether the data say that customers leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Leaving {
    /// The model does not ask.
    NotAsked,
    /// They do.
    Found,
    /// The model without drop-out explains the data as well: P(alive) near 100 % is no finding.
    NotFound,
}

/// Which requirement of a fit is not met.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum FitError {
    /// Nobody has bought anything.
    NoCustomers,
    /// All first purchases are of the last day: no time in which to come back.
    NoTime,
    /// Too few customers came back.
    TooFewRepeatBuyers {
        /// How many did.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// k is not 1 to [`MOST_K`], or greater than 1 where the times between purchases are unknown.
    RegularityUnknown {
        /// The regularity asked for.
        k: u8,
    },
    /// The likelihood has no value at any start.
    NoLikelihood {
        /// The model.
        kind: Kind,
    },
}

/// The figure that still holds where a model cannot be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simpler {
    /// Nothing can be said.
    Nothing,
    /// How many customers there are and what they bought.
    Counts,
    /// What customers of the same age did: the cohort curves.
    CohortCurves,
}

impl FitError {
    /// Its code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoCustomers => "no_customers",
            Self::NoTime => "no_time",
            Self::TooFewRepeatBuyers { .. } => "too_few_repeat_buyers",
            Self::RegularityUnknown { .. } => "regularity_unknown",
            Self::NoLikelihood { .. } => "no_likelihood",
        }
    }

    /// What to show instead.
    pub fn simpler(&self) -> Simpler {
        match self {
            Self::NoCustomers => Simpler::Nothing,
            Self::NoTime => Simpler::Counts,
            Self::TooFewRepeatBuyers { .. }
            | Self::RegularityUnknown { .. }
            | Self::NoLikelihood { .. } => Simpler::CohortCurves,
        }
    }
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCustomers => write!(f, "no customers"),
            Self::NoTime => write!(f, "all first purchases are of the last day"),
            Self::TooFewRepeatBuyers { found, needed } => {
                write!(f, "too few repeat buyers: {found} of {needed}")
            }
            Self::RegularityUnknown { k } => write!(f, "no k = {k} for these customers"),
            Self::NoLikelihood { kind } => write!(f, "{} has no likelihood here", kind.name()),
        }
    }
}

impl std::error::Error for FitError {}

/// Fits one model by maximum likelihood.
pub fn fit(base: &CustomerBase, kind: Kind) -> Result<Fit, FitError> {
    Fitter::new(base)?.fit(kind, None)
}

/// Fits a drop-out model for k = 1, 2, … up to `most_k` and stops once the likelihood falls.
///
/// The last but one, or the last if it still rose, is the best: see [`best`].
pub fn fit_regular(
    base: &CustomerBase,
    drop_out: DropOut,
    most_k: u8,
) -> Result<Vec<Fit>, FitError> {
    let fitter = Fitter::new(base)?;
    let mut fits: Vec<Fit> = Vec::new();
    for k in 1..=most_k.clamp(1, MOST_K) {
        let next = fitter.fit(Kind::BetaGeometric { drop_out, k }, fits.last())?;
        let falls = fits.last().is_some_and(|last| next.ln_likelihood < last.ln_likelihood);
        fits.push(next);
        if falls {
            break;
        }
    }
    Ok(fits)
}

/// The fit with the greatest likelihood.
pub fn best(fits: Vec<Fit>) -> Option<Fit> {
    fits.into_iter().max_by(|a, b| a.ln_likelihood.total_cmp(&b.ln_likelihood))
}

/// Fits each model again to another base, searching near where it was found before.
///
/// The outer error: no model can be fitted to the base at all.
pub fn fit_again(
    base: &CustomerBase,
    before: &[&Fit],
) -> Result<Vec<Result<Fit, FitError>>, FitError> {
    let fitter = Fitter::new(base)?;
    Ok(before.iter().map(|fit| fitter.fit(fit.model.kind(), Some(fit))).collect())
}

/// A base made ready for several fits.
pub(crate) struct Fitter<'a> {
    base: &'a CustomerBase,
    rows: Rows,
}

impl<'a> Fitter<'a> {
    pub fn new(base: &'a CustomerBase) -> Result<Self, FitError> {
        if base.is_empty() {
            return Err(FitError::NoCustomers);
        }
        let rows = Rows::new(&base.history).ok_or(FitError::NoTime)?;
        let (found, needed) = (base.repeat_buyers(), FEWEST_REPEAT_BUYERS);
        if found < needed {
            return Err(FitError::TooFewRepeatBuyers { found, needed });
        }
        Ok(Self { base, rows })
    }

    /// `similar`, a fit of the same model to another base, or with k less by one to this, spares the
    /// search from afar.
    pub fn fit(&self, kind: Kind, similar: Option<&Fit>) -> Result<Fit, FitError> {
        match kind {
            Kind::Nbd { k } => self.nbd(k).map(|(fit, _)| fit),
            Kind::BetaGeometric { drop_out, k } => self.beta_geometric(drop_out, k, similar),
            Kind::ParetoNbd => self.pareto_nbd(similar),
        }
    }

    fn nbd(&self, k: u8) -> Result<(Fit, [f64; 2]), FitError> {
        let kind = Kind::Nbd { k };
        self.check_regularity(k)?;
        let minimum = nbd::fit(k, &self.rows).ok_or(FitError::NoLikelihood { kind })?;
        let model = nbd::model(k, minimum.at, &self.rows).map(Model::Nbd);
        Ok((self.told(kind, k, model, &minimum, None)?, minimum.at))
    }

    fn beta_geometric(
        &self,
        drop_out: DropOut,
        k: u8,
        similar: Option<&Fit>,
    ) -> Result<Fit, FitError> {
        let kind = Kind::BetaGeometric { drop_out, k };
        let (without, [r, alpha]) = self.nbd(k)?;
        let usual = [[0.0, 0.0, 0.0, libm::log(3.0)], [r, alpha, -2.0, 1.0]];
        let starts = match similar.map(|fit| fit.model) {
            Some(Model::BetaGeometric(it)) => {
                let [r, alpha, a, b] = it.parameters();
                // k ticks of a k-th of the time make a purchase.
                let alpha = alpha / self.rows.unit * f64::from(it.k()) / f64::from(k);
                let near = [r, alpha, a, b].map(libm::log);
                if it.k() == k { vec![near, usual[0], usual[1]] } else { vec![near] }
            }
            _ => usual.to_vec(),
        };
        let minimum = beta_geometric_fit::fit((drop_out, k), &self.rows, &starts)
            .ok_or(FitError::NoLikelihood { kind })?;
        let model = beta_geometric_fit::model((drop_out, k), minimum.at, &self.rows);
        self.told(kind, k, model.map(Model::BetaGeometric), &minimum, Some(&without))
    }

    fn pareto_nbd(&self, similar: Option<&Fit>) -> Result<Fit, FitError> {
        let kind = Kind::ParetoNbd;
        let (without, [r, alpha]) = self.nbd(1)?;
        let mut starts = vec![[-0.7, 1.0, -0.7, 1.0], [r, alpha, -2.0, alpha]];
        if let Some(Model::ParetoNbd(it)) = similar.map(|fit| fit.model) {
            let [r, alpha, s, beta] = it.parameters();
            let unit = self.rows.unit;
            starts.insert(0, [r, alpha / unit, s, beta / unit].map(libm::log));
        }
        let minimum =
            pareto_nbd_fit::fit(&self.rows, &starts).ok_or(FitError::NoLikelihood { kind })?;
        let model = pareto_nbd_fit::model(minimum.at, &self.rows).map(Model::ParetoNbd);
        self.told(kind, 1, model, &minimum, Some(&without))
    }

    fn check_regularity(&self, k: u8) -> Result<(), FitError> {
        let is_known = k == 1 || (self.base.ln_gaps.is_some() && (2..=MOST_K).contains(&k));
        if is_known { Ok(()) } else { Err(FitError::RegularityUnknown { k }) }
    }

    /// Back from the unit of the rows to weeks.
    fn told<const N: usize>(
        &self,
        kind: Kind,
        k: u8,
        model: Option<Model>,
        minimum: &Minimum<N>,
        without_leaving: Option<&Fit>,
    ) -> Result<Fit, FitError> {
        let model = model.ok_or(FitError::NoLikelihood { kind })?;
        let repeats = self.base.repeats() as f64;
        let ln_likelihood = -minimum.value * self.rows.customers
            - f64::from(k) * repeats * libm::log(self.rows.unit)
            + gap_factor(k, self.base.ln_gaps.unwrap_or(0.0), repeats);
        let standard_errors = minimum.inverse_hessian.map(|inverse| {
            let of_log = |i: usize| (inverse[i][i] / self.rows.customers).sqrt();
            model.parameters().iter().enumerate().map(|(i, it)| it.1 * of_log(i)).collect()
        });
        let leaving = match without_leaving {
            None => Leaving::NotAsked,
            Some(it) if ln_likelihood - it.ln_likelihood < LEAST_GAIN => Leaving::NotFound,
            Some(_) => Leaving::Found,
        };
        Ok(Fit {
            model,
            ln_likelihood,
            standard_errors,
            convergence: Convergence {
                is_reached: minimum.is_reached(),
                gradient: minimum.gradient,
                evaluations: minimum.evaluations,
            },
            leaving,
        })
    }
}
