//! The open format that `LibreOffice` and its kin write (OASIS Open Document 1.3, part 3).

use super::value::{push_iso, push_number};
use super::{Hidden, Tables};
use crate::archive::Archive;
use crate::bounds::Budget;
use crate::markup::{Markup, Tag, Token};
use crate::refusal::Refusal;
use crate::sheet::{MOST_COLUMNS, MOST_ROWS, Sheet};
use crate::table::Table;
use std::collections::HashSet;
use std::io::Read;

/// Makes a table of each sheet that shows.
pub fn unpack_ods(
    archive: &mut Archive<'_>,
    budget: &Budget,
    file: &str,
    take: &mut dyn FnMut(Table),
) -> Result<(), Refusal> {
    if is_encrypted(archive)? {
        return Err(Refusal::Encrypted);
    }
    let content = archive.find("content.xml").ok_or(Refusal::Damaged)?;
    let mut reading = Reading::default();
    let read = reading.read(archive.member(content)?);
    read.map_err(|refusal| budget.refusal(refusal))?;
    let mut tables = Tables::new(file, reading.hidden, take);
    for (name, sheet) in reading.sheets {
        tables.take(&name, sheet, MOST_ROWS)?;
    }
    tables.finish()
}

fn is_encrypted(archive: &mut Archive<'_>) -> Result<bool, Refusal> {
    if archive.find("encrypted-package").is_some() {
        return Ok(true);
    }
    let Some(manifest) = archive.find("META-INF/manifest.xml") else { return Ok(false) };
    let mut markup = Markup::new(archive.member(manifest)?);
    while let Some(token) = markup.next()? {
        if matches!(token, Token::Open(tag) if tag.name == b"encryption-data") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A cell that is being read.
#[derive(Debug, Default)]
struct Cell {
    /// Its value, if that is no text.
    value: Option<String>,
    text: String,
    /// So many cells have this content.
    repeated: u32,
}

/// The sheets read so far, and where the reading stands.
#[derive(Default)]
struct Reading {
    sheets: Vec<(String, Sheet)>,
    hidden: Hidden,
    /// Names of the styles that hide a sheet.
    hiding: HashSet<String>,
    style: String,
    cell: Option<Cell>,
    /// Filled cells of the row that is being read, by column.
    row: Vec<(u32, String)>,
    column: u32,
    row_number: u32,
    rows_repeated: u32,
    /// Within so many elements that belong to no cell's text, as a remark at it.
    aside: u32,
}

impl Reading {
    fn read(&mut self, input: impl Read) -> Result<(), Refusal> {
        let mut markup = Markup::new(input);
        let mut is_whole = false;
        let mut current: Option<(String, Sheet, bool)> = None;
        while let Some(token) = markup.next()? {
            match token {
                Token::Open(tag) => match tag.name {
                    b"style" => self.style = tag.text(b"name").unwrap_or_default(),
                    b"table-properties" if tag.attribute(b"display") == Some(b"false") => {
                        self.hiding.insert(std::mem::take(&mut self.style));
                    }
                    b"table" if current.is_none() => {
                        let style = tag.text(b"style-name").unwrap_or_default();
                        let name = tag.text(b"name").unwrap_or_default();
                        current = Some((name, Sheet::default(), self.hiding.contains(&style)));
                        self.row_number = 0;
                    }
                    _ => self.open(&tag),
                },
                Token::Text(text) => {
                    if let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) {
                        text.push_to(&mut cell.text);
                    }
                }
                Token::Close(b"table") => {
                    if let Some((name, sheet, is_hidden)) = current.take() {
                        if is_hidden {
                            self.hidden.leave_out(&name);
                        } else {
                            self.sheets.push((name, sheet));
                        }
                    }
                }
                Token::Close(b"table-row") => {
                    if let Some((_, sheet, _)) = &mut current {
                        self.end_row(sheet)?;
                    }
                }
                Token::Close(b"document-content") => is_whole = true,
                Token::Close(name) => self.close(name),
            }
        }
        if is_whole { Ok(()) } else { Err(Refusal::Damaged) }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"table-row" => {
                self.rows_repeated = tag.number(b"number-rows-repeated").unwrap_or(1);
                (self.column, self.cell) = (0, None);
                self.row.clear();
            }
            b"table-cell" | b"covered-table-cell" => {
                let repeated = tag.number(b"number-columns-repeated").unwrap_or(1);
                self.cell = Some(Cell { value: value_of(tag), text: String::new(), repeated });
            }
            b"annotation" | b"shapes" | b"frame" => self.aside += 1,
            _ => {
                let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) else { return };
                match tag.name {
                    b"p" if !cell.text.is_empty() => cell.text.push('\n'),
                    b"line-break" => cell.text.push('\n'),
                    b"tab" => cell.text.push('\t'),
                    b"s" => {
                        let blanks = tag.number(b"c").unwrap_or(1).min(1_000);
                        cell.text.extend((0..blanks).map(|_| ' '));
                    }
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"annotation" | b"shapes" | b"frame" => self.aside = self.aside.saturating_sub(1),
            b"table-cell" | b"covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return };
                let text = cell.value.unwrap_or(cell.text);
                let end = self.column.saturating_add(cell.repeated).min(MOST_COLUMNS);
                if !text.trim().is_empty() {
                    self.row.extend((self.column..end).map(|column| (column, text.clone())));
                }
                self.column = end;
            }
            _ => {}
        }
    }

    /// Empty rows are often repeated to the end of the sheet: they stand for nothing.
    fn end_row(&mut self, sheet: &mut Sheet) -> Result<(), Refusal> {
        let first = self.row_number;
        self.row_number = first.saturating_add(self.rows_repeated).min(MOST_ROWS);
        if self.row.is_empty() {
            return Ok(());
        }
        for row in first..self.row_number {
            sheet.begin_row(row)?;
            for (column, text) in &self.row {
                sheet.fill(*column, text);
            }
            sheet.end_row()?;
        }
        Ok(())
    }
}

/// The value of a cell; `None`: it is its text.
fn value_of(tag: &Tag<'_>) -> Option<String> {
    let mut value = String::new();
    match tag.attribute(b"value-type")? {
        b"float" | b"percentage" | b"currency" => push_number(&tag.text(b"value")?, &mut value),
        b"date" => push_iso(&tag.text(b"date-value")?, &mut value),
        b"time" => value = clock(&tag.text(b"time-value")?)?,
        b"boolean" => value = tag.text(b"boolean-value")?.to_uppercase(),
        b"string" => value = tag.text(b"string-value")?,
        _ => return None,
    }
    Some(value)
}

/// `PT08H26M00S` as `08:26:00`.
fn clock(duration: &str) -> Option<String> {
    let parts = duration.strip_prefix("PT")?.strip_suffix('S')?;
    let (hours, rest) = parts.split_once('H')?;
    let (minutes, seconds) = rest.split_once('M')?;
    let seconds = seconds.split(['.', ',']).next()?;
    Some(format!("{hours}:{minutes}:{seconds}"))
}
