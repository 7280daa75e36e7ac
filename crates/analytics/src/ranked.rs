//! Buyers' money in descending order: sorted once, read by scores, tiers and concentration.

/// The value of every buyer, highest first, with running sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedSpend {
    descending: Vec<i64>,
    /// `cumulative[k]` is the sum of the best `k` values.
    cumulative: Vec<i64>,
}

impl RankedSpend {
    /// Ranks the `value` (net or margin in minor units) of the customers with `orders` > 0.
    pub fn new(orders: &[u32], value: &[i64]) -> Self {
        let buyers = orders.iter().zip(value).filter(|(orders, _)| **orders > 0);
        Self::from_values(buyers.map(|(_, value)| *value).collect())
    }

    /// Ranks values that are all taken part in.
    pub fn from_values(mut values: Vec<i64>) -> Self {
        sort_descending(&mut values);
        let mut cumulative = Vec::with_capacity(values.len() + 1);
        let mut sum: i64 = 0;
        cumulative.push(sum);
        cumulative.extend(values.iter().map(|value| {
            sum = sum.saturating_add(*value);
            sum
        }));
        Self { descending: values, cumulative }
    }

    /// How many buyers there are.
    pub fn len(&self) -> usize {
        self.descending.len()
    }

    /// Whether nobody bought.
    pub fn is_empty(&self) -> bool {
        self.descending.is_empty()
    }

    /// The values, highest first.
    pub fn descending(&self) -> &[i64] {
        &self.descending
    }

    /// Sum of the best `count` values (of all when there are fewer).
    pub fn sum_of_best(&self, count: usize) -> i64 {
        self.cumulative[count.min(self.len())]
    }

    /// Sum of all values.
    pub fn total(&self) -> i64 {
        self.sum_of_best(self.len())
    }

    /// How many values are at least `value`.
    pub fn at_least(&self, value: i64) -> usize {
        self.descending.partition_point(|other| *other >= value)
    }

    pub(crate) fn cumulative(&self) -> &[i64] {
        &self.cumulative
    }
}

/// Bits of a digit: its counts stay in the nearest cache.
const DIGIT_BITS: u32 = 11;
const DIGITS: usize = 1 << DIGIT_BITS;

/// Sorts by the digits of each value's distance from the greatest, lowest digit first. Amounts lie
/// close together, so that two or three rounds do what a sort by comparison does in seventeen.
fn sort_descending(values: &mut Vec<i64>) {
    let Some(greatest) = values.iter().copied().max() else { return };
    let distance = |value: i64| greatest.abs_diff(value);
    let bits = values.iter().fold(0, |bits, value| bits | distance(*value));
    let mut other = vec![0; values.len()];
    let mut shift = 0;
    while shift < u64::BITS && bits >> shift > 0 {
        let digit = |value: i64| (distance(value) >> shift) as usize % DIGITS;
        let mut places = [0_u32; DIGITS];
        for value in values.iter() {
            places[digit(*value)] += 1;
        }
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        scatter(values, &mut other, &mut places, digit);
        std::mem::swap(values, &mut other);
        shift += DIGIT_BITS;
    }
}

/// Puts every value at the next place of its digit.
#[inline(never)]
fn scatter(
    values: &[i64],
    into: &mut [i64],
    places: &mut [u32; DIGITS],
    digit: impl Fn(i64) -> usize,
) {
    for &value in values {
        let place = &mut places[digit(value)];
        into[*place as usize] = value;
        *place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_fall_from_rank_to_rank(
            near in prop::collection::vec(-3_000..3_000_i64, 0..200),
            far in prop::collection::vec(any::<i64>(), 0..50),
        ) {
            let mut sorted = [near, far].concat();
            let spend = RankedSpend::from_values(sorted.clone());
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            prop_assert_eq!(spend.descending(), sorted);
        }
    }

    #[test]
    fn only_buyers_are_ranked() {
        let spend = RankedSpend::new(&[1, 0, 2, 1], &[5, 999, 30, 5]);
        assert_eq!(spend.descending(), [30, 5, 5]);
        assert_eq!([0, 1, 2, 3, 9].map(|count| spend.sum_of_best(count)), [0, 30, 35, 40, 40]);
        assert_eq!([31, 30, 6, 5, 0].map(|value| spend.at_least(value)), [0, 1, 1, 3, 3]);
    }
}
