//! Orders whose facts stand in several files: together they are as one table, in whatever sequence
//! they come, and whichever is taken back.

use super::Desk;
use super::kinds::{NONE, differences, everything, imported_in};
use proptest::prelude::*;
use protocol::{CustomerFilter, DryRun, FileReport, Lens, Request};
use std::fmt::Write as _;

/// An order of a shop whose export is several tables.
#[derive(Clone, Debug)]
struct Order {
    number: u32,
    person: usize,
    /// Days and seconds after the shop's first day.
    at: (u32, u32),
    status: &'static str,
    /// Cents of price and freight, and the product.
    items: Vec<(u32, u32, u32)>,
}

impl Order {
    fn city(&self) -> (&'static str, &'static str) {
        [("sao paulo", "SP"), ("campinas", "SP"), ("rio de janeiro", "RJ")]
            [self.number as usize % 3]
    }

    fn placed(&self) -> String {
        let (day, second) = self.at;
        let day = super::day("2026-09-01").plus_days(day as i32);
        format!("{day} {:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
    }
}

fn money(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The tables as they are published.
struct Tables {
    orders: String,
    items: String,
    payments: String,
    customers: String,
    /// Joined into one.
    joined: String,
}

impl Tables {
    fn of(orders: &[Order]) -> Tables {
        let mut tables = Tables {
            orders: "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at\n"
                .to_owned(),
            items: "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n"
                .to_owned(),
            payments: "order_id,payment_sequential,payment_type,payment_installments,payment_value\n"
                .to_owned(),
            customers: "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\n"
                .to_owned(),
            joined: "order_id,order_item_id,customer_id,customer_unique_id,order_status,order_purchase_timestamp,product_id,price,freight_value,customer_city,customer_state\n"
                .to_owned(),
        };
        for order in orders {
            tables.add(order);
        }
        tables
    }

    fn add(&mut self, order: &Order) {
        let Order { number, person, status, items, .. } = order;
        let (placed, (city, state)) = (order.placed(), order.city());
        let _ = writeln!(self.orders, "o{number},c{number},{status},{placed},");
        let _ = writeln!(self.customers, "c{number},u{person},01001,{city},{state}");
        let mut paid = 0;
        for (at, (price, freight, product)) in items.iter().enumerate() {
            let (at, price_text, freight_text) = (at + 1, money(*price), money(*freight));
            let _ = writeln!(
                self.items,
                "o{number},{at},p{product},s1,{placed},{price_text},{freight_text}"
            );
            let _ = writeln!(
                self.joined,
                "o{number},{at},c{number},u{person},{status},{placed},p{product},{price_text},{freight_text},{city},{state}"
            );
            paid += price + freight;
        }
        if items.is_empty() {
            let _ = writeln!(
                self.joined,
                "o{number},,c{number},u{person},{status},{placed},,,,{city},{state}"
            );
        } else {
            // Instalments cost more than the goods: it must not count.
            let _ = writeln!(self.payments, "o{number},1,voucher,1,{}", money(paid / 3));
            let _ = writeln!(
                self.payments,
                "o{number},2,credit_card,3,{}",
                money(paid - paid / 3 + 11)
            );
        }
    }

    fn published(&self) -> [&String; 4] {
        [&self.orders, &self.items, &self.payments, &self.customers]
    }
}

fn shop() -> impl Strategy<Value = Vec<Order>> {
    let item = (100..9_000_u32, 0..900_u32, 0..6_u32);
    let one =
        (0..5_usize, (0..60_u32, 0..86_400_u32), 0..6_usize, prop::collection::vec(item, 0..4));
    prop::collection::vec(one, 1..12).prop_map(|orders| {
        let order = |(number, (person, at, status, items)): (usize, (usize, _, usize, Vec<_>))| {
            let states =
                ["delivered", "shipped", "invoiced", "unavailable", "canceled", "delivered"];
            Order { number: number as u32, person, at, status: states[status], items }
        };
        let mut orders: Vec<Order> = orders.into_iter().enumerate().map(order).collect();
        // A table of items without any is refused, and then nobody knows what orders are worth.
        if orders.iter().all(|it| it.items.is_empty()) {
            orders[0].items.push((100, 0, 0));
        }
        orders
    })
}

/// The files in a shop of their currency, and by file its import.
fn imported(files: &[&String]) -> (Desk, Vec<Option<u32>>) {
    imported_in(model::Currency::from_code("BRL").unwrap(), files)
}

/// All that follows from some files.
fn figures(files: &[&String]) -> Vec<String> {
    everything(&mut imported(files).0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn published_tables_are_as_the_joined_one(
        orders in shop(),
        sequence in Just([0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let tables = Tables::of(&orders);
        let files = sequence.map(|at| tables.published()[at]);
        let expected = figures(&[&tables.joined]);
        prop_assert_eq!(differences(&figures(&files), &expected), NONE);
        // In one drop, too, and beside the joined table: nothing counts twice.
        let mut desk = imported(&[]).0;
        desk.inspect(&files.map(|file| ("table.csv", file.as_bytes())));
        desk.confirm().unwrap();
        prop_assert_eq!(differences(&everything(&mut desk), &expected), NONE);
        let beside = [files[0], files[1], &tables.joined, files[2], files[3]];
        prop_assert_eq!(differences(&figures(&beside), &expected), NONE);
    }

    #[test]
    fn a_table_that_is_taken_back_leaves_no_trace(
        (orders, others) in (shop(), shop()),
        (sequence, undone) in (Just([0_usize, 1, 2, 3, 4]).prop_shuffle(), 0..5_usize),
    ) {
        let (tables, others) = (Tables::of(&orders), Tables::of(&others));
        // A newer table of the items beside the four.
        let [a, b, c, d] = tables.published();
        prop_assume!(others.items != tables.items);
        let all = [a, b, c, d, &others.items];
        let files = sequence.map(|at| all[at]);
        let (mut desk, batches) = imported(&files);
        if let Some(batch) = batches[undone] {
            desk.ask(Request::Undo(batch));
        }
        let left: Vec<&String> =
            files.iter().enumerate().filter(|(at, _)| *at != undone).map(|it| *it.1).collect();
        let alone = figures(&left);
        prop_assert_eq!(differences(&everything(&mut desk), &alone), NONE);
        prop_assert_eq!(differences(&everything(&mut desk.reopened()), &alone), NONE);
    }
}

fn two_orders() -> Tables {
    let order = |number, person, status, items: &[(u32, u32, u32)]| Order {
        number,
        person,
        at: (number, 36_000),
        status,
        items: items.to_vec(),
    };
    Tables::of(&[
        order(1, 7, "delivered", &[(1_000, 250, 1), (2_000, 250, 2)]),
        order(2, 7, "shipped", &[(500, 100, 1)]),
        order(3, 8, "canceled", &[]),
    ])
}

fn desk() -> Desk {
    imported(&[]).0
}

/// Files with the sentences that say what is missing beside them.
fn missing(files: &[FileReport]) -> Vec<Vec<&str>> {
    let codes = |file: &FileReport| -> usize {
        file.warnings.iter().filter(|it| it.code.contains("_without_")).count()
    };
    let said = files.iter().map(|file| {
        let first = &file.warnings[..codes(file)];
        assert!(file.grave as usize >= first.len(), "{:?}", file.warnings);
        // They stand first.
        first.iter().map(|it| it.code.as_str()).collect()
    });
    said.collect()
}

#[test]
fn each_table_says_what_is_missing_until_it_is_there() {
    let tables = two_orders();
    let [orders, items, payments, customers] = tables.published();
    for (file, expected) in [
        (orders, &["orders_without_amounts", "orders_without_customers"][..]),
        (items, &["amounts_without_orders"]),
        (payments, &["amounts_without_orders"]),
        (customers, &["customers_without_orders"]),
    ] {
        let mut desk = desk();
        let found = desk.inspect(&[("table.csv", file.as_bytes())]);
        assert_eq!(missing(&found.files), [expected.to_vec()]);
        assert!(found.files[0].questions.is_empty(), "{:?}", found.files[0].questions);
        desk.confirm().unwrap();
        let totals = desk.figures().totals;
        assert_eq!((totals.orders, totals.customers, totals.net), (0, 0, 0));
        assert!(!desk.shop().empty);
    }
    // In one drop any of them brings it, whichever stands first.
    let mut desk = desk();
    let found = desk.inspect(&[("c.csv", customers.as_bytes()), ("o.csv", orders.as_bytes())]);
    assert_eq!(missing(&found.files), [vec![], vec!["orders_without_amounts"]]);
    desk.confirm().unwrap();
    let found = desk.inspect(&[("p.csv", payments.as_bytes())]);
    assert_eq!(missing(&found.files), [Vec::<&str>::new()]);
}

#[test]
fn amounts_are_of_the_items_or_else_of_the_payments_and_never_of_both() {
    let tables = two_orders();
    let [orders, items, payments, customers] = tables.published();
    let mut desk = desk();
    let mut nets = Vec::new();
    let mut batches = Vec::new();
    for file in [orders, payments, items, customers] {
        desk.inspect(&[("table.csv", file.as_bytes())]);
        batches.extend(desk.confirm().unwrap().batches);
        let totals = desk.figures().totals;
        nets.push((totals.orders, totals.buyers, totals.net));
    }
    // Payments have 11 cents of instalments on each order. The customers come last. An order that was
    // cancelled after the last that counts is known, and beyond the day that figures are of.
    assert_eq!(nets, [(0, 0, 0), (2, 0, 4_122), (2, 0, 4_100), (2, 1, 4_100)]);
    assert_eq!(desk.shop().orders, 3);
    desk.ask(Request::Undo(batches[2]));
    assert_eq!(desk.figures().totals.net, 4_122);
    desk.ask(Request::Undo(batches[1]));
    assert_eq!(desk.figures().totals.orders, 0);
}

#[test]
fn the_dry_run_of_a_table_tells_what_it_adds_to_others() {
    let tables = two_orders();
    let [orders, items, _, customers] = tables.published();
    let mut desk = desk();
    let run = |new, updated, identical| DryRun { new, updated, identical, clashing: 0 };
    for (file, expected) in [
        (orders, run(3, 0, 0)),
        (items, run(0, 2, 0)),
        (customers, run(0, 3, 0)),
        (&items.replace(",5.00,", ",6.00,"), run(0, 1, 1)),
        (&format!("{orders}o9,c9,delivered,2026-11-01 10:00:00,\n"), run(1, 0, 3)),
        (&customers.replace("campinas", "santos"), run(0, 1, 2)),
    ] {
        let found = desk.inspect(&[("table.csv", file.as_bytes())]);
        assert_eq!(found.files[0].dry_run, expected, "{file}");
        assert_eq!(desk.confirm().unwrap().dry_run, expected);
    }
    assert_eq!(desk.figures().totals.net, 4_200);
}

#[test]
fn reviews_find_their_orders_among_tables_of_the_same_drop() {
    let tables = two_orders();
    let [orders, items, _, customers] = tables.published();
    let reviews = "review_id,order_id,review_score,review_comment_message,review_creation_date\n\
                   r1,o1,5,good,2026-09-10 00:00:00\nr2,o2,1,late,2026-09-11 00:00:00\n\
                   r3,o99,3,,2026-09-11 00:00:00\n";
    let mut desk = desk();
    let files = [orders, items, customers].map(|file| ("table.csv", file.as_bytes()));
    let files = [&files[..], &[("reviews.csv", reviews.as_bytes())]].concat();
    let found = desk.inspect(&files);
    let links = &found.files[3].links;
    assert_eq!((links.orders, links.orphans), (2, 1));
    desk.confirm().unwrap();
    let shop = desk.shop();
    assert_eq!((shop.orders, shop.customers, shop.orphans), (3, 2, 1));
    assert_eq!(desk.figures().totals.net, 4_100);
}

#[test]
fn a_file_without_lines_keeps_those_that_another_has_of_its_orders() {
    let items = "Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Order ID,SKU\n\
                 11/02/26,Mug,ann,1,20.00,,5.00,1.00,20.00,USD,t1,l1,1001,MUG\n\
                 11/02/26,Bowl,ann,1,30.00,,5.00,1.00,30.00,USD,t2,l2,1001,BOWL\n";
    let orders = "Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Order Value,Discount Amount,Shipping,Sales Tax,Order Total,Status,Buyer,Currency\n\
                  11/02/26,1001,9,Ann Lee,2,50.00,0.00,5.00,1.00,56.00,,ann,USD\n\
                  11/03/26,1002,8,Ben Ode,1,10.00,0.00,0.00,0.00,10.00,,ben,USD\n";
    let (mut first, batches) =
        imported_in(model::Currency::USD, &[&items.to_owned(), &orders.to_owned()]);
    assert_eq!(first.figures().totals.net, 6_600);
    let lines = |desk: &mut Desk| {
        let page = desk.list(super::everyone(&Lens::default(), CustomerFilter::default()));
        let of = |id| match desk.ask(Request::Customer(id, Lens::default())) {
            protocol::Response::Customer(view) => format!("{view:?}").matches("Mug").count(),
            other => panic!("{other:?}"),
        };
        page.rows.iter().map(|row| row.id).collect::<Vec<_>>().into_iter().map(of).sum::<usize>()
    };
    assert!(lines(&mut first) > 0);
    // The file that has them is taken back, and comes again.
    first.ask(Request::Undo(batches[0].unwrap()));
    assert_eq!(lines(&mut first), 0);
    first.inspect(&[("items.csv", items.as_bytes())]);
    first.confirm().unwrap();
    assert!(lines(&mut first) > 0);
}
