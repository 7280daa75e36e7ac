//! When a tea shop sells: the year, the week, the day.

use crate::{Language, random::Random};
use model::ShopDay;

/// Three years, the last day included.
pub(crate) const HISTORY_DAYS: u32 = 3 * 365 + 1;

/// Demand by month, January first; 1 is the ordinary.
const MONTHS_ENGLISH: [f64; 12] =
    [0.85, 0.90, 0.90, 0.90, 1.05, 0.85, 0.75, 0.80, 0.95, 1.10, 1.55, 1.75];
/// Spring festival in January, the sales of June and November, Mid-Autumn in September.
const MONTHS_CHINESE: [f64; 12] =
    [1.25, 0.75, 0.90, 1.00, 0.95, 1.20, 0.75, 0.80, 1.15, 0.95, 1.60, 1.45];
/// Demand by day of the week, Monday first.
const WEEKDAYS: [f64; 7] = [1.12, 1.06, 1.00, 0.98, 0.88, 0.86, 1.10];
/// Orders by hour of the day: a small peak at noon, a high one in the evening.
const HOURS: [u32; 24] =
    [5, 2, 1, 1, 1, 3, 8, 16, 26, 34, 38, 40, 46, 40, 34, 32, 33, 36, 42, 54, 66, 62, 38, 16];
/// The counter is open from ten to six.
const COUNTER_HOURS: [u32; 8] = [12, 18, 22, 16, 18, 24, 26, 14];
/// Newcomers a day when the shop opens, and what three years add to it; only their proportion
/// matters.
const GROWTH: (f64, f64) = (0.55, 0.9);

/// The days of the shop's history, numbered from 0, the day it opened.
pub(crate) struct Calendar {
    first: ShopDay,
    language: Language,
    /// Demand of each day.
    demand: Vec<f64>,
    /// The highest of `demand`.
    peak: f64,
    /// Newcomers up to and with each day.
    newcomers: Vec<f64>,
}

impl Calendar {
    pub(crate) fn ending(last: ShopDay, language: Language) -> Calendar {
        let first = last.plus_days(1 - HISTORY_DAYS as i32);
        let demand: Vec<f64> = (0..HISTORY_DAYS as i32)
            .map(|offset| demand(first.plus_days(offset), language))
            .collect();
        let peak = demand.iter().copied().fold(1.0, f64::max);
        let mut sum = 0.0;
        let newcomers = (demand.iter().enumerate())
            .map(|(day, demand)| {
                sum += demand * (GROWTH.0 + GROWTH.1 * day as f64 / f64::from(HISTORY_DAYS));
                sum
            })
            .collect();
        Calendar { first, language, demand, peak, newcomers }
    }

    /// The day of somebody's first order: more as the shop grows, and in season.
    pub(crate) fn arrival(&self, random: &mut Random) -> u32 {
        let all = self.newcomers.last().copied().unwrap_or_default();
        let point = random.unit() * all;
        let day = self.newcomers.partition_point(|&sum| sum <= point) as u32;
        day.min(HISTORY_DAYS - 1)
    }

    /// The highest demand of any day; the ordinary is 1.
    pub(crate) const fn peak(&self) -> f64 {
        self.peak
    }

    /// Whether a wish that came at the rate of [`Calendar::peak`] becomes an order on this day.
    pub(crate) fn in_season(&self, day: u32, random: &mut Random) -> bool {
        random.chance(self.demand[day as usize] / self.peak)
    }

    /// Whether the shop holds a sale.
    pub(crate) fn is_sale(&self, day: u32) -> bool {
        sale(self.day(day), self.language) > 1.0
    }

    /// Whether people buy for others.
    pub(crate) fn is_gift_season(&self, day: u32) -> bool {
        let date = month_and_day(self.day(day));
        match self.language {
            Language::English => ((11, 20)..=(12, 23)).contains(&date),
            Language::Chinese => ((1, 5)..=(1, 28)).contains(&date) || date.0 == 9,
        }
    }

    /// A moment of an online order, in seconds of the shop's wall clock.
    pub(crate) fn moment(&self, day: u32, random: &mut Random) -> i64 {
        let hour = random.weighted(HOURS.into_iter());
        self.wall_seconds(day, hour, random)
    }

    /// A moment at which the counter is open.
    pub(crate) fn counter_moment(&self, day: u32, random: &mut Random) -> i64 {
        let hour = 10 + random.weighted(COUNTER_HOURS.into_iter());
        self.wall_seconds(day, hour, random)
    }

    fn day(&self, day: u32) -> ShopDay {
        self.first.plus_days(day as i32)
    }

    fn wall_seconds(&self, day: u32, hour: usize, random: &mut Random) -> i64 {
        let second = hour as u32 * 3_600 + random.below(3_600);
        i64::from(self.day(day).number()) * 86_400 + i64::from(second)
    }
}

fn demand(day: ShopDay, language: Language) -> f64 {
    let months = match language {
        Language::English => MONTHS_ENGLISH,
        Language::Chinese => MONTHS_CHINESE,
    };
    let weekday = (i64::from(day.number()) + 3).rem_euclid(7) as usize;
    months[(day.month() as usize - 1) % 12] * WEEKDAYS[weekday] * sale(day, language)
}

/// What a sale does to the demand of a day: 1 where there is none.
fn sale(day: ShopDay, language: Language) -> f64 {
    match (language, month_and_day(day)) {
        (Language::English, (11, 24..=30)) => 1.9,
        (Language::English, (7, 8..=12)) | (Language::Chinese, (12, 10..=12)) => 1.4,
        (Language::Chinese, (11, 11) | (6, 18)) => 3.0,
        (Language::Chinese, (11, 1..=10) | (6, 12..=17)) => 1.3,
        _ => 1.0,
    }
}

fn month_and_day(day: ShopDay) -> (u32, u32) {
    let number = i64::from(day.number()) - i64::from(day.first_of_month().number());
    (day.month(), number as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [Language; 2] = [Language::English, Language::Chinese];

    #[test]
    fn the_year_peaks_before_its_end() {
        let of_month = |language, month| {
            let days = (1..=28).filter_map(|day| ShopDay::from_ymd(2026, month, day));
            days.map(|day| demand(day, language)).sum::<f64>()
        };
        for language in LANGUAGES {
            let best =
                (1..=12).max_by(|&a, &b| of_month(language, a).total_cmp(&of_month(language, b)));
            assert!(matches!(best, Some(11 | 12)), "{language:?} {best:?}");
            assert!(of_month(language, 7) < of_month(language, 12));
        }
    }

    #[test]
    fn history_ends_on_the_last_day_in_the_evening_at_the_latest() {
        let last = ShopDay::from_ymd(2026, 11, 22).unwrap();
        let mut random = Random::new(1);
        for language in LANGUAGES {
            let calendar = Calendar::ending(last, language);
            assert_eq!(calendar.first.to_string(), "2023-11-23");
            for _ in 0..2_000 {
                assert!(calendar.arrival(&mut random) < HISTORY_DAYS);
                let at = calendar.moment(HISTORY_DAYS - 1, &mut random);
                assert_eq!(ShopDay::of_wall_seconds(at), last);
                let at = calendar.counter_moment(0, &mut random);
                assert!((10 * 3_600..18 * 3_600).contains(&at.rem_euclid(86_400)));
            }
        }
    }

    #[test]
    fn sales_are_days_of_the_calendar() {
        for (language, day, on_sale) in [
            (Language::English, "2025-11-28", true),
            (Language::English, "2025-11-11", false),
            (Language::Chinese, "2025-11-11", true),
            (Language::Chinese, "2025-11-28", false),
        ] {
            let calendar = Calendar::ending(ShopDay::parse_iso(day).unwrap(), language);
            assert_eq!(calendar.is_sale(HISTORY_DAYS - 1), on_sale, "{language:?} {day}");
        }
    }
}
