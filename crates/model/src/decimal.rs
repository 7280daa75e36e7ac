//! Numbers as people type them, and plain decimals as floats.

/// Reads a plain decimal such as `12.5`: digits, with digits behind a point. No sign, no exponent,
/// no more digits than 18.
///
/// In place of `str::parse`, which reads every float there is to the last bit and takes 16 KB of
/// each program's download for it. Up to 15 digits the result is the same.
pub fn read_decimal(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = [whole, part].concat();
    if digits.is_empty() || digits.len() > 18 || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().ok()?;
    Some(number as f64 / 10_u64.pow(part.len() as u32) as f64)
}

/// A number as people type it, as plain digits with a point: `1,000` is a thousand, `12,5` twelve
/// and a half, `１２` twelve.
pub fn plain_decimal(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|it| !it.is_whitespace()).map(half_width).collect();
    let (whole, part) = match text.split_once('.') {
        // `.5` and `19.` are written, too.
        Some(("", part)) => ("0", Some(part)),
        Some((whole, "")) => (whole, None),
        Some((whole, part)) => (whole, Some(part)),
        None => match text.split_once(',') {
            // One comma that parts no thousands is a decimal comma.
            Some((whole, part)) if part.len() != 3 && !part.contains(',') => (whole, Some(part)),
            _ => (text.as_str(), None),
        },
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = groups.clone().all(|group| group.len() == 3 && is_number(group));
    if !is_number(first) || !grouped || part.is_some_and(|part| !is_number(part)) {
        return None;
    }
    let whole: String = std::iter::once(first).chain(groups).collect();
    Some(part.map_or_else(|| whole.clone(), |part| format!("{whole}.{part}")))
}

fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' => char::from(b'0' + (letter as u32 - '０' as u32) as u8),
        '．' | '。' => '.',
        '，' => ',',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_but_digits_and_a_point_is_a_decimal() {
        for (text, number) in [
            ("0", Some(0.0)),
            ("12.5", Some(12.5)),
            (".5", Some(0.5)),
            ("19.", Some(19.0)),
            ("", None),
            (".", None),
            ("-1", None),
            ("+1", None),
            ("1e3", None),
            ("1.2.3", None),
            ("NaN", None),
            ("１", None),
            ("1234567890123456789", None),
        ] {
            assert_eq!(read_decimal(text), number, "{text:?}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("12", Some("12")),
            (" 1 200 ", Some("1200")),
            ("1,200", Some("1200")),
            ("1,234,567.5", Some("1234567.5")),
            ("12,5", Some("12.5")),
            ("12,50", Some("12.50")),
            ("１２．５", Some("12.5")),
            ("1，200", Some("1200")),
            (".5", Some("0.5")),
            ("19.", Some("19")),
            (".", None),
            ("1,20,300", None),
            ("1.200,50", None),
            (",5", None),
            ("5,", None),
            ("", None),
            ("-3", None),
            ("1e3", None),
        ] {
            assert_eq!(plain_decimal(typed).as_deref(), expected, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn up_to_15_digits_it_reads_as_the_standard_library_does(
            whole in 0_u64..100_000_000, part in "[0-9]{0,7}",
        ) {
            let text = format!("{whole}.{part}");
            prop_assert_eq!(read_decimal(&text), text.parse().ok());
        }
    }
}
