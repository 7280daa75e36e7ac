//! What the whole shop may expect: orders and net of those who have bought and of those to come, with
//! a range as wide as the same forecast was off in the past.

use crate::arranged::Arranged;
use analytics::models::{BackTest, BuyingModel, CustomerBase, Forecast, GammaGamma, fit_spend};
use analytics::{Checked, Purchases, Window, demand, forecast_range};
use protocol::{Likely, ShopForecast};
use std::collections::BTreeMap;

/// So many days ahead.
const DAYS: [u16; 3] = [30, 90, 365];
/// How those who come, and how many orders they give on a day, is measured on so many days.
const RECENT_DAYS: i32 = 365;
/// Forecasts of the past are checked on so many customers at most: of the ratio of what came to what
/// was forecast that is enough.
const SAMPLE: usize = 8_000;
/// Models of the past are a year apart.
const BETWEEN_FITS: i32 = 365;
const MOST_FITS: i32 = 4;
/// A model of the past has seen so many days at least.
const FEWEST_DAYS: i32 = 180;

/// The forecasts of [`DAYS`].
pub fn ahead(
    purchases: Purchases<'_>,
    forecast: &Forecast,
    test: &BackTest,
    spend: Option<&GammaGamma>,
) -> Vec<ShopForecast> {
    let spend = Spend::new(spend, purchases, forecast.as_of);
    let recent = Recent::measure(purchases, forecast.as_of);
    let totals = totals(forecast, &spend, &recent, &DAYS);
    let checks = checks(purchases, forecast.as_of, test);
    let all = DAYS.iter().zip(totals).map(|(days, total)| {
        let checks = checks.get(days).map_or(&[][..], Vec::as_slice);
        let orders = checks.iter().map(|it| it.orders).collect::<Vec<_>>();
        let net = checks.iter().map(|it| it.net).collect::<Vec<_>>();
        ShopForecast {
            days: *days,
            known_orders: total.known_orders,
            new_orders: total.new_orders,
            net: total.net,
            orders_range: likely(total.known_orders + total.new_orders, &orders),
            net_range: likely(total.net, &net),
        }
    });
    all.collect()
}

fn likely(forecast: f64, checks: &[Checked]) -> Option<Likely> {
    let range = forecast_range(forecast, checks)?;
    Some(Likely {
        low: range.low,
        high: range.high,
        coverage: range.coverage,
        checks: range.checks,
        bias: range.bias,
    })
}

/// The net to expect of a purchase.
pub struct Spend<'a> {
    model: Option<&'a GammaGamma>,
    /// Mean net of a purchase day of the shop, minor units.
    mean: f64,
}

impl<'a> Spend<'a> {
    /// Where there is no model, or it knows no mean, the mean of past purchases holds.
    pub fn new(model: Option<&'a GammaGamma>, purchases: Purchases<'_>, as_of: i32) -> Spend<'a> {
        let (mut days, mut net) = (0.0, 0.0);
        for (own, nets) in purchases.customers_until(as_of) {
            days += purchase_days(own) as f64;
            net += nets.iter().map(|it| *it as f64).sum::<f64>();
        }
        let mean = if days > 0.0 { net / days } else { 0.0 };
        Spend { model: model.filter(|it| it.shop_mean().is_some()), mean }
    }

    /// Of each customer of the base.
    pub fn of_everybody(&self, base: &CustomerBase) -> Vec<f64> {
        let pairs = base.history.iter().zip(&base.mean_spend);
        let of = |(history, mean): (&analytics::models::History, &f64)| {
            let expected = self.model.and_then(|it| it.expected(history.repeats, *mean));
            expected.unwrap_or(self.mean)
        };
        pairs.map(of).collect()
    }

    /// Of somebody new.
    fn of_new(&self) -> f64 {
        self.model.and_then(GammaGamma::shop_mean).unwrap_or(self.mean)
    }
}

/// Days with a purchase.
fn purchase_days(days: &[i32]) -> usize {
    days.chunk_by(|a, b| a == b).count()
}

/// How the shop did of late.
#[derive(Debug, Default, PartialEq)]
struct Recent {
    /// New customers a day.
    newcomers: f64,
    /// Net of the day of a first purchase, minor units.
    first_net: f64,
    /// Orders on a day on which a customer buys.
    orders_a_day: f64,
}

impl Recent {
    fn measure(purchases: Purchases<'_>, as_of: i32) -> Recent {
        let firsts = purchases.customers_until(as_of).filter_map(|it| it.0.first());
        let Some(start) = firsts.min().copied() else { return Recent::default() };
        let observed = as_of.saturating_sub(start).saturating_add(1).min(RECENT_DAYS);
        let from = as_of - observed + 1;
        let (mut orders, mut days, mut newcomers, mut first_net) = (0, 0, 0u32, 0.0);
        for (own, nets) in purchases.customers_until(as_of) {
            let before = own.partition_point(|day| *day < from);
            orders += own.len() - before;
            days += purchase_days(&own[before..]);
            if before == 0
                && let Some(first) = own.first()
            {
                newcomers += 1;
                let same = own.partition_point(|day| day <= first);
                first_net += nets[..same].iter().map(|it| *it as f64).sum::<f64>();
            }
        }
        let share = |sum: f64, of: f64| if of > 0.0 { sum / of } else { 0.0 };
        Recent {
            newcomers: share(f64::from(newcomers), f64::from(observed)),
            first_net: share(first_net, f64::from(newcomers)),
            orders_a_day: share(orders as f64, days as f64),
        }
    }
}

struct Total {
    known_orders: f64,
    new_orders: f64,
    net: f64,
}

/// Orders and net of all together in so many days.
fn totals(forecast: &Forecast, spend: &Spend<'_>, recent: &Recent, days: &[u16]) -> Vec<Total> {
    let figures = forecast.figures(days, None);
    let order_value = spend.of_everybody(&forecast.base);
    let sums = days.iter().zip(&figures.expected).map(|(days, expected)| {
        let known: f64 = expected.iter().sum();
        let known_net: f64 = expected.iter().zip(&order_value).map(|(it, net)| it * net).sum();
        let (firsts, repeats) = newcomers(forecast, recent, *days);
        Total {
            known_orders: known * recent.orders_a_day,
            new_orders: (firsts + repeats) * recent.orders_a_day,
            net: known_net + firsts * recent.first_net + repeats * spend.of_new(),
        }
    });
    sums.collect()
}

/// First purchases of those who come in the next `days`, and their repeats until the end of these.
fn newcomers(forecast: &Forecast, recent: &Recent, days: u16) -> (f64, f64) {
    let end = forecast.weeks_ahead(f64::from(days));
    // Those of a day have the rest of the days to come back.
    let repeats: f64 = (1..=days)
        .map(|day| end - forecast.weeks_ahead(f64::from(day)))
        .map(|weeks| forecast.fit.model.expected_new(weeks.max(0.0)))
        .sum();
    (recent.newcomers * f64::from(days), recent.newcomers * repeats)
}

/// A forecast of the past, and what came.
#[derive(Clone, Copy)]
struct Check {
    orders: Checked,
    net: Checked,
}

/// Forecasts that were made as the chosen one is, at days of the past at which nothing later was
/// known, by horizon. Each model of the past serves until the next; no day is judged twice.
fn checks(purchases: Purchases<'_>, as_of: i32, test: &BackTest) -> BTreeMap<u16, Vec<Check>> {
    let mut checks: BTreeMap<u16, Vec<Check>> = BTreeMap::new();
    let sampled = Arranged::sampled(purchases, SAMPLE);
    let sample = sampled.purchases();
    let Some(start) = sample.customers().filter_map(|it| it.0.first()).min().copied() else {
        return checks;
    };
    let mut end = as_of;
    for back in 0..MOST_FITS {
        let fitted = test.calibrated - back * BETWEEN_FITS;
        if fitted.saturating_sub(start) < FEWEST_DAYS {
            break;
        }
        let Some(Ok(model)) = Forecast::of(sample, fitted, test.chosen) else { break };
        let spend = fit_spend(&model.base).ok();
        for (origin, horizons) in origins(fitted, end) {
            let told = model.told_until(sample, origin);
            let spend = Spend::new(spend.as_ref().map(|it| &it.model), sample, origin);
            let recent = Recent::measure(sample, origin);
            let totals = totals(&told, &spend, &recent, &horizons);
            for (days, total) in horizons.iter().zip(totals) {
                let window = Window { from: Some(origin + 1), as_of: origin + i32::from(*days) };
                let came = demand(sample, window);
                checks.entry(*days).or_default().push(Check {
                    orders: Checked {
                        forecast: total.known_orders + total.new_orders,
                        actual: f64::from(came.orders),
                    },
                    net: Checked { forecast: total.net, actual: came.net as f64 },
                });
            }
        }
        end = fitted;
    }
    checks
}

/// The days from which one model forecasts, with the horizons that end by `end`.
fn origins(fitted: i32, end: i32) -> BTreeMap<i32, Vec<u16>> {
    let mut origins: BTreeMap<i32, Vec<u16>> = BTreeMap::new();
    for days in DAYS {
        let step = i32::from(days);
        let mut origin = fitted;
        while origin + step <= end {
            origins.entry(origin).or_default().push(days);
            origin += step;
        }
    }
    origins
}
