//! Dates and times as exports write them.

mod any_form;

pub(crate) use any_form::{read, zone};
use model::OrderTime;

/// Which of the first two numbers of `1/12/2010` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 1 December.
    DayFirst,
    /// 12 January.
    MonthFirst,
}

impl DateOrder {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> DateOrder {
        match self {
            DateOrder::DayFirst => DateOrder::MonthFirst,
            DateOrder::MonthFirst => DateOrder::DayFirst,
        }
    }

    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day_first",
            DateOrder::MonthFirst => "month_first",
        }
    }
}

/// What a date says about the order of day and month in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Written in a way that has no such doubt.
    None,
    /// Could be read both ways.
    Either,
    /// Can only be read this way.
    Only(DateOrder),
}

/// A date as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The moment.
    pub time: OrderTime,
    /// Whether the hour is given.
    pub has_time: bool,
    /// What it says of the column.
    pub evidence: Evidence,
    /// The offset from UTC in seconds, where one is written. `Z` is none: it gives the moment, and
    /// says nothing of the shop's clock.
    pub offset: Option<i32>,
}

impl Reading {
    /// What stands for a time in files that have none.
    pub(crate) const NONE: Reading = Reading {
        time: OrderTime::Wall(0),
        has_time: false,
        evidence: Evidence::None,
        offset: None,
    };
}

pub(crate) const DAY: i64 = 86_400;

/// Days since 1 January 1970; `None` if there is no such day or no shop of that year.
///
/// Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
pub fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let length = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) || !(1900..2200).contains(&year) {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

pub(crate) fn digits(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0_i64, |sum, &byte| {
        byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'))
    })
}

/// Seconds of an offset from UTC; `None`: no clock is so far off.
pub(crate) fn offset_of(is_west: bool, hours: i64, minutes: i64) -> Option<i32> {
    let valid = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|_| valid)?;
    Some(if is_west { -seconds } else { seconds })
}

/// The day of `YYYY-MM-DD`, kept from row to row: neighbouring orders share their day.
#[derive(Debug, Default)]
pub struct LastDay {
    text: [u8; 10],
    days: i64,
}

impl LastDay {
    fn days(&mut self, text: &[u8; 10]) -> Option<i64> {
        if *text != self.text {
            let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
            let (year, month) = (digits(&[y1, y2, y3, y4])?, digits(&[m1, m2])?);
            self.days = days_of(year, month, digits(&[d1, d2])?)?;
            self.text = *text;
        }
        Some(self.days)
    }

    /// Reads `2026-10-31 22:47:51`, with or without ` -0400` behind it: what most exports write.
    pub fn read(&mut self, text: &str) -> Option<Reading> {
        let (date, rest) = text.as_bytes().split_first_chunk::<10>()?;
        let (clock, zone) = rest.split_first_chunk::<9>()?;
        let [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] = *clock else { return None };
        let two = |tens: u8, ones: u8| {
            let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
            (tens < 10 && ones < 10).then_some(i64::from(tens) * 10 + i64::from(ones))
        };
        let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let wall = self.days(date)? * DAY + hour * 3600 + minute * 60 + second;
        let offset = match *zone {
            [] => None,
            [b' ', sign @ (b'+' | b'-'), h1, h2, m1, m2] => {
                Some(offset_of(sign == b'-', two(h1, h2)?, two(m1, m2)?)?)
            }
            _ => return None,
        };
        let time = match offset {
            None => OrderTime::Wall(wall),
            Some(offset) => OrderTime::Instant(wall - i64::from(offset)),
        };
        Some(Reading { time, has_time: true, evidence: Evidence::None, offset })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_way_to_write_a_date() {
        use OrderTime::{Instant, Wall};
        let first = 1_793_486_871; // 2026-10-31 22:47:51
        for (text, time) in [
            ("2026-10-31 22:47:51", Wall(first)),
            ("2026-10-31T22:47:51", Wall(first)),
            ("2026-10-31 22:47:51 -0400", Instant(first + 14_400)),
            ("2026-10-31T22:47:51.123Z", Instant(first)),
            ("2026-10-31T22:47:51+08:00", Instant(first - 28_800)),
            ("2026-10-31 22:47:51 UTC", Instant(first)),
            ("2026/10/31 22:47:51", Wall(first)),
            ("31/10/2026 22:47:51", Wall(first)),
            ("10/31/2026 10:47:51 PM", Wall(first)),
            ("10/31/26 22:47:51", Wall(first)),
            ("31.10.2026 22:47:51", Wall(first)),
            ("2026年10月31日 22时47分51秒", Wall(first)),
            ("2026年10月31日 下午10:47:51", Wall(first)),
            ("２０２６-１０-３１ ２２:４７:５１", Wall(first)),
            ("Sat, 31 Oct 2026 22:47:51 +0000", Instant(first)),
            ("Oct 31, 2026 10:47:51 PM", Wall(first)),
            ("31-Oct-26", Wall(first - 82_071)),
            ("Oct-31-26", Wall(first - 82_071)),
            ("20261031", Wall(first - 82_071)),
            ("20261031224751", Wall(first)),
            ("46326", Wall(first - 82_071)),
            ("46326.5", Wall(first - 82_071 + 43_200)),
            ("1793486871", Instant(first)),
            ("1793486871123", Instant(first)),
        ] {
            let reading = read(text, DateOrder::DayFirst).map(|reading| reading.time);
            assert_eq!(reading, Some(time), "{text}");
            if let Some(fast) = LastDay::default().read(text) {
                assert_eq!(fast.time, time, "{text}");
            }
        }
        for bad in [
            "",
            "0000-00-00 00:00",
            "2026-02-30",
            "31/31/2026",
            "soon",
            "12",
            "2026-10-31 25:00:00",
            "2026-10-31 22:47:51 +9900",
        ] {
            assert_eq!(read(bad, DateOrder::DayFirst), None, "{bad}");
            assert_eq!(LastDay::default().read(bad), None, "{bad}");
        }
    }

    #[test]
    fn offsets_are_what_is_written() {
        for (text, offset) in [
            ("2026-10-31 22:47:51 -0400", Some(-14_400)),
            ("2026-10-31 22:47:51 +0000", Some(0)),
            ("2026-10-31T22:47:51+05:30", Some(19_800)),
            ("Sat, 31 Oct 2026 22:47:51 GMT+8", Some(28_800)),
            ("2026-10-31T22:47:51Z", None),
            ("2026-10-31 22:47:51 UTC", None),
            ("2026-10-31 22:47:51", None),
            ("1793486871", None),
        ] {
            let reading = read(text, DateOrder::DayFirst).unwrap();
            assert_eq!(reading.offset, offset, "{text}");
            if let Some(fast) = LastDay::default().read(text) {
                assert_eq!(fast, reading, "{text}");
            }
        }
        for (text, seconds) in [
            ("+08:00", Some(28_800)),
            ("UTC", Some(0)),
            ("GMT+8", Some(28_800)),
            ("-0330", Some(-12_600)),
            ("", None),
            ("CST", None),
            ("Eastern Time (US & Canada)", Some(-18_000)),
            ("America/New_York", Some(-18_000)),
            ("Somewhere", None),
        ] {
            assert_eq!(zone(text).map(|zone| zone.seconds), seconds, "{text}");
        }
    }

    #[test]
    fn a_day_above_twelve_settles_the_order() {
        use DateOrder::{DayFirst, MonthFirst};
        for (text, evidence) in [
            ("1/12/2010 8:26", Evidence::Either),
            ("13/12/2010", Evidence::Only(DayFirst)),
            ("12/13/2010", Evidence::Only(MonthFirst)),
            ("12/12/2010", Evidence::None),
            ("1.12.2010", Evidence::None),
            ("2010-12-01", Evidence::None),
        ] {
            for order in [DayFirst, MonthFirst] {
                assert_eq!(read(text, order).map(|r| r.evidence), Some(evidence), "{text}");
            }
        }
    }
}
