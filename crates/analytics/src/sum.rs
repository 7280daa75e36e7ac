//! Sums of amounts.

/// No amount of a usual shop is as far from 0: 2⁴⁰ minor units.
const LARGE: i64 = 1 << 40;
/// Nor does it add up so many at once.
const MANY: usize = 1 << 22;

/// The sum of amounts in minor units, kept within an `i64`.
///
/// Fewer than 2²² amounts of at most 2⁴⁰ are together below 2⁶², so that none of their sums can leave
/// an `i64`: they are added as they are. Others are added one by one, each sum kept within bounds.
pub(crate) fn sum(amounts: &[i64]) -> i64 {
    // All bits of all distances from 0, those below it less one.
    let plain =
        |(sum, bits): (i64, i64), it: &i64| (sum.wrapping_add(*it), bits | (it ^ (it >> 63)));
    let (sum, bits) = amounts.iter().fold((0, 0), plain);
    if bits < LARGE && amounts.len() < MANY { sum } else { saturating(amounts) }
}

#[cold]
fn saturating(amounts: &[i64]) -> i64 {
    amounts.iter().fold(0, |sum: i64, it| sum.saturating_add(*it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sums_stay_within_bounds() {
        assert_eq!(sum(&[]), 0);
        assert_eq!(sum(&[i64::MAX, 1, -1]), i64::MAX - 1);
        assert_eq!(sum(&[i64::MIN, -1]), i64::MIN);
        assert_eq!(sum(&[LARGE, -LARGE, 7, -9]), -2);
        assert_eq!(sum(&[i64::MAX; 3]), i64::MAX);
    }

    proptest! {
        #[test]
        fn it_is_the_sum_kept_within_bounds(
            usual in prop::collection::vec(-9_000_000..9_000_000_i64, 0..20),
            any in prop::collection::vec(any::<i64>(), 0..3),
        ) {
            let amounts = [usual, any].concat();
            prop_assert_eq!(sum(&amounts), saturating(&amounts));
        }
    }
}
