//! What a contact list knows of people, beside what every customer has.

use crate::{TextColumn, TimeColumn};

/// Whether a person lets the shop write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// The list does not say.
    #[default]
    Unknown,
    /// Yes.
    Given,
    /// No, or no longer.
    Refused,
}

impl Consent {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Consent::Unknown => "unknown",
            Consent::Given => "given",
            Consent::Refused => "refused",
        }
    }
}

/// A day of birth, of which people often tell no year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birthday {
    year: Option<u16>,
    month: u8,
    day: u8,
}

impl Birthday {
    /// `None`: there is no such day. Without a year 29 February is one.
    pub const fn new(year: Option<u16>, month: u8, day: u8) -> Option<Birthday> {
        let length = match month {
            2 => match year {
                Some(year) if !year.is_multiple_of(4) => 28,
                Some(year) if year.is_multiple_of(100) && !year.is_multiple_of(400) => 28,
                _ => 29,
            },
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let real_year = match year {
            Some(year) => year > 1900 && year < 2200,
            None => true,
        };
        if day == 0 || day > length || !real_year {
            return None;
        }
        Some(Birthday { year, month, day })
    }

    /// The year, if it is known.
    pub const fn year(self) -> Option<u16> {
        self.year
    }

    /// The month, from 1.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// As one number for storage, `19900520`; without a year `520`.
    pub fn packed(self) -> u32 {
        u32::from(self.year.unwrap_or(0)) * 10_000
            + u32::from(self.month) * 100
            + u32::from(self.day)
    }

    /// From [`Birthday::packed`].
    pub fn unpacked(packed: u32) -> Option<Birthday> {
        let year = u16::try_from(packed / 10_000).ok()?;
        let (month, day) = ((packed / 100 % 100) as u8, (packed % 100) as u8);
        Birthday::new(Some(year).filter(|year| *year > 0), month, day)
    }
}

/// Between the tags of a contact, and between further addresses.
pub const LIST_SEPARATOR: char = '\n';

/// The contacts of one import as columns: one row a contact. Empty text: not known.
///
/// Name, address and the key stand in the import's [`crate::CustomerTable`]. A contact brings no
/// orders: what the list claims of them is kept as a claim, and never added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactTable {
    /// Row in the import's [`crate::CustomerTable`].
    pub customer: Vec<u32>,
    /// Number or member name with the platform, where it is not the key.
    pub member: TextColumn,
    /// E-mail addresses beside the key, in normal form, one a line.
    pub more_emails: TextColumn,
    /// Telephones beside the one of the customer, as that, one a line.
    pub more_phones: TextColumn,
    /// Where the person works.
    pub company: TextColumn,
    /// Day of birth.
    pub birthday: Vec<Option<Birthday>>,
    /// The merchant's words on the person, one a line.
    pub tags: TextColumn,
    /// What the merchant wrote of the person.
    pub note: TextColumn,
    /// Whether the shop may write e-mails.
    pub email_consent: Vec<Consent>,
    /// Since when that is so.
    pub email_consent_at: TimeColumn,
    /// Whether the shop may send text messages.
    pub sms_consent: Vec<Consent>,
    /// Since when that is so.
    pub sms_consent_at: TimeColumn,
    /// Since when the list knows the person.
    pub since: TimeColumn,
    /// Orders that the list claims.
    pub claimed_orders: Vec<Option<u32>>,
    /// Money that the list claims to be spent, in minor units of the shop's currency.
    pub claimed_spent: Vec<Option<i64>>,
}

impl ContactTable {
    /// How many contacts there are.
    pub const fn len(&self) -> usize {
        self.customer.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.customer.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_is_a_day_that_exists() {
        for (year, month, day, exists) in [
            (None, 5, 20, true),
            (None, 2, 29, true),
            (Some(2000), 2, 29, true),
            (Some(2001), 2, 29, false),
            (Some(2100), 2, 29, false),
            (Some(1990), 13, 1, false),
            (Some(1990), 4, 31, false),
            (Some(1990), 4, 0, false),
            (Some(1804), 4, 1, false),
        ] {
            let birthday = Birthday::new(year, month, day);
            assert_eq!(birthday.is_some(), exists, "{year:?}-{month}-{day}");
            if let Some(birthday) = birthday {
                assert_eq!(Birthday::unpacked(birthday.packed()), Some(birthday));
                assert_eq!((birthday.year(), birthday.month()), (year, month));
            }
        }
        assert_eq!(Birthday::unpacked(0), None);
    }
}
