//! The customers behind a mark of a picture.

use super::{cohorts, quadrants};
use crate::basket_columns::BasketColumns;
use crate::circles;
use crate::computed::Computed;
use crate::labels::Labels;
use crate::life::Life;
use crate::quadrants::Standing;
use crate::shop::Shop;
use model::ShopDay;
use protocol::{Behind, LabelCondition, Lens};

/// The customers, rising. `until` is the last day of answers and tickets.
pub fn customers(
    shop: &Shop,
    computed: &Computed,
    mark: &Behind,
    (lens, until): (&Lens, ShopDay),
) -> Vec<u32> {
    match mark {
        Behind::Cohort(cell) => cohorts::behind(shop, computed.as_of, cell),
        Behind::Moved { since, from, to } => {
            let before = Life::stages_on(shop, *since);
            let now = computed.life.of_buyers();
            let code = |stage: &Option<analytics::Stage>| stage.map(|it| it as usize);
            analytics::migrants(
                before.iter().map(code),
                now.iter().map(code),
                (code(from), code(to)),
            )
        }
        Behind::Labelled(conditions) => labelled(shop, computed, conditions),
        Behind::Quadrant(filter) => {
            let columns = BasketColumns::new(shop);
            let standing = Standing::new(shop, computed, &columns, filter.plane, until);
            quadrants::customers(&standing, *filter)
        }
        Behind::Circle(circle) => circles::members(shop, computed, *circle, lens, until),
    }
}

fn labelled(shop: &Shop, computed: &Computed, conditions: &[LabelCondition]) -> Vec<u32> {
    let mut found: Vec<u32> = (0..computed.summaries.len() as u32).collect();
    for LabelCondition { kind, on, label } in conditions {
        let earlier;
        let then = match on.filter(|day| *day != computed.as_of) {
            Some(day) => {
                earlier = Computed::new(shop, day);
                &earlier
            }
            None => computed,
        };
        let labels = Labels::of(shop, then, *kind);
        let wanted = labels.code(label.as_ref());
        found.retain(|it| Some(labels.codes[*it as usize]) == wanted);
    }
    found
}
