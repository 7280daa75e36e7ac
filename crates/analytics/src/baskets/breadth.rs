//! How much of the range is bought: different items an order, and a customer.

use crate::{Baskets, Periods, Purchases};

/// How many different items were bought in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Breadth {
    /// Baskets with an item.
    pub baskets: u32,
    /// Different items of each, added up.
    pub of_baskets: u64,
    /// Customers with an item.
    pub customers: u32,
    /// Different items that each bought in the period, added up.
    pub of_customers: u64,
}

impl Breadth {
    /// Mean of different items a basket; `None` without baskets.
    pub fn per_basket(self) -> Option<f64> {
        (self.baskets > 0).then(|| self.of_baskets as f64 / f64::from(self.baskets))
    }

    /// Mean of different items a customer of the period; `None` without customers.
    pub fn per_customer(self) -> Option<f64> {
        (self.customers > 0).then(|| self.of_customers as f64 / f64::from(self.customers))
    }
}

/// The breadth of each period, of baskets up to a day. Baskets that belong to nobody count as baskets
/// alone.
pub fn breadth(
    purchases: Purchases<'_>,
    baskets: Baskets<'_>,
    periods: &Periods<'_>,
    as_of: i32,
) -> Vec<Breadth> {
    let mut found = vec![Breadth::default(); periods.len()];
    let period = |basket: usize| {
        Some(baskets.day(basket)).filter(|day| *day <= as_of).and_then(|day| periods.index(day))
    };
    let mut own: Vec<u32> = Vec::new();
    for basket in 0..baskets.len() {
        let Some(at) = period(basket) else { continue };
        own.clear();
        own.extend(baskets.basket(basket));
        let different = count_different(&mut own);
        found[at].baskets += u32::from(different > 0);
        found[at].of_baskets += different;
    }
    for customer in 0..purchases.customer_count() {
        let mut orders = purchases.orders_of(customer).filter(|it| *it < baskets.len()).peekable();
        while let Some(first) = orders.next() {
            let Some(at) = period(first) else { continue };
            own.clear();
            own.extend(baskets.basket(first));
            // Orders of a customer are in the order of their days.
            while let Some(next) = orders.next_if(|it| period(*it) == Some(at)) {
                own.extend(baskets.basket(next));
            }
            let different = count_different(&mut own);
            found[at].customers += u32::from(different > 0);
            found[at].of_customers += different;
        }
    }
    found
}

fn count_different(items: &mut Vec<u32>) -> u64 {
    items.sort_unstable();
    items.dedup();
    items.len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_counts_once_a_basket_and_once_a_customer() {
        // Ann: 0 and 1, then 1 and 1 in the first period, 2 in the second. Somebody: 0, 1, 2.
        let purchases = Purchases::new(&[0, 3], &[1, 2, 11], &[5, 5, 5]).unwrap();
        let baskets =
            Baskets::new(&[0, 2, 4, 5, 8], &[0, 1, 1, 1, 2, 0, 1, 2], &[1, 2, 11, 12], 3).unwrap();
        let starts = [0, 10];
        let periods = Periods::new(&starts, 20).unwrap();
        let found = breadth(purchases, baskets, &periods, 20);
        let first = Breadth { baskets: 2, of_baskets: 3, customers: 1, of_customers: 2 };
        let second = Breadth { baskets: 2, of_baskets: 4, customers: 1, of_customers: 1 };
        assert_eq!(found, [first, second]);
        assert_eq!((first.per_basket(), first.per_customer()), (Some(1.5), Some(2.0)));
        // Up to a day.
        let found = breadth(purchases, baskets, &periods, 1);
        let only = Breadth { baskets: 1, of_baskets: 2, customers: 1, of_customers: 2 };
        assert_eq!(found, [only, Breadth::default()]);
        assert_eq!(Breadth::default().per_basket(), None);
    }
}
