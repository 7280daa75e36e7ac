//! A million purchases of a hundred thousand customers, generated alike on every run.

use std::hint::black_box;

use analytics::{
    AnonymousOrders, ClassCuts, DEFAULT_SHARES, Monetary, RankedSpend, RfmOptions, Summaries,
    assign_tiers, class_totals, classify, group_totals, heat_map, kpis, kpis_and_series, score_rfm,
    summarise,
};
use criterion::Criterion;

mod shop;

use shop::{AS_OF, Shop, WINDOW};

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
