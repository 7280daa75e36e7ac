//! Excel's binary formats: xls, and the rare xlsb.

use super::format::Format;
use super::value::{FIRST_NO_DATE, push_date, push_float, push_formatted, push_iso};
use super::{Hidden, Tables};
use crate::archive::Archive;
use crate::bounds::Budget;
use crate::refusal::{NoTable, Refusal, damaged};
use crate::sheet::{MOST_ROWS, Sheet};
use crate::table::Table;
use calamine::{
    DataType, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, SheetVisible, Xls, XlsError,
    Xlsb,
};
use memchr::memmem;
use std::io::{self, Cursor};

/// An xls sheet has so many rows at most.
const MOST_XLS_ROWS: u32 = 65_536;

/// `EncryptedPackage` in UTF-16: the stream of a new workbook behind a password.
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
/// `Workbook` and `Book` in UTF-16, the streams of old ones.
const WORKBOOK: &[u8] = b"W\0o\0r\0k\0b\0o\0o\0k\0";
const BOOK: &[u8] = b"B\0o\0o\0k\0\0\0";

/// Makes a table of each sheet of an OLE file that shows.
pub fn unpack_xls(bytes: &[u8], file: &str, take: &mut dyn FnMut(Table)) -> Result<(), Refusal> {
    let has = |name: &[u8]| memmem::find(bytes, name).is_some();
    if has(ENCRYPTED) {
        return Err(Refusal::Encrypted);
    }
    if !has(WORKBOOK) && !has(BOOK) {
        return Err(Refusal::NotATable(NoTable::Binary));
    }
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Encrypted,
        _ => Refusal::Damaged,
    })?;
    let (names, hidden) = visible(workbook.sheets_metadata());
    let mut tables = Tables::new(file, hidden, take);
    for name in names {
        let range = workbook.worksheet_range(&name).map_err(damaged)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut sheet = Sheet::default();
        let mut text = String::new();
        for (row, cells) in range.rows().enumerate() {
            sheet.begin_row(first_row + row as u32)?;
            for (column, cell) in cells.iter().enumerate() {
                text.clear();
                push_cell(cell, &mut text);
                sheet.fill(first_column + column as u32, &text);
            }
        }
        tables.take(&name, sheet, MOST_XLS_ROWS)?;
    }
    tables.finish()
}

/// Makes a table of each sheet of an xlsb that shows.
pub fn unpack_xlsb(
    bytes: &[u8],
    archive: &mut Archive<'_>,
    budget: &Budget,
    file: &str,
    take: &mut dyn FnMut(Table),
) -> Result<(), Refusal> {
    // The library unpacks uncounted, so that all is unpacked once before for nothing but its size.
    for at in 0..archive.members().len() {
        let unpacked = io::copy(&mut archive.member(at)?, &mut io::sink());
        unpacked.map_err(|error| budget.refusal(damaged(error)))?;
    }
    let mut workbook = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
    let (names, hidden) = visible(workbook.sheets_metadata());
    let mut tables = Tables::new(file, hidden, take);
    for name in names {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
        let (mut sheet, mut text) = (Sheet::default(), String::new());
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            sheet.begin_row(row)?;
            text.clear();
            push_cell(cell.get_value(), &mut text);
            sheet.fill(column, &text);
        }
        tables.take(&name, sheet, MOST_ROWS)?;
    }
    tables.finish()
}

/// The names of the worksheets that show, and those that do not.
fn visible(sheets: &[calamine::Sheet]) -> (Vec<String>, Hidden) {
    let (mut names, mut hidden) = (Vec::new(), Hidden::default());
    for sheet in sheets.iter().filter(|it| it.typ == SheetType::WorkSheet) {
        match sheet.visible {
            SheetVisible::Visible => names.push(sheet.name.clone()),
            SheetVisible::Hidden | SheetVisible::VeryHidden => hidden.leave_out(&sheet.name),
        }
    }
    (names, hidden)
}

fn push_cell(cell: &impl DataType, text: &mut String) {
    if let Some(value) = cell.get_float() {
        push_float(value, text);
    } else if let Some(value) = cell.get_int() {
        push_float(value as f64, text);
    } else if let Some(value) = cell.get_bool() {
        text.push_str(if value { "TRUE" } else { "FALSE" });
    } else if let Some(value) = cell.get_datetime() {
        push_date_time(&value, text);
    } else if let Some(value) = cell.get_datetime_iso() {
        push_iso(value, text);
    } else {
        text.push_str(cell.get_string().unwrap_or_default());
    }
}

/// The library does not say whether the format shows a time: a whole number is a day.
fn push_date_time(value: &ExcelDateTime, text: &mut String) {
    let serial = value.as_f64();
    if value.is_duration() {
        return push_formatted(&serial.to_string(), Format::Duration, false, text);
    }
    if !(0.0..FIRST_NO_DATE).contains(&serial) {
        return push_float(serial, text);
    }
    let is_1904 = *value == ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, true);
    push_date(serial, serial.fract() == 0.0, is_1904, text);
}
