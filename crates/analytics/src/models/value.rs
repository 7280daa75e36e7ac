//! Customer lifetime value: expected purchases × expected spend, discounted.

use super::scores::{Ahead, Sheet};
use super::{BuyingModel, CustomerBase, GammaGamma, SpendError};

/// How far value is looked at, and what later money is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueOptions {
    /// Months ahead.
    pub months: u32,
    /// Discount a month: 0.01 is 1 %.
    pub monthly_discount: f64,
    /// Weeks of a month.
    pub weeks_a_month: f64,
}

impl Default for ValueOptions {
    fn default() -> Self {
        Self { months: 12, monthly_discount: 0.01, weeks_a_month: 4.345 }
    }
}

/// Value of each customer of the base over the coming months, in the unit of the spends:
/// Σᵢ E\[spend\] × (expected purchases in month i) ÷ (1 + discount)ⁱ (formulas §6).
///
/// Refused if the shop's mean spend does not exist.
pub fn lifetime_value(
    base: &CustomerBase,
    model: &dyn BuyingModel,
    spend: &GammaGamma,
    options: ValueOptions,
) -> Result<Vec<f64>, SpendError> {
    let purchases = discounted_purchases(base, model, options);
    base.history
        .iter()
        .zip(&base.mean_spend)
        .zip(purchases)
        .map(|((history, mean), purchases)| {
            let spend = spend.expected(history.repeats, *mean).ok_or(SpendError::NoMean)?;
            Ok(purchases * spend)
        })
        .collect()
}

/// Expected purchases of each customer over the coming months, those of later months counted less.
pub fn discounted_purchases(
    base: &CustomerBase,
    model: &dyn BuyingModel,
    options: ValueOptions,
) -> Vec<f64> {
    let weighted = options.weights(|weeks| weeks);
    let ahead = Ahead { weighted: &weighted, ..Ahead::default() };
    Sheet::new(base, |_| 1.0).figures(model, ahead).weighted
}

impl ValueOptions {
    /// Horizons in weeks, each with the weight of the purchases expected until then, so that the sum
    /// is that of the purchases of each month times what money of that month is worth. `weeks` says
    /// how many of the model's weeks so many plain ones ahead are.
    pub(crate) fn weights(&self, weeks: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        let worth = |month: u32| libm::pow(1.0 + self.monthly_discount, -f64::from(month));
        let weight = |month: u32| {
            let next = if month < self.months { worth(month + 1) } else { 0.0 };
            worth(month) - next
        };
        let horizon = |month: u32| weeks(self.weeks_a_month * f64::from(month));
        (1..=self.months).map(|month| (horizon(month), weight(month))).collect()
    }
}
