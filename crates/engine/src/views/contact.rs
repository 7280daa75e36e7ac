//! What is known of a customer beside the orders.

use crate::frame::{OrderRef, Tied, of_customer};
use crate::shop::Shop;
use model::{LIST_SEPARATOR, OrderTime, ShopDay, TextColumn};
use protocol::{Consent, ContactView, Touch, TouchKind};

/// So many contacts are shown; the newest.
const MOST_TOUCHES: usize = 200;

/// What the newest contact list that knows a customer says.
pub fn of(shop: &Shop, customer: u32) -> Option<ContactView> {
    let frame = &shop.frame;
    let OrderRef { batch, row } = frame.people.contact(customer)?;
    let (batch, row) = (&frame.batches[usize::from(batch)], row as usize);
    let it = &batch.tables.people.contacts;
    let day = |time: Option<OrderTime>| time.map(|time| shop.zone.day_of(time));
    let orders = frame.orders.of_customer(customer);
    let valid = orders.filter(|&order| frame.orders.state[order].counts()).count() as u32;
    let list = |column: &TextColumn| -> Vec<String> {
        let values = column.get(row).split(LIST_SEPARATOR).filter(|value| !value.is_empty());
        values.map(str::to_owned).collect()
    };
    Some(ContactView {
        source: batch.source.clone(),
        company: it.company.get(row).to_owned(),
        birthday: it.birthday[row].map(|day| (day.year(), day.month(), day.day())),
        tags: list(&it.tags),
        note: it.note.get(row).to_owned(),
        more: [list(&it.more_emails), list(&it.more_phones)].concat(),
        email_consent: consent(it.email_consent[row]),
        email_consent_day: day(it.email_consent_at.get(row)),
        sms_consent: consent(it.sms_consent[row]),
        since: day(it.since.get(row)),
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
