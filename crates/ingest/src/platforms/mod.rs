//! The platforms whose exports are known: one file each, and the list of them here.

mod generic;
mod shopify;

use crate::header::normal_form;
use crate::role::Role;
use std::collections::HashSet;

/// All that is special about a platform's order export.
#[derive(Debug)]
pub(crate) struct Profile {
    /// Stable: part of customers' keys and of stored imports.
    pub id: &'static str,
    /// As people write it; a name, so the same in every language.
    pub name: &'static str,
    /// Headers in normal form that are all there in such an export, whatever else is.
    pub signature: &'static [&'static str],
    /// Headers in normal form of each role, the preferred first. A column gets one role only.
    pub columns: &'static [(Role, &'static [&'static str])],
    /// Order fields stand on an order's first row only, blank on the rows of its further lines.
    pub order_on_first_row: bool,
    /// Payment methods of trial orders.
    pub test_payments: &'static [&'static str],
    /// Tags of trial orders.
    pub test_tags: &'static [&'static str],
}

impl Profile {
    /// A program whose exports are about people: its orders are not known, or not read by it.
    pub const fn of_people(id: &'static str, name: &'static str) -> Profile {
        Profile { id, name, signature: &[], columns: &[], ..generic::PROFILE }
    }
}

/// In the order in which they are tried: the particular before the general.
const PROFILES: &[&Profile] = &[&shopify::PROFILE, &generic::PROFILE];

/// Headers in normal form of amounts that can be no line's.
#[rustfmt::skip]
const ORDER_TOTALS: &[&str] = &[
    "ordertotal", "ordertotalamount", "ordertotalprice", "ordertotalpaid", "orderamounttotal",
    "totalorderamount", "totalordervalue", "grandtotal", "grandtotal(base)",
    "grandtotal(purchased)", "订单总额", "订单总金额", "订单总价", "整单金额",
];

/// Where an export comes from.
#[derive(Clone, Copy)]
pub struct Platform(&'static Profile);

impl Platform {
    /// The platform of a profile.
    pub(crate) const fn of(profile: &'static Profile) -> Platform {
        Platform(profile)
    }

    /// A stable name, for storage.
    pub const fn id(self) -> &'static str {
        self.0.id
    }

    /// The name on screen.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    pub(crate) const fn profile(self) -> &'static Profile {
        self.0
    }

    /// The platform whose export has these columns.
    pub(crate) fn of_columns(columns: &[String]) -> Platform {
        let names: HashSet<&str> = columns.iter().map(String::as_str).collect();
        let fits = |profile: &&&Profile| profile.signature.iter().all(|name| names.contains(name));
        Platform(PROFILES.iter().find(fits).copied().unwrap_or(&generic::PROFILE))
    }

    /// Which column has which role.
    pub(crate) fn map(self, columns: &[String]) -> Vec<(Role, usize)> {
        let mut taken = vec![false; columns.len()];
        let mut mapping = Vec::new();
        for &(role, names) in self.0.columns {
            for name in names {
                let free = |&(at, column): &(usize, &String)| column == name && !taken[at];
                let Some((at, _)) = columns.iter().enumerate().find(free) else { continue };
                taken[at] = true;
                mapping.push((role, at));
                if !role.takes_several() {
                    break;
                }
            }
        }
        mapping
    }

    /// Whether a header in normal form plainly calls amounts the orders', not their lines'.
    pub(crate) fn says_order_total(self, header: &str) -> bool {
        self.0.order_on_first_row || ORDER_TOTALS.contains(&header)
    }

    /// How many of a row's cells are headers that some platform uses, or that are `also` taken.
    pub(crate) fn known_headers<'a>(
        cells: impl Iterator<Item = &'a str>,
        also: fn(&str) -> bool,
    ) -> usize {
        let known: HashSet<&str> = PROFILES
            .iter()
            .flat_map(|profile| profile.columns.iter().flat_map(|(_, names)| names.iter().copied()))
            .collect();
        cells.filter(|cell| known.contains(normal_form(cell).as_str()) || also(cell)).count()
    }
}

impl PartialEq for Platform {
    fn eq(&self, other: &Platform) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Platform {}

impl std::fmt::Debug for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
