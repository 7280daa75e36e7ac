//! Square: Transactions → Export, by items or by transactions.
//!
//! Both name the transaction, which is the order, so that the two files meet; what a customer paid is
//! net sales and tax. Refunds are rows of their own with negative money and a number of their own;
//! the zone is a Rails name. Most rows of a counter have no customer.

use super::{Event, Profile, Quirk, RowModel};
use crate::role::Role;

const BASE: Profile = Profile {
    id: "square",
    name: "Square",
    events: &[
        ("refund", Event::Refund),
        ("payment", Event::Sale),
        ("sale", Event::Sale),
        ("exchange", Event::Sale),
    ],
    quirks: &[Quirk::MemberFirst, Quirk::NumbersAreUnique, Quirk::RefundsAreNumbered],
    ..Profile::PLAIN
};

/// One row an item.
pub(super) const ITEMS: Profile = Profile {
    signatures: &[&["date", "item", "qty", "netsales", "transactionid", "eventtype"]],
    columns: &[
        (Role::OrderNumber, &["transactionid"]),
        (Role::OrderedAt, &["date"]),
        (Role::TimeOfDay, &["time"]),
        (Role::TimeZone, &["timezone"]),
        (Role::Total, &["netsales"]),
        (Role::Added, &["tax"]),
        (Role::Event, &["eventtype"]),
        (Role::Channel, &["channel", "location"]),
        (Role::Member, &["customerid"]),
        (Role::Name, &["customername"]),
        (Role::ProductName, &["item"]),
        (Role::Sku, &["sku"]),
        (Role::Quantity, &["qty"]),
    ],
    row_model: RowModel::Lines,
    ..BASE
};

/// One row a transaction.
pub(super) const TRANSACTIONS: Profile = Profile {
    signatures: &[&["date", "netsales", "totalcollected", "transactionid", "eventtype"]],
    columns: &[
        (Role::OrderNumber, &["transactionid"]),
        (Role::OrderedAt, &["date"]),
        (Role::TimeOfDay, &["time"]),
        (Role::TimeZone, &["timezone"]),
        (Role::Total, &["netsales"]),
        (Role::Added, &["tax"]),
        (Role::Discount, &["discounts"]),
        (Role::Event, &["eventtype"]),
        (Role::Channel, &["channel", "location"]),
        (Role::Member, &["customerid"]),
        (Role::Name, &["customername"]),
    ],
    row_model: RowModel::Order,
    ..BASE
};
