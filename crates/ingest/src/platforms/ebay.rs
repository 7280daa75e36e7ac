//! eBay: Seller Hub → Orders → Download report.
//!
//! Orders of several items may have a row of their own above the items', which then carry no total.
//! A blank line stands before the header and the number of records below. The number of the order may
//! be blank: the record's number stands in.

use super::{Profile, Quirk};
use crate::role::Role;

pub(super) const PROFILE: Profile = Profile {
    id: "ebay",
    name: "eBay",
    signatures: &[
        &["salesrecordnumber", "buyerusername", "soldfor", "totalprice"],
        &["ordernumber", "buyerusername", "soldfor", "totalprice"],
    ],
    columns: &[
        (Role::OrderNumber, &["ordernumber"]),
        (Role::OtherNumber, &["salesrecordnumber"]),
        (Role::OrderedAt, &["saledate"]),
        (Role::PaidAt, &["paidondate"]),
        (Role::Total, &["totalprice"]),
        (Role::PaymentMethod, &["paymentmethod"]),
        (Role::Email, &["buyeremail"]),
        (Role::Member, &["buyerusername"]),
        (Role::Name, &["buyername", "shiptoname", "posttoname"]),
        (Role::City, &["buyercity", "shiptocity", "posttocity"]),
        (Role::Region, &["buyerstate", "buyercounty", "shiptostate", "posttocounty"]),
        (Role::Country, &["buyercountry", "shiptocountry", "posttocountry"]),
        (Role::ProductName, &["itemtitle"]),
        (Role::Sku, &["customlabel", "itemnumber"]),
        (Role::Quantity, &["quantity"]),
        (Role::UnitPrice, &["soldfor"]),
    ],
    quirks: &[Quirk::MemberFirst, Quirk::NumbersAreUnique],
    ..Profile::PLAIN
};
