//! The products that a view names, each once.

use crate::basket_columns::BasketColumns;
use analytics::{Baskets, Bought, Replenishment};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use protocol::ProductRow;
use std::cmp::Reverse;

/// So many products are listed, those in most orders; and all others that something names.
const MOST_PRODUCTS: usize = 200;

/// The products of a view in their order.
#[derive(Debug)]
pub struct Shelf {
    items: Vec<u32>,
    place: HashMap<u32, u32, FixedState>,
    /// By item: orders with it.
    orders: Vec<u32>,
    /// By item: price of one on its latest day, in minor units.
    pub price: Vec<i64>,
}

impl Shelf {
    /// Begins with the products in most orders up to a day.
    pub fn new(columns: &BasketColumns, baskets: Baskets<'_>, as_of: i32) -> Shelf {
        let count = baskets.items();
        let mut shelf = Shelf {
            items: Vec::new(),
            place: HashMap::default(),
            orders: vec![0; count],
            price: vec![0; count],
        };
        // The basket, plus one, that an item was counted for last; the day of its price.
        let (mut counted_for, mut priced_on) = (vec![0_usize; count], vec![i32::MIN; count]);
        for basket in (0..baskets.len()).filter(|&basket| baskets.day(basket) <= as_of) {
            let day = baskets.day(basket);
            for (item, price) in columns.lines(basket) {
                let item = item as usize;
                if counted_for[item] != basket + 1 {
                    counted_for[item] = basket + 1;
                    shelf.orders[item] += 1;
                }
                if day >= priced_on[item] {
                    (priced_on[item], shelf.price[item]) = (day, price);
                }
            }
        }
        let mut sold: Vec<u32> =
            (0..count as u32).filter(|item| shelf.orders[*item as usize] > 0).collect();
        tiny_sort::stable::sort_by_key(&mut sold, |item| {
            (Reverse(shelf.orders[*item as usize]), *item)
        });
        for item in sold.into_iter().take(MOST_PRODUCTS) {
            shelf.place(item);
        }
        shelf
    }

    /// The place of a product in the list; it is listed from now on.
    pub fn place(&mut self, item: u32) -> u32 {
        let next = self.items.len() as u32;
        let place = *self.place.entry(item).or_insert(next);
        if place == next {
            self.items.push(item);
        }
        place
    }

    /// The list.
    pub fn rows(
        &self,
        columns: &BasketColumns,
        who: &Bought,
        again: &[Replenishment],
    ) -> Vec<ProductRow> {
        let row = |&item: &u32| {
            let at = item as usize;
            self.row(columns, item, who.buyers[at], &again[at])
        };
        self.items.iter().map(row).collect()
    }

    /// A product, whether or not it is listed.
    pub fn row(
        &self,
        columns: &BasketColumns,
        item: u32,
        buyers: u32,
        again: &Replenishment,
    ) -> ProductRow {
        let item = item as usize;
        ProductRow {
            key: columns.keys[item].clone(),
            name: columns.names[item].clone(),
            orders: self.orders[item],
            buyers,
            repurchase_rate: again.repurchase_rate(),
            repeat_days: again.quartile_days.map(|[_, median, _]| median),
            price: self.price[item],
        }
    }
}
