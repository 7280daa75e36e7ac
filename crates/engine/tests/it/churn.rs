//! Who is silent, who left and came back, how long people wait.

use super::lifecycle::{CDNOW, SHOPIFY, desk};
use super::{Desk, as_of, day, order, table, trade};
use protocol::{
    Behind, ChurnQuery, ChurnView, Circle, CustomerFilter, Lens, NextPurchase, Request, Response,
    WaitingBy, WaitingGroup,
};

fn ask(desk: &mut Desk, lens: Lens, groups: WaitingBy) -> ChurnView {
    *desk.ask(Request::Churn(ChurnQuery { lens, groups })).of_segments::<ChurnView>().unwrap()
}

#[test]
fn waiting_of_a_known_file() {
    let mut desk = desk(CDNOW);
    let view = ask(&mut desk, as_of("1998-06-30"), WaitingBy::FirstSpend);
    let until: Vec<NextPurchase> = view.waiting.iter().map(|it| it.until).collect();
    assert_eq!(
        until,
        [NextPurchase::Second, NextPurchase::Third, NextPurchase::Fourth, NextPurchase::Any]
    );
    let (second, any) = (&view.waiting[0].curves[0], &view.waiting[3].curves[0]);
    assert_eq!((second.subjects, second.events, second.median_days), (2_349, 1_139, None));
    assert_eq!((any.subjects, any.events, any.median_days), (6_688, 4_339, Some(93)));
    for curve in view.waiting.iter().flat_map(|it| &it.curves) {
        assert!(curve.points.len() <= 241);
        assert!(curve.points.is_sorted_by(|a, b| a.days < b.days && a.waiting >= b.waiting));
        assert!(curve.points.iter().all(|it| it.low <= it.waiting && it.waiting <= it.high));
    }
    // Who spent much at first comes back sooner.
    let groups = &view.waiting[0].curves[1..];
    assert!(matches!(groups[0].group, WaitingGroup::SpentLess(_)));
    assert_eq!(groups.iter().map(|it| it.subjects).sum::<u32>(), 2_349);
    let end = |at: usize| groups[at].points[groups[at].points.len() - 1].waiting;
    assert!(end(0) > end(1));
    let test = view.waiting[0].comparison.unwrap();
    assert_eq!(test.degrees, 1);
    assert!((test.chi_square - FIRST_SPEND_CHI_SQUARE).abs() < 1e-6, "{}", test.chi_square);
    assert!(test.p_value < 1e-6);
    assert!(view.waiting[1..].iter().all(|it| it.comparison.is_none()));
}

/// Of the 2,349 customers with an order above nothing; by other means.
const FIRST_SPEND_CHI_SQUARE: f64 = 33.754_809_979_291_39;

#[test]
fn groups_part_the_customers_who_have_the_label() {
    let mut desk = desk(SHOPIFY);
    for (by, all) in [
        (WaitingBy::FirstYear, 133),
        (WaitingBy::FirstProduct, 133),
        (WaitingBy::FirstChannel, 133),
        (WaitingBy::FirstSpend, 133),
    ] {
        let view = ask(&mut desk, as_of("2026-10-31"), by);
        let curves = &view.waiting[0].curves;
        assert_eq!(curves[0].subjects, all);
        assert_eq!(curves[1..].iter().map(|it| it.subjects).sum::<u32>(), all, "{by:?}");
    }
    let years = ask(&mut desk, as_of("2026-10-31"), WaitingBy::FirstYear);
    let names: Vec<_> = years.waiting[0].curves.iter().map(|it| it.group.clone()).collect();
    assert_eq!(names, [WaitingGroup::All, WaitingGroup::Year(2025), WaitingGroup::Year(2026)]);
}

#[test]
fn warnings_follow_the_customers_own_rhythm() {
    let mut orders = Vec::new();
    // Sixty with gaps of 50 days make the shop's rhythm.
    for n in 0..60 {
        orders.push(order(format!("s{n}"), &format!("s{n}"), "2026-08-01", 10.0));
        orders.push(order(format!("t{n}"), &format!("s{n}"), "2026-09-20", 10.0));
    }
    for week in 0..30 {
        let at = super::day("2026-09-28").plus_days(-7 * week).to_string();
        orders.push(order(format!("w{week}"), "weekly", &at, 10.0));
    }
    for (n, at) in ["2023-10-01", "2024-10-01", "2025-10-01", "2026-09-28"].iter().enumerate() {
        orders.push(order(format!("y{n}"), "yearly", at, 10.0));
    }
    let mut desk = Desk::new();
    desk.import(&table(&orders));
    let view = ask(&mut desk, as_of("2026-10-19"), WaitingBy::Nothing);
    let labels: Vec<&str> = view.warnings.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["weekly@example.com"]);
    let warning = &view.warnings[0];
    // ĝ = (2·50 + 203) ÷ (2 + 29) = 9.77 days.
    assert_eq!((warning.silent_days, warning.at_risk_days, warning.own_rhythm), (21, 20, true));
    assert_eq!(
        (warning.since.to_string(), warning.churns_on.to_string()),
        ("2026-10-18".to_owned(), "2026-10-28".to_owned())
    );
    assert_eq!((warning.orders, warning.net, view.own_rhythm), (30, 30_000, 2));
}

#[test]
fn months_tell_who_left_and_who_came_back() {
    let mut orders: Vec<_> = [
        (1, "ann", "2026-01-01"),
        (2, "ann", "2026-08-10"),
        (3, "ben", "2026-01-15"),
        (4, "cleo", "2026-06-20"),
    ]
    .map(|(n, who, at)| order(n, who, at, 10.0))
    .to_vec();
    orders.push(order(9, "", "2026-01-02", 10.0));
    let mut desk = Desk::new();
    desk.import(&table(&orders));
    // One gap: at risk after 90 days, churned after 180. Ann churns on 30 June, Ben on 14 July.
    let view = ask(&mut desk, as_of("2026-08-31"), WaitingBy::Nothing);
    let found: Vec<_> = view
        .months
        .iter()
        .map(|it| (it.active_at_start, it.churned, it.churned_at_start, it.won_back))
        .collect();
    let quiet = (2, 0, 0, 0);
    assert_eq!(
        found,
        [(0, 0, 0, 0), quiet, quiet, quiet, quiet, (2, 1, 0, 0), (2, 1, 1, 0), (1, 0, 2, 1)]
    );
    let rates: Vec<_> =
        view.months[5..].iter().map(|it| (it.churn_rate, it.win_back_rate)).collect();
    assert_eq!(rates, [(Some(0.5), None), (Some(0.5), Some(0.0)), (Some(0.0), Some(0.5))]);
    // A month that is not over has no rate.
    let view = ask(&mut desk, as_of("2026-08-30"), WaitingBy::Nothing);
    assert_eq!(view.months[7].win_back_rate, None);
}

#[test]
fn an_empty_shop_waits_for_nobody() {
    for by in [WaitingBy::Nothing, WaitingBy::FirstSpend, WaitingBy::FirstProduct] {
        let view = ask(&mut Desk::new(), Lens::default(), by);
        assert_eq!((view.months.len(), view.warnings.len(), view.own_rhythm), (0, 0, 0));
        assert!(view.waiting.iter().all(|it| it.curves[0].points.is_empty()));
        assert!(view.waiting.iter().all(|it| it.comparison.is_none()));
    }
}

#[test]
fn late_is_who_was_expected_on_a_day_before_this_one() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(200)));
    let mut told = 0;
    for back in 0..25 {
        let today = day("2026-10-31").plus_days(-back);
        let lens = Lens { as_of: Some(today), ..Lens::default() };
        let soon = Behind::Circle(Circle::ExpectedSoon);
        let slipping = CustomerFilter { slipping: true, ..CustomerFilter::default() };
        let lists = [slipping, CustomerFilter::behind(soon)].map(|filter| {
            desk.list(super::everyone(&lens, filter)).rows.into_iter().map(|it| it.id).collect()
        });
        let [slipping, soon]: [Vec<_>; 2] = lists;
        let mut expected = |id| match desk.ask(Request::Customer(id, lens.clone())) {
            Response::Customer(view) => view.next_expected.unwrap(),
            other => panic!("{other:?}"),
        };
        told += slipping.len() + soon.len();
        assert!(slipping.into_iter().all(|id| expected(id) < today), "{today}");
        let week = today..=today.plus_days(7);
        assert!(soon.into_iter().all(|id| week.contains(&expected(id))), "{today}");
    }
    assert!(told > 100, "{told}");
}
