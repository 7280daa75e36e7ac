//! Customer lifetime value: expected purchases × expected spend, discounted.

use super::rows::Distinct;
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
    ValueOptions { months, monthly_discount, weeks_a_month }: ValueOptions,
) -> Vec<f64> {
    let distinct = Distinct::new(&base.history);
    let mut before = vec![0.0; distinct.histories.len()];
    let mut sum = before.clone();
    let mut worth = 1.0;
    for month in 1..=months {
        worth /= 1.0 + monthly_discount;
        let horizon = weeks_a_month * f64::from(month);
        let expected = model.expected_all(&distinct.histories, horizon);
        for ((sum, before), expected) in sum.iter_mut().zip(&mut before).zip(expected) {
            *sum += worth * (expected - *before);
            *before = expected;
        }
    }
    distinct.spread(&sum)
}
