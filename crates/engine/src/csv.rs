//! CSV files that a spreadsheet can open without harm.
//!
//! UTF-8 with a byte order mark, CRLF; texts as [`push_csv_cell`] writes them, genuine numbers as
//! they are.

use model::push_csv_cell;

/// A CSV file in the making.
#[derive(Debug)]
pub struct CsvWriter {
    text: String,
    at_line_start: bool,
}

impl CsvWriter {
    /// A file with a header.
    pub fn new(columns: &[&str]) -> CsvWriter {
        let mut writer = CsvWriter { text: "\u{feff}".to_owned(), at_line_start: true };
        for column in columns {
            writer.text(column);
        }
        writer.end_row();
        writer
    }

    /// A cell of text, which may be anybody's.
    pub fn text(&mut self, text: &str) {
        self.separate();
        push_csv_cell(text, &mut self.text);
    }

    /// A cell with a number, a day or a word of our own. `None`: an empty cell.
    pub fn value(&mut self, value: Option<impl std::fmt::Display>) {
        use std::fmt::Write as _;
        self.separate();
        if let Some(value) = value {
            let _ = write!(self.text, "{value}");
        }
    }

    /// The row is complete.
    pub fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.at_line_start = true;
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn separate(&mut self) {
        if !self.at_line_start {
            self.text.push(',');
        }
        self.at_line_start = false;
    }
}
