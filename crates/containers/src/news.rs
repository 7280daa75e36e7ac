//! What whoever unpacks says, message by message.

use crate::{Note, Refusal};
use serde::{Deserialize, Serialize};

/// What whoever unpacks says, message by message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// A table begins.
    Table {
        /// Its name: the file's and its own within it.
        name: String,
        /// What to know of it.
        notes: Vec<Note>,
    },
    /// The next bytes of the table come with it.
    Block,
    /// The last table is whole, and there are no more.
    Done,
    /// Nothing of the file can be used; not of the tables that came before either.
    Refused(Refusal),
}
