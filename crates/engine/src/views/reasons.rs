//! What customers met with around their last order, and why those who leave may do so.

use super::answers::Answers;
use crate::first_orders::exchanged;
use crate::frame::{OrderRef, of_customer};
use crate::service::is_complaint;
use crate::shop::{Shop, field};
use analytics::Exposure;
use model::{OrderState, Phase, ShopDay};
use protocol::ChurnReason;

/// So many days after the last order a ticket still counts as about it.
const TICKET_DAYS: i32 = 60;
/// Scores of 1 to 5 up to this one are dissatisfied.
const LOW: u8 = 2;
/// In small letters: parts of the names of ticket categories and dimensions about delivery.
const DELIVERY_WORDS: [&str; 13] = [
    "deliver", "shipping", "shipment", "logistic", "courier", "parcel", "delay", "物流", "发货",
    "快递", "配送", "送货", "延误",
];

/// What customers met with around their last order: columns with one entry a customer.
#[derive(Debug)]
pub struct Met {
    /// The latest answer was dissatisfied.
    pub low_score: Vec<Exposure>,
    /// A complaint followed.
    pub complaint: Vec<Exposure>,
    /// Something of it was given back.
    pub refund: Vec<Exposure>,
    /// Trouble with the delivery.
    pub delivery: Vec<Exposure>,
    /// It was at a discount.
    pub discount: Vec<Exposure>,
}

impl Met {
    /// Looks at everybody up to a day; answers and tickets count up to `until`.
    pub fn gather(shop: &Shop, as_of: ShopDay, until: ShopDay) -> Met {
        let count = shop.frame.customers.len();
        let nobody_knows = || vec![Exposure::Unknown; count];
        let mut met = Met {
            low_score: nobody_knows(),
            complaint: nobody_knows(),
            refund: nobody_knows(),
            delivery: nobody_knows(),
            discount: nobody_knows(),
        };
        let orders = LastOrders { shop, as_of: as_of.number(), until: until.number() };
        for customer in 0..count as u32 {
            met.look_at_order(&orders, customer);
        }
        met.look_at_answers(&Answers::gather(shop, None, until));
        met
    }

    fn look_at_order(&mut self, orders: &LastOrders<'_>, customer: u32) {
        let Some(order) = orders.of(customer) else { return };
        let at = customer as usize;
        let OrderRef { batch, row } = orders.shop.frame.orders.at(order);
        let table = &orders.shop.frame.batches[usize::from(batch)].tables.orders;
        let exposed = |it: bool| if it { Exposure::Yes } else { Exposure::No };
        self.refund[at] = exposed(table.refunded[row as usize] > 0);
        if let Some(discount) = table.discount.get(row as usize) {
            self.discount[at] = exposed(*discount > 0);
        }
        if !orders.shop.frame.people.tickets.is_empty() {
            let (complaint, delivery) = orders.tickets(customer, order);
            (self.complaint[at], self.delivery[at]) = (exposed(complaint), exposed(delivery));
        }
    }

    fn look_at_answers(&mut self, answers: &Answers) {
        let delivery: Vec<&[Option<u8>]> = answers
            .dimensions
            .iter()
            .filter(|it| is_about_delivery(&it.name))
            .map(|it| it.perceived.as_slice())
            .collect();
        for at in answers.latest_of_customers() {
            let Some(customer) = answers.customer[at] else { continue };
            let customer = customer as usize;
            if let Some(is_detractor) = answers.is_detractor(at) {
                self.low_score[customer] = if is_detractor { Exposure::Yes } else { Exposure::No };
            }
            for score in delivery.iter().filter_map(|column| column[at]) {
                if score <= LOW {
                    self.delivery[customer] = Exposure::Yes;
                } else if self.delivery[customer] == Exposure::Unknown {
                    self.delivery[customer] = Exposure::No;
                }
            }
        }
    }

    /// What the data suggest: the sign that says most stands first; a complaint about the delivery is
    /// told as what it is about.
    pub fn reason(&self, customer: usize) -> ChurnReason {
        let signs = [
            (&self.low_score, ChurnReason::LowScore),
            (&self.complaint, ChurnReason::Complaint),
            (&self.refund, ChurnReason::Refund),
            (&self.delivery, ChurnReason::Delivery),
        ];
        let found = signs.into_iter().find(|(column, _)| column[customer] == Exposure::Yes);
        match found {
            Some((_, ChurnReason::Complaint)) if self.delivery[customer] == Exposure::Yes => {
                ChurnReason::Delivery
            }
            Some((_, reason)) => reason,
            None => ChurnReason::Unknown,
        }
    }
}

/// The reason that a person gave for a customer's leaving.
pub fn manual_reason(shop: &Shop, customer: u32) -> Option<ChurnReason> {
    if shop.overlay.is_empty() {
        return None;
    }
    ChurnReason::of_code(shop.edited(shop.id(customer), field::CHURN_REASON))
}

/// The last order of customers that was paid, whether or not it was given back.
struct LastOrders<'a> {
    shop: &'a Shop,
    as_of: i32,
    until: i32,
}

impl LastOrders<'_> {
    fn of(&self, customer: u32) -> Option<usize> {
        let orders = &self.shop.frame.orders;
        let was_paid = |state: OrderState| state.counts() || state == OrderState::FullyRefunded;
        let mut own = orders.of_customer(customer).rev();
        // An order that no rate brings into the figures breaks no silence, so it explains none.
        own.find(|&order| {
            orders.day[order] <= self.as_of
                && was_paid(orders.state[order])
                && exchanged(self.shop, order).is_some()
        })
    }

    /// Whether a complaint followed an order, and whether there was trouble with its delivery.
    fn tickets(&self, customer: u32, order: usize) -> (bool, bool) {
        let placed = self.shop.frame.orders.day[order];
        let days = placed..=self.until.min(placed.saturating_add(TICKET_DAYS));
        let (mut complaint, mut delivery) = (false, false);
        for ticket in of_customer(&self.shop.frame.people.tickets, customer) {
            let day = ShopDay::of_wall_seconds(ticket.wall).number();
            if ticket.wall == i64::MIN || !days.contains(&day) {
                continue;
            }
            let table = &self.shop.frame.batches[usize::from(ticket.batch)].tables.people.tickets;
            let row = ticket.row as usize;
            complaint |= is_complaint(table, row);
            delivery |= table.phase[row] != Some(Phase::Presale)
                && is_about_delivery(table.category.get(row));
        }
        (complaint, delivery)
    }
}

fn is_about_delivery(name: &str) -> bool {
    let name = name.to_lowercase();
    // The price of shipping is asked before one buys.
    !name.contains("cost") && DELIVERY_WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delivery_is_known_by_its_words() {
        for (name, is_about) in [
            ("delivery", true),
            ("Late delivery", true),
            ("shipping_status", true),
            ("shipping_cost", false),
            ("chocolate", false),
            ("Parcel delayed", true),
            ("物流太慢", true),
            ("quality", false),
            ("", false),
        ] {
            assert_eq!(is_about_delivery(name), is_about, "{name}");
        }
    }
}
