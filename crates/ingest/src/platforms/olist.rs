//! Olist's published orders, its tables joined into one: a row an item, in reais and Brasília time.
//!
//! `customer_id` is another one in each order; `customer_unique_id` is the person. What was paid is
//! price and freight of each item.

//!
//! As published, orders are nine tables. None of them has all of an order: they are refused by name,
//! with the table that is needed.

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

/// The published tables, each by columns that the joined one has not all of.
const TABLES: &[(&str, &[&str])] = &[
    ("olist_orders", &["orderid", "customerid", "orderstatus", "orderpurchasetimestamp"]),
    ("olist_order_items", &["orderid", "orderitemid", "shippinglimitdate", "price"]),
    ("olist_order_payments", &["orderid", "paymentsequential", "paymentvalue"]),
    ("olist_customers", &["customerid", "customeruniqueid", "customerzipcodeprefix"]),
];

/// Which of the published tables has these columns, in normal form; `None`: none, or all are joined.
pub(crate) fn table_of(columns: &[String]) -> Option<&'static str> {
    let has_all = |wanted: &&[&str]| wanted.iter().all(|it| columns.iter().any(|name| name == it));
    if PROFILE.signatures.iter().any(has_all) {
        return None;
    }
    TABLES.iter().find(|(_, wanted)| has_all(wanted)).map(|(name, _)| *name)
}
