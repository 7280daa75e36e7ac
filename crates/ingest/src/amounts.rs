//! Amounts of money as exports write them, to minor units, exactly.

use crate::header::half_width;

/// The sign between whole and part of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,299.00`
    Point,
    /// `1.299,00`
    Comma,
}

impl DecimalMark {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> DecimalMark {
        match self {
            DecimalMark::Point => DecimalMark::Comma,
            DecimalMark::Comma => DecimalMark::Point,
        }
    }

    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            DecimalMark::Point => "point",
            DecimalMark::Comma => "comma",
        }
    }

    const fn byte(self) -> u8 {
        match self {
            DecimalMark::Point => b'.',
            DecimalMark::Comma => b',',
        }
    }
}

/// Reads a plain decimal such as `-29.96`: what most exports write. `decimals`: of the currency.
pub fn read_plain(text: &str, decimals: u32) -> Option<i64> {
    let (negative, bytes) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        all => (false, all),
    };
    // 15 digits and three decimals more fit an i64.
    if bytes.is_empty() || bytes.len() > 15 {
        return None;
    }
    let (mut amount, mut point) = (0_i64, None);
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => amount = amount * 10 + i64::from(byte - b'0'),
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let places = point.map_or(0, |at| bytes.len() - at - 1) as u32;
    let missing = decimals.checked_sub(places)?;
    amount *= 10_i64.pow(missing);
    Some(if negative { -amount } else { amount })
}

/// Reads an amount with symbols, grouping, brackets or a trailing minus.
///
/// Grouping must be whole: with a decimal point `12,50` is refused and not taken for 1250.
pub fn read(text: &str, decimals: u32, mark: DecimalMark) -> Option<i64> {
    let plain: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let (negative, number) = without_sign(&plain)?;
    let (number, myriads) = match number.strip_suffix('万') {
        Some(rest) => (rest, 10_000),
        None => (number, 1),
    };
    let (whole, part) = match number.rsplit_once(char::from(mark.byte())) {
        Some((whole, part)) => (whole, part),
        None => (number, ""),
    };
    if !part.bytes().all(|byte| byte.is_ascii_digit()) || part.len() > 9 {
        return None;
    }
    let whole = ungrouped(whole, mark)?;
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let scale = 10_i128.pow(part.len() as u32);
    let digits = format!("{whole}{part}").parse::<i128>().ok()?;
    let scaled = digits.checked_mul(10_i128.pow(decimals))?.checked_mul(myriads)?;
    let amount = i64::try_from((scaled + scale / 2) / scale).ok()?;
    Some(if negative { -amount } else { amount })
}

/// Takes the sign and whatever names the currency off the digits.
fn without_sign(text: &str) -> Option<(bool, &str)> {
    let (bracketed, text) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let signs = |part: &str| part.chars().filter(|c| matches!(c, '-' | '−' | '–')).count();
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit() || c == '万')?;
    let first = match text[..first].chars().last() {
        Some('.' | ',') => first - 1,
        _ => first,
    };
    let stop = last + text[last..].chars().next().map_or(1, char::len_utf8);
    let (before, number, behind) = (&text[..first], &text[first..stop], &text[stop..]);
    // Before and behind stand a sign and a currency, and nothing that could be another number.
    let names_currency = |c: char| {
        c.is_alphabetic()
            || matches!(c, '$' | '€' | '£' | '¥' | '￥' | '₹' | '₩' | '₽')
            || matches!(c, '.' | '-' | '−' | '–' | '+')
    };
    let odd = before.chars().chain(behind.chars()).any(|c| !names_currency(c));
    let letters = before.chars().chain(behind.chars()).filter(|c| c.is_alphabetic()).count();
    let minus = signs(before) + signs(behind);
    (!odd && letters <= 4 && minus <= 1).then_some((bracketed ^ (minus == 1), number))
}

/// Digits without the marks of thousands: `1,234,567`, `1 234`, `1'234`, `1,23,456`.
fn ungrouped(whole: &str, mark: DecimalMark) -> Option<String> {
    if whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(whole.to_owned());
    }
    let groups: Vec<&str> =
        whole.split(|c| c == char::from(mark.other().byte()) || c == '\'' || c == '’').collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let good = (1..=3).contains(&first.len())
        && last.len() == 3
        && middle.iter().all(|group| (2..=3).contains(&group.len()))
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    good.then(|| groups.concat())
}

/// The sign or word of a currency beside an amount, empty if there is none: `€` of `€ 12`, `USD` of
/// `12 USD`, `元` of `1.2万元`.
pub fn sign_of(text: &str) -> &str {
    let is_sign = |c: char| {
        (c.is_alphabetic() && c != '万')
            || matches!(c, '$' | '€' | '£' | '¥' | '￥' | '₹' | '₩' | '₽')
    };
    let Some(from) = text.find(is_sign) else { return "" };
    let sign = &text[from..];
    &sign[..sign.find(|c| !is_sign(c)).unwrap_or(sign.len())]
}

/// Whether an amount may be below nothing.
pub fn may_be_negative(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'-' | b'(')) || text.contains(['−', '–', '（'])
}

/// Whether an amount has a mark that both a point and a comma of decimals could be: `1,234`.
pub fn is_ambiguous(text: &str) -> bool {
    text.contains([',', '.']) && mark_of(text).is_none()
}

/// Which decimal mark an amount shows, if it shows one.
pub fn mark_of(text: &str) -> Option<DecimalMark> {
    let text = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let at = |byte: u8| text.bytes().rposition(|b| b == byte);
    let many = |byte: u8| text.bytes().filter(|&b| b == byte).count() > 1;
    let places = |at: usize| text.len() - at - 1;
    match (at(b'.'), at(b',')) {
        (Some(point), Some(comma)) if point > comma => Some(DecimalMark::Point),
        (Some(_), Some(_)) => Some(DecimalMark::Comma),
        (Some(_), None) if many(b'.') => Some(DecimalMark::Comma),
        (None, Some(_)) if many(b',') => Some(DecimalMark::Point),
        (Some(point), None) => (places(point) != 3).then_some(DecimalMark::Point),
        (None, Some(comma)) => (places(comma) != 3).then_some(DecimalMark::Comma),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_known_way_to_write_an_amount() {
        use DecimalMark::{Comma, Point};
        for (text, mark, cents) in [
            ("29.96", Point, Some(2_996)),
            ("300", Point, Some(30_000)),
            ("0", Point, Some(0)),
            (".5", Point, Some(50)),
            ("1,234.50", Point, Some(123_450)),
            ("1.234,50", Comma, Some(123_450)),
            ("1 234,50", Comma, Some(123_450)),
            ("1'234.50", Point, Some(123_450)),
            ("1,23,456.00", Point, Some(12_345_600)),
            ("$1,149.00 ", Point, Some(114_900)),
            ("¥1.2万", Point, Some(1_200_000)),
            ("0.00元", Point, Some(0)),
            ("USD 12.00", Point, Some(1_200)),
            ("€ 12,00", Comma, Some(1_200)),
            ("(33.62)", Point, Some(-3_362)),
            ("-$12", Point, Some(-1_200)),
            ("12-", Point, Some(-1_200)),
            ("-49,90", Comma, Some(-4_990)),
            ("１２.５０", Point, Some(1_250)),
            ("22.4999", Point, Some(2_250)),
            ("12,50", Point, None),
            ("1,2345", Point, None),
            ("12.50", Comma, None),
            ("1.2.3", Point, None),
            ("12 apples", Point, None),
            ("", Point, None),
            ("-", Point, None),
            ("99999999999999999999", Point, None),
        ] {
            assert_eq!(read(text, 2, mark), cents, "{text}");
            if let (Point, Some(fast)) = (mark, read_plain(text, 2)) {
                assert_eq!(Some(fast), cents, "{text}");
            }
        }
        assert_eq!((read("300", 0, Point), read("1.234", 3, Point)), (Some(300), Some(1_234)));
    }

    #[test]
    fn an_amount_shows_its_decimal_mark_or_not() {
        use DecimalMark::{Comma, Point};
        for (text, mark) in [
            ("1,299.00", Some(Point)),
            ("1.299,00", Some(Comma)),
            ("12,5", Some(Comma)),
            ("1.299.000", Some(Comma)),
            ("1,299", None),
            ("300", None),
            ("12,00 €", Some(Comma)),
        ] {
            assert_eq!(mark_of(text), mark, "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_to_read_a_plain_amount_agree(cents in -1_000_000_000_000_i64..1_000_000_000_000) {
            let (sign, size) = (if cents < 0 { "-" } else { "" }, cents.unsigned_abs());
            let text = format!("{sign}{}.{:02}", size / 100, size % 100);
            prop_assert_eq!(read_plain(&text, 2), Some(cents));
            prop_assert_eq!(read(&text, 2, DecimalMark::Point), Some(cents));
        }
    }
}
