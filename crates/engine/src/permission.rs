//! Whether a customer may be written to: what contact lists and the shop itself say of it.

use crate::frame::OrderRef;
use crate::shop::{Shop, field};
use crate::tags::folded;
use model::{Consent, ContactTable, LIST_SEPARATOR, OrderTime, ShopDay, TimeColumn};

/// Tags, in small letters, by which a shop marks whom it does not write to.
const BLOCKING_TAGS: [&str; 10] = [
    "blacklist",
    "blacklisted",
    "blocked",
    "do not contact",
    "do not mail",
    "unsubscribed",
    "黑名单",
    "勿扰",
    "请勿联系",
    "已退订",
];

/// Whether a customer may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The shop does not want to: it said so, or a tag of its own or of any contact list does.
    pub is_blocked: bool,
    /// E-mails.
    pub email: Said,
    /// Text messages.
    pub sms: Said,
}

/// The word on consent that is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What was said.
    pub consent: Consent,
    /// Since when that is so; `None`: not known.
    pub day: Option<ShopDay>,
}

impl Permission {
    /// What is known of a customer.
    pub fn of(shop: &Shop, customer: u32) -> Permission {
        let mut found = Permission {
            is_blocked: is_blocked_by_shop(shop, customer),
            email: Said::default(),
            sms: Said::default(),
        };
        for &place in shop.frame.people.contacts(customer) {
            let (list, row) = (list(shop, place), place.row as usize);
            let said = |consent: &[Consent], at: &TimeColumn| {
                let day = at.get(row).map(|time: OrderTime| shop.zone.day_of(time));
                Said { consent: consent[row], day }
            };
            found.is_blocked |= blocking_tags(list, row).next().is_some();
            found.email = found.email.then(said(&list.email_consent, &list.email_consent_at));
            found.sms = found.sms.then(said(&list.sms_consent, &list.sms_consent_at));
        }
        found
    }
}

impl Said {
    /// What holds after a newer list. One that says nothing takes nothing back, and consent that is
    /// older than a refusal does not undo it. The day of a refusal itself decides nothing: mail
    /// programs give the day on which the person once came.
    fn then(self, newer: Said) -> Said {
        let is_outdated = newer.consent == Consent::Given
            && self.consent == Consent::Refused
            && self.day.zip(newer.day).is_some_and(|(refused, given)| given < refused);
        if newer.consent == Consent::Unknown || is_outdated { self } else { newer }
    }
}

/// A contact list.
pub fn list(shop: &Shop, place: OrderRef) -> &ContactTable {
    &shop.frame.batches[usize::from(place.batch)].tables.people.contacts
}

/// The tags in a row of a contact list.
pub fn tags(list: &ContactTable, row: usize) -> impl Iterator<Item = &str> {
    list.tags.get(row).split(LIST_SEPARATOR).map(str::trim).filter(|tag| !tag.is_empty())
}

/// Those of them by which a shop marks whom it does not write to.
pub fn blocking_tags(list: &ContactTable, row: usize) -> impl Iterator<Item = &str> {
    tags(list, row).filter(|tag| is_blocking(tag))
}

fn is_blocking(tag: &str) -> bool {
    BLOCKING_TAGS.contains(&folded(tag).as_str())
}

fn is_blocked_by_shop(shop: &Shop, customer: u32) -> bool {
    if shop.overlay.is_empty() {
        return false;
    }
    let id = shop.id(customer);
    shop.is_blocked(id) || shop.words(id, field::TAGS).any(is_blocking)
}
