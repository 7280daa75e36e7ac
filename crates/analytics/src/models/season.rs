//! The season: in which months a shop's customers buy more than their own habits explain.

use std::fmt;

use super::path::Expectation;
use super::{BuyingModel, Clock};
use crate::Purchases;

/// Months of a year.
const MONTHS: usize = 12;
/// Whole years of which a pattern must repeat.
const FEWEST_MONTHS: usize = 24;
/// With less than two years: this many months must have been seen twice, and agree better.
const FEWEST_PAIRS: usize = 4;
/// Months of which less is expected say nothing.
const FEWEST_PURCHASES: f64 = 10.0;
const AGREEMENT: f64 = 0.5;
const CLEAR_AGREEMENT: f64 = 0.85;
/// A season multiplies no month by more than this, nor divides.
const MOST: f64 = 4.0;

/// Multiplicative index of each month, January first; their mean is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Season {
    /// 1.5: half as many purchases again as customers' habits explain.
    pub index: [f64; MONTHS],
    /// How well the months of different years agree: their correlation.
    pub agreement: f64,
}

/// Why no season is used.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum NoSeason {
    /// Too few months were seen in two years.
    TooShort {
        /// Whole months observed.
        months: usize,
        /// How many are needed for sure.
        needed: usize,
    },
    /// The same months of different years differ.
    NoPattern {
        /// Their correlation; `None` if all months are alike.
        agreement: Option<f64>,
    },
}

impl fmt::Display for NoSeason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { months, needed } => write!(f, "{months} of {needed} months"),
            Self::NoPattern { agreement: Some(agreement) } => {
                write!(f, "months of different years agree by {agreement:.2} only")
            }
            Self::NoPattern { agreement: None } => write!(f, "all months are alike"),
        }
    }
}

impl std::error::Error for NoSeason {}

impl Season {
    /// Looks for a season in the repeat purchases up to `as_of`, as against what `model`, fitted on
    /// plain weeks, expects of each month.
    ///
    /// The index of a month is drawn towards 1 by as much of the spread between months as chance
    /// explains (empirical Bayes with Poisson noise).
    pub fn estimate(
        purchases: Purchases<'_>,
        as_of: i32,
        model: &dyn BuyingModel,
    ) -> Result<Self, NoSeason> {
        let mut months = monthly(purchases, as_of, model);
        level_years(&mut months);
        let pairs: Vec<(f64, f64)> = months
            .iter()
            .zip(months.iter().skip(MONTHS))
            .map(|(early, late)| (early.ratio(), late.ratio()))
            .collect();
        if months.len() < FEWEST_MONTHS && pairs.len() < FEWEST_PAIRS {
            return Err(NoSeason::TooShort { months: months.len(), needed: FEWEST_MONTHS });
        }
        let needed = if months.len() < FEWEST_MONTHS { CLEAR_AGREEMENT } else { AGREEMENT };
        let agreement = correlation(&pairs);
        match agreement {
            Some(agreement) if agreement >= needed => {
                Ok(Self { index: shrunk_index(&months), agreement })
            }
            _ => Err(NoSeason::NoPattern { agreement }),
        }
    }

    /// The clock that runs faster in strong months, for days from `first` to `last`.
    pub fn clock(&self, first: i32, last: i32) -> Clock {
        Clock::paced(first, last, |day| self.index[month_of(day).1])
    }
}

/// Repeat purchases of a calendar month.
#[derive(Debug, Clone, Copy)]
struct Month {
    /// January is 0.
    of_year: usize,
    actual: f64,
    expected: f64,
}

impl Month {
    fn ratio(&self) -> f64 {
        if self.expected > 0.0 { self.actual / self.expected } else { 1.0 }
    }
}

/// All whole months in order, from the first of which enough was expected.
fn monthly(purchases: Purchases<'_>, as_of: i32, model: &dyn BuyingModel) -> Vec<Month> {
    let mut firsts: Vec<i32> = Vec::new();
    let mut repeats: Vec<i32> = Vec::new();
    for (days, _) in purchases.customers() {
        let seen = &days[..days.partition_point(|day| *day <= as_of)];
        firsts.extend(seen.first());
        repeats.extend(seen.windows(2).filter(|pair| pair[0] < pair[1]).map(|pair| pair[1]));
    }
    firsts.sort_unstable();
    repeats.sort_unstable();
    let (Some(start), clock) = (firsts.first().copied(), Clock::plain()) else { return Vec::new() };
    let table = Expectation::new(model, clock.weeks(start, as_of + 1));
    let expected_by = |end: i32| -> f64 {
        let born = firsts.partition_point(|first| *first < end);
        let same_day = firsts[..born].chunk_by(|a, b| a == b);
        same_day.map(|same| same.len() as f64 * table.at(clock.weeks(same[0], end))).sum()
    };
    let borders: Vec<i32> = (start..=as_of + 1).filter(|day| is_first_of_month(*day)).collect();
    let before = |end: i32| repeats.partition_point(|day| *day < end);
    let whole = borders.windows(2).map(|pair| Month {
        of_year: month_of(pair[0]).1,
        actual: (before(pair[1]) - before(pair[0])) as f64,
        expected: expected_by(pair[1]) - expected_by(pair[0]),
    });
    whole.skip_while(|month| month.expected < FEWEST_PURCHASES).collect()
}

/// Takes the level of each year out, so that growth is not read as a season. Years count back from
/// the end; a rest of less than a year goes with the year after it.
fn level_years(months: &mut [Month]) {
    let rest = months.len() % MONTHS;
    let first = if months.len() >= MONTHS { rest + MONTHS } else { months.len() };
    let (early, late) = months.split_at_mut(first.min(months.len()));
    for year in std::iter::once(early).chain(late.chunks_mut(MONTHS)) {
        // The first year's level is that of its last twelve months: all months once.
        let whole = &year[year.len().saturating_sub(MONTHS)..];
        let actual: f64 = whole.iter().map(|it| it.actual).sum();
        let expected: f64 = whole.iter().map(|it| it.expected).sum();
        if actual > 0.0 && expected > 0.0 {
            for month in year {
                month.expected *= actual / expected;
            }
        }
    }
}

fn shrunk_index(months: &[Month]) -> [f64; MONTHS] {
    let mut sums = [(0.0, 0.0); MONTHS];
    for month in months {
        sums[month.of_year].0 += month.actual;
        sums[month.of_year].1 += month.expected;
    }
    let raw = sums.map(|(actual, expected)| if expected > 0.0 { actual / expected } else { 1.0 });
    let noise = sums.map(|(_, expected)| if expected > 0.0 { 1.0 / expected } else { f64::MAX });
    let mean = raw.iter().sum::<f64>() / MONTHS as f64;
    let spread: f64 = raw
        .iter()
        .zip(&noise)
        .map(|(ratio, noise)| (ratio - mean) * (ratio - mean) - noise.min(1.0))
        .sum::<f64>()
        / (MONTHS - 1) as f64;
    let spread = spread.max(0.0);
    let mut index = [1.0; MONTHS];
    for ((index, raw), noise) in index.iter_mut().zip(raw).zip(noise) {
        let trust = if spread > 0.0 { spread / (spread + noise) } else { 0.0 };
        *index = (1.0 + trust * (raw / mean - 1.0)).clamp(1.0 / MOST, MOST);
    }
    let mean = index.iter().sum::<f64>() / MONTHS as f64;
    index.map(|it| it / mean)
}

/// Pearson's correlation of pairs; `None` if a side is constant.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let (sum_x, sum_y) = pairs.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let (dx, dy) = (x - sum_x / n, y - sum_y / n);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}

/// Day of the month from 0 and month from 0 of a day since 1970-01-01, in the Gregorian calendar.
///
/// Years are taken to begin in March, so that the leap day is the last of a year.
fn month_of(day: i32) -> (i32, usize) {
    /// Days from 0000-03-01 to 1970-01-01, and days of 400 years.
    const EPOCH: i64 = 719_468;
    const ERA: i64 = 146_097;
    let of_era = (i64::from(day) + EPOCH).rem_euclid(ERA);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5;
    (of_month as i32, ((from_march + 2) % 12) as usize)
}

fn is_first_of_month(day: i32) -> bool {
    month_of(day).0 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_in_their_months() {
        // 1970-01-01, 1970-12-31, 2000-02-29, 2000-03-01, 1969-12-31, 2026-11-27.
        let cases = [
            (0, (0, 0)),
            (364, (30, 11)),
            (11_016, (28, 1)),
            (11_017, (0, 2)),
            (-1, (30, 11)),
            (20_784, (26, 10)),
        ];
        for (day, expected) in cases {
            assert_eq!(month_of(day), expected, "day {day}");
        }
        let firsts = (0..146_097).filter(|day| is_first_of_month(*day)).count();
        assert_eq!(firsts, 4_800, "months of 400 years");
    }

    fn months(ratio: impl Fn(usize) -> f64, count: usize, expected: f64) -> Vec<Month> {
        let month = |at| Month { of_year: at % MONTHS, actual: expected * ratio(at), expected };
        (0..count).map(month).collect()
    }

    #[test]
    fn growth_is_not_a_season() {
        // Each year half as much again; December twice a month.
        let ratio = |at: usize| {
            1.5f64.powi((at / MONTHS) as i32) * if at % MONTHS == 11 { 2.0 } else { 1.0 }
        };
        let mut three_years = months(ratio, 36, 10_000.0);
        level_years(&mut three_years);
        let index = shrunk_index(&three_years);
        assert!((index[11] / index[0] - 2.0).abs() < 0.01, "{index:?}");
        assert!((index.iter().sum::<f64>() - 12.0).abs() < 1e-9);
    }

    #[test]
    fn a_spread_that_chance_explains_is_no_season() {
        let ratio = |at: usize| if at.is_multiple_of(2) { 1.1 } else { 0.9 };
        let unsure = shrunk_index(&months(ratio, 24, 20.0));
        assert!(unsure.iter().all(|it| (it - 1.0).abs() < 1e-12), "{unsure:?}");
        let sure = shrunk_index(&months(ratio, 24, 20_000.0));
        assert!((sure[0] - 1.1).abs() < 0.01 && (sure[1] - 0.9).abs() < 0.01, "{sure:?}");
    }
}
