//! Etsy: Shop Manager → Settings → Options → Download data, orders or order items.
//!
//! Both files describe the same orders by `Order ID` and come to the same totals: what the buyer paid,
//! with shipping and sales tax. Shipping and tax of the items' file are the order's and count once.
//! Guests have no buyer name.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;

const BASE: Profile = Profile {
    id: "etsy",
    name: "Etsy",
    quirks: &[Quirk::MemberFirst, Quirk::NumbersAreUnique],
    ..Profile::PLAIN
};

/// One row an item.
pub(super) const ITEMS: Profile = Profile {
    signatures: &[&["saledate", "itemname", "itemtotal", "orderid", "listingid"]],
    columns: &[
        (Role::OrderNumber, &["orderid"]),
        (Role::OrderedAt, &["saledate"]),
        (Role::PaidAt, &["datepaid"]),
        (Role::Total, &["itemtotal"]),
        (Role::AddedOnce, &["ordershipping", "ordersalestax"]),
        (Role::Currency, &["currency"]),
        (Role::Member, &["buyer"]),
        (Role::Name, &["shipname"]),
        (Role::City, &["shipcity"]),
        (Role::Region, &["shipstate"]),
        (Role::Country, &["shipcountry"]),
        (Role::ProductName, &["itemname"]),
        (Role::Sku, &["sku", "listingid"]),
        (Role::Quantity, &["quantity"]),
        (Role::UnitPrice, &["price"]),
    ],
    row_model: RowModel::Lines,
    ..BASE
};

/// One row an order.
pub(super) const ORDERS: Profile = Profile {
    signatures: &[&["saledate", "orderid", "ordervalue", "ordertotal"]],
    columns: &[
        (Role::OrderNumber, &["orderid"]),
        (Role::OrderedAt, &["saledate"]),
        (Role::Total, &["ordertotal"]),
        (Role::Discount, &["discountamount"]),
        (Role::Currency, &["currency"]),
        (Role::Status, &["status"]),
        (Role::PaymentMethod, &["paymentmethod"]),
        (Role::Member, &["buyer"]),
        (Role::Name, &["fullname"]),
        (Role::FirstName, &["firstname"]),
        (Role::LastName, &["lastname"]),
        (Role::City, &["shipcity"]),
        (Role::Region, &["shipstate"]),
        (Role::Country, &["shipcountry"]),
    ],
    row_model: RowModel::Order,
    ..BASE
};
