//! Ranks of numbers with ties, and what is made of them.

use libm::sqrt;

/// The ranks from 1 on, equal values sharing the mean of theirs. Numbers only: no NaN.
pub(crate) fn average_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    tiny_sort::stable::sort_by(&mut order, |a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    // −0 and 0 are equal values though ordered one before the other.
    for same in order.chunk_by(|a, b| values[*a] >= values[*b]) {
        let rank = before as f64 + f64::midpoint(same.len() as f64, 1.0);
        for at in same {
            ranks[*at] = rank;
        }
        before += same.len();
    }
    ranks
}

/// Spearman's rank correlation of pairs; `None` with fewer than three or where a side is constant.
///
/// Source: Spearman (1904); Pearson's correlation of the ranks, which is right with ties too.
pub(crate) fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 3 {
        return None;
    }
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (first, second) = (average_ranks(&first), average_ranks(&second));
    let middle = f64::midpoint(pairs.len() as f64, 1.0);
    let (mut both, mut own, mut other) = (0.0, 0.0, 0.0);
    for (a, b) in first.iter().zip(&second) {
        both += (a - middle) * (b - middle);
        own += (a - middle) * (a - middle);
        other += (b - middle) * (b - middle);
    }
    (own > 0.0 && other > 0.0).then(|| (both / sqrt(own * other)).clamp(-1.0, 1.0))
}

/// The probability that a positive one has a greater score than a negative one, ties counting half:
/// the area under the ROC curve. `None` if there are none of either.
///
/// Source: Mann & Whitney (1947).
pub(crate) fn area_under_curve(scores: &[f64], is_positive: &[bool]) -> Option<f64> {
    let positives = is_positive.iter().filter(|it| **it).count() as f64;
    let negatives = is_positive.len() as f64 - positives;
    if positives <= 0.0 || negatives <= 0.0 {
        return None;
    }
    let ranks = average_ranks(scores);
    let sum: f64 = ranks.iter().zip(is_positive).filter(|it| *it.1).map(|it| it.0).sum();
    Some((sum - positives * (positives + 1.0) / 2.0) / (positives * negatives))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_ranks() {
        let ranks = average_ranks(&[3.0, 1.0, 3.0, 2.0, 3.0, 0.0, -0.0]);
        assert_eq!(format!("{ranks:?}"), "[6.0, 3.0, 6.0, 4.0, 6.0, 1.5, 1.5]");
    }

    #[test]
    fn correlation_of_ranks() {
        assert_eq!(rank_correlation(&[(1.0, 10.0), (2.0, 20.0), (9.0, 21.0)]), Some(1.0));
        assert_eq!(rank_correlation(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]), Some(-1.0));
        assert_eq!(rank_correlation(&[(1.0, 3.0), (1.0, 2.0), (1.0, 1.0)]), None);
        assert_eq!(rank_correlation(&[(1.0, 3.0), (2.0, 2.0)]), None);
        // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 ÷ √(4.5 · 5).
        let found = rank_correlation(&[(1.0, 1.0), (2.0, 3.0), (2.0, 2.0), (3.0, 4.0)]).unwrap();
        assert!((found - 4.5 / 22.5_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn the_area_counts_pairs_in_the_right_order() {
        let area = |scores: &[f64]| area_under_curve(scores, &[true, false, true, false]);
        assert_eq!(area(&[4.0, 1.0, 3.0, 2.0]), Some(1.0));
        assert_eq!(area(&[1.0; 4]), Some(0.5));
        assert_eq!(area(&[2.0, 1.0, 3.0, 3.0]), Some(0.625));
        assert_eq!(area_under_curve(&[1.0, 2.0], &[true, true]), None);
    }
}
