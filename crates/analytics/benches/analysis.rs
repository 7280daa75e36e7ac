//! A million purchases of a hundred thousand customers, generated alike on every run.

#![expect(clippy::expect_used, reason = "the generated columns are known to fit")]

use std::hint::black_box;

use analytics::{
    AnonymousOrders, ClassCuts, DEFAULT_SHARES, Monetary, Purchases, RankedSpend, RfmOptions,
    Summaries, Window, assign_tiers, class_totals, classify, group_totals, heat_map, kpis,
    kpis_and_series, score_rfm, summarise,
};
use criterion::Criterion;

const CUSTOMERS: u32 = 100_000;
const PURCHASES: usize = 1_000_000;
/// Five years ending on 2025-12-31.
const AS_OF: i32 = 20_453;
const SPAN: u64 = 5 * 365;
const WINDOW: Window = Window { from: None, as_of: AS_OF };

/// A linear congruential generator (Knuth's MMIX constants).
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

struct Shop {
    offsets: Vec<u32>,
    day: Vec<i32>,
    net: Vec<i64>,
}

impl Shop {
    /// Few customers buy often, most seldom: the product of two uniform numbers picks the buyer.
    fn new() -> Self {
        let mut random = Lcg(7);
        let mut rows: Vec<(u32, i32, i64)> = (0..PURCHASES)
            .map(|_| {
                let customer = random.below(1000) * random.below(1000) % u64::from(CUSTOMERS);
                let spread = random.below(u64::from(CUSTOMERS));
                let day = AS_OF - random.below(SPAN) as i32;
                let net = 500 + random.below(200) * random.below(200);
                (((customer + spread * 3) % u64::from(CUSTOMERS)) as u32, day, net as i64)
            })
            .collect();
        rows.sort_unstable();
        let offsets = (0..=CUSTOMERS)
            .map(|customer| rows.partition_point(|row| row.0 < customer) as u32)
            .collect();
        let day = rows.iter().map(|row| row.1).collect();
        let net = rows.iter().map(|row| row.2).collect();
        Self { offsets, day, net }
    }

    fn purchases(&self) -> Purchases<'_> {
        Purchases::new(&self.offsets, &self.day, &self.net).expect("the columns fit")
    }
}

fn ranked(customers: &Summaries) -> RankedSpend {
    RankedSpend::new(&customers.orders, &customers.net)
}

fn tiers_and_pareto(customers: &Summaries, spend: &RankedSpend) {
    black_box(assign_tiers(spend, &customers.orders, &customers.net, &DEFAULT_SHARES));
    black_box(spend.concentration());
}

fn everything(shop: &Shop, months: &[i32]) {
    let customers = summarise(shop.purchases(), WINDOW);
    let spend = ranked(&customers);
    let rfm = score_rfm(&customers, &spend, &RfmOptions::default());
    let classes = classify(&customers, &spend, Monetary::Total, ClassCuts::Mean);
    black_box(group_totals(&customers, &rfm));
    black_box(class_totals(&customers, &classes));
    black_box(heat_map(&customers, &rfm.r, &rfm.f));
    black_box(heat_map(&customers, &rfm.r, &rfm.m));
    tiers_and_pareto(&customers, &spend);
    black_box(kpis(&customers, AnonymousOrders::default()));
    black_box(kpis_and_series(months, WINDOW, shop.purchases(), AnonymousOrders::default()));
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let shop = Shop::new();
    let customers = summarise(shop.purchases(), WINDOW);
    let spend = ranked(&customers);
    let months: Vec<i32> = (0..60).map(|month| AS_OF - 1824 + month * 365 / 12).collect();

    criterion.bench_function("summarise", |b| b.iter(|| summarise(shop.purchases(), WINDOW)));
    criterion.bench_function("rank_spend", |b| b.iter(|| ranked(&customers)));
    criterion.bench_function("score_rfm", |b| {
        b.iter(|| score_rfm(&customers, &spend, &RfmOptions::default()));
    });
    criterion.bench_function("classify", |b| {
        b.iter(|| classify(&customers, &spend, Monetary::Total, ClassCuts::Mean));
    });
    criterion
        .bench_function("tiers_and_pareto", |b| b.iter(|| tiers_and_pareto(&customers, &spend)));
    criterion.bench_function("kpis_and_series", |b| {
        b.iter(|| kpis_and_series(&months, WINDOW, shop.purchases(), AnonymousOrders::default()));
    });
    criterion.bench_function("everything", |b| b.iter(|| everything(&shop, &months)));
    criterion.final_summary();
}
