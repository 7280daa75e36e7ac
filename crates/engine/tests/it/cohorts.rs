//! Cohorts against figures that were counted by other means, and the customers behind their cells.

use super::lifecycle::{CDNOW, SHOPIFY, desk};
use super::{Desk, as_of, day, everyone, order, table};
use protocol::{
    Behind, CohortBy, CohortFilter, CohortKey, CohortPeriod, CohortQuery, CohortsView,
    CustomerFilter, Lens, Request,
};

fn ask(desk: &mut Desk, query: CohortQuery) -> CohortsView {
    *desk.ask(Request::Cohorts(query)).of_segments::<CohortsView>().unwrap()
}

fn months(desk: &mut Desk, lens: &Lens) -> CohortsView {
    ask(desk, CohortQuery { lens: lens.clone(), ..CohortQuery::default() })
}

/// Key, size, and who returned at each age.
fn returned(view: &CohortsView) -> Vec<(String, u32, Vec<u32>)> {
    let name = |key: &CohortKey| match key {
        CohortKey::Start(day) => day.to_string(),
        CohortKey::Label(label) => label.clone(),
        CohortKey::Others => "others".to_owned(),
    };
    let rows = view.rows.iter();
    rows.map(|row| (name(&row.key), row.size, row.cells.iter().map(|cell| cell.returned).collect()))
        .collect()
}

#[test]
fn a_month_that_is_not_over_is_blank() {
    let mut desk = Desk::new();
    desk.import(&table(&[
        order(1, "a", "2026-01-05", 10.0),
        order(2, "a", "2026-03-05", 20.0),
        order(3, "b", "2026-01-31", 30.0),
        order(4, "c", "2026-02-01", 40.0),
        order(5, "c", "2026-03-31", 50.0),
    ]));
    for (at, january, february) in [
        ("2026-03-31", vec![2, 0, 1], vec![1, 1]),
        ("2026-03-30", vec![2, 0], vec![1]),
        ("2026-02-27", vec![2], vec![]),
    ] {
        let found = returned(&months(&mut desk, &as_of(at)));
        let expected =
            [("2026-01-01".to_owned(), 2, january), ("2026-02-01".to_owned(), 1, february)];
        assert_eq!(found, expected, "{at}");
    }
    let view = months(&mut desk, &as_of("2026-03-31"));
    let net: Vec<_> = view.rows[0].cells.iter().map(|it| (it.net, it.cumulative_net)).collect();
    assert_eq!(net, [(4_000, 4_000), (0, 4_000), (2_000, 6_000)]);
    let average: Vec<_> = view.average.iter().map(|it| (it.returned, it.observed)).collect();
    assert_eq!(average, [(3, 3), (1, 3), (1, 2)]);
    assert_eq!(view.rows[0].cells[2].retention.to_bits(), 0.5_f64.to_bits());
}

#[test]
fn months_of_known_files() {
    let mut desk = desk(CDNOW);
    let view = months(&mut desk, &as_of("1998-06-30"));
    let found = returned(&view);
    assert_eq!(found.len(), 3);
    let february = vec![854, 134, 110, 75, 77, 75, 61, 61, 74, 70, 59, 57, 59, 70, 56, 59, 60];
    assert_eq!(found[1], ("1997-02-01".to_owned(), 854, february));
    assert_eq!((found[0].1, found[2].1, view.left_out), (777, 718, 0));
    assert_eq!(view.rows[0].cells[17].cumulative_net, 7_884_279);
    assert_eq!(view.rows[2].cells[1].net, 410_303);
    let mut desk = self::desk(SHOPIFY);
    let lens = as_of("2026-10-31");
    let found = returned(&months(&mut desk, &lens));
    assert_eq!(found.len(), 18);
    let december = vec![15, 1, 1, 4, 3, 0, 4, 1, 3, 3, 0];
    assert_eq!(found[7], ("2025-12-01".to_owned(), 15, december));
    assert_eq!(desk.analyse(lens.clone()).cohorts, months(&mut desk, &lens).rows);
}

#[test]
fn every_cell_opens_who_came_back_and_who_did_not() {
    let mut desk = desk(SHOPIFY);
    let lens = as_of("2026-10-31");
    for (period, by) in [
        (CohortPeriod::Month, CohortBy::FirstOrder),
        (CohortPeriod::Quarter, CohortBy::FirstOrder),
        (CohortPeriod::Week, CohortBy::FirstOrder),
        (CohortPeriod::Quarter, CohortBy::FirstProduct),
        (CohortPeriod::Month, CohortBy::FirstChannel),
    ] {
        let query = CohortQuery { lens: lens.clone(), period, rows: by };
        let view = ask(&mut desk, query);
        assert!(view.has_products && view.has_channels);
        let sizes: u32 = view.rows.iter().map(|row| row.size).sum();
        assert_eq!(sizes + view.left_out, 133, "{period:?} {by:?}");
        for row in view.rows.iter().step_by(3) {
            for (age, cell) in row.cells.iter().enumerate().step_by(4) {
                let list = |desk: &mut Desk, returned| {
                    let (row, age) = (row.key.clone(), age as u32);
                    let cell = CohortFilter { period, row, by, age, returned };
                    let behind = Some(Behind::Cohort(cell));
                    let filter = CustomerFilter { behind, ..CustomerFilter::default() };
                    desk.list(everyone(&lens, filter)).total
                };
                assert_eq!(list(&mut desk, true), cell.returned, "{:?} {age}", row.key);
                let missing = cell.observed - cell.returned;
                assert_eq!(list(&mut desk, false), missing, "{:?} {age}", row.key);
            }
        }
    }
    // Nobody stands behind a cell that is not there.
    for row in [CohortKey::Start(day("2024-01-01")), CohortKey::Label("no such".to_owned())] {
        let (period, by) = (CohortPeriod::Month, CohortBy::FirstProduct);
        let cell = CohortFilter { period, row, by, age: 0, returned: true };
        let behind = Some(Behind::Cohort(cell));
        let filter = CustomerFilter { behind, ..CustomerFilter::default() };
        assert_eq!(desk.list(everyone(&lens, filter)).total, 0);
    }
}

#[test]
fn the_first_product_is_that_of_the_first_order_that_counts() {
    let file = "order_id,customer_email,ordered_at,total,status,product,quantity,price,channel\n\
                1,a@example.com,2026-01-01 10:00:00,5,cancelled,Cup,1,5,app\n\
                2,a@example.com,2026-01-02 10:00:00,5,paid,Tea,1,5,web\n\
                3,a@example.com,2026-02-02 10:00:00,5,paid,Cup,1,5,app\n\
                4,b@example.com,2026-01-03 10:00:00,5,paid,Tea,1,5,\n";
    let mut desk = desk(file);
    let lens = as_of("2026-02-28");
    let by = |desk: &mut Desk, rows| {
        let view = ask(desk, CohortQuery { lens: lens.clone(), rows, ..CohortQuery::default() });
        (returned(&view), view.left_out)
    };
    assert_eq!(by(&mut desk, CohortBy::FirstProduct), (vec![("Tea".to_owned(), 2, vec![2, 1])], 0));
    assert_eq!(by(&mut desk, CohortBy::FirstChannel), (vec![("web".to_owned(), 1, vec![1, 1])], 1));
}

#[test]
fn equal_ages_follow_everybody_alike() {
    let mut desk = desk(SHOPIFY);
    let view = months(&mut desk, &as_of("2026-10-31"));
    assert_eq!(view.equal_ages.len(), view.rows.len());
    for (row, ages) in view.rows.iter().zip(&view.equal_ages) {
        let days: Vec<u32> = ages.iter().map(|it| it.days).collect();
        assert_eq!(days, [30, 60, 90, 180, 365]);
        assert!(ages.is_sorted_by(|one, next| one.observed >= next.observed), "{:?}", row.key);
        assert!(ages.iter().all(|it| it.observed <= row.size));
        assert!(ages.iter().all(|it| it.repeat_rate.is_some() == (it.observed > 0)));
    }
}

#[test]
fn an_empty_shop_has_no_cohorts() {
    let view = months(&mut Desk::new(), &Lens::default());
    assert_eq!((view.rows.len(), view.average.len(), view.left_out), (0, 0, 0));
    assert!(!view.has_products && !view.has_channels);
}
