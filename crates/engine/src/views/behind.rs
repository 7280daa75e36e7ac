//! The customers behind a mark of a picture.

use super::answers::Answers;
use super::reasons::Met;
use super::satisfaction::answered_days;
use super::{baskets, cohorts, leaving, lifecycle, outreach, quadrants, traits, won_back};
use crate::circles;
use crate::computed::Computed;
use crate::explore::Subject;
use crate::insights::OnDemand;
use crate::labels::Labels;
use crate::life::Life;
use crate::shop::Shop;
use model::ShopDay;
use protocol::{Behind, ChurnReason, LabelCondition, Lens};

/// Who stands behind a mark.
#[derive(Debug, Default)]
pub struct Members {
    /// The customers, rising.
    pub customers: Vec<u32>,
    /// Names of the products that the mark names.
    pub products: Vec<String>,
}

impl Members {
    /// Whom a rule means; nobody before that is found.
    pub fn of(found: Option<&[u32]>) -> Members {
        Members { customers: found.unwrap_or_default().to_vec(), products: Vec::new() }
    }
}

/// What a mark is looked up in.
pub struct Source<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// Everybody, on the as-of day.
    pub computed: &'a Computed,
    /// What is worked out only when asked.
    pub on_demand: &'a mut OnDemand,
    /// Of the list.
    pub lens: &'a Lens,
    /// The last day of answers and tickets.
    pub until: ShopDay,
    /// The whole shop, if `shop` is of some customers alone.
    pub among: Option<Among<'a>>,
}

/// The whole shop that some customers are of.
pub struct Among<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// What is worked out only when asked.
    pub on_demand: &'a mut OnDemand,
    /// Who they are in it, rising.
    pub members: &'a [u32],
}

impl Source<'_> {
    /// Who stands behind a mark.
    pub fn members(&mut self, mark: &Behind) -> Members {
        let (shop, computed) = (self.shop, self.computed);
        let mut customers = match mark {
            Behind::Cohort(cell) => cohorts::behind(shop, computed.as_of, cell),
            Behind::Moved { since, from, to } => {
                let before = Life::stages_on(shop, *since, None);
                let now = computed.life.of_buyers();
                let code = |stage: &Option<analytics::Stage>| stage.map(|it| it as usize);
                analytics::migrants(
                    before.iter().map(code),
                    now.iter().map(code),
                    (code(from), code(to)),
                )
            }
            Behind::Leaving => leaving::leaving(computed),
            Behind::WonBack => {
                won_back::won_back(shop, computed).iter().map(|it| it.customer).collect()
            }
            Behind::Reason(reason) => self.with_reason(*reason),
            Behind::Detractors => self.detractors(),
            Behind::Bought { all, without } => return self.buyers(all, without),
            Behind::Due(key) => return self.due(key),
            Behind::Labelled(conditions) => self.labelled(conditions),
            Behind::MovedSince(day) => lifecycle::moved_since(shop, computed, *day),
            // Those are looked up before: of segments, and of models.
            Behind::Rule(_) | Behind::ToWinBack => Vec::new(),
            Behind::Quadrant(filter) => {
                let standing = self.on_demand.standing(shop, computed, filter.plane, self.until);
                quadrants::customers(standing, *filter)
            }
            Behind::Untapped { label, without } => {
                let columns = self.on_demand.columns(shop);
                let customers =
                    traits::untapped(shop, computed, columns, (label, without.as_str()));
                return Members { customers, products: vec![columns.name_of(without)] };
            }
            Behind::LikeBest => traits::alike(shop, computed),
            Behind::Explored { period, conditions } => {
                let texts = self.on_demand.texts(shop);
                Subject::new(shop, computed, texts, *period).customers(conditions)
            }
            Behind::Act(kind) => outreach::customers(&outreach::to_do(self, *kind)),
            Behind::Circle(circle) => {
                circles::members(shop, computed, *circle, self.lens, self.until)
            }
        };
        customers.sort_unstable();
        Members { customers, products: Vec::new() }
    }

    fn with_reason(&self, reason: ChurnReason) -> Vec<u32> {
        let met = Met::gather(self.shop, self.computed.as_of, self.until);
        let mut leaving = leaving::leaving(self.computed);
        leaving.retain(|&it| leaving::reason(self.shop, &met, it) == reason);
        leaving
    }

    fn detractors(&self) -> Vec<u32> {
        let (from, until) = answered_days(self.lens, self.until);
        Answers::gather(self.shop, from, until).detractors()
    }

    fn buyers(&mut self, all: &[String], without: &[String]) -> Members {
        let (shop, as_of) = (self.shop, self.computed.as_of.number());
        let columns = self.on_demand.columns(shop);
        let products = all.iter().chain(without).map(|it| columns.name_of(it)).collect();
        let wanted: Option<Vec<u32>> = all.iter().map(|key| columns.item(key)).collect();
        let customers = wanted.zip(columns.baskets(shop)).map(|(wanted, baskets)| {
            let unwanted: Vec<u32> = without.iter().filter_map(|key| columns.item(key)).collect();
            let purchases = shop.frame.purchases();
            analytics::bought_without(purchases, baskets, as_of, &wanted, &unwanted)
        });
        Members { customers: customers.unwrap_or_default(), products }
    }

    fn due(&mut self, key: &str) -> Members {
        let (shop, as_of) = (self.shop, self.computed.as_of);
        let columns = self.on_demand.columns(shop);
        let customers = match columns.item(key) {
            Some(item) => baskets::due_customers(shop, columns, Some(item), as_of),
            None if key.is_empty() => baskets::due_customers(shop, columns, None, as_of),
            None => Vec::new(),
        };
        let product = (!key.is_empty()).then(|| columns.name_of(key));
        Members { customers, products: product.into_iter().collect() }
    }

    fn labelled(&mut self, conditions: &[LabelCondition]) -> Vec<u32> {
        let (shop, computed) = (self.shop, self.computed);
        let mut found: Vec<u32> = (0..computed.summaries.len() as u32).collect();
        for LabelCondition { kind, on, label } in conditions {
            let then = match on.filter(|day| *day != computed.as_of) {
                Some(day) => match &mut self.among {
                    Some(all) => self.on_demand.earlier_among(shop, day, all),
                    None => self.on_demand.earlier(shop, day),
                },
                None => computed,
            };
            let labels = Labels::of(shop, then, *kind);
            let wanted = labels.code(label.as_ref());
            found.retain(|it| Some(labels.codes[*it as usize]) == wanted);
        }
        found
    }
}
