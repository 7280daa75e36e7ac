//! Olist's published orders, in reais and Brasília time: as the tables that are published, or joined
//! into one with a row an item.
//!
//! `customer_id` is an account that each order has of its own; `customer_unique_id` is the person.
//! What was paid is price and freight of each item. The table of payments says it too, with what
//! instalments cost beside it: it counts where no item is known.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;
use model::{OrderFlags, Part};

/// The tables joined.
pub(super) const PROFILE: Profile = Profile {
    id: "olist",
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
    ..BASE
};

const BASE: Profile = Profile {
    name: "Olist",
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

/// `olist_orders_dataset`.
pub(super) const ORDERS: Profile = Profile {
    id: "olist/orders",
    part: Some(Part::Orders),
    signatures: &[&["orderid", "customerid", "orderstatus", "orderpurchasetimestamp"]],
    columns: &[
        (Role::OrderNumber, &["orderid"]),
        (Role::OrderedAt, &["orderpurchasetimestamp"]),
        (Role::Status, &["orderstatus"]),
        (Role::Member, &["customerid"]),
    ],
    row_model: RowModel::Order,
    ..BASE
};

/// `olist_order_items_dataset`.
pub(super) const ITEMS: Profile = Profile {
    id: "olist/items",
    part: Some(Part::Items),
    signatures: &[&["orderid", "orderitemid", "productid", "price"]],
    columns: &[
        (Role::OrderNumber, &["orderid"]),
        (Role::Total, &["price"]),
        (Role::Added, &["freightvalue"]),
        (Role::Sku, &["productid"]),
    ],
    row_model: RowModel::Lines,
    ..BASE
};

/// `olist_order_payments_dataset`.
pub(super) const PAYMENTS: Profile = Profile {
    id: "olist/payments",
    part: Some(Part::Payments),
    signatures: &[&["orderid", "paymentsequential", "paymentvalue"]],
    columns: &[(Role::OrderNumber, &["orderid"]), (Role::Total, &["paymentvalue"])],
    row_model: RowModel::Lines,
    ..BASE
};

/// `olist_customers_dataset`: an account a row.
pub(super) const CUSTOMERS: Profile = Profile {
    id: "olist/accounts",
    part: Some(Part::Accounts),
    signatures: &[&["customerid", "customeruniqueid", "customerzipcodeprefix"]],
    columns: &[
        (Role::Member, &["customerid"]),
        (Role::Name, &["customeruniqueid"]),
        (Role::City, &["customercity"]),
        (Role::Region, &["customerstate"]),
    ],
    row_model: RowModel::Order,
    ..BASE
};

/// Published tables that no figure needs.
const OTHERS: &[(&str, &[&str])] = &[
    ("olist_products", &["productid", "productcategoryname", "productweightg"]),
    ("olist_sellers", &["sellerid", "sellerzipcodeprefix", "sellercity"]),
    ("olist_geolocation", &["geolocationzipcodeprefix", "geolocationlat", "geolocationlng"]),
    ("product_category_name_translation", &["productcategoryname", "productcategorynameenglish"]),
];

/// Why a table with these columns, in normal form, is not read though it is made of Olist's: what
/// tables it is of. `None`: it is read, or is something else.
///
/// Some of the tables joined, though not all, have amounts or customers that those beside them would
/// bring once more.
pub(crate) fn refused_table(columns: &[String]) -> Option<String> {
    let has_all = |wanted: &&[&str]| wanted.iter().all(|it| columns.iter().any(|name| name == it));
    if PROFILE.signatures.iter().any(has_all) {
        return None;
    }
    if let Some((name, _)) = OTHERS.iter().find(|(_, wanted)| has_all(wanted)) {
        return Some((*name).to_owned());
    }
    let parts = [(&ORDERS, "olist_orders"), (&ITEMS, "olist_order_items")];
    let others = [(&PAYMENTS, "olist_order_payments"), (&CUSTOMERS, "olist_customers")];
    let joined: Vec<&str> = (parts.into_iter().chain(others))
        .filter(|(part, _)| part.signatures.iter().any(has_all))
        .map(|it| it.1)
        .collect();
    (joined.len() > 1).then(|| joined.join(" + "))
}
