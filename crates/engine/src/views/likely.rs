//! What a customer is likely to buy next: what goes with what they have, what they need again, and
//! what people like them buy.

use super::baskets;
use super::traits::LEAST_LIFT;
use crate::basket_columns::BasketColumns;
use crate::computed::Computed;
use crate::shop::Shop;
use crate::traits::{Known, TELLING};
use analytics::{
    Bought, Codes, Reason, Recommendation, Recommender, Replenishment, Rule, bought, replenishment,
    trait_affinity,
};
use model::ShopDay;
use protocol::{LikelyReason, LikelyRow, LikelyView, Trait};

/// So many products are named.
const MOST_ROWS: usize = 3;
/// So many offers are weighed against what traits say.
const MOST_OFFERS: usize = 200;
/// What is due within so many days, or was so many days ago, is offered.
const DUE_DAYS: i32 = 14;

/// What offers are made of: of all customers, so it is kept from one to the next.
#[derive(Debug)]
pub struct Offers {
    bought: Bought,
    rules: Vec<Rule>,
    again: Vec<Replenishment>,
    is_consumable: Vec<bool>,
    /// Every product that there is can be bought: no file says otherwise.
    is_available: Vec<bool>,
    /// Files tell of no categories.
    category: Vec<u32>,
}

impl Offers {
    /// Looks at all orders up to a day; `None`: none of them has lines.
    pub fn new(shop: &Shop, columns: &BasketColumns, as_of: ShopDay) -> Option<Offers> {
        let baskets = columns.baskets(shop).filter(|_| !columns.is_empty())?;
        let (purchases, day) = (shop.frame.purchases(), as_of.number());
        let again = replenishment(purchases, baskets, day);
        Some(Offers {
            bought: bought(purchases, baskets, day),
            rules: baskets::pair_rules(baskets, day),
            is_consumable: again.iter().map(baskets::is_consumable).collect(),
            is_available: vec![true; again.len()],
            category: vec![Codes::UNKNOWN; again.len()],
            again,
        })
    }

    fn of(&self, customer: usize, as_of: ShopDay) -> Vec<Recommendation> {
        let recommender = Recommender {
            bought: &self.bought,
            rules: &self.rules,
            replenishment: &self.again,
            shelf: analytics::Shelf {
                is_available: &self.is_available,
                is_consumable: &self.is_consumable,
                category: Codes::new(&self.category, 0),
            },
            due_until: as_of.plus_days(DUE_DAYS).number(),
        };
        recommender.offers(customer, MOST_OFFERS)
    }
}

/// The card of one customer.
pub fn view(
    shop: &Shop,
    computed: &Computed,
    (columns, offers): (&BasketColumns, Option<&Offers>),
    customer: u32,
) -> LikelyView {
    let Some(offers) = offers else { return LikelyView { has_lines: false, rows: Vec::new() } };
    let mut found = by_purchases(columns, offers, customer as usize, computed.as_of);
    found.extend(by_traits(shop, computed, (columns, offers), customer as usize));
    tiny_sort::stable::sort_by(&mut found, |a, b| {
        a.is_small().cmp(&b.is_small()).then(b.share.total_cmp(&a.share))
    });
    // Of a product the likeliest reason.
    let mut rows: Vec<LikelyRow> = Vec::new();
    for row in found {
        if rows.len() < MOST_ROWS && rows.iter().all(|it| it.key != row.key) {
            rows.push(row);
        }
    }
    LikelyView { has_lines: true, rows }
}

fn by_purchases(
    columns: &BasketColumns,
    offers: &Offers,
    customer: usize,
    as_of: ShopDay,
) -> Vec<LikelyRow> {
    let row = |it: Recommendation| {
        let item = it.item as usize;
        let (reason, lift, n) = match it.reason {
            Reason::Rule(at) => {
                let rule = offers.rules.get(at)?;
                let has = columns.names.get(*rule.lhs.first()? as usize)?.clone();
                (LikelyReason::Bought(has), Some(rule.counts.lift()), rule.counts.both)
            }
            Reason::Due(day) => {
                // What was due long ago is bought elsewhere by now, or not at all.
                let day = Some(ShopDay::from_number(day))
                    .filter(|it| *it >= as_of.plus_days(-DUE_DAYS))?;
                (LikelyReason::Due(day), None, offers.again.get(item)?.repeat_buyers)
            }
            Reason::Category(_) => return None,
        };
        Some(likely(columns, item, it.score, lift, n, reason))
    };
    offers.of(customer, as_of).into_iter().filter_map(row).collect()
}

/// What people with the customer's traits buy more often than others, of what the customer has not.
fn by_traits(
    shop: &Shop,
    computed: &Computed,
    (columns, offers): (&BasketColumns, &Offers),
    customer: usize,
) -> Vec<LikelyRow> {
    let has = offers.bought.items_of(customer);
    let known = Known::gather(shop, computed, &TELLING);
    let mut rows = Vec::new();
    for column in TELLING.into_iter().flat_map(|kind| known.of(kind)) {
        let label = column.codes().get(customer);
        let Some((label, name)) = label.and_then(|it| Some((it, column.names.get(it)?))) else {
            continue;
        };
        let table = trait_affinity(column.codes(), &offers.bought);
        rows.extend(table.likely_items(label).into_iter().filter_map(|it| {
            let is_new = it.lift >= LEAST_LIFT && has.binary_search(&(it.item as u32)).is_err();
            let share = table.share(label, it.item).filter(|_| is_new)?;
            let reason = LikelyReason::Trait(Trait::clone(name));
            Some(likely(columns, it.item, share, Some(it.lift), it.n, reason))
        }));
    }
    rows
}

fn likely(
    columns: &BasketColumns,
    item: usize,
    share: f64,
    lift: Option<f64>,
    n: u32,
    reason: LikelyReason,
) -> LikelyRow {
    let key = columns.keys[item].clone();
    LikelyRow { name: columns.name_of(&key), key, share, lift, n, reason }
}
