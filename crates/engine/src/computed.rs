//! What is worked out of every customer for an as-of day: made once, read by every screen.

use crate::frame::Frame;
use analytics::{
    ClassCuts, Classes, Monetary, RankedSpend, Rfm, RfmGroup, RfmOptions, Summaries, Tier, Tiers,
    Window, assign_tiers, classify, score_rfm, summarise,
};
use model::ShopDay;
use protocol::CustomerFilter;

/// Per-customer columns for an as-of day, over all time.
#[derive(Debug)]
pub struct Computed {
    /// Orders after it do not exist.
    pub as_of: ShopDay,
    /// First and last day, orders, net.
    pub summaries: Summaries,
    /// Net, sorted.
    pub spend: RankedSpend,
    /// Scores.
    pub rfm: Rfm,
    /// Classes of the eight.
    pub classes: Classes,
    /// Tiers.
    pub tiers: Tiers,
    /// Median days between purchase days, over the whole shop.
    pub store_gap: Option<f64>,
}

impl Computed {
    /// Works everything out from the orders. `tier_shares` are shares of customers, 0 to 1.
    pub fn new(frame: &Frame, as_of: ShopDay, tier_shares: &[f64; 4]) -> Computed {
        let window = Window { from: None, as_of: as_of.number() };
        let summaries = summarise(frame.purchases(), window);
        let spend = RankedSpend::new(&summaries.orders, &summaries.net);
        let rfm = score_rfm(&summaries, &spend, &RfmOptions::default());
        let classes = classify(&summaries, &spend, Monetary::Total, ClassCuts::Mean);
        let tiers = assign_tiers(&spend, &summaries.orders, &summaries.net, tier_shares);
        let store_gap = summaries.gaps.median();
        Computed { as_of, summaries, spend, rfm, classes, tiers, store_gap }
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
        self.summaries.personal_gap(customer, self.store_gap?)
    }

    /// Days since the customer's last order.
    pub fn silent_days(&self, customer: usize) -> Option<u32> {
        self.summaries.recency(customer)
    }

    /// Whether a customer is in one of the groups At risk and Can't lose.
    pub fn is_slipping(&self, customer: usize) -> bool {
        matches!(self.group(customer), Some(RfmGroup::AtRisk | RfmGroup::CantLose))
    }

    /// Whether a customer passes the filter.
    pub fn passes(&self, filter: &CustomerFilter, customer: usize) -> bool {
        let score = |wanted: u8, column: &[u8]| wanted == 0 || column[customer] == wanted;
        score(filter.r, &self.rfm.r)
            && score(filter.f, &self.rfm.f)
            && score(filter.m, &self.rfm.m)
            && filter.group.is_none_or(|group| self.group(customer) == Some(group))
            && filter.class.is_none_or(|class| self.classes.class[customer] == Some(class))
            && filter.tier.is_none_or(|tier| self.tier(customer) == Some(tier))
            && (!filter.slipping || self.is_slipping(customer))
            && (filter.orders == 0 || self.summaries.orders[customer] == filter.orders)
            && (filter.within_days == 0
                || self.silent_days(customer).is_some_and(|days| days <= filter.within_days))
    }
}
