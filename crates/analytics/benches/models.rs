//! Fits of the customer-base models on the CDNOW sample (2,357 customers, 39 weeks), and the whole
//! candidate set with its back-test, scoring and value on a shop of a hundred thousand customers.

#![expect(clippy::expect_used, reason = "the columns are known to fit")]

use std::hint::black_box;

use analytics::Purchases;
use analytics::models::{
    BackTest, Clock, CustomerBase, DropOut, Kind, ValueOptions, fit, fit_spend, lifetime_value,
    score,
};
use criterion::Criterion;

/// 1997-09-30.
const CALIBRATED: i32 = 10_134;
const CUSTOMERS: u32 = 100_000;
/// Three years ending on 2025-12-31.
const AS_OF: i32 = 20_453;
const SPAN: u64 = 3 * 365;

#[derive(Default)]
struct Shop {
    offsets: Vec<u32>,
    day: Vec<i32>,
    net: Vec<i64>,
}

impl Shop {
    fn cdnow() -> Self {
        let mut shop = Self::default();
        for line in include_str!("../tests/data/cdnow_purchases.csv").lines().skip(1) {
            let row: Vec<i64> =
                line.split(',').map(|field| field.parse().expect("a number")).collect();
            shop.offsets.resize(row[0] as usize, shop.day.len() as u32);
            shop.day.push(row[1] as i32);
            shop.net.push(row[2]);
        }
        shop.offsets.push(shop.day.len() as u32);
        shop
    }

    /// A hundred thousand customers with about a million orders: each keeps a pace of their own and
    /// leaves after some purchase.
    fn generated() -> Self {
        let mut random = Lcg(11);
        let mut shop = Self { offsets: vec![0], ..Self::default() };
        for _ in 0..CUSTOMERS {
            let mut day = AS_OF - random.below(SPAN) as i32;
            let pace = 1.0 + 90.0 * random.share() * random.share();
            let stays = 0.80 + 0.19 * random.share();
            let usual = 1_000 + random.below(9_000) as i64;
            while day <= AS_OF {
                shop.day.push(day);
                shop.net.push(usual / 2 + random.below(usual as u64) as i64);
                if random.share() > stays {
                    break;
                }
                day += 1 - (pace * random.share().ln()) as i32;
            }
            shop.offsets.push(shop.day.len() as u32);
        }
        shop
    }

    fn purchases(&self) -> Purchases<'_> {
        Purchases::new(&self.offsets, &self.day, &self.net).expect("the columns fit")
    }
}

/// A linear congruential generator (Knuth's MMIX constants).
struct Lcg(u64);

impl Lcg {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Above 0, up to 1.
    fn share(&mut self) -> f64 {
        (self.next() + 1) as f64 / (1u64 << 31) as f64
    }
}

fn cdnow(criterion: &mut Criterion) {
    let shop = Shop::cdnow();
    let base = CustomerBase::of(shop.purchases(), CALIBRATED, &Clock::plain());
    let single = [
        ("nbd", Kind::NBD),
        ("bg_nbd", Kind::BG_NBD),
        ("mbg_nbd", Kind::MBG_NBD),
        ("pareto_nbd", Kind::ParetoNbd),
    ];
    for (name, kind) in single {
        criterion.bench_function(&format!("cdnow/fit_{name}"), |b| b.iter(|| fit(&base, kind)));
    }
    criterion.bench_function("cdnow/fit_mbg_cnbd_k_1_to_4", |b| {
        b.iter(|| {
            (1..=4)
                .map(|k| {
                    fit(&base, Kind::BetaGeometric { drop_out: DropOut::AfterEveryPurchase, k })
                })
                .collect::<Vec<_>>()
        });
    });
    criterion.bench_function("cdnow/fit_spend", |b| b.iter(|| fit_spend(&base)));
    criterion.bench_function("cdnow/back_test", |b| {
        b.iter(|| BackTest::run(shop.purchases(), 10_407));
    });
}

fn large(criterion: &mut Criterion) {
    let shop = Shop::generated();
    let base = CustomerBase::of(shop.purchases(), AS_OF, &Clock::plain());
    let model = fit(&base, Kind::MBG_NBD).expect("enough customers").model;
    let pareto = fit(&base, Kind::ParetoNbd).expect("enough customers").model;
    let spend = fit_spend(&base).expect("enough customers").model;
    let mut group = criterion.benchmark_group("100k");
    group.sample_size(10);
    group.bench_function("base", |b| {
        b.iter(|| CustomerBase::of(shop.purchases(), AS_OF, &Clock::plain()));
    });
    group.bench_function("fit_mbg_nbd", |b| b.iter(|| fit(&base, Kind::MBG_NBD)));
    group.bench_function("fit_pareto_nbd", |b| b.iter(|| fit(&base, Kind::ParetoNbd)));
    group.bench_function("score_mbg_nbd", |b| b.iter(|| score(&base, &model, 13.0)));
    group.bench_function("score_pareto_nbd", |b| b.iter(|| score(&base, &pareto, 13.0)));
    group.bench_function("lifetime_value", |b| {
        b.iter(|| lifetime_value(&base, &model, &spend, ValueOptions::default()));
    });
    group.bench_function("back_test", |b| {
        b.iter(|| black_box(BackTest::run(shop.purchases(), AS_OF)));
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    cdnow(&mut criterion);
    large(&mut criterion);
    criterion.final_summary();
}
