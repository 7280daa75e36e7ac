//! What customers get of the shop, less what it costs them.

use super::answers::Answers;
use super::satisfaction::answerers;
use crate::basket_columns::BasketColumns;
use crate::computed::Computed;
use crate::frame::OrderRef;
use crate::shop::{Shop, delivered_weights};
use analytics::{FEW_ANSWERS, ValueAnswer, ValueWeights, delivered_values};
use model::ShopDay;
use protocol::{
    DeliveredFigure, DeliveredProduct, DeliveredView, DeliveredWeights, SatisfactionQuery,
    ScoreFigure,
};
use std::collections::BTreeMap;

/// So many products are shown, those whose customers get most.
const MOST_PRODUCTS: usize = 100;

/// The delivered value of the answers up to `until`, within the lens' period if it has one.
pub fn view(
    shop: &Shop,
    computed: &Computed,
    columns: &BasketColumns,
    query: &SatisfactionQuery,
    until: ShopDay,
) -> DeliveredView {
    let chosen = delivered_weights(&shop.overlay);
    let weights = weights_of(chosen);
    let answers = Answers::gather(shop, query.lens.period.map(|it| it.from), until);
    let (whose, places) = answerers(shop, computed, query.by, &answers);
    let parts = whose.into_iter().enumerate().filter_map(|(place, who)| {
        let own = answers.delivered.iter().zip(&places).filter(|it| *it.1 == place);
        Some((who, figure(own.map(|it| *it.0), &weights)?))
    });
    let mut parts: Vec<_> = parts.collect();
    let greatest = |a: &DeliveredFigure, b: &DeliveredFigure| {
        b.difference.value.total_cmp(&a.difference.value)
    };
    tiny_sort::stable::sort_by(&mut parts, |a, b| greatest(&a.1, &b.1));
    let mut products: Vec<DeliveredProduct> = by_product(shop, &answers)
        .into_iter()
        .filter_map(|(key, own)| {
            let figure = figure(own.into_iter(), &weights)?;
            Some(DeliveredProduct { key: key.to_owned(), name: columns.name_of(key), figure })
        })
        .collect();
    tiny_sort::stable::sort_by(&mut products, |a, b| greatest(&a.figure, &b.figure));
    products.truncate(MOST_PRODUCTS);
    let all = figure(answers.delivered.iter().copied(), &weights);
    DeliveredView { weights: chosen, all, products, by: query.by, parts }
}

fn weights_of(chosen: DeliveredWeights) -> ValueWeights {
    let numbers = chosen.numbers();
    let half = |from: usize| [0, 1, 2, 3].map(|at| numbers[from + at]);
    ValueWeights { values: half(0), costs: half(4) }
}

/// Of complete answers; `None` without any.
fn figure(
    answers: impl Iterator<Item = ValueAnswer>,
    weights: &ValueWeights,
) -> Option<DeliveredFigure> {
    let found = delivered_values(answers, weights)?;
    let mean = found.difference;
    let difference = ScoreFigure {
        value: mean.mean,
        n: mean.n as u32,
        interval: mean.interval.map(|it| (it.low, it.high)),
        is_small: mean.n < FEW_ANSWERS,
    };
    Some(DeliveredFigure { difference, ratio: found.ratio })
}

/// The answers about orders with each product, by what tells it apart; one counts for each product of
/// its order.
fn by_product<'a>(shop: &'a Shop, answers: &Answers) -> BTreeMap<&'a str, Vec<ValueAnswer>> {
    let mut found: BTreeMap<&str, Vec<ValueAnswer>> = BTreeMap::new();
    for (order, answer) in answers.order.iter().zip(&answers.delivered) {
        let Some(order) = order.filter(|_| *answer != ValueAnswer::default()) else { continue };
        let OrderRef { batch, row } = shop.frame.orders.at(order as usize);
        let tables = &shop.frame.batches[usize::from(batch)].tables;
        let first = tables.lines.order.partition_point(|it| *it < row);
        let own = tables.lines.order[first..].iter().take_while(|it| **it == row).count();
        let lines = first..first + own;
        let mut keys: Vec<&str> =
            lines.map(|it| tables.products.key.get(tables.lines.product[it] as usize)).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            found.entry(key).or_default().push(*answer);
        }
    }
    found
}
