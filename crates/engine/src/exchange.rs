//! Rates that a person gives for other currencies than the shop's: at these, orders in them count.
//!
//! One field of the shop for every pair of currencies, so that tables of several devices merge as
//! all edits do, and so that a rate into dollars says nothing once the shop keeps its books in yen.
//! An amount is exchanged once, as the frame is built; what is stored stays as it was read.

use crate::frame::Ledger;
use model::{Currency, Entity, Field, Rate, Rates, ShopDay, collected};
use protocol::CurrencyRates;
use std::collections::{BTreeMap, BTreeSet};
use store::Overlay;

/// Beginning of the fields' names; the currency and the shop's follow, as `rate:EUR:USD`. It is in
/// users' logs: never change it.
const FIELD: &str = "rate:";

/// The name of the field that holds the rates of a currency in the shop's.
pub fn field_of(currency: Currency, shops: Currency) -> String {
    format!("{FIELD}{}:{}", currency.code(), shops.code())
}

/// Whether a field is of this kind.
pub fn is_rate(field: &str) -> bool {
    field.starts_with(FIELD)
}

/// The rates in such a field; what is of another form, as a newer program may write, is none.
pub fn known(overlay: &Overlay, field: &str) -> Rates {
    let field = overlay.field(&Entity::Shop, field);
    field.and_then(|it| Rates::parse(it.text())).unwrap_or_default()
}

/// How amounts become amounts of the shop's currency.
#[derive(Clone, Debug)]
pub struct Exchange {
    shops: Currency,
    rates: BTreeMap<Currency, Rates>,
}

impl Exchange {
    /// The rates among the edits that lead to the shop's currency. What is of another form, as a
    /// newer program may write, is no rate.
    pub fn of(overlay: &Overlay, shops: Currency) -> Exchange {
        let fields = overlay.get(&Entity::Shop).map(|shop| &shop.fields);
        let rates = fields.into_iter().flatten().filter_map(|(name, field)| {
            let (from, to) = name.strip_prefix(FIELD)?.split_once(':')?;
            let rates = Rates::parse(Field::text(field))?;
            let leads_here = Currency::from_code(to)? == shops && !rates.list().is_empty();
            Some((Currency::from_code(from)?, rates)).filter(|_| leads_here)
        });
        Exchange { shops, rates: collected(rates) }
    }

    /// What a currency is to the shop; `None`: the source names none, so it is the shop's.
    pub fn terms(&self, currency: Option<Currency>) -> Terms<'_> {
        match currency {
            Some(from) if from != self.shops => match self.rates.get(&from) {
                Some(rates) => Terms::Rated { from, to: self.shops, rates },
                None => Terms::Apart,
            },
            _ => Terms::Own,
        }
    }

    /// Every other currency that orders are in or that has rates.
    pub fn view(&self, ledger: &Ledger) -> Vec<CurrencyRates> {
        let known = (self.rates.keys())
            .chain(ledger.other_currencies.keys())
            .chain(ledger.exchanged.keys());
        let known: BTreeSet<Currency> = collected(known.copied());
        let of = |currency: Currency| CurrencyRates {
            currency,
            rates: self.rates.get(&currency).cloned().unwrap_or_default(),
            exchanged: ledger.exchanged.get(&currency).copied().unwrap_or_default(),
            apart: ledger.other_currencies.get(&currency).map_or(0, |days| days.len() as u32),
        };
        known.into_iter().map(of).collect()
    }

    /// The rates in force, by currency.
    pub const fn rates(&self) -> &BTreeMap<Currency, Rates> {
        &self.rates
    }
}

/// What a currency is to the shop.
#[derive(Clone, Copy, Debug)]
pub enum Terms<'a> {
    /// It is the shop's.
    Own,
    /// It has rates.
    Rated {
        /// The currency.
        from: Currency,
        /// The shop's.
        to: Currency,
        /// Its rates.
        rates: &'a Rates,
    },
    /// There is no rate: its orders stay out of the figures.
    Apart,
}

impl Terms<'_> {
    /// How amounts of a day are exchanged; `None`: no rate holds then.
    #[inline]
    pub fn on(self, day: ShopDay) -> Option<Exchanged> {
        match self {
            Terms::Own => Some(Exchanged(None)),
            Terms::Rated { from, to, rates } => {
                rates.on(day).map(|rate| Exchanged(Some((rate, from, to))))
            }
            Terms::Apart => None,
        }
    }
}

/// What amounts of a currency are on a day; of the shop's own they stay as they are.
#[derive(Clone, Copy, Debug)]
pub struct Exchanged(Option<(Rate, Currency, Currency)>);

impl Exchanged {
    /// The amount in minor units of the shop's currency.
    #[inline]
    pub fn minor(self, minor: i64) -> i64 {
        match self.0 {
            None => minor,
            Some((rate, from, to)) => rate.exchanged(minor, from, to),
        }
    }

    /// The currency that it was, if it was not the shop's.
    pub fn from(self) -> Option<Currency> {
        self.0.map(|(_, from, _)| from)
    }
}
