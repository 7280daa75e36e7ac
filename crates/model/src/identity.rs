//! Who is the same customer: keys and their normal forms.

use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// A customer's id, worked out from the identity key.
///
/// Two devices that import the same file give the same customer the same id, so their records meet
/// without any talk between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerId(pub u128);

/// What makes two orders one customer's: per source its natural key.
///
/// Masked telephones, virtual numbers and masked names are never keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityKey<'a> {
    /// An e-mail address, trimmed and case-folded ([`normalise_email`]).
    Email(&'a str),
    /// A telephone number in E.164 ([`normalise_phone`]).
    Phone(&'a str),
    /// A member name or customer number, unique within its platform.
    Member {
        /// The platform that gave the name, as `taobao`.
        platform: &'a str,
        /// The name or number, letter by letter.
        name: &'a str,
    },
    /// A person's name where the source has nothing better and the user takes it: two may share it.
    Name {
        /// The platform.
        platform: &'a str,
        /// The name, folded: case, width and blanks say nothing.
        name: &'a str,
    },
}

impl IdentityKey<'_> {
    /// The id that belongs to this key, for ever.
    pub fn customer_id(self) -> CustomerId {
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        match self {
            IdentityKey::Email(email) => {
                hash.update(b"email\0");
                hash.update(email.as_bytes());
            }
            IdentityKey::Phone(phone) => {
                hash.update(b"phone\0");
                hash.update(phone.as_bytes());
            }
            IdentityKey::Member { platform, name } => {
                hash.update(b"member\0");
                hash.update(platform.as_bytes());
                hash.update(b"\0");
                hash.update(name.as_bytes());
            }
            IdentityKey::Name { platform, name } => {
                hash.update(b"name\0");
                hash.update(platform.as_bytes());
                hash.update(b"\0");
                hash.update(name.as_bytes());
            }
        }
        CustomerId(hash.digest128())
    }
}

impl CustomerId {
    /// Reads the form that [`std::fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<CustomerId> {
        (text.len() == 32).then(|| u128::from_str_radix(text, 16).ok().map(CustomerId)).flatten()
    }
}

/// Writes 32 hexadecimal digits.
impl std::fmt::Display for CustomerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Serialize for CustomerId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CustomerId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        CustomerId::parse(&text).ok_or_else(|| serde::de::Error::custom("not a customer id"))
    }
}

/// Trims and case-folds an e-mail address into `out`. Dots and `+tags` stay: they tell people apart.
///
/// Returns `false`, with `out` empty, if it is no address: no single `@` with something before it
/// and a name after it, or blanks or commas inside.
pub fn normalise_email(text: &str, out: &mut String) -> bool {
    out.clear();
    let text = text.trim().trim_start_matches('\'');
    let Some((local, domain)) = text.split_once('@') else { return false };
    let bad =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | ',' | ';' | '<' | '>');
    if local.is_empty() || domain.is_empty() || text.len() > 254 {
        return false;
    }
    if local.contains(bad)
        || domain.contains(bad)
        || domain.starts_with('.')
        || domain.ends_with('.')
    {
        return false;
    }
    if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
    } else {
        out.extend(text.chars().flat_map(char::to_lowercase));
    }
    true
}

/// Country calling code and whether a leading 0 is dropped abroad.
fn dialling(country: &str) -> Option<(&'static str, bool)> {
    Some(match country {
        "US" | "CA" => ("1", false),
        "CN" => ("86", true),
        "GB" => ("44", true),
        "DE" => ("49", true),
        "FR" => ("33", true),
        "ES" => ("34", false),
        "IT" => ("39", false),
        "NL" => ("31", true),
        "BE" => ("32", true),
        "AT" => ("43", true),
        "CH" => ("41", true),
        "SE" => ("46", true),
        "DK" => ("45", false),
        "NO" => ("47", false),
        "FI" => ("358", true),
        "PL" => ("48", false),
        "PT" => ("351", false),
        "IE" => ("353", true),
        "AU" => ("61", true),
        "NZ" => ("64", true),
        "JP" => ("81", true),
        "KR" => ("82", true),
        "HK" => ("852", false),
        "TW" => ("886", true),
        "SG" => ("65", false),
        "MY" => ("60", true),
        "TH" => ("66", true),
        "VN" => ("84", true),
        "PH" => ("63", true),
        "ID" => ("62", true),
        "IN" => ("91", true),
        "BR" => ("55", true),
        "MX" => ("52", false),
        "ZA" => ("27", true),
        "AE" => ("971", true),
        "IL" => ("972", true),
        "TR" => ("90", true),
        _ => return None,
    })
}

/// Writes a telephone number in E.164 (`+12125550142`) into `out`; a number without country code is
/// taken as one of `country` (two letters of ISO 3166). What cannot be one of that country stays the
/// digits that were written, as a Chinese mobile number in an American shop: no country code is
/// guessed.
///
/// Returns `false`, with `out` empty, for masked numbers (`183****2807`), virtual numbers with an
/// extension (`13212345678-1234`), and whatever has fewer than 7 or more than 15 digits.
///
/// Own rules in place of a library: the complete ones cost 456 KB of download.
pub fn normalise_phone(text: &str, country: &str, out: &mut String) -> bool {
    out.clear();
    let text = text.trim().trim_start_matches('\'').trim_end_matches(".0");
    let international = text.starts_with(['+', '＋']) || text.starts_with("00");
    let text = text.trim_start_matches(['+', '＋']);
    let text = if international { text.trim_start_matches('0') } else { text };
    let mut digits = String::with_capacity(16);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\t' => {}
            _ => return false,
        }
    }
    if is_virtual(text) || !(7..=15).contains(&digits.len()) {
        return false;
    }
    if international {
        let _ = write!(out, "+{digits}");
        return true;
    }
    let Some((code, drops_zero)) = dialling(country) else { return false };
    let national = if drops_zero { digits.trim_start_matches('0') } else { &digits };
    let within = match country {
        "US" | "CA" => national.strip_prefix('1').filter(|it| it.len() == 10),
        "CN" => national.strip_prefix("86").filter(|it| it.len() == 11),
        _ => None,
    };
    let national = within.unwrap_or(national);
    let possible = !matches!(country, "US" | "CA") || is_north_american(national);
    let _ = if possible { write!(out, "+{code}{national}") } else { write!(out, "{digits}") };
    true
}

/// Whether ten digits can be a number of North America: neither area code nor exchange begins with 0
/// or 1.
fn is_north_american(national: &str) -> bool {
    let digits = national.as_bytes();
    digits.len() == 10 && digits[0] >= b'2' && digits[3] >= b'2'
}

/// A Chinese marketplace's relay number: eleven digits, a dash, a short extension.
fn is_virtual(text: &str) -> bool {
    text.split_once('-').is_some_and(|(number, extension)| {
        number.len() == 11
            && number.starts_with('1')
            && (2..=6).contains(&extension.len())
            && (number.bytes().chain(extension.bytes())).all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_are_folded_and_checked() {
        let mut out = String::new();
        for (text, expected) in [
            (" Ann.Lee@Example.COM ", Some("ann.lee@example.com")),
            ("a+tea@example.com", Some("a+tea@example.com")),
            ("ÄNNE@example.com", Some("änne@example.com")),
            ("", None),
            ("ann", None),
            ("@example.com", None),
            ("a@b@c", None),
            ("a b@example.com", None),
        ] {
            let good = normalise_email(text, &mut out);
            assert_eq!(good.then_some(out.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn telephones_become_e164() {
        let mut out = String::new();
        for (text, country, expected) in [
            ("'+12065550160", "US", Some("+12065550160")),
            ("(212) 555-0142", "US", Some("+12125550142")),
            ("1-212-555-0142", "US", Some("+12125550142")),
            ("212.555.0142", "US", Some("+12125550142")),
            ("0012125550142", "GB", Some("+12125550142")),
            ("020 7946 0018", "GB", Some("+442079460018")),
            ("13800138000", "CN", Some("+8613800138000")),
            ("13800138000", "US", Some("13800138000")),
            ("138 0013 8000", "CA", Some("13800138000")),
            ("020 7946 0018", "US", Some("02079460018")),
            ("+8613800138000", "US", Some("+8613800138000")),
            ("8613800138000", "CN", Some("+8613800138000")),
            ("183****2807", "CN", None),
            ("13212345774-1234", "CN", None),
            ("555-01", "US", None),
            ("call me", "US", None),
            ("2125550142", "", None),
        ] {
            let good = normalise_phone(text, country, &mut out);
            assert_eq!(good.then_some(out.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn an_id_is_its_keys_for_ever() {
        // These literals are in users' databases: they must never change.
        let id = IdentityKey::Email("ann@example.com").customer_id();
        assert_eq!(CustomerId::parse(&id.to_string()), Some(id));
        let phone = IdentityKey::Phone("ann@example.com").customer_id();
        let member = IdentityKey::Member { platform: "taobao", name: "ann@example.com" };
        assert_ne!(id, phone);
        assert_ne!(id, member.customer_id());
        assert_eq!(id.to_string(), "f6ab23334b94d9b6e2bdce2edfcf0746");
    }
}
