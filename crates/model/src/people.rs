//! All that a shop knows of people beside their orders.

use crate::{AnswerTable, ContactTable, EventTable, RecordKind, ResponseTable, TicketTable};

/// What one import brings of people beside orders. Most have one of these, and the others empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleTables {
    /// Contacts.
    pub contacts: ContactTable,
    /// Answers to surveys.
    pub responses: ResponseTable,
    /// Further answers in them.
    pub answers: AnswerTable,
    /// Service tickets.
    pub tickets: TicketTable,
    /// Events.
    pub events: EventTable,
}

impl PeopleTables {
    /// How many records of a kind there are; of orders none.
    pub const fn count(&self, kind: RecordKind) -> usize {
        match kind {
            RecordKind::Orders => 0,
            RecordKind::Contacts => self.contacts.len(),
            RecordKind::Responses => self.responses.len(),
            RecordKind::Tickets => self.tickets.len(),
            RecordKind::Events => self.events.len(),
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        RecordKind::ALL.iter().all(|&kind| self.count(kind) == 0)
    }
}
