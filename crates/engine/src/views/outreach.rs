//! Whom to turn to today, one customer after the other.

use super::behind::Source;
use super::{acts, baskets, label, name};
use crate::computed::Computed;
use crate::mailing::reach;
use crate::put_off::{LeftAlone, back_on};
use crate::shop::{Shop, field};
use analytics::Due;
use model::ShopDay;
use protocol::{ActKind, AwayRow, OutreachRow, OutreachView};
use std::cmp::Reverse;

/// So many are named; the list has all.
const MOST_ROWS: usize = 25;

/// What is to be done with whom.
#[derive(Debug)]
pub struct ToDo {
    /// A customer and a reason, rising; a customer can have several.
    pairs: Vec<(u32, ActKind)>,
    /// Those whom it is for all the same, but who are put off, rising.
    put_off: Vec<(u32, ActKind)>,
    /// Who needs which product again.
    due: Vec<Due>,
}

/// What is to be done, for this reason or for any.
pub fn to_do(source: &mut Source<'_>, only: Option<ActKind>) -> ToDo {
    let (shop, computed, lens, until) = (source.shop, source.computed, source.lens, source.until);
    let left_alone = LeftAlone::gather(shop, computed, until);
    let kinds = ActKind::ALL.into_iter().filter(|it| only.is_none_or(|only| only == *it));
    let mut meant = acts::Meant::sweep(computed);
    let mut found = ToDo { pairs: Vec::new(), put_off: Vec::new(), due: Vec::new() };
    for kind in kinds {
        let whom = if kind == ActKind::OfferAgain {
            let columns = source.on_demand.columns(shop);
            found.due = baskets::due_of(shop, columns, None, computed.as_of);
            baskets::customers_of(&found.due)
        } else {
            meant.take(kind, shop, computed, lens, until)
        };
        let mut left = whom.clone();
        left_alone.spare(kind, &mut left);
        let put_off = whom.into_iter().filter(|it| left.binary_search(it).is_err());
        found.put_off.extend(put_off.map(|customer| (customer, kind)));
        found.pairs.extend(left.into_iter().map(|customer| (customer, kind)));
    }
    found.pairs.sort_unstable();
    found.put_off.sort_unstable();
    found
}

/// Those with whom something is to be done, rising.
pub fn customers(to_do: &ToDo) -> Vec<u32> {
    let mut customers: Vec<u32> = to_do.pairs.iter().map(|it| it.0).collect();
    customers.dedup();
    customers
}

/// The screen. A customer is named once, with all reasons; `only` those with this one.
pub fn view(source: &mut Source<'_>, only: Option<ActKind>) -> OutreachView {
    let to_do = to_do(source, None);
    let (shop, computed) = (source.shop, source.computed);
    let columns = source.on_demand.columns(shop);
    let product = |customer: u32| {
        let due = to_do.due.iter().find(|it| it.customer == customer)?;
        columns.names.get(due.item as usize).map(String::as_str)
    };
    let row = |own: &[(u32, ActKind)]| row(shop, computed, own, product(own[0].0));
    let is_meant =
        |own: &&[(u32, ActKind)]| only.is_none_or(|only| own.iter().any(|(_, kind)| *kind == only));
    let mut wanted: Vec<(&[(u32, ActKind)], i64)> = to_do
        .pairs
        .chunk_by(|one, next| one.0 == next.0)
        .filter(is_meant)
        .map(|own| (own, priority(computed, own)))
        .collect();
    wanted.sort_by_key(|(own, priority)| (Reverse(*priority), own[0].0));
    let named = customers(&to_do);
    let away = || to_do.put_off.chunk_by(|one, next| one.0 == next.0);
    let put_off = away().filter(|own| named.binary_search(&own[0].0).is_err());
    let back = |own: &[(u32, ActKind)]| own.iter().filter_map(|it| back_on(shop, it.0, it.1)).max();
    let mut away_until: Vec<_> = away().filter_map(|own| Some((back(own)?, own))).collect();
    away_until.sort_by_key(|(back, own)| (*back, own[0].0));
    OutreachView {
        revision: shop.revision,
        as_of: computed.as_of,
        currency: shop.profile.currency,
        customers: wanted.len() as u32,
        put_off: put_off.count() as u32,
        rows: wanted.iter().take(MOST_ROWS).map(|it| row(it.0)).collect(),
        away: away_until.len() as u32,
        away_rows: away_until.iter().take(MOST_ROWS).map(|it| away_row(shop, it.0, it.1)).collect(),
    }
}

/// Somebody who is put off, for all that they are put off for.
fn away_row(shop: &Shop, back: ShopDay, own: &[(u32, ActKind)]) -> AwayRow {
    let customer = own[0].0;
    AwayRow {
        id: shop.id(customer),
        label: label(shop, customer),
        kinds: own.iter().map(|it| it.1).collect(),
        back,
    }
}

/// Net so far × urgency: what is lost soonest of most.
fn priority(computed: &Computed, own: &[(u32, ActKind)]) -> i64 {
    let net = computed.summaries.net[own[0].0 as usize];
    net.saturating_mul(urgency_percent(computed, own).into())
}

/// How much it hurries, 0 to 100.
fn urgency_percent(computed: &Computed, own: &[(u32, ActKind)]) -> u8 {
    if own.iter().any(|(_, kind)| kind.is_service()) {
        return 100;
    }
    let customer = own[0].0 as usize;
    let life = computed.life.deadlines(customer).zip(computed.summaries.last(customer));
    let Some(((_, churned_on), last)) = life else { return 0 };
    let silent = computed.silent_days(customer).unwrap_or(0);
    let limit = churned_on.days_since(ShopDay::from_number(last)).max(1);
    (f64::from(silent) / f64::from(limit) * 100.0).round().min(100.0) as u8
}

fn row(
    shop: &Shop,
    computed: &Computed,
    own: &[(u32, ActKind)],
    product: Option<&str>,
) -> OutreachRow {
    let customer = own[0].0;
    let id = shop.id(customer);
    let contacted = shop.words(id, field::CONTACTED).filter_map(ShopDay::parse_iso).max();
    OutreachRow {
        id,
        label: label(shop, customer),
        name: name(shop, customer).to_owned(),
        kinds: own.iter().map(|it| it.1).collect(),
        value: computed.summaries.net[customer as usize],
        urgency_percent: urgency_percent(computed, own),
        silent_days: computed.silent_days(customer as usize),
        contacted,
        product: product.unwrap_or_default().to_owned(),
        reach: reach(shop, customer),
    }
}
