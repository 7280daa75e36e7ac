//! Texts that something has happened to, or that something could happen with.

/// Whether a spreadsheet has made a float of an id: `2.58946E+18`, `4,08E+00`.
pub(crate) fn is_rounded(number: &str) -> bool {
    // Asked of every order: most numbers are done with their first byte.
    if !number.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return false;
    }
    let Some((digits, exponent)) = number.split_once(['E', 'e']) else { return false };
    let is_float = digits.contains(['.', ',']) || exponent.starts_with('+');
    let exponent = exponent.trim_start_matches('+');
    is_float
        && !digits.is_empty()
        && !exponent.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && exponent.chars().all(|c| c.is_ascii_digit())
}

/// Whether a spreadsheet would work a text out; plain negative numbers and telephones are none.
pub(crate) fn is_formula(text: &str) -> bool {
    match text.as_bytes() {
        [b'=' | b'@', ..] => true,
        [b'-', rest @ ..] => {
            rest.iter().any(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b',' | b'-'))
        }
        [b'+', rest @ ..] => {
            let digits = rest.iter().filter(|byte| byte.is_ascii_digit()).count();
            digits < 7 || rest.iter().any(u8::is_ascii_alphabetic)
        }
        _ => false,
    }
}

/// Whether a web page would take a part of the text for an element.
pub(crate) fn is_markup(text: &str) -> bool {
    let mut tags = text.match_indices('<').filter_map(|(at, _)| text.as_bytes().get(at + 1));
    tags.any(|&byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_numbers_and_telephones() {
        for text in ["=1+1", "@SUM(A1)", "+1", "-Minus Name", "-1+cmd|' /C calc'!A0"] {
            assert!(is_formula(text), "{text}");
        }
        for text in ["", "-5.00", "-", "+1 206 555 0160", "a=b", "Ann"] {
            assert!(!is_formula(text), "{text}");
        }
    }

    #[test]
    fn a_rounded_id_is_told_from_a_whole_one() {
        for text in ["2.58946E+18", "4,08E+00", "2E+18", "6.3e12"] {
            assert!(is_rounded(text), "{text}");
        }
        for text in ["SE001", "12E5", "E+18", "1234", "#1001", "A.E+1"] {
            assert!(!is_rounded(text), "{text}");
        }
    }

    #[test]
    fn markup_is_told_from_a_smaller_than() {
        assert!(is_markup("<img src=x>") && is_markup("a</b>"));
        assert!(!is_markup("a < b") && !is_markup("I <3 tea") && !is_markup("<"));
    }
}
