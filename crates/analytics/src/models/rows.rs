//! The customer base without repetition: many customers share a history.

use super::History;

/// One history and how many customers have it. Indices into [`Rows`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub x: usize,
    pub last: usize,
    pub age: usize,
    pub weight: f64,
}

/// Distinct histories, sorted by repeats, age and last purchase.
///
/// Repeats and times stand in tables of their own, so that what depends on one of them alone is
/// computed once. Times are in a unit in which the longest is 10: all customer bases look alike to
/// the search.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rows {
    /// Distinct numbers of repeats, rising.
    pub repeats: Vec<u32>,
    /// Distinct times, rising, of last purchases and ages together.
    pub times: Vec<f64>,
    pub distinct: Vec<Row>,
    pub customers: f64,
    /// The unit of the times, in weeks.
    pub unit: f64,
}

const LONGEST: f64 = 10.0;

impl Rows {
    /// `None` if there is nobody or no time has passed.
    pub fn new(history: &[History]) -> Option<Self> {
        let longest = history.iter().fold(0.0f64, |max, it| max.max(it.age));
        if longest <= 0.0 {
            return None;
        }
        let unit = longest / LONGEST;
        let keys = sorted_keys(history);
        let repeats = distinct(keys.iter().map(|key| key.0).collect());
        // The order of positive numbers is that of their bits.
        let bits = distinct(keys.iter().flat_map(|key| [key.1, key.2]).collect());
        let mut rows: Vec<Row> = Vec::new();
        let mut before = None;
        for key in keys {
            if before == Some(key) {
                if let Some(row) = rows.last_mut() {
                    row.weight += 1.0;
                }
                continue;
            }
            before = Some(key);
            rows.push(Row {
                x: repeats.partition_point(|it| *it < key.0),
                age: bits.partition_point(|it| *it < key.1),
                last: bits.partition_point(|it| *it < key.2),
                weight: 1.0,
            });
        }
        let times = bits.into_iter().map(|it| f64::from_bits(it) / unit).collect();
        Some(Self { repeats, times, distinct: rows, customers: history.len() as f64, unit })
    }
}

/// Repeats, age, last purchase: the order of the rows.
type Key = (u32, u64, u64);

fn key_of(it: &History) -> Key {
    // Adding 0 makes −0 a 0.
    (it.repeats, (it.age + 0.0).to_bits(), (it.last + 0.0).to_bits())
}

/// The distinct histories of a base, sorted like [`Rows`], and where each customer's is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Distinct {
    pub histories: Vec<History>,
    place: Vec<u32>,
}

impl Distinct {
    pub fn new(all: &[History]) -> Self {
        let mut order: Vec<u32> = (0..all.len() as u32).collect();
        order.sort_unstable_by_key(|at| key_of(&all[*at as usize]));
        let mut histories = Vec::new();
        let mut place = vec![0; all.len()];
        for at in order {
            let history = all[at as usize];
            if histories.last() != Some(&history) {
                histories.push(history);
            }
            place[at as usize] = histories.len() as u32 - 1;
        }
        Self { histories, place }
    }

    /// Where each customer's history is.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.place.iter().map(|at| *at as usize)
    }

    /// Values of the distinct histories, as one entry a customer.
    pub fn spread(&self, values: &[f64]) -> Vec<f64> {
        self.place.iter().map(|at| values[*at as usize]).collect()
    }
}

fn sorted_keys(history: &[History]) -> Vec<Key> {
    let mut keys: Vec<Key> = history.iter().map(key_of).collect();
    keys.sort_unstable();
    keys
}

fn distinct<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_histories_are_one_row() {
        let history = |repeats, last, age| History { repeats, last, age };
        let all = [
            history(0, 0.0, 20.0),
            history(2, 5.0, 20.0),
            history(0, -0.0, 20.0),
            history(0, 0.0, 10.0),
        ];
        let rows = Rows::new(&all).unwrap();
        assert_eq!(rows.repeats, [0, 2]);
        assert_eq!(rows.times, [0.0, 2.5, 5.0, 10.0]);
        assert_eq!((rows.unit, rows.customers), (2.0, 4.0));
        let row = |x, last, age, weight| Row { x, last, age, weight };
        assert_eq!(rows.distinct, [row(0, 0, 2, 1.0), row(0, 0, 3, 2.0), row(1, 1, 3, 1.0)]);
        assert_eq!(Rows::new(&[history(0, 0.0, 0.0)]), None);
        assert_eq!(Rows::new(&[]), None);
    }
}
