//! Where customers stand on a scale of 0 to 100: among each other, or by signs.

/// The share of others with a strictly smaller value, in whole percent: 0 to 99.
///
/// Equal values stand equally; who has least, as who has never asked, stands at 0. `None` stays
/// `None` and is nobody's other.
pub fn percentiles<T: Ord + Copy>(values: &[Option<T>]) -> Vec<Option<u8>> {
    let mut sorted: Vec<T> = values.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let count = sorted.len().max(1);
    let place = |value: T| (sorted.partition_point(|it| *it < value) * 100 / count) as u8;
    values.iter().map(|value| value.map(place)).collect()
}

/// The mean of several standings of each customer; `None` where the first has none. Scales of which
/// there are none leave everybody at 0.
pub fn mean_standing(scales: &[Vec<Option<u8>>], who: &[bool]) -> Vec<Option<u8>> {
    let mean = |customer: usize| {
        let own = scales.iter().filter_map(|scale| scale[customer]);
        let sum: u32 = own.map(u32::from).sum();
        (sum / scales.len().max(1) as u32) as u8
    };
    who.iter().enumerate().map(|(customer, is_meant)| is_meant.then(|| mean(customer))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equals_stand_equally_and_the_least_at_nought() {
        for (values, expected) in [
            (vec![], vec![]),
            (vec![Some(7)], vec![Some(0)]),
            (
                vec![Some(0), Some(0), None, Some(3), Some(9)],
                vec![Some(0), Some(0), None, Some(50), Some(75)],
            ),
        ] {
            assert_eq!(percentiles(&values), expected);
        }
    }

    #[test]
    fn a_standing_of_several_scales_is_their_mean() {
        let scales = [vec![Some(0), Some(80), None], vec![Some(50), Some(81), None]];
        assert_eq!(mean_standing(&scales, &[true, true, false]), [Some(25), Some(80), None]);
        assert_eq!(mean_standing(&[], &[true, false]), [Some(0), None]);
    }

    proptest! {
        #[test]
        fn who_has_more_never_stands_lower(values in prop::collection::vec(-20..20_i64, 1..60)) {
            let some: Vec<Option<i64>> = values.iter().copied().map(Some).collect();
            let found = percentiles(&some);
            for (a, x) in values.iter().zip(&found) {
                for (b, y) in values.iter().zip(&found) {
                    prop_assert_eq!(a.cmp(b) == std::cmp::Ordering::Equal, x == y && a == b);
                    prop_assert!(a > b || x <= y);
                }
                prop_assert!(x.is_some_and(|it| it < 100));
            }
        }
    }
}
