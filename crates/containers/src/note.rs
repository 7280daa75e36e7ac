//! What to know of a table that came out of a container.

use serde::{Deserialize, Serialize};

/// A stable name of what there is to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteCode {
    /// The sheet has as many rows as its program can hold: what came after them is missing.
    RowLimitReached,
    /// The file breaks off in the middle.
    FileCutOff,
    /// Sheets that are hidden were left out.
    HiddenSheets,
    /// Members of an archive that are no tables were left out.
    MembersLeftOut,
}

impl NoteCode {
    /// All of them.
    pub const ALL: [NoteCode; 4] = [
        NoteCode::RowLimitReached,
        NoteCode::FileCutOff,
        NoteCode::HiddenSheets,
        NoteCode::MembersLeftOut,
    ];

    /// For translation.
    pub const fn code(self) -> &'static str {
        match self {
            NoteCode::RowLimitReached => "row_limit_reached",
            NoteCode::FileCutOff => "file_cut_off",
            NoteCode::HiddenSheets => "hidden_sheets",
            NoteCode::MembersLeftOut => "members_left_out",
        }
    }

    /// Whether it changes money, days, or who counts.
    pub const fn is_grave(self) -> bool {
        matches!(self, NoteCode::RowLimitReached | NoteCode::FileCutOff)
    }
}

/// What to know of a table that came out of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    pub code: NoteCode,
    /// Names of sheets or members, or a count, if the code tells of such.
    pub detail: String,
    /// How many.
    pub count: u64,
}

impl Note {
    /// A note about so many things.
    pub fn new(code: NoteCode, detail: impl Into<String>, count: u64) -> Note {
        Note { code, detail: detail.into(), count }
    }
}
