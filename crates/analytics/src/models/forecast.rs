//! The chosen predictor, put to work on all that is known.

use super::back_test::{Adjusted, Predictor};
use super::drift::{Drift, first_days};
use super::fit::{Fit, FitError, Fitter};
use super::season::{NoSeason, Season};
use super::{Clock, CustomerBase, Kind, Prediction, score};
use crate::Purchases;

/// A model fitted to everything up to a day, with what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The last day that is known.
    pub as_of: i32,
    /// The customers, as the model sees them.
    pub base: CustomerBase,
    /// The fit to all of them.
    pub fit: Fit,
    clock: Clock,
    first_day: Vec<i32>,
    drift: Option<Drift>,
    /// The season around the model; `None` if it was not asked for or is no longer there.
    pub season: Option<Season>,
}

/// So far ahead a season is known: ten years.
const LONGEST_HORIZON: i32 = 3_653;

impl Forecast {
    /// Fits the chosen model to all purchases up to `as_of`.
    ///
    /// `None` if a rule was chosen: then there is nothing to predict by.
    pub fn of(
        purchases: Purchases<'_>,
        as_of: i32,
        chosen: Predictor,
    ) -> Option<Result<Self, FitError>> {
        match chosen {
            Predictor::Baseline(_) => None,
            Predictor::Model { kind, adjusted } => {
                Some(Self::fit(purchases, as_of, kind, adjusted))
            }
        }
    }

    fn fit(
        purchases: Purchases<'_>,
        as_of: i32,
        kind: Kind,
        adjusted: Adjusted,
    ) -> Result<Self, FitError> {
        let base = CustomerBase::of(purchases, as_of, &Clock::plain());
        let first_day = first_days(&base, purchases);
        let start = first_day.iter().min().copied().ok_or(FitError::NoCustomers)?;
        let fit = Fitter::new(&base)?.fit(kind, None)?;
        let season = adjusted
            .season
            .then(|| Season::estimate(purchases, as_of, &fit.model))
            .and_then(Result::<Season, NoSeason>::ok);
        let (clock, base, fit) = match season {
            None => (Clock::plain(), base, fit),
            Some(season) => {
                let clock = season.clock(start, as_of.saturating_add(LONGEST_HORIZON));
                let base = CustomerBase::of(purchases, as_of, &clock);
                let fit = Fitter::new(&base)?.fit(kind, None)?;
                (clock, base, fit)
            }
        };
        let drift = adjusted.drift.then(|| Drift::estimate(purchases, as_of, kind, &clock).ok());
        Ok(Self { as_of, base, fit, clock, first_day, drift: drift.flatten(), season })
    }

    /// What to expect of each customer of the base in the `days` after the as-of day.
    ///
    /// The chance is that of at least one purchase: what is left of 1 is the risk to lose them.
    pub fn predict(&self, days: u16) -> Prediction {
        let weeks = self.clock.weeks(self.as_of, self.as_of.saturating_add(i32::from(days)));
        if let Some(drift) = &self.drift {
            return drift.predict(&self.base, &self.first_day, &self.fit.model, weeks);
        }
        let scores = score(&self.base, &self.fit.model, weeks);
        Prediction { expected: scores.expected, p_active: scores.p_active }
    }
}
