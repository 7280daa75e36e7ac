//! Customers as an import knows them.

use crate::{CustomerId, TextColumn};

/// The customers of one import, as columns: one row a customer. Empty text: not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerTable {
    /// Worked out from the identity key.
    pub id: Vec<CustomerId>,
    /// Normal form of [`crate::normalise_email`].
    pub email: TextColumn,
    /// E.164 where the number could be read so, else as it stood.
    pub phone: TextColumn,
    /// As written in the newest order that has it.
    pub name: TextColumn,
    /// City of the billing address.
    pub city: TextColumn,
    /// Province or state.
    pub region: TextColumn,
    /// Country, mostly two letters of ISO 3166.
    pub country: TextColumn,
}

impl CustomerTable {
    /// How many customers there are.
    pub const fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.id.is_empty()
    }
}
