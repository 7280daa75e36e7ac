//! Whose a record is: addresses, telephones and numbers in their normal forms.

use crate::cells::{Cells, Row};
use crate::customers::MASKS;
use crate::header::value;
use crate::role::Role;
use model::{normalise_email, normalise_phone};

/// The keys of one record, kept for their memory. Empty: not given, or no key.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub email: String,
    pub phone: String,
    pub member: String,
    scratch: String,
}

impl Keys {
    /// Takes the keys of a row.
    pub fn read(&mut self, row: Row<'_>, cells: &Cells) {
        self.email.clear();
        self.phone.clear();
        self.member.clear();
        row.each(Role::Email, |cell| {
            let is_open = self.email.is_empty();
            if is_open && is_plain(cell) && normalise_email(cell, &mut self.scratch) {
                self.email.push_str(&self.scratch);
            } else if is_open && self.member.is_empty() && is_plain(cell) && !cell.contains('@') {
                // A column of customers may hold telephones and numbers as well.
                if normalise_phone(cell, cells.country_of(cell), &mut self.scratch) {
                    self.phone.push_str(&self.scratch);
                } else {
                    self.member.push_str(cell);
                }
            }
        });
        row.each(Role::Phone, |cell| {
            let country = cells.country_of(cell);
            if self.phone.is_empty() && normalise_phone(cell, country, &mut self.scratch) {
                self.phone.push_str(&self.scratch);
            }
        });
        row.each(Role::Member, |cell| {
            if self.member.is_empty() && is_plain(cell) {
                self.member.push_str(cell);
            }
        });
    }

    /// Whether there is none that could be anybody's alone.
    pub const fn is_nobody(&self) -> bool {
        self.email.is_empty() && self.phone.is_empty() && self.member.is_empty()
    }
}

/// Whether a key is not masked.
pub(super) fn is_plain(key: &str) -> bool {
    !key.contains(MASKS)
}

/// The values of a cell that may hold several, as `a ::: b` or `"VIP","Blog"`.
pub(super) fn each_of(cell: &str, mut take: impl FnMut(&str)) {
    if cell.contains(":::") {
        return cell.split(":::").for_each(|part| take_filled(part, &mut take));
    }
    let mut rest = cell;
    loop {
        rest = rest.trim_start();
        if let Some((quoted, behind)) =
            rest.strip_prefix('"').and_then(|inner| inner.split_once('"'))
        {
            take_filled(quoted, &mut take);
            rest = behind.trim_start_matches(SEPARATORS);
        } else if let Some((part, behind)) = rest.split_once(SEPARATORS) {
            take_filled(part, &mut take);
            rest = behind;
        } else {
            return take_filled(rest, &mut take);
        }
    }
}

const SEPARATORS: [char; 7] = [',', ';', '，', '；', '、', '\n', '\r'];

fn take_filled(part: &str, take: &mut impl FnMut(&str)) {
    let part = value(part);
    if !part.is_empty() {
        take(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_hold_several_values() {
        for (cell, expected) in [
            ("", &[][..]),
            ("VIP", &["VIP"]),
            ("VIP ::: * myContacts", &["VIP", "* myContacts"]),
            ("\"VIP\",\"Blog\"", &["VIP", "Blog"]),
            ("\"VIP, gold\", new", &["VIP, gold", "new"]),
            ("newsletter, VIP", &["newsletter", "VIP"]),
            ("老客、团购；企业", &["老客", "团购", "企业"]),
            (" , ,", &[]),
            ("\"never closed", &["\"never closed"]),
        ] {
            let mut found = Vec::new();
            each_of(cell, |part| found.push(part.to_owned()));
            assert_eq!(found, expected, "{cell}");
        }
    }
}
