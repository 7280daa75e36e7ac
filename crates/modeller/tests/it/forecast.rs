//! What the whole shop may expect.

use crate::{HELD_OUT, cdnow, task_of};
use modeller::fit_models;

/// Numbers that look random and are the same on every machine.
struct Lcg(u64);

impl Lcg {
    /// Above 0, up to 1.
    fn share(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) + 1) as f64 / (1u64 << 31) as f64
    }
}

/// Three years of a shop that wins as many customers each month; each keeps a pace of their own and
/// leaves after some purchase. Orders up to day 1,460, of which a year comes after the as-of day.
fn steady_shop() -> Vec<Vec<(i32, i64)>> {
    let mut random = Lcg(5);
    let customer = |c: u32| {
        let mut day = (c * 1_460 / 6_000) as i32;
        let pace = 10.0 + 60.0 * random.share();
        let mut orders = Vec::new();
        while day < 1_460 {
            orders.push((day, 1_000 + (2_000.0 * random.share()) as i64));
            if random.share() < 0.18 {
                break;
            }
            day += 1 - (pace * random.share().ln()) as i32;
        }
        orders
    };
    (0..6_000).map(customer).collect()
}

#[test]
fn a_steady_shop_goes_on_as_forecast() {
    let customers = steady_shop();
    let as_of = 1_095;
    let models = fit_models(&task_of(&customers, as_of)).models;
    assert!(models.chosen.is_some(), "{:?}", models.test);
    assert_eq!(models.forecast.iter().map(|it| it.days).collect::<Vec<_>>(), [30, 90, 365]);
    for forecast in &models.forecast {
        let ahead = as_of + 1..=as_of + i32::from(forecast.days);
        let came: Vec<i64> = customers
            .iter()
            .flatten()
            .filter(|order| ahead.contains(&order.0))
            .map(|order| order.1)
            .collect();
        let (orders, net) = (came.len() as f64, came.iter().sum::<i64>() as f64);
        assert!((forecast.orders() / orders - 1.0).abs() < 0.12, "{forecast:?} {orders}");
        assert!((forecast.net / net - 1.0).abs() < 0.12, "{forecast:?} {net}");
        let range = forecast.orders_range.or(forecast.net_range);
        if forecast.days < 365 {
            let range = range.unwrap();
            assert!(range.low < range.high && range.checks >= 3 && range.coverage >= 0.5);
        }
    }
}

#[test]
fn a_shop_without_new_customers_expects_fewer_and_fewer() {
    // Nobody new since March 1997.
    let forecast = fit_models(&cdnow(HELD_OUT)).models.forecast;
    let a_day: Vec<f64> = forecast.iter().map(|it| it.known_orders / f64::from(it.days)).collect();
    assert!(a_day.is_sorted_by(|a, b| a >= b), "{a_day:?}");
    assert!(forecast.iter().all(|it| it.new_orders == 0.0), "{forecast:?}");
}
