//! How many customers each rule of the shop's grades hits.

use crate::computed::Computed;
use crate::grades::Grading;
use crate::shop::Shop;
use protocol::{CrossCell, GradesView};

/// Every customer on record is hit by one rule, or by none.
pub fn view(shop: &Shop, computed: &Computed) -> GradesView {
    let mut rules = vec![CrossCell::default(); shop.grades.rules().len()];
    let mut none = CrossCell::default();
    let hits = Grading::new(shop, computed).hits();
    for (rule, net) in hits.into_iter().zip(&computed.summaries.net) {
        let cell = rule.map_or(&mut none, |rule| &mut rules[rule]);
        *cell = cell.and(CrossCell { customers: 1, net: *net });
    }
    GradesView {
        revision: shop.revision,
        as_of: computed.as_of,
        currency: shop.profile.currency,
        rules,
        none,
    }
}
