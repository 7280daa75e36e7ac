//! Who was silent for too long, was contacted and ordered: won back.

use crate::computed::Computed;
use crate::shop::{Shop, field};
use analytics::ChurnState;
use model::ShopDay;
use protocol::{WON_BACK_DAYS, WonBackRow};
use std::cmp::Reverse;

/// A customer who was won back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WonBack {
    /// Who.
    pub customer: u32,
    contacted: ShopDay,
    ordered: ShopDay,
    net_since: i64,
}

/// Who was won back in the last days, the newest first.
pub fn won_back(shop: &Shop, computed: &Computed) -> Vec<WonBack> {
    // Without a contact it is no merit of the shop's: only whom somebody has edited is looked at.
    let edited = shop.with_edits(&[field::CONTACTED]).into_iter();
    let mut found: Vec<WonBack> =
        edited.filter_map(|(customer, _)| of_customer(shop, computed, customer)).collect();
    found.sort_by_key(|it| (Reverse(it.ordered), it.customer));
    found
}

/// The last time that a customer was won back, if that was of late and they are still there.
fn of_customer(shop: &Shop, computed: &Computed, customer: u32) -> Option<WonBack> {
    if computed.life.state(customer as usize)? != ChurnState::Active {
        return None;
    }
    // How long a silence this customer may have, by the rhythm that is known today.
    let last = ShopDay::from_number(computed.summaries.last(customer as usize)?);
    let allowed = computed.life.deadlines(customer as usize)?.0.days_since(last);
    let (days, net) = shop.frame.ledger.all();
    let own = shop.frame.ledger.of_customer(customer);
    let (days, net) = (&days[own.clone()], &net[own]);
    let known = days.partition_point(|day| *day <= computed.as_of.number());
    let earliest = computed.as_of.plus_days(-i32::from(WON_BACK_DAYS));
    let won_by = |contacted: ShopDay| {
        // An order of the day itself is taken for the answer.
        let at = days[..known].partition_point(|day| *day < contacted.number());
        let (before, ordered) = (at.checked_sub(1)?, *days[..known].get(at)?);
        let silent = contacted.number() - days[before];
        let ordered = ShopDay::from_number(ordered);
        (silent >= allowed && ordered >= earliest).then(|| WonBack {
            customer,
            contacted,
            ordered,
            net_since: net[at..known].iter().sum(),
        })
    };
    let contacts = shop.words(shop.id(customer), field::CONTACTED).filter_map(ShopDay::parse_iso);
    // What orders brought is known of those alone that no summary stands for.
    let contacts = contacts.filter(|day| shop.frame.ledger.tells(*day));
    contacts.filter_map(won_by).max_by_key(|it| (it.ordered, it.contacted))
}

/// As the screen shows it.
pub fn row(shop: &Shop, it: &WonBack) -> WonBackRow {
    let id = shop.id(it.customer);
    WonBackRow {
        id,
        label: super::label(shop, it.customer),
        owner: shop.edited(id, field::OWNER).to_owned(),
        contacted: it.contacted,
        ordered: it.ordered,
        net_since: it.net_since,
    }
}
