//! `BigCommerce`: Orders → Export. One row an order, dates as RFC 2822 or in the shop's own form.

use super::{Profile, RowModel};
use crate::role::Role;
use model::OrderFlags;

pub(super) const PROFILE: Profile = Profile {
    id: "bigcommerce",
    name: "BigCommerce",
    signatures: &[
        &["orderid", "orderstatus", "orderdate", "ordertotal(inctax)"],
        &["orderid", "status", "datecreated", "totalinctax"],
        &["orderid", "status", "datecreated", "subtotalinctax"],
    ],
    columns: &[
        (Role::OrderNumber, &["orderid"]),
        (Role::OrderedAt, &["datecreated", "orderdate"]),
        (Role::Total, &["ordertotal(inctax)", "totalinctax", "subtotalinctax"]),
        (Role::Refunded, &["refundamount", "refundedamount"]),
        (Role::Currency, &["ordercurrencycode", "currencycode"]),
        (Role::Status, &["orderstatus", "status"]),
        (Role::Channel, &["ordersource", "channelname"]),
        (Role::PaymentMethod, &["paymentmethod"]),
        (Role::Email, &["customeremail", "billingemail"]),
        (Role::Phone, &["customerphone", "billingphone"]),
        (Role::Member, &["customerid"]),
        (Role::Name, &["customername"]),
        (Role::FirstName, &["billingfirstname"]),
        (Role::LastName, &["billinglastname"]),
        (Role::City, &["billingsuburb", "billingcity"]),
        (Role::Region, &["billingstate"]),
        (Role::Country, &["billingcountry"]),
    ],
    row_model: RowModel::Order,
    states: &[
        ("incomplete", OrderFlags::UNPAID),
        ("declined", OrderFlags::CANCELLED),
        ("disputed", OrderFlags::PAID),
        ("manualverificationrequired", OrderFlags::UNPAID),
    ],
    ..Profile::PLAIN
};
