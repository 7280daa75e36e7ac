//! The cross-sell screen: what is bought together, later, again.

use super::ladders;
use super::products::Shelf;
use crate::basket_columns::BasketColumns;
use crate::calendar;
use crate::shop::Shop;
use analytics::{
    Baskets, Bought, Breadth, Consequents, Due, ItemsetOptions, Itemsets, NextBasketOptions,
    Periods, Replenishment, Rule, Window, affinity_edges, attach_rates, bought, breadth,
    frequent_itemsets, next_basket_rules, replenishment, replenishment_due, rules,
};
use model::ShopDay;
use protocol::{BasketsView, BreadthMonth, CohortPeriod, DueRow, PairRow, RuleRow};
use std::ops::Range;

/// So many rules of one basket are shown.
const MOST_RULES: usize = 1_000;
/// So many of all other lists.
const MOST_ROWS: usize = 200;
/// So many months of breadth are drawn, the newest.
const MOST_MONTHS: usize = 36;
/// A rule that holds for fewer of those with its left side is no help.
const LEAST_CONFIDENCE: f64 = 0.1;
/// A product is watched for replenishment if it was bought again so often…
const LEAST_GAPS: u32 = 5;
/// … by at least this share of its buyers.
const LEAST_REPURCHASE: f64 = 0.1;
/// Days before and after the as-of day in which something is due.
const DUE_DAYS: i32 = 14;

/// The cross-sell screen; empty where no order has lines.
pub fn view(shop: &Shop, columns: &BasketColumns, as_of: ShopDay) -> BasketsView {
    let mut view = BasketsView {
        revision: shop.revision,
        as_of,
        currency: shop.profile.currency,
        baskets: 0,
        least_orders: 0,
        products: Vec::new(),
        rules: Vec::new(),
        rule_count: 0,
        later: Vec::new(),
        later_days: 0,
        affinity: Vec::new(),
        breadth: Vec::new(),
        due: Vec::new(),
        due_count: 0,
        ladders: Vec::new(),
    };
    if let Some(baskets) = columns.baskets(shop).filter(|_| !columns.is_empty()) {
        fill(&mut view, shop, columns, baskets);
    }
    view
}

fn fill(view: &mut BasketsView, shop: &Shop, columns: &BasketColumns, baskets: Baskets<'_>) {
    let (purchases, as_of) = (shop.frame.purchases(), view.as_of.number());
    let sets = sets(baskets, as_of, ItemsetOptions::default());
    let who = bought(purchases, baskets, as_of);
    let again = replenishment(purchases, baskets, as_of);
    let mut shelf = Shelf::new(columns, baskets, as_of);
    view.baskets = sets.baskets;
    view.least_orders = sets.min_count;
    let mut found = rules(&sets, LEAST_CONFIDENCE, Consequents::One);
    // By lift, so those that attract come first.
    found.truncate(found.partition_point(|rule| rule.counts.lift() > 1.0));
    view.rule_count = found.len() as u32;
    let of_baskets = |rule: &Rule| row(&mut shelf, rule, Some(rule.counts.confidence()));
    view.rules = found.iter().take(MOST_RULES).map(of_baskets).collect();
    let options = NextBasketOptions {
        min_confidence: LEAST_CONFIDENCE,
        max_rules: MOST_ROWS,
        ..NextBasketOptions::default()
    };
    view.later_days = options.within_days;
    let later = next_basket_rules(purchases, baskets, as_of, &options);
    let attached = attach_rates_of(baskets, as_of, &later);
    let of_customers = later.iter().zip(attached);
    view.later = of_customers.map(|(rule, attached)| row(&mut shelf, rule, attached)).collect();
    view.breadth = months(shop, baskets, view.as_of);
    let edges = affinity_edges(&sets).into_iter().take(MOST_ROWS);
    view.affinity = edges
        .map(|edge| PairRow {
            products: edge.items.map(|item| shelf.place(item)),
            both: edge.counts.both,
            lift: edge.counts.lift(),
            leverage: edge.counts.leverage(),
        })
        .collect();
    due(view, shop, &mut shelf, &who, &again);
    view.ladders = ladders::view(columns, &mut shelf, &who);
    view.products = shelf.rows(columns, &who, &again);
}

/// Frequent sets; where they are more than anybody could look at, of a greater support.
fn sets(baskets: Baskets<'_>, as_of: i32, mut options: ItemsetOptions) -> Itemsets {
    let window = Window { from: None, as_of };
    loop {
        match frequent_itemsets(baskets, window, &options) {
            Ok(sets) => return sets,
            Err(_) if options.min_support < 1.0 => options.min_support *= 2.0,
            Err(_) => return Itemsets::default(),
        }
    }
}

/// The rules of one product and another that attract, the greatest lift first.
pub fn pair_rules(baskets: Baskets<'_>, as_of: i32) -> Vec<Rule> {
    let sets = sets(baskets, as_of, ItemsetOptions { max_len: 2, ..ItemsetOptions::default() });
    rules(&sets, LEAST_CONFIDENCE, Consequents::One)
}

/// Whether one needs a product again.
pub fn is_consumable(again: &Replenishment) -> bool {
    again.repurchase_rate().is_some_and(|rate| rate >= LEAST_REPURCHASE)
}

/// In how many of the orders with the left side, whatever comes later, the right side is too.
fn attach_rates_of(baskets: Baskets<'_>, as_of: i32, rules: &[Rule]) -> Vec<Option<f64>> {
    // Rules of a later basket have one product on each side.
    let pair = |rule: &Rule| {
        [rule.lhs.first(), rule.rhs.first()].map(|it| it.copied().unwrap_or(u32::MAX))
    };
    let pairs: Vec<[u32; 2]> = rules.iter().map(pair).collect();
    let rates = attach_rates(baskets, Window { from: None, as_of }, &pairs);
    // What is bought again is not attached to itself.
    let rates = rates.into_iter().zip(pairs);
    rates.map(|(rate, [item, attached])| rate.filter(|_| item != attached)).collect()
}

/// How many different products are bought, in the newest months.
fn months(shop: &Shop, baskets: Baskets<'_>, as_of: ShopDay) -> Vec<BreadthMonth> {
    let has_lines = |it: &usize| baskets.basket(*it).next().is_some();
    let days = (0..baskets.len()).filter(has_lines).map(|it| baskets.day(it));
    let Some(first) = days.filter(|it| *it <= as_of.number()).min() else { return Vec::new() };
    let first = ShopDay::from_number(first);
    let (starts, end) = calendar::periods(CohortPeriod::Month, first, as_of, MOST_MONTHS);
    let Ok(periods) = Periods::new(&starts, end) else { return Vec::new() };
    let found = breadth(shop.frame.purchases(), baskets, &periods, as_of.number());
    let month = |(start, it): (&i32, Breadth)| BreadthMonth {
        start: ShopDay::from_number(*start),
        orders: it.baskets,
        per_order: it.per_basket(),
        per_customer: it.per_customer(),
    };
    starts.iter().zip(found).map(month).collect()
}

fn row(shelf: &mut Shelf, rule: &Rule, attach_rate: Option<f64>) -> RuleRow {
    let counts = rule.counts;
    RuleRow {
        bought: rule.lhs.iter().map(|item| shelf.place(*item)).collect(),
        then: rule.rhs.iter().map(|item| shelf.place(*item)).collect(),
        both: counts.both,
        support: counts.support(),
        confidence: counts.confidence(),
        lift: counts.lift(),
        leverage: counts.leverage(),
        conviction: counts.conviction(),
        attach_rate,
    }
}

fn due(
    view: &mut BasketsView,
    shop: &Shop,
    shelf: &mut Shelf,
    who: &Bought,
    again: &[Replenishment],
) {
    let due = due_between(who, again, around(view.as_of));
    view.due_count = due.len() as u32;
    for it in due.into_iter().take(MOST_ROWS) {
        let Some(at) = who.position(it.customer as usize, it.item) else { continue };
        view.due.push(DueRow {
            id: shop.frame.customers.id(&shop.frame.batches, it.customer),
            label: super::label(shop, it.customer),
            product: shelf.place(it.item),
            last: ShopDay::from_number(who.last_day[at]),
            day: ShopDay::from_number(it.day),
        });
    }
}

/// Who needs which product again around a day, the earliest first; of one product if it is given.
pub fn due_of(shop: &Shop, columns: &BasketColumns, item: Option<u32>, as_of: ShopDay) -> Vec<Due> {
    let purchases = shop.frame.purchases();
    let only = item.map(|item| columns.only(item));
    let baskets = match &only {
        Some(only) => only.baskets(shop),
        None => columns.baskets(shop),
    };
    let Some(baskets) = baskets else { return Vec::new() };
    let who = bought(purchases, baskets, as_of.number());
    let again = replenishment(purchases, baskets, as_of.number());
    due_between(&who, &again, around(as_of))
}

/// Customers who are about to need a product again, rising; the given one if any.
pub fn due_customers(
    shop: &Shop,
    columns: &BasketColumns,
    item: Option<u32>,
    as_of: ShopDay,
) -> Vec<u32> {
    if columns.is_empty() {
        return Vec::new();
    }
    customers_of(&due_of(shop, columns, item, as_of))
}

/// Who needs something, rising.
pub fn customers_of(due: &[Due]) -> Vec<u32> {
    let mut customers: Vec<u32> = due.iter().map(|it| it.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    customers
}

/// For how many customers a product will be due in some days. `who` and `again` are of it alone.
pub fn needed_within(who: &Bought, again: &[Replenishment], days: Range<i32>) -> u32 {
    due_within(who, again, days).len() as u32
}

/// Who will need which product in the days after the first of some.
pub fn due_within(who: &Bought, again: &[Replenishment], days: Range<i32>) -> Vec<Due> {
    due_between(who, again, (days.start + 1, days.end))
}

/// The days in which what is due counts as due.
fn around(as_of: ShopDay) -> (i32, i32) {
    (as_of.plus_days(-DUE_DAYS).number(), as_of.plus_days(DUE_DAYS).number())
}

fn due_between(who: &Bought, again: &[Replenishment], span: (i32, i32)) -> Vec<Due> {
    let is_consumable: Vec<bool> = again.iter().map(is_consumable).collect();
    replenishment_due(who, again, &is_consumable, LEAST_GAPS, span)
}
