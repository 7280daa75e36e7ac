//! Who is left alone for a while: done with, or put off.
//!
//! It ends with its day, or as soon as something new has come of the customer: an order where the shop
//! turned to them of its own accord, a ticket or an answer where they wait for one.

use crate::computed::Computed;
use crate::frame::{Tied, of_customer};
use crate::shop::{Shop, field};
use model::ShopDay;
use protocol::{ActKind, Snooze};
use std::fmt;

/// Who was contacted is left alone for so many days, unless something comes of them.
const DONE_DAYS: i32 = 90;

/// From when to when a customer is left alone: `2026-11-22/2026-11-29`, the last day not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PutOff {
    since: ShopDay,
    until: ShopDay,
}

impl PutOff {
    /// From a day on, since the customer was contacted.
    pub fn done(today: ShopDay) -> PutOff {
        PutOff { since: today, until: today.plus_days(DONE_DAYS) }
    }

    /// From a day on, for a while.
    pub fn snoozed(today: ShopDay, snooze: Snooze) -> PutOff {
        PutOff { since: today, until: today.plus_days(snooze.days().into()) }
    }

    fn parse(text: &str) -> Option<PutOff> {
        let (since, until) = text.split_once('/')?;
        Some(PutOff { since: ShopDay::parse_iso(since)?, until: ShopDay::parse_iso(until)? })
    }

    fn holds_on(self, day: ShopDay) -> bool {
        self.since <= day && day < self.until
    }
}

impl fmt::Display for PutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.since, self.until)
    }
}

/// The field that puts a customer off for such acts.
pub const fn field_of(kind: ActKind) -> &'static str {
    if kind.is_service() { field::SERVICE_PUT_OFF } else { field::PUT_OFF }
}

/// The day on which a customer who is put off as for such acts is back.
pub fn back_on(shop: &Shop, customer: u32, kind: ActKind) -> Option<ShopDay> {
    PutOff::parse(shop.edited(shop.id(customer), field_of(kind))).map(|it| it.until)
}

/// The customers who are left alone on a day, each list rising.
#[derive(Debug, Default)]
pub struct LeftAlone {
    outreach: Vec<u32>,
    service: Vec<u32>,
}

impl LeftAlone {
    /// Who they are on `day`, which may lie after the as-of day of orders.
    pub fn gather(shop: &Shop, computed: &Computed, day: ShopDay) -> LeftAlone {
        let mut found = LeftAlone::default();
        for (customer, edits) in shop.with_edits(&[field::PUT_OFF, field::SERVICE_PUT_OFF]) {
            for (name, is_service) in [(field::PUT_OFF, false), (field::SERVICE_PUT_OFF, true)] {
                let put_off = edits.fields.get(name).and_then(|it| PutOff::parse(it.text()));
                let Some(put_off) = put_off.filter(|it| it.holds_on(day)) else { continue };
                if !has_news(shop, computed, customer, (put_off, is_service, day)) {
                    let found = if is_service { &mut found.service } else { &mut found.outreach };
                    found.push(customer);
                }
            }
        }
        found
    }

    /// Takes those out who are left alone as for such acts.
    pub fn spare(&self, kind: ActKind, customers: &mut Vec<u32>) {
        let spared = if kind.is_service() { &self.service } else { &self.outreach };
        if !spared.is_empty() {
            customers.retain(|it| spared.binary_search(it).is_err());
        }
    }
}

/// Whether something has come of a customer since they were put off, up to a day.
fn has_news(
    shop: &Shop,
    computed: &Computed,
    customer: u32,
    (put_off, is_service, day): (PutOff, bool, ShopDay),
) -> bool {
    if is_service {
        let people = &shop.frame.people;
        let is_since = |it: &Tied| {
            it.wall != i64::MIN && {
                let at = ShopDay::of_wall_seconds(it.wall);
                put_off.since < at && at <= day
            }
        };
        of_customer(&people.tickets, customer).iter().any(is_since)
            || of_customer(&people.responses, customer).iter().any(is_since)
    } else {
        let last = computed.summaries.last(customer as usize);
        last.is_some_and(|last| put_off.since.number() < last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_off_holds_until_its_day() {
        let day = |text| ShopDay::parse_iso(text).unwrap();
        let today = day("2026-11-22");
        for (put_off, text) in [
            (PutOff::snoozed(today, Snooze::Week), "2026-11-22/2026-11-29"),
            (PutOff::snoozed(today, Snooze::Month), "2026-11-22/2026-12-22"),
            (PutOff::done(today), "2026-11-22/2027-02-20"),
        ] {
            assert_eq!(put_off.to_string(), text);
            assert_eq!(PutOff::parse(text), Some(put_off));
            assert!(put_off.holds_on(today) && !put_off.holds_on(today.plus_days(-1)));
            assert!(put_off.holds_on(put_off.until.plus_days(-1)));
            assert!(!put_off.holds_on(put_off.until));
        }
        let over = PutOff::snoozed(today, Snooze::Over);
        assert!((-1..2).all(|days| !over.holds_on(today.plus_days(days))), "{over}");
        for bad in ["", "2026-11-22", "2026-11-22/soon", "/2026-11-22"] {
            assert_eq!(PutOff::parse(bad), None, "{bad}");
        }
    }
}
