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
use model::{OrderFlags, OrderTime};
use xxhash_rust::xxh3::xxh3_64;

/// Rows of one order may be written minutes apart, on both sides of midnight.
const SAME_MOMENT: u64 = 3_600;

/// By what a row names its customer, and a hash of it; 0: by nothing.
pub(super) type Buyer = (u8, u64);

/// Whom a row is of, as far as two rows of one order would write it the same way.
pub(super) fn buyer(row: Row<'_>) -> Buyer {
    let keys = [Role::Email, Role::Phone, Role::Member];
    let names = [Role::Name, Role::LastName, Role::FirstName];
    let roles = if row.mapping.has_key() { keys } else { names };
    let Some(role) = roles.into_iter().find(|&role| !row.cell(role).is_empty()) else {
        return (0, 0);
    };
    let text = row.cell(role);
    let plain = if role == Role::Phone {
        // With the country's number or without.
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        xxh3_64(&digits[digits.len().saturating_sub(7)..])
    } else {
        xxh3_64(text.to_lowercase().as_bytes())
    };
    (1 + role as u8, plain)
}

impl Rows {
    /// Whether a row says another day or customer than the order of its number.
    pub(super) fn is_another_order(&mut self, row: Row<'_>, order: usize) -> bool {
        let (known, found) = (self.buyers.get(order).copied().unwrap_or_default(), buyer(row));
        (known.0 > 0 && known.0 == found.0 && known.1 != found.1) || self.is_another_day(row, order)
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
