//! The products of every valid order, side by side with the ledger.

use crate::first_orders::{exchanged, product_name};
use crate::frame::OrderRef;
use crate::shop::Shop;
use analytics::Baskets;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::cmp::Reverse;
use store::Tables;

/// Products are met by key over all imports.
#[derive(Debug, Default)]
pub struct BasketColumns {
    /// Where each order's lines begin, and the end of the last one's.
    offsets: Vec<u32>,
    /// Product of each line.
    item: Vec<u32>,
    /// Price of one in each line, in minor units of the shop's currency.
    pub price: Vec<i64>,
    /// By product: what tells it apart.
    pub keys: Vec<String>,
    /// By product: its name in the newest import that knows it.
    pub names: Vec<String>,
}

impl BasketColumns {
    /// Gathers the lines of the orders in the ledger, in its sequence.
    pub fn new(shop: &Shop) -> BasketColumns {
        let mut columns = BasketColumns { offsets: vec![0], ..BasketColumns::default() };
        let product_of = columns.meet_products(shop);
        if columns.keys.is_empty() {
            // Of a shop whose files have no lines.
            columns.offsets.resize(shop.frame.ledger.all().0.len() + 1, 0);
            return columns;
        }
        let starts: Vec<Vec<u32>> = shop
            .frame
            .batches
            .iter()
            .map(|batch| line_starts(&batch.tables.lines.order, batch.tables.orders.len()))
            .collect();
        let counts = |order: &usize| shop.frame.orders.state[*order].counts();
        // Summaries tell of no products.
        let (mut customer, frame) = (0, &shop.frame);
        let mut skip_summed = |columns: &mut BasketColumns, order: usize| {
            while customer < frame.customers.len() as u32
                && frame.orders.of_customer(customer).start <= order
            {
                let end = columns.offsets.len() + frame.ledger.summed_of(customer);
                columns.offsets.resize(end, columns.item.len() as u32);
                customer += 1;
            }
        };
        for order in (0..shop.frame.orders.len()).filter(counts) {
            skip_summed(&mut columns, order);
            let Some(at) = exchanged(shop, order) else { continue };
            let OrderRef { batch, row } = shop.frame.orders.at(order);
            let (batch, row) = (usize::from(batch), row as usize);
            if let [begin, end] = starts[batch].get(row..row + 2).unwrap_or_default() {
                let lines = &shop.frame.batches[batch].tables.lines;
                for line in *begin as usize..*end as usize {
                    columns.item.push(product_of[batch][lines.product[line] as usize]);
                    columns.price.push(at.minor(lines.price[line]));
                }
            }
            columns.offsets.push(columns.item.len() as u32);
        }
        skip_summed(&mut columns, usize::MAX);
        columns
    }

    /// By import, the product here of each product there. Products are numbered by key, so that the
    /// sequence in which files have them does not matter.
    fn meet_products(&mut self, shop: &Shop) -> Vec<Vec<u32>> {
        let tables = || shop.frame.batches.iter().map(|batch| &batch.tables);
        let mut keys: Vec<&str> = tables().flat_map(|it| it.products.key.iter()).collect();
        keys.sort_unstable();
        keys.dedup();
        let by_key: HashMap<&str, u32, FixedState> = keys.iter().copied().zip(0..).collect();
        self.names = vec![String::new(); keys.len()];
        let of_batch = |tables: &Tables| -> Vec<u32> {
            let products = tables.products.key.iter().enumerate().map(|(row, key)| {
                let product = by_key.get(key).copied().unwrap_or_default();
                product_name(tables, row).clone_into(&mut self.names[product as usize]);
                product
            });
            products.collect()
        };
        let product_of = tables().map(of_batch).collect();
        self.keys = keys.into_iter().map(str::to_owned).collect();
        product_of
    }

    /// The columns as `analytics` takes them; basket `b` is order `b` of the ledger. The columns fit
    /// together by construction; `None`, were they not to.
    pub fn baskets<'a>(&'a self, shop: &'a Shop) -> Option<Baskets<'a>> {
        Baskets::new(&self.offsets, &self.item, shop.frame.ledger.all().0, self.keys.len()).ok()
    }

    /// Products of a basket with the price of one, as often as they stand there.
    pub fn lines(&self, basket: usize) -> impl Iterator<Item = (u32, i64)> {
        let own = self.offsets[basket] as usize..self.offsets[basket + 1] as usize;
        own.map(|line| (self.item[line], self.price[line]))
    }

    /// The product that a key tells apart; `None`: no file has it.
    pub fn item(&self, key: &str) -> Option<u32> {
        self.keys.binary_search_by(|known| known.as_str().cmp(key)).ok().map(|it| it as u32)
    }

    /// By product, whether a text means it. What tells a product apart means that one alone, any other
    /// text all whose names it is a part of, whatever the case of its letters.
    pub fn named(&self, text: &str) -> Vec<bool> {
        if let Some(item) = self.item(text) {
            return (0..self.keys.len()).map(|it| it == item as usize).collect();
        }
        let small = text.to_lowercase();
        self.names.iter().map(|name| name.to_lowercase().contains(&small)).collect()
    }

    /// The names of the products that stand on most lines, by the alphabet.
    pub fn commonest(&self, most: usize) -> Vec<String> {
        let mut lines = vec![0_u32; self.keys.len()];
        for item in &self.item {
            lines[*item as usize] += 1;
        }
        let mut products: Vec<usize> = (0..lines.len()).collect();
        products.sort_by_key(|it| Reverse(lines[*it]));
        let mut names: Vec<String> =
            products.into_iter().take(most).map(|it| self.names[it].clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The name of a product, else what tells it apart.
    pub fn name_of(&self, key: &str) -> String {
        let name = self.item(key).map(|item| self.names[item as usize].as_str());
        name.filter(|it| !it.is_empty()).unwrap_or(key).to_owned()
    }

    /// The lines of one product alone.
    pub fn only(&self, item: u32) -> OneProduct {
        let mut offsets = Vec::with_capacity(self.offsets.len());
        let mut lines = 0;
        offsets.push(lines);
        for own in self.offsets.windows(2) {
            let own = &self.item[own[0] as usize..own[1] as usize];
            lines += own.iter().filter(|it| **it == item).count() as u32;
            offsets.push(lines);
        }
        OneProduct { item: vec![0; lines as usize], offsets }
    }

    /// Whether no order has a line.
    pub const fn is_empty(&self) -> bool {
        self.item.is_empty()
    }
}

/// The lines of a single product, which is item 0: whatever is asked of all products can be asked of
/// one, at the price of one.
#[derive(Debug)]
pub struct OneProduct {
    offsets: Vec<u32>,
    item: Vec<u32>,
}

impl OneProduct {
    /// As [`BasketColumns::baskets`].
    pub fn baskets<'a>(&'a self, shop: &'a Shop) -> Option<Baskets<'a>> {
        Baskets::new(&self.offsets, &self.item, shop.frame.ledger.all().0, 1).ok()
    }
}

/// Where each order's lines begin, and the end; nothing without lines. `order` does not fall.
pub fn line_starts(order: &[u32], orders: usize) -> Vec<u32> {
    if order.is_empty() {
        return Vec::new();
    }
    let mut starts = vec![0_u32; orders + 1];
    for &order in order {
        starts[order as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_products_are_named_by_the_alphabet() {
        let names = ["Cup", "Pot", "Tea"].map(str::to_owned);
        let columns = BasketColumns {
            item: vec![2, 2, 0, 1, 2, 0],
            keys: names.to_vec(),
            names: names.to_vec(),
            ..BasketColumns::default()
        };
        assert_eq!(columns.commonest(2), ["Cup", "Tea"]);
        assert_eq!(columns.commonest(9), names);
    }

    #[test]
    fn lines_stand_by_order() {
        assert_eq!(line_starts(&[0, 0, 2], 4), [0, 2, 2, 3, 3]);
        assert_eq!(line_starts(&[], 4), [0_u32; 0]);
    }
}
