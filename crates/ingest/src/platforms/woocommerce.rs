//! `WooCommerce`: its own analytics, and two widely used export plug-ins.
//!
//! Numbers are the same in all three, so that files meet. None has a zone (the shop's own) or a
//! currency, and refunds are an amount on the order, positive or negative. "Failed" is a payment
//! that was refused: nothing was sold.

use super::{Profile, RowModel};
use crate::role::Role;
use model::OrderFlags;

const BASE: Profile = Profile {
    id: "woocommerce",
    name: "WooCommerce",
    states: &[
        ("failed", OrderFlags::CANCELLED),
        ("trash", OrderFlags::CANCELLED),
        ("checkoutdraft", OrderFlags::UNPAID),
        ("wcfailed", OrderFlags::CANCELLED),
        ("wccancelled", OrderFlags::CANCELLED),
        ("wcpending", OrderFlags::UNPAID),
        ("wconhold", OrderFlags::UNPAID),
        ("wcrefunded", OrderFlags::REFUNDED),
        ("wccompleted", OrderFlags::PAID),
        ("wcprocessing", OrderFlags::PAID),
    ],
    ..Profile::PLAIN
};

/// The plug-in "Advanced Order Export": one row a line, order fields repeated on each or blank.
pub(super) const ADVANCED: Profile = Profile {
    signatures: &[&["ordernumber", "orderstatus", "orderdate", "ordertotalamount"]],
    columns: &[
        (Role::OrderNumber, &["ordernumber"]),
        (Role::OrderedAt, &["orderdate"]),
        (Role::PaidAt, &["paiddate"]),
        (Role::Total, &["ordertotalamount"]),
        (Role::Refunded, &["orderrefundamount"]),
        (Role::Discount, &["cartdiscountamount"]),
        (Role::Currency, &["currency", "ordercurrency"]),
        (Role::Status, &["orderstatus"]),
        (Role::PaymentMethod, &["paymentmethodtitle", "paymentmethod"]),
        (Role::Email, &["email(billing)"]),
        (Role::Phone, &["phone(billing)"]),
        (Role::FirstName, &["firstname(billing)"]),
        (Role::LastName, &["lastname(billing)"]),
        (Role::City, &["city(billing)", "city(shipping)"]),
        (Role::Region, &["statecode(billing)", "statecode(shipping)"]),
        (Role::Country, &["countrycode(billing)", "countrycode(shipping)"]),
        (Role::ProductName, &["name", "itemname"]),
        (Role::Sku, &["sku"]),
        (Role::Quantity, &["quantity", "quantity(refund)"]),
        (Role::UnitPrice, &["itemcost"]),
    ],
    row_model: RowModel::Repeated,
    ..BASE
};

/// "Order/Customer CSV Export": one row an order, its lines packed into further columns.
pub(super) const SUITE: Profile = Profile {
    signatures: &[
        &["orderid", "ordernumber", "date", "status", "ordertotal", "billingemail"],
        &["orderid", "ordernumberformatted", "date", "status", "ordertotal"],
    ],
    columns: &[
        (Role::OrderNumber, &["ordernumber", "orderid"]),
        (Role::OrderedAt, &["date"]),
        (Role::Total, &["ordertotal"]),
        (Role::Refunded, &["refundedtotal"]),
        (Role::Discount, &["discounttotal", "cartdiscount"]),
        (Role::Currency, &["ordercurrency", "currency"]),
        (Role::Status, &["status"]),
        (Role::PaymentMethod, &["paymentmethod"]),
        (Role::Email, &["billingemail"]),
        (Role::Phone, &["billingphone"]),
        (Role::FirstName, &["billingfirstname"]),
        (Role::LastName, &["billinglastname"]),
        (Role::City, &["billingcity", "shippingcity"]),
        (Role::Region, &["billingstate", "shippingstate"]),
        (Role::Country, &["billingcountry", "shippingcountry"]),
    ],
    row_model: RowModel::Order,
    ..BASE
};

/// The shop's own analytics: names in place of addresses, net sales in place of totals.
pub(super) const ANALYTICS: Profile = Profile {
    signatures: &[&["order#", "customertype", "netsales"]],
    columns: &[
        (Role::OrderNumber, &["order#"]),
        (Role::OrderedAt, &["date"]),
        (Role::Total, &["netsales", "n.revenue(formatted)"]),
        (Role::Status, &["status"]),
        (Role::Name, &["customer"]),
        (Role::Channel, &["attribution"]),
    ],
    row_model: RowModel::Order,
    ..BASE
};
