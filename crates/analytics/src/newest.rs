//! Figures of a period, of the one before and the repeat rate meanwhile, in one look at the newest
//! orders.

use crate::repeat::RollingRates;
use crate::series::Period;
use crate::{AnonymousOrders, Kpis, Purchases, Series, Stretch, Window};

/// A window and the first days of its buckets, as [`kpis_and_series`](crate::kpis_and_series) takes
/// them.
pub type Bucketed<'a> = (Window, &'a [i32]);

/// What is asked of the newest orders.
#[derive(Debug, Clone, Copy)]
pub struct NewestQuery<'a> {
    /// The period.
    pub now: Bucketed<'a>,
    /// The one that it is compared with.
    pub before: Option<Bucketed<'a>>,
    /// Last days of the windows of the repeat rate, as
    /// [`rolling_repeat_rates`](crate::rolling_repeat_rates) takes them.
    pub ends: &'a [i32],
    /// So many days each.
    pub length: i32,
}

/// What they tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Newest {
    /// As [`kpis_and_series`](crate::kpis_and_series) has it of the period.
    pub now: (Kpis, Series),
    /// The same of the one that it is compared with.
    pub before: Option<(Kpis, Series)>,
    /// As [`rolling_repeat_rates`](crate::rolling_repeat_rates) has them.
    pub repeat_rates: Vec<Option<f64>>,
}

/// Looks at each customer's newest orders once for all of it: to find them takes longer than to count
/// them.
pub fn newest(
    purchases: Purchases<'_>,
    anonymous: AnonymousOrders<'_>,
    query: NewestQuery<'_>,
) -> Newest {
    let counted = |(window, starts)| Period::new(starts, window);
    let mut counting = Counting {
        now: counted(query.now),
        before: query.before.map(counted),
        rates: RollingRates::new(query.ends, query.length),
    };
    for orders in purchases.within(counting.window()) {
        counting.add(orders);
    }
    Newest {
        now: counting.now.figures(anonymous),
        before: counting.before.map(|it| it.figures(anonymous)),
        repeat_rates: counting.rates.map_or_else(Vec::new, |it| it.rates()),
    }
}

struct Counting<'a> {
    now: Period<'a>,
    before: Option<Period<'a>>,
    rates: Option<RollingRates>,
}

impl Counting<'_> {
    /// The days that anything is asked of.
    fn window(&self) -> Window {
        let others =
            [self.before.as_ref().map(|it| it.window), self.rates.as_ref().map(|it| it.window)];
        others.into_iter().flatten().fold(self.now.window, |all, it| Window {
            from: all.from.zip(it.from).map(|(one, other)| one.min(other)),
            as_of: all.as_of.max(it.as_of),
        })
    }

    /// A call a customer, for the reason told at `Summaries::push`.
    #[inline(never)]
    fn add(&mut self, orders: Stretch<'_>) {
        for period in [Some(&mut self.now), self.before.as_mut()].into_iter().flatten() {
            if let Some(own) = orders.within(period.window) {
                period.add(own);
            }
        }
        if let Some(rates) = &mut self.rates
            && let Some(own) = orders.within(rates.window)
        {
            rates.add(own.days);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kpis_and_series, rolling_repeat_rates};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_look_tells_what_three_do(
            customers in prop::collection::vec(
                prop::collection::vec((0..60_i32, 1..100_i64), 0..6), 0..8),
            now in (20..50_i32, 0..15_i32),
            before in prop::option::of((0..50_i32, 0..15_i32)),
            ends in prop::collection::btree_set(10..60_i32, 0..5),
            length in 1..20_i32,
        ) {
            let (mut offsets, mut day, mut net) = (vec![0], Vec::new(), Vec::new());
            for mut orders in customers {
                orders.sort_unstable();
                day.extend(orders.iter().map(|order| order.0));
                net.extend(orders.iter().map(|order| order.1));
                offsets.push(day.len() as u32);
            }
            let purchases = Purchases::new(&offsets, &day, &net).unwrap();
            let anonymous = AnonymousOrders { day: &[3, 30, 31], net: &[5, 7, 9] };
            let window = |(from, days)| Window { from: Some(from), as_of: from + days };
            let starts = |(from, _): (i32, i32)| [from, from + 4];
            let (of_now, of_before) = (starts(now), before.map(starts));
            let ends: Vec<i32> = ends.into_iter().collect();
            let query = NewestQuery {
                now: (window(now), &of_now),
                before: before.zip(of_before.as_ref()).map(|(it, starts)| (window(it), &starts[..])),
                ends: &ends,
                length,
            };
            let found = newest(purchases, anonymous, query);
            let alone = |(window, starts): Bucketed<'_>| kpis_and_series(starts, window, purchases, anonymous);
            prop_assert_eq!(found.now, alone(query.now));
            prop_assert_eq!(found.before, query.before.map(alone));
            prop_assert_eq!(found.repeat_rates, rolling_repeat_rates(purchases, &ends, length));
        }
    }
}
