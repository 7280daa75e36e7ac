//! Whom a row is of.

use super::{Cells, Row};
use crate::customers::{Customers, Detail, MASKS};
use crate::mobile::mobile_in;
use crate::person_name::push_joined;
use crate::platforms::Quirk;
use crate::role::Role;
use crate::warnings::{WarningCode, Warnings};
use model::{normalise_email, normalise_phone};

/// What may tell a person, each by a rule of its own.
const KEYS: [Role; 3] = [Role::Email, Role::Phone, Role::Member];

impl Cells {
    /// Has the row's customer looked up by e-mail address, else telephone, else member name; in a
    /// file without these by what its names are worth. `false`: there is none.
    pub fn customer(
        &mut self,
        row: Row<'_>,
        at: i64,
        customers: &mut Customers,
        warn: &mut Warnings,
    ) -> bool {
        let member = |customers: &mut Customers| {
            row.first(Role::Member, |it| customers.by_member(it).then_some(it))
        };
        let first = if self.profile.has(Quirk::MemberFirst) { member(customers) } else { None };
        let found = first
            .or_else(|| row.first(Role::Email, |text| customers.by_email(text).then_some("")))
            .or_else(|| {
                row.first(Role::Phone, |it| {
                    customers.by_phone(it, self.country_of(it)).then_some("")
                })
            })
            .or_else(|| member(customers))
            .or_else(|| {
                let mobile = mobile_in(row.cell(Role::Address))?;
                customers.by_phone(mobile, "CN").then_some("")
            });
        // A member name stands in for the name, where there is none.
        let (called, is_address) = match (found, self.by_name) {
            (Some(member), _) => (member, false),
            (None, Some(names_are_keys)) => match self.by_name(row, names_are_keys, customers) {
                Some(is_address) => ("", is_address),
                None => return self.nobody(row, warn),
            },
            (None, None) => return self.nobody(row, warn),
        };
        if let Some(phone) = row.first(Role::Phone, Some) {
            customers.learn_phone(at, phone, self.country_of(phone));
        }
        let name = match row.first(Role::Name, Some) {
            _ if is_address => "",
            // A masked name says less than the member's.
            Some(name) if !called.is_empty() && name.contains(MASKS) => "",
            Some(name) => name,
            None => self.joined_name(row),
        };
        customers.learn(Detail::Name, at, if name.is_empty() { called } else { name });
        for (role, detail) in [
            (Role::City, Detail::City),
            (Role::Region, Detail::Region),
            (Role::Country, Detail::Country),
        ] {
            if let Some(text) = row.first(role, Some) {
                customers.learn(detail, at, text);
            }
        }
        true
    }

    /// The country that a telephone without a country code is of.
    pub fn country_of(&self, phone: &str) -> &str {
        let is_chinese = self.chinese_mobiles && model::may_be_chinese_mobile(phone);
        if is_chinese { "CN" } else { &self.context.country }
    }

    /// Nobody is known by this row.
    fn nobody(&self, row: Row<'_>, warn: &mut Warnings) -> bool {
        if self.is_masked(row) {
            warn.note(WarningCode::MaskedIdentity, row.line);
        }
        false
    }

    /// Whether something of the person on a row is masked.
    fn is_masked(&self, row: Row<'_>) -> bool {
        let masked = |text: &str| text.contains(MASKS).then_some(());
        let names = [Role::Name, Role::FirstName, Role::LastName];
        let with_names = if self.by_name.is_some() { &names[..] } else { &[] };
        KEYS.iter().chain(with_names).any(|&role| row.first(role, masked).is_some())
    }

    /// Whether the person on a row is masked and has no key beside: for rows whose person nobody
    /// looks up, as an order's further ones and those that are rejected.
    pub fn hides_its_person(&mut self, row: Row<'_>) -> bool {
        if !self.is_masked(row) {
            return false;
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut is_key = |role: Role, text: &str| match role {
            Role::Email => !text.contains(MASKS) && normalise_email(text, &mut scratch),
            Role::Phone => normalise_phone(text, self.country_of(text), &mut scratch),
            _ => !text.contains(MASKS),
        };
        let has_key =
            KEYS.iter().any(|&role| row.first(role, |it| is_key(role, it).then_some(())).is_some());
        self.scratch = scratch;
        !has_key && mobile_in(row.cell(Role::Address)).is_none()
    }

    /// As [`Cells::customer`], for a file whose customers have names only. Such a column may hold
    /// addresses or numbers all the same; a person's name is a key only if the user says so.
    /// `Some`: whether it was an address.
    fn by_name(
        &mut self,
        row: Row<'_>,
        names_are_keys: bool,
        customers: &mut Customers,
    ) -> Option<bool> {
        let name = match row.first(Role::Name, Some) {
            Some(name) => name,
            None => self.joined_name(row),
        };
        if customers.by_email(name) {
            return Some(true);
        }
        let is_number =
            name.contains(|c: char| c.is_ascii_digit()) && !name.contains(char::is_whitespace);
        let is_known = (is_number && customers.by_member(name))
            || (!is_number && names_are_keys && customers.by_name(name));
        is_known.then_some(false)
    }

    /// The name of a person whose file has it in two columns; empty if it has not.
    fn joined_name(&mut self, row: Row<'_>) -> &str {
        self.scratch.clear();
        let (first, last) = (row.cell(Role::FirstName), row.cell(Role::LastName));
        push_joined(first, last, &mut self.scratch);
        &self.scratch
    }
}
