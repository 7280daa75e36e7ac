//! Time zones as files name them: offsets, abbreviations, and names of IANA, Windows and Rails.
//!
//! Only what order exports write is known, with the rules of summer time in force since 2007. A
//! complete table takes more of a download than all else here, and every browser has one.

use crate::dates::{DAY, Reading, days_of};
use model::OrderTime;

/// A zone as far as files name one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// East of Greenwich: positive. Where there is summer time, outside of it.
    pub seconds: i32,
    /// When clocks are an hour ahead.
    pub summer: Summer,
    /// Whether the zone is the shop's own, and no name that stands for UTC.
    pub is_written: bool,
}

/// When clocks are an hour ahead of the rest of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summer {
    /// Never.
    Never,
    /// From the second Sunday of March to the first of November, at two o'clock on the clock.
    America,
    /// From the last Sunday of March to the last of October, at one o'clock UTC.
    Europe,
    /// From the first Sunday of October to the first of April, at two o'clock standard time.
    Australia,
    /// From the last Sunday of September to the first of April, at two o'clock standard time.
    NewZealand,
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone { seconds: 0, summer: Summer::Never, is_written: false };
    /// Beijing time.
    pub const CHINA: Zone = Zone::fixed(28_800);

    /// So many seconds from UTC all year.
    pub const fn fixed(seconds: i32) -> Zone {
        Zone { seconds, summer: Summer::Never, is_written: true }
    }

    /// A reading of a clock in this zone. Of an hour that comes twice it is the first.
    #[must_use]
    pub fn of(self, reading: Reading) -> Reading {
        let OrderTime::Wall(wall) = reading.time else { return reading };
        let offset = self.seconds + if self.is_summer(wall) { 3_600 } else { 0 };
        let time = OrderTime::Instant(wall - i64::from(offset));
        Reading { time, offset: self.is_written.then_some(offset), ..reading }
    }

    /// Whether a clock of the zone that shows `wall` is an hour ahead.
    fn is_summer(self, wall: i64) -> bool {
        if self.summer == Summer::Never {
            return false;
        }
        let year = year_of(wall.div_euclid(DAY));
        let at = |day: Option<i64>, hour: i64| day.map_or(i64::MAX, |day| day * DAY + hour * 3_600);
        let standard = i64::from(self.seconds);
        let (begins, ends) = match self.summer {
            Summer::Never => return false,
            Summer::America => (at(sunday(year, 3, 2), 2), at(sunday(year, 11, 1), 2)),
            Summer::Europe => {
                // At once all over Europe; on the clock that ends an hour later.
                let (begins, ends) = (at(last_sunday(year, 3), 1), at(last_sunday(year, 10), 2));
                (begins + standard, ends + standard)
            }
            Summer::Australia => (at(sunday(year, 10, 1), 2), at(sunday(year, 4, 1), 3)),
            Summer::NewZealand => (at(last_sunday(year, 9), 2), at(sunday(year, 4, 1), 3)),
        };
        if begins < ends { (begins..ends).contains(&wall) } else { wall >= begins || wall < ends }
    }
}

/// The year of a day counted from 1 January 1970.
fn year_of(days: i64) -> i64 {
    let mut year = 1970 + days.div_euclid(366);
    while days_of(year + 1, 1, 1).is_some_and(|first| first <= days) {
        year += 1;
    }
    year
}

/// The `nth` Sunday of a month.
fn sunday(year: i64, month: i64, nth: i64) -> Option<i64> {
    // Day 3 of 1970 was a Sunday.
    let first = days_of(year, month, 1)?;
    Some(first + (3 - first).rem_euclid(7) + (nth - 1) * 7)
}

/// The last Sunday of a month of 30 or 31 days.
fn last_sunday(year: i64, month: i64) -> Option<i64> {
    let last = days_of(year, month, 31).or_else(|| days_of(year, month, 30))?;
    Some(last - (last - 3).rem_euclid(7))
}

/// The zone of a name; `None`: not known.
pub fn named(text: &str) -> Option<Zone> {
    // Windows puts the offset in front: `(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi`.
    let name = match text.split_once(") ") {
        Some((offset, name)) if offset.starts_with("(UTC") || offset.starts_with("(GMT") => name,
        _ => text,
    };
    let name = name.trim();
    let is_it = |known: &&str| known.eq_ignore_ascii_case(name);
    let found = NAMES.iter().find(|(.., names)| names.iter().any(is_it));
    found.map(|&(minutes, summer, _)| Zone {
        seconds: minutes * 60,
        summer,
        is_written: minutes != 0 || summer != Summer::Never,
    })
}

/// Minutes from UTC, summer time, names.
#[rustfmt::skip]
const NAMES: &[(i32, Summer, &[&str])] = &[
    (0, Summer::Never, &["UTC", "GMT", "Etc/UTC", "Coordinated Universal Time"]),
    (-600, Summer::Never, &["Hawaii", "Pacific/Honolulu", "Hawaiian Standard Time", "HST"]),
    (-540, Summer::America, &["Alaska", "America/Anchorage", "Alaskan Standard Time"]),
    (-480, Summer::America, &[
        "Pacific Time (US & Canada)", "America/Los_Angeles", "America/Vancouver", "US/Pacific",
        "Pacific Standard Time",
    ]),
    (-480, Summer::Never, &["PST"]),
    (-420, Summer::Never, &["PDT", "MST", "Arizona", "America/Phoenix", "US Mountain Standard Time"]),
    (-420, Summer::America, &[
        "Mountain Time (US & Canada)", "America/Denver", "America/Edmonton", "US/Mountain",
        "Mountain Standard Time",
    ]),
    (-360, Summer::Never, &["MDT", "Mexico City", "America/Mexico_City", "Saskatchewan"]),
    (-360, Summer::America, &[
        "Central Time (US & Canada)", "America/Chicago", "America/Winnipeg", "US/Central",
        "Central Standard Time",
    ]),
    (-300, Summer::Never, &["CDT", "EST", "Bogota", "America/Bogota", "America/Lima"]),
    (-300, Summer::America, &[
        "Eastern Time (US & Canada)", "America/New_York", "America/Toronto", "America/Detroit",
        "US/Eastern", "Indiana (East)", "Eastern Standard Time",
    ]),
    (-240, Summer::Never, &["EDT", "Puerto Rico", "America/Puerto_Rico"]),
    (-240, Summer::America, &["Atlantic Time (Canada)", "America/Halifax", "Atlantic Standard Time"]),
    (-210, Summer::America, &["Newfoundland", "America/St_Johns"]),
    (-180, Summer::Never, &[
        "Brasilia", "America/Sao_Paulo", "E. South America Standard Time", "BRT", "Buenos Aires",
        "America/Argentina/Buenos_Aires", "Argentina Standard Time",
    ]),
    (0, Summer::Europe, &[
        "London", "Edinburgh", "Dublin", "Lisbon", "Europe/London", "Europe/Dublin",
        "Europe/Lisbon", "GMT Standard Time", "Dublin, Edinburgh, Lisbon, London",
    ]),
    (60, Summer::Never, &["CET", "MEZ", "BST"]),
    (60, Summer::Europe, &[
        "Amsterdam", "Berlin", "Bern", "Brussels", "Copenhagen", "Madrid", "Paris", "Prague",
        "Rome", "Stockholm", "Vienna", "Warsaw", "Europe/Amsterdam", "Europe/Berlin",
        "Europe/Brussels", "Europe/Copenhagen", "Europe/Madrid", "Europe/Oslo", "Europe/Paris",
        "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw",
        "Europe/Zurich", "W. Europe Standard Time", "Romance Standard Time",
        "Central Europe Standard Time", "Central European Standard Time",
        "Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Brussels, Copenhagen, Madrid, Paris",
    ]),
    (120, Summer::Never, &["CEST", "MESZ", "EET", "SAST", "Pretoria", "Africa/Johannesburg"]),
    (120, Summer::Europe, &[
        "Athens", "Helsinki", "Bucharest", "Kyiv", "Europe/Athens", "Europe/Helsinki",
        "Europe/Bucharest", "Europe/Kiev", "Europe/Kyiv", "FLE Standard Time", "GTB Standard Time",
    ]),
    (180, Summer::Never, &["EEST", "Moscow", "Europe/Moscow", "Istanbul", "Europe/Istanbul"]),
    (240, Summer::Never, &["Abu Dhabi", "Asia/Dubai", "Arabian Standard Time"]),
    (330, Summer::Never, &["Mumbai", "New Delhi", "Asia/Kolkata", "India Standard Time"]),
    (420, Summer::Never, &["Bangkok", "Jakarta", "Asia/Bangkok", "Asia/Jakarta", "Asia/Ho_Chi_Minh"]),
    (480, Summer::Never, &[
        "Beijing", "Hong Kong", "Singapore", "Taipei", "Perth", "Asia/Shanghai", "Asia/Hong_Kong",
        "Asia/Singapore", "Asia/Taipei", "Asia/Manila", "Asia/Kuala_Lumpur", "Australia/Perth",
        "China Standard Time", "Singapore Standard Time", "Taipei Standard Time", "AWST",
        "Beijing, Chongqing, Hong Kong, Urumqi", "北京时间", "中国标准时间",
    ]),
    (540, Summer::Never, &[
        "Tokyo", "Osaka", "Seoul", "Asia/Tokyo", "Asia/Seoul", "Tokyo Standard Time", "JST", "KST",
    ]),
    (600, Summer::Never, &["Brisbane", "Australia/Brisbane", "AEST"]),
    (600, Summer::Australia, &[
        "Sydney", "Melbourne", "Canberra", "Hobart", "Australia/Sydney", "Australia/Melbourne",
        "AUS Eastern Standard Time", "Canberra, Melbourne, Sydney",
    ]),
    (660, Summer::Never, &["AEDT"]),
    (720, Summer::NewZealand, &["Auckland", "Wellington", "Pacific/Auckland", "New Zealand Standard Time"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::{DateOrder, read};

    fn offset(zone: &str, clock: &str) -> i32 {
        let reading = read(clock, DateOrder::DayFirst).unwrap();
        named(zone).unwrap().of(reading).offset.unwrap_or(0) / 60
    }

    #[test]
    fn summer_time_begins_and_ends_on_its_days() {
        for (zone, clock, minutes) in [
            ("Eastern Time (US & Canada)", "2026-03-08 01:59:59", -300),
            ("Eastern Time (US & Canada)", "2026-03-08 03:00:00", -240),
            ("Eastern Time (US & Canada)", "2026-11-01 01:30:00", -240),
            ("Eastern Time (US & Canada)", "2026-11-01 02:00:00", -300),
            ("America/Los_Angeles", "2025-07-01 12:00:00", -420),
            ("Europe/Berlin", "2026-03-29 01:59:59", 60),
            ("Europe/Berlin", "2026-03-29 03:00:00", 120),
            ("Europe/Berlin", "2026-10-25 02:30:00", 120),
            ("Europe/Berlin", "2026-10-25 03:00:00", 60),
            ("Europe/London", "2026-06-30 12:00:00", 60),
            ("Europe/London", "2026-12-30 12:00:00", 0),
            ("Sydney", "2026-01-01 12:00:00", 660),
            ("Sydney", "2026-04-05 03:00:00", 600),
            ("Sydney", "2026-10-04 03:00:00", 660),
            ("Auckland", "2026-09-27 03:00:00", 780),
            ("Auckland", "2026-06-27 03:00:00", 720),
            ("(UTC-05:00) Eastern Time (US & Canada)", "2026-01-08 01:00:00", -300),
            ("China Standard Time", "2026-07-01 00:00:00", 480),
            ("PDT", "2026-12-01 00:00:00", -420),
            ("CEST", "2026-07-01 00:00:00", 120),
            ("UTC", "2026-07-01 00:00:00", 0),
        ] {
            assert_eq!(offset(zone, clock), minutes, "{zone} {clock}");
        }
    }

    #[test]
    fn an_abbreviation_of_several_zones_names_none() {
        // Chicago and Beijing; Dhaka, Dublin and Mumbai.
        assert!(named("CST").is_none() && named("IST").is_none() && named("").is_none());
    }
}
