//! One pass over all orders: what each customer did, up to the as-of day.

use crate::sum::sum;
use crate::{Purchases, Tally, Window};

/// Columns with one entry a customer.
///
/// `orders` and `net` look at the window. The other columns look at everything up to the as-of
/// day, because a first or last order and the rhythm of buying do not depend on the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summaries {
    /// The window these columns were made for.
    pub window: Window,
    /// Orders in the window.
    pub orders: Vec<u32>,
    /// Net amount of the orders in the window, in minor units.
    pub net: Vec<i64>,
    /// Distinct days with an order; 0 for a prospect.
    pub purchase_days: Vec<u32>,
    /// Day of the first order; without meaning where `purchase_days` is 0, see
    /// [`first`](Self::first).
    pub first_day: Vec<i32>,
    /// Day of the last order; without meaning where `purchase_days` is 0, see
    /// [`last`](Self::last).
    pub last_day: Vec<i32>,
    /// Days between consecutive purchase days of the same customer, over the whole store.
    pub gaps: Tally,
}

/// Summarises every customer's purchases up to `window.as_of`.
pub fn summarise(purchases: Purchases<'_>, window: Window) -> Summaries {
    let count = purchases.customer_count();
    let mut summaries = Summaries {
        window,
        orders: Vec::with_capacity(count),
        net: Vec::with_capacity(count),
        purchase_days: Vec::with_capacity(count),
        first_day: Vec::with_capacity(count),
        last_day: Vec::with_capacity(count),
        gaps: Tally::default(),
    };
    for (days, nets) in purchases.customers() {
        summaries.push(days, nets);
    }
    summaries
}

impl Summaries {
    /// A call a customer: in a browser a loop over all would run to its end in the slow first
    /// translation of its function; calls take over the fast one as soon as it is there.
    #[inline(never)]
    fn push(&mut self, days: &[i32], nets: &[i64]) {
        let Window { from, as_of } = self.window;
        // Most customers lie in the window as a whole, so the ends are looked at first.
        let end = match days.last() {
            Some(last) if *last > as_of => days.partition_point(|day| *day <= as_of),
            _ => days.len(),
        };
        let days = &days[..end];
        let begin = match (from, days.first()) {
            (Some(from), Some(first)) if *first < from => days.partition_point(|day| *day < from),
            _ => 0,
        };
        let mut purchase_days = u32::from(end > 0);
        for pair in days.windows(2) {
            let gap = pair[1].abs_diff(pair[0]);
            if gap > 0 {
                self.gaps.add(gap);
                purchase_days += 1;
            }
        }
        self.orders.push((end - begin) as u32);
        self.net.push(sum(&nets[begin..end]));
        self.purchase_days.push(purchase_days);
        self.first_day.push(days.first().copied().unwrap_or(i32::MIN));
        self.last_day.push(days.last().copied().unwrap_or(i32::MIN));
    }

    /// How many customers the columns hold, prospects included.
    pub fn len(&self) -> usize {
        self.orders.len()
    }

    /// Whether there are no customers at all.
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty()
    }

    /// Day of the customer's first order up to the as-of day.
    pub fn first(&self, customer: usize) -> Option<i32> {
        (*self.purchase_days.get(customer)? > 0).then(|| self.first_day[customer])
    }

    /// Day of the customer's last order up to the as-of day.
    pub fn last(&self, customer: usize) -> Option<i32> {
        (*self.purchase_days.get(customer)? > 0).then(|| self.last_day[customer])
    }

    /// Days from the last order to the as-of day.
    pub fn recency(&self, customer: usize) -> Option<u32> {
        self.last(customer).map(|last| self.window.as_of.abs_diff(last))
    }

    /// Recency of the customers who bought in the window, `None` for the others, in order.
    pub(crate) fn window_recencies(&self) -> impl Iterator<Item = Option<u32>> {
        self.orders
            .iter()
            .zip(&self.last_day)
            .map(|(orders, last)| (*orders > 0).then(|| self.window.as_of.abs_diff(*last)))
    }

    /// Orders of the customers who bought in the window, `None` for the others, in order.
    pub(crate) fn window_orders(&self) -> impl Iterator<Item = Option<u32>> {
        self.orders.iter().map(|orders| (*orders > 0).then_some(*orders))
    }

    /// The customer's usual number of days between purchases, see [`personal_gap`].
    ///
    /// `store_gap` is the store's median gap: [`gaps`](Self::gaps)`.median()`. `None` for a
    /// prospect.
    pub fn personal_gap(&self, customer: usize, store_gap: f64) -> Option<f64> {
        let own = self.last(customer)?.abs_diff(self.first(customer)?);
        Some(personal_gap(store_gap, own, self.purchase_days[customer] - 1))
    }

    /// The day on which the next order is expected: last day + personal gap, with its fraction.
    pub fn next_expected(&self, customer: usize, store_gap: f64) -> Option<f64> {
        Some(f64::from(self.last(customer)?) + self.personal_gap(customer, store_gap)?)
    }
}

/// A customer's gap between purchases, drawn towards the store's: (2·g + Σ own) ÷ (2 + m).
///
/// The store's gap `g` weighs as much as two gaps of the customer's own, so that someone with a
/// single gap is not judged by it alone. `own_days` is the sum of the `own_gaps` gaps, in days;
/// as they are consecutive it is simply the time from the first purchase to the last.
pub fn personal_gap(store_gap: f64, own_days: u32, own_gaps: u32) -> f64 {
    // Twice a number is exact, so nothing is rounded that a fused operation would not; wasm has none
    // and works it out step by step.
    (store_gap + store_gap + f64::from(own_days)) / (2.0 + f64::from(own_gaps))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Customers: three orders on two days, one order, none.
    const OFFSETS: [u32; 4] = [0, 3, 4, 4];
    const DAYS: [i32; 4] = [10, 10, 30, 25];
    const NETS: [i64; 4] = [100, 50, 70, 900];

    fn summaries(from: Option<i32>, as_of: i32) -> Summaries {
        let purchases = Purchases::new(&OFFSETS, &DAYS, &NETS).unwrap();
        summarise(purchases, Window { from, as_of })
    }

    #[test]
    fn all_time() {
        let all = summaries(None, 31);
        assert_eq!(all.orders, [3, 1, 0]);
        assert_eq!(all.net, [220, 900, 0]);
        assert_eq!(all.purchase_days, [2, 1, 0]);
        assert_eq!((all.first(0), all.last(0), all.recency(0)), (Some(10), Some(30), Some(1)));
        assert_eq!((all.first(2), all.last(2), all.recency(2)), (None, None, None));
        assert_eq!(all.gaps.median(), Some(20.0));
    }

    #[test]
    fn orders_after_the_as_of_day_do_not_exist() {
        let early = summaries(None, 24);
        assert_eq!(early.orders, [2, 0, 0]);
        assert_eq!(early.purchase_days, [1, 0, 0]);
        assert_eq!(early.recency(0), Some(14));
        assert_eq!(early.gaps.median(), None);
    }

    #[test]
    fn a_window_limits_orders_and_net_but_not_the_rhythm() {
        let late = summaries(Some(30), 30);
        assert_eq!(late.orders, [1, 0, 0]);
        assert_eq!(late.net, [70, 0, 0]);
        assert_eq!(late.first(0), Some(10));
        assert_eq!(late.gaps.median(), Some(20.0));
        assert_eq!(summaries(Some(31), 40).orders, [0, 0, 0]);
    }

    #[test]
    fn few_own_gaps_lean_on_the_store() {
        let all = summaries(None, 31);
        assert_eq!(all.personal_gap(0, 50.0), Some(40.0));
        assert_eq!(all.next_expected(0, 50.0), Some(70.0));
        assert_eq!(all.personal_gap(1, 50.0), Some(50.0));
        assert_eq!(all.personal_gap(2, 50.0), None);
    }
}
