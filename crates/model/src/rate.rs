//! What one unit of another currency is worth, by day.

use crate::{Currency, ShopDay};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Decimals that a rate has: enough for the smallest units there are, as 0.0000394 dollars a dong.
const DECIMALS: u32 = 10;
const PER_ONE: u64 = 10_u64.pow(DECIMALS);
/// Digits before the point.
const WHOLE_DIGITS: usize = 8;

/// How much of one currency a major unit of another is worth: a decimal, exact, above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rate(u64);

impl Rate {
    /// Reads a plain decimal such as `1.0842`: up to eight digits, and up to ten behind a point.
    pub fn parse(text: &str) -> Option<Rate> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |it: &str, most: usize| {
            (1..=most).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_number(whole, WHOLE_DIGITS) || !is_number(part, DECIMALS as usize) {
            return None;
        }
        let part = part.parse::<u64>().ok()? * 10_u64.pow(DECIMALS - part.len() as u32);
        let rate = whole.parse::<u64>().ok()? * PER_ONE + part;
        (rate > 0).then_some(Rate(rate))
    }

    /// An amount of minor units of `from` in minor units of `to`. What those cannot hold is rounded
    /// half away from zero.
    pub fn exchanged(self, minor: i64, from: Currency, to: Currency) -> i64 {
        // Past every amount there is it stays at the limit.
        let scaled = i128::from(minor)
            .saturating_mul(i128::from(self.0))
            .saturating_mul(i128::from(to.minor_per_major()));
        let unit = i128::from(PER_ONE) * i128::from(from.minor_per_major());
        let (whole, rest) = (scaled / unit, scaled % unit);
        let rounded = if rest.abs() * 2 >= unit { whole + scaled.signum() } else { whole };
        let limit = if minor < 0 { i64::MIN } else { i64::MAX };
        i64::try_from(rounded).unwrap_or(limit)
    }
}

/// Writes the plain decimal without zeros at its end: `7`, `1.0842`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / PER_ONE, self.0 % PER_ONE);
        if part == 0 {
            return write!(f, "{whole}");
        }
        let part = format!("{part:0decimals$}", decimals = DECIMALS as usize);
        write!(f, "{whole}.{}", part.trim_end_matches('0'))
    }
}

/// A rate and the day that it holds from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DatedRate {
    /// `None`: ever since.
    pub from: Option<ShopDay>,
    /// The rate.
    pub rate: Rate,
}

/// The rates of one currency in another over time; none: there is no rate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rates(Vec<DatedRate>);

impl Rates {
    /// All of them, the earliest first.
    pub fn list(&self) -> &[DatedRate] {
        &self.0
    }

    /// The rate that holds on a day: the newest from that day or before it.
    pub fn on(&self, day: ShopDay) -> Option<Rate> {
        let known = self.0.partition_point(|it| it.from.is_none_or(|from| from <= day));
        known.checked_sub(1).map(|at| self.0[at].rate)
    }

    /// These and another, which takes the place of one from the same day.
    #[must_use]
    pub fn with(&self, new: DatedRate) -> Rates {
        let mut rates = self.without(new.from);
        let at = rates.0.partition_point(|it| it.from < new.from);
        rates.0.insert(at, new);
        rates
    }

    /// These but for the one from that day.
    #[must_use]
    pub fn without(&self, from: Option<ShopDay>) -> Rates {
        Rates(self.0.iter().copied().filter(|it| it.from != from).collect())
    }

    /// Reads what [`Rates`] writes: `1.0842 1.1@2026-01-01`.
    pub fn parse(text: &str) -> Option<Rates> {
        let mut rates = Rates::default();
        for entry in text.split_ascii_whitespace() {
            let (rate, from) = match entry.split_once('@') {
                Some((rate, day)) => (rate, Some(ShopDay::parse_iso(day)?)),
                None => (entry, None),
            };
            rates = rates.with(DatedRate { from, rate: Rate::parse(rate)? });
        }
        Some(rates)
    }
}

impl fmt::Display for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, DatedRate { from, rate }) in self.0.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            match from {
                Some(day) => write!(f, "{gap}{rate}@{day}")?,
                None => write!(f, "{gap}{rate}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::from_code(code).unwrap()
    }

    #[test]
    fn amounts_are_exchanged_exactly_and_rounded_once() {
        for (rate, minor, from, to, expected) in [
            ("1.0842", 10_000, "EUR", "USD", 10_842),
            ("1", 12_345, "EUR", "USD", 12_345),
            // 0.005 dollars and a hair less.
            ("0.5", 1, "EUR", "USD", 1),
            ("0.4999999999", 1, "EUR", "USD", 0),
            ("0.5", -1, "EUR", "USD", -1),
            ("0.5", -3, "EUR", "USD", -2),
            // Yen have no minor unit, dinars have three decimals.
            ("0.0067", 1_500, "JPY", "USD", 1_005),
            ("149.25", 1_005, "USD", "JPY", 1_500),
            ("3.25", 1_234, "KWD", "USD", 401),
            ("0.0000394", 250_000, "VND", "USD", 985),
            ("1.5", 0, "EUR", "USD", 0),
            ("99999999", i64::MAX, "EUR", "USD", i64::MAX),
            ("99999999", i64::MIN, "EUR", "USD", i64::MIN),
        ] {
            let found = Rate::parse(rate).unwrap().exchanged(minor, currency(from), currency(to));
            assert_eq!(found, expected, "{minor} {from} at {rate}");
        }
    }

    #[test]
    fn rates_are_read_and_written_as_plain_decimals() {
        for text in ["1", "7.1", "1.0842", "0.0000000001", "99999999.9999999999"] {
            assert_eq!(Rate::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        }
        for bad in [
            "",
            ".",
            "0",
            "0.0",
            "1.",
            ".5",
            "-1",
            "+1",
            "1,5",
            "1e3",
            "0.00000000001",
            "123456789",
        ] {
            assert_eq!(Rate::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_newest_rate_up_to_the_day_holds() {
        let rates = Rates::parse("1.2@2026-03-01 1.1@2026-01-01 1.3@2026-03-01").unwrap();
        assert_eq!(rates.to_string(), "1.1@2026-01-01 1.3@2026-03-01");
        let on = |rates: &Rates, day| {
            rates.on(ShopDay::parse_iso(day).unwrap()).map(|it| it.to_string())
        };
        for (day, rate) in [
            ("2025-12-31", None),
            ("2026-01-01", Some("1.1")),
            ("2026-02-28", Some("1.1")),
            ("2026-03-01", Some("1.3")),
            ("2030-01-01", Some("1.3")),
        ] {
            assert_eq!(on(&rates, day).as_deref(), rate, "{day}");
        }
        let ever = rates.with(DatedRate { from: None, rate: Rate::parse("1").unwrap() });
        assert_eq!(on(&ever, "1999-01-01").as_deref(), Some("1"));
        assert_eq!(ever.without(None), rates);
        assert_eq!(Rates::parse(""), Some(Rates::default()));
        for bad in ["x", "1@", "1@2026-02-30", "0", "1 2@soon"] {
            assert_eq!(Rates::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_refund_is_exchanged_as_what_was_paid(minor in 0_i64.., rate in 1_u64..PER_ONE * 100) {
            let (rate, from, to) = (Rate(rate), currency("EUR"), currency("JPY"));
            prop_assert_eq!(rate.exchanged(-minor, from, to), -rate.exchanged(minor, from, to));
        }

        #[test]
        fn rates_are_read_as_they_were_written(
            list in proptest::collection::vec((proptest::option::of(0_i32..40_000), 1_u64..u64::MAX / 1_000), 0..6),
        ) {
            let dated = |(day, rate): (Option<i32>, u64)| DatedRate {
                from: day.map(ShopDay::from_number),
                rate: Rate(rate % (10_u64.pow(18) - 1) + 1),
            };
            let rates = list.into_iter().map(dated).fold(Rates::default(), |all, it| all.with(it));
            prop_assert_eq!(Rates::parse(&rates.to_string()), Some(rates));
        }
    }
}
