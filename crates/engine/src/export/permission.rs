//! Whether a customer may be written to, in the files that hand out addresses.

use crate::csv::CsvWriter;
use crate::permission::Permission;
use crate::shop::Shop;

/// The columns, the last of their files.
pub const COLUMNS: [&str; 3] = ["do_not_contact", "email_consent", "sms_consent"];

/// The cells of [`COLUMNS`] of a customer.
pub fn cells(csv: &mut CsvWriter, shop: &Shop, customer: u32) {
    let found = Permission::of(shop, customer);
    csv.value(Some(if found.is_blocked { "yes" } else { "no" }));
    csv.value(Some(found.email.consent.code()));
    csv.value(Some(found.sms.consent.code()));
}
