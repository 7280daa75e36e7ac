//! Contacts: one row, or one card, a person.

use super::form::Consents;
use super::keys::{each_of, is_plain};
use super::{People, birthday, consent};
use crate::cells::Row;
use crate::customers::Detail;
use crate::header::value;
use crate::left_out::{Left, RejectReason};
use crate::person_name::push_joined;
use crate::role::Role;
use crate::warnings::WarningCode;
use model::{
    Birthday, Consent, LIST_SEPARATOR, NO_CUSTOMER, OrderTime, normalise_email, normalise_phone,
};

/// A person as one row or card tells it; kept for its memory. Lists are lines.
#[derive(Debug, Default)]
pub(super) struct Contact {
    pub emails: String,
    pub phones: String,
    pub member: String,
    pub name: String,
    pub city: String,
    pub region: String,
    pub country: String,
    pub company: String,
    pub tags: String,
    pub note: String,
    pub birthday: Option<Birthday>,
    pub email_consent: Consent,
    pub email_consent_at: Option<OrderTime>,
    pub sms_consent: Consent,
    pub since: Option<OrderTime>,
    pub claimed_orders: Option<u32>,
    pub claimed_spent: Option<i64>,
}

impl Contact {
    /// Forgets the last person.
    pub fn clear(&mut self) {
        for text in [
            &mut self.emails,
            &mut self.phones,
            &mut self.member,
            &mut self.name,
            &mut self.city,
            &mut self.region,
            &mut self.country,
            &mut self.company,
            &mut self.tags,
            &mut self.note,
        ] {
            text.clear();
        }
        (self.birthday, self.since, self.email_consent_at) = (None, None, None);
        (self.email_consent, self.sms_consent) = (Consent::Unknown, Consent::Unknown);
        (self.claimed_orders, self.claimed_spent) = (None, None);
    }
}

/// Puts a value at the end of a list, once.
pub(super) fn push_line(list: &mut String, value: &str) {
    if value.is_empty() || list.split(LIST_SEPARATOR).any(|known| known == value) {
        return;
    }
    if !list.is_empty() {
        list.push(LIST_SEPARATOR);
    }
    // A line break within a value would make two of it.
    list.extend(value.chars().map(|c| if c == LIST_SEPARATOR { ' ' } else { c }));
}

/// Puts the tags of a cell at the end of a list. Google marks its own with `* `.
pub(super) fn push_tags(list: &mut String, cell: &str) {
    each_of(cell, |tag| push_line(list, tag.strip_prefix("* ").unwrap_or(tag)));
}

impl People {
    /// Reads a row of a contact list.
    pub(super) fn read_contact(&mut self, row: Row<'_>) -> Result<(), Left> {
        let mut contact = std::mem::take(&mut self.contact);
        contact.clear();
        self.fill_contact(row, &mut contact);
        let kept = self.keep_contact(&contact, row.line);
        self.contact = contact;
        kept
    }

    fn fill_contact(&mut self, row: Row<'_>, contact: &mut Contact) {
        row.each(Role::Email, |cell| each_of(cell, |it| push_line(&mut contact.emails, it)));
        row.each(Role::Phone, |cell| each_of(cell, |it| push_line(&mut contact.phones, it)));
        contact.member.push_str(row.cell(Role::Member));
        match row.first_cell(Role::Name) {
            "" => {
                push_joined(row.cell(Role::FirstName), row.cell(Role::LastName), &mut contact.name);
            }
            name => contact.name.push_str(name),
        }
        contact.city.push_str(row.first_cell(Role::City));
        contact.region.push_str(row.first_cell(Role::Region));
        contact.country.push_str(row.first_cell(Role::Country));
        push_tags(&mut contact.tags, row.cell(Role::Tags));
        contact.company.push_str(self.field(row, Role::Company));
        contact.note.push_str(self.field(row, Role::Note));
        let born = self.field(row, Role::Birthday);
        contact.birthday = birthday::read(born, self.cells.formats.date_order);
        if contact.birthday.is_none() && !born.is_empty() {
            self.warnings.note(WarningCode::BirthdayUnreadable, row.line);
        }
        let said = self.field(row, Role::EmailConsent);
        contact.email_consent = match self.form.consent {
            Consents::OfAll(consent) => consent,
            Consents::InRows | Consents::Unsaid => consent::read(said),
        };
        contact.email_consent_at = self.some_time(self.field(row, Role::EmailConsentAt));
        if contact.email_consent == Consent::Unknown && !said.is_empty() {
            // Some programs write since when instead of yes.
            contact.email_consent_at = self.some_time(said).or(contact.email_consent_at);
            if contact.email_consent_at.is_some() && self.form.fields.has(Role::EmailConsent) {
                contact.email_consent = Consent::Given;
            }
        }
        contact.sms_consent = consent::read(self.field(row, Role::SmsConsent));
        let since = self.some_time(self.field(row, Role::Since));
        contact.since = since.or(contact.email_consent_at);
        let orders = self.field(row, Role::ClaimedOrders);
        contact.claimed_orders = self
            .cells
            .number(orders, Role::Quantity, 0)
            .and_then(|orders| u32::try_from(orders).ok());
        let spent = self.field(row, Role::ClaimedSpent);
        contact.claimed_spent = self.cells.number(spent, Role::Total, self.cells.decimals(None));
        if contact.claimed_spent.is_some() {
            self.warnings.add(WarningCode::CurrencyMissing, 1);
        }
    }

    /// A time that says nothing if it cannot be read.
    fn some_time(&mut self, text: &str) -> Option<OrderTime> {
        let reading = self.cells.date(text).ok()?;
        Some(self.on_its_clock(reading.time))
    }

    /// Puts a person into the tables, by e-mail address, else telephone, else number.
    pub(super) fn keep_contact(&mut self, contact: &Contact, line: u32) -> Result<(), Left> {
        let customers = &mut self.customers;
        let mut known = false;
        self.scratch.clear();
        self.more_emails.clear();
        for email in contact.emails.split(LIST_SEPARATOR) {
            if !is_plain(email) || !normalise_email(email, &mut self.scratch) {
                continue;
            }
            if known {
                push_line(&mut self.more_emails, &self.scratch);
            } else {
                known = customers.by_email(&self.scratch);
            }
        }
        self.phone.clear();
        self.more_phones.clear();
        for phone in contact.phones.split(LIST_SEPARATOR) {
            let country = self.cells.country_of(phone);
            if !normalise_phone(phone, country, &mut self.scratch) {
                continue;
            }
            known = known || customers.by_phone(&self.scratch, country);
            if self.phone.is_empty() {
                self.phone.push_str(&self.scratch);
            } else if self.phone != self.scratch {
                push_line(&mut self.more_phones, &self.scratch);
            }
        }
        if !known && customers.by_member(&contact.member) {
            known = true;
            self.warnings.note(WarningCode::NumberOnly, line);
        }
        if !known {
            return Err(RejectReason::NoKey.into());
        }
        for (detail, text) in [
            (Detail::Phone, self.phone.as_str()),
            (Detail::Name, &contact.name),
            (Detail::City, &contact.city),
            (Detail::Region, &contact.region),
            (Detail::Country, &contact.country),
        ] {
            customers.learn(detail, 0, text);
        }
        let table = &mut self.tables.contacts;
        table.customer.push(NO_CUSTOMER);
        customers.belongs_to(table.customer.len() - 1, &mut table.customer);
        for (column, text) in [
            (&mut table.member, &contact.member),
            (&mut table.more_emails, &self.more_emails),
            (&mut table.more_phones, &self.more_phones),
            (&mut table.company, &contact.company),
            (&mut table.tags, &contact.tags),
            (&mut table.note, &contact.note),
        ] {
            column.push(text);
        }
        table.birthday.push(contact.birthday);
        table.email_consent.push(contact.email_consent);
        table.email_consent_at.push(contact.email_consent_at);
        table.sms_consent.push(contact.sms_consent);
        table.sms_consent_at.push(None);
        table.since.push(contact.since);
        table.claimed_orders.push(contact.claimed_orders);
        table.claimed_spent.push(contact.claimed_spent);
        Ok(())
    }

    /// The text of a field's column.
    pub(super) fn field<'a>(&self, row: Row<'a>, field: Role) -> &'a str {
        self.form.fields.column(field).map_or("", |at| value(row.record.get(at)))
    }
}
