//! Columns of text. Two forms: lengths and bytes; or, where every row is the same prefix with a
//! number after it, the numbers alone: a million order numbers `SO00000001` take 2 bytes each at
//! most, not 10.

use super::{CodecError, Reader, read_numbers, write_numbers};
use model::TextColumn;
use std::ops::Range;

const PLAIN: u8 = 0;
const NUMBERED: u8 = 1;

/// Writes the texts of some rows.
///
/// Numbered: 1, digits u8, length of the prefix u8, prefix, numbers.
/// Plain: 0, lengths as numbers, all bytes.
pub(crate) fn write_texts(column: &TextColumn, rows: Range<usize>, out: &mut Vec<u8>) {
    if let Some(numbered) = column.numbered(rows.clone()) {
        out.extend_from_slice(&[NUMBERED, numbered.digits, numbered.prefix.len() as u8]);
        out.extend_from_slice(numbered.prefix.as_bytes());
        let numbers: Vec<i64> = numbered.numbers.iter().map(|&number| number as i64).collect();
        return write_numbers(&numbers, out);
    }
    out.push(PLAIN);
    let lengths: Vec<i64> = rows.clone().map(|row| column.bytes_of(row).len() as i64).collect();
    write_numbers(&lengths, out);
    for row in rows {
        out.extend_from_slice(column.bytes_of(row));
    }
}

/// Reads a column of `rows` texts to the end of `out`.
pub(crate) fn read_texts(
    reader: &mut Reader,
    rows: usize,
    out: &mut TextColumn,
) -> Result<(), CodecError> {
    match reader.u8()? {
        PLAIN => read_plain(reader, rows, out),
        NUMBERED => read_numbered(reader, rows, out),
        _ => Err(CodecError::Malformed("text")),
    }
}

fn read_plain(reader: &mut Reader, rows: usize, out: &mut TextColumn) -> Result<(), CodecError> {
    let mut lengths = Vec::with_capacity(rows);
    read_numbers(reader, rows, &mut lengths)?;
    let total = lengths.iter().try_fold(0_usize, |sum, &length| {
        usize::try_from(length).ok().and_then(|length| sum.checked_add(length))
    });
    let bytes = reader.take(total.ok_or(CodecError::Malformed("text lengths"))?)?;
    if out.extend_from_parts(bytes, &lengths) { Ok(()) } else { Err(CodecError::Malformed("text")) }
}

fn read_numbered(reader: &mut Reader, rows: usize, out: &mut TextColumn) -> Result<(), CodecError> {
    let malformed = || CodecError::Malformed("numbered text");
    let digits = reader.u8()?;
    let prefix_len = usize::from(reader.u8()?);
    let prefix = std::str::from_utf8(reader.take(prefix_len)?).ok().ok_or_else(malformed)?;
    let mut numbers = Vec::with_capacity(rows);
    read_numbers(reader, rows, &mut numbers)?;
    let numbers = numbers.into_iter().map(|number| number as u64).collect();
    if out.extend_numbered(prefix, digits, numbers) { Ok(()) } else { Err(malformed()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(texts: &[&str]) -> Vec<u8> {
        let column: TextColumn = texts.iter().copied().collect();
        let mut bytes = Vec::new();
        write_texts(&column, 0..texts.len(), &mut bytes);
        let (mut reader, mut out) = (Reader { rest: &bytes }, TextColumn::new());
        read_texts(&mut reader, texts.len(), &mut out).unwrap();
        reader.finish().unwrap();
        assert_eq!(out.iter().collect::<Vec<_>>(), texts);
        bytes
    }

    #[test]
    fn texts_come_back_letter_by_letter_in_the_form_that_fits() {
        for (texts, form) in [
            (&["SO00000001", "SO00000003", "SO00000002"][..], NUMBERED),
            (&["#9999", "#10000"], NUMBERED),
            (&["0", "10", "7"], NUMBERED),
            (&["007", "010", "100"], NUMBERED),
            (&["7", "07"], PLAIN),
            (&["9999999999999999999", "0000000000000000001"], NUMBERED),
            (&["12345678901234567890", "15"], NUMBERED),
            (&["订单2024-0001", "订单2024-0002"], NUMBERED),
            (&["A1", "B1"], PLAIN),
            (&["A", "A1"], PLAIN),
            (&["", "1"], PLAIN),
            (&["", "", ""], PLAIN),
            (&["张三", "", "Ann", "O'Hara"], PLAIN),
            (&[], PLAIN),
        ] {
            assert_eq!(encoded(texts)[0], form, "{texts:?}");
        }
    }

    #[test]
    fn ascending_order_numbers_take_next_to_nothing() {
        let texts: Vec<String> = (0..1000).map(|n| format!("SO{n:08}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(encoded(&texts).len(), 22);
    }
}
