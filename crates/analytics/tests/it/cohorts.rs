//! Cohort tables: the definition's example, the CDNOW sample, and what always holds.

use analytics::{
    COHORT_DAYS, Codes, CohortRows, CohortTable, Periods, cohort_cell, cohorts, equal_ages,
};
use proptest::prelude::*;

use crate::cdnow;
use crate::shop::Shop;

/// First days of January, February, March and April 1970.
const MONTHS: [i32; 4] = [0, 31, 59, 90];

/// A orders in January and March, B in January, C in February and March.
fn three() -> Shop {
    Shop(vec![vec![(5, 1_000), (70, 400)], vec![(30, 700)], vec![(31, 200), (58, 100), (89, 50)]])
}

fn months(as_of: i32) -> CohortTable {
    let (columns, periods) = (three().columns(), Periods::new(&MONTHS, 120).unwrap());
    cohorts(columns.purchases(), as_of, &periods, CohortRows::FirstOrder)
}

fn shares(table: &CohortTable, row: usize) -> Vec<Option<f64>> {
    (0..table.ages).map(|age| table.retention(row, age)).collect()
}

#[test]
fn retention_as_in_the_definition() {
    let march_31 = months(89);
    assert_eq!(shares(&march_31, 0), [Some(1.0), Some(0.0), Some(0.5), None]);
    assert_eq!(shares(&march_31, 1), [Some(1.0), Some(1.0), None, None]);
    assert_eq!(march_31.size, [2, 1, 0, 0]);
}

#[test]
fn an_unfinished_month_is_blank() {
    let march_30 = months(88);
    assert_eq!(shares(&march_30, 0), [Some(1.0), Some(0.0), None, None]);
    assert_eq!(shares(&march_30, 1), [Some(1.0), None, None, None]);
    let february_1 = months(31);
    assert_eq!(shares(&february_1, 1), [None; 4]);
    assert_eq!(february_1.size, [2, 1, 0, 0]);
}

#[test]
fn how_often_and_how_much_are_tables_of_their_own() {
    let table = months(89);
    assert_eq!(table.orders_per_customer(1, 0), Some(2.0));
    assert_eq!(table.net_per_customer(0, 2), Some(200.0));
    let cumulative: Vec<_> = (0..4).map(|age| table.cumulative_net_per_customer(0, age)).collect();
    assert_eq!(cumulative, [Some(850.0), Some(850.0), Some(1_050.0), None]);
    assert_eq!((table.retention(9, 0), table.retention(0, 9)), (None, None));
}

#[test]
fn rows_by_label_speak_of_those_who_have_reached_the_age() {
    let (columns, periods) = (three().columns(), Periods::new(&MONTHS, 120).unwrap());
    let codes = [0, Codes::UNKNOWN, 0];
    let rows = CohortRows::Label(Codes::new(&codes, 1));
    let table = cohorts(columns.purchases(), 89, &periods, rows);
    assert_eq!((&table.size[..], &table.observed[..]), (&[2][..], &[2, 2, 1, 0][..]));
    assert_eq!(shares(&table, 0), [Some(1.0), Some(0.5), Some(1.0), None]);
    // At age 2 only the first customer is left, with all that he has brought.
    assert_eq!(table.cumulative_net, [1_300, 1_350, 1_400, 0]);
}

#[test]
fn a_cell_names_who_did_not_come_back() {
    let (columns, periods) = (three().columns(), Periods::new(&MONTHS, 120).unwrap());
    let cell = |row, age| {
        let rows = CohortRows::FirstOrder;
        let cell = cohort_cell(columns.purchases(), 89, &periods, rows, (row, age));
        (cell.returned, cell.missing)
    };
    assert_eq!(cell(0, 2), (vec![0], vec![1]));
    assert_eq!(cell(0, 3), (vec![], vec![]));
}

#[test]
fn equal_ages_compare_who_began_at_different_times() {
    let (columns, periods) = (three().columns(), Periods::new(&MONTHS, 120).unwrap());
    let table =
        equal_ages(columns.purchases(), 89, &periods, CohortRows::FirstOrder, &COHORT_DAYS[..3]);
    // A: 1,000 in 30 and 60 days, 1,400 would come with day 65; B: 60 days are over on day 89.
    assert_eq!(table.observed, [2, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!((table.net_per_customer(0, 1), table.repeat_rate(0, 1)), (Some(850.0), Some(0.0)));
    assert_eq!((table.net_per_customer(1, 0), table.repeat_rate(1, 0)), (Some(300.0), Some(1.0)));
    assert_eq!(table.orders_per_customer(1, 1), None);
}

/// First days of 18 months from January 1997 on.
const SAMPLE_MONTHS: [i32; 18] = [
    9_862, 9_893, 9_921, 9_952, 9_982, 10_013, 10_043, 10_074, 10_105, 10_135, 10_166, 10_196,
    10_227, 10_258, 10_286, 10_317, 10_347, 10_378,
];

#[test]
fn the_cdnow_cohorts_agree() {
    let (columns, periods) =
        (cdnow::sample().columns(), Periods::new(&SAMPLE_MONTHS, cdnow::AS_OF).unwrap());
    let table = cohorts(columns.purchases(), cdnow::AS_OF - 1, &periods, CohortRows::FirstOrder);
    let expected: Vec<[i64; 4]> = cdnow::rows(include_str!("../data/cdnow_cohorts.csv"));
    assert_eq!(expected.len(), 51);
    for [row, age, customers, net] in expected {
        let cell = row as usize * table.ages + age as usize;
        let found = (i64::from(table.returned[cell]), table.net[cell]);
        assert_eq!(found, (customers, net), "cohort {row}, age {age}");
    }
    assert_eq!(table.retention(1, 17), None);
    assert_eq!(table.size[..4], [781, 857, 719, 0]);
}

proptest! {
    #[test]
    fn cells_add_up_to_the_shop(
        customers in prop::collection::vec(
            prop::collection::vec((0..120_i32, 1..500_i64), 0..6), 0..12),
        as_of in -1..130_i32,
        by_label in any::<bool>(),
    ) {
        let codes: Vec<u32> = (0..customers.len() as u32).map(|c| c % 3).collect();
        let by_code = CohortRows::Label(Codes::new(&codes, 3));
        let rows = if by_label { by_code } else { CohortRows::FirstOrder };
        let (columns, periods) = (Shop(customers).columns(), Periods::new(&MONTHS, 120).unwrap());
        let purchases = columns.purchases();
        let table = cohorts(purchases, as_of, &periods, rows);
        // What lies in periods that are over adds up to the orders of these periods.
        let over = [-1, 30, 58, 89, 119][periods.finished(as_of)];
        let (mut orders, mut net) = (0, 0);
        for (days, nets) in purchases.customers() {
            let n = days.iter().filter(|day| **day <= over).count();
            orders += n as u32;
            net += nets[..n].iter().sum::<i64>();
        }
        prop_assert_eq!(table.orders.iter().sum::<u32>(), orders);
        prop_assert_eq!(table.net.iter().sum::<i64>(), net);
        for row in 0..table.rows {
            for age in 0..table.ages {
                let cell = cohort_cell(purchases, as_of, &periods, rows, (row, age));
                let at = row * table.ages + age;
                prop_assert_eq!(cell.returned.len() as u32, table.returned[at]);
                let reached = cell.returned.len() + cell.missing.len();
                prop_assert_eq!(reached as u32, table.observed[at]);
                let members = cell.returned.iter().chain(&cell.missing);
                let bought: i64 = members
                    .flat_map(|c| {
                        let own = purchases.orders_of(*c as usize);
                        let first = periods.index(columns.day[own.start]).unwrap();
                        own.filter(|order| periods.index(columns.day[*order]).unwrap() <= first + age)
                            .map(|order| columns.net[order])
                            .collect::<Vec<_>>()
                    })
                    .sum();
                prop_assert_eq!(table.cumulative_net[at], bought);
            }
        }
    }
}
