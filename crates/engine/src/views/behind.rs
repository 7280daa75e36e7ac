//! The customers behind a mark of a picture.

use super::cohorts;
use crate::computed::Computed;
use crate::life::Life;
use crate::shop::Shop;
use protocol::Behind;

/// The customers, rising.
pub fn customers(shop: &Shop, computed: &Computed, mark: &Behind) -> Vec<u32> {
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
    }
}
