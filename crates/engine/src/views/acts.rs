//! What to do this week, each with the customers whom it is for.

use crate::circles;
use crate::computed::Computed;
use crate::shop::Shop;
use analytics::{RfmGroup, Tally};
use model::ShopDay;
use protocol::{Act, ActKind, Behind, ChurnState, Circle, CustomerFilter, Lens};
use std::cmp::Reverse;

/// A second order is due for first buyers of at most this many days, unless the shop's own rhythm
/// is slower.
const SECOND_ORDER_DAYS: u32 = 60;
/// Acts whose customers are a circle.
const OF_CIRCLES: [(ActKind, Circle); 4] = [
    (ActKind::AnswerTickets, Circle::OpenTickets),
    (ActKind::HearDissatisfied, Circle::Dissatisfied),
    (ActKind::RemindExpected, Circle::ExpectedSoon),
    (ActKind::LiftToTier, Circle::AboutToClimb),
];

/// Dearest first. Each act's list has exactly its number of rows.
pub fn view(shop: &Shop, computed: &Computed, lens: &Lens, until: ShopDay) -> Vec<Act> {
    let circles = OF_CIRCLES.into_iter().filter_map(|(kind, circle)| {
        let customers = circles::members(shop, computed, circle, lens, until);
        of_mark(computed, kind, Behind::Circle(circle), &customers)
    });
    let mut acts: Vec<Act> = of_filters(computed).chain(circles).collect();
    acts.sort_by_key(|act| Reverse(act.net));
    acts
}

/// An act for the customers behind a mark; `None`: for nobody.
pub fn of_mark(computed: &Computed, kind: ActKind, mark: Behind, customers: &[u32]) -> Option<Act> {
    let mut whom = Whom::default();
    for customer in customers {
        whom.add(computed, *customer as usize);
    }
    whom.act(kind, CustomerFilter { behind: Some(mark), ..CustomerFilter::default() })
}

fn of_filters(computed: &Computed) -> impl Iterator<Item = Act> + use<> {
    let within_days =
        computed.life.policy.store_gap.map_or(0, |gap| gap.ceil() as u32).max(SECOND_ORDER_DAYS);
    let group = |group| CustomerFilter { group: Some(group), ..CustomerFilter::default() };
    let second_order = CustomerFilter { orders: 1, within_days, ..CustomerFilter::default() };
    let late = CustomerFilter { churn: Some(ChurnState::AtRisk), ..CustomerFilter::default() };
    let wanted = [
        (ActKind::WinBackBest, group(RfmGroup::CantLose)),
        (ActKind::RescueAtRisk, group(RfmGroup::AtRisk)),
        (ActKind::ThankChampions, group(RfmGroup::Champions)),
        (ActKind::SecondOrder, second_order),
        (ActKind::CallLate, late),
    ];
    // One sweep for all, as the columns pass through memory, and each customer's group looked up
    // once: a filter looks at everything that it could ask for.
    let mut found: [Whom; 5] = Default::default();
    for customer in 0..computed.summaries.len() {
        let by_group = match computed.group(customer) {
            Some(RfmGroup::CantLose) => Some(0),
            Some(RfmGroup::AtRisk) => Some(1),
            Some(RfmGroup::Champions) => Some(2),
            _ => None,
        };
        let is_first = computed.summaries.orders[customer] == 1
            && computed.silent_days(customer).is_some_and(|days| days <= within_days);
        let is_late = computed.life.state(customer) == Some(ChurnState::AtRisk);
        let all = [by_group, is_first.then_some(3), is_late.then_some(4)];
        for whom in all.into_iter().flatten() {
            found[whom].add(computed, customer);
        }
    }
    wanted.into_iter().zip(found).filter_map(|((kind, filter), whom)| whom.act(kind, filter))
}

/// The customers of an act.
#[derive(Default)]
struct Whom {
    customers: u32,
    net: i64,
    silent_days: Tally,
}

impl Whom {
    fn add(&mut self, computed: &Computed, customer: usize) {
        self.customers += 1;
        self.net = self.net.saturating_add(computed.summaries.net[customer]);
        if let Some(days) = computed.silent_days(customer) {
            self.silent_days.add(days);
        }
    }

    /// `None`: for nobody.
    fn act(self, kind: ActKind, filter: CustomerFilter) -> Option<Act> {
        let median_silent_days = self.silent_days.median().map(|days| days.round() as i32);
        let Whom { customers, net, .. } = self;
        (customers > 0).then_some(Act { kind, customers, net, median_silent_days, filter })
    }
}
