//! The product page: how a product sells, who buys it again, what goes with it.

use super::products::Shelf;
use super::sales::{DEMAND_DAYS, FirstDays, Sale, Sold, each_sale};
use super::{baskets as selling, label};
use crate::basket_columns::BasketColumns;
use crate::calendar;
use crate::shop::Shop;
use analytics::{Baskets, COHORT_DAYS, Due, Periods, bought, replenishment};
use model::ShopDay;
use protocol::{
    BasketsView, CohortPeriod, Companion, DueRow, FirstValue, ProductMonth, ProductView, RuleRow,
};

/// So many months are drawn, the newest.
const MOST_MONTHS: usize = 36;
/// So many customers are listed who need it again.
const MOST_DUE: usize = 100;

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
    let (mut sold, mut sales) = (Sold::default(), Vec::new());
    each_sale(shop, columns, day, |sale| {
        if sale.item == item {
            sold.add(sale);
            sales.extend(sale.state.counts().then_some(*sale));
        }
    });
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
    let key = row.key.as_str();
    let ahead = day..day.saturating_add(DEMAND_DAYS);
    Some(ProductView {
        revision: shop.revision,
        as_of,
        currency: shop.profile.currency,
        sales: sold.amount,
        quantity_milli: sold.quantity_milli,
        repeat_buyers: again[0].repeat_buyers,
        paid_orders: sold.paid_orders,
        returned_orders: sold.returned_orders,
        gap_quartiles: again[0].quartile_days,
        months: months(&sales, as_of),
        first: first_values(shop, own, as_of),
        began: began(shop, own, as_of),
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

/// The first days of those who began with the product, beside those of all others.
fn first_values(shop: &Shop, own: Baskets<'_>, as_of: ShopDay) -> Vec<FirstValue> {
    let value = |(days, FirstDays { of_item, all }): (u32, FirstDays)| {
        let with = of_item.first().copied().unwrap_or_default();
        FirstValue {
            days,
            observed: with.customers,
            net: with.net_per_customer(),
            net_others: all.without(with).net_per_customer(),
            repeat_rate: with.repeat_rate(),
        }
    };
    let followed = FirstDays::follow(shop, own, as_of, COHORT_DAYS);
    COHORT_DAYS.into_iter().zip(followed).map(value).collect()
}

/// How many customers began with the product.
fn began(shop: &Shop, own: Baskets<'_>, as_of: ShopDay) -> u32 {
    let purchases = shop.frame.purchases();
    let began = |customer: &usize| {
        let first = purchases.orders_of(*customer).next();
        let first = first.filter(|&order| own.day(order) <= as_of.number());
        first.is_some_and(|order| own.basket(order).next().is_some())
    };
    (0..purchases.customer_count()).filter(began).count() as u32
}

/// The months since a first sale. `sales` are those in valid orders.
fn months(sales: &[Sale], as_of: ShopDay) -> Vec<ProductMonth> {
    let Some(first) = sales.iter().map(|it| it.day).min() else { return Vec::new() };
    let first = ShopDay::from_number(first);
    let (starts, end) = calendar::periods(CohortPeriod::Month, first, as_of, MOST_MONTHS);
    let month =
        |start: &i32| ProductMonth { start: ShopDay::from_number(*start), orders: 0, sales: 0 };
    let mut months: Vec<ProductMonth> = starts.iter().map(month).collect();
    let Ok(periods) = Periods::new(&starts, end) else { return months };
    for sale in sales {
        if let Some(at) = periods.index(sale.day) {
            months[at].orders += 1;
            months[at].sales = months[at].sales.saturating_add(sale.amount);
        }
    }
    months
}
