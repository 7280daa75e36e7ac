//! Key figures of a window.

use crate::{Purchases, Summaries, Window};

/// Orders whose customer is not known: they count as orders and money, never as buyers.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnonymousOrders<'a> {
    /// Day of each order, in any sequence.
    pub day: &'a [i32],
    /// Net amount of each order in minor units.
    pub net: &'a [i64],
}

impl AnonymousOrders<'_> {
    /// Number and net of the orders in the window.
    fn within(self, window: Window) -> (u64, i64) {
        let inside = self.day.iter().zip(self.net).filter(|(day, _)| window.contains(**day));
        inside.fold((0, 0), |(orders, sum), (_, net)| (orders + 1, sum.saturating_add(*net)))
    }
}

/// Key figures of a window. A ratio with nothing to divide by is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kpis {
    /// Customers with at least one order.
    pub buyers: u64,
    /// All orders, anonymous ones included.
    pub orders: u64,
    /// How many of the orders are anonymous.
    pub anonymous_orders: u64,
    /// Net of all orders, anonymous ones included, in minor units.
    pub net: i64,
    /// How much of the net is anonymous, in minor units.
    pub anonymous_net: i64,
    /// Average order value in minor units: net ÷ orders.
    pub aov: Option<f64>,
    /// Buyers with at least two orders in the window ÷ buyers.
    pub repeat_rate: Option<f64>,
    /// Orders of known buyers ÷ buyers.
    pub orders_per_buyer: Option<f64>,
    /// Orders of known buyers that are not the customer's very first ÷ orders of known buyers.
    pub repeat_order_share: Option<f64>,
    /// Median days between consecutive purchase days of a customer, up to the as-of day.
    pub median_gap_days: Option<f64>,
}

impl Kpis {
    /// The average order value rounded half away from zero to whole minor units.
    pub fn aov_minor(&self) -> Option<i64> {
        self.aov.map(|aov| aov.round() as i64)
    }
}

/// The key figures of the window that `customers` was made for.
pub fn kpis(customers: &Summaries, anonymous: AnonymousOrders<'_>) -> Kpis {
    let window = customers.window;
    let (mut buyers, mut repeaters, mut known_orders, mut firsts) = (0u64, 0u64, 0u64, 0u64);
    let mut known_net: i64 = 0;
    let columns = customers.orders.iter().zip(&customers.net).zip(&customers.first_day);
    for ((orders, net), first_day) in columns {
        buyers += u64::from(*orders > 0);
        repeaters += u64::from(*orders > 1);
        firsts += u64::from(*orders > 0 && window.contains(*first_day));
        known_orders += u64::from(*orders);
        known_net = known_net.saturating_add(*net);
    }
    let sums = Sums { buyers, repeaters, known_orders, firsts, known_net };
    Kpis { median_gap_days: customers.gaps.median(), ..sums.kpis(anonymous.within(window)) }
}

/// As [`kpis`] of [`summarise`](crate::summarise), without the median gap: in a pass that looks at
/// the orders of the window only.
pub fn kpis_in(purchases: Purchases<'_>, window: Window, anonymous: AnonymousOrders<'_>) -> Kpis {
    let mut sums = Sums::default();
    for orders in purchases.within(window) {
        sums.buyers += 1;
        sums.repeaters += u64::from(orders.days.len() > 1);
        sums.firsts += u64::from(orders.is_from_first);
        sums.known_orders += orders.days.len() as u64;
        let net = orders.nets.iter().fold(0, |sum: i64, net| sum.saturating_add(*net));
        sums.known_net = sums.known_net.saturating_add(net);
    }
    sums.kpis(anonymous.within(window))
}

/// What the ratios are made of.
#[derive(Default)]
struct Sums {
    buyers: u64,
    repeaters: u64,
    known_orders: u64,
    firsts: u64,
    known_net: i64,
}

impl Sums {
    fn kpis(self, (anonymous_orders, anonymous_net): (u64, i64)) -> Kpis {
        let Sums { buyers, repeaters, known_orders, firsts, known_net } = self;
        let orders = known_orders + anonymous_orders;
        let net = known_net.saturating_add(anonymous_net);
        Kpis {
            buyers,
            orders,
            anonymous_orders,
            net,
            anonymous_net,
            aov: (orders > 0).then(|| net as f64 / orders as f64),
            repeat_rate: ratio(repeaters, buyers),
            orders_per_buyer: ratio(known_orders, buyers),
            repeat_order_share: ratio(known_orders - firsts, known_orders),
            median_gap_days: None,
        }
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summarise;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_gives_the_figures_of_the_long_one(
            customers in prop::collection::vec(
                prop::collection::vec((0..30_i32, 1..100_i64), 0..6), 0..6),
            from in prop::option::of(-2..32_i32),
            as_of in -2..32_i32,
        ) {
            let (mut offsets, mut day, mut net) = (vec![0], Vec::new(), Vec::new());
            for mut orders in customers {
                orders.sort_unstable();
                day.extend(orders.iter().map(|order| order.0));
                net.extend(orders.iter().map(|order| order.1));
                offsets.push(day.len() as u32);
            }
            let purchases = Purchases::new(&offsets, &day, &net).unwrap();
            let anonymous = AnonymousOrders { day: &[3, 9], net: &[5, 7] };
            let window = Window { from, as_of };
            let long = kpis(&summarise(purchases, window), anonymous);
            let short = kpis_in(purchases, window, anonymous);
            prop_assert_eq!(short, Kpis { median_gap_days: None, ..long });
        }
    }
}
