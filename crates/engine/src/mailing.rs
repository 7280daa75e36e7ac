//! The customers of a list who may be written to, as a file for a mailing.

use crate::csv::CsvWriter;
use crate::frame::CustomerField;
use crate::shop::Shop;
use crate::views::{contact, name};
use protocol::{Consent, Mailing};

/// Tags of contact lists, in small letters, by which a shop marks whom it does not write to.
const BLOCKING_TAGS: [&str; 10] = [
    "blacklist",
    "blacklisted",
    "blocked",
    "do not contact",
    "do not mail",
    "unsubscribed",
    "黑名单",
    "勿扰",
    "请勿联系",
    "已退订",
];

/// Whether a customer may be written to, and where.
enum Reach {
    At { email: String, phone: String },
    NoAddress,
    Refused,
    Blocked,
}

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

fn reach(shop: &Shop, customer: u32) -> Reach {
    let known = |field| shop.frame.customers.text(&shop.frame.batches, customer, field);
    let (email, phone) = (known(CustomerField::Email), known(CustomerField::Phone));
    let listed = contact::of(shop, customer);
    let is_blocking = |tag: &String| BLOCKING_TAGS.contains(&tag.trim().to_lowercase().as_str());
    let own = shop.words(shop.id(customer), crate::shop::field::TAGS).map(str::to_owned);
    let mut tags = listed.iter().flat_map(|it| it.tags.iter().cloned()).chain(own);
    if shop.is_blocked(shop.id(customer)) || tags.any(|tag| is_blocking(&tag)) {
        return Reach::Blocked;
    }
    if email.is_empty() && phone.is_empty() {
        return Reach::NoAddress;
    }
    let refused = |consent: Option<Consent>| consent == Some(Consent::Refused);
    let allowed = |text: &str, is_refused: bool| if is_refused { "" } else { text }.to_owned();
    let email = allowed(email, refused(listed.as_ref().map(|it| it.email_consent)));
    let phone = allowed(phone, refused(listed.as_ref().map(|it| it.sms_consent)));
    if email.is_empty() && phone.is_empty() { Reach::Refused } else { Reach::At { email, phone } }
}
