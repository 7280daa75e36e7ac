//! Customers that may be one person. Suggested, never merged.

use crate::left_out::KEPT_ROWS;
use model::CustomerTable;
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// What makes two customers look like one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The same telephone.
    SamePhone,
    /// The same mailbox but for a `+tag`.
    SameMailbox,
}

impl Likeness {
    /// A stable name, for translation.
    pub const fn code(self) -> &'static str {
        match self {
            Likeness::SamePhone => "same_phone",
            Likeness::SameMailbox => "same_mailbox",
        }
    }
}

/// Two customers that may be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Why.
    pub why: Likeness,
    /// Row of the customer who came first.
    pub first: u32,
    /// Row of the other.
    pub second: u32,
}

/// A telephone of more customers is an office's or a marketplace's.
const SHARED_BY: usize = 4;

/// All pairs that look alike, at most [`KEPT_ROWS`].
pub(crate) fn find(customers: &CustomerTable) -> Vec<Suggestion> {
    let mut found = by_phone(customers);
    let known: HashSet<(u32, u32)> = found.iter().map(|it| (it.first, it.second)).collect();
    let others = by_mailbox(customers);
    found.extend(others.into_iter().filter(|it| !known.contains(&(it.first, it.second))));
    found.sort_unstable_by_key(|it| (it.second, it.first));
    found.truncate(KEPT_ROWS);
    found
}

fn by_phone(customers: &CustomerTable) -> Vec<Suggestion> {
    if customers.phone.byte_len() == 0 {
        return Vec::new();
    }
    // Others are not in E.164: the same digits may be two countries'.
    let phones = (0_u32..).zip(customers.phone.iter()).filter(|(_, phone)| phone.starts_with('+'));
    let owners = phones.map(|(row, phone)| (xxh3_64(phone.as_bytes()), row)).collect();
    pairs(owners, SHARED_BY, Likeness::SamePhone)
}

fn by_mailbox(customers: &CustomerTable) -> Vec<Suggestion> {
    if !customers.email.iter().any(|email| mailbox(email).is_some()) {
        return Vec::new();
    }
    let emails = (0_u32..).zip(customers.email.iter()).filter(|(_, email)| !email.is_empty());
    let key = |email: &str| match mailbox(email) {
        Some((local, domain)) => xxh3_64(format!("{local}@{domain}").as_bytes()),
        None => xxh3_64(email.as_bytes()),
    };
    let owners = emails.map(|(row, email)| (key(email), row)).collect();
    pairs(owners, usize::MAX, Likeness::SameMailbox)
}

/// An address with a tag: its parts without the tag.
fn mailbox(email: &str) -> Option<(&str, &str)> {
    let (local, domain) = email.split_once('@')?;
    let (name, _) = local.split_once('+')?;
    (!name.is_empty()).then_some((name, domain))
}

/// Of those with the same key the first with each of the others, unless they are more than `most`.
fn pairs(mut owners: Vec<(u64, u32)>, most: usize, why: Likeness) -> Vec<Suggestion> {
    owners.sort_unstable();
    let groups = owners.chunk_by(|one, other| one.0 == other.0);
    let with_first = |group: &[(u64, u32)]| {
        let first = group[0].1;
        let others = group[1..].iter().map(|&(_, second)| Suggestion { why, first, second });
        others.collect::<Vec<_>>()
    };
    groups.filter(|group| (2..=most).contains(&group.len())).flat_map(with_first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::TextColumn;

    fn alike(people: &[(&str, &str)]) -> Vec<(&'static str, u32, u32)> {
        let customers = CustomerTable {
            email: people.iter().map(|it| it.0).collect::<TextColumn>(),
            phone: people.iter().map(|it| it.1).collect::<TextColumn>(),
            ..CustomerTable::default()
        };
        find(&customers).iter().map(|it| (it.why.code(), it.first, it.second)).collect()
    }

    #[test]
    fn a_telephone_or_a_mailbox_in_common_is_suggested() {
        let (ann, office) = ("ann@example.com", "+12125550100");
        for (people, expected) in [
            (&[(ann, ""), ("ben@example.com", "")][..], &[][..]),
            (&[(ann, office), ("", office)], &[("same_phone", 0, 1)]),
            (&[(ann, office), ("ben@example.com", office)], &[("same_phone", 0, 1)]),
            // No E.164: a telephone that could not be read.
            (&[(ann, "5550100"), ("ben@example.com", "5550100")], &[]),
            (&[("ann+tea@example.com", ""), (ann, "")], &[("same_mailbox", 0, 1)]),
            (&[("ann+tea@example.com", ""), ("ann+b@example.com", "")], &[("same_mailbox", 0, 1)]),
            (&[("ann+tea@example.com", ""), ("ann@example.org", "")], &[]),
            (&[("+tea@example.com", ""), ("@example.com", "")], &[]),
            // Alike in both ways is suggested once.
            (&[(ann, office), ("ann+b@example.com", office)], &[("same_phone", 0, 1)]),
            (&[("", office), ("a", office), ("b", office), ("c", office), ("d", office)], &[]),
        ] {
            assert_eq!(alike(people), expected, "{people:?}");
        }
    }
}
