//! The product page: how a product sells, who buys it again, what goes with it.

use super::products::Shelf;
use super::{baskets as selling, label};
use crate::basket_columns::BasketColumns;
use crate::calendar;
use crate::first_orders::{exchanged, is_valid};
use crate::frame::OrderRef;
use crate::shop::Shop;
use analytics::{
    Baskets, COHORT_DAYS, Codes, CohortRows, Due, Periods, bought, equal_ages, replenishment,
};
use model::{OrderState, ShopDay};
use protocol::{
    BasketsView, CohortPeriod, Companion, DueRow, FirstValue, ProductMonth, ProductView, RuleRow,
};

/// So many months are drawn, the newest.
const MOST_MONTHS: usize = 36;
/// So many customers are listed who need it again.
const MOST_DUE: usize = 100;
/// Days ahead for which the demand is told.
const DEMAND_DAYS: i32 = 30;

/// The product page. `goods` is the cross-sell screen of the same day, whose rules it shares.
/// `None`: no order has lines.
pub fn view(
    shop: &Shop,
    columns: &BasketColumns,
    goods: &BasketsView,
    item: u32,
    as_of: ShopDay,
) -> Option<ProductView> {
    let all = columns.baskets(shop)?;
    let only = columns.only(item);
    let own = only.baskets(shop)?;
    let (purchases, day) = (shop.frame.purchases(), as_of.number());
    let again = replenishment(purchases, own, day);
    let who = bought(purchases, own, day);
    let shelf = Shelf::new(columns, all, day);
    let due = selling::due_of(shop, columns, Some(item), as_of);
    let row = shelf.row(columns, item, who.buyers[0], &again[0]);
    let sold = Sold::add_up(shop, columns, own, item, day);
    let due_row = |it: &Due| {
        let at = who.position(it.customer as usize, 0)?;
        Some(DueRow {
            id: shop.id(it.customer),
            label: label(shop, it.customer),
            product: 0,
            last: ShopDay::from_number(who.last_day[at]),
            day: ShopDay::from_number(it.day),
        })
    };
    let (first, began) = first_values(shop, own, as_of);
    let key = row.key.as_str();
    let ahead = day..day.saturating_add(DEMAND_DAYS);
    Some(ProductView {
        revision: shop.revision,
        as_of,
        currency: shop.profile.currency,
        sales: sold.sales,
        quantity_milli: sold.quantity_milli,
        repeat_buyers: again[0].repeat_buyers,
        paid_orders: sold.paid_orders,
        returned_orders: sold.returned_orders,
        gap_quartiles: again[0].quartile_days,
        months: sold.months(as_of),
        first,
        began,
        with: companions(goods, &goods.rules, key),
        next: companions(goods, &goods.later, key),
        next_days: goods.later_days,
        due: due.iter().take(MOST_DUE).filter_map(due_row).collect(),
        due_count: due.len() as u32,
        due_next_30: selling::needed_within(&who, &again, ahead),
        row,
    })
}

/// What the rules say of a single product on the left.
fn companions(goods: &BasketsView, rules: &[RuleRow], key: &str) -> Vec<Companion> {
    let product = |place: u32| goods.products.get(place as usize);
    let is_of = |rule: &&RuleRow| matches!(rule.bought[..], [place] if product(place).is_some_and(|it| it.key == key));
    let companion = |rule: &RuleRow| {
        let [then] = rule.then[..] else { return None };
        let it = product(then)?;
        Some(Companion {
            key: it.key.clone(),
            name: it.name.clone(),
            both: rule.both,
            confidence: rule.confidence,
            lift: rule.lift,
        })
    };
    rules.iter().filter(is_of).filter_map(companion).collect()
}

/// The first days of those who began with the product, beside those of all others; and how many
/// they are.
fn first_values(shop: &Shop, own: Baskets<'_>, as_of: ShopDay) -> (Vec<FirstValue>, u32) {
    const WITH_IT: u32 = 0;
    let (purchases, day) = (shop.frame.purchases(), as_of.number());
    let code = |customer: usize| {
        let first = purchases.orders_of(customer).next().filter(|&order| own.day(order) <= day);
        let has_it = |order: usize| own.basket(order).next().is_some();
        first.map_or(Codes::UNKNOWN, |order| if has_it(order) { WITH_IT } else { 1 })
    };
    let codes: Vec<u32> = (0..purchases.customer_count()).map(code).collect();
    let began = codes.iter().filter(|code| **code == WITH_IT).count() as u32;
    let first = shop.frame.ledger.first_day().unwrap_or(day).min(day);
    // One period of all time: labels alone make the rows.
    let starts = [first];
    let Ok(periods) = Periods::new(&starts, day.saturating_add(1)) else {
        return (Vec::new(), began);
    };
    let rows = CohortRows::Label(Codes::new(&codes, 2));
    let ages = equal_ages(purchases, day, &periods, rows, &COHORT_DAYS);
    let value = |(age, days): (usize, &u32)| FirstValue {
        days: *days,
        observed: ages.observed[age],
        net: ages.net_per_customer(0, age),
        net_others: ages.net_per_customer(1, age),
        repeat_rate: ages.repeat_rate(0, age),
    };
    (COHORT_DAYS.iter().enumerate().map(value).collect(), began)
}

/// What was sold of a product.
#[derive(Default)]
struct Sold {
    sales: i64,
    quantity_milli: i64,
    paid_orders: u32,
    returned_orders: u32,
    /// Day and amount of each valid order with it.
    orders: Vec<(i32, i64)>,
}

impl Sold {
    /// `own` are the product's lines alone.
    fn add_up(
        shop: &Shop,
        columns: &BasketColumns,
        own: Baskets<'_>,
        item: u32,
        as_of: i32,
    ) -> Sold {
        let mut sold = Sold::default();
        let lines = ProductLines::new(shop, &columns.keys[item as usize]);
        let orders = &shop.frame.orders;
        // Valid orders stand in the sequence of the ledger, and so of the baskets.
        let mut basket = 0;
        for order in 0..orders.len() {
            let valid = is_valid(shop, order);
            let has_it = valid && own.basket(basket).next().is_some();
            basket += usize::from(valid);
            if orders.day[order] > as_of {
                continue;
            }
            if has_it {
                sold.add(orders.day[order], lines.amounts(order));
                sold.returned_orders +=
                    u32::from(orders.state[order] == OrderState::PartiallyRefunded);
            } else if orders.state[order] == OrderState::FullyRefunded
                && lines.amounts(order).is_some()
            {
                sold.paid_orders += 1;
                sold.returned_orders += 1;
            }
        }
        sold
    }

    fn add(&mut self, day: i32, amounts: Option<(i64, i64)>) {
        let (quantity_milli, amount) = amounts.unwrap_or_default();
        self.paid_orders += 1;
        self.quantity_milli = self.quantity_milli.saturating_add(quantity_milli);
        self.sales = self.sales.saturating_add(amount);
        self.orders.push((day, amount));
    }

    fn months(&self, as_of: ShopDay) -> Vec<ProductMonth> {
        let Some(first) = self.orders.iter().map(|it| it.0).min() else { return Vec::new() };
        let first = ShopDay::from_number(first);
        let (starts, end) = calendar::periods(CohortPeriod::Month, first, as_of, MOST_MONTHS);
        let month =
            |start: &i32| ProductMonth { start: ShopDay::from_number(*start), orders: 0, sales: 0 };
        let mut months: Vec<ProductMonth> = starts.iter().map(month).collect();
        let Ok(periods) = Periods::new(&starts, end) else { return months };
        for (day, amount) in &self.orders {
            if let Some(at) = periods.index(*day) {
                months[at].orders += 1;
                months[at].sales = months[at].sales.saturating_add(*amount);
            }
        }
        months
    }
}

/// Finds a product's lines in orders, whichever import they are of.
struct ProductLines<'a> {
    shop: &'a Shop,
    /// By import, the rows that the product has there.
    rows: Vec<Vec<u32>>,
}

impl<'a> ProductLines<'a> {
    fn new(shop: &'a Shop, key: &str) -> ProductLines<'a> {
        let batches = shop.frame.batches.iter();
        let rows = batches.map(|batch| {
            let keys = batch.tables.products.key.iter().zip(0..);
            keys.filter(|(known, _)| *known == key).map(|(_, row)| row).collect()
        });
        ProductLines { shop, rows: rows.collect() }
    }

    /// Pieces in thousandths and amount, in the shop's currency, of the product in an order; `None`:
    /// it has none of it, or there is no rate for it.
    fn amounts(&self, order: usize) -> Option<(i64, i64)> {
        let at = exchanged(self.shop, order)?;
        let OrderRef { batch, row } = self.shop.frame.orders.at(order);
        let lines = &self.shop.frame.batches[usize::from(batch)].tables.lines;
        let from = lines.order.partition_point(|&it| it < row);
        let of_order = (from..lines.order.len()).take_while(|&line| lines.order[line] == row);
        let own =
            of_order.filter(|&line| self.rows[usize::from(batch)].contains(&lines.product[line]));
        own.map(|line| {
            let (quantity, price) = (lines.quantity_milli[line], at.minor(lines.price[line]));
            (quantity, quantity.saturating_mul(price) / 1_000)
        })
        .reduce(|sum, it| (sum.0.saturating_add(it.0), sum.1.saturating_add(it.1)))
    }
}
