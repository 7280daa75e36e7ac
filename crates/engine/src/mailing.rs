//! The customers of a list who may be written to, as a file for a mailing.

use crate::csv::CsvWriter;
use crate::frame::CustomerField;
use crate::permission::{Permission, Said};
use crate::shop::Shop;
use crate::views::name;
use model::Consent;
use protocol::{Mailing, Reach};

/// The file and who is not in it. Whoever refused e-mails is in it with the telephone number only,
/// and the other way round; what nobody has said counts as no refusal.
pub fn mailing(shop: &Shop, customers: &[u32]) -> Mailing {
    let mut csv = CsvWriter::new(&["email", "phone", "name"]);
    let mut mailing =
        Mailing { file: Vec::new(), written: 0, no_address: 0, refused: 0, blocked: 0 };
    for &customer in customers {
        match reach(shop, customer) {
            Reach::At { email, phone } => {
                csv.text(&email);
                csv.text(&phone);
                csv.text(name(shop, customer));
                csv.end_row();
                mailing.written += 1;
            }
            Reach::NoAddress => mailing.no_address += 1,
            Reach::Refused => mailing.refused += 1,
            Reach::Blocked => mailing.blocked += 1,
        }
    }
    mailing.file = csv.finish();
    mailing
}

/// Whether a customer may be written to, and where.
pub fn reach(shop: &Shop, customer: u32) -> Reach {
    let known = |field| shop.frame.customers.text(&shop.frame.batches, customer, field);
    let (email, phone) = (known(CustomerField::Email), known(CustomerField::Phone));
    let permission = Permission::of(shop, customer);
    if permission.is_blocked {
        return Reach::Blocked;
    }
    if email.is_empty() && phone.is_empty() {
        return Reach::NoAddress;
    }
    let allowed = |text: &str, said: Said| {
        if said.consent == Consent::Refused { String::new() } else { text.to_owned() }
    };
    let (email, phone) = (allowed(email, permission.email), allowed(phone, permission.sms));
    if email.is_empty() && phone.is_empty() { Reach::Refused } else { Reach::At { email, phone } }
}
