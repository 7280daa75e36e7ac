//! Columns of text.

use crate::numbered::{Numbered, NumberedRows};
use std::cell::OnceCell;
use std::ops::Range;

/// Many texts in one buffer; or, where all are the same prefix and a number, as order numbers are,
/// the numbers alone, until somebody reads a text.
#[derive(Clone, Debug)]
pub struct TextColumn(Form);

#[derive(Clone, Debug)]
enum Form {
    Written(Written),
    /// The numbers, and the texts if somebody has read one.
    Numbered(Numbered, OnceCell<Written>),
}

/// Texts one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Written {
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`; one entry a text.
    ends: Vec<u32>,
}

impl TextColumn {
    /// A column without texts.
    pub const fn new() -> TextColumn {
        TextColumn(Form::Written(Written { bytes: Vec::new(), ends: Vec::new() }))
    }

    /// An empty column with room for `rows` texts of `bytes` bytes together.
    pub fn with_capacity(rows: usize, bytes: usize) -> TextColumn {
        TextColumn(Form::Written(Written {
            bytes: Vec::with_capacity(bytes),
            ends: Vec::with_capacity(rows),
        }))
    }

    /// Puts a text at the end.
    #[inline]
    pub fn push(&mut self, text: &str) {
        self.writable().push(text.as_bytes());
    }

    /// Puts texts at the end that stand one after another in `bytes`, each as long as its number in
    /// `lengths` says; `false`, and nothing is put, if they are not that or not UTF-8.
    pub fn extend_from_parts(&mut self, bytes: &[u8], lengths: &[i64]) -> bool {
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        let Written { bytes: all, ends } = self.writable();
        let (base, rows) = (all.len(), ends.len());
        let mut end = 0_usize;
        ends.reserve(lengths.len());
        let fits = lengths.iter().all(|&length| {
            let next = usize::try_from(length).ok().and_then(|length| end.checked_add(length));
            end = next.unwrap_or(usize::MAX);
            ends.push((base + end.min(bytes.len())) as u32);
            text.is_char_boundary(end)
        });
        if !fits || end != bytes.len() {
            ends.truncate(rows);
            return false;
        }
        all.extend_from_slice(bytes);
        true
    }

    /// Puts texts at the end that are all `prefix` and a number of so many digits, leading zeros
    /// included; 0 digits: as many as the number needs. `false`, and nothing is put, if a number
    /// needs more.
    pub fn extend_numbered(&mut self, prefix: &str, digits: u8, numbers: Vec<u64>) -> bool {
        let Some(more) = Numbered::new(prefix, digits, numbers) else { return false };
        if self.is_empty() {
            self.0 = Form::Numbered(more, OnceCell::new());
            return true;
        }
        match &mut self.0 {
            Form::Numbered(own, written) if own.is_of(prefix, digits) => {
                own.extend(more);
                written.take();
            }
            _ => more.write(|text| self.writable().push(text)),
        }
        true
    }

    /// Some rows as a prefix and numbers, if they are all that.
    pub fn numbered(&self, rows: Range<usize>) -> Option<NumberedRows<'_>> {
        match &self.0 {
            Form::Numbered(numbered, _) => Some(numbered.rows(rows)),
            Form::Written(written) => NumberedRows::of(rows.map(|row| written.bytes_of(row))),
        }
    }

    /// Keeps the numbers alone if all texts are the same prefix and a number: a third of the room.
    pub fn compact(&mut self) {
        if let Form::Written(_) = self.0
            && let Some(numbered) = self.numbered(0..self.len()).and_then(NumberedRows::into_owned)
        {
            self.0 = Form::Numbered(numbered, OnceCell::new());
        }
    }

    /// The text of a row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn get(&self, row: usize) -> &str {
        std::str::from_utf8(self.bytes_of(row)).unwrap_or_default()
    }

    /// The bytes of a row's text, for hashing and comparison without decoding.
    ///
    /// # Panics
    /// If there is no such row.
    #[inline]
    pub fn bytes_of(&self, row: usize) -> &[u8] {
        match &self.0 {
            Form::Written(written) => written.bytes_of(row),
            Form::Numbered(numbered, written) => {
                written.get_or_init(|| Written::of(numbered)).bytes_of(row)
            }
        }
    }

    /// How many texts there are.
    pub const fn len(&self) -> usize {
        match &self.0 {
            Form::Written(written) => written.ends.len(),
            Form::Numbered(numbered, _) => numbered.len(),
        }
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The texts of `rows`, in that order.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn take_rows(&self, rows: &[u32]) -> TextColumn {
        match &self.0 {
            Form::Numbered(numbered, _) => {
                TextColumn(Form::Numbered(numbered.take_rows(rows), OnceCell::new()))
            }
            Form::Written(written) => {
                let mut taken = TextColumn::with_capacity(rows.len(), written.bytes.len());
                let all = taken.writable();
                for &row in rows {
                    all.push(written.bytes_of(row as usize));
                }
                taken
            }
        }
    }

    /// Memory that the texts take, in bytes, once they are read.
    pub fn byte_len(&self) -> usize {
        match &self.0 {
            Form::Written(written) => written.bytes.len(),
            Form::Numbered(numbered, _) => numbered.byte_len(),
        }
    }

    /// Forgets all texts and keeps the memory.
    pub fn clear(&mut self) {
        let Written { bytes, ends } = self.writable();
        bytes.clear();
        ends.clear();
    }

    /// The texts, to put more at the end.
    #[inline]
    fn writable(&mut self) -> &mut Written {
        if let Form::Numbered(numbered, written) = &mut self.0 {
            self.0 = Form::Written(written.take().unwrap_or_else(|| Written::of(numbered)));
        }
        match &mut self.0 {
            Form::Written(written) => written,
            Form::Numbered(_, _) => unreachable!("was written out just now"),
        }
    }
}

impl Written {
    fn of(numbered: &Numbered) -> Written {
        let mut written = Written {
            bytes: Vec::with_capacity(numbered.byte_len()),
            ends: Vec::with_capacity(numbered.len()),
        };
        numbered.write(|text| written.push(text));
        written
    }

    #[inline]
    fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
    }

    #[inline]
    fn bytes_of(&self, row: usize) -> &[u8] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        &self.bytes[start..self.ends[row] as usize]
    }
}

impl Default for TextColumn {
    fn default() -> Self {
        TextColumn::new()
    }
}

/// Columns are equal whose texts are, in whatever form.
impl PartialEq for TextColumn {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && (0..self.len()).all(|row| self.bytes_of(row) == other.bytes_of(row))
    }
}

impl Eq for TextColumn {}

impl<'a> FromIterator<&'a str> for TextColumn {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut column = TextColumn::new();
        texts.into_iter().for_each(|text| column.push(text));
        column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(texts: &[&str]) -> TextColumn {
        texts.iter().copied().collect()
    }

    fn texts(column: &TextColumn) -> Vec<&str> {
        column.iter().collect()
    }

    #[test]
    fn texts_come_back_as_they_were() {
        let all = ["", "SO00000001", "", "张三", "a,b"];
        let column = column(&all);
        assert_eq!(texts(&column), all);
        assert_eq!((column.len(), column.byte_len()), (5, 19));
    }

    #[test]
    fn texts_in_one_piece_are_taken_apart_by_their_lengths() {
        let whole = "SO1张三x".as_bytes();
        let mut column = column(&["first"]);
        assert!(column.extend_from_parts(whole, &[3, 6, 0, 1]));
        assert!(column.extend_from_parts(b"", &[]));
        assert_eq!(texts(&column), ["first", "SO1", "张三", "", "x"]);
        let before = column.clone();
        for (bytes, lengths) in [
            (whole, &[3, 6][..]),
            (whole, &[3, 6, 1, 1]),
            (whole, &[4, 5, 1]),
            (whole, &[-1, 11]),
            (whole, &[i64::MAX, i64::MAX, 12]),
            (&[0xff, 0xfe], &[2]),
        ] {
            assert!(!column.extend_from_parts(bytes, lengths), "{lengths:?}");
            assert_eq!(column, before);
        }
    }

    #[test]
    fn numbers_and_texts_go_together() {
        let mut numbers = TextColumn::new();
        assert!(numbers.extend_numbered("SO", 3, vec![7, 42]));
        assert!(numbers.extend_numbered("SO", 3, vec![999]));
        assert_eq!((numbers.len(), numbers.byte_len()), (3, 15));
        assert_eq!(texts(&numbers), ["SO007", "SO042", "SO999"]);
        assert!(!numbers.extend_numbered("SO", 3, vec![1, 1_000]));
        assert!(numbers.extend_numbered("SO", 3, vec![0]));
        assert_eq!(texts(&numbers), ["SO007", "SO042", "SO999", "SO000"]);
        assert!(numbers.extend_numbered("", 0, vec![5, 1_000]));
        numbers.push("张三");
        let all = ["SO007", "SO042", "SO999", "SO000", "5", "1000", "张三"];
        assert_eq!(texts(&numbers), all);
        assert_eq!(numbers, column(&all));
        numbers.clear();
        assert!(numbers.is_empty());
    }

    #[test]
    fn a_compact_column_is_the_same_column() {
        for all in [
            &["SO007", "SO042", "SO999"][..],
            &["#9999", "#10000"],
            &["订单7", "订单8"],
            &["A", "B"],
            &["", ""],
            &[],
        ] {
            let plain = column(all);
            let mut compact = plain.clone();
            compact.compact();
            assert_eq!(compact, plain);
            let rows: Vec<u32> = (0..all.len() as u32).rev().collect();
            assert_eq!(compact.take_rows(&rows), plain.take_rows(&rows));
            let backwards: Vec<&str> = all.iter().rev().copied().collect();
            assert_eq!(texts(&compact.take_rows(&rows)), backwards);
        }
    }
}
