//! Why a file cannot be read at all.

use crate::encoding::{Foreign, utf16};
use crate::role::Role;

/// What a file is that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture.
    Picture,
    /// A PDF document.
    Pdf,
    /// A spreadsheet's own format.
    Spreadsheet,
    /// A packed file: zip, gzip, rar, 7z.
    Archive,
    /// A web page.
    WebPage,
    /// JSON.
    Json,
    /// Text that has no columns.
    PlainText,
    /// Something else.
    Binary,
}

impl Kind {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Picture => "picture",
            Kind::Pdf => "pdf",
            Kind::Spreadsheet => "spreadsheet",
            Kind::Archive => "archive",
            Kind::WebPage => "web_page",
            Kind::Json => "json",
            Kind::PlainText => "plain_text",
            Kind::Binary => "binary",
        }
    }
}

/// Why nothing of a file can be read. Nothing that is stored changes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("the file is empty")]
    EmptyFile,
    /// A header and no rows below it.
    #[error("the file has column names and no rows")]
    HeaderOnly,
    /// No table of text.
    #[error("the file is no table but {}", .0.code())]
    NotATable(Kind),
    /// Nothing but zero bytes where the table should begin: a download that was cut.
    #[error("the file is damaged")]
    Damaged,
    /// Behind a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// Larger than a browser can take.
    #[error("the file has {size} bytes, more than {limit}")]
    TooLarge {
        /// Of the file, in bytes.
        size: u64,
        /// What can be read, in bytes.
        limit: u64,
    },
    /// A table, but none of orders.
    #[error("no columns of an order among {columns:?}")]
    UnknownKind {
        /// The names of its columns.
        columns: Vec<String>,
    },
    /// Written in an encoding that is not read yet.
    #[error("the file is written in {}", .0.label())]
    UnsupportedEncoding(Foreign),
    /// Of several tables that hold a shop's orders together one that is not read, or some joined.
    #[error("the file is of a table that is not read: {0}")]
    OneOfSeveral(String),
    /// Columns have to be named by the user before orders can be read.
    #[error("no column for {missing:?} among {columns:?}")]
    MissingColumns {
        /// The roles without a column.
        missing: Vec<Role>,
        /// The names of the columns that are there.
        columns: Vec<String>,
    },
}

impl Refusal {
    /// A stable name, for translation.
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::EmptyFile => "empty_file",
            Refusal::HeaderOnly => "header_only",
            Refusal::NotATable(_) => "not_a_table",
            Refusal::Damaged => "damaged",
            Refusal::Encrypted => "encrypted",
            Refusal::TooLarge { .. } => "too_large",
            Refusal::UnknownKind { .. } => "unknown_kind",
            Refusal::UnsupportedEncoding(_) => "unsupported_encoding",
            Refusal::OneOfSeveral(_) => "one_of_several",
            Refusal::MissingColumns { .. } => "missing_columns",
        }
    }
}

/// First bytes of files that are no text.
const MAGIC: &[(&[u8], Kind)] = &[
    (b"\x89PNG", Kind::Picture),
    (b"\xff\xd8\xff", Kind::Picture),
    (b"GIF8", Kind::Picture),
    (b"BM\x00", Kind::Picture),
    (b"RIFF", Kind::Picture),
    (b"II*\0", Kind::Picture),
    (b"MM\0*", Kind::Picture),
    (b"%PDF", Kind::Pdf),
    (b"\xd0\xcf\x11\xe0", Kind::Spreadsheet),
    (b"\x1f\x8b", Kind::Archive),
    (b"Rar!", Kind::Archive),
    (b"7z\xbc\xaf", Kind::Archive),
    (b"PK\x03\x04", Kind::Archive),
    (b"PK\x05\x06", Kind::Archive),
    (b"SQLite format 3", Kind::Binary),
    (b"\0asm", Kind::Binary),
    (b"\x7fELF", Kind::Binary),
    (b"MZ\x90", Kind::Binary),
];

fn contains(head: &[u8], needle: &[u8]) -> bool {
    head.windows(needle.len()).any(|window| window == needle)
}

/// Refuses what is no text.
pub(crate) fn refuse_binary(head: &[u8]) -> Result<(), Refusal> {
    if head.iter().all(|&byte| byte == 0) {
        return Err(if head.is_empty() { Refusal::EmptyFile } else { Refusal::Damaged });
    }
    if let Some(&(_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(refused(head, kind));
    }
    let text = head.trim_ascii_start().strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = text.trim_ascii_start();
    let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with));
    for (with, kind) in [
        (&b"<!doctype"[..], Kind::WebPage),
        (b"<html", Kind::WebPage),
        (b"<table", Kind::WebPage),
        (b"<?xml", Kind::WebPage),
    ] {
        if begins(with) {
            return Err(Refusal::NotATable(kind));
        }
    }
    if is_json(text) {
        return Err(Refusal::NotATable(Kind::Json));
    }
    // Halves of Chinese letters look like control characters.
    if utf16(head).is_some() {
        return Ok(());
    }
    // A real export has no control characters but tab and line ends; zeros are left for the decoder.
    let odd = |byte: &&u8| matches!(**byte, 1..=8 | 14..=31 | 127);
    if head.iter().filter(odd).count() * 50 > head.len() {
        return Err(Refusal::NotATable(Kind::Binary));
    }
    Ok(())
}

/// Whether a text begins as an object with a member, or as a list of such.
fn is_json(text: &[u8]) -> bool {
    let list = text.strip_prefix(b"[").map_or(text, <[u8]>::trim_ascii_start);
    list.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""))
}

fn refused(head: &[u8], kind: Kind) -> Refusal {
    match kind {
        Kind::Spreadsheet if contains(head, b"E\0n\0c\0r\0y\0p\0t\0e\0d\0") => Refusal::Encrypted,
        Kind::Pdf if contains(head, b"/Encrypt") => Refusal::Encrypted,
        // Bit 0 of the flags of the first file in it.
        Kind::Archive
            if head.starts_with(b"PK\x03\x04") && head.get(6).is_some_and(|f| f & 1 == 1) =>
        {
            Refusal::Encrypted
        }
        Kind::Archive if contains(head, b"xl/") || contains(head, b"[Content_Types].xml") => {
            Refusal::NotATable(Kind::Spreadsheet)
        }
        kind => Refusal::NotATable(kind),
    }
}
