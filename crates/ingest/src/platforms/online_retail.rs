//! "Online Retail" of the UCI repository, I and II, and files made like it: one row a line, in pounds.
//!
//! An invoice whose number begins with `C` is a cancellation, with negative quantities; it does not say
//! of which invoice. Some stock numbers are no goods.

use super::{Profile, Quirk};
use crate::role::Role;

pub(super) const PROFILE: Profile = Profile {
    id: "uci_online_retail",
    name: "Online Retail",
    signatures: &[
        &[
            "invoiceno",
            "stockcode",
            "description",
            "quantity",
            "invoicedate",
            "unitprice",
            "country",
        ],
        &["invoice", "stockcode", "description", "quantity", "invoicedate", "price", "country"],
    ],
    columns: &[
        (Role::OrderNumber, &["invoiceno", "invoice"]),
        (Role::OrderedAt, &["invoicedate"]),
        (Role::Member, &["customerid"]),
        (Role::Country, &["country"]),
        (Role::ProductName, &["description"]),
        (Role::Sku, &["stockcode"]),
        (Role::Quantity, &["quantity"]),
        (Role::UnitPrice, &["unitprice", "price"]),
    ],
    currency: Some("GBP"),
    no_goods: &[
        "POST",
        "DOT",
        "D",
        "M",
        "S",
        "B",
        "C2",
        "CRUK",
        "PADS",
        "BANK CHARGES",
        "AMAZONFEE",
        "ADJUST",
        "ADJUST2",
    ],
    quirks: &[Quirk::MemberFirst, Quirk::NumbersAreUnique, Quirk::RefundsAreNumbered],
    ..Profile::PLAIN
};
