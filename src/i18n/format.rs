//! Numbers, money and dates as the reader writes them, by the browser's `Intl`.

use super::{Lang, Words};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use model::{Currency, Money, ShopDay};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

/// Writes numbers, money and dates in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The language.
    pub lang: Lang,
}

thread_local! {
    /// Formatters are dear to make and cheap to use.
    static FORMATTERS: RefCell<BTreeMap<String, Function>> = RefCell::default();
}

/// Options of a formatter.
type Options = &'static [(&'static str, &'static str)];

const COMPACT: Options =
    &[("notation", "compact"), ("maximumSignificantDigits", "3"), ("useGrouping", "always")];
const MEDIUM_DATE: Options =
    &[("timeZone", "UTC"), ("year", "numeric"), ("month", "short"), ("day", "numeric")];
const SHORT_DATE: Options = &[("timeZone", "UTC"), ("month", "short"), ("day", "numeric")];
const MONTH: Options = &[("timeZone", "UTC"), ("year", "numeric"), ("month", "short")];

impl Format {
    /// The formats of a language.
    pub const fn of(words: Words) -> Format {
        Format { lang: words.lang }
    }

    /// A whole number: `18,402`.
    pub fn count(self, number: impl Into<f64>) -> String {
        self.number(number.into(), 0)
    }

    /// A number with a fixed number of decimals.
    pub fn number(self, number: f64, decimals: u8) -> String {
        let key = format!("n{decimals}");
        self.format(&key, number, || {
            let digits = decimals.to_string();
            number_format(
                self.lang,
                &[],
                &[("minimumFractionDigits", &digits), ("maximumFractionDigits", &digits)],
            )
        })
    }

    /// A share or a change as percent: `38.6%`. A change of more than 1,000% is said in times, as
    /// such a percentage says nothing: `2,558-fold` in English, where Chinese counts what came on top.
    pub fn percent(self, share: f64) -> String {
        match self.lang {
            _ if share <= 10.0 => self.percent_with(share, 1),
            Lang::En => format!("{}-fold", self.count(share + 1.0)),
            Lang::Zh => format!("{} 倍", self.count(share)),
        }
    }

    /// A share as percent with a fixed number of decimals.
    pub fn percent_with(self, share: f64, decimals: u8) -> String {
        let key = format!("p{decimals}");
        self.format(&key, share, || {
            let digits = decimals.to_string();
            number_format(
                self.lang,
                &[("style", "percent")],
                &[("minimumFractionDigits", &digits), ("maximumFractionDigits", &digits)],
            )
        })
    }

    /// Money with all its decimals: `$13,105.13`.
    pub fn money(self, minor: i64, currency: Currency) -> String {
        let major = Money::from_minor(minor, currency).to_major();
        let key = format!("m{}", currency.code());
        self.format(&key, major, || currency_format(self.lang, currency, &[]))
    }

    /// Money in whole major units, for large figures: `$13,105`.
    pub fn money_whole(self, minor: i64, currency: Currency) -> String {
        let major = Money::from_minor(minor, currency).to_major();
        let key = format!("w{}", currency.code());
        let options = [("maximumFractionDigits", "0"), ("minimumFractionDigits", "0")];
        self.format(&key, major, || currency_format(self.lang, currency, &options))
    }

    /// Money on an axis or in a grid: `$24K`, `¥1,200万`. Where no unit stands behind it nothing is
    /// rounded but what is behind the point: three digits of it would look exact.
    pub fn money_compact(self, minor: f64, currency: Currency) -> String {
        let major = minor / currency.minor_per_major() as f64;
        let first_unit = if self.lang == Lang::Zh { 10_000.0 } else { 1_000.0 };
        if (10.0..first_unit).contains(&major.abs()) {
            return self.money_whole(minor.round() as i64, currency);
        }
        let key = format!("c{}", currency.code());
        self.format(&key, major, || currency_format(self.lang, currency, COMPACT))
    }

    /// A day: `31 Oct 2026`, `2026年10月31日`.
    pub fn day(self, day: ShopDay) -> String {
        self.date("d", MEDIUM_DATE, day)
    }

    /// A day without its year: `31 Oct`, `10月31日`.
    pub fn day_short(self, day: ShopDay) -> String {
        self.date("s", SHORT_DATE, day)
    }

    /// A month: `Oct 2026`, `2026年10月`.
    pub fn month(self, day: ShopDay) -> String {
        self.date("o", MONTH, day)
    }

    /// A moment in this device's own time: date and minute.
    pub fn moment(self, ms: u64) -> String {
        self.format("t", ms as f64, || {
            date_format(self.lang, &[("dateStyle", "medium"), ("timeStyle", "short")])
        })
    }

    /// A moment of today, in this device's own time: the minute alone; of another day as [`moment`].
    ///
    /// [`moment`]: Format::moment
    pub fn moment_short(self, ms: u64, now_ms: u64) -> String {
        let day = |ms: u64| Date::new(&(ms as f64).into()).to_date_string();
        if day(ms) != day(now_ms) {
            return self.moment(ms);
        }
        self.format("h", ms as f64, || date_format(self.lang, &[("timeStyle", "short")]))
    }

    /// A country by its two letters, as the reader calls it: `Canada`; what is no such code stays.
    pub fn country(self, text: &str) -> String {
        let code = text.trim().to_ascii_uppercase();
        if code.len() != 2 {
            return text.to_owned();
        }
        let key = format!("{}g", self.lang.tag());
        let known = FORMATTERS.with_borrow(|all| all.get(&key).cloned());
        let Some(names) = known.or_else(|| country_names(self.lang)) else {
            return text.to_owned();
        };
        let name = names.call1(&JsValue::NULL, &code.into());
        FORMATTERS.with_borrow_mut(|all| all.insert(key, names));
        name.ok().and_then(|it| it.as_string()).unwrap_or_else(|| text.to_owned())
    }

    fn date(self, key: &str, options: Options, day: ShopDay) -> String {
        let ms = f64::from(day.number()) * 86_400_000.0;
        self.format(key, ms, || date_format(self.lang, options))
    }

    fn format(self, key: &str, value: f64, make: impl FnOnce() -> Function) -> String {
        let key = format!("{}{key}", self.lang.tag());
        let format = FORMATTERS.with_borrow_mut(|all| all.entry(key).or_insert_with(make).clone());
        let text = format.call1(&JsValue::NULL, &JsValue::from_f64(value));
        // British English has one month of four letters.
        let text =
            text.ok().and_then(|it| it.as_string()).unwrap_or_default().replace("Sept", "Sep");
        // A minus as long as the plus, not a hyphen.
        text.strip_prefix('-').map_or_else(|| text.clone(), |it| format!("−{it}"))
    }
}

/// English dates are day first, as most of the world writes them.
const fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en-GB",
        Lang::Zh => "zh-CN",
    }
}

fn options(texts: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in texts {
        // Intl reads numbers of digits from texts too; setting a field of a fresh object cannot fail.
        let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    options
}

fn number_format(lang: Lang, style: &[(&str, &str)], digits: &[(&str, &str)]) -> Function {
    let locales = Array::of1(&if lang == Lang::En { "en-US" } else { "zh-CN" }.into());
    Intl::NumberFormat::new(&locales, &options(&[style, digits].concat())).format()
}

fn currency_format(lang: Lang, currency: Currency, more: &[(&str, &str)]) -> Function {
    let style =
        [("style", "currency"), ("currency", currency.code()), ("currencyDisplay", "narrowSymbol")];
    number_format(lang, &style, more)
}

/// What the browser calls countries by their codes; `None`: it does not.
fn country_names(lang: Lang) -> Option<Function> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let names: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let arguments = Array::of2(&locale(lang).into(), &options(&[("type", "region")]));
    let names = Reflect::construct(&names, &arguments).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    Some(of.bind0(&names))
}

fn date_format(lang: Lang, parts: &[(&str, &str)]) -> Function {
    let locales = Array::of1(&locale(lang).into());
    Intl::DateTimeFormat::new(&locales, &options(parts)).format()
}
