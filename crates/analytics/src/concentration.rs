//! How unevenly spend is spread over customers: Lorenz curve, Pareto share, Gini coefficient.

use crate::RankedSpend;

/// A point of the curve; both run from 0 to 1, best customers first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Cumulative share of customers.
    pub customers: f64,
    /// Cumulative share of net.
    pub net: f64,
}

/// How concentrated spend is.
#[derive(Debug, Clone, PartialEq)]
pub struct Concentration {
    /// Share of net that the best 20 % of customers bring, on the straight line between the two
    /// nearest customers when a fifth of them is no whole number.
    pub top20_share: f64,
    /// Gini coefficient: 0 when all spend the same, (n − 1) ÷ n when one spends everything.
    pub gini: f64,
    /// Share of customers, counted in whole ones from the best, that brings 80 % of net.
    pub share_for_80: f64,
    /// The curve at 0 %, 1 % … 100 % of customers.
    pub curve: Vec<CurvePoint>,
}

impl RankedSpend {
    /// The concentration of spend; `None` unless the total is positive and no value is negative.
    ///
    /// Sums are exact; each share is rounded once, at its only division.
    pub fn concentration(&self) -> Option<Concentration> {
        let lowest = *self.descending().last()?;
        if lowest < 0 || self.total() <= 0 {
            return None;
        }
        let curve = (0..=100)
            .map(|percent| CurvePoint {
                customers: f64::from(percent) / 100.0,
                net: self.share_of_best(percent),
            })
            .collect();
        Some(Concentration {
            top20_share: self.share_of_best(20),
            gini: self.gini(),
            share_for_80: self.count_for(80) as f64 / self.len() as f64,
            curve,
        })
    }

    /// Share of the total that the best `percent` of customers bring, interpolated.
    fn share_of_best(&self, percent: u32) -> f64 {
        let hundredths = self.len() * percent as usize;
        let (whole, part) = (hundredths / 100, hundredths % 100);
        let next = self.descending().get(whole).copied().unwrap_or(0);
        let sum = 100 * i128::from(self.sum_of_best(whole)) + part as i128 * i128::from(next);
        sum as f64 / (100 * i128::from(self.total())) as f64
    }

    /// With x ascending, G = (2·Σ i·xᵢ − (n + 1)·Σ x) ÷ (n·Σ x), and Σ i·xᵢ is the sum of the
    /// running sums from the other end.
    fn gini(&self) -> f64 {
        let n = self.len() as i128;
        let total = i128::from(self.total());
        let weighted: i128 = self.cumulative().iter().map(|sum| i128::from(*sum)).sum();
        (2 * weighted - (n + 1) * total) as f64 / (n * total) as f64
    }

    /// The fewest of the best customers that reach `percent` of the total.
    fn count_for(&self, percent: u32) -> usize {
        let needed = i128::from(self.total()) * i128::from(percent);
        self.cumulative().partition_point(|sum| 100 * i128::from(*sum) < needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[i64]) -> Option<Concentration> {
        RankedSpend::from_values(values.to_vec()).concentration()
    }

    #[test]
    fn one_customer_in_five_brings_four_fifths() {
        let pareto = of(&[5, 80, 5, 5, 5]).unwrap();
        assert_eq!(Some(pareto.top20_share), Some(0.80));
        assert_eq!(Some(pareto.share_for_80), Some(0.20));
        assert_eq!(Some(pareto.gini), Some(0.6));
        assert_eq!(pareto.curve.len(), 101);
        assert_eq!(pareto.curve[40], CurvePoint { customers: 0.4, net: 0.85 });
        assert_eq!(pareto.curve[100], CurvePoint { customers: 1.0, net: 1.0 });
    }

    #[test]
    fn equal_spend_gives_a_fifth_to_a_fifth_whatever_the_number() {
        for n in 1..=123 {
            let equal = of(&vec![12_345; n]).unwrap();
            assert_eq!((n, equal.top20_share, equal.gini), (n, 0.20, 0.0));
        }
    }

    #[test]
    fn undefined_without_positive_spend() {
        for values in [&[][..], &[0, 0], &[10, -1]] {
            assert_eq!(of(values), None, "{values:?}");
        }
    }

    #[test]
    fn the_greatest_amounts_do_not_overflow() {
        let two = of(&[i64::MAX / 2, i64::MAX / 2]).unwrap();
        assert_eq!((two.gini, two.share_for_80), (0.0, 1.0));
    }
}
