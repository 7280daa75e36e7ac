//! Orders and net over time, for charts.

use crate::Window;

/// Windows up to this many days (358 years) find an order's bucket in a table.
const TABLE_DAYS: i64 = 1 << 17;

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

/// Sums orders by bucket. `columns` are pairs of days and net amounts, in any sequence, such as
/// the orders of known customers and the anonymous ones.
///
/// `starts` must rise. Orders outside the window or before the first bucket are left out.
pub fn net_by(starts: &[i32], window: Window, columns: &[(&[i32], &[i64])]) -> Series {
    let mut series = Series {
        starts: starts.to_vec(),
        orders: vec![0; starts.len()],
        net: vec![0; starts.len()],
    };
    let Some(first_start) = starts.first() else { return series };
    let first = window.from.map_or(*first_start, |from| from.max(*first_start));
    let days = i64::from(window.as_of) - i64::from(first) + 1;
    let bucket = |day: i32| starts.partition_point(|start| *start <= day) - 1;
    if days <= 0 {
        return series;
    }
    if days <= TABLE_DAYS {
        let table: Vec<u32> = (first..=window.as_of).map(|day| bucket(day) as u32).collect();
        // A day before `first` wraps round to far beyond the table.
        series.add(columns, |day| {
            table.get(day.wrapping_sub(first) as u32 as usize).map(|bucket| *bucket as usize)
        });
    } else {
        series.add(columns, |day| (first..=window.as_of).contains(&day).then(|| bucket(day)));
    }
    series
}

impl Series {
    fn add(&mut self, columns: &[(&[i32], &[i64])], bucket: impl Fn(i32) -> Option<usize>) {
        for (days, nets) in columns {
            for (day, net) in days.iter().zip(*nets) {
                if let Some(bucket) = bucket(*day) {
                    self.orders[bucket] += 1;
                    self.net[bucket] = self.net[bucket].saturating_add(*net);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// January, February and March 1970 begin on days 0, 31 and 59.
    const MONTHS: [i32; 3] = [0, 31, 59];

    #[test]
    fn each_order_counts_in_the_bucket_of_its_day() {
        let window = Window { from: None, as_of: 70 };
        let known: (&[i32], &[i64]) = (&[-1, 0, 30, 31, 58, 70, 71], &[1, 2, 4, 8, 16, 32, 64]);
        let anonymous: (&[i32], &[i64]) = (&[59], &[100]);
        let series = net_by(&MONTHS, window, &[known, anonymous]);
        assert_eq!(series.orders, [2, 2, 2]);
        assert_eq!(series.net, [6, 24, 132]);
    }

    #[test]
    fn a_window_may_begin_and_end_inside_a_bucket() {
        let window = Window { from: Some(40), as_of: 50 };
        let column: (&[i32], &[i64]) = (&[39, 40, 50, 51, i32::MIN, i32::MAX], &[1; 6]);
        assert_eq!(net_by(&MONTHS, window, &[column]).orders, [0, 2, 0]);
        let empty = Window { from: Some(60), as_of: 50 };
        assert_eq!(net_by(&MONTHS, empty, &[column]).orders, [0, 0, 0]);
        assert_eq!(net_by(&[], window, &[column]).orders, [0; 0]);
    }

    #[test]
    fn windows_of_many_centuries_count_the_same() {
        let column: (&[i32], &[i64]) =
            (&[-400_000, -1, 0, 31, 70, i32::MAX], &[1, 2, 4, 8, 16, 32]);
        let starts = [-300_000, 0, 31];
        let wide = net_by(&starts, Window { from: None, as_of: 60 }, &[column]);
        assert_eq!(wide.net, [2, 4, 8]);
        let all = net_by(&starts, Window { from: None, as_of: i32::MAX }, &[column]);
        assert_eq!(all.net, [2, 4, 56]);
    }
}
