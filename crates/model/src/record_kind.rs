//! What the rows of a file are.

use serde::{Deserialize, Serialize};

/// What the rows of a file are. Stored by name: names never change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Orders, or lines of orders.
    #[default]
    Orders,
    /// People: one row a contact.
    Contacts,
    /// Answers to a survey: one row a response.
    Responses,
    /// Service tickets: one row a conversation.
    Tickets,
    /// What people did: one row an event.
    Events,
    /// What a warehouse has summed up of customers: one row a customer.
    Summaries,
}

impl RecordKind {
    /// All kinds.
    pub const ALL: [RecordKind; 6] = [
        RecordKind::Orders,
        RecordKind::Contacts,
        RecordKind::Responses,
        RecordKind::Tickets,
        RecordKind::Events,
        RecordKind::Summaries,
    ];

    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            RecordKind::Orders => "orders",
            RecordKind::Contacts => "contacts",
            RecordKind::Responses => "responses",
            RecordKind::Tickets => "tickets",
            RecordKind::Events => "events",
            RecordKind::Summaries => "summaries",
        }
    }

    /// Whether its rows tell what was bought, and so what the shop's currency is.
    pub const fn tells_of_orders(self) -> bool {
        matches!(self, RecordKind::Orders | RecordKind::Summaries)
    }
}
