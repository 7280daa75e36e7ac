//! Amounts whose orders name no currency: they are the shop's, whichever it is now.
//!
//! A file is read into minor units of the currency that the shop has at that time. When the shop
//! takes a currency with other decimals, 1,234.50 stays one thousand two hundred and thirty-four and
//! a half: it is brought to the new minor unit as an import comes into memory. What is stored stays
//! as it was read, so that nothing is rounded twice.

use crate::frame::LoadedBatch;
use store::Tables;

impl LoadedBatch {
    /// Whether its amounts are in a minor unit of so many decimals, as far as the shop's currency
    /// has a say in them.
    pub fn fits(&self, decimals: u32) -> bool {
        self.unnamed_decimals == decimals || !self.tables.orders.currencies.contains(&None)
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
    let Tables { orders, lines, .. } = tables;
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

/// The same amount in a minor unit of other decimals. What the new unit cannot hold is rounded half
/// away from zero: 1,234.50 is 1,235 yen.
fn rescaled(minor: i64, from: u32, to: u32) -> i64 {
    let unit = 10_i64.pow(from.abs_diff(to));
    if to >= from {
        return minor.saturating_mul(unit);
    }
    let (whole, rest) = (minor / unit, minor % unit);
    if rest.abs() * 2 >= unit { whole + minor.signum() } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_stays_the_same_in_other_minor_units() {
        for (minor, from, to, expected) in [
            (123_450, 2, 0, 1_235),
            (123_449, 2, 0, 1_234),
            (-123_450, 2, 0, -1_235),
            (-49, 2, 0, 0),
            (123_450, 2, 3, 1_234_500),
            (1_235, 0, 3, 1_235_000),
            (1_234_565, 3, 2, 123_457),
            (7, 2, 2, 7),
            (i64::MAX, 0, 3, i64::MAX),
            (i64::MIN, 4, 0, -922_337_203_685_478),
        ] {
            assert_eq!(rescaled(minor, from, to), expected, "{minor} {from} {to}");
        }
    }
}
