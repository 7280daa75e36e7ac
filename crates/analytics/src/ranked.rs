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
        values.sort_unstable_by(|a, b| b.cmp(a));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_buyers_are_ranked() {
        let spend = RankedSpend::new(&[1, 0, 2, 1], &[5, 999, 30, 5]);
        assert_eq!(spend.descending(), [30, 5, 5]);
        assert_eq!([0, 1, 2, 3, 9].map(|count| spend.sum_of_best(count)), [0, 30, 35, 40, 40]);
        assert_eq!([31, 30, 6, 5, 0].map(|value| spend.at_least(value)), [0, 1, 1, 3, 3]);
    }
}
