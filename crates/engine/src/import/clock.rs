//! What the shop's clock makes of a file's times.

use crate::host::Host;
use model::{OrderTable, OrderTime, ShopDay, Zone, blocks};
use protocol::Coded;
use reader::WarningCode;
use std::ops::Range;

/// Wall time and instant are less than that apart, in seconds.
const DAY: i64 = 86_400;

/// The zone of that name, for the times of a span; UTC where the browser does not know it.
fn zone_of(host: &impl Host, name: &str, (first, last): (OrderTime, OrderTime)) -> Zone {
    let seconds = |time| match time {
        OrderTime::Instant(seconds) | OrderTime::Wall(seconds) => seconds,
    };
    let during = seconds(first).saturating_sub(DAY)..=seconds(last).saturating_add(DAY);
    host.zone(name, during).unwrap_or_else(Zone::utc)
}

/// The days of a file's first and last order, in the zone of that name.
pub fn days(host: &impl Host, zone: &str, span: (OrderTime, OrderTime)) -> (ShopDay, ShopDay) {
    let zone = zone_of(host, zone, span);
    (zone.day_of(span.0), zone.day_of(span.1))
}

/// Says how many orders have a time that the clock of the zone showed twice, and no offset that
/// tells which of the two; `None`: none.
pub fn repeated(
    host: &impl Host,
    zone: &str,
    span: Option<(OrderTime, OrderTime)>,
    orders: &OrderTable,
) -> Option<Coded> {
    let times: Vec<Range<i64>> = zone_of(host, zone, span?).repeated().collect();
    if times.is_empty() {
        return None;
    }
    let count: u64 = blocks(orders.len()).map(|rows| within(&times, orders, rows)).sum();
    (count > 0).then(|| Coded {
        code: WarningCode::AmbiguousLocalTime.code().to_owned(),
        detail: zone.to_owned(),
        count,
        line: None,
    })
}

#[inline(never)]
fn within(times: &[Range<i64>], orders: &OrderTable, rows: Range<usize>) -> u64 {
    let is_within = |row: &usize| match orders.time(*row) {
        OrderTime::Wall(at) => times.iter().any(|time| time.contains(&at)),
        OrderTime::Instant(_) => false,
    };
    rows.filter(is_within).count() as u64
}
