//! How often each small whole number occurs.

/// Values below this are counted in a table: 44 years of days, more orders than anyone places.
const TABLE: usize = 1 << 14;

/// Counts of whole numbers (days, orders), from which any rank can be read without sorting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    counts: Vec<u32>,
    /// The rare values beyond the table, in order of arrival.
    large: Vec<u32>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { counts: vec![0; TABLE], large: Vec::new() }
    }
}

impl FromIterator<u32> for Tally {
    fn from_iter<I: IntoIterator<Item = u32>>(values: I) -> Self {
        let mut tally = Self::default();
        values.into_iter().for_each(|value| tally.add(value));
        tally
    }
}

impl Tally {
    /// Counts one value.
    #[inline]
    pub fn add(&mut self, value: u32) {
        match self.counts.get_mut(value as usize) {
            Some(count) => *count += 1,
            None => self.large.push(value),
        }
    }

    /// How many values were counted.
    pub fn len(&self) -> usize {
        self.counts.iter().map(|count| *count as usize).sum::<usize>() + self.large.len()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at position `rank` of the ascending order, counted from 0.
    pub fn nth(&self, rank: usize) -> Option<u32> {
        let mut before = 0;
        for (value, count) in self.counts.iter().enumerate() {
            before += *count as usize;
            if rank < before {
                return Some(value as u32);
            }
        }
        let rank = rank - before;
        let mut large = self.large.clone();
        (rank < large.len()).then(|| *large.select_nth_unstable(rank).1)
    }

    /// The middle value; the mean of the two middle ones when their number is even.
    pub fn median(&self) -> Option<f64> {
        let len = self.len();
        let (low, high) = (self.nth(len.checked_sub(1)? / 2)?, self.nth(len / 2)?);
        Some(f64::midpoint(f64::from(low), f64::from(high)))
    }

    /// The percentile by nearest rank: the smallest value that at least `percent` of all do not
    /// exceed.
    pub fn nearest_rank(&self, percent: u8) -> Option<u32> {
        let rank = (self.len() * usize::from(percent.min(100))).div_ceil(100);
        self.nth(rank.saturating_sub(1))
    }

    /// The arithmetic mean.
    pub fn mean(&self) -> Option<f64> {
        let len = self.len();
        let small: u64 = self
            .counts
            .iter()
            .enumerate()
            .map(|(value, count)| value as u64 * u64::from(*count))
            .sum();
        let large: u64 = self.large.iter().map(|value| u64::from(*value)).sum();
        (len > 0).then(|| (small + large) as f64 / len as f64)
    }

    /// How many different values occur.
    pub fn distinct(&self) -> usize {
        let mut large = self.large.clone();
        large.sort_unstable();
        large.dedup();
        self.counts.iter().filter(|count| **count > 0).count() + large.len()
    }
}

/// The median of a few values, as [`Tally::median`] has it, without a table of counts.
pub fn median(values: &mut [u32]) -> Option<f64> {
    values.sort_unstable();
    let (low, high) =
        (values.get(values.len().checked_sub(1)? / 2)?, values.get(values.len() / 2)?);
    Some(f64::midpoint(f64::from(*low), f64::from(*high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(values: &[u32]) -> Tally {
        values.iter().copied().collect()
    }

    #[test]
    fn median_is_the_middle_or_the_mean_of_the_two_middle_values() {
        let cases: [(&[u32], Option<f64>); 5] = [
            (&[], None),
            (&[7], Some(7.0)),
            (&[9, 1], Some(5.0)),
            (&[3, 1, 2, 2], Some(2.0)),
            (&[1, 100_000, 90_000], Some(90_000.0)),
        ];
        for (values, expected) in cases {
            assert_eq!(tally(values).median(), expected, "{values:?}");
            assert_eq!(median(&mut values.to_vec()), expected, "{values:?}");
        }
    }

    #[test]
    fn ranks_run_on_from_the_table_into_the_large_values() {
        let values = [u32::MAX, 0, 20_000, 5, 20_000];
        let sorted: Vec<u32> = (0..5).filter_map(|rank| tally(&values).nth(rank)).collect();
        assert_eq!(sorted, [0, 5, 20_000, 20_000, u32::MAX]);
        assert_eq!(tally(&values).nth(5), None);
        assert_eq!(tally(&values).distinct(), 4);
    }

    #[test]
    fn nearest_rank_is_a_value_that_occurred() {
        let ten: Tally = (1..=10).collect();
        assert_eq!(ten.nearest_rank(40), Some(4));
        assert_eq!(ten.nearest_rank(41), Some(5));
        assert_eq!(ten.nearest_rank(0), Some(1));
        assert_eq!(ten.nearest_rank(100), Some(10));
        assert_eq!(ten.mean(), Some(5.5));
        assert_eq!(Tally::default().nearest_rank(80), None);
        assert_eq!(Tally::default().mean(), None);
    }
}
