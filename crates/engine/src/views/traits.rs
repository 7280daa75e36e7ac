//! What kind of customer buys what, and who is like the best.

use super::label;
use crate::basket_columns::BasketColumns;
use crate::computed::Computed;
use crate::shop::Shop;
use crate::traits::{Alike, Column, Known, LikeBest as Learnt, TELLING};
use analytics::{Affinity, Bought, TraitAffinity, bought, trait_affinity};
use protocol::{
    LikeBest, LikeBestRow, Trait, TraitCell, TraitKind, TraitProduct, TraitRow, TraitsView,
    UntappedRow,
};
use std::cmp::Reverse;

/// So many products make columns, those with most buyers.
const MOST_PRODUCTS: usize = 12;
/// So many rows of each list.
const MOST_ROWS: usize = 50;
/// So many reasons are named.
const MOST_REASONS: usize = 3;
/// A trait goes with a product if those with it buy it so many times as often…
pub const LEAST_LIFT: f64 = 1.2;
/// … and there is room while at most this share of them do.
const MOST_SHARE: f64 = 0.5;

/// The screen. `kind`: by what; the first that is known if it is none of those.
pub fn view(
    shop: &Shop,
    computed: &Computed,
    columns: &BasketColumns,
    kind: Option<TraitKind>,
) -> TraitsView {
    let further = TELLING.into_iter().filter(|it| !TraitKind::ALL.contains(it));
    let kinds: Vec<TraitKind> = TraitKind::ALL.into_iter().chain(further).collect();
    let of_everybody = Known::gather(shop, computed, &kinds);
    let is_known = |kind: &TraitKind| !of_everybody.of(*kind).is_empty();
    let known: Vec<TraitKind> = TraitKind::ALL.into_iter().filter(is_known).collect();
    let kind = kind.filter(|it| known.contains(it)).or_else(|| known.first().copied());
    let mut view = TraitsView {
        revision: shop.revision,
        as_of: computed.as_of,
        known,
        kind,
        has_lines: !columns.is_empty(),
        products: Vec::new(),
        rows: Vec::new(),
        untapped: Vec::new(),
        like_best: like_best(shop, computed, &of_everybody),
    };
    let baskets = columns.baskets(shop).filter(|_| view.has_lines);
    if let Some((kind, baskets)) = kind.zip(baskets) {
        let who = bought(shop.frame.purchases(), baskets, computed.as_of.number());
        fill(&mut view, columns, &who, of_everybody.of(kind));
    }
    view
}

fn fill(view: &mut TraitsView, columns: &BasketColumns, who: &Bought, traits: &[Column]) {
    let mut items: Vec<usize> = (0..who.buyers.len()).filter(|it| who.buyers[*it] > 0).collect();
    tiny_sort::stable::sort_by_key(&mut items, |item| Reverse(who.buyers[*item]));
    items.truncate(MOST_PRODUCTS);
    let product = |item: usize| TraitProduct {
        key: columns.keys[item].clone(),
        name: columns.names[item].clone(),
    };
    view.products = items.iter().map(|item| product(*item)).collect();
    for traits in traits {
        let table = trait_affinity(traits.codes(), who);
        let rows = traits.names.iter().enumerate().filter(|(at, _)| table.with_trait[*at] > 0);
        view.rows.extend(rows.map(|(at, label)| row(&table, at, label, &items)));
        let untapped = table.white_space(LEAST_LIFT, MOST_SHARE).into_iter();
        view.untapped.extend(untapped.filter_map(|it| {
            let label = traits.names.get(it.label)?.clone();
            Some(untapped_row(&table, label, product(it.item), &it))
        }));
    }
    tiny_sort::stable::sort_by_key(&mut view.untapped, |it| Reverse(it.others));
    view.untapped.truncate(MOST_ROWS);
}

fn row(table: &TraitAffinity, at: usize, label: &Trait, items: &[usize]) -> TraitRow {
    let cell = |item: &usize| TraitCell {
        n: table.count(at, *item),
        share: table.share(at, *item),
        lift: table.lift(at, *item),
    };
    TraitRow {
        label: label.clone(),
        customers: table.with_trait[at],
        cells: items.iter().map(cell).collect(),
    }
}

fn untapped_row(
    table: &TraitAffinity,
    label: Trait,
    product: TraitProduct,
    it: &Affinity,
) -> UntappedRow {
    let others = table.with_trait[it.label] - it.n;
    UntappedRow { label, product, n: it.n, others, lift: it.lift }
}

/// Customers with a trait who have bought, but not a product, rising.
pub fn untapped(
    shop: &Shop,
    computed: &Computed,
    columns: &BasketColumns,
    (label, key): (&Trait, &str),
) -> Vec<u32> {
    let kind = match label {
        Trait::Age(_) => TraitKind::Age,
        Trait::Tag(_) => TraitKind::Tag,
        Trait::Label(kind, _) => TraitKind::Label(*kind),
    };
    let known = Known::gather(shop, computed, &[kind]);
    let with: Vec<u32> = known.of(kind).iter().flat_map(|it| it.with(label)).collect();
    let (Some(item), Some(baskets)) = (columns.item(key), columns.baskets(shop)) else {
        return Vec::new();
    };
    let who = bought(shop.frame.purchases(), baskets, computed.as_of.number());
    let has_not = |customer: &u32| {
        let own = who.items_of(*customer as usize);
        !own.is_empty() && own.binary_search(&item).is_err()
    };
    with.into_iter().filter(has_not).collect()
}

/// Those like the best, rising.
pub fn alike(shop: &Shop, computed: &Computed) -> Vec<u32> {
    let known = Known::gather(shop, computed, &TELLING);
    let found = Learnt::learn(computed, &known).map(|it| it.found()).unwrap_or_default();
    let mut customers: Vec<u32> = found.iter().map(|it| it.customer).collect();
    customers.sort_unstable();
    customers
}

fn like_best(shop: &Shop, computed: &Computed, known: &Known) -> LikeBest {
    let learnt = match Learnt::learn(computed, known) {
        Ok(learnt) => learnt,
        Err(few) => {
            return LikeBest::TooFew { best: few.best as u32, others: few.others as u32 };
        }
    };
    let found = learnt.found();
    let row = |it: &Alike| LikeBestRow {
        id: shop.id(it.customer),
        label: label(shop, it.customer),
        orders: computed.summaries.orders[it.customer as usize],
        reasons: it.reasons.iter().take(MOST_REASONS).cloned().collect(),
    };
    LikeBest::Found {
        area: learnt.area(),
        are_prospects: learnt.are_prospects,
        count: found.len() as u32,
        rows: found.iter().take(MOST_ROWS).map(row).collect(),
    }
}
