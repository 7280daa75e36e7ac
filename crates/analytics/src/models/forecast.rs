//! The chosen predictor, put to work on all that is known.

use super::back_test::{Adjusted, Predictor};
use super::drift::{Drift, first_days};
use super::fit::{Fit, FitError, Fitter};
use super::scores::{Ahead, Figures, Sheet};
use super::season::{NoSeason, Season};
use super::{Clock, CustomerBase, Kind, Prediction, ValueOptions};
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
    sheet: Sheet,
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
        Self::from_fit(purchases, as_of, chosen, None)
    }

    /// As [`of`](Self::of), with the fit of the plain model to the same purchases, if it is known.
    pub fn from_fit(
        purchases: Purchases<'_>,
        as_of: i32,
        chosen: Predictor,
        plain: Option<Fit>,
    ) -> Option<Result<Self, FitError>> {
        match chosen {
            Predictor::Baseline(_) => None,
            Predictor::Model { kind, adjusted } => {
                let plain = plain.filter(|fit| fit.model.kind() == kind);
                Some(Self::fit(purchases, as_of, (kind, adjusted), plain))
            }
        }
    }

    fn fit(
        purchases: Purchases<'_>,
        as_of: i32,
        (kind, adjusted): (Kind, Adjusted),
        plain: Option<Fit>,
    ) -> Result<Self, FitError> {
        let base = CustomerBase::of(purchases, as_of, &Clock::plain());
        let first_day = first_days(&base, purchases);
        let start = first_day.iter().min().copied().ok_or(FitError::NoCustomers)?;
        let fit = match plain {
            Some(fit) => fit,
            None => Fitter::new(&base)?.fit(kind, None)?,
        };
        let season = adjusted
            .season
            .then(|| Season::estimate(purchases, as_of, &fit.model))
            .and_then(Result::<Season, NoSeason>::ok);
        let (clock, base, fit) = match season {
            None => (Clock::plain(), base, fit),
            Some(season) => {
                let clock = season.clock(start, as_of.saturating_add(LONGEST_HORIZON));
                let base = CustomerBase::of(purchases, as_of, &clock);
                let fit = Fitter::new(&base)?.fit(kind, Some(&fit))?;
                (clock, base, fit)
            }
        };
        let drift = adjusted.drift.then(|| Drift::estimate(purchases, as_of, &fit, &clock).ok());
        let drift = drift.flatten();
        let sheet = sheet_of(&base, &first_day, drift.as_ref());
        Ok(Self { as_of, base, fit, clock, first_day, drift, sheet, season })
    }

    /// The same model, without fitting it anew, told everything up to another day.
    #[must_use]
    pub fn told_until(&self, purchases: Purchases<'_>, as_of: i32) -> Self {
        let base = CustomerBase::of(purchases, as_of, &self.clock);
        let first_day = first_days(&base, purchases);
        let sheet = sheet_of(&base, &first_day, self.drift.as_ref());
        let (fit, clock, drift) = (self.fit.clone(), self.clock.clone(), self.drift.clone());
        Self { as_of, base, fit, clock, first_day, drift, sheet, season: self.season }
    }

    /// The day of each customer's first purchase, one entry a customer of the base.
    pub fn first_days(&self) -> &[i32] {
        &self.first_day
    }

    /// How many of the model's weeks the `days` after the as-of day are.
    pub fn weeks_ahead(&self, days: f64) -> f64 {
        self.clock.weeks_ahead(self.as_of, days)
    }

    /// What to expect of each customer of the base in the `days` after the as-of day.
    ///
    /// The chance is that of at least one purchase: what is left of 1 is the risk to lose them.
    pub fn predict(&self, days: u16) -> Prediction {
        let mut figures = self.figures(&[days], None);
        Prediction {
            expected: figures.expected.pop().unwrap_or_default(),
            p_active: figures.p_active.pop().unwrap_or_default(),
        }
    }

    /// All figures of each customer of the base at once, for the `days` after the as-of day;
    /// [`Figures::weighted`] are the discounted purchases of the coming months, if `value` asks.
    pub fn figures(&self, days: &[u16], value: Option<ValueOptions>) -> Figures {
        let horizons: Vec<f64> =
            days.iter().map(|days| self.weeks_ahead(f64::from(*days))).collect();
        let weeks = |plain: f64| self.weeks_ahead(7.0 * plain);
        let weighted = value.map_or_else(Vec::new, |it| it.weights(weeks));
        let ahead = Ahead { horizons: &horizons, weighted: &weighted };
        self.sheet.figures(&self.fit.model, ahead)
    }
}

fn sheet_of(base: &CustomerBase, first_day: &[i32], drift: Option<&Drift>) -> Sheet {
    match drift {
        Some(drift) => drift.sheet(base, first_day),
        None => Sheet::new(base, |_| 1.0),
    }
}
