//! What is worked out of every customer for an as-of day: made once, read by every screen.

use crate::life::Life;
use crate::scoring;
use crate::shop::Shop;
use analytics::{
    Classes, RankedSpend, Rfm, RfmGroup, Summaries, Tier, TierReport, Tiers, Window, assign_tiers,
    classify, score_rfm, summarise,
};
use model::ShopDay;
use protocol::{CustomerFilter, Monetary};

/// Per-customer columns for an as-of day, over all time; scores and classes by the shop's choices.
#[derive(Debug)]
pub struct Computed {
    /// Orders after it do not exist.
    pub as_of: ShopDay,
    /// First and last day, orders, net.
    pub summaries: Summaries,
    /// Net, sorted.
    pub spend: RankedSpend,
    /// Orders and net in the window of the scores; `None`: they are of all time.
    windowed: Option<Summaries>,
    /// What M measures.
    monetary: Monetary,
    /// Scores.
    pub rfm: Rfm,
    /// Classes of the eight.
    pub classes: Classes,
    /// Tiers.
    pub tiers: Tiers,
    /// Stages and states of silence.
    pub life: Life,
    /// Tenths by value, not a number without one; empty until the models are known.
    pub deciles: Vec<f64>,
}

impl Computed {
    /// Works everything out from the orders.
    pub fn new(shop: &Shop, as_of: ShopDay) -> Computed {
        let purchases = shop.frame.purchases();
        let window = Window { from: None, as_of: as_of.number() };
        let summaries = summarise(purchases, window);
        let spend = RankedSpend::new(&summaries.orders, &summaries.net);
        let from = shop.rfm.window.first_day(as_of).map(ShopDay::number);
        let windowed = from.map(|from| summarise(purchases, Window { from: Some(from), ..window }));
        let (rfm, classes) = match &windowed {
            None => scores(shop, &summaries, &spend),
            Some(it) => scores(shop, it, &RankedSpend::new(&it.orders, &it.net)),
        };
        let tier_shares = shop.tier_shares();
        let tiers = assign_tiers(&spend, &summaries.orders, &summaries.net, &tier_shares);
        let life = Life::new(shop.lifecycle, &summaries);
        let monetary = shop.rfm.monetary;
        let deciles = Vec::new();
        Computed { as_of, summaries, spend, windowed, monetary, rfm, classes, tiers, life, deciles }
    }

    /// The same of some customers alone, rising, in the shop of theirs: scores, classes, tiers and
    /// stages stay those that they have among all.
    pub fn limited(&self, shop: &Shop, members: &[u32]) -> Computed {
        let of = |it: &u32| *it as usize;
        let bytes =
            |column: &[u8]| -> Vec<u8> { members.iter().map(|it| column[of(it)]).collect() };
        let Computed { as_of, summaries, windowed, rfm, classes, tiers, .. } = self;
        let purchases = shop.frame.purchases();
        let summaries = summarise(purchases, summaries.window);
        let r = bytes(&rfm.r);
        let tier: Vec<_> = members.iter().map(|it| tiers.tier[of(it)]).collect();
        Computed {
            as_of: *as_of,
            spend: RankedSpend::new(&summaries.orders, &summaries.net),
            windowed: windowed.as_ref().map(|it| summarise(purchases, it.window)),
            monetary: self.monetary,
            rfm: Rfm {
                scored: r.iter().filter(|it| **it > 0).count() as u32,
                r,
                f: bytes(&rfm.f),
                m: bytes(&rfm.m),
                group: members.iter().map(|it| rfm.group[of(it)]).collect(),
                cuts: rfm.cuts,
                warnings: rfm.warnings.clone(),
            },
            classes: Classes {
                class: members.iter().map(|it| classes.class[of(it)]).collect(),
                cuts: classes.cuts,
            },
            tiers: Tiers { reports: reports(tiers, &tier, &summaries.net), tier },
            life: self.life.limited(members),
            deciles: members.iter().filter_map(|it| self.deciles.get(of(it)).copied()).collect(),
            summaries,
        }
    }

    /// What the scores and classes were worked out from: orders and net in their window.
    pub fn scored(&self) -> &Summaries {
        self.windowed.as_ref().unwrap_or(&self.summaries)
    }

    /// F and M of a customer, M in minor units; `None` without an order in the window.
    pub fn frequency_and_monetary(&self, customer: usize) -> Option<(u32, i64)> {
        let (orders, net) = (self.scored().orders[customer], self.scored().net[customer]);
        let monetary = match self.monetary {
            Monetary::Total => net,
            Monetary::AverageOrder => (net as f64 / f64::from(orders)).round() as i64,
        };
        (orders > 0).then_some((orders, monetary))
    }

    /// The group of a customer.
    pub fn group(&self, customer: usize) -> Option<RfmGroup> {
        self.rfm.group(customer)
    }

    /// The tier of a customer.
    pub fn tier(&self, customer: usize) -> Option<Tier> {
        self.tiers.tier.get(customer).copied().flatten()
    }

    /// The customer's own rhythm in days, drawn towards the shop's.
    pub fn rhythm_days(&self, customer: usize) -> Option<f64> {
        self.summaries.personal_gap(customer, self.life.policy.store_gap?)
    }

    /// Days since the customer's last order.
    pub fn silent_days(&self, customer: usize) -> Option<u32> {
        self.summaries.recency(customer)
    }

    /// Whether a customer is in one of the groups At risk and Can't lose, and late: the scores alone
    /// rank, so that somebody is last even where all come as they always do.
    pub fn is_slipping(&self, customer: usize) -> bool {
        matches!(self.group(customer), Some(RfmGroup::AtRisk | RfmGroup::CantLose))
            && self.is_late(customer)
    }

    /// The day on which a customer's next order is expected: to the nearest whole one.
    pub fn next_expected(&self, customer: usize) -> Option<ShopDay> {
        let day = self.summaries.next_expected(customer, self.life.policy.store_gap?)?;
        // Half a day is rounded up. `round` would be a call where the browser has an instruction for
        // this, and all customers are asked.
        Some(ShopDay::from_number((day + 0.5).floor() as i32))
    }

    /// Whether the day on which a customer's next order was expected is past.
    fn is_late(&self, customer: usize) -> bool {
        self.next_expected(customer).is_none_or(|day| day < self.as_of)
    }

    /// Who is slipping away, rising.
    pub fn slipping(&self) -> impl Iterator<Item = u32> {
        let everybody = 0..self.summaries.len() as u32;
        everybody.filter(|&customer| self.is_slipping(customer as usize))
    }

    /// Whether a customer passes the filter, but for who stands behind a mark of a picture.
    pub fn passes(&self, filter: &CustomerFilter, customer: usize) -> bool {
        let score = |wanted: u8, column: &[u8]| wanted == 0 || column[customer] == wanted;
        // What lets fewest through stands first.
        filter.group.is_none_or(|group| self.group(customer) == Some(group))
            && score(filter.r, &self.rfm.r)
            && score(filter.f, &self.rfm.f)
            && score(filter.m, &self.rfm.m)
            && filter.class.is_none_or(|class| self.classes.class[customer] == Some(class))
            && filter.tier.is_none_or(|tier| self.tier(customer) == Some(tier))
            && (!filter.slipping || self.is_slipping(customer))
            && (filter.orders == 0 || self.summaries.orders[customer] == filter.orders)
            && (filter.within_days == 0
                || self.silent_days(customer).is_some_and(|days| days <= filter.within_days))
            && filter.stage.is_none_or(|stage| self.life.stages[customer] == stage)
            && filter.churn.is_none_or(|state| self.life.state(customer) == Some(state))
    }
}

/// What each tier holds of some customers alone; its border stays that of the whole.
fn reports(whole: &Tiers, tier: &[Option<Tier>], net: &[i64]) -> [TierReport; 4] {
    let mut reports = whole.reports.map(|it| TierReport { customers: 0, value: 0, ..it });
    for (tier, net) in tier.iter().zip(net) {
        let Some(tier) = tier else { continue };
        let report = &mut reports[*tier as usize];
        report.customers += 1;
        report.value = report.value.saturating_add(*net);
    }
    reports
}

/// Scores and classes, by the shop's choices.
fn scores(shop: &Shop, customers: &Summaries, spend: &RankedSpend) -> (Rfm, Classes) {
    let options = scoring::options(&shop.rfm, shop.profile.currency);
    let cuts = scoring::class_cuts(&shop.rfm, shop.profile.currency);
    let rfm = score_rfm(customers, spend, &options);
    (rfm, classify(customers, spend, options.monetary, cuts))
}
