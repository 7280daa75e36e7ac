//! The tables of one import, split into chunks and joined again.

use crate::codec::{
    self, CodecError, Reader, begin_chunk, open_chunk, read_codes, read_currencies, read_numbers,
    read_texts, seal_chunk, write_codes, write_currencies, write_numbers, write_texts,
};
use crate::manifest::ChunkKind;
pub use erasing::{Erased, TheirRows};
use model::{
    BLOCK_ROWS, CustomerId, CustomerTable, LineTable, NO_CUSTOMER, OrderFlags, OrderTable,
    PeopleTables, ProductTable, TextColumn,
};
use people::Columns as _;
use std::ops::Range;

mod erasing;
mod people;

/// Rows of a full chunk.
pub const CHUNK_ROWS: usize = codec::MAX_ROWS;

/// All that one import brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// The orders.
    pub orders: OrderTable,
    /// Who ordered.
    pub customers: CustomerTable,
    /// What was ordered.
    pub products: ProductTable,
    /// Which product in which order.
    pub lines: LineTable,
    /// What is known of people beside their orders.
    pub people: PeopleTables,
}

/// The rows of one chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Of which table.
    pub kind: ChunkKind,
    /// Which rows.
    pub rows: Range<usize>,
}

impl Tables {
    /// Makes room for the rows of chunks that are to be appended.
    pub fn reserve(&mut self, kind: ChunkKind, rows: usize) {
        match kind {
            ChunkKind::Orders => {
                let OrderTable { customer, at, total, refunded, currency, flags, .. } =
                    &mut self.orders;
                customer.reserve_exact(rows);
                currency.reserve_exact(rows);
                flags.reserve_exact(rows);
                for column in [at, total, refunded] {
                    column.reserve_exact(rows);
                }
            }
            ChunkKind::Customers => self.customers.id.reserve_exact(rows),
            // Texts, or few.
            ChunkKind::Products
            | ChunkKind::Contacts
            | ChunkKind::Responses
            | ChunkKind::Answers
            | ChunkKind::Tickets
            | ChunkKind::Events
            | ChunkKind::Summaries => {}
            ChunkKind::Gaps => {
                self.people.gaps.summary.reserve_exact(rows);
                self.people.gaps.days.reserve_exact(rows);
            }
            ChunkKind::Lines => {
                let LineTable { order, product, quantity_milli, price } = &mut self.lines;
                for column in [order, product] {
                    column.reserve_exact(rows);
                }
                for column in [quantity_milli, price] {
                    column.reserve_exact(rows);
                }
            }
        }
    }

    /// Whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.customers.is_empty() && self.people.is_empty()
    }

    /// How the tables split into chunks, in the order in which they must be joined.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (kind, rows) in [
            (ChunkKind::Customers, self.customers.len()),
            (ChunkKind::Products, self.products.key.len()),
            (ChunkKind::Orders, self.orders.len()),
            (ChunkKind::Lines, self.lines.order.len()),
            (ChunkKind::Contacts, self.people.contacts.len()),
            (ChunkKind::Responses, self.people.responses.len()),
            (ChunkKind::Answers, self.people.answers.len()),
            (ChunkKind::Tickets, self.people.tickets.len()),
            (ChunkKind::Events, self.people.events.len()),
            (ChunkKind::Summaries, self.people.summaries.len()),
            (ChunkKind::Gaps, self.people.gaps.len()),
        ] {
            let starts = (0..rows).step_by(CHUNK_ROWS);
            pieces
                .extend(starts.map(|from| Piece { kind, rows: from..rows.min(from + CHUNK_ROWS) }));
        }
        pieces
    }

    /// Whether all columns of a table are equally long and point at rows that are there.
    pub fn check(&self) -> Result<(), CodecError> {
        let Tables { orders, customers, products, lines, people } = self;
        people::check(people, customers.len())?;
        let same = |column, rows: usize, expected: usize| {
            if rows == expected { Ok(()) } else { Err(CodecError::Ragged(column)) }
        };
        let rows = orders.len();
        same("number", orders.number.len(), rows)?;
        same("at", orders.at.len(), rows)?;
        same("total", orders.total.len(), rows)?;
        same("refunded", orders.refunded.len(), rows)?;
        same("currency", orders.currency.len(), rows)?;
        same("flags", orders.flags.len(), rows)?;
        for (column, optional) in
            [("discount", orders.discount.len()), ("channel", orders.channel.codes.len())]
        {
            same(column, optional, if optional == 0 { 0 } else { rows })?;
        }
        for (column, texts) in [
            ("email", &customers.email),
            ("phone", &customers.phone),
            ("name", &customers.name),
            ("city", &customers.city),
            ("region", &customers.region),
            ("country", &customers.country),
        ] {
            same(column, texts.len(), customers.len())?;
        }
        same("name", products.name.len(), products.key.len())?;
        same("product", lines.product.len(), lines.order.len())?;
        same("quantity", lines.quantity_milli.len(), lines.order.len())?;
        same("price", lines.price.len(), lines.order.len())?;
        self.check_links()
    }

    fn check_links(&self) -> Result<(), CodecError> {
        let Tables { orders, customers, products, lines, .. } = self;
        // Nobody is beyond every customer: one more becomes 0.
        let after = |row: u32| row.wrapping_add(1);
        check_rows("customer", &orders.customer, after, customers.len() + 1)?;
        check_rows("currency", &orders.currency, u32::from, orders.currencies.len())?;
        check_rows("channel", &orders.channel.codes, u32::from, orders.channel.names.len())?;
        check_rows("order", &lines.order, |row| row, orders.len())?;
        check_rows("product", &lines.product, |row| row, products.key.len())
    }

    /// Writes the rows of a piece as a chunk. The tables must have passed [`Tables::check`].
    pub fn encode(&self, piece: &Piece) -> Result<Vec<u8>, CodecError> {
        let mut out = begin_chunk(piece.kind, piece.rows.len());
        match piece.kind {
            ChunkKind::Orders => write_orders(&self.orders, piece.rows.clone(), &mut out)?,
            ChunkKind::Customers => write_customers(&self.customers, piece.rows.clone(), &mut out),
            ChunkKind::Products => {
                write_texts(&self.products.key, piece.rows.clone(), &mut out);
                write_texts(&self.products.name, piece.rows.clone(), &mut out);
            }
            ChunkKind::Lines => write_lines(&self.lines, piece.rows.clone(), &mut out),
            ChunkKind::Contacts => self.people.contacts.write(piece.rows.clone(), &mut out)?,
            ChunkKind::Responses => self.people.responses.write(piece.rows.clone(), &mut out)?,
            ChunkKind::Answers => self.people.answers.write(piece.rows.clone(), &mut out)?,
            ChunkKind::Tickets => self.people.tickets.write(piece.rows.clone(), &mut out)?,
            ChunkKind::Events => self.people.events.write(piece.rows.clone(), &mut out)?,
            ChunkKind::Summaries => self.people.summaries.write(piece.rows.clone(), &mut out)?,
            ChunkKind::Gaps => self.people.gaps.write(piece.rows.clone(), &mut out)?,
        }
        seal_chunk(&mut out);
        Ok(out)
    }

    /// Reads a chunk to the end of its table. After an error the tables are of no use any more.
    pub fn append(&mut self, chunk: &[u8]) -> Result<(ChunkKind, usize), CodecError> {
        let (kind, rows, mut reader) = open_chunk(chunk)?;
        match kind {
            ChunkKind::Orders => read_orders(&mut reader, rows, &mut self.orders)?,
            ChunkKind::Customers => read_customers(&mut reader, rows, &mut self.customers)?,
            ChunkKind::Products => {
                read_texts(&mut reader, rows, &mut self.products.key)?;
                read_texts(&mut reader, rows, &mut self.products.name)?;
            }
            ChunkKind::Lines => read_lines(&mut reader, rows, &mut self.lines)?,
            ChunkKind::Contacts => self.people.contacts.read(&mut reader, rows)?,
            ChunkKind::Responses => self.people.responses.read(&mut reader, rows)?,
            ChunkKind::Answers => self.people.answers.read(&mut reader, rows)?,
            ChunkKind::Tickets => self.people.tickets.read(&mut reader, rows)?,
            ChunkKind::Events => self.people.events.read(&mut reader, rows)?,
            ChunkKind::Summaries => self.people.summaries.read(&mut reader, rows)?,
            ChunkKind::Gaps => self.people.gaps.read(&mut reader, rows)?,
        }
        reader.finish()?;
        Ok((kind, rows))
    }
}

/// Whether all of a column's numbers are below `end`.
fn check_rows<T: Copy>(
    column: &'static str,
    rows: &[T],
    number: impl Fn(T) -> u32,
    end: usize,
) -> Result<(), CodecError> {
    let is_inside = |rows: &[T]| highest(rows, &number).is_none_or(|it| (it as usize) < end);
    if rows.chunks(BLOCK_ROWS).all(is_inside) { Ok(()) } else { Err(CodecError::Dangling(column)) }
}

#[inline(never)]
fn highest<T: Copy>(rows: &[T], number: impl Fn(T) -> u32) -> Option<u32> {
    rows.iter().map(|&row| number(row)).max()
}

/// A column of narrower numbers, widened for writing.
fn write_narrow<T: Copy>(column: &[T], wide: impl Fn(T) -> i64, out: &mut Vec<u8>) {
    write_numbers(&column.iter().map(|&number| wide(number)).collect::<Vec<_>>(), out);
}

/// Reads a column of narrower numbers to the end of `out`; one that does not fit is an error.
fn read_narrow<N: TryFrom<i64> + Default, T>(
    reader: &mut Reader,
    rows: usize,
    column: &'static str,
    out: &mut Vec<T>,
    mut take: impl FnMut(N) -> T,
) -> Result<(), CodecError> {
    let mut wide = Vec::with_capacity(rows);
    read_numbers(reader, rows, &mut wide)?;
    let mut all_fit = true;
    out.extend(wide.into_iter().map(|number| {
        let narrow = N::try_from(number).ok();
        all_fit &= narrow.is_some();
        take(narrow.unwrap_or_default())
    }));
    if all_fit { Ok(()) } else { Err(CodecError::Malformed(column)) }
}

/// Whether an optional column follows.
fn read_presence(reader: &mut Reader) -> Result<bool, CodecError> {
    match reader.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(CodecError::Malformed("presence")),
    }
}

fn write_orders(
    orders: &OrderTable,
    rows: Range<usize>,
    out: &mut Vec<u8>,
) -> Result<(), CodecError> {
    write_texts(&orders.number, rows.clone(), out);
    // Nobody becomes 0, so that one order without a customer does not widen the whole column.
    let customer = |customer: u32| i64::from(customer.wrapping_sub(NO_CUSTOMER));
    write_narrow(&orders.customer[rows.clone()], customer, out);
    write_numbers(&orders.at[rows.clone()], out);
    write_numbers(&orders.total[rows.clone()], out);
    write_numbers(&orders.refunded[rows.clone()], out);
    out.push(u8::from(!orders.discount.is_empty()));
    if !orders.discount.is_empty() {
        write_numbers(&orders.discount[rows.clone()], out);
    }
    write_currencies(&orders.currencies, out);
    write_narrow(&orders.currency[rows.clone()], i64::from, out);
    write_narrow(&orders.flags[rows.clone()], |flags| i64::from(flags.bits()), out);
    out.push(u8::from(!orders.channel.codes.is_empty()));
    if orders.channel.codes.is_empty() {
        return Ok(());
    }
    write_codes(&orders.channel, rows, out)
}

fn read_orders(
    reader: &mut Reader,
    rows: usize,
    orders: &mut OrderTable,
) -> Result<(), CodecError> {
    read_texts(reader, rows, &mut orders.number)?;
    let customer = |row: u32| row.wrapping_add(NO_CUSTOMER);
    read_narrow(reader, rows, "customer", &mut orders.customer, customer)?;
    read_numbers(reader, rows, &mut orders.at)?;
    read_numbers(reader, rows, &mut orders.total)?;
    read_numbers(reader, rows, &mut orders.refunded)?;
    if read_presence(reader)? {
        read_numbers(reader, rows, &mut orders.discount)?;
    }
    let joined = read_currencies(reader, &mut orders.currencies)?;
    let mut codes: Vec<u8> = Vec::with_capacity(rows);
    read_narrow(reader, rows, "currency", &mut codes, |code| code)?;
    if codes.iter().any(|&code| usize::from(code) >= joined.len()) {
        return Err(CodecError::Dangling("currency"));
    }
    orders.currency.extend(codes.into_iter().map(|code| joined[usize::from(code)]));
    read_narrow(reader, rows, "flags", &mut orders.flags, OrderFlags::from_bits)?;
    if read_presence(reader)? {
        read_codes(reader, rows, &mut orders.channel)?;
    }
    Ok(())
}

/// The columns of text in the order in which they are stored.
fn customer_texts(customers: &mut CustomerTable) -> [&mut TextColumn; 6] {
    let CustomerTable { id: _, email, phone, name, city, region, country } = customers;
    [email, phone, name, city, region, country]
}

fn write_customers(customers: &CustomerTable, rows: Range<usize>, out: &mut Vec<u8>) {
    for id in &customers.id[rows.clone()] {
        out.extend_from_slice(&id.0.to_le_bytes());
    }
    let CustomerTable { id: _, email, phone, name, city, region, country } = customers;
    for texts in [email, phone, name, city, region, country] {
        write_texts(texts, rows.clone(), out);
    }
}

fn read_customers(
    reader: &mut Reader,
    rows: usize,
    customers: &mut CustomerTable,
) -> Result<(), CodecError> {
    customers.id.extend(reader.u128s(rows)?.map(CustomerId));
    customer_texts(customers).into_iter().try_for_each(|texts| read_texts(reader, rows, texts))
}

fn write_lines(lines: &LineTable, rows: Range<usize>, out: &mut Vec<u8>) {
    write_narrow(&lines.order[rows.clone()], i64::from, out);
    write_narrow(&lines.product[rows.clone()], i64::from, out);
    write_numbers(&lines.quantity_milli[rows.clone()], out);
    write_numbers(&lines.price[rows], out);
}

fn read_lines(reader: &mut Reader, rows: usize, lines: &mut LineTable) -> Result<(), CodecError> {
    read_narrow(reader, rows, "order", &mut lines.order, |row: u32| row)?;
    read_narrow(reader, rows, "product", &mut lines.product, |row: u32| row)?;
    read_numbers(reader, rows, &mut lines.quantity_milli)?;
    read_numbers(reader, rows, &mut lines.price)
}
