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
}

impl RecordKind {
    /// All kinds.
    pub const ALL: [RecordKind; 5] = [
        RecordKind::Orders,
        RecordKind::Contacts,
        RecordKind::Responses,
        RecordKind::Tickets,
        RecordKind::Events,
    ];

    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            RecordKind::Orders => "orders",
            RecordKind::Contacts => "contacts",
            RecordKind::Responses => "responses",
            RecordKind::Tickets => "tickets",
            RecordKind::Events => "events",
        }
    }
}
