//! Telephone numbers: one form for each, and which are no one's.
//!
//! Own rules in place of a library: the complete ones cost 456 KB of download.

use std::fmt::Write as _;

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
pub fn normalise_phone(text: &str, country: &str, out: &mut String) -> bool {
    out.clear();
    let text = text.trim().trim_start_matches('\'').trim_end_matches(".0");
    let international = text.starts_with(['+', '＋']) || text.starts_with("00");
    let text = text.trim_start_matches(['+', '＋']);
    let text = if international { text.trim_start_matches('0') } else { text };
    // `+44 (0)20 …`: the zero is for those who dial within the country.
    let (start, end) = text.split_once("(0)").filter(|_| international).unwrap_or((text, ""));
    let mut digits = String::with_capacity(16);
    for c in start.chars().chain(end.chars()) {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => digits.extend(char::from_digit(c as u32 - '０' as u32, 10)),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\t' | '（' | '）' | '－' => {}
            _ => return false,
        }
    }
    if is_virtual(text) || !(7..=15).contains(&digits.len()) {
        return false;
    }
    if international || is_chinese_in_full(&digits) {
        let _ = write!(out, "+{digits}");
        return true;
    }
    let Some((code, drops_zero)) = dialling(country) else { return false };
    let national = |digits: &str| -> bool { is_possible(country, digits) };
    let dropped = if drops_zero { digits.trim_start_matches('0') } else { &digits };
    let found = if national(dropped) {
        Some(dropped)
    } else {
        digits.strip_prefix(code).filter(|it| national(it))
    };
    let _ = match found {
        Some(national) => write!(out, "+{code}{national}"),
        None => write!(out, "{digits}"),
    };
    true
}

/// Whether digits without country code and leading zero can be a number of the country. Where
/// nothing more is known, any of a fair length can.
fn is_possible(country: &str, national: &str) -> bool {
    let digits = national.as_bytes();
    let Some(first) = digits.first() else { return false };
    match country {
        "US" | "CA" => is_north_american(digits),
        // Mobiles have eleven digits; others an area code of two or three and seven or eight more.
        // Of area codes only Beijing's, 10, begins with 1.
        "CN" if *first == b'1' => is_chinese_mobile(digits) || is_of_beijing(digits),
        "CN" => (9..=11).contains(&digits.len()),
        "GB" => (9..=10).contains(&digits.len()) && !matches!(first, b'0' | b'4' | b'6'),
        "DE" => (6..=11).contains(&digits.len()) && *first != b'0',
        "FR" => digits.len() == 9 && *first != b'0',
        _ => true,
    }
}

/// Whether ten digits can be a number of North America: neither area code nor exchange begins with 0
/// or 1, and the second digit of an area code is no 9.
fn is_north_american(digits: &[u8]) -> bool {
    digits.len() == 10 && digits[0] >= b'2' && digits[1] != b'9' && digits[3] >= b'2'
}

/// Eleven digits that begin with 13 to 19.
fn is_chinese_mobile(digits: &[u8]) -> bool {
    digits.len() == 11 && digits[0] == b'1' && digits[1] >= b'3'
}

/// An area code of 10, and eight digits more.
fn is_of_beijing(digits: &[u8]) -> bool {
    digits.len() == 10 && digits[1] == b'0'
}

/// A Chinese mobile number behind its country code, which no other country's numbers look like.
fn is_chinese_in_full(digits: &str) -> bool {
    digits.strip_prefix("86").is_some_and(|it| is_chinese_mobile(it.as_bytes()))
}

/// The digits of a number that has no country code and is written in no other country's way.
fn plain_digits(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('\'').trim_end_matches(".0");
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    is_plain.then(|| text.chars().filter(char::is_ascii_digit).collect())
}

/// Whether a number without country code could be a Chinese mobile.
pub fn may_be_chinese_mobile(text: &str) -> bool {
    plain_digits(text).is_some_and(|it| is_chinese_mobile(it.as_bytes())) && !is_virtual(text)
}

/// Whether a number without country code could be one of North America, with or without the `1`.
pub fn may_be_north_american(text: &str) -> bool {
    plain_digits(text).is_some_and(|it| {
        is_north_american(
            it.strip_prefix('1').filter(|it| it.len() == 10).unwrap_or(&it).as_bytes(),
        )
    })
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
    fn what_cannot_be_a_number_of_the_country_gets_no_country_code() {
        let mut out = String::new();
        for (text, country, expected) in [
            ("+44 (0)20 7946 0018", "US", "+442079460018"),
            ("44 20 7946 0018", "GB", "+442079460018"),
            ("07700 900123", "GB", "+447700900123"),
            ("030 901820", "DE", "+4930901820"),
            ("0151 23456789", "DE", "+4915123456789"),
            ("01 99 00 12 34", "FR", "+33199001234"),
            ("33 1 99 00 12 34", "FR", "+33199001234"),
            ("99 00 12 34", "FR", "99001234"),
            ("010-62345678", "CN", "+861062345678"),
            ("0571 8888 1234", "CN", "+8657188881234"),
            ("86-13800138000", "CN", "+8613800138000"),
            ("86 138 0013 8000", "US", "+8613800138000"),
            ("１３８００１３８０００", "CN", "+8613800138000"),
            ("12345678901", "CN", "12345678901"),
            ("392 555 0142", "US", "3925550142"),
            ("13905550142", "US", "13905550142"),
            ("13475550142", "US", "+13475550142"),
            ("090-1234-5678", "JP", "+819012345678"),
        ] {
            assert!(normalise_phone(text, country, &mut out), "{text}");
            assert_eq!(out, expected, "{text} {country}");
        }
        for text in
            ["13212345774转1234", "[1234]13212345678", "15012345678-1000", "１３8＊＊＊＊2807"]
        {
            assert!(!normalise_phone(text, "CN", &mut out), "{text}");
        }
    }

    #[test]
    fn a_mobile_of_china_may_look_american() {
        for (text, chinese, american) in [
            ("13475550142", true, true),
            ("13800138000", true, false),
            ("139 0013 8000", true, false),
            ("12125550142", false, true),
            ("212-555-0142", false, true),
            ("+13475550142", false, false),
            ("(347) 555-0142", false, false),
        ] {
            let found = (may_be_chinese_mobile(text), may_be_north_american(text));
            assert_eq!(found, (chinese, american), "{text}");
        }
    }
}
