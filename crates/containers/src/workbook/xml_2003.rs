//! The XML of Excel 2003, which some systems still write and name `.xls`.

use super::value::{push_iso, push_number};
use super::{Hidden, Tables};
use crate::markup::{Markup, Tag, Token};
use crate::refusal::Refusal;
use crate::sheet::{MOST_ROWS, Sheet};
use crate::table::Table;

/// A sheet that is being read.
#[derive(Default)]
struct Reading {
    sheet: Sheet,
    name: String,
    is_hidden: bool,
    row: u32,
    column: u32,
    /// Further columns that the cell takes.
    across: u32,
    kind: Vec<u8>,
    value: String,
}

/// Makes a table of each sheet that shows.
pub fn unpack_xml_2003(file: &str, text: &str, take: &mut dyn FnMut(Table)) -> Result<(), Refusal> {
    let mut markup = Markup::new(text.as_bytes());
    let (mut sheets, mut hidden) = (Vec::new(), Hidden::default());
    let (mut reading, mut in_value, mut in_state, mut is_whole) =
        (Reading::default(), false, false, false);
    let mut state = String::new();
    while let Some(token) = markup.next()? {
        match token {
            Token::Open(tag) => match tag.name {
                b"Worksheet" => {
                    reading = Reading {
                        name: tag.text(b"name").unwrap_or_default(),
                        ..Reading::default()
                    };
                }
                b"Data" => {
                    in_value = true;
                    reading.kind = tag.attribute(b"type").unwrap_or_default().to_vec();
                }
                b"Visible" => in_state = true,
                _ => reading.open(&tag)?,
            },
            Token::Text(text) if in_value => text.push_to(&mut reading.value),
            Token::Text(text) if in_state => text.push_to(&mut state),
            Token::Text(_) => {}
            Token::Close(name) => match name {
                b"Data" => in_value = false,
                b"Cell" => reading.end_cell(),
                b"Row" => reading.row += 1,
                b"Visible" => {
                    in_state = false;
                    reading.is_hidden =
                        state.starts_with("SheetHidden") || state.starts_with("SheetVeryHidden");
                    state.clear();
                }
                b"Worksheet" => {
                    let Reading { sheet, name, is_hidden, .. } = std::mem::take(&mut reading);
                    if is_hidden {
                        hidden.leave_out(&name);
                    } else {
                        sheets.push((name, sheet));
                    }
                }
                b"Workbook" => is_whole = true,
                _ => {}
            },
        }
    }
    if !is_whole {
        return Err(Refusal::Damaged);
    }
    let mut tables = Tables::new(file, hidden, take);
    for (name, sheet) in sheets {
        tables.take(&name, sheet, MOST_ROWS)?;
    }
    tables.finish()
}

impl Reading {
    /// Rows and cells count from 1, and go on behind the one before where they say no number.
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        let number = tag.number(b"Index").map(|number| number.saturating_sub(1));
        match tag.name {
            b"Row" => {
                self.row = number.unwrap_or(self.row);
                self.column = 0;
                self.sheet.begin_row(self.row)?;
            }
            b"Cell" => {
                self.column = number.unwrap_or(self.column);
                self.across = tag.number(b"MergeAcross").unwrap_or(0);
                self.value.clear();
                self.kind.clear();
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let mut text = String::new();
        match &*self.kind {
            b"Number" => push_number(&self.value, &mut text),
            b"DateTime" => push_iso(&self.value, &mut text),
            b"Boolean" => text.push_str(if self.value.trim() == "1" { "TRUE" } else { "FALSE" }),
            b"Error" => {}
            _ => text.push_str(&self.value),
        }
        self.sheet.fill(self.column, &text);
        self.column = self.column.saturating_add(1).saturating_add(self.across);
    }
}
