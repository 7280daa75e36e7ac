//! Magento and Adobe Commerce: Sales → Orders → Export of the grid. One row an order.
//!
//! Amounts are those of the shop's base currency; "closed" is an order that was refunded whole.

use super::{Profile, RowModel};
use crate::role::Role;
use model::OrderFlags;

pub(super) const PROFILE: Profile = Profile {
    id: "magento",
    name: "Magento",
    signatures: &[&["id", "purchasedate", "grandtotal(base)", "status"]],
    columns: &[
        (Role::OrderNumber, &["id"]),
        (Role::OrderedAt, &["purchasedate"]),
        (Role::Total, &["grandtotal(base)"]),
        (Role::Refunded, &["totalrefunded"]),
        (Role::Status, &["status"]),
        (Role::Channel, &["purchasepoint"]),
        (Role::PaymentMethod, &["paymentmethod"]),
        (Role::Email, &["customeremail"]),
        (Role::Name, &["customername", "billtoname", "shiptoname"]),
    ],
    row_model: RowModel::Order,
    states: &[
        ("closed", OrderFlags::REFUNDED),
        ("fraud", OrderFlags::CANCELLED),
        ("suspectedfraud", OrderFlags::UNPAID),
        ("holded", OrderFlags::UNPAID),
        ("paymentreview", OrderFlags::UNPAID),
    ],
    ..Profile::PLAIN
};
