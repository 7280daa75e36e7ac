//! Every figure of the insight screens for one lens.

use super::{cohorts, overview, pyramid, rfm, totals};
use crate::computed::Computed;
use crate::shop::Shop;
use model::{Currency, ShopDay};
use protocol::{Analysis, AsOfBasis, Lens, Period};

/// A shop whose newest order is older than this exported its data some time ago: figures then hold
/// for the day of that order, and the screen says so.
const STALE_AFTER_DAYS: i32 = 14;
/// The period of the key figures unless the user chose one.
const DEFAULT_PERIOD_DAYS: i32 = 90;

/// The day that the figures hold for, and why.
pub fn as_of(shop: &Shop, lens: &Lens, today: ShopDay) -> (ShopDay, AsOfBasis) {
    let (day, basis) = match (lens.as_of, shop.frame.ledger.last_until(today)) {
        (Some(chosen), _) => (chosen, AsOfBasis::Chosen),
        (None, Some(last)) if today.days_since(last) > STALE_AFTER_DAYS => {
            (last, AsOfBasis::LastOrder)
        }
        _ => (today, AsOfBasis::Today),
    };
    match earliest(shop) {
        Some(earliest) if day < earliest => (earliest, AsOfBasis::Summaries),
        _ => (day, basis),
    }
}

/// The first day that anything can be told of, where summaries stand for orders; `None`: any.
pub fn earliest(shop: &Shop) -> Option<ShopDay> {
    shop.frame.summarised.until().map(ShopDay::from_number)
}

/// The period of figures that add amounts up. Where summaries stand for orders of the period it is the
/// whole time: of a part of it they tell no amounts.
pub fn period_of_amounts(shop: &Shop, lens: &Lens, as_of: ShopDay) -> Period {
    let period = period(lens, as_of);
    match shop.frame.ledger.first_day().map(ShopDay::from_number) {
        Some(first) if !shop.frame.ledger.tells(period.from) => Period { from: first, to: as_of },
        _ => period,
    }
}

/// The period of the key figures; never beyond the as-of day.
pub fn period(lens: &Lens, as_of: ShopDay) -> Period {
    let chosen = lens.period.map(|period| Period { to: period.to.min(as_of), ..period });
    chosen
        .filter(|period| period.from <= period.to)
        .unwrap_or_else(|| Period::ending_on(as_of, DEFAULT_PERIOD_DAYS))
}

/// Every figure of the insight screens. `until` is the last day of answers and tickets. The caller
/// measures the time.
pub fn view(
    shop: &Shop,
    computed: &Computed,
    lens: &Lens,
    basis: AsOfBasis,
    until: ShopDay,
) -> Analysis {
    let totals = totals::view(shop, computed);
    Analysis {
        revision: shop.revision,
        as_of: computed.as_of,
        as_of_basis: basis,
        currency: shop.profile.currency,
        other_currencies: other_currencies(shop, computed.as_of),
        overview: overview::view(shop, computed, lens, until),
        rfm: rfm::view(shop, computed, totals.kpis.aov),
        totals,
        tiers: pyramid::view(computed, &shop.tier_shares_percent),
        lifecycle: computed.life.stage_rows(&computed.summaries.net),
        churn: computed.life.churn_totals(&computed.summaries.net),
        cohorts: match earliest(shop) {
            None => cohorts::of_months(shop, computed.as_of),
            Some(_) => Vec::new(),
        },
        took_ms: None,
    }
}

/// Orders that would count but for their currency, up to the as-of day.
fn other_currencies(shop: &Shop, as_of: ShopDay) -> Vec<(Currency, u32)> {
    let known = |days: &[i32]| days.iter().filter(|day| **day <= as_of.number()).count() as u32;
    let all = shop.frame.ledger.other_currencies.iter().map(|(&it, days)| (it, known(days)));
    all.filter(|(_, orders)| *orders > 0).collect()
}
