//! Silence, stages, cohorts, waiting, baskets and clusters of the generated shop.

#![expect(clippy::expect_used, reason = "the generated columns are known to fit")]

mod shop;

use std::hint::black_box;

use analytics::{
    Baskets, COHORT_DAYS, ChurnPolicy, ChurnRule, Codes, CohortRows, Consequents, DEFAULT_SHARES,
    Exposure, ItemsetOptions, NextBasketOptions, Periods, RankedSpend, Reason, Recommender,
    RfmOptions, Shelf, StageRules, Summaries, all_gap_durations, assign_tiers, bought,
    churn_causes, churn_rates, churn_states, cluster_customers, cohorts, equal_ages,
    frequent_itemsets, learn_best, log_rank, migration, next_basket_rules, next_purchase_durations,
    replenishment, rfm_features, rules, score_rfm, stage_moves, stages, summarise, survival_curve,
    trait_affinity,
};
use criterion::Criterion;
use shop::{AS_OF, CUSTOMERS, Lcg, PURCHASES, Shop, WINDOW};

/// What is sold.
const ITEMS: u64 = 1_000;

/// First days of 60 months of about the right length, and the day after the last.
fn months() -> (Vec<i32>, i32) {
    let start = |month: i32| AS_OF - 1824 + month * 365 / 12;
    ((0..60).map(start).collect(), AS_OF + 1)
}

/// Lines of every order: one to seven items, small numbers far more often than great ones, every
/// tenth item dragging its neighbour along.
struct Lines {
    offsets: Vec<u32>,
    item: Vec<u32>,
}

impl Lines {
    fn new() -> Self {
        let mut random = Lcg(11);
        let (mut offsets, mut item) = (vec![0], Vec::new());
        for _ in 0..PURCHASES {
            for _ in 0..=random.below(7) {
                let chosen = random.below(ITEMS) * random.below(ITEMS) / ITEMS;
                item.push(chosen as u32);
                if chosen.is_multiple_of(10) && random.below(3) == 0 {
                    item.push(chosen as u32 + 1);
                }
            }
            offsets.push(item.len() as u32);
        }
        Self { offsets, item }
    }

    fn baskets<'a>(&'a self, shop: &'a Shop) -> Baskets<'a> {
        Baskets::new(&self.offsets, &self.item, &shop.day, ITEMS as usize).expect("the lines fit")
    }
}

/// What a change of the as-of day asks for at once.
fn every_state(shop: &Shop, periods: &Periods<'_>) {
    let purchases = shop.purchases();
    let customers = summarise(purchases, WINDOW);
    let spend = RankedSpend::new(&customers.orders, &customers.net);
    black_box(score_rfm(&customers, &spend, &RfmOptions::default()));
    black_box(assign_tiers(&spend, &customers.orders, &customers.net, &DEFAULT_SHARES));
    let policy = ChurnPolicy::of(&customers, ChurnRule::Automatic);
    let states = churn_states(&customers, policy);
    black_box(stages(&customers, &states, StageRules::default()));
    black_box(cohorts(purchases, AS_OF, periods, CohortRows::FirstOrder));
}

fn silence(criterion: &mut Criterion, shop: &Shop, customers: &Summaries, periods: &Periods<'_>) {
    let purchases = shop.purchases();
    let policy = ChurnPolicy::of(customers, ChurnRule::Automatic);
    let states = churn_states(customers, policy);
    let labels: Vec<u32> = (0..CUSTOMERS).map(|customer| customer % 20).collect();
    let label = CohortRows::Label(Codes::new(&labels, 20));

    criterion.bench_function("every_state", |b| b.iter(|| every_state(shop, periods)));
    criterion.bench_function("churn_states", |b| b.iter(|| churn_states(customers, policy)));
    criterion.bench_function("stages", |b| {
        b.iter(|| stages(customers, &states, StageRules::default()));
    });
    criterion.bench_function("stage_moves", |b| {
        b.iter(|| stage_moves(purchases, AS_OF, policy, StageRules::default()));
    });
    criterion.bench_function("churn_rates_by_month", |b| {
        b.iter(|| churn_rates(purchases, AS_OF, policy, periods));
    });
    for (name, rows) in [("cohorts", CohortRows::FirstOrder), ("cohorts_by_label", label)] {
        criterion.bench_function(name, |b| b.iter(|| cohorts(purchases, AS_OF, periods, rows)));
    }
    criterion.bench_function("equal_ages", |b| {
        b.iter(|| equal_ages(purchases, AS_OF, periods, CohortRows::FirstOrder, &COHORT_DAYS));
    });
    criterion.bench_function("second_purchase_curve_and_log_rank", |b| {
        b.iter(|| {
            let waits = next_purchase_durations(purchases, AS_OF, 1);
            let groups: Vec<u32> = waits.customer.iter().map(|it| labels[*it as usize]).collect();
            black_box(survival_curve(&waits.days, &waits.is_event));
            log_rank(&waits.days, &waits.is_event, Codes::new(&groups, 20))
        });
    });
    criterion.bench_function("all_gaps_curve", |b| {
        b.iter(|| {
            let waits = all_gap_durations(purchases, AS_OF);
            survival_curve(&waits.days, &waits.is_event)
        });
    });
}

fn baskets(criterion: &mut Criterion, shop: &Shop) {
    let lines = Lines::new();
    let (purchases, baskets) = (shop.purchases(), lines.baskets(shop));
    let options = ItemsetOptions::default();
    let sets = frequent_itemsets(baskets, WINDOW, &options).expect("few sets are frequent");
    let found = rules(&sets, 0.0, Consequents::One);

    criterion.bench_function("rules_at_half_a_percent", |b| {
        b.iter(|| {
            let sets = frequent_itemsets(baskets, WINDOW, &options);
            sets.map(|sets| rules(&sets, 0.0, Consequents::One))
        });
    });
    let rare = ItemsetOptions { min_support: 0.0005, ..options };
    criterion.bench_function("rules_at_a_twentieth_of_a_percent", |b| {
        b.iter(|| {
            let sets = frequent_itemsets(baskets, WINDOW, &rare);
            sets.map(|sets| rules(&sets, 0.0, Consequents::One))
        });
    });
    criterion.bench_function("next_basket_rules", |b| {
        b.iter(|| next_basket_rules(purchases, baskets, AS_OF, &NextBasketOptions::default()));
    });
    criterion.bench_function("bought", |b| b.iter(|| bought(purchases, baskets, AS_OF)));
    criterion.bench_function("replenishment", |b| {
        b.iter(|| replenishment(purchases, baskets, AS_OF));
    });
    let (have, again) =
        (bought(purchases, baskets, AS_OF), replenishment(purchases, baskets, AS_OF));
    let categories: Vec<u32> = (0..ITEMS as u32).map(|item| item / 50).collect();
    let flags = vec![true; ITEMS as usize];
    let recommender = Recommender {
        bought: &have,
        rules: &found,
        replenishment: &again,
        shelf: Shelf {
            is_available: &flags,
            is_consumable: &flags,
            category: Codes::new(&categories, 20),
        },
        due_until: AS_OF,
    };
    criterion.bench_function("offers_for_a_thousand_customers", |b| {
        b.iter(|| {
            let offers = (0..1_000).flat_map(|customer| recommender.offers(customer, 5));
            offers.filter(|offer| matches!(offer.reason, Reason::Rule(_))).count()
        });
    });
    let labels: Vec<u32> = (0..CUSTOMERS).map(|customer| customer % 12).collect();
    criterion.bench_function("trait_affinity", |b| {
        b.iter(|| trait_affinity(Codes::new(&labels, 12), &have));
    });
}

fn groups(criterion: &mut Criterion, customers: &Summaries) {
    let spend = RankedSpend::new(&customers.orders, &customers.net);
    let rfm = score_rfm(customers, &spend, &RfmOptions::default());
    let labels: Vec<u32> = (0..CUSTOMERS).map(|customer| customer % 12).collect();
    let flags: Vec<Option<bool>> = rfm.m.iter().map(|score| Some(*score == 5)).collect();
    let codes = Codes::new(&labels, 12);
    criterion.bench_function("clusters", |b| {
        b.iter(|| cluster_customers(customers, &rfm_features(customers, 100), 2..=8));
    });
    criterion.bench_function("migration", |b| {
        let groups = || rfm.group.iter().map(|group| group.map(|group| group as usize));
        b.iter(|| migration(groups(), groups(), 11, 11));
    });
    criterion.bench_function("look_alikes", |b| {
        b.iter(|| {
            let learnt = learn_best(&[codes; 5], &flags);
            learnt.map(|it| it.look_alikes(&[codes; 5], 0..CUSTOMERS as usize, 100))
        });
    });
    let exposures: Vec<Vec<Exposure>> =
        (0..12).map(|label| Exposure::to_label(codes, label)).collect();
    let factors: Vec<&[Exposure]> = exposures.iter().map(|it| &it[..]).collect();
    criterion.bench_function("churn_causes", |b| b.iter(|| churn_causes(&flags, &factors)));
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let shop = Shop::new();
    let customers = summarise(shop.purchases(), WINDOW);
    let (starts, end) = months();
    let periods = Periods::new(&starts, end).expect("the months rise");
    silence(&mut criterion, &shop, &customers, &periods);
    baskets(&mut criterion, &shop);
    groups(&mut criterion, &customers);
    criterion.final_summary();
}
