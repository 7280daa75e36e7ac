//! Amounts that a person names without a currency: they are the shop's, whichever it is now.

use crate::Currency;
use serde::{Deserialize, Serialize};

/// Decimals of the finest minor unit of any currency.
const DECIMALS: u32 = 4;
const PER_MAJOR: u64 = 10_u64.pow(DECIMALS);

/// An amount of the shop's currency, never below zero. Unlike [`Money`](crate::Money) it stays the
/// same number when the shop takes another currency: 200.00 dollars become 200 yen.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Amount(u64);

impl Amount {
    /// An amount of whole major units, as 200 dollars.
    pub const fn from_major(major: u32) -> Amount {
        Amount(major as u64 * PER_MAJOR)
    }

    /// The amount of so many minor units of a currency; less than nothing is nothing.
    pub fn from_minor(minor: i64, currency: Currency) -> Amount {
        Amount(rescaled(minor, currency.decimals(), DECIMALS).max(0).unsigned_abs())
    }

    /// In minor units of a currency. What they cannot hold is rounded half up.
    pub fn minor(self, currency: Currency) -> i64 {
        rescaled(i64::try_from(self.0).unwrap_or(i64::MAX), DECIMALS, currency.decimals())
    }

    /// The number itself, where it is no money.
    pub fn number(self) -> f64 {
        self.0 as f64 / PER_MAJOR as f64
    }

    /// Reads a plain decimal such as `12.5`: digits, and up to four more behind a point.
    pub fn parse(text: &str) -> Option<Amount> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(part) || part.len() > DECIMALS as usize {
            return None;
        }
        let part = part.parse::<u64>().ok()? * 10_u64.pow(DECIMALS - part.len() as u32);
        whole.parse::<u64>().ok()?.checked_mul(PER_MAJOR)?.checked_add(part).map(Amount)
    }
}

/// Writes the plain decimal without zeros at its end: `200`, `12.5`.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0 / PER_MAJOR, self.0 % PER_MAJOR);
        if part == 0 {
            return write!(f, "{whole}");
        }
        let part = format!("{part:0decimals$}", decimals = DECIMALS as usize);
        write!(f, "{whole}.{}", part.trim_end_matches('0'))
    }
}

/// The same amount in a minor unit of other decimals. What the new unit cannot hold is rounded half
/// away from zero: 1,234.50 is 1,235 yen.
pub fn rescaled(minor: i64, from: u32, to: u32) -> i64 {
    let unit = 10_i64.pow(from.abs_diff(to));
    if to >= from {
        return minor.saturating_mul(unit);
    }
    let (whole, rest) = (minor / unit, minor % unit);
    if rest.abs() * 2 >= unit { whole + minor.signum() } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_stays_the_same_in_other_minor_units() {
        for (minor, from, to, expected) in [
            (123_450, 2, 0, 1_235),
            (123_449, 2, 0, 1_234),
            (-123_450, 2, 0, -1_235),
            (-49, 2, 0, 0),
            (123_450, 2, 3, 1_234_500),
            (1_235, 0, 3, 1_235_000),
            (1_234_565, 3, 2, 123_457),
            (7, 2, 2, 7),
            (i64::MAX, 0, 3, i64::MAX),
            (i64::MIN, 4, 0, -922_337_203_685_478),
        ] {
            assert_eq!(rescaled(minor, from, to), expected, "{minor} {from} {to}");
        }
    }

    #[test]
    fn an_amount_is_of_whatever_currency_the_shop_has() {
        let amount = Amount::parse("200.55").unwrap();
        for (code, minor) in [("USD", 20_055), ("JPY", 201), ("KWD", 200_550), ("CLF", 2_005_500)] {
            let currency = Currency::from_code(code).unwrap();
            assert_eq!(amount.minor(currency), minor, "{code}");
        }
        assert_eq!(Amount::from_minor(20_055, Currency::USD), amount);
        assert_eq!(Amount::from_minor(-1, Currency::USD), Amount::default());
        assert_eq!(Amount::from_major(200).minor(Currency::USD), 20_000);
    }

    #[test]
    fn amounts_are_read_and_written_as_plain_decimals() {
        for text in ["0", "200", "12.5", "0.0001", "1844674407370955.1615"] {
            assert_eq!(Amount::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Amount::parse("012.50").map(|it| it.to_string()).as_deref(), Some("12.5"));
        for bad in ["", ".", "1.", ".5", "-1", "+1", "1,5", "1.00001", "1.2.3", "1844674407370956"]
        {
            assert_eq!(Amount::parse(bad), None, "{bad}");
        }
    }
}
