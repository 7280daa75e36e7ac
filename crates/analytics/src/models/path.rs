//! The whole shop week by week: repeat purchases that came and those a model expects.

use super::{BuyingModel, Clock};
use crate::Purchases;

/// Cumulative repeat purchases of everybody acquired by the end of calibration, by weeks since the
/// first purchase of all.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Path {
    /// The first day of week 1; week i ends before this day + 7 i.
    pub start: i32,
    /// Up to and with week 1, 2, …
    pub actual: Vec<u64>,
    /// The same as the model expects it of new customers of those first days.
    pub expected: Vec<f64>,
}

/// Compares a model's total with what came, from the first purchase to the last whole week that
/// ends on day `until` or before.
pub fn path(
    purchases: Purchases<'_>,
    model: &dyn BuyingModel,
    (as_of, until): (i32, i32),
    clock: &Clock,
) -> Path {
    let mut firsts: Vec<i32> = Vec::new();
    let mut repeats: Vec<i32> = Vec::new();
    for (days, _) in purchases.customers() {
        let Some(first) = days.first().copied().filter(|day| *day <= as_of) else { continue };
        firsts.push(first);
        let mut before = first;
        for day in days.iter().copied().filter(|day| *day <= until) {
            if day > before {
                repeats.push(day);
                before = day;
            }
        }
    }
    firsts.sort_unstable();
    repeats.sort_unstable();
    let Some(start) = firsts.first().copied() else { return Path::default() };
    let ends: Vec<i32> =
        (1..=(until + 1 - start).max(0) / 7).map(|week| start + 7 * week).collect();
    let table = Expectation::new(model, clock.weeks(start, until + 1));
    let expected = ends.iter().map(|end| {
        let born = firsts.partition_point(|first| first < end);
        let of_a_day = firsts[..born].chunk_by(|a, b| a == b);
        of_a_day.map(|same| same.len() as f64 * table.at(clock.weeks(same[0], *end))).sum()
    });
    let actual = ends.iter().map(|end| repeats.partition_point(|day| day < end) as u64);
    Path { start, actual: actual.collect(), expected: expected.collect() }
}

/// The expected repeat purchases of a new customer as a table over days: ages recur.
pub(crate) struct Expectation {
    by_day: Vec<f64>,
}

impl Expectation {
    pub fn new(model: &dyn BuyingModel, weeks: f64) -> Self {
        let days = libm::ceil(weeks.max(0.0) * 7.0) as u32 + 1;
        Self { by_day: (0..=days).map(|day| model.expected_new(f64::from(day) / 7.0)).collect() }
    }

    /// Straight between days: only a paced clock asks there.
    pub fn at(&self, weeks: f64) -> f64 {
        let last = self.by_day.len() - 1;
        let day = (weeks * 7.0).clamp(0.0, last as f64);
        // Whole days come out whole but for the last digit.
        let below = (libm::floor(day + 1e-9) as usize).min(last - 1);
        let inside = day - below as f64;
        self.by_day[below] + inside * (self.by_day[below + 1] - self.by_day[below])
    }
}
