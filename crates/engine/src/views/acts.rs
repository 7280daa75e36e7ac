//! What to do this week, each with the customers whom it is for.

use crate::computed::Computed;
use crate::put_off::LeftAlone;
use crate::shop::Shop;
use crate::{circles, circles::of_orders};
use analytics::{RfmGroup, Tally};
use model::ShopDay;
use protocol::{Act, ActKind, ChurnState, Circle, Lens};
use std::cmp::Reverse;

/// A second order is due for first buyers of at most this many days, unless the shop's own rhythm
/// is slower.
const SECOND_ORDER_DAYS: u32 = 60;

/// Dearest first. Each act's list has exactly its number of rows.
pub fn view(shop: &Shop, computed: &Computed, lens: &Lens, until: ShopDay) -> Vec<Act> {
    let left_alone = LeftAlone::gather(shop, computed, until);
    let act = |kind: ActKind| {
        let mut customers = meant(shop, computed, kind, lens, until);
        left_alone.spare(kind, &mut customers);
        of(computed, kind, &customers)
    };
    let mut acts: Vec<Act> = ActKind::ALL.into_iter().filter_map(act).collect();
    acts.sort_by_key(|act| Reverse(act.net));
    acts
}

/// Whom an act is for, whether they are put off or not, rising. `until` is the last day of answers and
/// tickets. Who needs a product again is looked up elsewhere, as all products are looked at for it.
pub fn meant(
    shop: &Shop,
    computed: &Computed,
    kind: ActKind,
    lens: &Lens,
    until: ShopDay,
) -> Vec<u32> {
    let group = |group| of_orders(computed, |it, customer| it.group(customer) == Some(group));
    let circle = |circle| circles::members(shop, computed, circle, lens, until);
    match kind {
        ActKind::AnswerTickets => circle(Circle::OpenTickets),
        ActKind::HearDissatisfied => circle(Circle::Dissatisfied),
        ActKind::WinBackBest => group(RfmGroup::CantLose),
        ActKind::RescueAtRisk => group(RfmGroup::AtRisk),
        ActKind::CallLate => {
            of_orders(computed, |it, customer| it.life.state(customer) == Some(ChurnState::AtRisk))
        }
        ActKind::RemindExpected => circle(Circle::ExpectedSoon),
        ActKind::OfferAgain => Vec::new(),
        ActKind::SecondOrder => {
            let within_days = second_order_days(computed);
            of_orders(computed, |it, customer| {
                it.summaries.orders[customer] == 1
                    && it.silent_days(customer).is_some_and(|days| days <= within_days)
            })
        }
        ActKind::LiftToTier => circle(Circle::AboutToClimb),
        ActKind::ThankChampions => group(RfmGroup::Champions),
    }
}

fn second_order_days(computed: &Computed) -> u32 {
    let store_gap = computed.life.policy.store_gap;
    store_gap.map_or(0, |gap| gap.ceil() as u32).max(SECOND_ORDER_DAYS)
}

/// An act for some customers; `None`: for nobody.
pub fn of(computed: &Computed, kind: ActKind, customers: &[u32]) -> Option<Act> {
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
