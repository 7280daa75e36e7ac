//! The name of a person whose source has it in two parts.

/// Writes both parts as one name at the end of `out`.
pub(crate) fn push_joined(first: &str, last: &str, out: &mut String) {
    let is_han = |name: &str| name.chars().all(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    match (first, last) {
        ("", one) | (one, "") => out.push_str(one),
        // Chinese names begin with the family's.
        _ if is_han(first) && is_han(last) => out.extend([last, first]),
        _ => out.extend([first, " ", last]),
    }
}
