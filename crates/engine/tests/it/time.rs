//! As-of day, period, comparison, the shop's day.

use super::{Desk, Lens, as_of, day, order, period, table, trade};
use protocol::{AsOfBasis, Compare, Request, ShopEdit};

#[test]
fn orders_after_the_as_of_day_do_not_exist() {
    let orders = trade(60);
    let (mut whole, cut) = (Desk::new(), "2026-06-15");
    whole.import(&table(&orders));
    let mut early = Desk::new();
    let known = orders.into_iter().filter(|it| &it.at[..10] <= cut).collect::<Vec<_>>();
    early.import(&table(&known));
    let (mut one, mut other) = (whole.analyse(as_of(cut)), early.analyse(as_of(cut)));
    // People are on record from the day of the import; everything that they did is not.
    assert!(one.totals.customers > other.totals.customers);
    let later = one.totals.customers - other.totals.customers;
    one.totals.customers -= later;
    // Who had not bought yet is a prospect.
    one.lifecycle[0].customers -= later;
    for it in [&mut one, &mut other] {
        (it.took_ms, it.revision) = (None, 0);
        it.overview.slipping_top.sort_by_key(|row| row.id);
    }
    assert_eq!(one, other);
    assert_eq!(one.as_of_basis, AsOfBasis::Chosen);
}

#[test]
fn the_default_day_is_today_unless_the_data_end_long_before() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-10-31", 5.0)]));
    for (today, expected, basis) in [
        ("2026-10-31", "2026-10-31", AsOfBasis::Today),
        ("2026-11-14", "2026-11-14", AsOfBasis::Today),
        ("2026-11-15", "2026-10-31", AsOfBasis::LastOrder),
        ("2027-11-15", "2026-10-31", AsOfBasis::LastOrder),
        ("2026-10-20", "2026-10-20", AsOfBasis::Today),
    ] {
        desk.place.set_today(day(today));
        let analysis = desk.figures();
        assert_eq!((analysis.as_of, analysis.as_of_basis), (day(expected), basis), "{today}");
    }
    assert_eq!(Desk::new().figures().as_of_basis, AsOfBasis::Today);
}

#[test]
fn a_chart_shows_what_the_key_figures_count() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(200)));
    for (from, to, compare, compared, points) in [
        ("2026-08-03", "2026-10-31", Compare::Previous, Some(("2026-05-05", "2026-08-02")), 13),
        ("2026-10-25", "2026-10-31", Compare::Previous, Some(("2026-10-18", "2026-10-24")), 7),
        ("2026-10-01", "2026-10-31", Compare::Year, Some(("2025-10-02", "2025-11-01")), 31),
        ("2026-10-01", "2026-10-31", Compare::Off, None, 31),
        ("2025-01-15", "2026-10-31", Compare::Off, None, 22),
    ] {
        let lens = Lens { period: Some(period(from, to)), compare, ..as_of("2026-10-31") };
        let view = desk.analyse(lens).overview;
        assert_eq!(view.compared, compared.map(|(from, to)| period(from, to)), "{from}");
        let sums = |points: &[protocol::SeriesPoint]| {
            points.iter().fold((0, 0), |(net, orders), it| (net + it.net, orders + it.orders))
        };
        assert_eq!(view.series.len(), points);
        assert_eq!(sums(&view.series), (view.now.net, view.now.orders));
        match view.before {
            Some(before) => {
                assert_eq!(view.series_before.len(), view.series.len());
                assert_eq!(sums(&view.series_before), (before.net, before.orders));
            }
            None => assert_eq!(view.series_before, []),
        }
        assert_eq!(view.before.is_some(), compared.is_some());
    }
}

#[test]
fn a_period_is_compared_only_as_far_as_the_data_reach_back() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0), order(2, "ann", "2026-10-30", 7.0)]));
    let of = |from| Lens { period: Some(period(from, "2026-10-31")), ..as_of("2026-10-31") };
    let near = desk.analyse(of("2026-10-20")).overview;
    assert_eq!(near.before.map(|it| (it.net, it.orders, it.aov)), Some((0, 0, None)));
    assert_eq!(desk.analyse(of("2026-10-10")).overview.before, None);
}

#[test]
fn a_period_ends_with_the_as_of_day() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(40)));
    let beyond = Lens { period: Some(period("2026-09-01", "2026-12-31")), ..as_of("2026-10-14") };
    let view = desk.analyse(beyond).overview;
    assert_eq!(view.period, period("2026-09-01", "2026-10-14"));
    assert!(view.last_incomplete);
    let view = desk.analyse(as_of("2026-10-18")).overview;
    assert_eq!((view.period, view.last_incomplete), (period("2026-07-21", "2026-10-18"), false));
}

#[test]
fn the_time_zone_says_where_a_day_begins() {
    let mut desk = Desk::new();
    let orders = [
        order(1, "ann", "2026-10-31T03:30:00Z", 5.0),
        order(2, "ann", "2026-10-31T15:30:00Z", 7.0),
        order(3, "ann", "2026-10-31T16:30:00Z", 11.0),
    ];
    desk.import(&table(&orders));
    let edit = |zone: &str| Request::EditShop(ShopEdit::TimeZone(zone.to_owned()));
    for (zone, by_day) in [
        ("America/New_York", [500, 1_800, 0]),
        ("UTC", [0, 2_300, 0]),
        ("Asia/Shanghai", [0, 1_200, 1_100]),
    ] {
        desk.ask(edit(zone));
        for _ in 0..2 {
            let lens =
                Lens { period: Some(period("2026-10-30", "2026-11-01")), ..as_of("2026-11-01") };
            let series = desk.analyse(lens).overview.series;
            assert_eq!(series.iter().map(|it| it.net).collect::<Vec<_>>(), by_day, "{zone}");
            assert_eq!(desk.shop().profile.time_zone, zone);
            desk = desk.reopened();
        }
    }
    let unknown = desk.try_ask(edit("Mars/Olympus"));
    assert_eq!(unknown, Err(protocol::Problem::Invalid(protocol::Field::TimeZone)));
}

#[test]
fn a_time_that_the_clock_showed_twice_is_told() {
    let orders = [
        order(1, "ann", "2026-11-01 00:59:59", 5.0),
        order(2, "ann", "2026-11-01 01:00:00", 5.0),
        order(3, "ann", "2026-11-01 01:59:59", 5.0),
        order(4, "ann", "2026-11-01 02:00:00", 5.0),
        // Which of the two it is stands there.
        order(5, "ann", "2026-11-01T01:30:00-05:00", 5.0),
    ];
    for (only, count) in [(0..5, 2), (1..2, 1), (3..5, 0)] {
        let mut desk = Desk::new();
        let file = table(&orders[only]);
        let inspection = desk.inspect(&[("orders.csv", file.as_bytes())]);
        let warnings = &inspection.files[0].warnings;
        let told = warnings.iter().find(|it| it.code == "ambiguous_local_time");
        assert_eq!(told.map_or(0, |it| it.count), count, "{file}");
        assert!(told.is_none_or(|it| it.detail == "America/New_York"));
    }
    // A clock that is never put back shows nothing twice.
    let mut desk = Desk::new();
    desk.ask(Request::EditShop(ShopEdit::TimeZone("Asia/Shanghai".to_owned())));
    let inspection = desk.inspect(&[("orders.csv", table(&orders).as_bytes())]);
    assert!(inspection.files[0].warnings.iter().all(|it| it.code != "ambiguous_local_time"));
}
