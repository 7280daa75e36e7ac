//! Scores, cuts, warnings and the sums by group, class and cell.

use analytics::{
    Band, ClassCuts, Cuts, FixedCuts, Measure, Monetary, Rfm, RfmClass, RfmGroup, RfmOptions,
    RfmWarning, UsedCuts, Window, class_totals, classify, group_totals, heat_map, score_rfm,
};

use crate::shop::{AS_OF, Shop, ranked};

fn scored(shop: &Shop, options: &RfmOptions) -> Rfm {
    let customers = shop.all_time();
    score_rfm(&customers, &ranked(&customers), options)
}

fn quintiles(shop: &Shop) -> Rfm {
    scored(shop, &RfmOptions::default())
}

#[test]
fn one_time_buyers_all_have_the_lowest_frequency() {
    let shop = Shop::with_order_counts(&[1, 1, 1, 1, 1, 1, 2, 2, 3, 9]);
    let rfm = quintiles(&shop);
    assert_eq!(rfm.f, [1, 1, 1, 1, 1, 1, 4, 4, 5, 5]);
    let band = |min, max| Some(Band { min, max });
    assert_eq!(rfm.cuts.f, [band(1, 1), None, None, band(2, 2), band(3, 9)]);
}

#[test]
fn all_on_the_same_day_are_all_most_recent() {
    let rfm = quintiles(&Shop::with_nets(&[100, 200, 300, 400, 500, 600, 700]));
    assert_eq!(rfm.r, [5; 7]);
    assert_eq!(rfm.f, [1; 7]);
    assert_eq!(rfm.m, [1, 1, 2, 3, 3, 4, 5]);
}

#[test]
fn fewer_days_score_higher() {
    let days = [10, 20, 30, 40, 50];
    let shop = Shop(days.map(|ago| vec![(AS_OF - ago, 100)]).to_vec());
    let rfm = quintiles(&shop);
    assert_eq!(rfm.r, [5, 4, 3, 2, 1]);
    assert_eq!(rfm.cuts.r[4], Some(Band { min: 10, max: 10 }));
}

#[test]
fn only_buyers_in_the_window_are_scored() {
    let shop = Shop(vec![vec![(100, 500)], vec![], vec![(100, 500), (900, 700)]]);
    let customers = shop.summaries(Window { from: Some(500), as_of: AS_OF });
    let rfm = score_rfm(&customers, &ranked(&customers), &RfmOptions::default());
    assert_eq!((rfm.r, rfm.f, rfm.m), (vec![0, 0, 5], vec![0, 0, 1], vec![0, 0, 1]));
    assert_eq!(rfm.scored, 1);
}

#[test]
fn a_shop_without_orders_has_no_scores_and_no_cuts() {
    let rfm = quintiles(&Shop(vec![vec![], vec![]]));
    assert_eq!((&rfm.r[..], rfm.scored), (&[0, 0][..], 0));
    assert_eq!(rfm.cuts.m, [None; 5]);
    assert_eq!(rfm.group(0), None);
    assert_eq!(rfm.group(9), None);
}

#[test]
fn fixed_cuts_belong_to_the_better_side() {
    let cuts = FixedCuts { r: [10, 20, 30, 40], f: [2, 3, 4, 5], m: [100, 200, 300, 400] };
    let rows = [
        // days ago, net of the only order, R, M
        (0, 99, 5, 1),
        (10, 100, 5, 2),
        (11, 299, 4, 3),
        (30, 300, 3, 4),
        (40, 400, 2, 5),
        (41, 9_999, 1, 5),
    ];
    let shop = Shop(rows.iter().map(|row| vec![(AS_OF - row.0, row.1)]).collect());
    let rfm = scored(&shop, &RfmOptions { monetary: Monetary::Total, cuts: Cuts::Fixed(cuts) });
    assert_eq!(rfm.r, rows.map(|row| row.2));
    assert_eq!(rfm.m, rows.map(|row| row.3));
    assert_eq!(rfm.f, [1; 6]);
    assert_eq!(rfm.warnings, []);

    let often = Shop::with_order_counts(&[1, 2, 3, 4, 5, 6]);
    let rfm = scored(&often, &RfmOptions { monetary: Monetary::Total, cuts: Cuts::Fixed(cuts) });
    assert_eq!(rfm.f, [1, 2, 3, 4, 5, 5]);
}

#[test]
fn proposed_cuts_follow_the_amount() {
    assert_eq!(FixedCuts::proposal(5_000).m, [5_000, 10_000, 20_000, 40_000]);
    assert_eq!(FixedCuts::proposal(i64::MAX).m, [i64::MAX; 4]);
}

#[test]
fn money_may_be_the_average_order() {
    // Totals 900, 800, 700, 600, 500 in 9, 4, 2, 1, 1 orders: averages 100, 200, 350, 600, 500.
    let spread = |total: i64, n: i64| (0..n).map(|_| (500, total / n)).collect::<Vec<_>>();
    let shop =
        Shop(vec![spread(900, 9), spread(800, 4), spread(700, 2), spread(600, 1), spread(500, 1)]);
    assert_eq!(quintiles(&shop).m, [5, 4, 3, 2, 1]);
    let options = RfmOptions { monetary: Monetary::AverageOrder, cuts: Cuts::Quintiles };
    let average = scored(&shop, &options);
    assert_eq!(average.m, [1, 2, 3, 5, 4]);
    assert_eq!(average.cuts.m[2], Some(Band { min: 350.0, max: 350.0 }));
}

#[test]
fn warnings_state_the_fact() {
    let few = |measure, distinct| RfmWarning::TooFewDistinct { measure, distinct };
    let same = quintiles(&Shop::with_nets(&[100; 24]));
    assert_eq!(
        same.warnings,
        [
            RfmWarning::TooFewBuyers { buyers: 24 },
            few(Measure::Recency, 1),
            few(Measure::Frequency, 1),
            few(Measure::Monetary, 1),
        ]
    );
    let varied =
        Shop((0..25i64).map(|i| vec![(500 + i as i32, 100 + i); 1 + i as usize % 5]).collect());
    assert_eq!(quintiles(&varied).warnings, []);
}

/// Champion, newcomer and a lost customer, with a prospect between them.
fn four() -> Shop {
    Shop(vec![
        vec![(990, 5_000), (995, 5_000), (1_000, 5_000)],
        vec![],
        vec![(1_000, 200)],
        vec![(10, 300)],
    ])
}

#[test]
fn groups_classes_and_cells_add_up_to_the_shop() {
    let customers = four().all_time();
    let spend = ranked(&customers);
    let cuts = FixedCuts { r: [10, 20, 30, 40], f: [1, 2, 3, 3], m: [100, 1_000, 2_000, 3_000] };
    let options = RfmOptions { monetary: Monetary::Total, cuts: Cuts::Fixed(cuts) };
    let rfm = score_rfm(&customers, &spend, &options);

    let groups = group_totals(&customers, &rfm);
    let champions = groups[RfmGroup::Champions as usize];
    assert_eq!((champions.customers, champions.orders, champions.net), (1, 3, 15_000));
    assert_eq!(groups.iter().map(|group| group.customers).sum::<u32>(), 3);

    let cells = heat_map(&customers, &rfm.r, &rfm.f);
    assert_eq!((cells[4][4].customers, cells[4][4].net), (1, 15_000));
    assert_eq!((cells[4][1].customers, cells[0][1].net), (1, 300));
    assert_eq!(cells.iter().flatten().map(|cell| cell.net).sum::<i64>(), 15_500);

    let constants = ClassCuts::Constants { days: 10, orders: 3, amount_minor: 300 };
    let classes = classify(&customers, &spend, Monetary::Total, constants);
    let expected = [
        Some(RfmClass::ImportantValue),
        None,
        Some(RfmClass::GeneralDevelop),
        Some(RfmClass::ImportantWinBack),
    ];
    assert_eq!(classes.class, expected);
    let totals = class_totals(&customers, &classes);
    assert_eq!(totals.map(|class| class.net), [15_000, 0, 0, 300, 0, 200, 0, 0]);
}

#[test]
fn classes_are_cut_at_the_mean_or_the_median_of_the_scored() {
    let customers = four().all_time();
    let spend = ranked(&customers);
    let cuts = |monetary, cuts| classify(&customers, &spend, monetary, cuts).cuts;
    let used = |days, orders, amount| Some(UsedCuts { days, orders, amount });
    // Days 0, 0, 990; orders 3, 1, 1; totals 15 000, 200, 300; averages 5 000, 200, 300.
    assert_eq!(cuts(Monetary::Total, ClassCuts::Mean), used(330.0, 5.0 / 3.0, 15_500.0 / 3.0));
    assert_eq!(cuts(Monetary::Total, ClassCuts::Median), used(0.0, 1.0, 300.0));
    assert_eq!(
        cuts(Monetary::AverageOrder, ClassCuts::Mean),
        used(330.0, 5.0 / 3.0, 5_500.0 / 3.0)
    );
    assert_eq!(cuts(Monetary::AverageOrder, ClassCuts::Median), used(0.0, 1.0, 300.0));
}

#[test]
fn equal_customers_are_all_on_the_good_side_of_their_mean() {
    // Averages of 100 ÷ 3: summed and divided again, rounding alone would put the mean above them.
    for n in 1..60 {
        let shop = Shop(vec![vec![(500, 33), (500, 33), (500, 34)]; n]);
        let customers = shop.all_time();
        let classes =
            classify(&customers, &ranked(&customers), Monetary::AverageOrder, ClassCuts::Mean);
        assert_eq!(classes.class, vec![Some(RfmClass::ImportantValue); n]);
    }
}

#[test]
fn nobody_has_a_class_in_an_empty_shop() {
    let customers = Shop(vec![vec![]]).all_time();
    for cuts in [ClassCuts::Mean, ClassCuts::Median] {
        let classes = classify(&customers, &ranked(&customers), Monetary::Total, cuts);
        assert_eq!((classes.class, classes.cuts), (vec![None], None));
    }
}
