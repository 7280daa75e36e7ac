//! Tables of orders by any of their properties: known answers, sums that agree with the first screen,
//! and the customers behind every cell.

use super::{Desk, as_of, day, everyone, order, period, table};
use model::OrderState;
use proptest::prelude::*;
use protocol::{
    Behind, CustomerFilter, Dimension, ExploreFigures, ExploreQuery, ExploreView, Label, LabelKind,
    Lens, Request, SegmentId, ShopEdit, Slice, SliceCondition, StoredSegment, Tier,
};

const FILE: &str = "order_id,customer_email,ordered_at,total,refunded,currency,status,channel,country,discount\n\
    1,a@example.com,2026-01-05 09:30:00,100.00,0.00,USD,paid,web,US,0.00\n\
    2,a@example.com,2026-01-11 09:59:59,50.00,10.00,USD,paid,app,US,5.00\n\
    3,b@example.com,2026-01-12 23:00:00,30.00,0.00,USD,paid,web,FR,0.00\n\
    4,b@example.com,2026-02-02 00:00:00,70.00,0.00,USD,paid,web,FR,0.00\n\
    5,c@example.com,2026-02-03 09:00:01,20.00,0.00,USD,cancelled,app,FR,0.00\n\
    6,,2026-02-03 10:00:00,40.00,0.00,USD,paid,app,,0.00\n\
    7,a@example.com,2025-12-31 12:00:00,10.00,0.00,USD,paid,app,US,0.00\n";

fn lens() -> Lens {
    Lens { period: Some(period("2026-01-01", "2026-02-28")), ..as_of("2026-02-28") }
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.import(FILE);
    desk
}

fn explore(desk: &mut Desk, query: ExploreQuery) -> ExploreView {
    *desk.ask(Request::Explore(query)).of_segments::<ExploreView>().unwrap()
}

fn by(desk: &mut Desk, dimensions: &[Dimension]) -> ExploreView {
    let query = ExploreQuery { lens: lens(), dimensions: dimensions.into(), ..Default::default() };
    explore(desk, query)
}

#[allow(clippy::unnecessary_wraps, reason = "as slices stand in the answers")]
fn text(text: &str) -> Option<Slice> {
    Some(Slice::Text(text.to_owned()))
}

/// Each slice of the only dimension with a figure.
fn column<T>(view: &ExploreView, figure: fn(&ExploreFigures) -> T) -> Vec<(Option<Slice>, T)> {
    let slices = view.axes[0].slices.iter().cloned().zip(0..);
    slices.map(|(slice, at)| (slice, figure(&view.figures(&[at])))).collect()
}

#[test]
fn orders_by_month_and_channel() {
    let view = by(&mut desk(), &[Dimension::Month, Dimension::Channel]);
    let months = ["2026-01-01", "2026-02-01"].map(|it| Some(Slice::Start(day(it))));
    assert_eq!(view.axes[0].slices, months);
    assert_eq!(view.axes[1].slices, [text("app"), text("web")]);
    let net = |month, channel| view.figures(&[month, channel]).net;
    let rows = [0, 1, 2].map(|month| [0, 1, 2].map(|channel| net(month, channel)));
    assert_eq!(rows, [[4_000, 13_000, 17_000], [4_000, 7_000, 11_000], [8_000, 20_000, 28_000]]);
    let all = view.figures(&view.all());
    assert_eq!((all.placed, all.orders, all.customers), (6, 5, 2));
    // Ana began before the period.
    assert_eq!((all.new_customers, view.figures(&[0, 1]).new_customers), (1, 1));
    assert_eq!((all.gross, all.refunds, all.refund_share), (29_000, 1_000, Some(1.0 / 29.0)));
    assert_eq!((all.order_value, all.net_per_customer), (Some(5_600.0), Some(12_000.0)));
    // Both buy in January; in February only one of them is known.
    let customers = [0, 1, 2].map(|month| view.figures(&[month, 2]).customers);
    assert_eq!(customers, [2, 1, 2]);
}

#[test]
fn hours_are_the_shops_and_a_day_alone_has_none() {
    let view = by(&mut desk(), &[Dimension::Weekday, Dimension::Hour]);
    let hours: Vec<Option<u8>> = view.axes[1]
        .slices
        .iter()
        .map(|it| match it {
            Some(Slice::Number(hour)) => Some(*hour),
            _ => None,
        })
        .collect();
    assert_eq!(hours.first().zip(hours.last()), Some((&Some(9), &None)));
    // From nine to eleven at night, and without a time.
    assert_eq!(hours.len(), 16);
    let weekdays: Vec<_> = view.axes[0].slices.iter().flatten().collect();
    // Monday to Sunday: no gap between the first and the last that has an order.
    assert_eq!(weekdays, (0..7).map(Slice::Number).collect::<Vec<_>>().iter().collect::<Vec<_>>());
    let cells = view.cells.iter().filter(|it| it.at[0] < 7 && it.at[1] < 16);
    assert_eq!(cells.map(|it| it.figures.orders).sum::<u32>(), 5);
    let without = view.figures(&[7, 15]);
    assert_eq!((without.orders, without.net), (1, 7_000));
    let nine = view.figures(&[7, 0]);
    assert_eq!((nine.placed, nine.orders), (3, 2));
}

#[test]
fn properties_of_orders_and_of_their_customers() {
    let mut desk = desk();
    let orders = |it: &ExploreFigures| it.orders;
    let country = by(&mut desk, &[Dimension::Country]);
    let expected = [(text("FR"), 2), (text("US"), 2), (None, 1)];
    assert_eq!(column(&country, orders), expected);
    let visit = by(&mut desk, &[Dimension::Visit]);
    let expected = [(Some(Slice::Is(true)), 1), (Some(Slice::Is(false)), 3), (None, 1)];
    assert_eq!(column(&visit, orders), expected);
    let discount = by(&mut desk, &[Dimension::Discount]);
    let expected = [(Some(Slice::Is(true)), 1), (Some(Slice::Is(false)), 4)];
    assert_eq!(column(&discount, orders), expected);
    let state = by(&mut desk, &[Dimension::State]);
    let expected = [
        (Some(Slice::State(OrderState::Cancelled)), 1),
        (Some(Slice::State(OrderState::PartiallyRefunded)), 1),
        (Some(Slice::State(OrderState::Paid)), 4),
    ];
    assert_eq!(column(&state, |it| it.placed), expected);
    let tier = by(&mut desk, &[Dimension::Customer(LabelKind::Tier)]);
    let label = Some(Slice::Label(Label::Tier(Tier::Vip)));
    assert_eq!(column(&tier, orders)[0], (label, 2));
    let quarter = by(&mut desk, &[Dimension::Quarter, Dimension::Year]);
    assert_eq!(quarter.figures(&[0, 0]), quarter.figures(&[1, 1]));
    assert!(!quarter.known.contains(&Dimension::Product) && !quarter.has_lines);
    assert!(quarter.known.contains(&Dimension::Discount));
    assert!(!quarter.known.contains(&Dimension::Region));
}

#[test]
fn an_orders_money_is_shared_among_its_products() {
    let mut desk = Desk::new();
    desk.import(
        "order_id,customer_email,ordered_at,total,refunded,currency,status,product_name,quantity,price\n\
         1,a@example.com,2026-01-05 09:30:00,90.00,0.00,USD,paid,Tea,2,30.00\n\
         1,a@example.com,2026-01-05 09:30:00,90.00,0.00,USD,paid,Cup,1,40.00\n\
         2,b@example.com,2026-01-06 09:30:00,30.00,0.00,USD,paid,Tea,1,30.00\n",
    );
    let view = by(&mut desk, &[Dimension::Product]);
    assert_eq!(view.axes[0].slices, [text("Tea"), text("Cup")]);
    let found =
        column(&view, |it| (it.orders, it.customers, it.net, it.items_milli, it.new_customers));
    // 60 and 40 of 100 of what was paid.
    assert_eq!(found[0].1, (2, 2, 5_400 + 3_000, 3_000, 2));
    assert_eq!(found[1].1, (1, 1, 3_600, 1_000, 1));
    let all = view.figures(&view.all());
    assert_eq!((all.orders, all.customers, all.net, all.items_milli), (2, 2, 12_000, 4_000));
    let only = SliceCondition { dimension: Dimension::Product, slice: text("Cup") };
    let query = ExploreQuery { lens: lens(), conditions: vec![only], ..Default::default() };
    let cups = explore(&mut desk, query);
    assert_eq!(cups.figures(&[]).net, 3_600);
}

#[test]
fn filters_hold_together_and_every_cell_opens_its_customers() {
    let mut desk = desk();
    let only = |dimension, slice| SliceCondition { dimension, slice };
    let conditions = vec![
        only(Dimension::Channel, text("web")),
        only(Dimension::Month, Some(Slice::Start(day("2026-01-01")))),
    ];
    let query = ExploreQuery {
        lens: lens(),
        dimensions: vec![Dimension::Country],
        conditions: conditions.clone(),
        choices_of: Some(Dimension::Channel),
    };
    let view = explore(&mut desk, query);
    assert_eq!(view.figures(&view.all()).net, 13_000);
    assert_eq!(view.choices, [text("app"), text("web"), None]);
    for cell in &view.cells {
        let conditions = [conditions.clone(), view.conditions(&cell.at)].concat();
        let mark = Behind::Explored { period: view.period, conditions };
        let list = desk.list(everyone(&as_of("2026-02-28"), CustomerFilter::behind(mark)));
        assert_eq!(list.total, cell.figures.customers, "{:?}", cell.at);
    }
    let nobody = vec![only(Dimension::Channel, text("fax"))];
    let query = ExploreQuery { lens: lens(), conditions: nobody, ..Default::default() };
    assert_eq!(explore(&mut desk, query).figures(&[]), ExploreFigures::default());
}

#[test]
fn a_table_agrees_with_the_first_screen() {
    let mut desk = Desk::new();
    desk.ask(Request::LoadSample { chinese: false });
    let days =
        [("2025-11-01", "2026-10-31"), ("2026-08-03", "2026-10-31"), ("2020-01-01", "2026-09-30")];
    for (from, to) in days {
        let lens = Lens { period: Some(period(from, to)), ..as_of("2026-10-31") };
        let now = desk.analyse(lens.clone()).overview.now;
        let dimensions = vec![Dimension::Month, Dimension::Channel];
        let view = explore(&mut desk, ExploreQuery { lens, dimensions, ..Default::default() });
        let all = view.figures(&view.all());
        assert_eq!(
            (all.net, all.orders, all.customers),
            (now.net, now.orders, now.buyers),
            "{from}"
        );
        assert_eq!(all.order_value, now.aov, "{from}");
        let end = [view.sum_place(0), view.sum_place(1)];
        let inner = view.cells.iter().filter(|it| it.at[0] < end[0] && it.at[1] < end[1]);
        assert_eq!(inner.clone().map(|it| it.figures.net).sum::<i64>(), now.net, "{from}");
        assert_eq!(inner.map(|it| it.figures.orders).sum::<u32>(), now.orders, "{from}");
    }
}

#[test]
fn a_refund_that_names_no_order_lowers_net_on_both_screens() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "a", "2026-01-05", 100.0), order(2, "a", "2026-01-20", -30.0)]));
    let now = desk.analyse(lens()).overview.now;
    let view = by(&mut desk, &[Dimension::Month]);
    let all = view.figures(&view.all());
    assert_eq!((all.net, all.orders, all.order_value), (now.net, now.orders, now.aov));
    assert_eq!((all.net, all.refunds, all.placed), (7_000, 3_000, 1));
}

#[test]
fn a_refund_that_names_no_order_lowers_its_customers_segment_on_both_screens() {
    let mut desk = Desk::new();
    desk.import(&table(&[
        order(1, "a", "2026-01-05", 100.0),
        order(2, "a", "2026-01-20", -30.0),
        order(3, "b", "2026-01-20", 500.0),
    ]));
    let id = SegmentId(1);
    let segment = StoredSegment::of_rule(id, "Small", "all(net<200)");
    desk.ask(Request::EditShop(ShopEdit::Segment(segment)));
    let lens = Lens { segment: Some(id), ..lens() };
    let now = desk.analyse(lens.clone()).overview.now;
    let query = ExploreQuery { lens, dimensions: vec![Dimension::Month], ..Default::default() };
    let view = explore(&mut desk, query);
    assert_eq!((view.figures(&view.all()).net, now.net), (7_000, 7_000));
}

#[test]
fn a_period_may_begin_on_any_day() {
    let mut desk = desk();
    let ages = Lens { period: Some(period("0001-01-01", "2026-02-28")), ..as_of("2026-02-28") };
    let dimensions = vec![Dimension::Month, Dimension::Quarter, Dimension::Year];
    let query = ExploreQuery { lens: ages, dimensions, ..Default::default() };
    let view = explore(&mut desk, query);
    let slices: Vec<usize> = view.axes.iter().map(|it| it.slices.len()).collect();
    assert_eq!(slices, [3, 2, 2]);
    assert_eq!(view.figures(&view.all()).orders, 6);
}

#[test]
fn nothing_imported_or_no_order_in_the_period_is_an_empty_table() {
    let mut empty = Desk::new();
    let view = by(&mut empty, &[Dimension::Month, Dimension::Product, Dimension::City]);
    assert_eq!((view.cells.len(), view.span), (0, None));
    let mut desk = desk();
    let query = ExploreQuery {
        lens: Lens { period: Some(period("2020-01-01", "2020-02-01")), ..as_of("2026-02-28") },
        dimensions: vec![Dimension::Hour],
        ..Default::default()
    };
    let view = explore(&mut desk, query);
    assert_eq!(view.figures(&view.all()), ExploreFigures::default());
    assert!(view.span.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn sums_do_not_depend_on_the_sequence_of_the_dimensions(
        dimensions in Just(Dimension::ALL.to_vec()).prop_shuffle(),
    ) {
        let mut desk = desk();
        let there = by(&mut desk, &dimensions[..3]);
        let turned: Vec<Dimension> = dimensions[..3].iter().rev().copied().collect();
        let back = by(&mut desk, &turned);
        prop_assert_eq!(there.cells.len(), back.cells.len());
        for cell in &there.cells {
            let at: Vec<u32> = cell.at.iter().rev().copied().collect();
            prop_assert_eq!(cell.figures, back.figures(&at));
        }
    }
}
