//! Drift: how much more or less customers buy of late than a model of their past expects.

use super::fit::{Fit, FitError, Fitter};
use super::scores::{Ahead, Sheet};
use super::{Clock, CustomerBase};
use crate::Purchases;

/// Acquisition cohorts are stretches of this many days, counted from the first purchase of all.
const COHORT_DAYS: i32 = 91;
/// A pace is drawn to that of the shop as if the cohort had this many purchases of the shop's
/// pace, and the shop's to 1.
const DRAWN_BY: f64 = 50.0;
/// No pace is more than this, nor less than one over it.
const MOST: f64 = 2.0;
/// The stretch in which drift is seen is this share of the observed time.
const SEEN_SHARE: i32 = 3;
/// A pace is estimated from so many customers at most.
const SAMPLE: usize = 20_000;
const SECANT_STEPS: u32 = 4;

/// How fast the weeks ahead run, compared with what the model says.
///
/// A model is fitted to the earlier part of the observed time and told the later part; where more
/// came than it expected, weeks run faster by as much. All models stay as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Of customers of no known cohort.
    pub shop: f64,
    /// Day of the first purchase of all: where the cohorts begin.
    pub start: i32,
    /// Of each acquisition cohort in turn.
    pub by_cohort: Vec<f64>,
}

impl Drift {
    /// Measures the drift of a model in the last third of the time up to `as_of`. `whole` is its fit
    /// to all of that time, near which the one to the time before is sought.
    ///
    /// Refused where the model cannot be fitted to the time before.
    pub fn estimate(
        purchases: Purchases<'_>,
        as_of: i32,
        whole: &Fit,
        clock: &Clock,
    ) -> Result<Self, FitError> {
        let start = purchases.customers().filter_map(|it| it.0.first()).min().copied();
        let start = start.ok_or(FitError::NoCustomers)?;
        let split = as_of - as_of.saturating_sub(start) / SEEN_SHARE;
        let base = CustomerBase::of(purchases, split, clock).sampled(SAMPLE);
        let model = Fitter::new(&base)?.fit(whole.model.kind(), Some(whole))?.model;
        let weeks = clock.weeks(split, as_of);
        let came = base.hold_out(purchases, split, as_of).purchases;
        let first = first_days(&base, purchases);

        let sheet = Sheet::new(&base, |_| 1.0);
        let horizons = [weeks];
        let ahead = Ahead { horizons: &horizons, ..Ahead::default() };
        let expected = sheet.figures(&model, ahead).expected.pop().unwrap_or_default();
        let total: f64 = expected.iter().sum();
        let actual: f64 = came.iter().map(|it| f64::from(*it)).sum();
        let aim = total * (actual + DRAWN_BY) / (total + DRAWN_BY);
        let shop = pace_for(aim, total, |pace| sheet.total(&model, weeks * pace));

        let cohorts = 1 + (split - start).max(0) / COHORT_DAYS;
        let mut sums = vec![(0.0, 0.0); cohorts as usize];
        for ((first, came), expected) in first.iter().zip(&came).zip(&expected) {
            let sum = &mut sums[((first - start) / COHORT_DAYS) as usize];
            sum.0 += f64::from(*came);
            sum.1 += expected * aim / total.max(f64::MIN_POSITIVE);
        }
        let by_cohort = sums
            .into_iter()
            .map(|(came, expected)| bounded(shop * (came + DRAWN_BY) / (expected + DRAWN_BY)))
            .collect();
        Ok(Self { shop, start, by_cohort })
    }

    /// The pace of a customer who first bought on this day.
    pub fn of(&self, first_day: i32) -> f64 {
        let cohort = (i64::from(first_day) - i64::from(self.start)) / i64::from(COHORT_DAYS);
        let known = usize::try_from(cohort).ok().and_then(|cohort| self.by_cohort.get(cohort));
        known.copied().unwrap_or(self.shop)
    }

    /// A base made ready to be scored, each customer at the pace of their cohort.
    pub(crate) fn sheet(&self, base: &CustomerBase, first_days: &[i32]) -> Sheet {
        Sheet::new(base, |customer| self.of(first_days[customer]))
    }
}

fn bounded(pace: f64) -> f64 {
    pace.clamp(1.0 / MOST, MOST)
}

/// The pace at which the model expects `aim` purchases: it grows nearly in proportion.
fn pace_for(aim: f64, at_one: f64, expected: impl Fn(f64) -> f64) -> f64 {
    let (mut pace, mut found) = (1.0, at_one);
    for _ in 0..SECANT_STEPS {
        if found <= 0.0 {
            return 1.0;
        }
        pace = bounded(pace * aim / found);
        found = expected(pace);
    }
    pace
}

/// The first purchase day of each customer of the base.
pub(crate) fn first_days(base: &CustomerBase, purchases: Purchases<'_>) -> Vec<i32> {
    let mut own = base.customer.iter().copied().peekable();
    purchases
        .customers()
        .enumerate()
        .filter_map(|(customer, (days, _))| {
            own.next_if_eq(&(customer as u32))?;
            days.first().copied()
        })
        .collect()
}
