//! Key figures of a window.

use crate::sum::sum;
use crate::{Stretch, Summaries, Window};

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
    Kpis { median_gap_days: customers.gaps.median(), ..sums.kpis(window, anonymous) }
}

/// What the ratios are made of.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    buyers: u64,
    repeaters: u64,
    known_orders: u64,
    firsts: u64,
    known_net: i64,
}

impl Sums {
    /// Counts a buyer with the orders in the window.
    pub fn add(&mut self, orders: Stretch<'_>) {
        self.buyers += 1;
        self.repeaters += u64::from(orders.days.len() > 1);
        self.firsts += u64::from(orders.is_from_first);
        self.known_orders += orders.days.len() as u64;
        self.known_net = self.known_net.saturating_add(sum(orders.nets));
    }

    /// The figures, with the orders that nobody can be found for.
    pub fn kpis(self, window: Window, anonymous: AnonymousOrders<'_>) -> Kpis {
        let (anonymous_orders, anonymous_net) = anonymous.within(window);
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
