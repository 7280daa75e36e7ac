//! Reads a recognised file, block by block, into a batch.

use crate::Context;
use crate::amounts::DecimalMark;
use crate::answers::Answers;
use crate::batch::{self, Batch};
use crate::cells::Cells;
use crate::customers::Customers;
use crate::encoding::Decoder;
use crate::formats::Formats;
use crate::orders::{Lines, Orders};
use crate::people::People;
use crate::recognise::{Recognised, SIZE_LIMIT};
use crate::refusal::Refusal;
use crate::role::{Mapping, Role};
use crate::rows::Rows;
use crate::sink::Sink;
use crate::splitter::{MAX_RECORD, Splitter, Step};
use crate::warnings::WarningCode;
use xxhash_rust::xxh3::Xxh3;

/// What came of reading a file.
#[derive(Debug)]
pub enum Finished {
    /// The file's orders.
    Batch(Box<Batch>),
    /// The whole column has shown that a format guessed from the head was wrong: read the file once
    /// more, with these answers.
    ReadAgain(Answers),
}

/// After so many quotes that nothing closes, a quote no longer reaches past its line.
const LOST_QUOTES: u32 = 16;
/// Rows of a spreadsheet's largest sheet, the header among them.
const SHEET_ROWS: u64 = 1_048_576;

/// Reads a file: bytes in by [`Reader::push`], the batch out by [`Reader::finish`].
pub struct Reader {
    recognised: Recognised,
    answers: Answers,
    decoder: Decoder,
    splitter: Splitter,
    hash: Xxh3,
    rows: Sink,
    /// Text whose record goes on in the next block.
    pending: String,
    /// Line on which the next record begins.
    line: u32,
    preamble: u64,
    lost_quotes: u32,
    /// Inside a line that is too long: nothing counts up to its end.
    is_skipping: bool,
    bytes: u64,
}

impl Reader {
    /// A reader at the start of the file; `size` is the file's, in bytes.
    pub fn new(
        recognised: &Recognised,
        answers: &Answers,
        context: &Context,
        size: u64,
    ) -> Result<Reader, Refusal> {
        let mut formats = recognised.formats;
        if let Some(date_order) = answers.date_order {
            (formats.date_order, formats.date_settled) = (date_order, true);
        }
        if let Some(decimal_mark) = answers.decimal_mark {
            (formats.decimal_mark, formats.mark_settled) = (decimal_mark, true);
            formats.column_marks = [None; Role::ALL.len()];
        }
        let rows = match &recognised.form {
            Some(form) => {
                let missing = form.missing();
                if !missing.is_empty() && !form.is_cards {
                    let columns = recognised.columns.clone();
                    return Err(Refusal::MissingColumns { missing, columns });
                }
                Sink::People(Box::new(People::new(form, recognised, answers, formats, context)))
            }
            None => Sink::Orders(Box::new(of_orders(recognised, answers, formats, context, size)?)),
        };
        Ok(Reader {
            recognised: recognised.clone(),
            answers: answers.clone(),
            decoder: Decoder::new(recognised.encoding),
            splitter: Splitter::new(recognised.dialect),
            hash: Xxh3::new(),
            rows,
            pending: String::new(),
            line: 1,
            preamble: 0,
            lost_quotes: 0,
            is_skipping: false,
            bytes: 0,
        })
    }

    /// Reads the next block of the file. Blocks may be cut anywhere.
    pub fn push(&mut self, block: &[u8]) {
        self.hash.update(block);
        self.bytes += block.len() as u64;
        self.decoder.decode(block, false, &mut self.pending);
        self.consume(false);
    }

    /// Counts letters that were lost before the text came here: U+FFFD in place of them.
    pub const fn note_lost(&mut self, letters: u64) {
        self.decoder.bad_bytes += letters;
    }

    /// How many rows were read so far, for progress.
    pub fn rows_so_far(&self) -> u64 {
        self.rows.seen()
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Finished, Refusal> {
        self.decoder.decode(&[], true, &mut self.pending);
        self.consume(true);
        if let Sink::People(people) = &mut self.rows {
            people.end_lines();
        }
        if self.bytes == 0 {
            return Err(Refusal::EmptyFile);
        }
        if self.rows.seen() == 0 {
            return Err(Refusal::HeaderOnly);
        }
        if let Some(answers) = self.better_answers() {
            return Ok(Finished::ReadAgain(answers));
        }
        self.note_what_the_file_showed();
        let (recognised, answers, hash) = (&self.recognised, &self.answers, self.hash.digest128());
        let batch = match self.rows {
            Sink::Orders(rows) => batch::build(*rows, recognised, answers, hash),
            Sink::People(people) => people.finish(recognised, answers, hash),
        };
        Ok(Finished::Batch(Box::new(batch)))
    }

    fn note_what_the_file_showed(&mut self) {
        let (marks, dates) = (self.rows.cells().marks, self.rows.cells().dates);
        let doubtful_days = self.rows.doubtful_days();
        let is_nameless = self.recognised.header_line == 0 && self.rows.has_header();
        let above = self.preamble + u64::from(self.recognised.header_line > 0);
        let is_full_sheet = self.rows.seen() + above == SHEET_ROWS;
        let warnings = self.rows.warnings();
        if self.preamble > 0 {
            warnings.add(WarningCode::PreambleSkipped, self.preamble);
        }
        warnings.add(WarningCode::NoHeader, u64::from(is_nameless));
        if is_full_sheet {
            warnings.add_word(WarningCode::RowLimitReached, 1, &SHEET_ROWS.to_string());
        }
        warnings.add(WarningCode::BadBytes, self.decoder.bad_bytes);
        warnings.add(WarningCode::NulBytes, self.decoder.nul_bytes);
        let guess = self.decoder.encoding().name();
        warnings.add_word(WarningCode::EncodingGuessed, self.decoder.guessed, guess);
        if marks.agree + marks.contrary == 0 && self.answers.decimal_mark.is_none() {
            warnings.add(WarningCode::AmbiguousAmounts, marks.either);
        }
        if dates.contrary > 0 {
            warnings.add(WarningCode::MixedDateOrders, dates.contrary);
        } else if dates.agree == 0 && self.answers.date_order.is_none() {
            warnings.add(WarningCode::AmbiguousDates, doubtful_days);
        }
    }

    /// What should have been assumed, if the file belies what was and nothing in it agrees.
    fn better_answers(&self) -> Option<Answers> {
        let (cells, mut answers) = (self.rows.cells(), self.answers.clone());
        let belied = |votes: crate::cells::Votes| votes.contrary > 0 && votes.agree == 0;
        if !cells.formats.date_settled && belied(cells.dates) {
            answers.date_order = Some(cells.formats.date_order.other());
        }
        if !cells.formats.mark_settled && belied(cells.marks) {
            answers.decimal_mark = Some(match cells.formats.decimal_mark {
                DecimalMark::Point => DecimalMark::Comma,
                DecimalMark::Comma => DecimalMark::Point,
            });
        }
        // Amounts that were read by the wrong mark tell nothing.
        let is_open = self.answers.row_amounts.is_none() && !self.recognised.row_amounts_told;
        if let Sink::Orders(rows) = &self.rows
            && is_open
            && answers == self.answers
            && rows.votes.model() != rows.row_amounts
        {
            answers.row_amounts = Some(rows.votes.model());
        }
        (answers != self.answers).then_some(answers)
    }

    /// Reads every record that is whole.
    fn consume(&mut self, at_end: bool) {
        let mut text = std::mem::take(&mut self.pending);
        let mut at = 0;
        while at < text.len() {
            match self.next(&text[at..], at_end) {
                Some(length) => at += length,
                None => break,
            }
        }
        text.drain(..at);
        self.pending = text;
    }

    /// Reads what stands at the start of `text` and gives its length; `None`: more text is needed.
    fn next(&mut self, text: &str, at_end: bool) -> Option<usize> {
        if let Sink::People(people) = &mut self.rows
            && people.reads_lines()
        {
            return people.next_line(text, at_end, &mut self.line);
        }
        let newline = self.recognised.dialect.newline;
        if self.is_skipping {
            let end = text.bytes().position(|byte| byte == newline);
            self.is_skipping = end.is_none();
            self.line += u32::from(end.is_some());
            return Some(end.map_or(text.len(), |end| end + 1));
        }
        let line_is_whole = || text.bytes().take(MAX_RECORD).any(|byte| byte == newline);
        let step = if self.lost_quotes < LOST_QUOTES {
            match self.splitter.record(text, at_end) {
                Step::Unclosed { to_end } => {
                    self.lost_quotes += 1;
                    if to_end {
                        self.rows.is_torn();
                    }
                    self.rows.warnings().note(WarningCode::UnclosedQuote, self.line);
                    self.splitter.line(text)
                }
                step => step,
            }
        } else if at_end || text.len() > MAX_RECORD || line_is_whole() {
            self.splitter.line(text)
        } else {
            return None;
        };
        let (record, length, terminated, inner_lines) = match step {
            Step::Record { record, length, terminated, inner_lines } => {
                (record, length, terminated, inner_lines)
            }
            Step::NeedMore => return None,
            Step::Unclosed { .. } => {
                self.too_long(text);
                return Some(0);
            }
        };
        let line = self.line;
        self.line += inner_lines + u32::from(terminated);
        if line > self.recognised.header_line {
            if !record.is_blank() {
                self.rows.take(record, line, terminated);
            }
        } else if line < self.recognised.header_line && !record.is_blank() {
            self.preamble += u64::from(!record.raw.starts_with("sep="));
        }
        Some(length)
    }

    fn too_long(&mut self, text: &str) {
        self.is_skipping = true;
        if self.line > self.recognised.header_line {
            self.rows.too_long(self.line, text);
        }
    }
}

/// What reads the rows of a file of orders.
fn of_orders(
    recognised: &Recognised,
    answers: &Answers,
    formats: Formats,
    context: &Context,
    size: u64,
) -> Result<Rows, Refusal> {
    let pairs = answers.mapping.as_ref().unwrap_or(&recognised.mapping);
    let mapping = Mapping::new(pairs);
    let profile = recognised.platform.profile();
    let missing = profile.missing(&mapping);
    if !missing.is_empty() {
        let columns = recognised.columns.clone();
        return Err(Refusal::MissingColumns { missing, columns });
    }
    let rows = size.min(SIZE_LIMIT) as usize / recognised.bytes_per_row.max(8);
    // A little more than likely: to grow is to copy, and wasm never gives memory back. A head
    // of short rows must not reserve what the file never fills.
    let rows = (rows + rows / 32 + 1).min(1 << 22);
    let estimated = (rows / 100 + 1) * recognised.orders_per_100;
    let has_column = |role| mapping.has(role);
    let mut orders = Orders::new(estimated, has_column(Role::Discount), has_column(Role::Channel));
    orders.table.number =
        model::TextColumn::with_capacity(estimated, estimated * recognised.bytes_per_number);
    let lines = Lines::new(if mapping.has_lines() { rows } else { 0 });
    let customers = Customers::new(profile.keys(), context);
    let names_only = mapping.has_names() && !mapping.has_key();
    let by_name = names_only.then_some(answers.by_name);
    let cells = Cells::new(formats, &mapping, recognised, context.clone(), by_name);
    let row_amounts = answers.row_amounts.unwrap_or(recognised.row_amounts);
    let columns = recognised.columns.clone();
    Ok(Rows::new(mapping, columns, recognised, row_amounts, cells, (orders, lines, customers)))
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("line", &self.line)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}
