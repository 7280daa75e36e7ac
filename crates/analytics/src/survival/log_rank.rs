//! Whether groups wait differently.

use crate::Codes;
use crate::intervals::chi_square_tail;

/// The comparison of several groups' waiting.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRank {
    /// Purchases that came, in each group.
    pub observed: Vec<u32>,
    /// Purchases to expect in each group if all waited alike.
    pub expected: Vec<f64>,
    /// The statistic.
    pub chi_square: f64,
    /// Groups that can be told apart, less one.
    pub degrees: usize,
    /// Probability of a statistic at least as great if all wait alike.
    pub p_value: f64,
}

/// The log-rank test between the groups; subjects without one are left out.
///
/// `groups` has one entry a subject. `None` if fewer than two groups have subjects at risk together
/// with others at some purchase.
///
/// Source: Mantel (1966); Peto & Peto (1972). χ² = (O − E)ᵀ V⁻¹ (O − E) with the hypergeometric V.
pub fn log_rank(days: &[u32], is_event: &[bool], groups: Codes<'_>) -> Option<LogRank> {
    let columns = days.iter().zip(is_event).zip(groups.iter());
    let mut rows: Vec<(u32, bool, usize)> =
        columns.filter_map(|((days, is_event), group)| Some((*days, *is_event, group?))).collect();
    rows.sort_unstable();
    let mut sums = Sums::new(&rows, groups.labels());
    for same in rows.chunk_by(|a, b| a.0 == b.0) {
        sums.add(same);
    }
    let (chi_square, degrees) = sums.statistic()?;
    let p_value = chi_square_tail(chi_square, degrees);
    Some(LogRank { observed: sums.observed, expected: sums.expected, chi_square, degrees, p_value })
}

struct Sums {
    at_risk: Vec<u32>,
    observed: Vec<u32>,
    expected: Vec<f64>,
    /// Covariance of the observed, row by row.
    covariance: Vec<f64>,
}

impl Sums {
    fn new(rows: &[(u32, bool, usize)], groups: usize) -> Self {
        let mut at_risk = vec![0; groups];
        for (_, _, group) in rows {
            at_risk[*group] += 1;
        }
        let zeros = vec![0.0; groups];
        Self {
            at_risk,
            observed: vec![0; groups],
            expected: zeros,
            covariance: vec![0.0; groups * groups],
        }
    }

    /// Adds the subjects whose wait ended after the same number of days.
    fn add(&mut self, same: &[(u32, bool, usize)]) {
        let groups = self.at_risk.len();
        let n: f64 = self.at_risk.iter().map(|it| f64::from(*it)).sum();
        let d = same.iter().filter(|row| row.1).count() as f64;
        if d > 0.0 {
            let ties = if n > 1.0 { d * (n - d) / (n - 1.0) } else { 0.0 };
            for a in 0..groups {
                let share = f64::from(self.at_risk[a]) / n;
                self.expected[a] += d * share;
                for b in 0..groups {
                    let other = f64::from(self.at_risk[b]) / n;
                    let own = if a == b { share } else { 0.0 };
                    self.covariance[a * groups + b] += ties * (own - share * other);
                }
            }
        }
        for (_, is_event, group) in same {
            self.observed[*group] += u32::from(*is_event);
            self.at_risk[*group] -= 1;
        }
    }

    /// The covariance is singular, as the differences sum to 0: elimination takes groups as long as
    /// something of their variance is left, and each adds its part of χ².
    fn statistic(&self) -> Option<(f64, usize)> {
        let groups = self.observed.len();
        let mut matrix = self.covariance.clone();
        let mut difference: Vec<f64> = self
            .observed
            .iter()
            .zip(&self.expected)
            .map(|(observed, expected)| f64::from(*observed) - expected)
            .collect();
        let (mut chi_square, mut degrees) = (0.0, 0);
        for pivot in 0..groups {
            let variance = matrix[pivot * groups + pivot];
            if variance <= 1e-9 * self.covariance[pivot * groups + pivot].max(1e-9) {
                continue;
            }
            chi_square += difference[pivot] * difference[pivot] / variance;
            degrees += 1;
            for row in pivot + 1..groups {
                let factor = matrix[row * groups + pivot] / variance;
                difference[row] -= factor * difference[pivot];
                for column in pivot..groups {
                    matrix[row * groups + column] -= factor * matrix[pivot * groups + column];
                }
            }
        }
        (degrees > 0).then_some((chi_square, degrees))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_wait_alike_are_not_told_apart() {
        let days = [1, 2, 3, 4, 1, 2, 3, 4];
        let codes = [0, 0, 0, 0, 1, 1, 1, 1];
        let test = log_rank(&days, &[true; 8], Codes::new(&codes, 2)).unwrap();
        assert_eq!((test.chi_square, test.degrees, test.p_value), (0.0, 1, 1.0));
        assert_eq!(test.observed, [4, 4]);
    }

    #[test]
    fn an_empty_group_changes_nothing() {
        let days = [1, 2, 3, 4, 5, 6, 7];
        let is_event = [true, true, false, true, true, true, false];
        let codes = [0, 1, 0, 1, 2, 2, 0];
        let with = |labels| log_rank(&days, &is_event, Codes::new(&codes, labels)).unwrap();
        let (three, five) = (with(3), with(5));
        assert_eq!((three.degrees, five.degrees), (2, 2));
        assert!((three.chi_square - five.chi_square).abs() < 1e-12);
        let all: f64 = three.expected.iter().sum();
        assert!((all - 5.0).abs() < 1e-12);
    }

    #[test]
    fn one_group_alone_cannot_be_compared() {
        assert_eq!(log_rank(&[1, 2], &[true; 2], Codes::new(&[0, 0], 2)), None);
        assert_eq!(log_rank(&[], &[], Codes::new(&[], 2)), None);
    }
}
