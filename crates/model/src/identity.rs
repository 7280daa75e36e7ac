//! Who is the same customer: keys and their normal forms.

use serde::{Deserialize, Serialize};

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
    /// A telephone number in E.164 ([`crate::normalise_phone`]).
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
