//! The orders of an import and their lines, while rows come in.

use crate::memo::Memo;
use crate::word_hash::hash_64;
use hashbrown::HashTable;
use model::{Currency, DictColumn, LineTable, OrderFlags, OrderTable, ProductTable};
use std::cmp::Ordering;
use std::collections::HashMap;

/// An order as one row tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OrderFacts<'a> {
    pub at: i64,
    pub total: i64,
    pub refunded: i64,
    /// Meaningful only where the source has a column for it.
    pub discount: i64,
    /// Code as given by [`Orders::currency_code`].
    pub currency: u8,
    pub flags: OrderFlags,
    pub customer: u32,
    pub channel: &'a str,
}

/// A line as one row tells it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineFacts<'a> {
    pub sku: &'a str,
    pub name: &'a str,
    pub quantity_milli: i64,
    pub price: i64,
}

impl LineFacts<'_> {
    /// Quantity times price, in thousandths of minor units.
    pub fn worth(&self) -> i128 {
        i128::from(self.quantity_milli) * i128::from(self.price)
    }
}

/// Orders by their numbers, as columns.
#[derive(Debug)]
pub(crate) struct Orders {
    pub table: OrderTable,
    has_discount: bool,
    has_channel: bool,
    /// Empty while the numbers ascend: then a number above the last is new, and needs no look-up.
    by_number: HashTable<u32>,
    is_ascending: bool,
    channels: Memo<u16>,
}

/// The code of a channel: the column gives codes to rows at its end only.
fn channel_code(known: &mut Memo<u16>, column: &mut DictColumn, channel: &str) -> u16 {
    known.get(channel, |channel| {
        column.push(channel);
        column.codes.pop().unwrap_or_default()
    })
}

impl Orders {
    pub fn new(estimated: usize, has_discount: bool, has_channel: bool) -> Orders {
        let mut table = OrderTable::default();
        table.customer.reserve(estimated);
        table.at.reserve(estimated);
        table.total.reserve(estimated);
        table.refunded.reserve(estimated);
        table.currency.reserve(estimated);
        table.flags.reserve(estimated);
        table.discount.reserve(if has_discount { estimated } else { 0 });
        table.channel.codes.reserve(if has_channel { estimated } else { 0 });
        Orders {
            table,
            has_discount,
            has_channel,
            by_number: HashTable::new(),
            is_ascending: true,
            channels: Memo::new(),
        }
    }

    /// The row of the order with this number, and the hash for [`Orders::push`] if there is none.
    pub fn find(&mut self, number: &str) -> Result<usize, u64> {
        if self.is_ascending {
            let Some(last) = self.table.len().checked_sub(1) else { return Err(0) };
            match number.as_bytes().cmp(self.table.number.bytes_of(last)) {
                Ordering::Greater => return Err(0),
                Ordering::Equal => return Ok(last),
                Ordering::Less => self.index_numbers(),
            }
        }
        let hash = hash_64(number.as_bytes());
        let same = |&row: &u32| self.table.number.bytes_of(row as usize) == number.as_bytes();
        self.by_number.find(hash, same).map(|&row| row as usize).ok_or(hash)
    }

    /// Ends the time of ascending numbers.
    fn index_numbers(&mut self) {
        self.is_ascending = false;
        let (numbers, room) = (&self.table.number, self.table.customer.capacity());
        let rehash = |&row: &u32| hash_64(numbers.bytes_of(row as usize));
        self.by_number.reserve(room, rehash);
        for row in 0..numbers.len() as u32 {
            self.by_number.insert_unique(rehash(&row), row, rehash);
        }
    }

    /// The code of a currency; `None`: there are too many.
    pub fn currency_code(&mut self, currency: Option<Currency>) -> Option<u8> {
        let known = self.table.currencies.iter().position(|&known| known == currency);
        let code = known.unwrap_or_else(|| {
            self.table.currencies.push(currency);
            self.table.currencies.len() - 1
        });
        u8::try_from(code).ok()
    }

    /// Puts an order at the end.
    pub fn push(&mut self, number: &str, hash: u64, facts: &OrderFacts<'_>) -> usize {
        let table = &mut self.table;
        let row = table.customer.len();
        table.number.push(number);
        if !self.is_ascending {
            let numbers = &table.number;
            let rehash = |&row: &u32| hash_64(numbers.bytes_of(row as usize));
            self.by_number.insert_unique(hash, row as u32, rehash);
        }
        table.customer.push(facts.customer);
        table.at.push(facts.at);
        table.total.push(facts.total);
        table.refunded.push(facts.refunded);
        table.currency.push(facts.currency);
        table.flags.push(facts.flags);
        if self.has_discount {
            table.discount.push(facts.discount);
        }
        if self.has_channel {
            let code = channel_code(&mut self.channels, &mut table.channel, facts.channel);
            table.channel.codes.push(code);
        }
        row
    }

    /// Puts other facts in place of an order's. `false`: they are the same.
    pub fn replace(&mut self, row: usize, facts: &OrderFacts<'_>) -> bool {
        let table = &mut self.table;
        let known = OrderFacts {
            at: table.at[row],
            total: table.total[row],
            refunded: table.refunded[row],
            discount: if self.has_discount { table.discount[row] } else { facts.discount },
            currency: table.currency[row],
            flags: table.flags[row],
            customer: table.customer[row],
            channel: if self.has_channel { table.channel.get(row) } else { facts.channel },
        };
        if known == *facts {
            return false;
        }
        table.at[row] = facts.at;
        table.total[row] = facts.total;
        table.refunded[row] = facts.refunded;
        table.currency[row] = facts.currency;
        table.flags[row] = facts.flags;
        table.customer[row] = facts.customer;
        if self.has_discount {
            table.discount[row] = facts.discount;
        }
        if self.has_channel {
            let code = channel_code(&mut self.channels, &mut table.channel, facts.channel);
            table.channel.codes[row] = code;
        }
        true
    }
}

/// The lines of orders, and the products on them.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    table: LineTable,
    products: ProductTable,
    by_key: HashTable<u32>,
    /// Orders that came again: their lines before this place are gone.
    dropped_before: HashMap<u32, usize>,
}

impl Lines {
    /// None yet, with room for so many.
    pub fn new(estimated: usize) -> Lines {
        let mut lines = Lines::default();
        lines.table.order.reserve(estimated);
        lines.table.product.reserve(estimated);
        lines.table.quantity_milli.reserve(estimated);
        lines.table.price.reserve(estimated);
        lines
    }

    pub fn push(&mut self, order: usize, line: &LineFacts<'_>) {
        let key = if line.sku.is_empty() { line.name } else { line.sku };
        if key.is_empty() {
            return;
        }
        let product = self.product(key, line.name);
        self.table.order.push(order as u32);
        self.table.product.push(product);
        self.table.quantity_milli.push(line.quantity_milli);
        self.table.price.push(line.price);
    }

    fn product(&mut self, key: &str, name: &str) -> u32 {
        let hash = hash_64(key.as_bytes());
        let same = |&row: &u32| self.products.key.bytes_of(row as usize) == key.as_bytes();
        if let Some(&row) = self.by_key.find(hash, same) {
            return row;
        }
        let row = self.products.key.len() as u32;
        self.products.key.push(key);
        self.products.name.push(if name.is_empty() { key } else { name });
        let keys = &self.products.key;
        self.by_key.insert_unique(hash, row, |&row| hash_64(keys.bytes_of(row as usize)));
        row
    }

    /// How many lines there are.
    pub const fn len(&self) -> usize {
        self.table.order.len()
    }

    /// Forgets the lines that an order has before a place.
    pub fn forget(&mut self, order: usize, before: usize) {
        self.dropped_before.insert(order as u32, before);
    }

    /// Takes lines at the end back.
    pub fn truncate(&mut self, length: usize) {
        self.table.order.truncate(length);
        self.table.product.truncate(length);
        self.table.quantity_milli.truncate(length);
        self.table.price.truncate(length);
    }

    /// The tables, lines in the order of their orders.
    pub fn finish(self) -> (ProductTable, LineTable) {
        let old = self.table;
        if old.order.is_sorted() && self.dropped_before.is_empty() {
            return (self.products, old);
        }
        let is_kept =
            |at: usize| self.dropped_before.get(&old.order[at]).is_none_or(|&before| at >= before);
        let kept = (0..old.order.len()).filter(|&at| is_kept(at));
        let mut kept: Vec<(u32, usize)> = kept.map(|at| (old.order[at], at)).collect();
        kept.sort_unstable();
        let lines = LineTable {
            order: kept.iter().map(|&(row, _)| row).collect(),
            product: kept.iter().map(|&(_, at)| old.product[at]).collect(),
            quantity_milli: kept.iter().map(|&(_, at)| old.quantity_milli[at]).collect(),
            price: kept.iter().map(|&(_, at)| old.price[at]).collect(),
        };
        (self.products, lines)
    }
}
