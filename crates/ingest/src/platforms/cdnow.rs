//! The published purchases of CDNOW, and files made like it: no header, columns set by blanks.
//!
//! A row is a purchase: the customer, where it is a sample the customer's number in it, the day as
//! `19970101`, the number of discs, the amount in dollars. There is no order number: two rows alike are
//! two purchases.

use super::{Profile, Quirk, RowModel};
use crate::amounts::read_plain;
use crate::role::Role;
use crate::{dates, dates::DateOrder};

pub(super) const PROFILE: Profile = Profile {
    id: "cdnow",
    name: "CDNOW",
    row_model: RowModel::Order,
    currency: Some("USD"),
    quirks: &[Quirk::MemberFirst],
    ..Profile::PLAIN
};

/// What the columns of rows without a header are; `None`: they are not such ones.
pub(crate) fn columns_of<'a>(
    rows: impl Iterator<Item = &'a [String]>,
) -> Option<Vec<(Role, usize)>> {
    let mut width = None;
    for row in rows {
        if *width.get_or_insert(row.len()) != row.len() || !is_purchase(row) {
            return None;
        }
    }
    let width = width?;
    let of_day = width - 3;
    Some(vec![
        (Role::Member, 0),
        (Role::OrderedAt, of_day),
        (Role::Quantity, of_day + 1),
        (Role::Total, of_day + 2),
    ])
}

fn is_purchase(row: &[String]) -> bool {
    let is_digits = |cell: &String| !cell.is_empty() && cell.bytes().all(|it| it.is_ascii_digit());
    let [people @ .., day, units, amount] = row else { return false };
    (1..=2).contains(&people.len())
        && people.iter().all(is_digits)
        && is_digits(day)
        && day.len() == 8
        && dates::read(day, DateOrder::DayFirst).is_some()
        && is_digits(units)
        && amount.contains('.')
        && read_plain(amount, 2).is_some()
}
