//! All that a shop knows of people beside their orders.

use crate::{
    AnswerTable, ContactTable, EventTable, GapTable, RecordKind, ResponseTable, SummaryTable,
    TicketTable, TimeColumn,
};

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
    /// What a warehouse has summed up of their orders.
    pub summaries: SummaryTable,
    /// The days between these orders.
    pub gaps: GapTable,
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
            RecordKind::Summaries => self.summaries.len(),
        }
    }

    /// Where the gaps of each summary begin, and where the last one's end.
    pub fn gap_starts(&self) -> Vec<u32> {
        self.gaps.starts(self.summaries.len())
    }

    /// Every column of times.
    pub const fn times(&self) -> [&TimeColumn; 8] {
        let PeopleTables { contacts, responses, tickets, events, .. } = self;
        [
            &contacts.since,
            &contacts.email_consent_at,
            &contacts.sms_consent_at,
            &responses.at,
            &tickets.opened,
            &tickets.replied,
            &tickets.closed,
            &events.at,
        ]
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        RecordKind::ALL.iter().all(|&kind| self.count(kind) == 0)
    }
}
