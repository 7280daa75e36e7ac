//! A shop that does not exist.
//!
//! For those who want to look before they bring their own file: three years of a tea and pottery
//! shop with about 3,000 customers who behave as customers do. They arrive with growth and season,
//! come back at their own rate, fade away; few bring most of the money. All is invented, and the
//! same day and language give the same shop on every machine.

mod basket;
mod calendar;
mod catalogue;
mod habit;
mod ledger;
mod people;
mod random;
mod trade;

use model::{CustomerTable, LineTable, OrderTable, ProductTable, ShopDay, ShopProfile};

/// The language of names and products, and with it the shop's country and currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// A shop in New York that sells in dollars.
    English,
    /// A shop in Hangzhou that sells in yuan.
    Chinese,
}

/// The sample shop, in the form of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleShop {
    /// Name, zone, currency, country.
    pub profile: ShopProfile,
    /// Orders by time.
    pub orders: OrderTable,
    /// Customers by their first order.
    pub customers: CustomerTable,
    /// Everything that the shop sells.
    pub products: ProductTable,
    /// Lines of `orders`, of `products`.
    pub lines: LineTable,
}

/// Makes the sample shop with three years of history that end on `last_day`.
pub fn sample_shop(last_day: ShopDay, language: Language) -> SampleShop {
    let profile = profile(language);
    let (people, ledger) = trade::three_years(last_day, language);
    SampleShop {
        profile,
        orders: ledger.orders,
        customers: people.into_table(),
        products: ledger::product_table(language),
        lines: ledger.lines,
    }
}

impl Language {
    /// Both.
    pub const ALL: [Language; 2] = [Language::English, Language::Chinese];

    /// What the sample shop is stored as coming from. In users' browsers: it must not change.
    pub const fn source(self) -> &'static str {
        match self {
            Language::English => "sample-en",
            Language::Chinese => "sample-zh",
        }
    }

    /// The language of a stored sample shop; `None` if it is none.
    pub fn of_source(source: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.source() == source)
    }
}

/// Name, zone, currency and country of the sample shop.
pub fn profile(language: Language) -> ShopProfile {
    let (name, time_zone, currency, country) = match language {
        Language::English => ("Wren & Kiln Tea", "America/New_York", model::Currency::USD, "US"),
        Language::Chinese => ("陶雀茶铺", "Asia/Shanghai", model::Currency::CNY, "CN"),
    };
    ShopProfile {
        name: name.to_owned(),
        time_zone: time_zone.to_owned(),
        currency,
        country: country.to_owned(),
    }
}
