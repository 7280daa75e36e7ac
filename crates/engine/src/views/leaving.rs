//! Why customers leave, the register of those who do, and whom to win back first.

use super::reasons::{Met, manual_reason};
use super::won_back;
use crate::computed::Computed;
use crate::first_orders::FirstLabels;
use crate::models::Outcome;
use crate::shop::{Shop, field};
use analytics::{ChurnState, Exposure, Stage, WinBack, churn_causes, win_back_queue};
use model::ShopDay;
use modeller::{Fitted, Scores};
use protocol::{
    CauseFactor, CauseRow, ChurnReason, ReasonRow, Register, RegisterRow, Verdict, WinBackQueue,
    WinBackRow,
};
use std::cmp::Reverse;

/// So many rows of the register and of the queue are shown, the first.
const MOST_ROWS: usize = 100;
/// A factor that fewer have met with says nothing.
const LEAST_EXPOSED: u64 = 5;

/// Compares the churned with the active on all that is known of them. Who is at risk has not decided
/// yet and takes no part.
pub fn causes(shop: &Shop, computed: &Computed, met: &Met) -> Vec<CauseRow> {
    let as_of = computed.as_of.number();
    let has_churned = |state: &Option<ChurnState>| match state {
        Some(ChurnState::Churned) => Some(true),
        Some(ChurnState::Active) => Some(false),
        Some(ChurnState::AtRisk) | None => None,
    };
    let has_churned: Vec<Option<bool>> =
        computed.life.states.state.iter().map(has_churned).collect();
    // Of equal ones the first says more: a complaint may be about the delivery.
    let mut factors = vec![
        (CauseFactor::LowScore, met.low_score.clone()),
        (CauseFactor::Delivery, met.delivery.clone()),
        (CauseFactor::Complaint, met.complaint.clone()),
        (CauseFactor::Refund, met.refund.clone()),
        (CauseFactor::Discount, met.discount.clone()),
    ];
    let mut add = |labels: &FirstLabels, factor: fn(String) -> CauseFactor| {
        for (at, name) in labels.names.iter().enumerate() {
            factors.push((factor(name.clone()), Exposure::to_label(labels.codes(), at)));
        }
    };
    add(&FirstLabels::products(shop, as_of), CauseFactor::Product);
    add(&FirstLabels::channels(shop, as_of), CauseFactor::Channel);
    // What too few have met with is not looked at, so that the others are not corrected for it.
    factors.retain(|(_, column)| {
        let known = column.iter().zip(&has_churned).filter(|it| it.1.is_some());
        let exposed = known.clone().filter(|it| *it.0 == Exposure::Yes).count() as u64;
        let others = known.filter(|it| *it.0 == Exposure::No).count() as u64;
        exposed >= LEAST_EXPOSED && others >= LEAST_EXPOSED
    });
    let columns: Vec<&[Exposure]> = factors.iter().map(|it| it.1.as_slice()).collect();
    let row = |cause: analytics::Cause| {
        let interval = cause.comparison.interval;
        CauseRow {
            factor: factors[cause.factor].0.clone(),
            churned: (cause.churned.successes as u32, cause.churned.trials as u32),
            kept: (cause.kept.successes as u32, cause.kept.trials as u32),
            difference: cause.comparison.difference,
            interval: (interval.low, interval.high),
            relative_risk: cause.relative_risk,
            adjusted_p: cause.adjusted_p,
        }
    };
    churn_causes(&has_churned, &columns).into_iter().map(row).collect()
}

/// Those who are at risk or churned, by net so far, greatest first.
pub fn leaving(computed: &Computed) -> Vec<u32> {
    let states = computed.life.states.state.iter().zip(0_u32..);
    let is_leaving = |state: &Option<ChurnState>| {
        matches!(state, Some(ChurnState::AtRisk | ChurnState::Churned))
    };
    let mut leaving: Vec<u32> =
        states.filter(|it| is_leaving(it.0)).map(|(_, customer)| customer).collect();
    leaving.sort_by_key(|&it| (Reverse(computed.summaries.net[it as usize]), it));
    leaving
}

/// Why a customer leaves: as a person says, else as the data suggest.
pub fn reason(shop: &Shop, met: &Met, customer: u32) -> ChurnReason {
    manual_reason(shop, customer).unwrap_or_else(|| met.reason(customer as usize))
}

/// The register with its reasons; `rows` of it in full.
pub fn register(shop: &Shop, computed: &Computed, met: &Met, rows: usize) -> Register {
    let leaving = leaving(computed);
    let mut reasons = ChurnReason::ALL.map(|reason| ReasonRow { reason, customers: 0, net: 0 });
    for &customer in &leaving {
        let row = &mut reasons[reason(shop, met, customer) as usize];
        row.customers += 1;
        row.net = row.net.saturating_add(computed.summaries.net[customer as usize]);
    }
    let mut reasons: Vec<ReasonRow> = reasons.into_iter().filter(|it| it.customers > 0).collect();
    reasons.sort_by_key(|it| Reverse(it.customers));
    let shown = leaving.iter().take(rows);
    let won_back = won_back::won_back(shop, computed);
    let lost = leaving.iter().filter(|it| verdict(shop, computed, **it).0 == Verdict::Lost);
    Register {
        lost: lost.count() as u32,
        owners: owners(shop),
        won_back: won_back.iter().take(rows).map(|it| won_back::row(shop, it)).collect(),
        won_back_customers: won_back.len() as u32,
        customers: leaving.len() as u32,
        rows: shown.filter_map(|&it| register_row(shop, computed, met, it)).collect(),
        reasons,
    }
}

/// Whether winning a customer back is still tried, and whether a person says so. An order since makes
/// what was said void.
fn verdict(shop: &Shop, computed: &Computed, customer: u32) -> (Verdict, bool) {
    let index = customer as usize;
    let said = shop.edited(shop.id(customer), field::VERDICT).split_once('/');
    let said = said.and_then(|(code, day)| Verdict::of_code(code).zip(ShopDay::parse_iso(day)));
    let said = said
        .filter(|(_, day)| computed.summaries.last(index).is_none_or(|last| last <= day.number()));
    let is_lost = computed.life.stages[index] == Stage::Lost;
    let by_silence = if is_lost { Verdict::Lost } else { Verdict::Open };
    (said.map_or(by_silence, |it| it.0), said.is_some())
}

/// Who looks after customers, by the alphabet, each once.
fn owners(shop: &Shop) -> Vec<String> {
    let named = shop.overlay.iter().filter_map(|(_, edits)| edits.fields.get(field::OWNER));
    let mut owners: Vec<String> = named.map(|it| it.text().to_owned()).collect();
    owners.retain(|it| !it.is_empty());
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// As many rows as the screen shows.
pub fn shown_register(shop: &Shop, computed: &Computed, met: &Met) -> Register {
    register(shop, computed, met, MOST_ROWS)
}

fn register_row(shop: &Shop, computed: &Computed, met: &Met, customer: u32) -> Option<RegisterRow> {
    let index = customer as usize;
    let state = computed.life.state(index)?;
    let (at_risk, churned) = computed.life.deadlines(index)?;
    let manual = manual_reason(shop, customer);
    let probable = met.reason(index);
    let (verdict, is_verdict_manual) = verdict(shop, computed, customer);
    let id = shop.id(customer);
    let contacted = shop.words(id, field::CONTACTED).filter_map(ShopDay::parse_iso);
    Some(RegisterRow {
        id,
        label: super::label(shop, customer),
        state,
        entered: if state == ChurnState::Churned { churned } else { at_risk },
        reason: manual.unwrap_or(probable),
        probable,
        is_manual: manual.is_some(),
        contacted: contacted.filter(|day| *day >= at_risk).collect(),
        owner: shop.edited(id, field::OWNER).to_owned(),
        verdict,
        is_verdict_manual,
        net: computed.summaries.net[index],
    })
}

/// Whom to win back first: predicted value of the next twelve months if they are still there ×
/// probability of no order in them. Both are rounded as they are shown, so that their product is the priority shown.
pub fn win_back(shop: &Shop, computed: &Computed, fitted: Option<&Outcome>) -> WinBackQueue {
    let fitted = match fitted {
        None => return WinBackQueue::Pending,
        Some(Ok(fitted)) if !fitted.scores.p_active[1].is_empty() => fitted,
        Some(_) => return WinBackQueue::NoModel,
    };
    let queue = queue(computed, fitted);
    let row = |it: &WinBack| win_back_row(shop, computed, it);
    WinBackQueue::Ready {
        customers: queue.len() as u32,
        rows: queue.iter().take(MOST_ROWS).filter_map(row).collect(),
    }
}

/// All whom to win back, in their order, with their rows; nobody without a model.
pub fn win_back_rows(
    shop: &Shop,
    computed: &Computed,
    fitted: Option<&Fitted>,
) -> Vec<(u32, WinBackRow)> {
    let queue = fitted.map_or_else(Vec::new, |it| queue(computed, it));
    let row = |it: &WinBack| Some((it.customer, win_back_row(shop, computed, it)?));
    queue.iter().filter_map(row).collect()
}

/// Whom to win back, rising; nobody without a model.
pub fn to_win_back(computed: &Computed, fitted: Option<&Fitted>) -> Vec<u32> {
    let queue = fitted.map_or_else(Vec::new, |it| queue(computed, it));
    let mut customers: Vec<u32> = queue.iter().map(|it| it.customer).collect();
    customers.sort_unstable();
    customers
}

fn win_back_row(shop: &Shop, computed: &Computed, it: &WinBack) -> Option<WinBackRow> {
    Some(WinBackRow {
        id: shop.id(it.customer),
        label: super::label(shop, it.customer),
        state: computed.life.state(it.customer as usize)?,
        value: it.value_if_alive as i64,
        loss_milli: (it.p_lost * 1_000.0).round() as u16,
        priority: it.priority().round() as i64,
    })
}

/// The value of the next twelve months of customers who are still there (formulas §5): the scores
/// have the value to be expected, which whoever may have left already brings less of.
fn value_if_alive(scores: &Scores) -> impl Iterator<Item = f64> + '_ {
    let alive = |at: usize| scores.p_alive.get(at).copied().unwrap_or(1.0);
    // Of whom there is all but no trace left the value is no number, and they are left out.
    scores.value.iter().enumerate().map(move |(at, value)| value / alive(at))
}

fn queue(computed: &Computed, fitted: &Fitted) -> Vec<WinBack> {
    let value: Vec<f64> = value_if_alive(&fitted.scores).map(f64::round).collect();
    let in_thousandths = |p: &f64| ((1.0 - p) * 1_000.0).round() / 1_000.0;
    let p_lost: Vec<f64> = fitted.scores.p_active[1].iter().map(in_thousandths).collect();
    win_back_queue(&computed.life.states.state, &value, &p_lost)
}
