//! The service tickets up to a day.

use crate::frame::Tied;
use crate::shop::Shop;
use crate::words::has_word;
use analytics::median;
use model::{NO_CUSTOMER, ShopDay, TicketTable};
use protocol::{Period, ServiceNow};

/// A ticket is a complaint if the name of its category has one of these words…
#[rustfmt::skip]
const COMPLAINTS: [&str; 22] = [
    "complain", "complains", "complained", "complaining", "complaint", "complaints", "dispute",
    "disputed", "disputes", "damage", "damaged", "damages", "wrong", "broken", "missing", "late",
    "投诉", "差评", "纠纷", "破损", "发错", "少发",
];
/// … or if its service was rated so or worse, of 5.
const BAD_CSAT: u8 = 2;

/// Whether a ticket is a complaint, wherever complaints are spoken of.
pub fn is_complaint(tickets: &TicketTable, row: usize) -> bool {
    tickets.csat[row].is_some_and(|it| it <= BAD_CSAT)
        || has_word(tickets.category.get(row), &COMPLAINTS)
}

/// The tickets up to a day.
#[derive(Debug)]
pub struct Service {
    tickets: Vec<Ticket>,
    until: ShopDay,
}

#[derive(Debug)]
struct Ticket {
    /// [`NO_CUSTOMER`]: of nobody known.
    customer: u32,
    /// `None`: the file does not say when it was opened.
    opened: Option<ShopDay>,
    is_open: bool,
    is_answered: bool,
    is_complaint: bool,
    /// From the first message to the first reply of a human.
    reply_minutes: Option<u32>,
}

impl Service {
    /// Gathers the tickets that were opened up to a day, as they stood at its end.
    pub fn gather(shop: &Shop, until: ShopDay) -> Service {
        let tickets = shop.frame.people.tickets.iter().map(|it| Ticket::of(shop, it, until));
        let tickets = tickets.filter(|it| it.opened.is_none_or(|day| day <= until)).collect();
        Service { tickets, until }
    }

    /// How the service is in a period, and was in the one that it is compared with.
    pub fn view(&self, period: Period, compared: Option<Period>) -> Option<ServiceNow> {
        let first = self.tickets.iter().filter_map(|it| it.opened).min();
        if self.tickets.is_empty() {
            return None;
        }
        let within = |period: Period| move |it: &&Ticket| is_within(it, period);
        let compared = compared.filter(|it| first.is_some_and(|first| first <= it.from));
        let open = self.tickets.iter().filter(|it| it.is_open);
        let is_late = |it: &&Ticket| !it.is_answered && it.opened.is_some_and(|it| it < self.until);
        let complaints = |period| {
            self.tickets.iter().filter(within(period)).filter(|it| it.is_complaint).count()
        };
        let tickets = |period| self.tickets.iter().filter(within(period)).count() as u32;
        let mut replies: Vec<u32> =
            self.tickets.iter().filter(within(period)).filter_map(|it| it.reply_minutes).collect();
        Some(ServiceNow {
            open: open.clone().count() as u32,
            late: open.filter(is_late).count() as u32,
            open_customers: self.open_customers().len() as u32,
            tickets: tickets(period),
            tickets_before: compared.map(tickets),
            complaints: complaints(period) as u32,
            complaining: self.complaining(period).len() as u32,
            complaints_before: compared.map(|it| complaints(it) as u32),
            reply_minutes: median(&mut replies),
        })
    }

    /// Known customers with an open ticket, rising.
    pub fn open_customers(&self) -> Vec<u32> {
        customers(self.tickets.iter().filter(|it| it.is_open))
    }

    /// Known customers who complained in a period, rising.
    pub fn complaining(&self, period: Period) -> Vec<u32> {
        let complaints = self.tickets.iter().filter(|it| it.is_complaint && is_within(it, period));
        customers(complaints)
    }
}

fn is_within(ticket: &Ticket, period: Period) -> bool {
    ticket.opened.is_some_and(|day| (period.from..=period.to).contains(&day))
}

fn customers<'a>(tickets: impl Iterator<Item = &'a Ticket>) -> Vec<u32> {
    let known = tickets.map(|it| it.customer).filter(|it| *it != NO_CUSTOMER);
    let mut known: Vec<u32> = known.collect();
    known.sort_unstable();
    known.dedup();
    known
}

impl Ticket {
    fn of(shop: &Shop, record: &Tied, until: ShopDay) -> Ticket {
        let batch = &shop.frame.batches[usize::from(record.batch)];
        let (table, row) = (&batch.tables.people.tickets, record.row as usize);
        let opened = (record.wall != i64::MIN).then_some(record.wall);
        // What happened after the day is not known yet.
        let wall = |column: &model::TimeColumn| {
            let wall = column.get(row).map(|time| shop.zone.wall_seconds(time));
            wall.filter(|wall| ShopDay::of_wall_seconds(*wall) <= until)
        };
        let replied = wall(&table.replied);
        let minutes = |(opened, replied): (i64, i64)| u32::try_from((replied - opened) / 60).ok();
        Ticket {
            customer: record.customer,
            opened: opened.map(ShopDay::of_wall_seconds),
            is_open: wall(&table.closed).is_none(),
            is_answered: replied.is_some(),
            is_complaint: is_complaint(table, row),
            reply_minutes: opened.zip(replied).and_then(minutes),
        }
    }
}
