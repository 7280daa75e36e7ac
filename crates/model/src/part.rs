//! Tables of a platform's export that have not all of an order: several of them together do.

/// Which of several tables an import is. Stored as the end of its source: names never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// When each order was placed, in what state it is, and by which account; no amounts.
    Orders,
    /// What was bought and for how much, by the order's number; neither day nor customer.
    Items,
    /// What was paid, likewise. Where the items are known, too, theirs are the amounts.
    Payments,
    /// Which person each account is.
    Accounts,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 4] = [Part::Orders, Part::Items, Part::Payments, Part::Accounts];

    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Part::Orders => "orders",
            Part::Items => "items",
            Part::Payments => "payments",
            Part::Accounts => "accounts",
        }
    }

    /// The platform of a source, and which of its tables it is: `olist/items`. `None`: the source has
    /// all of an order.
    pub fn of_source(source: &str) -> Option<(&str, Part)> {
        let (platform, code) = source.split_once('/')?;
        Some((platform, Part::ALL.into_iter().find(|part| part.code() == code)?))
    }

    /// Whether it says when an order was placed.
    pub const fn tells_time(self) -> bool {
        matches!(self, Part::Orders)
    }

    /// Whether it says for how much something was bought.
    pub const fn tells_amounts(self) -> bool {
        matches!(self, Part::Items | Part::Payments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_tells_its_platform_and_part() {
        for (source, expected) in [
            ("olist/orders", Some(("olist", Part::Orders))),
            ("olist/items", Some(("olist", Part::Items))),
            ("olist/payments", Some(("olist", Part::Payments))),
            ("olist/accounts", Some(("olist", Part::Accounts))),
            ("olist/other", None),
            ("olist", None),
            ("", None),
        ] {
            assert_eq!(Part::of_source(source), expected, "{source}");
        }
    }
}
