//! What is done to all customers of a list at once.

use crate::{ActKind, SegmentId};
use serde::{Deserialize, Serialize};

/// An act on every customer of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListAct {
    /// Puts a tag on each.
    Tag(String),
    /// Adds a line to each note.
    Note(String),
    /// Remembers that each was contacted today.
    Contacted,
    /// Saves a segment of those who are on the list now.
    Segment(SegmentId, String),
    /// Remembers that each was contacted today, and takes each off the lists of such acts.
    Done(Vec<ActKind>),
    /// Takes each off the lists of such acts for a while.
    Snooze(Vec<ActKind>, Snooze),
}

/// For how long a customer is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Snooze {
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Not at all, whatever was said before.
    Over,
}

impl Snooze {
    /// For which time: both that are offered.
    pub const ALL: [Snooze; 2] = [Snooze::Week, Snooze::Month];

    /// How many days.
    pub const fn days(self) -> u8 {
        match self {
            Snooze::Week => 7,
            Snooze::Month => 30,
            Snooze::Over => 0,
        }
    }
}

/// What came of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    /// Customers of the list.
    pub customers: u32,
    /// Those of them whose record is another now: who had the tag already is not.
    pub changed: u32,
    /// By this number it is taken back.
    pub undo: u32,
}

/// A list for a mailing, and who of the customers is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailing {
    /// CSV with one row a customer who may be written to.
    pub file: Vec<u8>,
    /// Rows of the file.
    pub written: u32,
    /// Neither an e-mail address nor a telephone number is known.
    pub no_address: u32,
    /// Refused to be written to at every address that is known.
    pub refused: u32,
    /// The shop does not want to write to them.
    pub blocked: u32,
}

impl Mailing {
    /// Customers of the list who are not in the file.
    pub const fn left_out(&self) -> u32 {
        self.no_address + self.refused + self.blocked
    }
}
