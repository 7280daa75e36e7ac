//! CSV files that a spreadsheet can open without harm.
//!
//! UTF-8 with a byte order mark, CRLF, quoted as RFC 4180 says. A text that a spreadsheet would
//! take for a formula gets an apostrophe before it; genuine numbers stay as they are.

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
        let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠']);
        let quoted = text.contains([',', '"', '\n', '\r']);
        if quoted {
            self.text.push('"');
        }
        if risky {
            self.text.push('\'');
        }
        if quoted {
            self.text.push_str(&text.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(text);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell(text: &str) -> String {
        let mut writer = CsvWriter::new(&[]);
        writer.text(text);
        String::from_utf8(writer.finish()).unwrap().trim_start_matches("\u{feff}\r\n").to_owned()
    }

    #[test]
    fn cells_are_quoted_and_formulas_are_defused() {
        for (text, expected) in [
            ("Ann", "Ann"),
            ("Lee, Ann", "\"Lee, Ann\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("=A(\"x\")", "\"'=A(\"\"x\"\")\""),
            ("-Minus Name", "'-Minus Name"),
            ("+12125550142", "'+12125550142"),
            ("＝1", "'＝1"),
        ] {
            assert_eq!(cell(text), expected);
        }
    }

    proptest! {
        #[test]
        fn no_text_begins_like_a_formula(text in ".*") {
            let written = cell(&text);
            let first = written.trim_start_matches('"').chars().next();
            prop_assert!(!first.is_some_and(|c| "=+-@\t\0＝＋－＠".contains(c)), "{written:?}");
        }
    }
}
