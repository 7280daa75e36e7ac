//! Shopify: Orders → Export → "CSV for Excel" or "Plain CSV".
//!
//! One row a line of an order; what belongs to the order stands on its first row only. Columns were
//! added over the years (71 to 79), so the export is known by a few that never changed. Times carry
//! their offset; `'` protects numbers from spreadsheets; refunds are an amount on the order.

use super::{Profile, RowModel};
use crate::role::Role;

pub(super) const PROFILE: Profile = Profile {
    id: "shopify",
    name: "Shopify",
    signatures: &[&["name", "financialstatus", "total", "createdat", "lineitemname"]],
    columns: &[
        (Role::OrderNumber, &["name"]),
        (Role::SourceId, &["id"]),
        (Role::OrderedAt, &["createdat"]),
        (Role::PaidAt, &["paidat"]),
        (Role::Total, &["total"]),
        (Role::Refunded, &["refundedamount"]),
        (Role::Discount, &["discountamount"]),
        (Role::Currency, &["currency"]),
        (Role::Status, &["financialstatus"]),
        (Role::FulfilmentStatus, &["fulfillmentstatus"]),
        (Role::CancelledAt, &["cancelledat"]),
        (Role::Channel, &["source"]),
        (Role::PaymentMethod, &["paymentmethod"]),
        (Role::Tags, &["tags"]),
        (Role::Email, &["email"]),
        (Role::Phone, &["phone", "billingphone", "shippingphone"]),
        (Role::Name, &["billingname", "shippingname"]),
        (Role::City, &["billingcity", "shippingcity"]),
        (Role::Region, &["billingprovince", "shippingprovince"]),
        (Role::Country, &["billingcountry", "shippingcountry"]),
        (Role::ProductName, &["lineitemname"]),
        (Role::Sku, &["lineitemsku"]),
        (Role::Quantity, &["lineitemquantity"]),
        (Role::UnitPrice, &["lineitemprice"]),
    ],
    row_model: RowModel::FirstRow,
    test_payments: &["bogus"],
    test_tags: &["test"],
    ..Profile::PLAIN
};
