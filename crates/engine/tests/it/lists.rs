//! The customer list and the edits of customers.

use super::{Desk, Order, order, searched, sorted, table, trade};
use model::CustomerId;
use protocol::{
    CustomerEdit, CustomerQuery, CustomerRow, CustomerSort, Language, Lens, Problem, Request,
    Response,
};

fn known(number: u32, who: &str, name: &'static str, phone: &'static str) -> Order {
    Order { name, phone, ..order(format!("#{number}"), who, "2026-10-01", f64::from(number)) }
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.import(&table(&[
        known(1001, "ann.lee", "Ann Lee", "(212) 555-0142"),
        known(1002, "ben", "Ben Lee-Fox", "+1 415 555 0147"),
        known(1003, "zhang", "张三丰", "'+8613800138000"),
        known(1004, "muller", "Jörg MÜLLER", ""),
        known(1005, "", "", "646-555-0188"),
    ]));
    desk
}

fn found(desk: &mut Desk, text: &str) -> Vec<u64> {
    let mut rows: Vec<u64> =
        desk.list(searched(text)).rows.iter().map(|it| it.net as u64 / 100).collect();
    rows.sort_unstable();
    rows
}

#[test]
fn customers_are_found_by_any_part_of_what_is_known() {
    let mut desk = desk();
    for (text, expected) in [
        ("", vec![1001, 1002, 1003, 1004, 1005]),
        ("  ", vec![1001, 1002, 1003, 1004, 1005]),
        ("555", vec![1001, 1002, 1005]),
        ("5550142", vec![1001]),
        ("(212) 555-0142", vec![1001]),
        ("212-555", vec![1001]),
        ("+1 212", vec![1001]),
        ("138 0013", vec![1003]),
        ("lee", vec![1001, 1002]),
        ("LEE ann", vec![1001]),
        ("ann.lee@ex", vec![1001]),
        ("fox@", vec![]),
        ("三丰", vec![1003]),
        ("müller", vec![1004]),
        ("ＭÜＬＬＥＲ", vec![1004]),
        ("#1003", vec![1003]),
        ("1004", vec![1004]),
        ("100", vec![]),
        ("nobody", vec![]),
    ] {
        assert_eq!(found(&mut desk, text), expected, "{text:?}");
    }
}

#[test]
fn a_word_does_not_reach_from_one_customer_into_the_next() {
    let mut desk = Desk::new();
    desk.import(&table(&[known(1, "a", "Ann", "2125550142"), known(2, "b", "Ben", "2125550199")]));
    for text in ["42\nb", "0142ben", "annb", "annben"] {
        assert!(found(&mut desk, text).is_empty(), "{text:?}");
    }
}

#[test]
fn an_edited_name_is_shown_and_found() {
    let mut desk = desk();
    let id = desk.list(searched("三丰")).rows[0].id;
    desk.ask(Request::EditCustomer(id, CustomerEdit::Name(" Zhang Sanfeng ".to_owned())));
    desk.ask(Request::EditCustomer(id, CustomerEdit::Note("likes oolong\n".to_owned())));
    for _ in 0..2 {
        // The name of the file still finds them.
        for text in ["sanfeng", "三丰"] {
            assert_eq!(found(&mut desk, text), [1003], "{text}");
        }
        let Response::Customer(view) = desk.ask(Request::Customer(id, Lens::default())) else {
            panic!()
        };
        assert_eq!((view.row.name.as_str(), view.note.as_str()), ("Zhang Sanfeng", "likes oolong"));
        desk = desk.reopened();
    }
    // A file that comes later does not undo a person's word; an empty name does.
    desk.import(&table(&[known(1006, "zhang", "Zhang", "")]));
    assert_eq!(desk.list(searched("zhang")).rows[0].name, "Zhang Sanfeng");
    desk.ask(Request::EditCustomer(id, CustomerEdit::Name(String::new())));
    assert_eq!(desk.list(searched("zhang")).rows[0].name, "Zhang");
}

#[test]
fn whom_nobody_knows_is_not_found() {
    let mut desk = desk();
    let id = CustomerId(7);
    for request in [
        Request::Customer(id, Lens::default()),
        Request::EditCustomer(id, CustomerEdit::Note("?".to_owned())),
    ] {
        assert_eq!(desk.try_ask(request), Err(Problem::NotFound));
    }
    let ann = desk.list(searched("ann")).rows[0].id;
    let long = CustomerEdit::Note("x".repeat(10_001));
    let refused = desk.try_ask(Request::EditCustomer(ann, long));
    assert_eq!(refused, Err(Problem::TooLong(10_000)));
}

/// What a row is sorted by, as text that sorts alike; `None`: without.
fn key(sort: CustomerSort, row: &CustomerRow) -> Option<i64> {
    match sort {
        CustomerSort::Net => Some(row.net),
        CustomerSort::Orders => Some(row.orders.into()),
        CustomerSort::OrderValue => row.net.checked_div(row.orders.into()),
        CustomerSort::FirstOrder => row.first_order.map(|day| day.number().into()),
        CustomerSort::LastOrder => row.last_order.map(|day| day.number().into()),
        // The e-mails are c1@… to c60@…: as texts they sort by their digits from the left.
        CustomerSort::Contact => {
            let first = row.email.bytes().take(3);
            Some(first.fold(0, |sum, byte| sum * 256 + i64::from(byte)))
        }
        CustomerSort::Group => row.group.map(|it| it as i64),
        CustomerSort::Tier => row.tier.map(|it| it as i64),
        CustomerSort::Rfm => {
            let [r, f, m] = row.rfm.map(i64::from);
            (r > 0).then_some(r * 100 + f * 10 + m)
        }
        CustomerSort::Name => Some(row.email[1..].split('@').next().unwrap().parse().unwrap()),
    }
}

#[test]
fn lists_are_sorted_both_ways_and_equals_keep_their_place() {
    let mut desk = Desk::new();
    let mut orders = trade(60);
    // Two rows in a row have the same figures; some have never bought.
    for order in &mut orders {
        order.total = 25.0;
        if order.number.starts_with("T5") {
            order.status = "pending";
        }
    }
    desk.import(&table(&orders));
    let records: Vec<CustomerId> =
        desk.scores().iter().map(|row| CustomerId::parse(&row["customer_id"]).unwrap()).collect();
    let place = |row: &CustomerRow| records.iter().position(|id| *id == row.id).unwrap();
    for sort in [
        CustomerSort::Net,
        CustomerSort::Orders,
        CustomerSort::OrderValue,
        CustomerSort::FirstOrder,
        CustomerSort::LastOrder,
        CustomerSort::Contact,
        CustomerSort::Group,
        CustomerSort::Rfm,
        CustomerSort::Tier,
    ] {
        for descending in [false, true] {
            let rows = desk.list(sorted(sort, descending)).rows;
            assert_eq!(rows.len(), 60);
            let in_order = rows.is_sorted_by(|one, next| match (key(sort, one), key(sort, next)) {
                (Some(a), Some(b)) if a == b => place(one) < place(next),
                (Some(a), Some(b)) => (a < b) != descending,
                (a, b) => a.is_some() || (b.is_none() && place(one) < place(next)),
            });
            assert!(in_order, "{sort:?} {descending}");
        }
    }
}

#[test]
fn names_are_sorted_without_regard_to_case_and_equals_keep_their_place() {
    let mut desk = Desk::new();
    let names = ["bob", "Ann", "ann", "BOB", "Cleo"];
    let orders: Vec<Order> =
        (0..5).map(|n| known(n + 1, &format!("c{n}"), names[n as usize], "")).collect();
    desk.import(&table(&orders));
    for (descending, expected) in [
        (false, ["Ann", "ann", "bob", "BOB", "Cleo"]),
        (true, ["Cleo", "bob", "BOB", "Ann", "ann"]),
    ] {
        let page = desk.list(sorted(CustomerSort::Name, descending));
        let found: Vec<&str> = page.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn names_stand_in_the_order_of_the_readers_language() {
    let mut desk = Desk::new();
    let names = ["张三", "Zoe", "王五", "李四", "ann", "张三"];
    let orders: Vec<Order> =
        (0..6).map(|n| known(n + 1, &format!("c{n}"), names[n as usize], "")).collect();
    desk.import(&table(&orders));
    let by_name = |language| CustomerQuery { language, ..sorted(CustomerSort::Name, false) };
    let shown = |desk: &mut Desk, language| -> Vec<String> {
        desk.list(by_name(language)).rows.into_iter().map(|row| row.name).collect()
    };
    for (language, expected) in [
        (Language::Chinese, ["ann", "Zoe", "李四", "王五", "张三", "张三"]),
        (Language::English, ["ann", "Zoe", "张三", "张三", "李四", "王五"]),
        (Language::Chinese, ["ann", "Zoe", "李四", "王五", "张三", "张三"]),
    ] {
        assert_eq!(shown(&mut desk, language), expected);
        assert_eq!(desk.place.sorted(), 1, "{language:?}");
    }
    // What changes no name needs no sorting; a new name does.
    let ann = desk.list(searched("ann")).rows[0].id;
    for (edit, times, first) in [
        (CustomerEdit::Note("tea".to_owned()), 0, "ann"),
        (CustomerEdit::Name("李四".to_owned()), 0, "Zoe"),
        (CustomerEdit::Name("Bea".to_owned()), 1, "Bea"),
    ] {
        desk.ask(Request::EditCustomer(ann, edit));
        assert_eq!(shown(&mut desk, Language::Chinese)[0], first);
        assert_eq!(desk.place.sorted(), times, "{first}");
    }
}

#[test]
fn stretches_make_up_the_list() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(60)));
    let whole = desk.list(sorted(CustomerSort::LastOrder, true));
    let mut joined = Vec::new();
    for first_row in [0, 25, 50, 75] {
        let query = CustomerQuery { first_row, rows: 25, ..sorted(CustomerSort::LastOrder, true) };
        let page = desk.list(query);
        assert_eq!((page.total, page.total_net), (60, whole.total_net));
        assert_eq!(page.first_row, first_row.min(60));
        joined.extend(page.rows);
    }
    assert_eq!(joined, whole.rows);
}
