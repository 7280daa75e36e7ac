//! What the first screen says beside its figures: what to do, the service, the key customers.

use super::behind::Source;
use super::{acts, analysis};
use crate::circles::{self, is_key, is_silent};
use crate::computed::Computed;
use crate::service::Service;
use crate::shop::Shop;
use analytics::Window;
use protocol::{KeyCustomersNow, Lens, Period, Today};

/// Of the customers of a source.
pub fn view(source: &mut Source<'_>) -> Today {
    let acts = acts::view(source);
    let Source { shop, computed, lens, until, .. } = *source;
    let period = analysis::period(lens, until);
    Today {
        acts,
        service: Service::gather(shop, until).view(period, lens.compare.period(period)),
        key: key_customers(shop, computed, lens),
    }
}

fn key_customers(shop: &Shop, computed: &Computed, lens: &Lens) -> KeyCustomersNow {
    let key: Vec<u32> = circles::of_orders(computed, is_key);
    let silent = key.iter().filter(|it| is_silent(computed, **it as usize));
    let period = analysis::period_of_amounts(shop, lens, computed.as_of);
    let compared = lens.compare.period(period).filter(|it| shop.frame.ledger.reaches_back(*it));
    KeyCustomersNow {
        customers: key.len() as u32,
        share: share_of_key(shop, computed, period),
        share_before: compared.and_then(|it| share_of_key(shop, computed, it)),
        silent: silent.clone().count() as u32,
        silent_net: silent.map(|it| computed.summaries.net[*it as usize]).sum(),
    }
}

/// What the key customers bring of the net of all known customers in a period; `None`: there is none.
fn share_of_key(shop: &Shop, computed: &Computed, period: Period) -> Option<f64> {
    let window = Window { from: Some(period.from.number()), as_of: period.to.number() };
    let (mut key, mut all) = (0_i64, 0_i64);
    for (customer, net) in shop.frame.purchases().net_within(window) {
        all = all.saturating_add(net);
        if is_key(computed, customer) {
            key = key.saturating_add(net);
        }
    }
    (all > 0).then(|| key as f64 / all as f64)
}
