//! How far a forecast may be off: as far as it was when it could be checked.

use crate::{Purchases, Window};

/// What is forecast, of all known customers together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Demand {
    /// Orders.
    pub orders: u32,
    /// Their net amount in minor units.
    pub net: i64,
}

/// Demand of the days of the window.
pub fn demand(purchases: Purchases<'_>, window: Window) -> Demand {
    let mut found = Demand::default();
    for orders in purchases.within(window) {
        found.orders += orders.days.len() as u32;
        found.net = orders.nets.iter().fold(found.net, |sum, net| sum.saturating_add(*net));
    }
    found
}

/// A forecast that was checked, in one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Checked {
    /// What was forecast.
    pub forecast: f64,
    /// What came.
    pub actual: f64,
}

/// Asks for forecasts as of earlier days and puts what came beside them.
///
/// The last of the `count` origins lies `horizon_days` before the as-of day, each other one as many
/// before the next, so that no day is judged twice. `forecast` gets the origin, must not look beyond
/// it, and says `None` where it cannot tell; `actual` says which figure of the demand is meant.
pub fn back_test(
    purchases: Purchases<'_>,
    as_of: i32,
    horizon_days: u32,
    count: u32,
    mut forecast: impl FnMut(i32) -> Option<f64>,
    actual: impl Fn(Demand) -> f64,
) -> Vec<Checked> {
    let mut checked = Vec::new();
    for back in (1..=count).rev() {
        let days = back.saturating_mul(horizon_days);
        let origin = as_of.saturating_sub_unsigned(days);
        let end = origin.saturating_add_unsigned(horizon_days);
        if let Some(forecast) = forecast(origin) {
            let window = Window { from: Some(origin.saturating_add(1)), as_of: end };
            checked.push(Checked { forecast, actual: actual(demand(purchases, window)) });
        }
    }
    checked
}

/// The simplest forecast, that every other must beat: as much as in as many days before.
pub fn status_quo(purchases: Purchases<'_>, origin: i32, horizon_days: u32) -> Demand {
    let from = origin.saturating_sub_unsigned(horizon_days).saturating_add(1);
    demand(purchases, Window { from: Some(from), as_of: origin })
}

/// A forecast with the range that its back-test warrants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForecastRange {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The share of cases in which such a range holds what comes, if the future is like the checks:
    /// 95 %, or less with fewer than 39 of them.
    pub coverage: f64,
    /// How many checks it rests on.
    pub checks: u32,
    /// Σ forecast ÷ Σ actual − 1 of the checks; `None` where nothing came.
    pub bias: Option<f64>,
}

/// The range around a forecast: times the ratios of what came to what was forecast, cut at the ends.
///
/// Of m ordered ratios the l-th from each end is taken, l = ⌊(m + 1) · 0.025⌋ and at least 1, which
/// covers 1 − 2l ÷ (m + 1). `None` with fewer than three checks of a forecast above 0.
///
/// Source: split conformal prediction, Lei et al. (2018), with the ratio as the score.
pub fn forecast_range(forecast: f64, checks: &[Checked]) -> Option<ForecastRange> {
    let usable = |it: &&Checked| it.forecast > 0.0 && it.actual.is_finite();
    let usable: Vec<&Checked> = checks.iter().filter(usable).collect();
    let mut ratios: Vec<f64> = usable.iter().map(|it| it.actual / it.forecast).collect();
    if ratios.len() < 3 || !forecast.is_finite() {
        return None;
    }
    tiny_sort::stable::sort_by(&mut ratios, f64::total_cmp);
    let places = ratios.len() + 1;
    let from_end = (places * 25 / 1_000).max(1);
    let ends = [ratios[from_end - 1], ratios[ratios.len() - from_end]].map(|it| it * forecast);
    let sum = |of: fn(&Checked) -> f64| usable.iter().map(|it| of(it)).sum::<f64>();
    let (promised, came) = (sum(|it| it.forecast), sum(|it| it.actual));
    Some(ForecastRange {
        low: ends[0].min(ends[1]),
        high: ends[0].max(ends[1]),
        coverage: 1.0 - 2.0 * from_end as f64 / places as f64,
        checks: ratios.len() as u32,
        bias: (came > 0.0).then(|| promised / came - 1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_check_compares_the_days_after_its_origin() {
        // An order a day for 40 days, then two a day for 20.
        let mut day: Vec<i32> = (0..40).collect();
        day.extend((40..60).flat_map(|day| [day, day]));
        let (offsets, nets) = ([0, day.len() as u32], vec![100; day.len()]);
        let purchases = Purchases::new(&offsets, &day, &nets).unwrap();
        let status = |origin| Some(f64::from(status_quo(purchases, origin, 10).orders));
        let checks = back_test(purchases, 59, 10, 4, status, |it| f64::from(it.orders));
        let rows: Vec<(f64, f64)> = checks.iter().map(|it| (it.forecast, it.actual)).collect();
        assert_eq!(rows, [(10.0, 10.0), (10.0, 10.0), (10.0, 20.0), (20.0, 20.0)]);
        let range = forecast_range(20.0, &checks).unwrap();
        assert_eq!(
            (range.low.to_bits(), range.high.to_bits()),
            (20.0_f64.to_bits(), 40.0_f64.to_bits())
        );
        assert!((range.coverage - 0.6).abs() < 1e-12 && range.checks == 4);
        assert!((range.bias.unwrap() + 1.0 / 6.0).abs() < 1e-12);
        assert_eq!(
            demand(purchases, Window { from: Some(39), as_of: 40 }),
            Demand { orders: 3, net: 300 }
        );
    }

    #[test]
    fn forty_checks_cover_all_but_the_two_at_the_ends() {
        let checks: Vec<Checked> =
            (1..=39).map(|i| Checked { forecast: 100.0, actual: f64::from(i) * 10.0 }).collect();
        let range = forecast_range(1_000.0, &checks).unwrap();
        assert!((range.low - 100.0).abs() < 1e-9 && (range.high - 3_900.0).abs() < 1e-9);
        assert!((range.coverage - 0.95).abs() < 1e-12);
    }

    #[test]
    fn too_few_checks_warrant_nothing() {
        let check = |forecast, actual| Checked { forecast, actual };
        let few = [check(1.0, 1.0), check(0.0, 5.0), check(2.0, f64::NAN), check(1.0, 2.0)];
        assert_eq!(forecast_range(10.0, &few), None);
        assert_eq!(forecast_range(f64::NAN, &[check(1.0, 1.0); 5]), None);
        let nothing_came = forecast_range(10.0, &[check(1.0, 0.0); 5]).unwrap();
        assert_eq!(nothing_came.bias, None);
    }
}
