//! What is checked of every row, whatever the file is about.

use crate::left_out::RejectReason;
use crate::oddities::{is_formula, is_markup};
use crate::splitter::Record;
use crate::warnings::{WarningCode, Warnings};

/// Whether a row has as many fields as the header. `may_be_cut`: nothing closes it.
pub(crate) fn check_width(
    record: Record<'_>,
    expected: usize,
    may_be_cut: bool,
) -> Result<(), RejectReason> {
    let found = record.width();
    if found < expected {
        if may_be_cut {
            return Err(RejectReason::CutOff);
        }
        return Err(RejectReason::TooFewFields { found: found as u32, expected: expected as u32 });
    }
    // Delimiters at the end of a row say nothing.
    if (expected..found).any(|at| !record.get(at).is_empty()) {
        return Err(RejectReason::TooManyFields { found: found as u32, expected: expected as u32 });
    }
    Ok(())
}

/// Notes a text that something could happen with elsewhere.
pub(crate) fn note_odd_text(text: &str, line: u32, warnings: &mut Warnings) {
    if is_formula(text) {
        warnings.note(WarningCode::FormulaLikeText, line);
    }
    if is_markup(text) {
        warnings.note(WarningCode::HtmlLikeText, line);
    }
}
