//! Shops that break careless formulas: nothing panics, and nothing is "NaN" or infinite.

use std::fmt::Debug;

use analytics::campaign::{campaign_effect, outcome};
use analytics::{
    AnonymousOrders, Baskets, COHORT_DAYS, ChurnPolicy, ChurnRule, Codes, CohortRows, Consequents,
    Exposure, ItemsetOptions, NextBasketOptions, Periods, StageRules, Window, acquisition,
    all_gap_durations, behaviour_index, bought, bridge, churn_causes, churn_rates, churn_states,
    cluster_customers, cohorts, deciles, equal_ages, first_items, forecast_range,
    frequent_itemsets, kpis, learn_best, log_rank, next_basket_rules, next_purchase_durations,
    payback, replenishment, rfm_features, rules, stage_moves, stages, survival_curve,
    trait_affinity,
};

use crate::shop::{AS_OF, Shop};

fn shops() -> Vec<(&'static str, Shop)> {
    let weekly = |n: i32| (0..n).map(|week| (week * 7 % AS_OF, 1_000)).collect::<Vec<_>>();
    vec![
        ("nobody", Shop(vec![])),
        ("a prospect", Shop(vec![vec![]])),
        ("one customer", Shop(vec![vec![(10, 500)]])),
        ("one-time buyers", Shop((0..60).map(|day| vec![(day, 100)]).collect())),
        ("all today", Shop(vec![vec![(AS_OF, 100); 3]; 40])),
        ("all alike", Shop(vec![weekly(20); 50])),
        ("no money", Shop((0..40).map(|c| vec![(c, 0), (c + 90, 0)]).collect())),
        ("negative money", Shop((0..40).map(|c| vec![(c, -5_000), (c + 9, 100)]).collect())),
        ("one great order", Shop(vec![vec![(5, 100_000_000_000)], vec![(6, 100)], weekly(30)])),
        ("the greatest order", Shop(vec![vec![(5, i64::MAX), (6, i64::MAX)], vec![(7, i64::MIN)]])),
        ("forty years", Shop(vec![(0..480).map(|m| (m * 30 - 13_600, 100)).collect(), weekly(9)])),
        ("the ends of time", Shop(vec![vec![(i32::MIN, 1), (0, 1), (i32::MAX, 1)], weekly(40)])),
        ("not yet", Shop(vec![vec![(AS_OF + 1, 100), (AS_OF + 9, 100)]; 5])),
    ]
}

/// Everything of one shop as text.
struct Report(Vec<String>);

impl Report {
    fn add(&mut self, result: impl Debug) {
        self.0.push(format!("{result:?}"));
    }
}

fn look_at_everything(shop: &Shop, report: &mut Report) {
    let columns = shop.columns();
    let purchases = columns.purchases();
    let window = Window { from: None, as_of: AS_OF };
    let customers = shop.summaries(window);
    let count = customers.len();
    let codes: Vec<u32> = (0..count as u32).map(|customer| customer % 3).collect();
    let codes = Codes::new(&codes, 4);
    let starts: Vec<i32> = (0..60).map(|month| month * 30).collect();
    let periods = Periods::new(&starts, 1_800).unwrap();

    for rule in [ChurnRule::Automatic, ChurnRule::Store, ChurnRule::Personal] {
        let policy = ChurnPolicy::of(&customers, rule);
        let states = churn_states(&customers, policy);
        report.add(stages(&customers, &states, StageRules::default()));
        let moves = stage_moves(purchases, AS_OF, policy, StageRules::default());
        report.add(moves.summary(AS_OF));
        let rates = churn_rates(purchases, AS_OF, policy, &periods);
        report.add(
            (0..60).map(|p| (rates.churn_rate(p), rates.win_back_rate(p))).collect::<Vec<_>>(),
        );
    }
    for rows in [CohortRows::FirstOrder, CohortRows::Label(codes)] {
        let table = cohorts(purchases, AS_OF, &periods, rows);
        let cells = (0..table.rows).flat_map(|row| (0..table.ages).map(move |age| (row, age)));
        report.add(cells.map(|(r, a)| table.cumulative_net_per_customer(r, a)).collect::<Vec<_>>());
        report.add(payback(&table, 0, 0.5, 100.0));
        report.add(equal_ages(purchases, AS_OF, &periods, rows, &COHORT_DAYS).repeat_rate(0, 0));
    }
    for waits in [next_purchase_durations(purchases, AS_OF, 1), all_gap_durations(purchases, AS_OF)]
    {
        let groups: Vec<u32> = waits.customer.iter().map(|customer| customer % 2).collect();
        let curve = survival_curve(&waits.days, &waits.is_event);
        report.add((curve.restricted_mean(30), &curve));
        report.add(log_rank(&waits.days, &waits.is_event, Codes::new(&groups, 2)));
    }
    report.add(acquisition(purchases, AS_OF, &periods, codes));
    report.add(cluster_customers(&customers, &rfm_features(&customers, 100), 2..=4));
    report.add(behaviour_index(&customers, &[]));
    let values: Vec<Option<f64>> = customers.net.iter().map(|net| Some(*net as f64)).collect();
    report.add(deciles(&values));
    let churned: Vec<Option<bool>> = (0..count).map(|customer| Some(customer % 2 == 0)).collect();
    report.add(learn_best(&[codes], &churned));
    report.add(churn_causes(&churned, &[&Exposure::to_label(codes, 1)]));
    let all: Vec<u32> = (0..count as u32).collect();
    let (early, late) = all.split_at(count / 2);
    let group = |customers: &[u32]| outcome(purchases, customers, window);
    report.add(campaign_effect(group(early), group(late), 0.3, 1_000));
    let earlier = shop.summaries(Window { from: None, as_of: 30 });
    let figures = |it| kpis(it, AnonymousOrders::default());
    report.add(bridge(&figures(&earlier), &figures(&customers)));
    report.add(forecast_range(10.0, &[]));
    baskets_of(&columns.day, purchases, codes, report);
}

/// Every order holds item 0; every third item 1 too; some lines have no item at all.
fn baskets_of(
    day: &[i32],
    purchases: analytics::Purchases<'_>,
    codes: Codes<'_>,
    report: &mut Report,
) {
    let mut lines = vec![];
    let mut offsets = vec![0];
    for order in 0..day.len() {
        lines.extend([0, if order % 3 == 0 { 1 } else { u32::MAX }]);
        offsets.push(lines.len() as u32);
    }
    let baskets = Baskets::new(&offsets, &lines, day, 2).unwrap();
    let window = Window { from: None, as_of: AS_OF };
    let sets = frequent_itemsets(baskets, window, &ItemsetOptions::default()).unwrap();
    let found = rules(&sets, 0.0, Consequents::Any);
    let figures = found.iter().map(|it| (it.counts.lift(), it.counts.conviction()));
    report.add(figures.collect::<Vec<_>>());
    let later = next_basket_rules(purchases, baskets, AS_OF, &NextBasketOptions::default());
    report.add(later.iter().map(|it| it.counts.leverage()).collect::<Vec<_>>());
    report.add(replenishment(purchases, baskets, AS_OF));
    report.add(first_items(purchases, baskets, AS_OF));
    let table = trait_affinity(codes, &bought(purchases, baskets, AS_OF));
    report.add((0..3).map(|label| table.likely_items(label)).collect::<Vec<_>>());
}

#[test]
fn no_shop_breaks_a_figure() {
    for (name, shop) in shops() {
        let mut report = Report(Vec::new());
        look_at_everything(&shop, &mut report);
        assert!(report.0.len() > 30);
        for text in report.0 {
            assert!(!text.contains("NaN") && !text.contains("inf"), "{name}: {text}");
        }
    }
}
