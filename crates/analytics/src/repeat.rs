//! How the repeat rate moves.

use crate::{Purchases, Window};

/// The repeat rate of windows of `length` days that end on each of `ends`, which rise: buyers with at
/// least two orders in the window ÷ buyers. `None`: nobody bought in it.
///
/// One pass over the orders of all windows together: an order makes its customer a buyer of the windows
/// that end from its day until `length` days later, together with the next one a repeater.
pub fn rolling_repeat_rates(
    purchases: Purchases<'_>,
    ends: &[i32],
    length: i32,
) -> Vec<Option<f64>> {
    let Some(mut rates) = RollingRates::new(ends, length) else { return Vec::new() };
    for own in purchases.within(rates.window) {
        rates.add(own.days);
    }
    rates.rates()
}

/// Repeat rates that are being counted.
pub(crate) struct RollingRates {
    /// From the first day of the first window to the last day of the last one.
    pub window: Window,
    length: i32,
    windows: Windows,
    buyers: Changes,
    repeaters: Changes,
}

impl RollingRates {
    /// Nothing is counted yet; `None`: there are no windows.
    pub fn new(ends: &[i32], length: i32) -> Option<RollingRates> {
        let (first, last) = (ends.first()?, ends.last()?);
        Some(RollingRates {
            window: Window { from: Some(first - length + 1), as_of: *last },
            length,
            windows: Windows::new(ends),
            buyers: Changes::new(ends.len()),
            repeaters: Changes::new(ends.len()),
        })
    }

    /// Counts the orders of a customer from the first window's first day to the last one's last. A call
    /// a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    pub fn add(&mut self, days: &[i32]) {
        let RollingRates { length, windows, buyers, repeaters, .. } = self;
        let (mut bought, mut repeated) = (Stretch::NONE, Stretch::NONE);
        for (at, &day) in days.iter().enumerate() {
            let gone = day + *length;
            bought.go_on((day, gone), buyers, windows);
            if let Some(&next) = days.get(at + 1).filter(|next| **next < gone) {
                repeated.go_on((next, gone), repeaters, windows);
            }
        }
        bought.add_to(buyers, windows);
        repeated.add_to(repeaters, windows);
    }

    /// The rate of each window.
    pub fn rates(&self) -> Vec<Option<f64>> {
        let rates = self.buyers.sums().zip(self.repeaters.sums());
        rates.map(|(all, again)| (all > 0).then(|| f64::from(again) / f64::from(all))).collect()
    }
}

/// The days on which windows end, looked up by day: a search for each order would take as long as all
/// else.
struct Windows {
    count: usize,
    /// The day of the first end.
    first: i32,
    /// From that day to the last end: the first window that ends on the day or later.
    from: Vec<u32>,
}

impl Windows {
    /// `ends` rise and are not empty.
    fn new(ends: &[i32]) -> Windows {
        let mut from = vec![0];
        for (at, pair) in (1_u32..).zip(ends.windows(2)) {
            from.extend((pair[0]..pair[1]).map(|_| at));
        }
        Windows { count: ends.len(), first: ends[0], from }
    }

    /// The first window that ends on the day or later; their number, if none does.
    fn first_from(&self, day: i32) -> usize {
        let since = usize::try_from(day.saturating_sub(self.first)).unwrap_or(0);
        self.from.get(since).map_or(self.count, |at| *at as usize)
    }
}

/// Days on end on which windows that end have a customer, who is to be counted once in each.
struct Stretch {
    from: i32,
    until: i32,
}

impl Stretch {
    const NONE: Stretch = Stretch { from: i32::MIN, until: i32::MIN };

    /// Takes in further days, none of which begins or ends before those known. Where there is a gap
    /// before them, what was known is added.
    fn go_on(&mut self, (from, until): (i32, i32), changes: &mut Changes, windows: &Windows) {
        if from > self.until {
            self.add_to(changes, windows);
            self.from = from;
        }
        self.until = until;
    }

    fn add_to(&self, changes: &mut Changes, windows: &Windows) {
        changes.add(windows.first_from(self.from), windows.first_from(self.until));
    }
}

/// By how much a count changes from window to window.
struct Changes {
    /// One more than there are windows: the last is beyond them.
    by: Vec<i32>,
}

impl Changes {
    fn new(windows: usize) -> Changes {
        Changes { by: vec![0; windows + 1] }
    }

    /// One more from a window until before another.
    fn add(&mut self, from: usize, until: usize) {
        self.by[from] += 1;
        self.by[until] -= 1;
    }

    /// The count of each window.
    fn sums(&self) -> impl Iterator<Item = i32> {
        let changes = self.by[..self.by.len() - 1].iter();
        changes.scan(0, |sum, change| {
            *sum += change;
            Some(*sum)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnonymousOrders, kpis, summarise};
    use proptest::prelude::*;

    #[test]
    fn windows_of_four_days() {
        // Two orders on days 1 and 3, one on day 2, two on day 9.
        let purchases = Purchases::new(&[0, 2, 3, 5], &[1, 3, 2, 9, 9], &[1; 5]).unwrap();
        let rates = rolling_repeat_rates(purchases, &[0, 1, 3, 4, 6, 9, 20], 4);
        let expected = [None, Some(0.0), Some(0.5), Some(0.5), Some(0.0), Some(1.0), None];
        assert_eq!(rates, expected);
        assert_eq!(rolling_repeat_rates(purchases, &[], 4), []);
    }

    proptest! {
        #[test]
        fn each_is_the_key_figure_of_its_window(
            shop in prop::collection::vec(prop::collection::vec(0..40_i32, 0..6), 0..8),
            ends in prop::collection::btree_set(0..50_i32, 1..6),
            length in 1..20_i32,
        ) {
            let mut offsets = vec![0];
            let mut days = Vec::new();
            for mut own in shop {
                own.sort_unstable();
                days.extend(own);
                offsets.push(days.len() as u32);
            }
            let nets = vec![1; days.len()];
            let purchases = Purchases::new(&offsets, &days, &nets).unwrap();
            let ends: Vec<i32> = ends.into_iter().collect();
            let rates = rolling_repeat_rates(purchases, &ends, length);
            for (end, rate) in ends.iter().zip(rates) {
                let window = Window { from: Some(end - length + 1), as_of: *end };
                let figures = kpis(&summarise(purchases, window), AnonymousOrders::default());
                prop_assert_eq!(rate, figures.repeat_rate);
            }
        }
    }
}
