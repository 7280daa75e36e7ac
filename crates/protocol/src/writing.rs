//! Which questions write, and how much.

use crate::Request;

/// How a question writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// It brings in or takes out a whole lot of data, and rests on what was there before.
    Lot,
    /// It edits: edits merge, whoever made them.
    Edit,
}

impl Request {
    /// How it writes; `None`: it does not, or only what this visit needs.
    pub const fn writes(&self) -> Option<Writes> {
        match self {
            Request::Import
            | Request::Undo(_)
            | Request::LoadSample { .. }
            | Request::RemoveSample
            | Request::Restore
            | Request::UndoRestore
            | Request::EraseCustomer(_)
            | Request::EraseAll => Some(Writes::Lot),
            Request::EditShop(_)
            | Request::EditCustomer(..)
            | Request::SaveReading(_)
            | Request::ChangeReading(_)
            | Request::Act(..)
            | Request::ActOn(..)
            | Request::UndoAct(_) => Some(Writes::Edit),
            _ => None,
        }
    }
}
