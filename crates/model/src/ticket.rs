//! Service tickets, and what people did without buying.

use crate::{DictColumn, TextColumn, TimeColumn};

/// When in a purchase a customer asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before the order.
    Presale,
    /// Between order and delivery.
    Insale,
    /// After delivery.
    Aftersale,
}

impl Phase {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Phase::Presale => "presale",
            Phase::Insale => "insale",
            Phase::Aftersale => "aftersale",
        }
    }
}

/// The service tickets of one import as columns: one row a ticket. Empty text: not said.
///
/// Whose they are and of which order stays text: the file with the order may come later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketTable {
    /// The ticket's number, unique within its source.
    pub number: TextColumn,
    /// Where the conversation took place: chat, e-mail, telephone.
    pub channel: DictColumn,
    /// First message of the customer.
    pub opened: TimeColumn,
    /// First reply of a human.
    pub replied: TimeColumn,
    /// End of the conversation; none: it is open.
    pub closed: TimeColumn,
    /// When in the purchase.
    pub phase: Vec<Option<Phase>>,
    /// What it was about.
    pub category: DictColumn,
    /// Normal form of [`crate::normalise_email`].
    pub email: TextColumn,
    /// E.164 where the number could be read so.
    pub phone: TextColumn,
    /// Customer number, member name or nick.
    pub member: TextColumn,
    /// Number of the order that it is about, as it stands in the file.
    pub order: TextColumn,
    /// Who replied.
    pub agent: DictColumn,
    /// Satisfaction with the service, 1 to 5.
    pub csat: Vec<Option<u8>>,
    /// What was said.
    pub text: TextColumn,
}

impl TicketTable {
    /// How many tickets there are.
    pub const fn len(&self) -> usize {
        self.csat.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.csat.is_empty()
    }
}

/// Events of one import as columns: one row an event. Empty text: not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventTable {
    /// When.
    pub at: TimeColumn,
    /// Normal form of [`crate::normalise_email`].
    pub email: TextColumn,
    /// E.164 where the number could be read so.
    pub phone: TextColumn,
    /// Customer number, member name or visitor id.
    pub member: TextColumn,
    /// What was done: one of [`EVENT_KINDS`], else the source's own word.
    pub kind: DictColumn,
    /// With what: a product, a page, the words searched for.
    pub subject: TextColumn,
}

/// Names of the events that figures are made of, in the order of a funnel.
pub const EVENT_KINDS: [&str; 6] = ["subscribe", "register", "search", "view", "cart", "checkout"];

impl EventTable {
    /// How many events there are.
    pub const fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.at.is_empty()
    }
}
