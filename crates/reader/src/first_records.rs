//! The first records of a file about people, as they are read.

use crate::layout::ROWS;
use ingest::{Batch, Role};
use model::{Currency, CustomerTable, Money, OrderTime, RecordKind, ShopDay, TimeColumn};
use protocol::{Consent, ReadCell, ReadRecords};

/// The first records, with what stands in their cells; nothing of a file of orders.
pub fn of_batch(batch: &Batch) -> ReadRecords {
    let cells: &[(Role, Read)] = match batch.report.kind {
        RecordKind::Orders => &[],
        RecordKind::Contacts => CONTACTS,
        RecordKind::Responses => RESPONSES,
        RecordKind::Tickets => TICKETS,
        RecordKind::Events => EVENTS,
        RecordKind::Summaries => SUMMARIES,
    };
    let count = batch.people.count(batch.report.kind).min(ROWS);
    ReadRecords {
        columns: cells.iter().map(|(role, _)| role.code().to_owned()).collect(),
        rows: (0..count)
            .map(|row| cells.iter().map(|(_, read)| read(batch, row)).collect())
            .collect(),
    }
}

type Read = fn(&Batch, usize) -> ReadCell;

const CONTACTS: &[(Role, Read)] = &[
    (Role::Name, |it, row| text(of_contact(it, row, |people| &people.name))),
    (Role::Email, |it, row| text(of_contact(it, row, |people| &people.email))),
    (Role::Phone, |it, row| text(of_contact(it, row, |people| &people.phone))),
    (Role::Company, |it, row| text(it.people.contacts.company.get(row))),
    (Role::EmailConsent, |it, row| consent(it.people.contacts.email_consent[row])),
    (Role::Since, |it, row| day(it, &it.people.contacts.since, row)),
];

const RESPONSES: &[(Role, Read)] = &[
    (Role::OrderedAt, |it, row| day(it, &it.people.responses.at, row)),
    (Role::Email, |it, row| {
        let table = &it.people.responses;
        first([&table.email, &table.phone, &table.member].map(|column| column.get(row)))
    }),
    (Role::OrderNumber, |it, row| text(it.people.responses.order.get(row))),
    (Role::Overall, |it, row| score(it.people.responses.overall[row])),
    (Role::Nps, |it, row| score(it.people.responses.nps[row])),
    (Role::Ces, |it, row| score(it.people.responses.ces[row])),
    (Role::Comment, |it, row| text(it.people.responses.comment.get(row))),
];

const TICKETS: &[(Role, Read)] = &[
    (Role::TicketNumber, |it, row| text(it.people.tickets.number.get(row))),
    (Role::OrderedAt, |it, row| day(it, &it.people.tickets.opened, row)),
    (Role::Email, |it, row| {
        let table = &it.people.tickets;
        first([&table.email, &table.phone, &table.member].map(|column| column.get(row)))
    }),
    (Role::Category, |it, row| text(it.people.tickets.category.get(row))),
    (Role::Closed, |it, row| day(it, &it.people.tickets.closed, row)),
    (Role::Csat, |it, row| score(it.people.tickets.csat[row])),
];

const EVENTS: &[(Role, Read)] = &[
    (Role::OrderedAt, |it, row| day(it, &it.people.events.at, row)),
    (Role::Action, |it, row| text(it.people.events.kind.get(row))),
    (Role::Subject, |it, row| text(it.people.events.subject.get(row))),
    (Role::Email, |it, row| {
        let table = &it.people.events;
        first([&table.email, &table.phone, &table.member].map(|column| column.get(row)))
    }),
];

const SUMMARIES: &[(Role, Read)] = &[
    (Role::Member, |it, row| {
        let customer = it.people.summaries.customer[row] as usize;
        let of = |column: &model::TextColumn| column.get(customer).to_owned();
        let number = it.people.summaries.member.get(row).to_owned();
        let all = [number, of(&it.customers.email), of(&it.customers.phone)];
        ReadCell::Text(all.into_iter().find(|text| !text.is_empty()).unwrap_or_default())
    }),
    (Role::FirstDay, |it, row| {
        ReadCell::Day(ShopDay::from_number(it.people.summaries.first_day[row]))
    }),
    (Role::SummaryDay, |it, row| {
        ReadCell::Day(ShopDay::from_number(it.people.summaries.as_of[row]))
    }),
    (Role::OrderCount, |it, row| text(&it.people.summaries.orders[row].to_string())),
    (Role::Net, |it, row| {
        let table = &it.people.summaries;
        let currency = Currency::from_code(table.currency.get(row)).unwrap_or(Currency::USD);
        text(&Money::from_minor(table.net[row], currency).to_string())
    }),
];

/// A fact of the person that a row of a list is of.
fn of_contact(batch: &Batch, row: usize, fact: fn(&CustomerTable) -> &model::TextColumn) -> &str {
    let customer = batch.people.contacts.customer[row] as usize;
    fact(&batch.customers).get(customer)
}

fn first(texts: [&str; 3]) -> ReadCell {
    text(texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default())
}

fn text(text: &str) -> ReadCell {
    ReadCell::Text(text.to_owned())
}

fn consent(consent: model::Consent) -> ReadCell {
    ReadCell::Consent(match consent {
        model::Consent::Unknown => Consent::Unknown,
        model::Consent::Given => Consent::Given,
        model::Consent::Refused => Consent::Refused,
    })
}

fn score(score: Option<u8>) -> ReadCell {
    score.map_or(ReadCell::Text(String::new()), ReadCell::Score)
}

/// The day by the clock that the file was written by.
fn day(batch: &Batch, column: &TimeColumn, row: usize) -> ReadCell {
    let offset = batch.report.offsets.first().map_or(0, |&(_, offset)| i64::from(offset));
    match column.get(row) {
        Some(OrderTime::Wall(at)) => ReadCell::Day(ShopDay::of_wall_seconds(at)),
        Some(OrderTime::Instant(at)) => ReadCell::Day(ShopDay::of_wall_seconds(at + offset)),
        None => ReadCell::Text(String::new()),
    }
}
