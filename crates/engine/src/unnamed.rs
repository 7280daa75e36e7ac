//! Amounts whose orders name no currency: they are the shop's, whichever it is now.
//!
//! A file is read into minor units of the currency that the shop has at that time. When the shop
//! takes a currency with other decimals, 1,234.50 stays one thousand two hundred and thirty-four and
//! a half: it is brought to the new minor unit as an import comes into memory. What is stored stays
//! as it was read, so that nothing is rounded twice.

use crate::frame::LoadedBatch;
use model::rescaled;
use store::Tables;

impl LoadedBatch {
    /// Whether its amounts are in a minor unit of so many decimals, as far as the shop's currency
    /// has a say in them.
    pub fn fits(&self, decimals: u32) -> bool {
        let has_claims = !self.tables.people.contacts.claimed_spent.is_empty();
        self.unnamed_decimals == decimals
            || (!has_claims && !self.tables.orders.currencies.contains(&None))
    }

    /// Brings the amounts without a currency to a minor unit of so many decimals.
    pub fn rescale_unnamed(&mut self, decimals: u32) {
        if !self.fits(decimals) {
            rescale(&mut self.tables, self.unnamed_decimals, decimals);
        }
        self.unnamed_decimals = decimals;
    }
}

fn rescale(tables: &mut Tables, from: u32, to: u32) {
    let Tables { orders, lines, people, .. } = tables;
    for spent in people.contacts.claimed_spent.iter_mut().flatten() {
        *spent = rescaled(*spent, from, to);
    }
    let is_unnamed =
        |order: usize| orders.currencies[usize::from(orders.currency[order])].is_none();
    for column in [&mut orders.total, &mut orders.refunded, &mut orders.discount] {
        // A column that the source does not have is empty.
        for (order, amount) in column.iter_mut().enumerate() {
            if is_unnamed(order) {
                *amount = rescaled(*amount, from, to);
            }
        }
    }
    for (price, &order) in lines.price.iter_mut().zip(&lines.order) {
        if is_unnamed(order as usize) {
            *price = rescaled(*price, from, to);
        }
    }
}
