//! The shop's time zone, as a table of offsets.

use crate::ShopDay;
use serde::{Deserialize, Serialize};

/// When an order was placed, as the source told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderTime {
    /// Seconds since 1 January 1970 UTC: the source gave an offset or a zone.
    Instant(i64),
    /// Seconds since 1 January 1970, 00:00 on the shop's own clock: the source gave a local time.
    Wall(i64),
}

/// A time zone: its name and every change of its offset between 1990 and 2040.
///
/// The zone database is the browser's (`Intl`), read once through [`Zone::from_probe`]: the Rust
/// crates that carry one cost more than 100 KB of download for data that every browser has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    name: String,
    /// Offset from UTC in seconds before the first change.
    first_offset: i32,
    /// (instant of the change, offset in seconds from then on), ascending.
    changes: Vec<(i64, i32)>,
}

/// 1 January 1990 and 2040, UTC.
const PROBE_FROM: i64 = 631_152_000;
const PROBE_TO: i64 = 2_208_988_800;
/// No zone has changed its offset twice within ten days since 1990.
const PROBE_STEP: i64 = 10 * 86_400;

impl Zone {
    /// Coordinated universal time.
    pub fn utc() -> Zone {
        Zone { name: "UTC".to_owned(), first_offset: 0, changes: Vec::new() }
    }

    /// Learns a zone by asking `offset_at(instant)` for its offset in seconds.
    ///
    /// About 1,900 questions, and 20 more for each change that is found.
    pub fn from_probe(name: &str, offset_at: impl Fn(i64) -> i32) -> Zone {
        let first_offset = offset_at(PROBE_FROM);
        let (mut changes, mut known) = (Vec::new(), first_offset);
        let mut at = PROBE_FROM;
        while at < PROBE_TO {
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

    #[test]
    fn a_probed_zone_answers_like_its_source() {
        let zone = Zone::from_probe("America/New_York", new_york);
        assert_eq!(zone.changes.len(), 100);
        for instant in (PROBE_FROM..PROBE_TO).step_by(86_399 * 3) {
            assert_eq!(zone.offset_at(instant), new_york(instant), "{instant}");
            let steady = zone.steady_around(instant);
            assert!(steady.contains(&instant));
            assert_eq!(zone.offset_at(steady.start.max(PROBE_FROM)), new_york(instant));
        }
    }

    #[test]
    fn the_shop_day_is_not_the_utc_day() {
        let zone = Zone::from_probe("America/New_York", new_york);
        // 2026-11-01T02:47:51Z is still Hallowe'en in New York.
        assert_eq!(zone.day_of(OrderTime::Instant(1_793_501_271)).to_string(), "2026-10-31");
        assert_eq!(zone.day_of(OrderTime::Wall(1_793_501_271)).to_string(), "2026-11-01");
        assert_eq!(Zone::utc().day_of(OrderTime::Instant(1_793_501_271)).to_string(), "2026-11-01");
    }
}
