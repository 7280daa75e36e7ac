//! Whether a row belongs to the order whose number it has: numbers may start anew, as those of a
//! till do every day.
//!
//! A row of another day or customer is never added to the order; where each row is a whole order,
//! the later one counts in its place. Whoever lets the user say that the
//! numbers of a file start anew has to make a number of its own for such a row here.

use super::Rows;
use crate::cells::Row;
use crate::dates::DAY;
use crate::role::Role;
use crate::word_hash::hash_caseless;
use model::{OrderFlags, OrderTime};

/// Rows of one order may be written minutes apart, on both sides of midnight.
const SAME_MOMENT: u64 = 3_600;

/// By what a row names its customer, in the lowest three bits, and a hash of it; 0: by nothing. One is
/// kept of every order, so that it is small.
pub(super) type Buyer = u32;

/// The bits of a [`Buyer`] that say by what.
const BY: Buyer = 7;

/// Whom a row is of, as far as two rows of one order would write it the same way.
pub(super) fn buyer(row: Row<'_>) -> Buyer {
    let keys = [Role::Email, Role::Phone, Role::Member];
    let names = [Role::Name, Role::LastName, Role::FirstName];
    let roles = if row.mapping.has_key() { keys } else { names };
    let telling = (1..).zip(roles).find(|&(_, role)| !row.cell(role).is_empty());
    let Some((by, role)) = telling else { return 0 };
    let text = row.cell(role);
    let hash = if role == Role::Phone {
        // With the country's number or without: the last seven digits.
        let digits = text.bytes().rev().filter(u8::is_ascii_digit).take(7);
        digits.fold(1, |number, digit| number * 10 + Buyer::from(digit - b'0'))
    } else {
        hash_caseless(text.as_bytes()) as Buyer
    };
    hash << 3 | by
}

impl Rows {
    /// Whether a row says another day or customer than the order of its number.
    pub(super) fn is_another_order(&mut self, row: Row<'_>, order: usize) -> bool {
        let (known, found) = (self.buyers.get(order).copied().unwrap_or_default(), buyer(row));
        let is_named_alike = known != 0 && known & BY == found & BY;
        (is_named_alike && known != found) || self.is_another_day(row, order)
    }

    fn is_another_day(&mut self, row: Row<'_>, order: usize) -> bool {
        if row.mapping.has(Role::OrderedAt) && row.cell(Role::OrderedAt).is_empty() {
            return false;
        }
        // The row may be read once more, as an order.
        let votes = self.cells.dates;
        let found = self.cells.time(row);
        self.cells.dates = votes;
        let known = self.orders.table.at[order];
        let is_wall = self.orders.table.flags[order].has(OrderFlags::WALL_TIME);
        match found.map(|reading| reading.time) {
            Ok(OrderTime::Wall(at)) if is_wall => differ(known, at),
            Ok(OrderTime::Instant(at)) if !is_wall => differ(known, at),
            _ => false,
        }
    }
}

/// Whether two times, in seconds, are of different days.
const fn differ(one: i64, other: i64) -> bool {
    one.div_euclid(DAY) != other.div_euclid(DAY) && one.abs_diff(other) >= SAME_MOMENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_around_midnight_are_no_other_day() {
        for (one, other, is_other) in [
            (0, DAY - 1, false),
            (DAY - 1, DAY, false),
            (DAY - 1, DAY + 3_600, true),
            (0, DAY, true),
            (-1, DAY, true),
        ] {
            assert_eq!(differ(one, other), is_other, "{one} {other}");
        }
    }
}
