//! A table that came out of a container.

use crate::Note;
use crate::sheet::Sheet;

/// A table that came out of a container.
#[derive(Debug)]
pub struct Table {
    /// Its name: the file's and its own within it, as `orders.xlsx › May`.
    pub name: String,
    /// What to know of it.
    pub notes: Vec<Note>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// Rows of a sheet.
    Sheet(Sheet),
    /// A file that is a table of text already, in its own encoding.
    File(Vec<u8>),
}

impl Table {
    pub(crate) fn of_sheet(name: String, sheet: Sheet) -> Table {
        Table { name, notes: Vec::new(), content: Content::Sheet(sheet) }
    }

    pub(crate) fn of_file(name: String, bytes: Vec<u8>) -> Table {
        Table { name, notes: Vec::new(), content: Content::File(bytes) }
    }

    pub(crate) fn with_notes(mut self, notes: impl IntoIterator<Item = Note>) -> Table {
        self.notes.extend(notes);
        self
    }

    /// Hands the text over, block by block: CSV, or the bytes of a member that was text already.
    pub fn write(&self, take: &mut dyn FnMut(&[u8])) {
        match &self.content {
            Content::Sheet(sheet) => sheet.write(take),
            Content::File(bytes) => bytes.chunks(1 << 20).for_each(take),
        }
    }

    /// The whole text.
    pub fn text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        self.write(&mut |block| text.extend_from_slice(block));
        text
    }
}
