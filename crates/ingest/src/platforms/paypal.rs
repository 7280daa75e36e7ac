//! `PayPal`: Activity → Download. One row a movement of money, of which payments received are sales.
//!
//! A refund is a row of its own that points to its payment by `Reference Txn ID`. Holds, transfers,
//! conversions and what the merchant paid are no sales. Dates and decimal marks follow the account's
//! language.

use super::{Event, Profile, Quirk, RowModel};
use crate::role::Role;
use model::OrderFlags;

pub(super) const PROFILE: Profile = Profile {
    id: "paypal",
    name: "PayPal",
    signatures: &[&["date", "time", "type", "status", "currency", "gross", "transactionid"]],
    columns: &[
        (Role::OrderNumber, &["transactionid"]),
        (Role::OrderedAt, &["date"]),
        (Role::TimeOfDay, &["time"]),
        (Role::TimeZone, &["timezone"]),
        (Role::Total, &["gross"]),
        (Role::Currency, &["currency"]),
        (Role::Status, &["status"]),
        (Role::Event, &["type"]),
        (Role::RefundOf, &["referencetxnid"]),
        (Role::Email, &["fromemailaddress"]),
        (Role::Name, &["name"]),
        (Role::Country, &["country", "countrycode"]),
    ],
    row_model: RowModel::Order,
    states: &[
        ("denied", OrderFlags::CANCELLED),
        ("reversed", OrderFlags::REFUNDED),
        ("returned", OrderFlags::REFUNDED),
        ("removed", OrderFlags::CANCELLED),
        ("held", OrderFlags::UNPAID),
        ("placed", OrderFlags::UNPAID),
        ("unclaimed", OrderFlags::UNPAID),
        ("uncleared", OrderFlags::UNPAID),
        ("cleared", OrderFlags::PAID),
        ("processed", OrderFlags::PAID),
    ],
    events: &[
        ("hold", Event::Other),
        ("memo", Event::Other),
        ("fee", Event::Other),
        ("conversion", Event::Other),
        ("transfer", Event::Other),
        ("withdrawal", Event::Other),
        ("deposit", Event::Other),
        ("masspay", Event::Other),
        ("refund", Event::Refund),
        ("reversal", Event::Refund),
        ("chargeback", Event::Refund),
        ("rückzahlung", Event::Refund),
        ("rückerstattung", Event::Refund),
        ("payment", Event::SaleIfReceived),
        ("checkout", Event::SaleIfReceived),
        ("zahlung", Event::SaleIfReceived),
    ],
    quirks: &[Quirk::NumbersAreUnique, Quirk::RefundsAreNumbered, Quirk::RefundsAreFromShop],
    ..Profile::PLAIN
};
