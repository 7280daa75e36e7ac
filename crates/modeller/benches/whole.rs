//! Everything about the models of a shop of a hundred thousand customers: what takes how long in the
//! worker that fits.

#![expect(clippy::expect_used, reason = "the columns are known to fit")]

use analytics::Purchases;
use analytics::models::{BackTest, Clock, CustomerBase, Fit, Forecast, ValueOptions, fit_again};
use criterion::Criterion;
use modeller::{HORIZONS, Task, fit_models, without_fit};

const CUSTOMERS: u32 = 100_000;
/// Three years ending on 2025-12-31.
const AS_OF: i32 = 20_453;
const SPAN: u64 = 3 * 365;

/// A linear congruential generator (Knuth's MMIX constants).
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// Above 0, up to 1.
    fn share(&mut self) -> f64 {
        (self.below(1 << 31) + 1) as f64 / (1u64 << 31) as f64
    }
}

/// A hundred thousand customers with about a million orders: each keeps a pace of their own and
/// leaves after some purchase.
fn shop() -> Task {
    let mut random = Lcg(11);
    let mut task = Task { as_of: AS_OF, offsets: vec![0], ..Task::default() };
    for _ in 0..CUSTOMERS {
        let mut day = AS_OF - random.below(SPAN) as i32;
        let pace = 1.0 + 90.0 * random.share() * random.share();
        let stays = 0.80 + 0.19 * random.share();
        let usual = 1_000 + random.below(9_000) as i64;
        while day <= AS_OF {
            task.day.push(day);
            task.net.push(usual / 2 + random.below(usual as u64) as i64);
            if random.share() > stays {
                break;
            }
            day += 1 - (pace * random.share().ln()) as i32;
        }
        task.offsets.push(task.day.len() as u32);
    }
    task
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let task = shop();
    let purchases: Purchases<'_> = task.purchases().expect("the columns fit");
    let test = BackTest::run(purchases, AS_OF).expect("enough customers");
    let base = CustomerBase::of(purchases, AS_OF, &Clock::plain());
    let fits: Vec<&Fit> = test.candidates.iter().filter_map(|it| it.fit.as_ref()).collect();
    let forecast = Forecast::of(purchases, AS_OF, test.chosen);
    let forecast = forecast.expect("a model is chosen").expect("it fits");
    let mut group = criterion.benchmark_group("whole");
    group.sample_size(10);
    group.bench_function("fit_models", |b| b.iter(|| fit_models(&task)));
    group.bench_function("back_test", |b| b.iter(|| BackTest::run(purchases, AS_OF)));
    group.bench_function("fit_again", |b| b.iter(|| fit_again(&base, &fits[..1])));
    group.bench_function("scores", |b| b.iter(|| forecast.figures(&HORIZONS, None)));
    group.bench_function("scores_and_value", |b| {
        b.iter(|| forecast.figures(&HORIZONS, Some(ValueOptions::default())));
    });
    group.bench_function("without_fit", |b| b.iter(|| without_fit(purchases, AS_OF)));
    group.finish();
    criterion.final_summary();
}
