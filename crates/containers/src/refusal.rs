//! Why nothing of a container can be used.

use serde::{Deserialize, Serialize};

/// What a file is that holds no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoTable {
    /// A packed file without a table among its members.
    Archive,
    /// A web page.
    WebPage,
    /// JSON that is no list of records.
    Json,
    /// A document of another program.
    Binary,
}

/// Why nothing of a container can be used. The names and facts are those that a reader of text
/// tables has for the same reasons, so that people read one sentence for both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Behind a password.
    Encrypted,
    /// Broken off, or with parts that contradict each other.
    Damaged,
    /// Holds more than can be taken, whether it says so or not.
    TooLarge {
        /// What it holds at least, unpacked, in bytes.
        size: u64,
        /// What of it can be taken, in bytes.
        limit: u64,
    },
    /// A workbook whose sheets are empty, or a list without a record.
    NothingInside,
    /// No table.
    NotATable(NoTable),
    /// Unpacking it broke the program that does it: out of memory, or a fault.
    NotUnpacked,
}

impl Refusal {
    /// One of each, for whoever has to have a sentence for all.
    pub const ALL: [Refusal; 6] = [
        Refusal::Encrypted,
        Refusal::Damaged,
        Refusal::TooLarge { size: 0, limit: 0 },
        Refusal::NothingInside,
        Refusal::NotATable(NoTable::Binary),
        Refusal::NotUnpacked,
    ];

    /// A stable name, for translation.
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::Encrypted => "encrypted",
            Refusal::Damaged => "damaged",
            Refusal::TooLarge { .. } => "too_large",
            Refusal::NothingInside => "nothing_inside",
            Refusal::NotATable(_) => "not_a_table",
            Refusal::NotUnpacked => "not_unpacked",
        }
    }

    /// What the sentence needs, a line for each place of it.
    pub fn detail(&self) -> String {
        match self {
            Refusal::TooLarge { size, limit } => format!("{size}\n{limit}"),
            Refusal::NotATable(NoTable::Archive) => "archive".to_owned(),
            Refusal::NotATable(NoTable::WebPage) => "web_page".to_owned(),
            Refusal::NotATable(NoTable::Json) => "json".to_owned(),
            Refusal::NotATable(NoTable::Binary) => "binary".to_owned(),
            _ => String::new(),
        }
    }
}

/// Whatever a library found wrong with a file, the file is damaged: what people can do about it is
/// the same.
#[cfg(feature = "unpack")]
pub fn damaged<E>(_: E) -> Refusal {
    Refusal::Damaged
}
