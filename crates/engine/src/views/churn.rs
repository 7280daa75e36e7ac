//! The churn screen: who is silent, who left and came back, how long people wait.

use super::reasons::Met;
use super::{leaving, waiting};
use crate::calendar;
use crate::computed::Computed;
use crate::models::Outcome;
use crate::shop::Shop;
use analytics::{ChurnState, Periods, churn_rates};
use model::ShopDay;
use protocol::{ChurnMonth, ChurnQuery, ChurnView, CohortPeriod, EarlyWarning};
use std::cmp::Reverse;

/// So many warnings are shown, the dearest.
const MOST_WARNINGS: usize = 100;
/// So many months are shown, the newest.
const MOST_MONTHS: usize = 36;

/// The churn screen. Answers and tickets count up to `until`; `fitted` are the models of the day, if
/// they are known.
pub fn view(
    shop: &Shop,
    computed: &Computed,
    query: &ChurnQuery,
    until: ShopDay,
    fitted: Option<&Outcome>,
) -> ChurnView {
    let met = Met::gather(shop, computed.as_of, until);
    let policy = computed.life.policy;
    let days = computed.summaries.purchase_days.iter();
    let own_rhythm = days.filter(|&&days| days > 0 && policy.is_personal(days)).count();
    ChurnView {
        revision: shop.revision,
        as_of: computed.as_of,
        currency: shop.profile.currency,
        choice: shop.lifecycle,
        totals: computed.life.churn_totals(&computed.summaries.net),
        slipping: slipping(computed),
        own_rhythm: own_rhythm as u32,
        months: months(shop, computed),
        warnings: warnings(shop, computed),
        causes: leaving::causes(shop, computed, &met),
        register: leaving::shown_register(shop, computed, &met),
        win_back: leaving::win_back(shop, computed, fitted),
        waiting: waiting::view(shop, computed.as_of.number(), query.groups),
        groups: query.groups,
    }
}

/// How many are slipping away, and their net so far.
fn slipping(computed: &Computed) -> (u32, i64) {
    let nets = computed.slipping().map(|it| computed.summaries.net[it as usize]);
    nets.fold((0, 0), |(count, sum), net| (count + 1, sum + net))
}

fn months(shop: &Shop, computed: &Computed) -> Vec<ChurnMonth> {
    let (as_of, ledger) = (computed.as_of, &shop.frame.ledger);
    let Some(first) = ledger.first_day().map(ShopDay::from_number) else { return Vec::new() };
    let (starts, end) = calendar::periods(CohortPeriod::Month, first, as_of, MOST_MONTHS);
    // They rise by construction; were they not to, there is nothing to tell.
    let Ok(periods) = Periods::new(&starts, end) else { return Vec::new() };
    let rates = churn_rates(shop.frame.purchases(), as_of.number(), computed.life.policy, &periods);
    let month = |(at, start): (usize, &i32)| ChurnMonth {
        start: ShopDay::from_number(*start),
        active_at_start: rates.active_at_start[at],
        churned: rates.churned[at],
        churn_rate: rates.churn_rate(at),
        churned_at_start: rates.churned_at_start[at],
        won_back: rates.won_back[at],
        win_back_rate: rates.win_back_rate(at),
    };
    starts.iter().enumerate().map(month).collect()
}

/// The customers at risk, dearest first.
fn warnings(shop: &Shop, computed: &Computed) -> Vec<EarlyWarning> {
    let states = computed.life.states.state.iter().zip(0_u32..);
    let mut at_risk: Vec<u32> = states
        .filter(|(state, _)| **state == Some(ChurnState::AtRisk))
        .map(|(_, customer)| customer)
        .collect();
    tiny_sort::stable::sort_by_key(&mut at_risk, |&it| {
        (Reverse(computed.summaries.net[it as usize]), it)
    });
    at_risk.truncate(MOST_WARNINGS);
    at_risk.into_iter().filter_map(|customer| warning(shop, computed, customer)).collect()
}

fn warning(shop: &Shop, computed: &Computed, customer: u32) -> Option<EarlyWarning> {
    let index = customer as usize;
    let (since, churns_on) = computed.life.deadlines(index)?;
    let last = ShopDay::from_number(computed.summaries.last(index)?);
    Some(EarlyWarning {
        id: shop.frame.customers.id(&shop.frame.batches, customer),
        label: super::label(shop, customer),
        silent_days: computed.silent_days(index)?,
        at_risk_days: since.days_since(last) as u32,
        own_rhythm: computed.life.policy.is_personal(computed.summaries.purchase_days[index]),
        since,
        churns_on,
        orders: computed.summaries.orders[index],
        net: computed.summaries.net[index],
    })
}
