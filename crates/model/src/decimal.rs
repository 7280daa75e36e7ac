//! Plain decimals as floats.

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
