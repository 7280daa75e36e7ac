//! What was sold and given back of products, and how customers went on who began with them.

use crate::basket_columns::{BasketColumns, line_starts};
use crate::first_orders::exchanged;
use crate::frame::OrderRef;
use crate::shop::Shop;
use analytics::{Baskets, Codes, CohortRows, Periods, equal_ages};
use model::{OrderState, ShopDay};

/// Days ahead for which the demand is told.
pub const DEMAND_DAYS: i32 = 30;

/// A product in an order, all its lines together.
#[derive(Clone, Copy, Debug)]
pub struct Sale {
    /// Which product.
    pub item: u32,
    /// Of the order.
    pub day: i32,
    /// Of the order: valid, or given back whole.
    pub state: OrderState,
    /// Pieces, in thousandths.
    pub quantity_milli: i64,
    /// Before refunds, in minor units of the shop's currency.
    pub amount: i64,
}

/// Tells all that was sold up to a day, order by order.
pub fn each_sale(shop: &Shop, columns: &BasketColumns, as_of: i32, mut tell: impl FnMut(&Sale)) {
    let frame = &shop.frame;
    let tables = || frame.batches.iter().map(|it| &it.tables);
    let starts: Vec<Vec<u32>> =
        tables().map(|it| line_starts(&it.lines.order, it.orders.len())).collect();
    let item_of: Vec<Vec<u32>> = tables()
        .map(|it| {
            let items = it.products.key.iter().map(|key| columns.item(key));
            items.map(Option::unwrap_or_default).collect()
        })
        .collect();
    let mut sales: Vec<Sale> = Vec::new();
    for order in 0..frame.orders.len() {
        let (state, day) = (frame.orders.state[order], frame.orders.day[order]);
        if day > as_of || !(state.counts() || state == OrderState::FullyRefunded) {
            continue;
        }
        let Some(at) = exchanged(shop, order) else { continue };
        let OrderRef { batch, row } = frame.orders.at(order);
        let (batch, row) = (usize::from(batch), row as usize);
        let Some([begin, end]) = starts[batch].get(row..row + 2) else { continue };
        let lines = &frame.batches[batch].tables.lines;
        sales.clear();
        for line in *begin as usize..*end as usize {
            let item = item_of[batch][lines.product[line] as usize];
            let quantity_milli = lines.quantity_milli[line];
            let amount = quantity_milli.saturating_mul(at.minor(lines.price[line])) / 1_000;
            if let Some(sale) = sales.iter_mut().find(|it| it.item == item) {
                sale.quantity_milli = sale.quantity_milli.saturating_add(quantity_milli);
                sale.amount = sale.amount.saturating_add(amount);
            } else {
                sales.push(Sale { item, day, state, quantity_milli, amount });
            }
        }
        sales.iter().for_each(&mut tell);
    }
}

/// What was sold of a product.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sold {
    /// In valid orders, before refunds.
    pub amount: i64,
    /// Pieces in them, in thousandths.
    pub quantity_milli: i64,
    /// Paid orders with it, those given back whole too.
    pub paid_orders: u32,
    /// Those of them of which anything was given back.
    pub returned_orders: u32,
}

impl Sold {
    /// One sale more.
    pub fn add(&mut self, sale: &Sale) {
        self.paid_orders += 1;
        self.returned_orders += u32::from(sale.state != OrderState::Paid);
        if sale.state.counts() {
            self.quantity_milli = self.quantity_milli.saturating_add(sale.quantity_milli);
            self.amount = self.amount.saturating_add(sale.amount);
        }
    }
}

/// The first so many days of some customers together, of those who have reached that age.
#[derive(Clone, Copy, Debug, Default)]
pub struct Days {
    /// How many have.
    pub customers: u32,
    /// Those of them with a second order.
    repeaters: u32,
    net: i64,
}

impl Days {
    fn add(&mut self, repeaters: u32, net: i64) {
        self.customers += 1;
        self.repeaters += repeaters;
        self.net = self.net.saturating_add(net);
    }

    /// Those who are not among some of them.
    pub const fn without(self, some: Days) -> Days {
        Days {
            customers: self.customers - some.customers,
            repeaters: self.repeaters - some.repeaters,
            net: self.net.saturating_sub(some.net),
        }
    }

    /// Net in minor units, a customer.
    pub fn net_per_customer(self) -> Option<f64> {
        self.per_customer(self.net as f64)
    }

    /// Share of customers with a second order.
    pub fn repeat_rate(self) -> Option<f64> {
        self.per_customer(f64::from(self.repeaters))
    }

    fn per_customer(self, sum: f64) -> Option<f64> {
        (self.customers > 0).then(|| sum / f64::from(self.customers))
    }
}

/// The first so many days of customers, by the products of their first order.
#[derive(Debug)]
pub struct FirstDays {
    /// By product.
    pub of_item: Vec<Days>,
    /// Of everybody.
    pub all: Days,
}

impl FirstDays {
    /// Follows everybody for so many days, once for each of some numbers of days, which must rise.
    pub fn follow<const AGES: usize>(
        shop: &Shop,
        baskets: Baskets<'_>,
        as_of: ShopDay,
        days: [u32; AGES],
    ) -> [FirstDays; AGES] {
        let (purchases, day) = (shop.frame.purchases(), as_of.number());
        let items = baskets.items();
        let nobody = |_| FirstDays { of_item: vec![Days::default(); items], all: Days::default() };
        let mut found = days.map(nobody);
        let first = shop.frame.ledger.first_day().unwrap_or(day).min(day);
        // One period of all time, and everybody a row of their own.
        let starts = [first];
        let Ok(periods) = Periods::new(&starts, day.saturating_add(1)) else { return found };
        let count = purchases.customer_count();
        let own: Vec<u32> = (0..count as u32).collect();
        let rows = CohortRows::Label(Codes::new(&own, count));
        let ages = equal_ages(purchases, day, &periods, rows, &days);
        let mut first_goods: Vec<u32> = Vec::new();
        for customer in 0..count {
            let Some(order) = purchases.orders_of(customer).next() else { continue };
            first_goods.clear();
            first_goods.extend(baskets.basket(order));
            first_goods.sort_unstable();
            first_goods.dedup();
            for (age, found) in found.iter_mut().enumerate() {
                let cell = customer * AGES + age;
                if ages.observed[cell] == 0 {
                    continue;
                }
                let (repeaters, net) = (ages.repeaters[cell], ages.net[cell]);
                found.all.add(repeaters, net);
                for item in &first_goods {
                    found.of_item[*item as usize].add(repeaters, net);
                }
            }
        }
        found
    }
}
