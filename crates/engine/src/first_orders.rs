//! What customers began with: channel and product of their first valid order.

use crate::exchange::Exchanged;
use crate::frame::OrderRef;
use crate::shop::Shop;
use analytics::Codes;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use model::ShopDay;
use std::cmp::Reverse;

/// So many labels have a name of their own; the others are put together.
const MOST_LABELS: usize = 12;

/// A label a customer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FirstLabels {
    /// The labels of most customers, those of most first.
    pub names: Vec<String>,
    /// One entry a customer: place in `names`, the number after them for any other label,
    /// [`Codes::UNKNOWN`] without a label or an order.
    pub codes: Vec<u32>,
    /// Whether somebody has one of the others.
    pub has_others: bool,
}

impl FirstLabels {
    /// The first product of every customer's first order up to a day.
    pub fn products(shop: &Shop, as_of: i32) -> FirstLabels {
        FirstLabels::of(shop, as_of, product)
    }

    /// Where every customer's first order up to a day was placed.
    pub fn channels(shop: &Shop, as_of: i32) -> FirstLabels {
        FirstLabels::of(shop, as_of, |shop, place| Some(channel(shop, place)))
    }

    fn of(shop: &Shop, as_of: i32, label: fn(&Shop, OrderRef) -> Option<&str>) -> FirstLabels {
        let count = shop.frame.customers.len() as u32;
        let found: Vec<Option<&str>> =
            (0..count).map(|customer| label(shop, first_order(shop, customer, as_of)?)).collect();
        FirstLabels::of_texts(&found)
    }

    /// Labels that were found by other means, one entry a customer. Empty ones are none.
    pub fn of_texts(found: &[Option<&str>]) -> FirstLabels {
        let found: Vec<Option<&str>> =
            found.iter().map(|label| label.filter(|it| !it.is_empty())).collect();
        let mut counts: HashMap<&str, u32, FixedState> = HashMap::default();
        for label in found.iter().flatten() {
            *counts.entry(label).or_default() += 1;
        }
        let mut labels: Vec<(&str, u32)> = counts.into_iter().collect();
        tiny_sort::unstable::sort_by_key(&mut labels, |&(label, count)| (Reverse(count), label));
        let has_others = labels.len() > MOST_LABELS;
        labels.truncate(MOST_LABELS);
        let places: HashMap<&str, u32, FixedState> =
            labels.iter().zip(0..).map(|(&(label, _), place)| (label, place)).collect();
        let others = labels.len() as u32;
        let code = |label: &str| places.get(label).copied().unwrap_or(others);
        FirstLabels {
            codes: found.iter().map(|label| label.map_or(Codes::UNKNOWN, code)).collect(),
            names: labels.into_iter().map(|(label, _)| label.to_owned()).collect(),
            has_others,
        }
    }

    /// The column as `analytics` takes it.
    pub fn codes(&self) -> Codes<'_> {
        Codes::new(&self.codes, self.names.len() + usize::from(self.has_others))
    }
}

/// Whether a place in the frame's orders is an order in the ledger.
pub fn is_valid(shop: &Shop, order: usize) -> bool {
    shop.frame.orders.state[order].counts() && exchanged(shop, order).is_some()
}

/// How the amounts of an order become the shop's; `None`: its currency has no rate on its day.
pub fn exchanged(shop: &Shop, order: usize) -> Option<Exchanged> {
    let OrderRef { batch, row } = shop.frame.orders.at(order);
    let table = &shop.frame.batches[usize::from(batch)].tables.orders;
    let day = ShopDay::from_number(shop.frame.orders.day[order]);
    shop.exchange.terms(table.currency_of(row as usize)).on(day)
}

/// Where a customer's first valid order up to a day stands.
fn first_order(shop: &Shop, customer: u32, as_of: i32) -> Option<OrderRef> {
    let orders = &shop.frame.orders;
    // The first is among those of a summary.
    if shop.frame.summarised.is_of(customer) {
        return None;
    }
    let mut own = orders.of_customer(customer).take_while(|&order| orders.day[order] <= as_of);
    own.find(|&order| is_valid(shop, order)).map(|order| orders.at(order))
}

/// Where a customer's first order up to a day was placed.
pub fn first_channel(shop: &Shop, customer: u32, as_of: ShopDay) -> Option<&str> {
    first_order(shop, customer, as_of.number()).map(|place| channel(shop, place))
}

/// The first product of a customer's first order up to a day.
pub fn first_product(shop: &Shop, customer: u32, as_of: ShopDay) -> Option<&str> {
    product(shop, first_order(shop, customer, as_of.number())?)
}

fn channel(shop: &Shop, place: OrderRef) -> &str {
    let orders = &shop.frame.batches[usize::from(place.batch)].tables.orders;
    orders.channel.get(place.row as usize)
}

fn product(shop: &Shop, place: OrderRef) -> Option<&str> {
    let tables = &shop.frame.batches[usize::from(place.batch)].tables;
    let line = tables.lines.order.partition_point(|&order| order < place.row);
    if *tables.lines.order.get(line)? != place.row {
        return None;
    }
    Some(product_name(tables, tables.lines.product[line] as usize))
}

/// Name of a product of an import, else what tells it apart.
pub fn product_name(tables: &store::Tables, product: usize) -> &str {
    let name = tables.products.name.get(product);
    if name.is_empty() { tables.products.key.get(product) } else { name }
}
