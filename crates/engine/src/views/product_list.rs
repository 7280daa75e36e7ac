//! The list of all products, each with the figures of its page.

use super::baskets::due_within;
use super::products::Shelf;
use super::sales::{DEMAND_DAYS, FirstDays, Sold, each_sale};
use crate::basket_columns::BasketColumns;
use crate::shop::Shop;
use analytics::{Baskets, bought, replenishment};
use model::ShopDay;
use protocol::{ProductFigures, ProductsView};
use std::cmp::Reverse;

/// So many products are listed, those with most buyers.
const MOST_PRODUCTS: usize = 2_000;
/// The age at which first products are compared.
const FIRST_DAYS: u32 = 90;

/// The list; empty where no order has lines.
pub fn view(shop: &Shop, columns: &BasketColumns, as_of: ShopDay) -> ProductsView {
    let (products, usual_first_90) = match columns.baskets(shop) {
        Some(baskets) => products(shop, columns, baskets, as_of),
        None => (Vec::new(), None),
    };
    ProductsView {
        due_next_30: products.iter().map(|it| it.due_next_30).sum(),
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
    let mut sold = vec![Sold::default(); baskets.items()];
    each_sale(shop, columns, day, |sale| sold[sale.item as usize].add(sale));
    let [first] = FirstDays::follow(shop, baskets, as_of, [FIRST_DAYS]);
    let mut due = vec![0_u32; baskets.items()];
    for it in due_within(&who, &again, day..day.saturating_add(DEMAND_DAYS)) {
        due[it.item as usize] += 1;
    }
    let figures = |item: usize| ProductFigures {
        row: shelf.row(columns, item as u32, who.buyers[item], &again[item]),
        sales: sold[item].amount,
        paid_orders: sold[item].paid_orders,
        returned_orders: sold[item].returned_orders,
        began_observed: first.of_item[item].customers,
        first_90: first.of_item[item].net_per_customer(),
        due_next_30: due[item],
    };
    let items = 0..baskets.items();
    let mut products: Vec<ProductFigures> =
        items.filter(|item| sold[*item].paid_orders > 0).map(figures).collect();
    tiny_sort::stable::sort_by_key(&mut products, |it| {
        (Reverse(it.row.buyers), Reverse(it.paid_orders))
    });
    (products, first.all.net_per_customer())
}
