//! What customers perceived, less what they expected.

use crate::intervals::{Interval, mean_of};

/// One customer's gap on one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Perception less expectation.
    pub value: i16,
    /// Whether the perception reaches the expectation.
    pub is_satisfied: bool,
}

/// The gap of one pair of answers.
pub fn gap(expectation: u8, perception: u8) -> Gap {
    let value = i16::from(perception) - i16::from(expectation);
    Gap { value, is_satisfied: value >= 0 }
}

/// Pairs of answers about one dimension, one entry a customer; `None` where one was not answered.
#[derive(Debug, Clone, Copy)]
pub struct Dimension<'a> {
    /// What was expected.
    pub expectation: &'a [Option<u8>],
    /// What was perceived.
    pub perception: &'a [Option<u8>],
    /// Its weight in the index.
    pub weight: f64,
}

/// The pairs of a dimension, summed up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DimensionGap {
    /// Complete pairs.
    pub n: u64,
    /// Mean expectation of the pairs.
    pub expectation: f64,
    /// Mean perception of the pairs.
    pub perception: f64,
    /// Mean gap.
    pub gap: f64,
    /// Its interval of 95 %; `None` with a single pair.
    pub interval: Option<Interval>,
    /// Share of customers whose gap is not negative.
    pub satisfied: f64,
}

/// All dimensions together.
#[derive(Debug, Clone, PartialEq)]
pub struct GapIndex {
    /// Each dimension in turn; `None` without a complete pair.
    pub dimensions: Vec<Option<DimensionGap>>,
    /// Σ weight · mean gap over the dimensions with pairs; `None` without any.
    pub index: Option<f64>,
}

/// Sums up expectation and perception by dimension, and the weighted index of all (Kotler's
/// satisfaction: perceived performance against expectation).
pub fn gap_index(dimensions: &[Dimension<'_>]) -> GapIndex {
    let summed: Vec<Option<DimensionGap>> = dimensions.iter().map(sum_up).collect();
    let weighted = summed.iter().zip(dimensions);
    let known = weighted.filter_map(|(sum, dimension)| Some(dimension.weight * sum.as_ref()?.gap));
    let index = known.reduce(|sum, gap| sum + gap).filter(|index| index.is_finite());
    GapIndex { dimensions: summed, index }
}

fn sum_up(dimension: &Dimension<'_>) -> Option<DimensionGap> {
    let answers = dimension.expectation.iter().zip(dimension.perception);
    let pairs: Vec<(u8, u8)> =
        answers.filter_map(|(expected, perceived)| Some(((*expected)?, (*perceived)?))).collect();
    let gaps = || pairs.iter().map(|(expected, perceived)| gap(*expected, *perceived));
    let mean = mean_of(gaps().map(|gap| f64::from(gap.value)))?;
    let n = pairs.len() as f64;
    let average =
        |side: fn(&(u8, u8)) -> u8| pairs.iter().map(|pair| f64::from(side(pair))).sum::<f64>() / n;
    Some(DimensionGap {
        n: mean.n,
        expectation: average(|pair| pair.0),
        perception: average(|pair| pair.1),
        gap: mean.mean,
        interval: mean.interval,
        satisfied: gaps().filter(|gap| gap.is_satisfied).count() as f64 / n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_high_perception_below_the_expectation_dissatisfies() {
        assert_eq!(gap(4, 5), Gap { value: 1, is_satisfied: true });
        assert_eq!(gap(5, 4), Gap { value: -1, is_satisfied: false });
        assert_eq!(gap(3, 3), Gap { value: 0, is_satisfied: true });
    }

    #[test]
    fn the_index_weighs_the_mean_gaps() {
        let (low, high) = ([Some(4), Some(5), None, Some(5)], [Some(5), Some(4), Some(3), Some(5)]);
        let of = |expectation, perception, weight| Dimension { expectation, perception, weight };
        let found = gap_index(&[
            of(&low, &high, 0.5),
            of(&[Some(5)], &[Some(3)], 0.25),
            of(&[Some(5)], &[None], 0.25),
        ]);
        let first = found.dimensions[0].unwrap();
        assert_eq!((first.n, first.interval.is_some()), (3, true));
        let expected = [14.0 / 3.0, 14.0 / 3.0, 0.0, 2.0 / 3.0];
        let sums = [first.expectation, first.perception, first.gap, first.satisfied];
        assert!(sums.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{sums:?}");
        assert_eq!(found.dimensions[2], None);
        assert!((found.index.unwrap() + 0.5).abs() < 1e-12);
        assert_eq!(gap_index(&[]).index, None);
    }
}
