//! One customer with all orders.

use super::{contact, list};
use crate::computed::Computed;
use crate::first_orders::{exchanged, product_name};
use crate::frame::{CustomerField, OrderRef};
use crate::grades::Grading;
use crate::shop::{Shop, field};
use analytics::median;
use model::{CustomerId, OrderState, ShopDay, collected};
use protocol::{CustomerView, LineRow, OrderRow};
use std::collections::{BTreeMap, BTreeSet};

/// The customer page. Figures hold for the as-of day of orders, which may end before `until`, the last
/// day of answers, tickets and events.
pub fn view(shop: &Shop, computed: &Computed, customer: u32, until: ShopDay) -> CustomerView {
    let index = customer as usize;
    let row = list::row(shop, computed, customer);
    let orders = orders(shop, customer, computed.as_of);
    let in_figures = orders.iter().filter(|it| it.in_shops.is_some());
    let counting: Vec<&OrderRow> = in_figures.clone().filter(|it| it.state.counts()).collect();
    let paid: Vec<&OrderRow> = in_figures
        .filter(|it| it.state.counts() || it.state == OrderState::FullyRefunded)
        .collect();
    let summed = shop.frame.summarised.day(&shop.frame.batches, index);
    let summed =
        summed.map(|day| (shop.frame.ledger.summed_of(customer) as u32, ShopDay::from_number(day)));
    let (at_risk_on, churned_on) = computed.life.deadlines(index).unzip();
    let refunded_orders = paid.iter().filter(|it| it.state != OrderState::Paid).count();
    CustomerView {
        revision: shop.revision,
        as_of: computed.as_of,
        currency: shop.profile.currency,
        class: computed.classes.class[index],
        grade: Grading::new(shop, computed).grade(index),
        edited_name: shop.edited(row.id, field::NAME).to_owned(),
        place: place(shop, customer),
        note: shop.edited(row.id, field::NOTE).to_owned(),
        tags: shop.words(row.id, field::TAGS).map(str::to_owned).collect(),
        contacted: contacted(shop, row.id),
        is_blocked: shop.is_blocked(row.id),
        silent_days: computed.silent_days(index).map(|days| days as i32),
        median_gap_days: median_gap(shop, customer, computed.as_of),
        next_expected: computed.next_expected(index),
        rhythm_days: computed.rhythm_days(index),
        at_risk_on,
        churned_on,
        aov: (row.orders > 0).then(|| row.net as f64 / f64::from(row.orders)),
        gross: row.net + counting.iter().filter_map(|it| it.in_shops).map(|it| it.1).sum::<i64>(),
        given_back: orders.iter().filter_map(given_back).sum(),
        refund_rate: (!paid.is_empty() && summed.is_none())
            .then(|| refunded_orders as f64 / paid.len() as f64),
        favourite: favourite(&counting),
        // For whoever has the models.
        ahead: None,
        row,
        orders,
        summed,
        contact: contact::of(shop, customer),
        touches: contact::touches(shop, customer, until),
    }
}

/// What a refund that names no order gave back, in the shop's currency.
fn given_back(row: &OrderRow) -> Option<i64> {
    let (total, _) = row.in_shops.filter(|_| row.state == OrderState::Refund)?;
    Some(-total)
}

/// The days on which the staff contacted a customer, newest first.
fn contacted(shop: &Shop, id: CustomerId) -> Vec<ShopDay> {
    let mut days: Vec<ShopDay> =
        shop.words(id, field::CONTACTED).filter_map(ShopDay::parse_iso).collect();
    tiny_sort::unstable::sort_by(&mut days, |a, b| b.cmp(a));
    days
}

fn place(shop: &Shop, customer: u32) -> String {
    let fields = [CustomerField::City, CustomerField::Region, CustomerField::Country];
    let texts = fields.map(|it| shop.frame.customers.text(&shop.frame.batches, customer, it));
    let known: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    known.join(", ")
}

/// The product that is in most of the orders.
fn favourite(orders: &[&OrderRow]) -> Option<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for order in orders {
        // Once an order, however many lines have it.
        let products: BTreeSet<&str> = collected(order.lines.iter().map(|it| it.product.as_str()));
        for product in products {
            *counts.entry(product).or_default() += 1;
        }
    }
    let best = counts.into_iter().max_by_key(|&(name, count)| (count, std::cmp::Reverse(name)));
    best.map(|(name, _)| name.to_owned())
}

/// Median days between a customer's purchase days.
pub fn median_gap(shop: &Shop, customer: u32, as_of: ShopDay) -> Option<f64> {
    let days = &shop.frame.ledger.all().0[shop.frame.ledger.of_customer(customer)];
    let known = &days[..days.partition_point(|&day| day <= as_of.number())];
    let gaps = known.windows(2).map(|pair| pair[0].abs_diff(pair[1]));
    let mut gaps: Vec<u32> = gaps.filter(|&gap| gap > 0).collect();
    median(&mut gaps)
}

/// The customer's orders up to the as-of day, newest first.
fn orders(shop: &Shop, customer: u32, as_of: ShopDay) -> Vec<OrderRow> {
    let range = shop.frame.orders.of_customer(customer).rev();
    let known = range.filter(|&order| shop.frame.orders.day[order] <= as_of.number());
    known.map(|order| order_row(shop, order)).collect()
}

/// An order as the customer page shows it.
pub fn order_row(shop: &Shop, order: usize) -> OrderRow {
    let frame = &shop.frame;
    let OrderRef { batch, row } = frame.orders.at(order);
    let batch = &frame.batches[usize::from(batch)];
    let (orders, index) = (&batch.tables.orders, row as usize);
    let (total, refunded) = (orders.total[index], orders.refunded[index]);
    let wall = shop.zone.wall_seconds(orders.time(index));
    OrderRow {
        number: orders.number.get(index).to_owned(),
        day: ShopDay::of_wall_seconds(wall),
        minute: (wall.rem_euclid(86_400) / 60) as u16,
        total,
        refunded,
        in_shops: exchanged(shop, order).map(|at| (at.minor(total), at.minor(refunded))),
        currency: orders.currency_of(index).unwrap_or(shop.profile.currency),
        state: frame.orders.state[order],
        channel: orders.channel.get(index).to_owned(),
        source: batch.source.clone(),
        lines: lines(&batch.tables, row),
    }
}

fn lines(tables: &store::Tables, order: u32) -> Vec<LineRow> {
    let lines = &tables.lines;
    let from = lines.order.partition_point(|&it| it < order);
    let of_order = (from..lines.order.len()).take_while(|&line| lines.order[line] == order);
    of_order
        .map(|line| LineRow {
            product: product_name(tables, lines.product[line] as usize).to_owned(),
            key: tables.products.key.get(lines.product[line] as usize).to_owned(),
            quantity_milli: lines.quantity_milli[line],
            price: lines.price[line],
        })
        .collect()
}
