//! Orders and net over time, for charts.

use crate::periods::StartIndex;
use crate::{AnonymousOrders, Purchases, Window};

/// Orders and net by consecutive buckets of days.
///
/// The caller owns the calendar: a bucket begins on its day of `starts` and ends before the next,
/// the last one on the as-of day. Months, weeks and days are all the same here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// First day of each bucket, rising.
    pub starts: Vec<i32>,
    /// Orders in each bucket.
    pub orders: Vec<u32>,
    /// Net amount in each bucket, in minor units.
    pub net: Vec<i64>,
}

/// Sums orders by bucket.
///
/// `starts` must rise. Orders outside the window or before the first bucket are left out.
pub fn net_by(
    starts: &[i32],
    window: Window,
    purchases: Purchases<'_>,
    anonymous: AnonymousOrders<'_>,
) -> Series {
    let mut series = Series {
        starts: starts.to_vec(),
        orders: vec![0; starts.len()],
        net: vec![0; starts.len()],
    };
    let Some(first_start) = starts.first() else { return series };
    let first = window.from.map_or(*first_start, |from| from.max(*first_start));
    let window = Window { from: Some(first), ..window };
    if first <= window.as_of {
        let index = StartIndex::new(starts, first, window.as_of);
        series.add_all(window, purchases, anonymous, &index);
    }
    series
}

impl Series {
    /// `index` is asked for days in the window only.
    fn add_all(
        &mut self,
        window: Window,
        purchases: Purchases<'_>,
        anonymous: AnonymousOrders<'_>,
        index: &StartIndex<'_>,
    ) {
        for orders in purchases.within(window) {
            for (day, net) in orders.days.iter().zip(orders.nets) {
                self.add(index.of(*day), *net);
            }
        }
        for (day, net) in anonymous.day.iter().zip(anonymous.net) {
            if window.contains(*day) {
                self.add(index.of(*day), *net);
            }
        }
    }

    #[inline]
    fn add(&mut self, bucket: usize, net: i64) {
        self.orders[bucket] += 1;
        self.net[bucket] = self.net[bucket].saturating_add(net);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// January, February and March 1970 begin on days 0, 31 and 59.
    const MONTHS: [i32; 3] = [0, 31, 59];

    fn of_one_customer(
        starts: &[i32],
        (from, as_of): (Option<i32>, i32),
        day: &[i32],
        net: &[i64],
    ) -> Series {
        let offsets = [0, day.len() as u32];
        let purchases = Purchases::new(&offsets, day, net).unwrap();
        net_by(starts, Window { from, as_of }, purchases, AnonymousOrders::default())
    }

    #[test]
    fn each_order_counts_in_the_bucket_of_its_day() {
        let (day, net) = ([-1, 0, 30, 31, 58, 70, 71], [1, 2, 4, 8, 16, 32, 64]);
        let purchases = Purchases::new(&[0, 2, 2, 7], &day, &net).unwrap();
        let anonymous = AnonymousOrders { day: &[80, 59, -5], net: &[7, 100, 3] };
        let series = net_by(&MONTHS, Window { from: None, as_of: 70 }, purchases, anonymous);
        assert_eq!(series.orders, [2, 2, 2]);
        assert_eq!(series.net, [6, 24, 132]);
    }

    #[test]
    fn a_window_may_begin_and_end_inside_a_bucket() {
        let (day, net) = ([i32::MIN, 39, 40, 50, 51, i32::MAX], [1; 6]);
        assert_eq!(of_one_customer(&MONTHS, (Some(40), 50), &day, &net).orders, [0, 2, 0]);
        assert_eq!(of_one_customer(&MONTHS, (Some(60), 50), &day, &net).orders, [0, 0, 0]);
        assert_eq!(of_one_customer(&[], (Some(60), 50), &day, &net).orders, [0; 0]);
    }

    #[test]
    fn windows_of_many_centuries_count_the_same() {
        let (day, net) = ([-400_000, -1, 0, 31, 70, i32::MAX], [1, 2, 4, 8, 16, 32]);
        let starts = [-300_000, 0, 31];
        assert_eq!(of_one_customer(&starts, (None, 60), &day, &net).net, [2, 4, 8]);
        assert_eq!(of_one_customer(&starts, (None, i32::MAX), &day, &net).net, [2, 4, 56]);
    }
}
