//! The circles of customers that the first screen speaks of: who is in them.

use crate::computed::Computed;
use crate::service::Service;
use crate::shop::Shop;
use crate::views::analysis;
use crate::views::answers::Answers;
use analytics::{ChurnState, Tier};
use model::ShopDay;
use protocol::{Circle, Lens, Period};

/// Answers of so many days are news.
const NEWS_DAYS: i32 = 90;
/// An order that is expected within so many days is expected soon.
const SOON_DAYS: i32 = 7;

/// The customers of a circle, rising. `until` is the last day of answers and tickets, which may lie
/// after the as-of day of orders.
pub fn members(
    shop: &Shop,
    computed: &Computed,
    circle: Circle,
    lens: &Lens,
    until: ShopDay,
) -> Vec<u32> {
    match circle {
        Circle::Key => of_orders(computed, is_key),
        Circle::KeySilent => {
            of_orders(computed, |it, customer| is_key(it, customer) && is_silent(it, customer))
        }
        Circle::ExpectedSoon => of_orders(computed, is_expected_soon),
        Circle::AboutToClimb => of_orders(computed, is_about_to_climb),
        Circle::OpenTickets => Service::gather(shop, until).open_customers(),
        Circle::Complaints => {
            Service::gather(shop, until).complaining(analysis::period(lens, until))
        }
        Circle::Dissatisfied => dissatisfied(shop, until),
    }
}

/// The customers of whom something is so, rising.
pub fn of_orders(computed: &Computed, is_in: impl Fn(&Computed, usize) -> bool) -> Vec<u32> {
    let all = 0..computed.summaries.len();
    all.filter(|customer| is_in(computed, *customer)).map(|customer| customer as u32).collect()
}

/// Whether a customer is in one of the tiers VIP and big.
pub fn is_key(computed: &Computed, customer: usize) -> bool {
    matches!(computed.tier(customer), Some(Tier::Vip | Tier::Big))
}

/// Whether a customer is at risk of leaving or gone.
pub fn is_silent(computed: &Computed, customer: usize) -> bool {
    matches!(computed.life.state(customer), Some(ChurnState::AtRisk | ChurnState::Churned))
}

/// Customers with a rhythm of their own whose next order is due within a week.
pub fn is_expected_soon(computed: &Computed, customer: usize) -> bool {
    let policy = &computed.life.policy;
    let summaries = &computed.summaries;
    if !policy.is_personal(summaries.purchase_days[customer]) {
        return false;
    }
    let soon = computed.as_of..=computed.as_of.plus_days(SOON_DAYS);
    computed.next_expected(customer).is_some_and(|day| soon.contains(&day))
}

/// Active customers whom one more order of their usual size lifts into a higher tier.
pub fn is_about_to_climb(computed: &Computed, customer: usize) -> bool {
    // What lets fewest through stands first.
    let Some(above) = computed.tier(customer).and_then(tier_above) else { return false };
    let Some(border) = computed.tiers.reports[above as usize].border else { return false };
    let (orders, net) = (computed.summaries.orders[customer], computed.summaries.net[customer]);
    computed.life.state(customer) == Some(ChurnState::Active)
        && net.saturating_add(net.checked_div(orders.into()).unwrap_or(0)) >= border
}

fn tier_above(tier: Tier) -> Option<Tier> {
    (tier as usize).checked_sub(1).map(|at| Tier::ALL[at])
}

/// Known customers whose newest answer of late says that they are dissatisfied, rising.
pub fn dissatisfied(shop: &Shop, until: ShopDay) -> Vec<u32> {
    let from = Period::ending_on(until, NEWS_DAYS).from;
    let answers = Answers::gather(shop, Some(from), until);
    let newest = answers.latest_of_customers().into_iter();
    let bad = newest.filter(|&at| answers.is_detractor(at) == Some(true));
    let mut customers: Vec<u32> = bad.filter_map(|at| answers.customer[at]).collect();
    customers.sort_unstable();
    customers
}
