//! Workbooks: each sheet that shows and holds a table becomes one.

mod binary;
mod format;
mod ods;
mod strings;
mod value;
mod xlsx;
mod xml_2003;

pub use binary::{unpack_xls, unpack_xlsb};
pub use ods::unpack_ods;
pub use value::push_number;
pub use xlsx::unpack_xlsx;
pub use xml_2003::unpack_xml_2003;

use crate::note::{Note, NoteCode};
use crate::refusal::Refusal;
use crate::sheet::{MOST_ROWS, Sheet};
use crate::table::Table;
use model::nested_name;

/// Sheets of a workbook that were left out because they are hidden.
#[derive(Debug, Default)]
pub struct Hidden(Vec<String>);

impl Hidden {
    /// Leaves a sheet out.
    pub fn leave_out(&mut self, name: &str) {
        self.0.push(name.to_owned());
    }

    fn note(self) -> Option<Note> {
        let count = self.0.len() as u64;
        (count > 0).then(|| Note::new(NoteCode::HiddenSheets, self.0.join(", "), count))
    }
}

/// Where the tables of a workbook go.
pub struct Tables<'t> {
    file: &'t str,
    take: &'t mut dyn FnMut(Table),
    hidden: Option<Hidden>,
    taken: usize,
}

impl<'t> Tables<'t> {
    /// For a workbook of that name.
    pub fn new(file: &'t str, hidden: Hidden, take: &'t mut dyn FnMut(Table)) -> Tables<'t> {
        Tables { file, take, hidden: Some(hidden), taken: 0 }
    }

    /// Takes a sheet, unless it holds no table. `most_rows`: as many as its program can hold.
    pub fn take(&mut self, name: &str, sheet: Sheet, most_rows: u32) -> Result<(), Refusal> {
        let Some(sheet) = sheet.finish()? else { return Ok(()) };
        let is_full = sheet.rows() == most_rows.min(MOST_ROWS);
        let full = Note::new(NoteCode::RowLimitReached, most_rows.to_string(), 1);
        let hidden = self.hidden.take().and_then(Hidden::note);
        let table = Table::of_sheet(nested_name(self.file, name), sheet);
        (self.take)(table.with_notes(is_full.then_some(full).into_iter().chain(hidden)));
        self.taken += 1;
        Ok(())
    }

    /// Ends the workbook, which must have had a table.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.taken == 0 { Err(Refusal::NothingInside) } else { Ok(()) }
    }
}
