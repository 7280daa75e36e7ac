//! Sums over a partition of the buyers: groups, classes and heat maps.

use crate::{Classes, Rfm, Summaries};

/// What a part of the buyers adds up to, in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Customers with at least one order.
    pub customers: u32,
    /// Their orders.
    pub orders: u32,
    /// Their net amount in minor units.
    pub net: i64,
}

impl Totals {
    #[inline]
    fn add(&mut self, orders: u32, net: i64) {
        self.customers += 1;
        self.orders += orders;
        self.net = self.net.saturating_add(net);
    }
}

/// Totals by R (rows) and F or M (columns); `[0][0]` is the score 1 on both.
pub type HeatMap = [[Totals; 5]; 5];

/// Customers, orders and net by two score columns, such as `rfm.r` and `rfm.f`.
pub fn heat_map(customers: &Summaries, rows: &[u8], columns: &[u8]) -> HeatMap {
    let cells = rows.iter().zip(columns).map(|(row, column)| {
        let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
        Some(usize::from(row) * 5 + usize::from(column))
    });
    let flat: [Totals; 25] = totals_by(customers, cells);
    std::array::from_fn(|row| std::array::from_fn(|column| flat[row * 5 + column]))
}

/// Totals by group, in the order of [`RfmGroup::ALL`](crate::RfmGroup::ALL).
pub fn group_totals(customers: &Summaries, rfm: &Rfm) -> [Totals; 11] {
    totals_by(customers, rfm.group.iter().map(|group| group.map(|group| group as usize)))
}

/// Totals by class, in the order of [`RfmClass::ALL`](crate::RfmClass::ALL).
pub fn class_totals(customers: &Summaries, classes: &Classes) -> [Totals; 8] {
    totals_by(customers, classes.class.iter().map(|class| class.map(|class| class as usize)))
}

/// Sums by part; customers whose part is `None` or out of range are in none.
fn totals_by<const N: usize>(
    customers: &Summaries,
    parts: impl Iterator<Item = Option<usize>>,
) -> [Totals; N] {
    let mut totals = [Totals::default(); N];
    for ((part, orders), net) in parts.zip(&customers.orders).zip(&customers.net) {
        if let Some(part) = part.and_then(|part| totals.get_mut(part)) {
            part.add(*orders, *net);
        }
    }
    totals
}
