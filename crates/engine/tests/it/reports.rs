//! The bridge and the relationship index against figures counted by hand, and against other screens.

use super::{Desk, as_of, everyone, order, period, table};
use protocol::{
    Behind, Compare, CustomerFilter, Dimension, Lens, ReportsView, Request, Slice, SliceCondition,
};

fn reports(desk: &mut Desk, lens: Lens) -> ReportsView {
    *desk.ask(Request::Reports(lens)).of_segments::<ReportsView>().unwrap()
}

fn february() -> Lens {
    Lens { period: Some(period("2026-02-01", "2026-02-28")), ..as_of("2026-02-28") }
}

/// January (from the 4th): two buyers, 3 orders of 20; February: three buyers, 4 orders of 30.
fn shop() -> String {
    table(&[
        order(1, "a", "2026-01-04", 20.0),
        order(2, "a", "2026-01-08", 20.0),
        order(3, "b", "2026-01-09", 20.0),
        order(4, "a", "2026-02-01", 30.0),
        order(5, "c", "2026-02-02", 30.0),
        order(6, "c", "2026-02-03", 30.0),
        order(7, "d", "2026-02-04", 30.0),
        order(8, "", "2026-02-05", 7.0),
        order(9, "d", "2026-02-06", -5.0),
    ])
}

#[test]
fn effects_are_the_difference_to_the_cent() {
    let mut desk = Desk::new();
    desk.import(&shop());
    let view = reports(&mut desk, february());
    let found = view.bridge.unwrap();
    // One buyer more at 1.5 orders of 20.00; then 1.5 to 4/3 orders of three buyers; then 10.00 more
    // on each of four orders.
    assert_eq!((found.buyers, found.frequency, found.order_value), (3_000, -1_000, 4_000));
    assert_eq!((found.anonymous, found.given_back), (700, -500));
    assert_eq!((found.before.net, found.after.net), (6_000, 12_200));
    let effects =
        found.buyers + found.frequency + found.order_value + found.anonymous + found.given_back;
    assert_eq!(effects, found.change());
    assert_eq!((found.before.buyers, found.after.buyers), (2, 3));
    assert_eq!((found.before.order_value, found.after.order_value), (Some(2_000.0), Some(3_000.0)));
}

#[test]
fn new_and_repeat_orders_are_all_orders() {
    let mut desk = Desk::new();
    desk.import(&shop());
    let view = reports(&mut desk, february());
    let net = desk.analyse(february()).overview.now.net;
    let mix = view.mix;
    assert_eq!((mix.new.orders, mix.repeat.orders, mix.unknown.orders), (2, 2, 1));
    // The refund that names no order is of a customer who had bought before.
    assert_eq!((mix.new.net, mix.repeat.net, mix.unknown.net), (6_000, 5_500, 700));
    assert_eq!((mix.net(), net), (12_200, 12_200));
    assert_eq!(mix.index(), Some(55.0 / 115.0));
    assert_eq!(view.mix_before.map(|it| it.new.orders), Some(2));
    let months: Vec<(String, u32, u32)> = view
        .months
        .iter()
        .map(|it| (it.start.to_string(), it.mix.new.orders, it.mix.repeat.orders))
        .collect();
    assert_eq!(months, [("2026-01-01".to_owned(), 2, 1), ("2026-02-01".to_owned(), 2, 2)]);
    for (is_first, part) in [(true, mix.new), (false, mix.repeat)] {
        let slice = Some(Slice::Is(is_first));
        let conditions = vec![SliceCondition { dimension: Dimension::Visit, slice }];
        let mark = Behind::Explored { period: view.period, conditions };
        let list = desk.list(everyone(&february(), CustomerFilter::behind(mark)));
        assert_eq!(list.total, part.customers);
    }
}

#[test]
fn reports_agree_with_the_first_screen() {
    let mut desk = Desk::new();
    desk.ask(Request::LoadSample { chinese: true });
    for compare in [Compare::Previous, Compare::PreviousWeekdays, Compare::Year, Compare::YearDates]
    {
        for (from, to) in [("2026-08-01", "2026-10-31"), ("2026-10-31", "2026-10-31")] {
            let lens = Lens { period: Some(period(from, to)), compare, ..as_of("2026-10-31") };
            let overview = desk.analyse(lens.clone()).overview;
            let view = reports(&mut desk, lens);
            assert_eq!(view.mix.net(), overview.now.net);
            assert_eq!(view.compared, overview.compared);
            assert_eq!(view.bridge.is_some(), overview.before.is_some());
            if let Some((found, before)) = view.bridge.zip(overview.before) {
                assert_eq!((found.before.net, found.after.net), (before.net, overview.now.net));
                let effects = found.buyers + found.frequency + found.order_value;
                assert_eq!(effects + found.anonymous + found.given_back, found.change());
            }
        }
    }
}

#[test]
fn without_comparison_or_orders_there_is_no_bridge() {
    let mut desk = Desk::new();
    let view = reports(&mut desk, february());
    assert_eq!((view.bridge, view.first_order, view.months.len()), (None, None, 0));
    desk.import(&shop());
    let off = Lens { compare: Compare::Off, ..february() };
    assert_eq!(reports(&mut desk, off).bridge, None);
    // The orders begin within the period before.
    let early = Lens { period: Some(period("2026-01-05", "2026-01-20")), ..february() };
    let view = reports(&mut desk, early);
    assert!(view.bridge.is_none() && view.compared.is_some() && view.first_order.is_some());
}
