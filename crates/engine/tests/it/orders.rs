//! What an order is worth to the customer's figures.

use super::{Desk, Order, order, table};
use model::OrderState;
use protocol::{CustomerView, Lens, Request, Response};

fn customer(desk: &mut Desk, email: &str) -> CustomerView {
    let row = desk.list(super::searched(email)).rows.remove(0);
    match desk.ask(Request::Customer(row.id, Lens::default())) {
        Response::Customer(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_partly_refunded_order_counts_at_what_is_left() {
    let mut desk = Desk::new();
    let orders = [Order { refunded: 30.0, ..order(1, "ann", "2026-10-01", 100.0) }];
    desk.import(&table(&orders));
    let view = customer(&mut desk, "ann@example.com");
    assert_eq!((view.row.net, view.row.orders, view.gross), (7_000, 1, 10_000));
    assert_eq!((view.aov, view.refund_rate), (Some(7_000.0), Some(1.0)));
    assert_eq!(view.orders[0].state, OrderState::PartiallyRefunded);
    let totals = desk.figures().totals;
    assert_eq!((totals.gross, totals.refunds, totals.net), (10_000, 3_000, 7_000));
}

#[test]
fn nobody_is_a_buyer_by_an_order_that_does_not_count() {
    let full = Order { refunded: 100.0, ..order(1, "ann", "2026-10-01", 100.0) };
    let with = |status| Order { status, ..order(1, "ann", "2026-10-01", 100.0) };
    let free = order(1, "ann", "2026-10-01", 0.0);
    for (order, state, refund_rate) in [
        (full, OrderState::FullyRefunded, Some(1.0)),
        (with("refunded"), OrderState::FullyRefunded, Some(1.0)),
        (with("cancelled"), OrderState::Cancelled, None),
        (with("pending"), OrderState::Unpaid, None),
        (with("test"), OrderState::Test, None),
        (free, OrderState::ZeroTotal, None),
    ] {
        let mut desk = Desk::new();
        desk.import(&table(&[order]));
        let totals = desk.figures().totals;
        assert_eq!((totals.customers, totals.buyers, totals.orders), (1, 0, 1), "{state:?}");
        assert_eq!((totals.valid_orders, totals.net, totals.gross), (0, 0, 0), "{state:?}");
        let view = customer(&mut desk, "ann@example.com");
        assert_eq!((view.row.orders, view.row.tier, view.row.group), (0, None, None));
        assert_eq!((view.orders[0].state, view.refund_rate), (state, refund_rate));
        assert_eq!((view.aov, view.next_expected), (None, None));
    }
}

#[test]
fn a_customers_rhythm_is_of_days_not_of_orders() {
    let mut desk = Desk::new();
    let days = ["2026-10-01", "2026-10-01", "2026-10-11", "2026-10-31"];
    let orders: Vec<Order> = (0..4).map(|n| order(n, "ann", days[n], 10.0)).collect();
    desk.import(&table(&orders));
    let view = customer(&mut desk, "ann@example.com");
    assert_eq!((view.median_gap_days, view.rhythm_days), (Some(15.0), Some(15.0)));
    assert_eq!(view.next_expected.unwrap().to_string(), "2026-11-15");
    assert_eq!(view.silent_days, Some(0));
    let newest: Vec<&str> = view.orders.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(newest, ["3", "2", "1", "0"]);
    assert_eq!((view.orders[0].minute, view.orders[0].source.as_str()), (720, "generic"));
}

#[test]
fn orders_of_nobody_count_as_orders_and_make_no_customer() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "", "2026-10-01", 10.0), order(2, "ann", "2026-10-01", 5.0)]));
    let analysis = desk.figures();
    let totals = &analysis.totals;
    assert_eq!((totals.customers, totals.valid_orders, totals.anonymous_orders), (1, 2, 1));
    assert_eq!((totals.net, totals.kpis.aov), (1_500, Some(750.0)));
    assert_eq!(totals.kpis.orders_per_buyer, Some(1.0));
    assert_eq!(analysis.rfm.scored, 1);
}
