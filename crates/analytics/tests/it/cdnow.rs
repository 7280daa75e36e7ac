//! The published CDNOW sample against scores computed elsewhere.

use analytics::{AnonymousOrders, RfmOptions, Window, kpis, score_rfm};

use crate::shop::{Shop, ranked};

/// 1998-07-01.
pub const AS_OF: i32 = 10_408;

pub fn rows<const N: usize>(csv: &str) -> Vec<[i64; N]> {
    let number = |field: &str| field.parse::<i64>().unwrap();
    csv.lines()
        .skip(1)
        .map(|line| line.split(',').map(number).collect::<Vec<_>>().try_into().unwrap())
        .collect()
}

pub fn sample() -> Shop {
    let purchases: Vec<[i64; 3]> = rows(include_str!("../data/cdnow_purchases.csv"));
    let mut shop = Shop(vec![Vec::new(); 2_357]);
    for [customer, day, net] in purchases {
        shop.0[customer as usize - 1].push((day as i32, net));
    }
    shop
}

#[test]
fn every_measure_and_score_agrees() {
    let customers = sample().summaries(Window { from: None, as_of: AS_OF });
    let rfm = score_rfm(&customers, &ranked(&customers), &RfmOptions::default());
    let expected: Vec<[i64; 7]> = rows(include_str!("../data/cdnow_scores.csv"));
    let actual: Vec<[i64; 7]> = (0..customers.len())
        .map(|c| {
            let days = i64::from(customers.recency(c).unwrap());
            let scores = [rfm.r[c], rfm.f[c], rfm.m[c]].map(i64::from);
            let [r, f, m] = scores;
            [c as i64 + 1, days, i64::from(customers.orders[c]), customers.net[c], r, f, m]
        })
        .collect();
    assert_eq!(actual, expected);
    assert_eq!((rfm.scored, rfm.warnings), (2_357, vec![]));
}

#[test]
fn concentration_agrees() {
    let customers = sample().summaries(Window { from: None, as_of: AS_OF });
    let spend = ranked(&customers);
    let pareto = spend.concentration().unwrap();
    assert!((pareto.gini - 0.630_917_117_016_241_2).abs() < 1e-15);
    // The reference counts a fifth of 2,357 customers as 472; the curve is read at 471.4.
    let share = |count| spend.sum_of_best(count) as f64 / spend.total() as f64;
    assert!((share(472) - 0.674_550_171_546_016_6).abs() < 1e-15);
    assert!((pareto.top20_share - 0.4f64.mul_add(share(472), 0.6 * share(471))).abs() < 1e-15);
}

#[test]
fn key_figures_agree() {
    let customers = sample().summaries(Window { from: None, as_of: AS_OF });
    let figures = kpis(&customers, AnonymousOrders::default());
    assert_eq!((figures.buyers, figures.orders, figures.net), (2_357, 6_696, 24_409_194));
    assert_eq!(figures.repeat_rate, Some(1_139.0 / 2_357.0));
    assert_eq!(customers.gaps.len(), 4_339);
    assert_eq!(figures.median_gap_days, Some(34.0));
}
