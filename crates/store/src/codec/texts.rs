//! Columns of text. Two forms: lengths and bytes; or, where every row is the same prefix with a
//! number after it, the numbers alone: a million order numbers `SO00000001` take 2 bytes each at
//! most, not 10.

use super::{CodecError, Reader, read_numbers, write_numbers};
use model::TextColumn;
use std::ops::Range;

const PLAIN: u8 = 0;
const NUMBERED: u8 = 1;

/// Every number of so many digits fits a u64.
const MAX_DIGITS: usize = 19;

/// Rows that are all `prefix` and a number.
struct Series<'a> {
    prefix: &'a [u8],
    /// How many digits every row has, leading zeros included; 0: as many as the number needs.
    digits: u8,
    /// The numbers, u64 by their bits.
    numbers: Vec<i64>,
}

impl<'a> Series<'a> {
    fn of(column: &'a TextColumn, rows: Range<usize>) -> Option<Series<'a>> {
        let first = column.bytes_of(rows.clone().next()?);
        let tail = first.iter().rev().take(MAX_DIGITS).take_while(|b| b.is_ascii_digit()).count();
        let (prefix, first_tail) = first.split_at(first.len() - tail);
        if prefix.len() > usize::from(u8::MAX) {
            return None;
        }
        let (mut fixed, mut unpadded) = (true, true);
        let mut numbers = Vec::with_capacity(rows.len());
        for row in rows {
            let tail = column.bytes_of(row).strip_prefix(prefix)?;
            fixed &= tail.len() == first_tail.len();
            unpadded &= tail.len() == 1 || tail.first() != Some(&b'0');
            if !fixed && !unpadded {
                return None;
            }
            numbers.push(parse_digits(tail)? as i64);
        }
        let digits = if fixed { first_tail.len() as u8 } else { 0 };
        Some(Series { prefix, digits, numbers })
    }
}

fn parse_digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > MAX_DIGITS {
        return None;
    }
    text.iter().try_fold(0_u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + u64::from(digit))
    })
}

/// Writes the texts of some rows.
///
/// Numbered: 1, digits u8, length of the prefix u8, prefix, numbers.
/// Plain: 0, lengths as numbers, all bytes.
pub(crate) fn write_texts(column: &TextColumn, rows: Range<usize>, out: &mut Vec<u8>) {
    if let Some(series) = Series::of(column, rows.clone()) {
        out.extend_from_slice(&[NUMBERED, series.digits, series.prefix.len() as u8]);
        out.extend_from_slice(series.prefix);
        return write_numbers(&series.numbers, out);
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
    let digits = usize::from(reader.u8()?);
    let prefix_len = usize::from(reader.u8()?);
    let prefix = std::str::from_utf8(reader.take(prefix_len)?).ok().ok_or_else(malformed)?;
    let mut numbers = Vec::with_capacity(rows);
    read_numbers(reader, rows, &mut numbers)?;
    let numbers: Vec<u64> = numbers.into_iter().map(|number| number as u64).collect();
    if digits > MAX_DIGITS {
        return Err(malformed());
    }
    if digits == 0 {
        // As many as each number needs.
        for stretch in numbers.chunk_by(|one, next| digits_of(*one) == digits_of(*next)) {
            out.extend_numbered(prefix, digits_of(stretch[0]), stretch);
        }
        return Ok(());
    }
    if numbers.iter().any(|&number| digits_of(number) > digits) {
        return Err(malformed());
    }
    out.extend_numbered(prefix, digits, &numbers);
    Ok(())
}

/// How many digits a number has.
fn digits_of(number: u64) -> usize {
    number.checked_ilog10().unwrap_or(0) as usize + 1
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
