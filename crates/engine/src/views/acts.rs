//! What to do this week, each with the customers whom it is for.

use super::baskets;
use super::behind::Source;
use crate::circles;
use crate::computed::Computed;
use crate::put_off::LeftAlone;
use crate::shop::Shop;
use analytics::{RfmGroup, Tally};
use model::ShopDay;
use protocol::{Act, ActKind, ChurnState, Circle, Lens};
use std::cmp::Reverse;

/// A second order is due for first buyers of at most this many days, unless the shop's own rhythm
/// is slower.
const SECOND_ORDER_DAYS: u32 = 60;

/// Dearest first. Each act's list has exactly its number of rows.
pub fn view(source: &mut Source<'_>) -> Vec<Act> {
    let (shop, computed, lens, until) = (source.shop, source.computed, source.lens, source.until);
    let left_alone = LeftAlone::gather(shop, computed, until);
    let mut meant = Meant::sweep(computed);
    let act = |kind: ActKind| {
        let mut customers = if kind == ActKind::OfferAgain {
            let columns = source.on_demand.columns(shop);
            baskets::due_customers(shop, columns, None, computed.as_of)
        } else {
            meant.take(kind, shop, computed, lens, until)
        };
        left_alone.spare(kind, &mut customers);
        of(computed, kind, &customers)
    };
    let mut acts: Vec<Act> = ActKind::ALL.into_iter().filter_map(act).collect();
    tiny_sort::stable::sort_by_key(&mut acts, |act| Reverse(act.net));
    acts
}

/// Whom the acts are for, whether they are put off or not, by the number of the act.
///
/// What follows from a customer's orders is found in one sweep: the columns of all customers pass
/// through memory once, and each one's group is looked up once.
pub struct Meant([Vec<u32>; ActKind::ALL.len()]);

impl Meant {
    /// Looks at all customers.
    pub fn sweep(computed: &Computed) -> Meant {
        let within_days = second_order_days(computed);
        let mut found = Meant(Default::default());
        for customer in 0..computed.summaries.len() {
            let by_group = match computed.group(customer) {
                Some(RfmGroup::CantLose) => Some(ActKind::WinBackBest),
                Some(RfmGroup::AtRisk) => Some(ActKind::RescueAtRisk),
                Some(RfmGroup::Champions) => Some(ActKind::ThankChampions),
                _ => None,
            };
            let is_first = computed.summaries.orders[customer] == 1
                && computed.silent_days(customer).is_some_and(|days| days <= within_days);
            let is_late = computed.life.state(customer) == Some(ChurnState::AtRisk);
            let second = is_first.then_some(ActKind::SecondOrder);
            let call = is_late.then_some(ActKind::CallLate);
            for kind in [by_group, second, call].into_iter().flatten() {
                found.0[kind as usize].push(customer as u32);
            }
        }
        found
    }

    /// The customers of an act, rising; once. `until` is the last day of answers and tickets. Who
    /// needs a product again is looked up elsewhere, as all products are looked at for it.
    pub fn take(
        &mut self,
        kind: ActKind,
        shop: &Shop,
        computed: &Computed,
        lens: &Lens,
        until: ShopDay,
    ) -> Vec<u32> {
        let circle = match kind {
            ActKind::AnswerTickets => Circle::OpenTickets,
            ActKind::HearDissatisfied => Circle::Dissatisfied,
            ActKind::RemindExpected => Circle::ExpectedSoon,
            ActKind::LiftToTier => Circle::AboutToClimb,
            _ => return std::mem::take(&mut self.0[kind as usize]),
        };
        circles::members(shop, computed, circle, lens, until)
    }
}

fn second_order_days(computed: &Computed) -> u32 {
    let store_gap = computed.life.policy.store_gap;
    store_gap.map_or(0, |gap| gap.ceil() as u32).max(SECOND_ORDER_DAYS)
}

/// An act for some customers; `None`: for nobody.
fn of(computed: &Computed, kind: ActKind, customers: &[u32]) -> Option<Act> {
    let mut net = 0_i64;
    let mut silent_days = Tally::default();
    for &customer in customers {
        net = net.saturating_add(computed.summaries.net[customer as usize]);
        if let Some(days) = computed.silent_days(customer as usize) {
            silent_days.add(days);
        }
    }
    (!customers.is_empty()).then(|| Act {
        kind,
        customers: customers.len() as u32,
        net,
        median_silent_days: silent_days.median().map(|days| days.round() as i32),
        within_days: second_order_days(computed),
    })
}
