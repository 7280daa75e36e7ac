//! Customer delivered value: what a customer gets, less what it costs them.

use crate::intervals::{Mean, mean_of};

/// Answers of 1 to 5, and how each part weighs.
///
/// Values: product, service, personnel, image. Costs: money, time, energy, psychic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueWeights {
    /// Of the values.
    pub values: [f64; 4],
    /// Of the costs.
    pub costs: [f64; 4],
}

impl Default for ValueWeights {
    /// All alike.
    fn default() -> Self {
        Self { values: [1.0; 4], costs: [1.0; 4] }
    }
}

/// One customer's judgement, each part from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ValueAnswer {
    /// Product, service, personnel and image value.
    pub values: [u8; 4],
    /// Money, time, energy and psychic cost.
    pub costs: [u8; 4],
}

/// What a customer gets and what it costs them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeliveredValue {
    /// Weighted sum of the values.
    pub value: f64,
    /// Weighted sum of the costs.
    pub cost: f64,
}

impl DeliveredValue {
    /// Value less cost.
    pub fn difference(self) -> f64 {
        self.value - self.cost
    }

    /// Value ÷ cost; `None` where nothing costs anything.
    pub fn ratio(self) -> Option<f64> {
        (self.cost > 0.0).then(|| self.value / self.cost)
    }
}

/// Σ weight · value and Σ weight · cost of one answer; `None` if a part is not from 1 to 5.
///
/// Source: Kotler, "Marketing Management", total customer value and total customer cost.
pub fn delivered_value(answer: ValueAnswer, weights: &ValueWeights) -> Option<DeliveredValue> {
    let is_answered = |parts: &[u8; 4]| parts.iter().all(|part| (1..=5).contains(part));
    let sum = |parts: &[u8; 4], weights: &[f64; 4]| {
        parts.iter().zip(weights).map(|(part, weight)| f64::from(*part) * weight).sum()
    };
    (is_answered(&answer.values) && is_answered(&answer.costs)).then(|| DeliveredValue {
        value: sum(&answer.values, &weights.values),
        cost: sum(&answer.costs, &weights.costs),
    })
}

/// The delivered value of a product, a segment or a competitor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeliveredValues {
    /// Value less cost, with its interval of 95 %.
    pub difference: Mean,
    /// Mean value ÷ mean cost.
    pub ratio: Option<f64>,
}

/// Sums up complete answers; `None` without any.
pub fn delivered_values(
    answers: impl Iterator<Item = ValueAnswer>,
    weights: &ValueWeights,
) -> Option<DeliveredValues> {
    let judged: Vec<DeliveredValue> =
        answers.filter_map(|answer| delivered_value(answer, weights)).collect();
    let sum = |of: fn(&DeliveredValue) -> f64| judged.iter().map(of).sum::<f64>();
    let total = DeliveredValue { value: sum(|it| it.value), cost: sum(|it| it.cost) };
    let difference = mean_of(judged.iter().map(|it| it.difference()))?;
    Some(DeliveredValues { difference, ratio: total.ratio() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: ValueAnswer = ValueAnswer { values: [5, 4, 4, 3], costs: [2, 2, 1, 1] };

    #[test]
    fn the_example_of_the_definition() {
        let found = delivered_value(GOOD, &ValueWeights::default()).unwrap();
        assert_eq!(found, DeliveredValue { value: 16.0, cost: 6.0 });
        assert_eq!(found.difference().to_bits(), 10.0_f64.to_bits());
        assert_eq!(found.ratio(), Some(16.0 / 6.0));
    }

    #[test]
    fn weights_change_the_ranking() {
        let cheap = ValueAnswer { values: [3, 3, 3, 3], costs: [1, 1, 1, 1] };
        let order = |weights: &ValueWeights| {
            let of = |answer| delivered_value(answer, weights).unwrap().difference();
            of(GOOD) > of(cheap)
        };
        assert!(order(&ValueWeights::default()));
        assert!(!order(&ValueWeights { costs: [3.0; 4], ..ValueWeights::default() }));
    }

    #[test]
    fn incomplete_answers_do_not_count() {
        let incomplete = ValueAnswer { values: [0, 4, 4, 3], ..GOOD };
        let weights = ValueWeights::default();
        assert_eq!(delivered_value(incomplete, &weights), None);
        assert_eq!(delivered_values([incomplete].into_iter(), &weights), None);
        let found = delivered_values([GOOD, incomplete, GOOD].into_iter(), &weights).unwrap();
        assert_eq!((found.difference.n, found.ratio), (2, Some(16.0 / 6.0)));
        let free = ValueWeights { costs: [0.0; 4], ..weights };
        assert_eq!(delivered_value(GOOD, &free).and_then(DeliveredValue::ratio), None);
    }
}
