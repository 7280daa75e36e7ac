//! What is known of a customer beside the orders.

use crate::frame::{Tied, of_customer};
use crate::permission::{Permission, blocking_tags, list};
use crate::shop::Shop;
use model::{LIST_SEPARATOR, ShopDay, TextColumn};
use protocol::{Consent, ContactView, Touch, TouchKind};

/// So many contacts are shown; the newest.
const MOST_TOUCHES: usize = 200;

/// What the newest contact list that knows a customer says, and what all lists say of whether they
/// may be written to.
pub fn of(shop: &Shop, customer: u32) -> Option<ContactView> {
    let frame = &shop.frame;
    let (newest, older) = frame.people.contacts(customer).split_last()?;
    let (it, row) = (list(shop, *newest), newest.row as usize);
    let Permission { email, sms, .. } = Permission::of(shop, customer);
    let orders = frame.orders.of_customer(customer);
    let valid = orders.filter(|&order| frame.orders.state[order].counts()).count() as u32;
    let lines = |column: &TextColumn| -> Vec<String> {
        let values = column.get(row).split(LIST_SEPARATOR).filter(|value| !value.is_empty());
        values.map(str::to_owned).collect()
    };
    let mut own_tags = lines(&it.tags);
    for tag in older.iter().flat_map(|at| blocking_tags(list(shop, *at), at.row as usize)) {
        if !own_tags.iter().any(|known| known == tag) {
            own_tags.push(tag.to_owned());
        }
    }
    Some(ContactView {
        source: frame.batches[usize::from(newest.batch)].source.clone(),
        company: it.company.get(row).to_owned(),
        birthday: it.birthday[row].map(|day| (day.year(), day.month(), day.day())),
        tags: own_tags,
        note: it.note.get(row).to_owned(),
        more: [lines(&it.more_emails), lines(&it.more_phones)].concat(),
        email_consent: consent(email.consent),
        email_consent_day: email.day,
        sms_consent: consent(sms.consent),
        since: it.since.get(row).map(|time| shop.zone.day_of(time)),
        claimed_orders: it.claimed_orders[row].filter(|claimed| *claimed > valid),
    })
}

const fn consent(consent: model::Consent) -> Consent {
    match consent {
        model::Consent::Unknown => Consent::Unknown,
        model::Consent::Given => Consent::Given,
        model::Consent::Refused => Consent::Refused,
    }
}

/// Answers, tickets and events of a customer up to a day, newest first.
pub fn touches(shop: &Shop, customer: u32, until: ShopDay) -> Vec<Touch> {
    let people = &shop.frame.people;
    let mut found: Vec<(i64, Touch)> = Vec::new();
    let mut extend = |tied: &[Tied], touch: fn(&Shop, &Tied) -> Touch| {
        let known = of_customer(tied, customer).iter().filter(|it| day(it) <= Some(until));
        found.extend(known.map(|it| (it.wall, touch(shop, it))));
    };
    extend(&people.responses, answer);
    extend(&people.tickets, ticket);
    extend(&people.events, event);
    tiny_sort::stable::sort_by_key(&mut found, |(wall, _)| std::cmp::Reverse(*wall));
    found.truncate(MOST_TOUCHES);
    found.into_iter().map(|(_, touch)| touch).collect()
}

/// The shop's day of a record; `None`: it has no time.
fn day(record: &Tied) -> Option<ShopDay> {
    (record.wall != i64::MIN).then(|| ShopDay::of_wall_seconds(record.wall))
}

fn answer(shop: &Shop, record: &Tied) -> Touch {
    let batch = &shop.frame.batches[usize::from(record.batch)];
    let (it, row) = (&batch.tables.people.responses, record.row as usize);
    Touch {
        day: day(record),
        kind: TouchKind::Answer { overall: it.overall[row], nps: it.nps[row], ces: it.ces[row] },
        order: it.order.get(row).to_owned(),
        text: it.comment.get(row).to_owned(),
    }
}

fn ticket(shop: &Shop, record: &Tied) -> Touch {
    let batch = &shop.frame.batches[usize::from(record.batch)];
    let (it, row) = (&batch.tables.people.tickets, record.row as usize);
    Touch {
        day: day(record),
        kind: TouchKind::Ticket {
            channel: it.channel.get(row).to_owned(),
            category: it.category.get(row).to_owned(),
            is_open: it.closed.get(row).is_none(),
            csat: it.csat[row],
        },
        order: it.order.get(row).to_owned(),
        text: it.text.get(row).to_owned(),
    }
}

fn event(shop: &Shop, record: &Tied) -> Touch {
    let batch = &shop.frame.batches[usize::from(record.batch)];
    let (it, row) = (&batch.tables.people.events, record.row as usize);
    Touch {
        day: day(record),
        kind: TouchKind::Event(it.kind.get(row).to_owned()),
        order: String::new(),
        text: it.subject.get(row).to_owned(),
    }
}
