//! Key figures of a period and its orders and net over time, in one look at its orders.

use crate::kpi::Sums;
use crate::periods::StartIndex;
use crate::{AnonymousOrders, Kpis, Purchases, Stretch, Window};

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
    /// How many of them are anonymous.
    pub anonymous: Vec<u32>,
    /// Net amount of the orders in each bucket, in minor units.
    pub net: Vec<i64>,
}

impl Series {
    /// The average order value of a bucket in minor units, as [`Kpis::aov`] has it of the window.
    pub fn aov(&self, bucket: usize) -> Option<f64> {
        let orders = self.orders[bucket];
        (orders > 0).then(|| self.net[bucket] as f64 / f64::from(orders))
    }
}

/// Sums of amounts by bucket, as [`Series`] has them: `amounts` are days and minor units, in any
/// sequence. What lies outside the window is in no bucket.
pub fn sums_by_start(starts: &[i32], window: Window, amounts: &[(i32, i64)]) -> Vec<i64> {
    let mut sums = vec![0_i64; starts.len()];
    for &(day, amount) in amounts.iter().filter(|it| window.contains(it.0)) {
        let bucket = starts.partition_point(|start| *start <= day).checked_sub(1);
        if let Some(sum) = bucket.and_then(|at| sums.get_mut(at)) {
            *sum = sum.saturating_add(amount);
        }
    }
    sums
}

/// The figures of a window, and its orders and net by bucket.
///
/// The figures are those of [`kpis`](crate::kpis) but for the median gap, for which orders before
/// the window would have to be looked at. `starts` must rise; orders before the first bucket are
/// in no bucket.
pub fn kpis_and_series(
    starts: &[i32],
    window: Window,
    purchases: Purchases<'_>,
    anonymous: AnonymousOrders<'_>,
) -> (Kpis, Series) {
    let mut period = Period::new(starts, window);
    for orders in purchases.within(window) {
        period.add(orders);
    }
    period.figures(anonymous)
}

/// A period that is being counted.
pub(crate) struct Period<'a> {
    pub window: Window,
    sums: Sums,
    starts: &'a [i32],
    buckets: Vec<Bucket>,
    /// The first day that is in a bucket; [`i32::MAX`] without buckets.
    first: i32,
    index: StartIndex<'a>,
}

/// What happened in a bucket, side by side in memory: an order touches one place.
#[derive(Clone, Copy, Default)]
struct Bucket {
    net: i64,
    orders: u32,
    anonymous: u32,
}

impl<'a> Period<'a> {
    /// Nothing is counted yet. `starts` must rise.
    pub fn new(starts: &'a [i32], window: Window) -> Self {
        let first =
            window.from.unwrap_or(i32::MIN).max(starts.first().copied().unwrap_or(i32::MAX));
        Self {
            window,
            sums: Sums::default(),
            starts,
            buckets: vec![Bucket::default(); starts.len()],
            first,
            index: StartIndex::new(starts, first, window.as_of),
        }
    }

    /// Counts the orders of a customer in the window. A call a customer, for the reason told at
    /// `Summaries::push`.
    #[inline(never)]
    pub fn add(&mut self, orders: Stretch<'_>) {
        self.sums.add(orders);
        for (day, net) in orders.days.iter().zip(orders.nets) {
            self.add_order(*day, *net);
        }
    }

    /// Counts an order and returns its bucket, if it is in any.
    #[inline]
    fn add_order(&mut self, day: i32, net: i64) -> Option<&mut Bucket> {
        if day < self.first {
            return None;
        }
        let bucket = self.buckets.get_mut(self.index.of(day))?;
        bucket.orders += 1;
        bucket.net = bucket.net.saturating_add(net);
        Some(bucket)
    }

    /// The figures, with the orders that nobody can be found for.
    pub fn figures(mut self, anonymous: AnonymousOrders<'_>) -> (Kpis, Series) {
        for (day, net) in anonymous.day.iter().zip(anonymous.net) {
            if self.window.contains(*day)
                && let Some(bucket) = self.add_order(*day, *net)
            {
                bucket.anonymous += 1;
            }
        }
        let series = Series {
            starts: self.starts.to_vec(),
            orders: self.buckets.iter().map(|it| it.orders).collect(),
            anonymous: self.buckets.iter().map(|it| it.anonymous).collect(),
            net: self.buckets.iter().map(|it| it.net).collect(),
        };
        (self.sums.kpis(self.window, anonymous), series)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kpis, summarise};
    use proptest::prelude::*;

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
        kpis_and_series(starts, Window { from, as_of }, purchases, AnonymousOrders::default()).1
    }

    #[test]
    fn each_order_counts_in_the_bucket_of_its_day() {
        let (day, net) = ([-1, 0, 30, 31, 58, 70, 71], [1, 2, 4, 8, 16, 32, 64]);
        let purchases = Purchases::new(&[0, 2, 2, 7], &day, &net).unwrap();
        let anonymous = AnonymousOrders { day: &[80, 59, -5], net: &[7, 100, 3] };
        let (_, series) =
            kpis_and_series(&MONTHS, Window { from: None, as_of: 70 }, purchases, anonymous);
        assert_eq!(series.orders, [2, 2, 2]);
        assert_eq!(series.net, [6, 24, 132]);
        assert_eq!(series.anonymous, [0, 0, 1]);
        assert_eq!([0, 1, 2].map(|at| series.aov(at)), [Some(3.0), Some(12.0), Some(66.0)]);
    }

    #[test]
    fn amounts_are_summed_in_the_bucket_of_their_day() {
        let amounts = [(70, 1), (-1, 2), (31, 4), (58, 8), (0, 16), (71, 32)];
        let window = |from| Window { from, as_of: 70 };
        assert_eq!(sums_by_start(&MONTHS, window(None), &amounts), [16, 12, 1]);
        assert_eq!(sums_by_start(&MONTHS, window(Some(40)), &amounts), [0, 8, 1]);
        assert_eq!(sums_by_start(&[], window(None), &amounts), [0; 0]);
        assert_eq!(of_one_customer(&MONTHS, (None, 70), &[3], &[5]).aov(1), None);
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

    proptest! {
        #[test]
        fn the_short_way_gives_the_figures_of_the_long_one(
            customers in prop::collection::vec(
                prop::collection::vec((0..30_i32, 1..100_i64), 0..6), 0..6),
            from in prop::option::of(-2..32_i32),
            as_of in -2..32_i32,
        ) {
            let (mut offsets, mut day, mut net) = (vec![0], Vec::new(), Vec::new());
            for mut orders in customers {
                orders.sort_unstable();
                day.extend(orders.iter().map(|order| order.0));
                net.extend(orders.iter().map(|order| order.1));
                offsets.push(day.len() as u32);
            }
            let purchases = Purchases::new(&offsets, &day, &net).unwrap();
            let anonymous = AnonymousOrders { day: &[3, 9], net: &[5, 7] };
            let window = Window { from, as_of };
            let long = kpis(&summarise(purchases, window), anonymous);
            let (short, _) = kpis_and_series(&[], window, purchases, anonymous);
            prop_assert_eq!(short, Kpis { median_gap_days: None, ..long });
        }
    }
}
