//! When an item is bought again, and for whom that day has come.

use super::bought::each_customer;
use crate::{Baskets, Bought, Purchases, personal_gap};

/// How an item is bought again.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Replenishment {
    /// Customers who bought the item.
    pub buyers: u32,
    /// Those who bought it on two days or more.
    pub repeat_buyers: u32,
    /// Times that it was bought again: what the days below rest on.
    pub gaps: u32,
    /// Days between two purchases of the item by one customer that a quarter, a half and three
    /// quarters of all gaps do not exceed, by nearest rank; `None` if it was never bought again.
    pub quartile_days: Option<[u32; 3]>,
}

impl Replenishment {
    /// Customers who bought the item again ÷ customers who bought it.
    pub fn repurchase_rate(&self) -> Option<f64> {
        (self.buyers > 0).then(|| f64::from(self.repeat_buyers) / f64::from(self.buyers))
    }
}

/// Looks at every item's repurchases up to the as-of day: one entry an item.
pub fn replenishment(
    purchases: Purchases<'_>,
    baskets: Baskets<'_>,
    as_of: i32,
) -> Vec<Replenishment> {
    let mut items = vec![Replenishment::default(); baskets.items()];
    // Item and days, so that one sort brings each item's gaps together in order.
    let mut gaps: Vec<(u32, u32)> = Vec::new();
    each_customer(purchases, baskets, as_of, |_, item_days| {
        for same in item_days.chunk_by(|a, b| a.0 == b.0) {
            let item = &mut items[same[0].0 as usize];
            item.buyers += 1;
            item.repeat_buyers += u32::from(same.len() > 1);
            gaps.extend(same.windows(2).map(|pair| (pair[0].0, pair[1].1.abs_diff(pair[0].1))));
        }
    });
    gaps.sort_unstable();
    for same in gaps.chunk_by(|a, b| a.0 == b.0) {
        let quartile = |quarter: usize| same[(quarter * same.len()).div_ceil(4) - 1].1;
        let item = &mut items[same[0].0 as usize];
        item.gaps = same.len() as u32;
        item.quartile_days = Some([1, 2, 3].map(quartile));
    }
    items
}

/// A customer who is about to need an item again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Position of the customer.
    pub customer: u32,
    /// The item.
    pub item: u32,
    /// The day on which it is due.
    pub day: i32,
}

/// The day on which a customer needs an item again: the last purchase and the customer's own gap,
/// drawn towards the item's as [`personal_gap`] has it. `at` is a position in `bought`.
///
/// `None` if nobody ever bought it again.
pub(super) fn due_day(bought: &Bought, at: usize, items: &[Replenishment]) -> Option<i32> {
    let [_, median, _] = items.get(bought.item[at] as usize)?.quartile_days?;
    let (first, last) = (bought.first_day[at], bought.last_day[at]);
    let own_gaps = bought.days[at].saturating_sub(1);
    let gap = personal_gap(f64::from(median), last.abs_diff(first), own_gaps);
    Some(last.saturating_add_unsigned(gap.round() as u32))
}

/// Who needs which item again between two days, both included, the earliest first.
///
/// `items` are those of [`replenishment`]. Only items that `is_consumable` says yes to and that were
/// bought again at least `min_gaps` times are looked at.
pub fn replenishment_due(
    bought: &Bought,
    items: &[Replenishment],
    is_consumable: &[bool],
    min_gaps: u32,
    (from, to): (i32, i32),
) -> Vec<Due> {
    let is_watched = |item: u32| {
        let item = item as usize;
        is_consumable.get(item) == Some(&true)
            && items.get(item).is_some_and(|it| it.gaps >= min_gaps)
    };
    let mut due: Vec<Due> = Vec::new();
    for customer in 0..bought.len() {
        for at in bought.range(customer).filter(|at| is_watched(bought.item[*at])) {
            if let Some(day) = due_day(bought, at, items)
                && (from..=to).contains(&day)
            {
                due.push(Due { customer: customer as u32, item: bought.item[at], day });
            }
        }
    }
    due.sort_by_key(|it| (it.day, it.customer, it.item));
    due
}
