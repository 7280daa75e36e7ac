//! By which number a row's order goes.

use super::Rows;
use crate::cells::Row;
use crate::left_out::{Left, RejectReason};
use crate::platforms::Quirk;
use crate::role::Role;
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

impl Rows {
    /// A row whose number is blank is a further line of the order above, where all order fields are
    /// blank on such.
    pub(super) fn row_without_number(&mut self, row: Row<'_>) -> Result<(), Left> {
        let is_line = self.profile.has(Quirk::NumberOnFirstRow)
            && [Role::Total, Role::Status].iter().all(|&role| row.cell(role).is_empty())
            && [Role::ProductName, Role::Sku].iter().any(|&role| !row.cell(role).is_empty());
        if is_line && self.latest.1 != usize::MAX {
            return self.add_line(self.latest.1, row).map(|_| ());
        }
        Err(RejectReason::NoOrderNumber.into())
    }

    /// A number for a row of a file without numbers: the same row of the same file gets the same.
    pub(super) fn made_up_number(&mut self, row: Row<'_>) -> String {
        let hash = xxh3_64(row.record.raw.as_bytes());
        let times = self.occurrences.entry(hash).or_insert(0);
        *times += 1;
        let mut number = format!("~{hash:016x}");
        if *times > 1 {
            let _ = write!(number, "-{times}");
        }
        number
    }

    /// The number, with the source's id behind it if another order has the number already.
    pub(super) fn distinct_number(&mut self, row: Row<'_>, number: &str) -> String {
        let id = row.cell(Role::SourceId);
        let known = self.orders.find(number).ok().and_then(|order| self.source_ids.get(order));
        match known {
            Some(&known) if !id.is_empty() && known != xxh3_64(id.as_bytes()) => {
                format!("{number} ({id})")
            }
            _ => number.to_owned(),
        }
    }

    /// The order that a row's number belongs to; the one that was just read, if it fits.
    pub(super) fn order_of(&mut self, number: &str) -> Result<usize, u64> {
        let (latest, order) = &self.latest;
        if *order != usize::MAX && latest == number { Ok(*order) } else { self.orders.find(number) }
    }
}
