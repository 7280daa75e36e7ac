//! The list of all products, each with the figures of its page.

use super::baskets::due_within;
use super::products::Shelf;
use crate::basket_columns::{BasketColumns, line_starts};
use crate::first_orders::exchanged;
use crate::frame::OrderRef;
use crate::shop::Shop;
use analytics::{Baskets, Codes, CohortRows, Periods, bought, equal_ages, replenishment};
use model::{OrderState, ShopDay};
use protocol::{ProductFigures, ProductsView};
use std::cmp::Reverse;

/// So many products are listed, those with most buyers.
const MOST_PRODUCTS: usize = 2_000;
/// Days ahead for which the demand is told.
const DEMAND_DAYS: i32 = 30;
/// The age at which first products are compared.
const FIRST_DAYS: u32 = 90;

/// The list; empty where no order has lines.
pub fn view(shop: &Shop, columns: &BasketColumns, as_of: ShopDay) -> ProductsView {
    let (products, usual_first_90) = match columns.baskets(shop) {
        Some(baskets) => products(shop, columns, baskets, as_of),
        None => (Vec::new(), None),
    };
    ProductsView {
        revision: shop.revision,
        as_of,
        currency: shop.profile.currency,
        count: products.len() as u32,
        products: products.into_iter().take(MOST_PRODUCTS).collect(),
        usual_first_90,
    }
}

fn products(
    shop: &Shop,
    columns: &BasketColumns,
    baskets: Baskets<'_>,
    as_of: ShopDay,
) -> (Vec<ProductFigures>, Option<f64>) {
    let (purchases, day) = (shop.frame.purchases(), as_of.number());
    let who = bought(purchases, baskets, day);
    let again = replenishment(purchases, baskets, day);
    let shelf = Shelf::new(columns, baskets, day);
    let sold = Sold::add_up(shop, columns, day);
    let first = FirstDays::follow(shop, baskets, as_of);
    let mut due = vec![0_u32; baskets.items()];
    for it in due_within(&who, &again, day..day.saturating_add(DEMAND_DAYS)) {
        due[it.item as usize] += 1;
    }
    let figures = |item: usize| ProductFigures {
        row: shelf.row(columns, item as u32, who.buyers[item], &again[item]),
        sales: sold.sales[item],
        paid_orders: sold.paid[item],
        returned_orders: sold.returned[item],
        began_observed: first.observed[item],
        first_90: mean(first.net[item], first.observed[item]),
        due_next_30: due[item],
    };
    let items = 0..baskets.items();
    let mut products: Vec<ProductFigures> =
        items.filter(|item| sold.paid[*item] > 0).map(figures).collect();
    tiny_sort::stable::sort_by_key(&mut products, |it| {
        (Reverse(it.row.buyers), Reverse(it.paid_orders))
    });
    (products, mean(first.all_net, first.all))
}

fn mean(net: i64, customers: u32) -> Option<f64> {
    (customers > 0).then(|| net as f64 / f64::from(customers))
}

/// What was sold and given back, by product.
struct Sold {
    sales: Vec<i64>,
    paid: Vec<u32>,
    returned: Vec<u32>,
}

impl Sold {
    fn add_up(shop: &Shop, columns: &BasketColumns, as_of: i32) -> Sold {
        let count = columns.keys.len();
        let mut sold =
            Sold { sales: vec![0; count], paid: vec![0; count], returned: vec![0; count] };
        let frame = &shop.frame;
        let tables = || frame.batches.iter().map(|it| &it.tables);
        let starts: Vec<Vec<u32>> =
            tables().map(|it| line_starts(&it.lines.order, it.orders.len())).collect();
        let item_of: Vec<Vec<usize>> = tables()
            .map(|it| {
                let items = it.products.key.iter().map(|key| columns.item(key));
                items.map(|item| item.unwrap_or_default() as usize).collect()
            })
            .collect();
        // The order, plus one, that an item was counted for last.
        let mut counted_for = vec![0_usize; count];
        for order in 0..frame.orders.len() {
            let state = frame.orders.state[order];
            let is_whole_return = state == OrderState::FullyRefunded;
            if frame.orders.day[order] > as_of || !(state.counts() || is_whole_return) {
                continue;
            }
            let Some(at) = exchanged(shop, order) else { continue };
            let OrderRef { batch, row } = frame.orders.at(order);
            let (batch, row) = (usize::from(batch), row as usize);
            let Some([begin, end]) = starts[batch].get(row..row + 2) else { continue };
            let lines = &frame.batches[batch].tables.lines;
            for line in *begin as usize..*end as usize {
                let item = item_of[batch][lines.product[line] as usize];
                if state.counts() {
                    let price = at.minor(lines.price[line]);
                    let amount = lines.quantity_milli[line].saturating_mul(price) / 1_000;
                    sold.sales[item] = sold.sales[item].saturating_add(amount);
                }
                if counted_for[item] != order + 1 {
                    counted_for[item] = order + 1;
                    sold.paid[item] += 1;
                    let is_returned = state != OrderState::Paid;
                    sold.returned[item] += u32::from(is_returned);
                }
            }
        }
        sold
    }
}

/// The first 90 days of customers, by the products of their first order.
struct FirstDays {
    observed: Vec<u32>,
    net: Vec<i64>,
    all: u32,
    all_net: i64,
}

impl FirstDays {
    fn follow(shop: &Shop, baskets: Baskets<'_>, as_of: ShopDay) -> FirstDays {
        let (purchases, day) = (shop.frame.purchases(), as_of.number());
        let items = baskets.items();
        let mut found =
            FirstDays { observed: vec![0; items], net: vec![0; items], all: 0, all_net: 0 };
        let first = shop.frame.ledger.first_day().unwrap_or(day).min(day);
        // One period of all time, and everybody a row of their own.
        let starts = [first];
        let Ok(periods) = Periods::new(&starts, day.saturating_add(1)) else { return found };
        let count = purchases.customer_count();
        let own: Vec<u32> = (0..count as u32).collect();
        let rows = CohortRows::Label(Codes::new(&own, count));
        let ages = equal_ages(purchases, day, &periods, rows, &[FIRST_DAYS]);
        let mut counted_for = vec![0_usize; items];
        for customer in (0..count).filter(|it| ages.observed[*it] > 0) {
            found.all += 1;
            found.all_net = found.all_net.saturating_add(ages.net[customer]);
            let Some(order) = purchases.orders_of(customer).next() else { continue };
            for item in baskets.basket(order) {
                let item = item as usize;
                if counted_for[item] != customer + 1 {
                    counted_for[item] = customer + 1;
                    found.observed[item] += 1;
                    found.net[item] = found.net[item].saturating_add(ages.net[customer]);
                }
            }
        }
        found
    }
}
