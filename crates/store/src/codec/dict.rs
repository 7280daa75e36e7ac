//! Columns whose values repeat: the names that occur, and a code a row. Every chunk carries its own
//! names; where chunks are joined, codes are translated.

use super::{CodecError, MAX_ROWS, Reader, read_numbers, read_texts, write_numbers, write_texts};
use model::{Currency, DictColumn, TextColumn};
use std::collections::HashMap;
use std::ops::Range;

fn write_names<'a>(names: impl ExactSizeIterator<Item = &'a str>, out: &mut Vec<u8>) {
    let names: TextColumn = names.collect();
    out.extend_from_slice(&(names.len() as u32).to_le_bytes());
    write_texts(&names, 0..names.len(), out);
}

fn read_names(reader: &mut Reader) -> Result<TextColumn, CodecError> {
    let count = reader.u32()? as usize;
    if count > MAX_ROWS {
        return Err(CodecError::Malformed("names"));
    }
    let mut names = TextColumn::new();
    read_texts(reader, count, &mut names)?;
    Ok(names)
}

/// Writes the codes of some rows with the names that they use, in order of first appearance.
pub(crate) fn write_codes(
    column: &DictColumn,
    rows: Range<usize>,
    out: &mut Vec<u8>,
) -> Result<(), CodecError> {
    let mut own_codes: Vec<Option<u16>> = vec![None; column.names.len()];
    let mut names: Vec<&str> = Vec::new();
    let mut codes: Vec<i64> = Vec::with_capacity(rows.len());
    for &code in &column.codes[rows] {
        let own = own_codes.get_mut(usize::from(code)).ok_or(CodecError::Dangling("name"))?;
        let own = *own.get_or_insert_with(|| {
            names.push(&column.names[usize::from(code)]);
            (names.len() - 1) as u16
        });
        codes.push(i64::from(own));
    }
    write_names(names.into_iter(), out);
    write_numbers(&codes, out);
    Ok(())
}

/// Reads the codes of `rows` rows to the end of `out`, whose names grow by those not known yet.
pub(crate) fn read_codes(
    reader: &mut Reader,
    rows: usize,
    out: &mut DictColumn,
) -> Result<(), CodecError> {
    let names = read_names(reader)?;
    let mut known: HashMap<&str, usize> =
        out.names.iter().enumerate().map(|(code, name)| (name.as_str(), code)).collect();
    let (before, mut added) = (out.names.len(), Vec::new());
    let mut joined = Vec::with_capacity(names.len());
    for name in names.iter() {
        let code = *known.entry(name).or_insert_with(|| {
            added.push(name.to_owned());
            before + added.len() - 1
        });
        joined.push(u16::try_from(code).ok().ok_or(CodecError::Malformed("names"))?);
    }
    out.names.append(&mut added);
    let mut codes = Vec::with_capacity(rows);
    read_numbers(reader, rows, &mut codes)?;
    for code in codes {
        let joined = usize::try_from(code).ok().and_then(|code| joined.get(code));
        out.codes.push(*joined.ok_or(CodecError::Dangling("name"))?);
    }
    Ok(())
}

/// Writes the list of currencies; the shop's own is the empty name.
pub(crate) fn write_currencies(currencies: &[Option<Currency>], out: &mut Vec<u8>) {
    write_names(currencies.iter().map(|currency| currency.map_or("", Currency::code)), out);
}

/// Reads a list of currencies into `out` and returns what each of its codes is there.
pub(crate) fn read_currencies(
    reader: &mut Reader,
    out: &mut Vec<Option<Currency>>,
) -> Result<Vec<u8>, CodecError> {
    let malformed = CodecError::Malformed("currencies");
    let mut joined = Vec::new();
    for name in read_names(reader)?.iter() {
        let currency = match name {
            "" => None,
            code => Some(Currency::from_code(code).ok_or_else(|| malformed.clone())?),
        };
        let place = out.iter().position(|known| *known == currency).unwrap_or_else(|| {
            out.push(currency);
            out.len() - 1
        });
        joined.push(u8::try_from(place).ok().ok_or_else(|| malformed.clone())?);
    }
    Ok(joined)
}
