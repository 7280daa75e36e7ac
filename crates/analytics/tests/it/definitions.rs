//! The definitions written out plainly, each customer against every other: O(n²).

use analytics::{Purchases, Summaries, Window};

/// 1 + ⌊5 · (number with a strictly smaller value) ÷ n⌋.
pub fn score_up(values: &[i64], own: i64) -> u8 {
    let smaller = values.iter().filter(|value| **value < own).count();
    1 + (5 * smaller / values.len()) as u8
}

/// ⌈5 · (number with an equal or greater value) ÷ n⌉.
pub fn score_down(values: &[i64], own: i64) -> u8 {
    let not_smaller = values.iter().filter(|value| **value >= own).count();
    (5 * not_smaller).div_ceil(values.len()) as u8
}

/// Mean absolute difference of all pairs ÷ twice the mean.
pub fn gini(values: &[i64]) -> f64 {
    let n = values.len() as f64;
    let differences: i64 =
        values.iter().flat_map(|a| values.iter().map(move |b| (a - b).abs())).sum();
    let total: i64 = values.iter().sum();
    differences as f64 / (2.0 * n * total as f64)
}

/// All gaps of the store in ascending order.
pub fn gaps(customers: &[Vec<(i32, i64)>], as_of: i32) -> Vec<u32> {
    let mut gaps = Vec::new();
    for orders in customers {
        let mut days: Vec<i32> = orders.iter().map(|order| order.0).collect();
        days.retain(|day| *day <= as_of);
        days.sort_unstable();
        days.dedup();
        gaps.extend(days.windows(2).map(|pair| pair[1].abs_diff(pair[0])));
    }
    gaps.sort_unstable();
    gaps
}

/// Orders and net in the window of one customer.
pub fn in_window(orders: &[(i32, i64)], window: Window) -> (u32, i64) {
    let inside = orders.iter().filter(|(day, _)| window.contains(*day));
    inside.fold((0, 0), |(count, sum), (_, net)| (count + 1, sum + net))
}

/// Days since the last order, orders and net of the customers with an order in the window.
pub fn measures(customers: &Summaries) -> [Vec<i64>; 3] {
    let buyers = || (0..customers.len()).filter(|c| customers.orders[*c] > 0);
    [
        buyers().map(|c| i64::from(customers.recency(c).unwrap())).collect(),
        buyers().map(|c| i64::from(customers.orders[c])).collect(),
        buyers().map(|c| customers.net[c]).collect(),
    ]
}

#[test]
fn purchases_can_be_read_back_by_customer() {
    let purchases = Purchases::new(&[0, 2, 2, 3], &[1, 2, 3], &[10, 20, 30]).unwrap();
    let customers: Vec<_> = purchases.customers().collect();
    assert_eq!(customers[0], (&[1, 2][..], &[10, 20][..]));
    assert_eq!(customers[1], (&[][..], &[][..]));
    assert_eq!((customers.len(), purchases.customer_count()), (3, 3));
}
