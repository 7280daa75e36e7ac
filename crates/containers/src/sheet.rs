//! The rows of a sheet on their way to CSV.

use crate::Refusal;

/// More columns no spreadsheet has (of Excel: 16,384).
pub const MOST_COLUMNS: u32 = 16_384;
/// More rows no spreadsheet has.
pub const MOST_ROWS: u32 = 1_048_576;
/// A table as text may have so many bytes.
pub const MOST_BYTES: u64 = 1 << 30;
/// Text is handed over in pieces of about this size.
const BLOCK_BYTES: usize = 1 << 20;

/// The filled cells of a sheet, row by row, as CSV.
///
/// Row and line have the same number, so that a line that is named is found in the sheet: rows
/// without a filled cell become empty lines. All others get as many fields as the widest has.
#[derive(Debug, Default)]
pub struct Sheet {
    text: Vec<u8>,
    /// Of each line: where its text ends, and how many fields it has.
    lines: Vec<(u32, u32)>,
    /// Fields of the line that is being written.
    fields: u32,
    widest: u32,
    filled_rows: u32,
}

impl Sheet {
    /// Fills a cell of the row that is being written, unless the text is blank. Columns count from
    /// 0 and must come in order; a cell that is filled already keeps what it has.
    pub fn fill(&mut self, column: u32, text: &str) {
        if text.trim().is_empty() || column >= MOST_COLUMNS || column < self.fields {
            return;
        }
        // One before each field but the first.
        let commas = if self.fields == 0 { column } else { column + 1 - self.fields };
        self.text.resize(self.text.len() + commas as usize, b',');
        self.fields = column + 1;
        push_field(&mut self.text, text);
    }

    /// Ends rows up to the one of that number, counted from 0, which is written next. Rows come in
    /// order; more empty ones than a sheet can have do not come between two.
    pub fn begin_row(&mut self, row: u32) -> Result<(), Refusal> {
        if row.saturating_sub(self.rows()) >= MOST_ROWS {
            return Err(Refusal::Damaged);
        }
        while self.lines.len() < row as usize {
            self.end_row()?;
        }
        Ok(())
    }

    /// Ends the row that is being written.
    pub fn end_row(&mut self) -> Result<(), Refusal> {
        let bytes = self.text.len() as u64;
        if bytes > MOST_BYTES {
            return Err(Refusal::TooLarge { size: bytes, limit: MOST_BYTES });
        }
        self.lines.push((bytes as u32, self.fields));
        self.filled_rows += u32::from(self.fields > 0);
        self.widest = self.widest.max(self.fields);
        self.fields = 0;
        Ok(())
    }

    /// Number of rows up to the last that was ended.
    pub fn rows(&self) -> u32 {
        self.lines.len() as u32
    }

    /// Ends the sheet. `None`: it holds no table, as fewer than two columns are filled.
    pub fn finish(mut self) -> Result<Option<Sheet>, Refusal> {
        if self.fields > 0 {
            self.end_row()?;
        }
        while self.lines.last().is_some_and(|(_, fields)| *fields == 0) {
            self.lines.pop();
        }
        if self.widest < 2 {
            return Ok(None);
        }
        let size = self.csv_bytes();
        if size > MOST_BYTES {
            return Err(Refusal::TooLarge { size, limit: MOST_BYTES });
        }
        Ok(Some(self))
    }

    /// Bytes of the CSV: each filled line is filled up with commas.
    fn csv_bytes(&self) -> u64 {
        let missing = |&(_, fields): &(u32, u32)| match fields {
            0 => 0,
            fields => u64::from(self.widest - fields),
        };
        let commas: u64 = self.lines.iter().map(missing).sum();
        self.text.len() as u64 + self.lines.len() as u64 + commas
    }

    /// Hands the CSV over, block by block.
    pub fn write(&self, take: &mut dyn FnMut(&[u8])) {
        let most = (self.csv_bytes() as usize).min(BLOCK_BYTES + (BLOCK_BYTES >> 3));
        let (mut block, mut start) = (Vec::with_capacity(most), 0);
        for &(end, fields) in &self.lines {
            block.extend_from_slice(&self.text[start..end as usize]);
            start = end as usize;
            if fields > 0 {
                block.resize(block.len() + (self.widest - fields) as usize, b',');
            }
            block.push(b'\n');
            if block.len() >= BLOCK_BYTES {
                take(&block);
                block.clear();
            }
        }
        if !block.is_empty() {
            take(&block);
        }
    }
}

/// Appends a field, within quotes where it must be.
fn push_field(csv: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if !bytes.iter().any(special) {
        return csv.extend_from_slice(bytes);
    }
    csv.push(b'"');
    for (at, piece) in bytes.split(|&byte| byte == b'"').enumerate() {
        if at > 0 {
            csv.extend_from_slice(b"\"\"");
        }
        csv.extend_from_slice(piece);
    }
    csv.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(sheet: Sheet) -> String {
        let mut csv = Vec::new();
        let sheet = sheet.finish().unwrap().unwrap();
        sheet.write(&mut |block| csv.extend_from_slice(block));
        assert_eq!(csv.len() as u64, sheet.csv_bytes());
        String::from_utf8(csv).unwrap()
    }

    #[test]
    fn lines_have_the_numbers_of_rows_and_equally_many_fields() {
        let mut sheet = Sheet::default();
        for (row, cells) in [
            (1, &[(0, "order"), (2, "total, net")][..]),
            (2, &[(1, "b"), (3, "say \"hi\"\nAnn")]),
            (4, &[(0, "c"), (1, "  ")]),
            (9, &[]),
        ] {
            sheet.begin_row(row).unwrap();
            for (column, text) in cells {
                sheet.fill(*column, text);
            }
        }
        assert_eq!(csv(sheet), "\norder,,\"total, net\",\n,b,,\"say \"\"hi\"\"\nAnn\"\n\nc,,,\n");
    }

    #[test]
    fn one_column_is_no_table() {
        let mut sheet = Sheet::default();
        sheet.fill(0, "Notes");
        assert!(sheet.finish().unwrap().is_none());
        assert!(Sheet::default().finish().unwrap().is_none());
    }

    #[test]
    fn a_remark_far_to_the_right_does_not_fill_the_memory_with_commas() {
        let mut sheet = Sheet::default();
        sheet.fill(MOST_COLUMNS - 1, "remark");
        for row in 1..MOST_ROWS {
            sheet.begin_row(row).unwrap();
            sheet.fill(0, "1");
        }
        assert!(matches!(sheet.finish(), Err(Refusal::TooLarge { .. })));
    }
}
