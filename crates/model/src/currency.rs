//! Currencies of ISO 4217.

use serde::{Deserialize, Serialize};

/// A currency of ISO 4217, such as `CNY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

/// The text is not a currency code of ISO 4217.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a currency code")]
pub struct UnknownCurrency(pub String);

impl Currency {
    /// The US dollar.
    pub const USD: Currency = Currency(iso_currency::Currency::USD);
    /// The Chinese yuan.
    pub const CNY: Currency = Currency(iso_currency::Currency::CNY);

    /// Reads a three-letter code in any case, blanks around it ignored. `RMB` is `CNY`.
    pub fn from_code(code: &str) -> Option<Currency> {
        let code = code.trim().to_ascii_uppercase();
        let code = if code == "RMB" { "CNY" } else { &code };
        iso_currency::Currency::from_code(code).map(Currency)
    }

    /// The three-letter code in capitals.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals the minor unit has: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn decimals(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// How many minor units make one major unit: 100 for EUR, 1 for JPY.
    pub fn minor_per_major(self) -> i64 {
        10_i64.pow(self.decimals())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Currency::from_code(&code).ok_or(UnknownCurrency(code))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minor_unit_depends_on_the_currency() {
        for (code, decimals) in [("EUR", 2), ("usd", 2), (" jpy ", 0), ("KWD", 3), ("RMB", 2)] {
            assert_eq!(Currency::from_code(code).map(Currency::decimals), Some(decimals), "{code}");
        }
        assert_eq!(Currency::from_code("$"), None);
    }
}
