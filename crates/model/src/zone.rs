//! The shop's time zone, as a table of offsets.

use crate::ShopDay;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// When an order was placed, as the source told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderTime {
    /// Seconds since 1 January 1970 UTC: the source gave an offset or a zone.
    Instant(i64),
    /// Seconds since 1 January 1970, 00:00 on the shop's own clock: the source gave a local time.
    Wall(i64),
}

/// A time zone: its name and every change of its offset during the years that it was learnt for.
///
/// The zone database is the browser's (`Intl`), read through [`Zone::from_probe`]: the Rust crates
/// that carry one cost more than 100 KB of download for data that every browser has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    name: String,
    /// Offset from UTC in seconds before the first change.
    first_offset: i32,
    /// (instant of the change, offset in seconds from then on), ascending.
    changes: Vec<(i64, i32)>,
}

/// 1 January 1970 and 2040, UTC: no order is older, and no rule is known for later.
const EARLIEST: i64 = 0;
const LATEST: i64 = 2_208_988_800;
/// No zone has changed its offset twice within ten days since 1970.
const PROBE_STEP: i64 = 10 * 86_400;

impl Zone {
    /// Coordinated universal time.
    pub fn utc() -> Zone {
        Zone { name: "UTC".to_owned(), first_offset: 0, changes: Vec::new() }
    }

    /// Learns a zone for the instants `during` by asking `offset_at(instant)` for its offset in
    /// seconds. Before and after them, the first and the last offset found are taken to hold.
    ///
    /// 37 questions a year, and 20 more for each change that is found. A browser takes about 20 µs
    /// for an answer, so ask for no more years than are needed.
    pub fn from_probe(
        name: &str,
        during: RangeInclusive<i64>,
        offset_at: impl Fn(i64) -> i32,
    ) -> Zone {
        let mut at = (*during.start()).clamp(EARLIEST, LATEST);
        let end = (*during.end()).clamp(at, LATEST);
        let first_offset = offset_at(at);
        let (mut changes, mut known) = (Vec::new(), first_offset);
        while at < end {
            let next = at + PROBE_STEP;
            let offset = offset_at(next);
            if offset != known {
                let (mut before, mut after) = (at, next);
                while after - before > 1 {
                    let middle = before + (after - before) / 2;
                    if offset_at(middle) == known { before = middle } else { after = middle }
                }
                changes.push((after, offset));
                known = offset;
            }
            at = next;
        }
        Zone { name: name.to_owned(), first_offset, changes }
    }

    /// The name in the IANA database, as `Asia/Shanghai`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The offset from UTC in seconds at an instant.
    pub fn offset_at(&self, instant: i64) -> i32 {
        match self.changes.partition_point(|&(from, _)| from <= instant) {
            0 => self.first_offset,
            after => self.changes[after - 1].1,
        }
    }

    /// The stretch of instants around `instant` in which the offset stays the same.
    pub fn steady_around(&self, instant: i64) -> std::ops::Range<i64> {
        let after = self.changes.partition_point(|&(from, _)| from <= instant);
        let from = if after == 0 { i64::MIN } else { self.changes[after - 1].0 };
        from..self.changes.get(after).map_or(i64::MAX, |&(next, _)| next)
    }

    /// The times of the shop's clock that came twice, because it was put back: each from the first
    /// second that came again to the one from which all is once more, in wall seconds.
    pub fn repeated(&self) -> impl Iterator<Item = std::ops::Range<i64>> + '_ {
        let befores = std::iter::once(self.first_offset).chain(self.changes.iter().map(|it| it.1));
        (self.changes.iter().zip(befores))
            .map(|(&(at, offset), before)| at + i64::from(offset)..at + i64::from(before))
            .filter(|wall| !wall.is_empty())
    }

    /// Seconds on the shop's clock at an order's time.
    pub fn wall_seconds(&self, time: OrderTime) -> i64 {
        match time {
            OrderTime::Wall(seconds) => seconds,
            OrderTime::Instant(instant) => instant + i64::from(self.offset_at(instant)),
        }
    }

    /// The shop's calendar day of an order: the one place where an instant becomes a day.
    pub fn day_of(&self, time: OrderTime) -> ShopDay {
        ShopDay::of_wall_seconds(self.wall_seconds(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// New York by its present rule: clocks change at 07:00 and 06:00 UTC.
    fn new_york(instant: i64) -> i32 {
        let day = ShopDay::of_wall_seconds(instant);
        let first_sunday = |month: u32| {
            let first = ShopDay::from_ymd(day.year(), month, 1).unwrap();
            first.plus_days((6 - (first.number() + 3).rem_euclid(7)).rem_euclid(7))
        };
        let begins = i64::from(first_sunday(3).plus_days(7).number()) * 86_400 + 7 * 3_600;
        let ends = i64::from(first_sunday(11).number()) * 86_400 + 6 * 3_600;
        if (begins..ends).contains(&instant) { -4 * 3_600 } else { -5 * 3_600 }
    }

    /// 1 January 1990 and 2040, UTC.
    const FIFTY_YEARS: RangeInclusive<i64> = 631_152_000..=2_208_988_800;

    #[test]
    fn a_probed_zone_answers_like_its_source() {
        let zone = Zone::from_probe("America/New_York", FIFTY_YEARS, new_york);
        assert_eq!(zone.changes.len(), 100);
        for instant in FIFTY_YEARS.step_by(86_399 * 3) {
            assert_eq!(zone.offset_at(instant), new_york(instant), "{instant}");
            let steady = zone.steady_around(instant);
            assert!(steady.contains(&instant));
            assert_eq!(zone.offset_at(steady.start.max(*FIFTY_YEARS.start())), new_york(instant));
        }
    }

    #[test]
    fn only_the_years_asked_for_cost_questions() {
        let questions = std::cell::Cell::new(0);
        let counted = |instant| {
            questions.set(questions.get() + 1);
            new_york(instant)
        };
        // 1 January 2025 to 22 November 2026.
        let (from, to) = (1_735_689_600, 1_795_305_600);
        let zone = Zone::from_probe("America/New_York", from..=to, counted);
        assert!(questions.get() < 160, "{}", questions.get());
        for instant in (from..=to).step_by(86_399) {
            assert_eq!(zone.offset_at(instant), new_york(instant), "{instant}");
        }
        for (during, offset) in [(to..=to, -5 * 3_600), (i64::MAX..=i64::MAX, -5 * 3_600)] {
            assert_eq!(Zone::from_probe("", during, new_york).offset_at(0), offset);
        }
    }

    #[test]
    fn the_hour_before_the_clock_was_put_back_came_twice() {
        // 1 January 2025 to 22 November 2026.
        let zone = Zone::from_probe("America/New_York", 1_735_689_600..=1_795_305_600, new_york);
        let repeated: Vec<_> = zone.repeated().collect();
        // 01:00 to 02:00 on 2 November 2025 and on 1 November 2026.
        assert_eq!(repeated, [1_762_045_200..1_762_048_800, 1_793_494_800..1_793_498_400]);
        assert_eq!(Zone::utc().repeated().count(), 0);
    }

    #[test]
    fn the_shop_day_is_not_the_utc_day() {
        let zone = Zone::from_probe("America/New_York", FIFTY_YEARS, new_york);
        // 2026-11-01T02:47:51Z is still Hallowe'en in New York.
        assert_eq!(zone.day_of(OrderTime::Instant(1_793_501_271)).to_string(), "2026-10-31");
        assert_eq!(zone.day_of(OrderTime::Wall(1_793_501_271)).to_string(), "2026-11-01");
        assert_eq!(Zone::utc().day_of(OrderTime::Instant(1_793_501_271)).to_string(), "2026-11-01");
    }
}
