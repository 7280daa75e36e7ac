//! How good predictions were, once the days have come.

use crate::ranks::area_under_curve;

/// What was predicted of each customer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prediction {
    /// Expected purchases.
    pub expected: Vec<f64>,
    /// The chance of at least one purchase.
    pub p_active: Vec<f64>,
}

/// Predictions against what happened. No one figure tells all: "nobody buys" can win the mean
/// absolute error.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Metrics {
    /// Purchases predicted, of all customers.
    pub predicted: f64,
    /// Purchases that came.
    pub actual: u64,
    /// Predicted ÷ actual − 1; `None` if nothing came.
    pub bias: Option<f64>,
    /// Mean absolute error of purchases.
    pub mae: f64,
    /// Root of the mean squared error of purchases.
    pub rmse: f64,
    /// The chance that a customer who came back was given a greater chance than one who did not;
    /// `None` if all or none did.
    pub auc: Option<f64>,
    /// Mean squared error of the chance.
    pub brier: f64,
    /// Mean negative log of the chance given to what happened. Chances count as at least
    /// [`SMALLEST_CHANCE`] from 0 and 1.
    pub log_loss: f64,
    /// Share of all purchases that the tenth with the greatest predictions made.
    pub top_decile: Option<f64>,
    /// Gini of the purchases in the order of predictions ÷ that in their own order (Wang, Liu & Miao
    /// 2019).
    pub gini: Option<f64>,
    /// Share of all purchases that the best tenth, two tenths, … made.
    pub capture: Option<[f64; 10]>,
}

/// So sure may a prediction be, for the log-loss.
pub const SMALLEST_CHANCE: f64 = 1e-9;

impl Metrics {
    /// Compares predictions with the purchases of the same customers. `None` of nobody.
    pub fn of(prediction: &Prediction, actual: &[u32]) -> Option<Self> {
        let customers = actual.len() as f64;
        if actual.is_empty() {
            return None;
        }
        let (mut absolute, mut squared, mut brier, mut log_loss) = (0.0, 0.0, 0.0, 0.0);
        for ((expected, chance), actual) in
            prediction.expected.iter().zip(&prediction.p_active).zip(actual)
        {
            let error = expected - f64::from(*actual);
            absolute += error.abs();
            squared += error * error;
            let came = f64::from(u8::from(*actual > 0));
            brier += (chance - came) * (chance - came);
            let given = if *actual > 0 { *chance } else { 1.0 - chance };
            log_loss -= libm::log(given.clamp(SMALLEST_CHANCE, 1.0 - SMALLEST_CHANCE));
        }
        let came: Vec<bool> = actual.iter().map(|it| *it > 0).collect();
        let predicted = prediction.expected.iter().sum::<f64>();
        let total: u64 = actual.iter().map(|it| u64::from(*it)).sum();
        let capture = Lorenz::new(&prediction.expected, actual);
        let best = Lorenz::new(&actual.iter().map(|it| f64::from(*it)).collect::<Vec<_>>(), actual);
        Some(Self {
            predicted,
            actual: total,
            bias: (total > 0).then(|| predicted / total as f64 - 1.0),
            mae: absolute / customers,
            rmse: (squared / customers).sqrt(),
            auc: area_under_curve(&prediction.p_active, &came),
            brier: brier / customers,
            log_loss: log_loss / customers,
            top_decile: capture.share_of_best((customers / 10.0).ceil()),
            gini: capture
                .gini()
                .zip(best.gini())
                .and_then(|(own, best)| (best > 0.0).then(|| own / best)),
            capture: capture.deciles(),
        })
    }
}

/// Customers by prediction, the greatest first; equal predictions are one step and share alike.
struct Lorenz {
    /// Customers and purchases up to and with each step.
    steps: Vec<(f64, f64)>,
}

impl Lorenz {
    fn new(by: &[f64], actual: &[u32]) -> Self {
        let mut pairs: Vec<(f64, u32)> = by.iter().copied().zip(actual.iter().copied()).collect();
        pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let (mut customers, mut purchases) = (0.0, 0.0);
        let mut steps = vec![(0.0, 0.0)];
        for equal in pairs.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            customers += equal.len() as f64;
            purchases += equal.iter().map(|it| f64::from(it.1)).sum::<f64>();
            steps.push((customers, purchases));
        }
        Self { steps }
    }

    fn end(&self) -> (f64, f64) {
        self.steps.last().copied().unwrap_or_default()
    }

    fn share_of_best(&self, customers: f64) -> Option<f64> {
        let total = self.end().1;
        let at = self.steps.partition_point(|step| step.0 < customers);
        let (to, from) = (self.steps.get(at)?, self.steps.get(at.checked_sub(1)?)?);
        let inside = (customers - from.0) / (to.0 - from.0);
        (total > 0.0).then(|| (from.1 + inside * (to.1 - from.1)) / total)
    }

    fn deciles(&self) -> Option<[f64; 10]> {
        let tenth = self.end().0 / 10.0;
        let mut shares = [0.0; 10];
        for (tenths, share) in (1u8..).zip(&mut shares) {
            *share = self.share_of_best((f64::from(tenths) * tenth).min(self.end().0))?;
        }
        Some(shares)
    }

    /// Twice the area between the curve and the diagonal; `None` without purchases.
    fn gini(&self) -> Option<f64> {
        let (customers, purchases) = self.end();
        let area: f64 = self
            .steps
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0) * f64::midpoint(pair[0].1, pair[1].1))
            .sum();
        (purchases > 0.0).then(|| 2.0 * area / (customers * purchases) - 1.0)
    }
}

/// Predicted and actual mean purchases of customers with the same number of repeats.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FrequencyBin {
    /// Repeats in the calibration; the last bin holds all with as many or more.
    pub repeats: u32,
    /// Customers in it.
    pub customers: u32,
    /// Their mean predicted purchases.
    pub predicted: f64,
    /// Their mean purchases.
    pub actual: f64,
}

/// The last bin of [`calibration`] holds so many repeats and more.
pub const LAST_BIN: u32 = 7;

/// Means by repeats 0, 1, … 6, 7 and more; bins without customers are left out.
pub fn calibration(
    repeats: impl Iterator<Item = u32>,
    expected: &[f64],
    actual: &[u32],
) -> Vec<FrequencyBin> {
    let mut sums = [(0u32, 0.0, 0.0); LAST_BIN as usize + 1];
    for ((repeats, expected), actual) in repeats.zip(expected).zip(actual) {
        let sum = &mut sums[repeats.min(LAST_BIN) as usize];
        sum.0 += 1;
        sum.1 += expected;
        sum.2 += f64::from(*actual);
    }
    (0..)
        .zip(sums)
        .filter(|(_, (customers, ..))| *customers > 0)
        .map(|(repeats, (customers, predicted, actual))| FrequencyBin {
            repeats,
            customers,
            predicted: predicted / f64::from(customers),
            actual: actual / f64::from(customers),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics(expected: &[f64], p_active: &[f64], actual: &[u32]) -> Metrics {
        let prediction = Prediction { expected: expected.to_vec(), p_active: p_active.to_vec() };
        Metrics::of(&prediction, actual).unwrap()
    }

    #[test]
    fn four_customers_by_hand() {
        let found = metrics(&[2.0, 1.0, 0.5, 0.5], &[0.8, 0.6, 0.4, 0.4], &[3, 0, 1, 0]);
        assert_eq!((found.predicted, found.actual, found.bias), (4.0, 4, Some(0.0)));
        assert!((found.mae - 3.0 / 4.0).abs() < 1e-15);
        assert!((found.rmse - (2.5f64 / 4.0).sqrt()).abs() < 1e-15);
        // Pairs of one who came and one who did not: 0.8 beats both; 0.4 loses to 0.6 and ties.
        assert_eq!(found.auc, Some(2.5 / 4.0));
        assert!((found.brier - (0.04 + 0.36 + 0.36 + 0.16) / 4.0).abs() < 1e-15);
        let log_loss = -(0.8f64.ln() + 0.4f64.ln() + 0.4f64.ln() + 0.6f64.ln()) / 4.0;
        assert!((found.log_loss - log_loss).abs() < 1e-15);
        assert_eq!(found.top_decile, Some(0.75));
        // The two with equal predictions share the last purchase.
        for (found, expected) in found.capture.unwrap()[7..].iter().zip([0.9, 0.95, 1.0]) {
            assert!((found - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn the_order_of_the_purchases_themselves_has_a_gini_of_1() {
        let gini = |expected: &[f64]| metrics(expected, &[0.5; 3], &[7, 2, 0]).gini.unwrap();
        let cases = [([9.0, 5.0, 0.1], 1.0), ([0.1, 5.0, 9.0], -1.0), ([1.0; 3], 0.0)];
        for (expected, known) in cases {
            assert!((gini(&expected) - known).abs() < 1e-12, "{expected:?}");
        }
    }

    #[test]
    fn what_has_no_value_is_none_and_a_wrong_certainty_is_finite() {
        let nobody = metrics(&[0.0, 0.0], &[0.0, 1.0], &[0, 0]);
        assert_eq!(
            (nobody.bias, nobody.auc, nobody.top_decile, nobody.gini),
            (None, None, None, None)
        );
        assert!(nobody.log_loss > 6.0 && nobody.log_loss.is_finite());
        assert_eq!(Metrics::of(&Prediction::default(), &[]), None);
    }

    #[test]
    fn bins_are_by_repeats() {
        let bins = calibration([0, 9, 0, 7].into_iter(), &[0.5, 4.0, 1.5, 6.0], &[0, 3, 3, 4]);
        let bin = |repeats, customers, predicted, actual| FrequencyBin {
            repeats,
            customers,
            predicted,
            actual,
        };
        assert_eq!(bins, [bin(0, 2, 1.0, 1.5), bin(7, 2, 5.0, 3.5)]);
    }
}
