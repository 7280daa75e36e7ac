//! Olist's published orders, its tables joined into one: a row an item, in reais and Brasília time.
//!
//! `customer_id` is another one in each order; `customer_unique_id` is the person. What was paid is
//! price and freight of each item.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;
use model::OrderFlags;

pub(super) const PROFILE: Profile = Profile {
    id: "olist",
    name: "Olist",
    signatures: &[&["orderid", "customeruniqueid", "orderpurchasetimestamp", "price"]],
    columns: &[
        (Role::OrderNumber, &["orderid"]),
        (Role::OrderedAt, &["orderpurchasetimestamp"]),
        (Role::Total, &["price"]),
        (Role::Added, &["freightvalue"]),
        (Role::Status, &["orderstatus"]),
        (Role::Member, &["customeruniqueid"]),
        (Role::City, &["customercity"]),
        (Role::Region, &["customerstate"]),
        (Role::ProductName, &["productcategoryname"]),
        (Role::Sku, &["productid"]),
    ],
    row_model: RowModel::Lines,
    currency: Some("BRL"),
    states: &[
        ("unavailable", OrderFlags::CANCELLED),
        ("created", OrderFlags::UNPAID),
        ("approved", OrderFlags::PAID),
        ("invoiced", OrderFlags::PAID),
    ],
    quirks: &[Quirk::MemberFirst, Quirk::NumbersAreUnique],
    ..Profile::PLAIN
};
