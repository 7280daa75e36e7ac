//! The platforms whose exports are known: one file each, and the list of them here.

mod amazon;
mod bigcommerce;
mod cdnow;
mod douyin;
mod ebay;
mod etsy;
mod generic;
mod jd;
mod magento;
mod olist;
mod online_retail;
mod paypal;
mod pinduoduo;
mod shopify;
mod square;
mod stripe;
mod taobao;
mod wholesale_1688;
mod woocommerce;
mod youzan;

pub(crate) use cdnow::columns_of as headless_columns;

use crate::header::normal_form;
use crate::role::{Mapping, Role};
use crate::row_amounts::RowAmounts;
use crate::zones::Zone;
use model::{OrderFlags, Part};
use std::collections::HashSet;

/// All that is special about a platform's order export.
#[derive(Debug)]
pub(crate) struct Profile {
    /// Stable: part of customers' keys and of stored imports. The kinds of file that one platform
    /// exports share it, so that their orders meet; tables that have not all of an order have the name
    /// of the [`Part`] behind it.
    pub id: &'static str,
    /// Which of several tables it is; `None`: it has all of an order.
    pub part: Option<Part>,
    /// As people write it; a name, so the same in every language.
    pub name: &'static str,
    /// Sets of headers in normal form: such an export has all of one set, whatever else it has.
    pub signatures: &'static [&'static [&'static str]],
    /// Headers in normal form of each role, the preferred first. A column gets one role only.
    pub columns: &'static [(Role, &'static [&'static str])],
    /// What a row is.
    pub row_model: RowModel,
    /// Code of the currency of amounts that name none; `None`: the shop's own.
    pub currency: Option<&'static str>,
    /// The zone of times that name none; `None`: the shop's own.
    pub zone: Option<Zone>,
    /// States in normal form that mean something else here than elsewhere.
    pub states: &'static [(&'static str, OrderFlags)],
    /// What rows are by their kind: the first whose text is in the cell, in normal form. Others are
    /// no sales and are passed over.
    pub events: &'static [(&'static str, Event)],
    /// What else is unlike other platforms.
    pub quirks: &'static [Quirk],
    /// Stock numbers, in capitals, that are no goods: postage, fees, corrections.
    pub no_goods: &'static [&'static str],
    /// Payment methods of trial orders.
    pub test_payments: &'static [&'static str],
    /// Tags of trial orders.
    pub test_tags: &'static [&'static str],
}

/// Something that is unlike other platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quirk {
    /// Customers are told by member name or number before address and telephone.
    MemberFirst,
    /// A number is one order's for ever, whatever day or person its rows name.
    NumbersAreUnique,
    /// Refunds in rows of their own have numbers of their own.
    RefundsAreNumbered,
    /// Whom a refund's row names is the merchant, who sends the money.
    RefundsAreFromShop,
    /// Order fields that are blank below an order's first row are so without exception: the number,
    /// too.
    NumberOnFirstRow,
    /// An order's number begins with its day, `YYMMDD`.
    DayInNumber,
    /// What was closed counts all the same if only a part was given back.
    ClosedMayBePart,
}

/// What a row of an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowModel {
    /// The file has to show it.
    Open,
    /// An order; a later row of the same number counts in its place.
    Order,
    /// A line; order fields stand on the order's first row only, and are blank below.
    FirstRow,
    /// A line; the order's total is repeated on each.
    Repeated,
    /// A line with an amount of its own: the order is the sum of its rows.
    Lines,
}

/// What a row of a certain kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// Something was sold.
    Sale,
    /// As a sale, unless its amount is negative: then the merchant bought.
    SaleIfReceived,
    /// Something was given back.
    Refund,
    /// Neither.
    Other,
}

impl Profile {
    /// Whether the platform is unlike others in this.
    pub fn has(&self, quirk: Quirk) -> bool {
        self.quirks.contains(&quirk)
    }

    /// What customers' keys are kept apart by: the platform, of which the table is one.
    pub fn keys(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(platform, _)| platform)
    }

    /// Roles without which no rows of such a file can be used.
    pub fn missing(&self, mapping: &Mapping) -> Vec<Role> {
        let needed: &[Role] = match self.part {
            None => return mapping.missing(),
            Some(Part::Orders) => &[Role::OrderNumber, Role::OrderedAt, Role::Member],
            Some(Part::Items | Part::Payments) => &[Role::OrderNumber, Role::Total],
            Some(Part::Accounts) => &[Role::Member, Role::Name],
        };
        needed.iter().copied().filter(|role| !mapping.has(*role)).collect()
    }

    /// Whether it says when an order was placed.
    pub fn tells_time(&self) -> bool {
        self.part.is_none_or(Part::tells_time)
    }

    /// Whether it says for how much something was bought.
    pub fn tells_amounts(&self) -> bool {
        self.part.is_none_or(Part::tells_amounts)
    }

    /// What a platform is unless its file says otherwise.
    const PLAIN: Profile = Profile {
        id: "",
        part: None,
        name: "",
        signatures: &[],
        columns: &[],
        row_model: RowModel::Open,
        currency: None,
        zone: None,
        states: &[],
        events: &[],
        quirks: &[],
        no_goods: &[],
        test_payments: &[],
        test_tags: &[],
    };

    /// A Chinese marketplace: yuan, Beijing time, numbers that no other order ever has.
    const CHINESE: Profile = Profile {
        currency: Some("CNY"),
        zone: Some(Zone::CHINA),
        quirks: &[Quirk::NumbersAreUnique],
        ..Profile::PLAIN
    };

    /// A program whose exports are about people: its orders are not known, or not read by it.
    pub const fn of_people(id: &'static str, name: &'static str) -> Profile {
        Profile { id, name, ..Profile::PLAIN }
    }
}

/// In the order in which they are tried: the particular before the general.
const PROFILES: &[&Profile] = &[
    &shopify::PROFILE,
    &woocommerce::ADVANCED,
    &woocommerce::SUITE,
    &woocommerce::ANALYTICS,
    &magento::PROFILE,
    &bigcommerce::PROFILE,
    &square::ITEMS,
    &square::TRANSACTIONS,
    &etsy::ITEMS,
    &etsy::ORDERS,
    &amazon::PROFILE,
    &ebay::PROFILE,
    &stripe::PROFILE,
    &paypal::PROFILE,
    &wholesale_1688::PROFILE,
    &taobao::PROFILE,
    &jd::PROFILE,
    &pinduoduo::PROFILE,
    &douyin::PROFILE,
    &youzan::PROFILE,
    &olist::PROFILE,
    &olist::ORDERS,
    &olist::ITEMS,
    &olist::PAYMENTS,
    &olist::CUSTOMERS,
    &online_retail::PROFILE,
    &generic::PROFILE,
];

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

/// What a table, by its columns in normal form, is of that is not read, though others beside it are.
pub(crate) fn one_of_several(columns: &[String]) -> Option<String> {
    olist::refused_table(columns)
}

impl Platform {
    /// The platform of a profile.
    pub(crate) const fn of(profile: &'static Profile) -> Platform {
        Platform(profile)
    }

    /// Every platform whose orders are read, and what stands for a table of none of them.
    pub fn all() -> impl Iterator<Item = Platform> {
        PROFILES.iter().copied().chain([Self::HEADLESS.0]).map(Platform)
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

    /// Which of several tables it is; `None`: it has all of an order.
    pub const fn part(self) -> Option<Part> {
        self.0.part
    }

    /// Whether it is no platform that is known: headers mean what they say.
    pub(crate) fn is_generic(self) -> bool {
        self.0.id == generic::PROFILE.id
    }

    /// The one whose files have no header.
    pub(crate) const HEADLESS: Platform = Platform(&cdnow::PROFILE);

    /// The platform whose export has these columns.
    pub(crate) fn of_columns(columns: &[String]) -> Platform {
        let names: HashSet<&str> = columns.iter().map(String::as_str).collect();
        let has_all = |set: &&[&str]| set.iter().all(|name| names.contains(name));
        // Some tables joined are neither of them.
        let is_joined = one_of_several(columns).is_some();
        let fits = |profile: &&&Profile| {
            profile.signatures.iter().any(has_all) && !(is_joined && profile.part.is_some())
        };
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

    /// Whose the amounts of rows are, where the platform or the header, in normal form, says so.
    pub(crate) fn row_amounts(self, header: &str) -> Option<RowAmounts> {
        match self.0.row_model {
            RowModel::Lines => Some(RowAmounts::LineAmount),
            RowModel::Order | RowModel::FirstRow | RowModel::Repeated => {
                Some(RowAmounts::OrderTotal)
            }
            RowModel::Open => ORDER_TOTALS.contains(&header).then_some(RowAmounts::OrderTotal),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_and_word_of_a_profile_is_in_normal_form() {
        for profile in PROFILES {
            let columns = profile.columns.iter().flat_map(|(_, names)| *names);
            let signed = profile.signatures.iter().flat_map(|set| *set);
            let states = profile.states.iter().map(|(word, _)| word);
            let events = profile.events.iter().map(|(word, _)| word);
            for name in columns.chain(signed).chain(states).chain(events) {
                assert_eq!(normal_form(name), *name, "{}", profile.id);
            }
            if let Some(code) = profile.currency {
                assert!(model::Currency::from_code(code).is_some(), "{}", profile.id);
            }
        }
    }
}
