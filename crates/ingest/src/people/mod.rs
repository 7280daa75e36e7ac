//! Files about people: contacts, answers to surveys, service tickets, events, summaries.
//!
//! They share with files of orders all that is about files: encoding, splitter, headers, dates,
//! keys, and the counting of what is left out. A kind is one file here: which of its columns mean
//! what stands in `fields`, what makes a file of that kind in `form`.

mod birthday;
mod consent;
mod contacts;
mod events;
mod fields;
mod form;
mod hashes;
mod keys;
mod questions;
mod responses;
mod scores;
mod summaries;
mod tickets;
mod vcard;

pub(crate) use form::{Form, Table, is_known};

use crate::Context;
use crate::answers::Answers;
use crate::batch::Batch;
use crate::cells::{Cells, Row};
use crate::customers::Customers;
use crate::dates::Reading;
use crate::formats::Formats;
use crate::header::value;
use crate::left_out::{Left, LeftOut, RejectReason, SkipKind};
use crate::recognise::Recognised;
use crate::report::{Question, Report};
use crate::role::{Mapping, Role};
use crate::row_checks::{check_width, note_odd_text};
use crate::splitter::Record;
use crate::suggestions;
use crate::warnings::{WarningCode, Warnings};
use contacts::Contact;
use form::Consents;
use hashes::Hashes;
use keys::Keys;
use model::{LineTable, OrderState, OrderTable, OrderTime, PeopleTables, ProductTable, RecordKind};
use std::rc::Rc;
use vcard::Cards;

/// Everything read so far of a file about people.
#[derive(Debug)]
pub(crate) struct People {
    form: Rc<Form>,
    mapping: Rc<Mapping>,
    columns: Vec<String>,
    pub cells: Cells,
    pub warnings: Warnings,
    pub left: LeftOut,
    pub seen: u64,
    pub used: u64,
    /// A quote stayed open to the end of the file: what is short now was cut.
    pub is_torn: bool,
    customers: Customers,
    tables: PeopleTables,
    /// The rows that were taken.
    rows: Hashes,
    /// Order numbers that were answered, or numbers of tickets.
    numbers: Hashes,
    /// The reader of contact cards, in a file of such.
    cards: Option<Cards>,
    keys: Keys,
    contact: Contact,
    days: summaries::Days,
    phone: String,
    more_emails: String,
    more_phones: String,
    scratch: String,
}

impl People {
    /// A reader of a file of this form.
    pub fn new(
        form: &Form,
        recognised: &Recognised,
        answers: &Answers,
        formats: Formats,
        context: &Context,
    ) -> People {
        let mut form = form.clone();
        if form.consent == Consents::Unsaid
            && let Some(consent) = answers.consent
        {
            form.consent = Consents::OfAll(consent);
        }
        let mapping = Mapping::new(&form.roles);
        People {
            columns: recognised.columns.clone(),
            cells: Cells::new(formats, &mapping, recognised, context.clone(), None),
            mapping: Rc::new(mapping),
            warnings: Warnings::new(),
            left: LeftOut::default(),
            seen: 0,
            used: 0,
            is_torn: false,
            customers: Customers::new(form.source.id(), context),
            tables: PeopleTables::default(),
            rows: Hashes::default(),
            numbers: Hashes::default(),
            cards: form.is_cards.then(Cards::default),
            keys: Keys::default(),
            contact: Contact::default(),
            days: summaries::Days::default(),
            phone: String::new(),
            more_emails: String::new(),
            more_phones: String::new(),
            scratch: String::new(),
            form: Rc::new(form),
        }
    }

    /// Takes a row in, and counts it as what it is. `terminated`: a line end closes it.
    pub fn take(&mut self, record: Record<'_>, line: u32, terminated: bool) {
        self.seen += 1;
        let may_be_cut = !terminated || self.is_torn;
        let outcome = self.read(record, line, may_be_cut);
        self.count(outcome, line, record.raw, |reason| {
            let text = reason.value()?;
            record.iter().position(|cell| value(cell) == text)
        });
    }

    /// Counts a row or a card as taken, or as left out and why. `at_fault` finds the column.
    fn count(
        &mut self,
        outcome: Result<(), Left>,
        line: u32,
        raw: &str,
        at_fault: impl FnOnce(&RejectReason) -> Option<usize>,
    ) {
        match outcome {
            Ok(()) => self.used += 1,
            Err(Left::Skipped(kind)) => {
                if kind == SkipKind::Duplicate {
                    self.warnings.note(WarningCode::DuplicateRows, line);
                }
                self.left.skip(line, kind);
            }
            Err(Left::Rejected(reason)) => {
                let column = at_fault(&reason).and_then(|at| self.columns.get(at).cloned());
                self.reject(line, reason, &column.unwrap_or_default(), raw);
            }
        }
    }

    /// Counts a row as wrong, and keeps it with the reason.
    pub fn reject(&mut self, line: u32, reason: RejectReason, column: &str, raw: &str) {
        if reason == RejectReason::CutOff {
            self.warnings.note(WarningCode::FileCutOff, line);
        }
        self.left.reject(line, reason, column, raw);
    }

    fn read(&mut self, record: Record<'_>, line: u32, may_be_cut: bool) -> Result<(), Left> {
        let is_header = record.iter().eq(self.columns.iter().map(String::as_str));
        if is_header || (self.form.second_header && self.seen == 1) {
            return Err(Left::Skipped(SkipKind::RepeatedHeader));
        }
        check_width(record, self.columns.len(), may_be_cut)?;
        if self.rows.has(record.raw) {
            return Err(Left::Skipped(SkipKind::Duplicate));
        }
        let mapping = Rc::clone(&self.mapping);
        let row = Row { record, line, mapping: &mapping };
        match self.form.kind {
            RecordKind::Orders | RecordKind::Contacts => self.read_contact(row)?,
            RecordKind::Responses => self.read_response(row)?,
            RecordKind::Tickets => self.read_ticket(row)?,
            RecordKind::Events => self.read_event(row)?,
            RecordKind::Summaries => self.read_summary(row)?,
        }
        self.rows.meet(record.raw);
        for cell in record.iter() {
            note_odd_text(cell, line, &mut self.warnings);
        }
        Ok(())
    }

    /// Reads the keys of a row.
    fn read_keys(&mut self, row: Row<'_>) {
        self.keys.read(row, &self.cells);
    }

    /// The time of a row; `None`: its cell is blank.
    fn time(&mut self, row: Row<'_>) -> Result<Option<Reading>, RejectReason> {
        match self.cells.time(row) {
            Ok(reading) => Ok(Some(Reading { time: self.on_its_clock(reading.time), ..reading })),
            Err(RejectReason::NoDate) => Ok(None),
            Err(reason) => Err(reason),
        }
    }

    /// Counts what is to be known of the time of a row that is kept.
    fn note_time(&mut self, reading: Option<Reading>, row: Row<'_>) {
        if let Some(reading) = reading {
            self.cells.note_time(reading, row.line, &mut self.warnings);
        }
    }

    /// A time on the clock of the program that wrote the file.
    fn on_its_clock(&self, time: OrderTime) -> OrderTime {
        match time {
            OrderTime::Wall(at) if self.form.in_utc => OrderTime::Instant(at),
            time => time,
        }
    }

    /// Reads the next line of a file of contact cards, as [`crate::reader::Reader`] reads records:
    /// gives the length of what was read; `None`: more text is needed, or these are no cards.
    pub fn next_line(&mut self, text: &str, at_end: bool, line: &mut u32) -> Option<usize> {
        let mut cards = self.cards.take()?;
        let read = cards.next(text, at_end, line, self);
        self.cards = Some(cards);
        read
    }

    /// Ends what is read line by line.
    pub fn end_lines(&mut self) {
        if let Some(mut cards) = self.cards.take() {
            cards.end_of_file(self);
        }
    }

    /// Whether the file is read line by line, not record by record.
    pub fn reads_lines(&self) -> bool {
        self.form.is_cards
    }

    /// Makes the batch of all rows read.
    pub fn finish(mut self, recognised: &Recognised, answers: &Answers, hash: u128) -> Batch {
        let of_customers = match self.form.kind {
            RecordKind::Summaries => &mut self.tables.summaries.customer,
            _ => &mut self.tables.contacts.customer,
        };
        self.customers.settle(of_customers);
        let (currencies, summarised) = (self.sums(), self.summarised_span());
        let everybody: Vec<u32> = (0..self.customers.len() as u32).collect();
        let customers = self.customers.finish(&everybody);
        let kind = self.form.kind;
        let records = self.tables.count(kind) as u64;
        let suggestions = suggestions::find(&customers);
        let warnings = &mut self.warnings;
        warnings.add(WarningCode::MergeSuggestions, suggestions.len() as u64);
        if self.form.consent == Consents::Unsaid {
            warnings.add(WarningCode::ConsentUnsaid, records);
        }
        self.left.sort();
        let report = Report {
            kind,
            records,
            platform: recognised.platform,
            rows: self.seen,
            rows_used: self.used,
            orders: 0,
            customers: customers.len() as u64,
            rejected: self.left.rejected,
            rejected_count: self.left.rejected_count,
            skipped: self.left.skipped,
            skipped_count: self.left.skipped_count,
            questions: questions(recognised, &self.warnings, answers),
            warnings: self.warnings.into_list(records),
            content_hash: hash,
            states: [0; OrderState::ALL.len()],
            currencies,
            span: summarised.or_else(|| span(kind, &self.tables)),
            offsets: self.cells.offsets.into_pairs(),
            suggestions,
        };
        Batch {
            orders: OrderTable::default(),
            customers,
            products: ProductTable::default(),
            lines: LineTable::default(),
            people: self.tables,
            report,
        }
    }
}

fn questions(recognised: &Recognised, warnings: &Warnings, answers: &Answers) -> Vec<Question> {
    let is_asked = |question: &&Question| {
        matches!(question, Question::DateOrder { .. })
            && warnings.count(WarningCode::AmbiguousDates) > 0
    };
    let mut questions: Vec<Question> =
        recognised.questions.iter().filter(is_asked).cloned().collect();
    if recognised.form.as_ref().is_some_and(|form| form.consent == Consents::Unsaid) {
        questions.push(Question::Consent { assumed: answers.consent.unwrap_or_default() });
    }
    questions
}

/// The earliest and the latest record.
fn span(kind: RecordKind, tables: &PeopleTables) -> Option<(OrderTime, OrderTime)> {
    match kind {
        RecordKind::Orders | RecordKind::Summaries => None,
        RecordKind::Contacts => tables.contacts.since.span(),
        RecordKind::Responses => tables.responses.at.span(),
        RecordKind::Tickets => tables.tickets.opened.span(),
        RecordKind::Events => tables.events.at.span(),
    }
}

impl<'a> Row<'a> {
    /// Hands out the texts of a role's columns that say something.
    fn each(&self, role: Role, mut take: impl FnMut(&'a str)) {
        let columns = self.mapping.column(role).into_iter().chain(self.mapping.others(role));
        columns
            .map(|at| value(self.record.get(at)))
            .filter(|cell| !cell.is_empty())
            .for_each(&mut take);
    }

    /// The first text of a role's columns that says something, else the empty one.
    fn first_cell(&self, role: Role) -> &'a str {
        let columns = self.mapping.column(role).into_iter().chain(self.mapping.others(role));
        columns.map(|at| value(self.record.get(at))).find(|cell| !cell.is_empty()).unwrap_or("")
    }
}
