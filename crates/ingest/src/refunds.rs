//! Refunds in rows of their own.
//!
//! Where such a row names an order of the file, by its number or by a reference, the order's refund
//! grows, whichever of the two comes first. Where it names none, it becomes a document: a row among
//! the orders with a negative total, which counts nowhere as an order and lowers net on its own day.

use crate::orders::{OrderFacts, Orders};
use crate::warnings::{WarningCode, Warnings};
use crate::word_hash::hash_64;
use model::OrderFlags;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

/// Stands behind the number of a document that has none of its own, so that it never takes the place
/// of the order with that number in another file.
const MARK: &str = " ↩";

/// A refund in a row of its own.
#[derive(Debug)]
pub(crate) struct Refund {
    /// Line of the file.
    pub line: u32,
    /// The row's number.
    pub number: String,
    /// The number of the order that it is of, as far as the row says.
    pub of: String,
    /// What was given back, in minor units, positive.
    pub amount: i64,
    pub at: i64,
    pub flags: OrderFlags,
    pub currency: u8,
    pub customer: u32,
}

/// All of them, while rows come in.
#[derive(Debug, Default)]
pub(crate) struct Refunds {
    list: Vec<Refund>,
    seen: HashSet<u64>,
}

impl Refunds {
    /// Whether the row is there for the first time.
    pub fn is_new(&mut self, raw: &str) -> bool {
        self.seen.insert(xxh3_64(raw.as_bytes()))
    }

    pub fn push(&mut self, refund: Refund) {
        self.list.push(refund);
    }

    /// Gives each to its order, or makes a document of it. `numbered`: they have numbers of their own.
    pub fn settle(self, numbered: bool, orders: &mut Orders, warnings: &mut Warnings) {
        let (of_orders, loose): (Vec<_>, Vec<_>) = (self.list.into_iter())
            .map(|refund| (order_of(&refund, orders), refund))
            .partition(|(order, _)| order.is_some());
        for (order, refund) in of_orders {
            let Some(order) = order else { continue };
            let table = &mut orders.table;
            let left = table.total[order] - table.refunded[order];
            if refund.amount > left && !table.flags[order].has(OrderFlags::REFUNDED) {
                warnings.note(WarningCode::RefundAboveTotal, refund.line);
            }
            table.refunded[order] += refund.amount.min(left);
        }
        let mut known = HashMap::new();
        for (_, refund) in loose {
            document(&refund, numbered, orders, &mut known, warnings);
        }
    }
}

/// The order that a refund names, if it is in the file, in the same currency, and the refund was made.
fn order_of(refund: &Refund, orders: &mut Orders) -> Option<usize> {
    if refund.flags.without(OrderFlags::WALL_TIME.with(OrderFlags::REFUNDED)) != OrderFlags::PAID {
        return None;
    }
    let order = orders.find(&refund.of).ok()?;
    let table = &orders.table;
    (table.total[order] >= 0 && table.currency[order] == refund.currency).then_some(order)
}

/// Puts a document among the orders; rows of one document are one.
fn document(
    refund: &Refund,
    numbered: bool,
    orders: &mut Orders,
    known: &mut HashMap<String, usize>,
    warnings: &mut Warnings,
) {
    let mut number = refund.number.clone();
    if numbered {
        if let Some(&row) = known.get(&number) {
            orders.table.total[row] -= refund.amount;
            return;
        }
    } else {
        number += MARK;
        let mut times = 1;
        let length = number.len();
        while known.contains_key(&number) {
            times += 1;
            number.truncate(length);
            let _ = write!(number, "{times}");
        }
    }
    warnings.note(WarningCode::RefundWithoutOrder, refund.line);
    let facts = OrderFacts {
        at: refund.at,
        total: -refund.amount,
        refunded: 0,
        discount: 0,
        currency: refund.currency,
        flags: refund.flags,
        customer: refund.customer,
        channel: "",
    };
    // The number may stand for an order too, in another currency.
    let hash = orders.find(&number).err().unwrap_or_else(|| hash_64(number.as_bytes()));
    let row = orders.push(&number, hash, &facts);
    known.insert(number, row);
}

/// The number of a document that came of lines, if it needs another than its own.
pub(crate) fn marked(number: &str, numbered: bool) -> String {
    if numbered { number.to_owned() } else { format!("{number}{MARK}") }
}
