//! Exact amounts of money.

use crate::Currency;
use serde::{Deserialize, Serialize};

/// An amount of money, exact, in the minor unit of its currency.
///
/// Never a float: the sum of ten thousand orders must equal the sum in the shop's own accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of `minor` units: cents for EUR and USD, yen for JPY. Negative for a refund.
    pub const fn from_minor(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency of the amount.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in major units, for charts and statistics; exact sums stay in minor units.
    pub fn to_major(self) -> f64 {
        self.minor as f64 / self.currency.minor_per_major() as f64
    }
}

/// Writes the plain decimal, without symbol or grouping: `-12.50`, `300` in yen.
impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let decimals = self.currency.decimals() as usize;
        if decimals == 0 {
            return write!(f, "{}", self.minor);
        }
        let unit = self.currency.minor_per_major().unsigned_abs();
        let sign = if self.minor < 0 { "-" } else { "" };
        let (major, rest) = (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        write!(f, "{sign}{major}.{rest:0decimals$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_as_a_plain_decimal() {
        let jpy = Currency::from_code("JPY").unwrap();
        let kwd = Currency::from_code("KWD").unwrap();
        for (minor, currency, text) in [
            (1_310_513, Currency::USD, "13105.13"),
            (-5, Currency::USD, "-0.05"),
            (0, Currency::CNY, "0.00"),
            (300, jpy, "300"),
            (1_234, kwd, "1.234"),
            (i64::MIN, jpy, "-9223372036854775808"),
        ] {
            assert_eq!(Money::from_minor(minor, currency).to_string(), text);
        }
    }
}
