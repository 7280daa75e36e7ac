//! Calendar days of the shop.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

const SECONDS_PER_DAY: u32 = 86_400;
/// `NaiveDate` counts days from 1 January of year 1; ours from 1 January 1970.
const UNIX_EPOCH_FROM_CE: i32 = 719_163;

/// A calendar day in the shop's time zone, counted from 1 January 1970.
///
/// A day knows no zone any more: an instant became a day once, through [`crate::Zone`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ShopDay(i32);

impl ShopDay {
    /// The day that is `days` after 1 January 1970 (before, if negative).
    pub const fn from_number(days: i32) -> ShopDay {
        ShopDay(days)
    }

    /// Days since 1 January 1970.
    #[inline]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// `None` if there is no such day, as 30 February.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<ShopDay> {
        NaiveDate::from_ymd_opt(year, month, day).map(ShopDay::from)
    }

    /// The day of a wall-clock time given in seconds since 1 January 1970, 00:00 on that clock.
    #[inline]
    pub fn of_wall_seconds(seconds: i64) -> ShopDay {
        // Wasm divides 32 bits, enough for the years 1970 to 2105, several times as fast as 64.
        match u32::try_from(seconds) {
            Ok(seconds) => ShopDay((seconds / SECONDS_PER_DAY) as i32),
            Err(_) => ShopDay(seconds.div_euclid(i64::from(SECONDS_PER_DAY)) as i32),
        }
    }

    /// Reads `2026-10-31`, exactly so.
    pub fn parse_iso(text: &str) -> Option<ShopDay> {
        let valid = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !valid {
            return None;
        }
        ShopDay::from_ymd(
            text[..4].parse().ok()?,
            text[5..7].parse().ok()?,
            text[8..].parse().ok()?,
        )
    }

    /// The same day in the calendar library's type. Days outside its range become its limits.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(UNIX_EPOCH_FROM_CE))
            .unwrap_or(if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    }

    /// The day `days` later (earlier, if negative).
    #[must_use]
    pub const fn plus_days(self, days: i32) -> ShopDay {
        ShopDay(self.0.saturating_add(days))
    }

    /// Days from `earlier` to `self`.
    pub const fn days_since(self, earlier: ShopDay) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// Calendar month, 1 to 12.
    pub fn month(self) -> u32 {
        self.date().month()
    }

    /// The first day of this day's month.
    #[must_use]
    pub fn first_of_month(self) -> ShopDay {
        ShopDay(self.0 - self.date().day0() as i32)
    }

    /// The same day of the month so many months earlier, or that month's last day.
    #[must_use]
    pub fn minus_months(self, months: u32) -> ShopDay {
        self.date().checked_sub_months(Months::new(months)).map_or(self, ShopDay::from)
    }

    /// The Monday of this day's week.
    #[must_use]
    pub fn monday(self) -> ShopDay {
        // 1 January 1970 was a Thursday.
        ShopDay(self.0 - (self.0 + 3).rem_euclid(7))
    }
}

impl From<NaiveDate> for ShopDay {
    fn from(date: NaiveDate) -> Self {
        ShopDay(date.num_days_from_ce() - UNIX_EPOCH_FROM_CE)
    }
}

/// Writes `2026-10-31`.
impl std::fmt::Display for ShopDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_real_days_in_iso_form_are_read() {
        for good in ["2026-10-31", "2024-02-29", "1970-01-01", "1969-12-31"] {
            assert_eq!(ShopDay::parse_iso(good).map(|day| day.to_string()).as_deref(), Some(good));
        }
        for bad in ["2026-02-30", "2026-1-1", "31.10.2026", "", "2026-10-3１", "+026-10-31"] {
            assert_eq!(ShopDay::parse_iso(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_lasts_from_midnight_to_midnight_in_every_century() {
        for (seconds, day) in [
            (-1, "1969-12-31"),
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (86_400, "1970-01-02"),
            (i64::from(u32::MAX), "2106-02-07"),
            (i64::from(u32::MAX) + 86_400, "2106-02-08"),
        ] {
            assert_eq!(ShopDay::of_wall_seconds(seconds).to_string(), day, "{seconds}");
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let sunday = ShopDay::from_ymd(2026, 11, 22).unwrap();
        assert_eq!(sunday.monday().to_string(), "2026-11-16");
        assert_eq!(sunday.monday().monday(), sunday.monday());
        assert_eq!(sunday.first_of_month().to_string(), "2026-11-01");
    }

    #[test]
    fn months_end_on_their_last_day() {
        for (day, months, earlier) in [
            ("2026-10-31", 12, "2025-10-31"),
            ("2026-10-31", 1, "2026-09-30"),
            ("2024-02-29", 12, "2023-02-28"),
            ("2026-01-15", 24, "2024-01-15"),
            ("2026-01-15", 0, "2026-01-15"),
        ] {
            let day = ShopDay::parse_iso(day).unwrap();
            assert_eq!(day.minus_months(months).to_string(), earlier, "{day} {months}");
        }
    }

    proptest! {
        #[test]
        fn a_day_survives_its_text(number in -200_000..2_000_000_i32) {
            let day = ShopDay::from_number(number);
            prop_assert_eq!(ShopDay::from(day.date()), day);
            if (0..=9999).contains(&day.year()) {
                prop_assert_eq!(ShopDay::parse_iso(&day.to_string()), Some(day));
            }
        }
    }
}
