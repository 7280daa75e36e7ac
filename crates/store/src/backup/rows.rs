//! Rows of tables as lines of JSON: `{"orders":{"number":[…],"total":[…]}}`.
//!
//! Each table names its columns once; writing and reading follow from that.

use super::cells::{Cells, Currencies, Reading, Text, write};
use crate::manifest::ChunkKind;
use crate::tables::Tables;
use model::{
    AnswerTable, ContactTable, CustomerTable, EventTable, GapTable, LineTable, OrderTable,
    ProductTable, ResponseTable, SummaryTable, TicketTable,
};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use std::fmt;
use std::ops::Range;

/// Rows of long texts are fewer a line: a reader takes a line as a whole.
const LINE_BYTES: usize = 8 << 20;

/// A table whose columns can be written and read by name.
pub(super) trait Named {
    /// Writes some rows of every column that the table has.
    fn write(&mut self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), serde_json::Error>;
    /// Reads the values of a column to its end.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Writes a column with its name; one that the source did not have is left out.
fn write_column<C: Cells>(
    name: &str,
    column: &C,
    rows: Range<usize>,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    if column.rows() == 0 {
        return Ok(());
    }
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    serde_json::to_writer(&mut *out, name)?;
    out.push(b':');
    write(column, rows, out)
}

macro_rules! named {
    ($($table:ident: $($column:ident)*;)*) => {$(
        impl Named for $table {
            fn write(
                &mut self,
                rows: Range<usize>,
                out: &mut Vec<u8>,
            ) -> Result<(), serde_json::Error> {
                let $table { $($column),* } = self;
                $(write_column(stringify!($column), $column, rows.clone(), out)?;)*
                Ok(())
            }

            fn read<'de, A: MapAccess<'de>>(
                &mut self,
                name: &str,
                map: &mut A,
            ) -> Result<(), A::Error> {
                let $table { $($column),* } = self;
                match name {
                    $(stringify!($column) => map.next_value_seed(Reading($column)),)*
                    other => Err(A::Error::custom(format_args!("no column {other}"))),
                }
            }
        }
    )*};
}

named! {
    CustomerTable: id email phone name city region country;
    ProductTable: key name;
    LineTable: order product quantity_milli price;
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

/// As the others, but that the currency stands as its code.
impl Named for OrderTable {
    fn write(&mut self, rows: Range<usize>, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let OrderTable {
            number,
            customer,
            at,
            total,
            refunded,
            discount,
            currency,
            currencies,
            flags,
            channel,
        } = self;
        write_column("number", number, rows.clone(), out)?;
        write_column("customer", customer, rows.clone(), out)?;
        for (name, column) in
            [("at", at), ("total", total), ("refunded", refunded), ("discount", discount)]
        {
            write_column(name, column, rows.clone(), out)?;
        }
        let currency = Currencies { codes: currency, names: currencies };
        write_column("currency", &currency, rows.clone(), out)?;
        write_column("flags", flags, rows.clone(), out)?;
        write_column("channel", channel, rows, out)
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "number" => map.next_value_seed(Reading(&mut self.number)),
            "customer" => map.next_value_seed(Reading(&mut self.customer)),
            "at" => map.next_value_seed(Reading(&mut self.at)),
            "total" => map.next_value_seed(Reading(&mut self.total)),
            "refunded" => map.next_value_seed(Reading(&mut self.refunded)),
            "discount" => map.next_value_seed(Reading(&mut self.discount)),
            "currency" => map.next_value_seed(Reading(&mut Currencies {
                codes: &mut self.currency,
                names: &mut self.currencies,
            })),
            "flags" => map.next_value_seed(Reading(&mut self.flags)),
            "channel" => map.next_value_seed(Reading(&mut self.channel)),
            other => Err(A::Error::custom(format_args!("no column {other}"))),
        }
    }
}

/// Writes every row of tables, a line for so many.
pub(super) fn write_tables(
    tables: &mut Tables,
    rows_a_line: usize,
    line: &mut dyn FnMut(Vec<u8>),
) -> Result<(), serde_json::Error> {
    for piece in tables.pieces() {
        let mut from = piece.rows.start;
        while from < piece.rows.end {
            let mut rows = from..piece.rows.end.min(from + rows_a_line);
            let out = loop {
                let mut out = format!("{{\"{}\":{{", piece.kind.name()).into_bytes();
                write_rows(tables, piece.kind, rows.clone(), &mut out)?;
                out.extend_from_slice(b"}}");
                if out.len() <= LINE_BYTES || rows.len() == 1 {
                    break out;
                }
                rows.end = rows.start + rows.len() / 2;
            };
            from = rows.end;
            line(out);
        }
    }
    Ok(())
}

fn write_rows(
    tables: &mut Tables,
    kind: ChunkKind,
    rows: Range<usize>,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    match kind {
        ChunkKind::Orders => tables.orders.write(rows, out),
        ChunkKind::Customers => tables.customers.write(rows, out),
        ChunkKind::Products => tables.products.write(rows, out),
        ChunkKind::Lines => tables.lines.write(rows, out),
        ChunkKind::Contacts => tables.people.contacts.write(rows, out),
        ChunkKind::Responses => tables.people.responses.write(rows, out),
        ChunkKind::Answers => tables.people.answers.write(rows, out),
        ChunkKind::Tickets => tables.people.tickets.write(rows, out),
        ChunkKind::Events => tables.people.events.write(rows, out),
        ChunkKind::Summaries => tables.people.summaries.write(rows, out),
        ChunkKind::Gaps => tables.people.gaps.write(rows, out),
    }
}

/// Reads the rows of the table of that name to its end; `None`: there is no such table.
pub(super) fn read_rows<'de, A: MapAccess<'de>>(
    tables: &mut Tables,
    name: &str,
    map: &mut A,
) -> Option<Result<(), A::Error>> {
    Some(match name {
        "orders" => map.next_value_seed(Rows(&mut tables.orders)),
        "customers" => map.next_value_seed(Rows(&mut tables.customers)),
        "products" => map.next_value_seed(Rows(&mut tables.products)),
        "lines" => map.next_value_seed(Rows(&mut tables.lines)),
        "contacts" => map.next_value_seed(Rows(&mut tables.people.contacts)),
        "responses" => map.next_value_seed(Rows(&mut tables.people.responses)),
        "answers" => map.next_value_seed(Rows(&mut tables.people.answers)),
        "tickets" => map.next_value_seed(Rows(&mut tables.people.tickets)),
        "events" => map.next_value_seed(Rows(&mut tables.people.events)),
        "summaries" => map.next_value_seed(Rows(&mut tables.people.summaries)),
        "gaps" => map.next_value_seed(Rows(&mut tables.people.gaps)),
        _ => return None,
    })
}

/// Some rows of a table.
struct Rows<'a, T>(&'a mut T);

impl<'de, T: Named> DeserializeSeed<'de> for Rows<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de, T: Named> Visitor<'de> for Rows<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the columns of a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Text(name)) = map.next_key::<Text>()? {
            self.0.read(&name, &mut map)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_long_texts_are_fewer_a_line() {
        let mut tables = Tables::default();
        let long = "x".repeat(LINE_BYTES / 3);
        for row in 0..7 {
            tables.products.key.push(&row.to_string());
            tables.products.name.push(if row == 6 { "short" } else { &long });
        }
        let mut lengths = Vec::new();
        write_tables(&mut tables, 4_096, &mut |line| lengths.push(line.len())).unwrap();
        assert!(lengths.len() > 2 && lengths.iter().all(|it| *it <= LINE_BYTES), "{lengths:?}");
        assert!(lengths.iter().sum::<usize>() > 6 * long.len());
    }
}
