//! Stripe: Payments → Export. One row a payment, in UTC, several currencies in a file.
//!
//! Refunds are an amount on the payment; what was authorised and not captured is not paid.

use super::{Profile, Quirk, RowModel};
use crate::role::Role;
use crate::zones::Zone;
use model::OrderFlags;

pub(super) const PROFILE: Profile = Profile {
    id: "stripe",
    name: "Stripe",
    signatures: &[
        &["id", "created", "amount", "amountrefunded", "currency", "status"],
        &["id", "createddate", "amount", "amountrefunded", "currency", "status"],
    ],
    columns: &[
        (Role::OrderNumber, &["id"]),
        (Role::OrderedAt, &["createddate", "created"]),
        (Role::Total, &["amount"]),
        (Role::Refunded, &["amountrefunded"]),
        (Role::Currency, &["currency"]),
        (Role::Status, &["status"]),
        (Role::Captured, &["captured"]),
        (Role::PaymentMethod, &["paymentmethodtype", "paymentsourcetype"]),
        (Role::Email, &["customeremail"]),
        (Role::Phone, &["customerphone"]),
        (Role::Member, &["customerid"]),
        (Role::Name, &["cardname", "customerdescription"]),
    ],
    row_model: RowModel::Order,
    zone: Some(Zone::UTC),
    states: &[
        ("uncaptured", OrderFlags::UNPAID),
        ("requirespaymentmethod", OrderFlags::UNPAID),
        ("requiresconfirmation", OrderFlags::UNPAID),
        ("requiresaction", OrderFlags::UNPAID),
        ("requirescapture", OrderFlags::UNPAID),
        ("incomplete", OrderFlags::UNPAID),
        ("blocked", OrderFlags::CANCELLED),
        ("failed", OrderFlags::CANCELLED),
        ("partialrefund", OrderFlags::PAID),
        ("disputed", OrderFlags::PAID),
        ("disputelost", OrderFlags::REFUNDED),
    ],
    quirks: &[Quirk::NumbersAreUnique],
    ..Profile::PLAIN
};
