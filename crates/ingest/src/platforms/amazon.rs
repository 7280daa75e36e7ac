//! Amazon: the "all orders" and "new orders" reports, tab separated. One row an item.
//!
//! What a customer paid is item, shipping and gift wrap with their taxes less promotions. Cancelled
//! rows keep their amounts, pending ones have none. Addresses, where there are any, are aliases of one
//! buyer each at `marketplace.amazon.…`, and so keys as good as any.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;
use model::OrderFlags;

pub(super) const PROFILE: Profile = Profile {
    id: "amazon",
    name: "Amazon",
    signatures: &[
        &["amazonorderid", "purchasedate", "orderstatus", "itemprice"],
        &["orderid", "orderitemid", "purchasedate", "itemprice", "quantitypurchased"],
    ],
    columns: &[
        (Role::OrderNumber, &["amazonorderid", "orderid"]),
        (Role::OrderedAt, &["purchasedate"]),
        (Role::Total, &["itemprice"]),
        (Role::Added, &["itemtax", "shippingprice", "shippingtax", "giftwrapprice", "giftwraptax"]),
        (Role::TakenOff, &["itempromotiondiscount", "shippromotiondiscount"]),
        (Role::Currency, &["currency"]),
        (Role::Status, &["orderstatus"]),
        (Role::FulfilmentStatus, &["itemstatus"]),
        (Role::Channel, &["saleschannel"]),
        (Role::Email, &["buyeremail"]),
        (Role::Phone, &["buyerphonenumber"]),
        (Role::Name, &["buyername"]),
        (Role::City, &["shipcity"]),
        (Role::Region, &["shipstate"]),
        (Role::Country, &["shipcountry"]),
        (Role::ProductName, &["productname"]),
        (Role::Sku, &["sku", "asin"]),
        (Role::Quantity, &["quantity", "quantitypurchased"]),
    ],
    row_model: RowModel::Lines,
    states: &[
        ("unshipped", OrderFlags::PAID),
        ("partiallyshipped", OrderFlags::PAID),
        ("shippeddeliveredtobuyer", OrderFlags::PAID),
        ("shippedpickedup", OrderFlags::PAID),
        ("shippedoutfordelivery", OrderFlags::PAID),
        ("shippedreturnedtoseller", OrderFlags::REFUNDED),
        ("shippedreturningtoseller", OrderFlags::PAID),
        ("shippedrejectedbybuyer", OrderFlags::REFUNDED),
        ("pendingwaitingforpickup", OrderFlags::PAID),
    ],
    quirks: &[Quirk::NumbersAreUnique],
    ..Profile::PLAIN
};
