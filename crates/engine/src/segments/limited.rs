//! The shop of one segment alone.

use crate::computed::Computed;
use crate::insights::OnDemand;
use crate::shop::Shop;
use crate::views::behind::{Among, Members, Source};
use model::ShopDay;
use modeller::{Fitted, Scores};
use protocol::{Behind, Lens};

/// The shop of some customers, with what is worked out of them. Scores, classes, tiers and stages stay
/// those that they have among all.
#[derive(Debug)]
pub struct Limited {
    /// Who, by their places in the whole shop, rising.
    pub members: Vec<u32>,
    /// Their shop.
    pub shop: Shop,
    /// Of the as-of day.
    pub computed: Computed,
    /// What is worked out only when asked.
    pub on_demand: OnDemand,
}

impl Limited {
    /// Takes the customers out of the shop.
    pub fn new(shop: &Shop, computed: &Computed, members: Vec<u32>) -> Limited {
        let own = shop.limited(&members);
        let computed = computed.limited(&own, &members);
        Limited { members, shop: own, computed, on_demand: OnDemand::default() }
    }

    /// Who stands behind a mark of a picture of these customers, by their places in the whole shop.
    pub fn behind(
        &mut self,
        mark: &Behind,
        lens: &Lens,
        until: ShopDay,
        (all, of_all): (&Shop, &mut OnDemand),
    ) -> Members {
        let Limited { members, shop, computed, on_demand } = self;
        let among = Some(Among { shop: all, on_demand: of_all, members });
        let found = Source { shop, computed, on_demand, lens, until, among }.members(mark);
        let customers = found.customers.iter().map(|it| self.members[*it as usize]);
        Members { customers: customers.collect(), products: found.products }
    }

    /// Those of some customers of the whole shop who are of this one.
    pub fn those_of(&self, customers: &[u32]) -> Vec<u32> {
        let is_own = |it: &u32| self.members.binary_search(it).is_ok();
        customers.iter().copied().filter(is_own).collect()
    }

    /// What the models of the whole shop say of these customers.
    pub fn fitted(&self, whole: &Fitted) -> Fitted {
        let own = |column: &Vec<f64>| -> Vec<f64> {
            let entries = self.members.iter().filter_map(|it| column.get(*it as usize));
            entries.copied().collect()
        };
        let scores = Scores::from_columns(whole.scores.columns().map(own));
        Fitted { models: whole.models.clone(), scores }
    }
}
