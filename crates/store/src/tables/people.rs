//! The tables of contacts, answers, tickets, events and summaries as chunks.
//!
//! Each table names its columns once, in the order in which they are stored; writing, reading and
//! checking follow from that.

use super::erasing::keep_rows;
use super::{check_rows, read_narrow, write_narrow};
use crate::codec::{
    CodecError, Reader, read_codes, read_numbers, read_texts, write_codes, write_numbers,
    write_texts,
};
use model::{
    AnswerTable, Aspect, Birthday, Clock, Consent, ContactTable, DictColumn, EventTable, GapTable,
    PeopleTables, Phase, ResponseTable, SummaryTable, TextColumn, TicketTable, TimeColumn,
};
use std::ops::Range;

/// A column of some form.
trait Column {
    fn rows(&self) -> usize;
    fn write(&self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), CodecError>;
    fn read(&mut self, reader: &mut Reader, rows: usize) -> Result<(), CodecError>;
    /// Keeps these rows, in that order.
    fn keep(&mut self, rows: &[u32]);
    /// Whether what it holds points at what is there.
    fn check(&self) -> Result<(), CodecError> {
        Ok(())
    }
}

impl Column for TextColumn {
    fn rows(&self) -> usize {
        self.len()
    }

    fn write(&self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_texts(self, rows, out);
        Ok(())
    }

    fn read(&mut self, reader: &mut Reader, rows: usize) -> Result<(), CodecError> {
        read_texts(reader, rows, self)
    }

    fn keep(&mut self, rows: &[u32]) {
        *self = self.take_rows(rows);
    }
}

impl Column for DictColumn {
    fn rows(&self) -> usize {
        self.codes.len()
    }

    fn write(&self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_codes(self, rows, out)
    }

    fn read(&mut self, reader: &mut Reader, rows: usize) -> Result<(), CodecError> {
        read_codes(reader, rows, self)
    }

    fn keep(&mut self, rows: &[u32]) {
        *self = self.take_rows(rows);
    }

    fn check(&self) -> Result<(), CodecError> {
        check_rows("name", &self.codes, u32::from, self.names.len())
    }
}

impl Column for TimeColumn {
    fn rows(&self) -> usize {
        // Ragged columns have no length that any table has.
        if self.clock.len() == self.at.len() { self.at.len() } else { usize::MAX }
    }

    fn write(&self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_numbers(&self.at[rows.clone()], out);
        self.clock.write(rows, out)
    }

    fn read(&mut self, reader: &mut Reader, rows: usize) -> Result<(), CodecError> {
        read_numbers(reader, rows, &mut self.at)?;
        self.clock.read(reader, rows)
    }

    fn keep(&mut self, rows: &[u32]) {
        keep_rows(&mut self.at, rows);
        self.clock.keep(rows);
    }
}

impl<T: Stored> Column for Vec<T> {
    fn rows(&self) -> usize {
        self.len()
    }

    fn write(&self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_narrow(&self[rows], T::number, out);
        Ok(())
    }

    fn read(&mut self, reader: &mut Reader, rows: usize) -> Result<(), CodecError> {
        let mut all_known = true;
        read_narrow(reader, rows, "value", self, |number: i64| {
            let value = T::of_number(number);
            all_known &= value.is_some();
            value.unwrap_or_default()
        })?;
        if all_known { Ok(()) } else { Err(CodecError::Malformed("value")) }
    }

    fn keep(&mut self, rows: &[u32]) {
        keep_rows(self, rows);
    }
}

/// A value with a number that it is stored as, for ever.
trait Stored: Copy + Default {
    fn number(self) -> i64;
    fn of_number(number: i64) -> Option<Self>;
}

macro_rules! stored_numbers {
    ($($type:ty)*) => {$(
        impl Stored for $type {
            fn number(self) -> i64 {
                self.into()
            }

            fn of_number(number: i64) -> Option<Self> {
                number.try_into().ok()
            }
        }
    )*};
}

stored_numbers! { u32 i32 i64 }

/// Values of few kinds, in the order of their numbers.
macro_rules! stored_kinds {
    ($($type:ty: $($value:expr),+;)*) => {$(
        impl Stored for $type {
            fn number(self) -> i64 {
                [$($value),+].iter().position(|it| *it == self).unwrap_or(0) as i64
            }

            fn of_number(number: i64) -> Option<Self> {
                [$($value),+].get(usize::try_from(number).ok()?).copied()
            }
        }
    )*};
}

stored_kinds! {
    Clock: Clock::None, Clock::Instant, Clock::Wall;
    Consent: Consent::Unknown, Consent::Given, Consent::Refused;
    Aspect: Aspect::Own, Aspect::Expected, Aspect::Perceived, Aspect::Value, Aspect::Cost;
    Option<Phase>: None, Some(Phase::Presale), Some(Phase::Insale), Some(Phase::Aftersale);
}

/// Nothing is stored as 0, a number as the one above it.
macro_rules! stored_options {
    ($($type:ty)*) => {$(
        impl Stored for Option<$type> {
            fn number(self) -> i64 {
                self.map_or(0, |it| i64::from(it).saturating_add(1))
            }

            fn of_number(number: i64) -> Option<Self> {
                match number {
                    0 => Some(None),
                    above => <$type>::try_from(above - 1).ok().map(Some),
                }
            }
        }
    )*};
}

stored_options! { u8 u32 }

impl Stored for Option<i64> {
    fn number(self) -> i64 {
        self.unwrap_or(i64::MIN)
    }

    fn of_number(number: i64) -> Option<Self> {
        Some(Some(number).filter(|it| *it != i64::MIN))
    }
}

impl Stored for Option<Birthday> {
    fn number(self) -> i64 {
        self.map_or(0, |it| it.packed().into())
    }

    fn of_number(number: i64) -> Option<Self> {
        match number {
            0 => Some(None),
            packed => Birthday::unpacked(packed.try_into().ok()?).map(Some),
        }
    }
}

/// A table whose columns are stored.
pub(super) trait Columns {
    /// Writes some rows.
    fn write(&self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), CodecError>;
    /// Reads so many rows to the end.
    fn read(&mut self, reader: &mut Reader, rows: usize) -> Result<(), CodecError>;
    /// Keeps these rows, in that order.
    fn keep(&mut self, rows: &[u32]);
    /// Whether all columns have so many rows, which point at what is there.
    fn check(&self, rows: usize) -> Result<(), CodecError>;
}

macro_rules! columns {
    ($($table:ident: $($column:ident)*;)*) => {$(
        impl Columns for $table {
            fn write(&self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), CodecError> {
                let $table { $($column),* } = self;
                $($column.write(rows.clone(), out)?;)*
                Ok(())
            }

            fn read(&mut self, reader: &mut Reader, rows: usize) -> Result<(), CodecError> {
                let $table { $($column),* } = self;
                $($column.read(reader, rows)?;)*
                Ok(())
            }

            fn keep(&mut self, rows: &[u32]) {
                let $table { $($column),* } = self;
                $($column.keep(rows);)*
            }

            fn check(&self, rows: usize) -> Result<(), CodecError> {
                let $table { $($column),* } = self;
                $(
                    if $column.rows() != rows {
                        return Err(CodecError::Ragged(stringify!($column)));
                    }
                    $column.check()?;
                )*
                Ok(())
            }
        }
    )*};
}

// The order is that of the bytes in users' databases: new columns go into tables of their own.
columns! {
    ContactTable: customer member more_emails more_phones company birthday tags note email_consent
        email_consent_at sms_consent sms_consent_at since claimed_orders claimed_spent;
    ResponseTable: number survey at email phone member order overall nps ces comment;
    AnswerTable: response dimension aspect score text;
    TicketTable: number channel opened replied closed phase category email phone member order agent
        csat text;
    EventTable: at email phone member kind subject;
    SummaryTable: customer member currency as_of first_day orders net first_day_net;
    GapTable: summary days;
}

/// Checks all of them; `customers` is how many customers the import has.
pub(super) fn check(people: &PeopleTables, customers: usize) -> Result<(), CodecError> {
    let PeopleTables { contacts, responses, answers, tickets, events, summaries, gaps } = people;
    contacts.check(contacts.len())?;
    responses.check(responses.len())?;
    answers.check(answers.len())?;
    tickets.check(tickets.len())?;
    events.check(events.len())?;
    summaries.check(summaries.len())?;
    gaps.check(gaps.len())?;
    check_rows("contact", &contacts.customer, |row| row, customers)?;
    check_rows("response", &answers.response, |row| row, responses.len())?;
    check_rows("summary", &summaries.customer, |row| row, customers)?;
    check_rows("gap", &gaps.summary, |row| row, summaries.len())?;
    if !answers.response.is_sorted() {
        return Err(CodecError::Malformed("response"));
    }
    if !gaps.summary.is_sorted() {
        return Err(CodecError::Malformed("summary"));
    }
    // Of n orders there are n − 1 gaps.
    let gaps = people.gap_starts();
    let fits =
        gaps.windows(2).zip(&summaries.orders).all(|(at, orders)| at[1] - at[0] + 1 == *orders);
    if fits { Ok(()) } else { Err(CodecError::Malformed("gaps")) }
}
