//! New customers by channel and month, and what they cost.

use super::{Desk, as_of, day};
use model::Amount;
use protocol::{AcquireView, Lens, Request, ShopEdit};

/// Ann and Ben come by the shop's app in January, Cat by the web in February; Dan's order names no
/// channel, Eve's is cancelled. Ann comes back after 10 days, Cat after 20.
const ORDERS: &str = "order_id,customer_email,ordered_at,total,status,channel\n\
    1,ann@example.com,2026-01-05,10.00,paid,app\n\
    2,ben@example.com,2026-01-20,30.00,paid,app\n\
    3,ann@example.com,2026-01-15,50.00,paid,web\n\
    4,cat@example.com,2026-02-02,70.00,paid,web\n\
    5,cat@example.com,2026-02-22,90.00,paid,web\n\
    6,dan@example.com,2026-02-03,20.00,paid,\n\
    7,eve@example.com,2026-02-04,99.00,cancelled,web\n";

fn acquire(desk: &mut Desk, lens: Lens) -> AcquireView {
    desk.ask(Request::Lifecycle(lens)).of_segments::<protocol::LifecycleView>().unwrap().acquire
}

fn say(desk: &mut Desk, month: &str, channel: &str, cost: Option<&str>) {
    let cost = cost.map(|it| Amount::parse(it).unwrap());
    let channel = channel.to_owned();
    desk.ask(Request::EditShop(ShopEdit::Cost { month: day(month), channel, cost }));
}

/// New customers and the cost of one.
type Cell = (u32, Option<f64>);

/// Channel with its months, then all of them.
fn rows(view: &AcquireView) -> Vec<(String, Vec<Cell>)> {
    let cells = |it: &protocol::ChannelRow| {
        let cells = it.months.iter().chain([&it.total]);
        cells.map(|it| (it.new_customers, it.cost_each)).collect()
    };
    let channels = view.channels.iter().chain([&view.all]);
    channels.map(|it| (it.channel.clone(), cells(it))).collect()
}

#[test]
fn the_cost_of_a_channel_and_month_is_shared_by_its_new_customers() {
    let mut desk = Desk::new();
    desk.import(ORDERS);
    let lens = as_of("2026-02-28");
    let before = acquire(&mut desk, lens.clone());
    assert_eq!(before.months, [day("2026-01-01"), day("2026-02-01")]);
    let unknown = |january, february, all| vec![(january, None), (february, None), (all, None)];
    let expected = [
        ("app".to_owned(), unknown(2, 0, 2)),
        (String::new(), unknown(0, 1, 1)),
        ("web".to_owned(), unknown(0, 1, 1)),
        (String::new(), unknown(2, 2, 4)),
    ];
    assert_eq!(rows(&before), expected);
    assert_eq!(before.channels[0].total.first_net, 4_000);
    assert_eq!(
        before.channels.iter().map(|it| it.days_to_second).collect::<Vec<_>>(),
        [Some(10.0), None, Some(20.0)]
    );
    assert_eq!(before.all.days_to_second, Some(15.0));

    say(&mut desk, "2026-01-31", " app ", Some("100"));
    say(&mut desk, "2026-02-01", "app", Some("50"));
    say(&mut desk, "2026-02-01", "fair", Some("20"));
    let after = acquire(&mut desk.reopened(), lens);
    let app = [(2, Some(5_000.0)), (0, None), (2, Some(7_500.0))];
    let found = rows(&after);
    assert_eq!(found[0], ("app".to_owned(), app.to_vec()));
    assert_eq!(found[3], ("fair".to_owned(), vec![(0, None), (0, None), (0, None)]));
    // What is not said of the web makes nobody cheaper.
    assert_eq!(found[4].1, [(2, Some(5_000.0)), (2, None), (4, Some(8_500.0))]);
}

#[test]
fn a_cost_is_taken_back_and_none_is_said_of_a_part_of_the_customers() {
    let mut desk = Desk::new();
    desk.import(ORDERS);
    say(&mut desk, "2026-02-01", "web", Some("12.5"));
    let lens = as_of("2026-02-28");
    let web = |view: &AcquireView| view.channels.iter().find(|it| it.channel == "web").cloned();
    assert_eq!(web(&acquire(&mut desk, lens.clone())).unwrap().total.cost_each, Some(1_250.0));
    say(&mut desk, "2026-02-01", "web", None);
    assert_eq!(web(&acquire(&mut desk, lens)).unwrap().total.cost, None);
}

#[test]
fn the_wait_for_a_first_order_begins_with_the_earliest_list() {
    let mut desk = Desk::new();
    desk.import(ORDERS);
    let contacts = "email,first name,last name,created at\n\
        ann@example.com,Ann,One,2026-01-02\n\
        ben@example.com,Ben,Two,2026-01-13\n\
        zoe@example.com,Zoe,Six,2026-01-13\n";
    desk.import(contacts);
    let view = acquire(&mut desk, as_of("2026-02-28"));
    // 3 and 7 days; Zoe has not bought.
    assert_eq!(view.channels[0].days_to_first, Some(5.0));
    assert_eq!(view.all.days_to_first, Some(5.0));
    assert_eq!(view.channels[1].days_to_first, None);
}
