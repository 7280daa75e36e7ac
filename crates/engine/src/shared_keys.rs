//! Addresses, telephones and member names that are several people's, as an office's or a
//! marketplace's: no customer's key in whatever is read from then on.
//!
//! One field of the shop a key, so that lists of several devices merge as all edits do; the latest
//! word on a key wins. What is one customer's again is an empty text.

use model::{Entity, Field};
use std::cmp::Reverse;
use store::Overlay;

/// Beginning of the fields' names; the key follows. It is in users' logs: never change it.
const FIELD: &str = "shared_key:";

/// Longest key, in bytes: an address has 254 at most.
pub const LONGEST: usize = 254;

/// The name of a key's field, and the text that says it is shared; `None`: it is no key.
pub fn field_of(key: &str) -> Option<(String, String)> {
    let key = key.split_whitespace().collect::<Vec<&str>>().join(" ");
    let is_key = !key.is_empty() && key.len() <= LONGEST && !key.contains(char::is_control);
    // Only addresses are the same in any case.
    let folded = if key.contains('@') { key.to_lowercase() } else { key.clone() };
    is_key.then(|| (format!("{FIELD}{folded}"), key))
}

/// All that are shared, as they were written, the newest first.
pub fn shared(overlay: &Overlay) -> Vec<String> {
    let Some(shop) = overlay.get(&Entity::Shop) else { return Vec::new() };
    let mut found: Vec<_> = (shop.fields.iter())
        .filter(|(name, _)| name.starts_with(FIELD))
        .filter_map(|(_, field)| {
            let (_, stamp, _) = field.set.as_ref()?;
            Some((*stamp, Field::text(field))).filter(|(_, text)| !text.is_empty())
        })
        .collect();
    tiny_sort::stable::sort_by_key(&mut found, |(stamp, _)| Reverse(*stamp));
    found.into_iter().map(|(_, text)| text.to_owned()).collect()
}
