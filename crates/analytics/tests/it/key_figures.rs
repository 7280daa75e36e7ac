//! Key figures of a window.

use analytics::{AnonymousOrders, Kpis, Window, kpis};

use crate::shop::{AS_OF, Shop};

/// Three orders (gaps 10 and 30), two on one day, one, and a prospect.
fn shop() -> Shop {
    Shop(vec![
        vec![(900, 1_000), (910, 2_000), (940, 3_000)],
        vec![(950, 500), (950, 500)],
        vec![(800, 700)],
        vec![],
    ])
}

#[test]
fn all_time() {
    let anonymous = AnonymousOrders { day: &[900, 1_001], net: &[301, 9_999] };
    let expected = Kpis {
        buyers: 3,
        orders: 7,
        anonymous_orders: 1,
        net: 8_001,
        anonymous_net: 301,
        aov: Some(1_143.0),
        repeat_rate: Some(2.0 / 3.0),
        orders_per_buyer: Some(2.0),
        repeat_order_share: Some(0.5),
        median_gap_days: Some(20.0),
    };
    let figures = kpis(&shop().all_time(), anonymous);
    assert_eq!(figures, expected);
    assert_eq!(figures.aov_minor(), Some(1_143));
}

#[test]
fn a_window_counts_its_own_orders_and_buyers() {
    let customers = shop().summaries(Window { from: Some(910), as_of: AS_OF });
    let figures = kpis(&customers, AnonymousOrders::default());
    assert_eq!((figures.buyers, figures.orders, figures.net), (2, 4, 6_000));
    assert_eq!(figures.repeat_rate, Some(1.0));
    // The first customer's two orders and the second order of the second customer.
    assert_eq!(figures.repeat_order_share, Some(0.75));
    assert_eq!(figures.median_gap_days, Some(20.0));
}

#[test]
fn nothing_to_divide_by_is_no_figure() {
    let customers = shop().summaries(Window { from: None, as_of: 1 });
    let none = kpis(&customers, AnonymousOrders::default());
    assert_eq!((none.buyers, none.orders, none.net), (0, 0, 0));
    assert_eq!((none.aov, none.aov_minor(), none.repeat_rate), (None, None, None));
    assert_eq!((none.orders_per_buyer, none.repeat_order_share), (None, None));
    assert_eq!(none.median_gap_days, None);

    let only_anonymous = kpis(&customers, AnonymousOrders { day: &[0, 1], net: &[100, 201] });
    assert_eq!((only_anonymous.aov, only_anonymous.aov_minor()), (Some(150.5), Some(151)));
    assert_eq!(only_anonymous.repeat_rate, None);
}
