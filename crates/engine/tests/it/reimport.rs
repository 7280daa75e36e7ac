//! The same file, a newer one, an overlapping one, another shop's.

use super::{Desk, Order, order, table};
use protocol::{Answer, DryRun, FileReport, Inspection, Request, Response};

fn ten() -> Vec<Order> {
    let names = ["ann", "ben", "cleo"];
    (0..10).map(|n| order(1000 + n, names[n % 3], &format!("2026-10-{:02}", 1 + n), 20.0)).collect()
}

fn run(new: u32, updated: u32, identical: u32) -> DryRun {
    DryRun { new, updated, identical, clashing: 0 }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let mut desk = Desk::new();
    desk.import(&table(&ten()));
    let (report, stored) = (desk.report(), desk.backend.stored_bytes());
    let inspection = desk.inspect(&[("again.csv", table(&ten()).as_bytes())]);
    assert!(inspection.files[0].already_imported_ms.is_some());
    let summary = desk.confirm().unwrap();
    assert_eq!((summary.dry_run, summary.batches.len()), (run(0, 0, 10), 0));
    assert_eq!((desk.report(), desk.backend.stored_bytes()), (report, stored));
    assert_eq!(desk.shop().batches.len(), 1);
}

#[test]
fn the_same_file_twice_in_one_drop_counts_once() {
    let (mut desk, file) = (Desk::new(), table(&ten()));
    let inspection = desk.inspect(&[("one.csv", file.as_bytes()), ("two.csv", file.as_bytes())]);
    let repeated: Vec<Option<&str>> =
        inspection.files.iter().map(|it| it.same_as.as_deref()).collect();
    assert_eq!(repeated, [None, Some("one.csv")]);
    assert!(inspection.files.iter().all(|it| it.already_imported_ms.is_none()));
    let summary = desk.confirm().unwrap();
    assert_eq!((summary.dry_run, summary.batches.len()), (run(10, 0, 10), 1));
    assert_eq!(desk.figures().totals.valid_orders, 10);
}

#[test]
fn a_newer_export_of_the_same_orders_changes_what_changed() {
    let mut desk = Desk::new();
    desk.import(&table(&ten()));
    assert_eq!(desk.figures().totals.net, 20_000);
    let mut newer = ten();
    newer[3].status = "refunded";
    let summary = desk.import(&table(&newer));
    assert_eq!(summary.dry_run, run(0, 1, 9));
    let totals = desk.figures().totals;
    assert_eq!((totals.orders, totals.valid_orders, totals.net), (10, 9, 18_000));
}

#[test]
fn an_overlapping_export_joins_and_never_adds() {
    let mut desk = Desk::new();
    desk.import(&table(&ten()));
    let mut later = ten().split_off(5);
    later.extend((0..5).map(|n| order(1010 + n, "dora", "2026-10-20", 10.0)));
    let summary = desk.import(&table(&later));
    assert_eq!(summary.dry_run, run(5, 0, 5));
    let totals = desk.figures().totals;
    assert_eq!((totals.orders, totals.customers, totals.net), (15, 4, 25_000));
}

#[test]
fn overlapping_files_of_one_drop_are_compared_with_each_other() {
    let mut desk = Desk::new();
    let (first, mut second) = (ten(), ten().split_off(5));
    second[0].status = "refunded";
    second.push(order(1010, "dora", "2026-10-20", 10.0));
    let (first, second) = (table(&first), table(&second));
    let files = desk.inspect(&[("a.csv", first.as_bytes()), ("b.csv", second.as_bytes())]).files;
    assert_eq!((files[0].dry_run, files[1].dry_run), (run(10, 0, 0), run(1, 1, 4)));
    assert_eq!(desk.confirm().unwrap().dry_run, run(11, 1, 4));
    assert_eq!(desk.figures().totals.net, 19_000);
}

/// Another shop's orders under the same numbers.
fn clashing() -> Vec<Order> {
    let names = ["xena", "yuri", "zoe"];
    (0..10).map(|n| order(1000 + n, names[n % 3], &format!("2025-03-{:02}", 1 + n), 30.0)).collect()
}

#[test]
fn another_shops_numbers_are_kept_apart() {
    let mut desk = Desk::new();
    desk.import(&table(&ten()));
    let inspection = desk.inspect(&[("other.csv", table(&clashing()).as_bytes())]);
    let file = &inspection.files[0];
    assert_eq!(file.dry_run, DryRun { clashing: 10, ..run(10, 0, 0) });
    assert_eq!(file.questions.len(), 1);
    assert_eq!(file.questions[0].code, "other_shop");
    assert_eq!(choices(file), [("another", ""), ("same", "")]);
    desk.confirm().unwrap();
    let totals = desk.figures().totals;
    assert_eq!((totals.orders, totals.customers, totals.net), (20, 6, 50_000));
    // Each shop's newer export finds its own.
    for (orders, changed) in [(ten(), 19_00), (clashing(), 29_00)] {
        let mut newer = orders;
        newer[0].total = f64::from(changed) / 100.0;
        assert_eq!(desk.import(&table(&newer)).dry_run, run(0, 1, 9));
    }
    assert_eq!(desk.figures().totals.net, 49_800);
}

#[test]
fn the_user_may_say_that_it_is_the_same_shop() {
    let mut desk = Desk::new();
    desk.import(&table(&ten()));
    desk.inspect(&[("other.csv", table(&clashing()).as_bytes())]);
    let inspection = answered(&mut desk, &[(0, "same")]);
    assert_eq!(choices(&inspection.files[0]), [("same", ""), ("another", "")]);
    let summary = desk.confirm().unwrap();
    assert_eq!(summary.dry_run, DryRun { clashing: 10, ..run(0, 10, 0) });
    let totals = desk.figures().totals;
    assert_eq!((totals.orders, totals.buyers, totals.net), (10, 3, 30_000));
}

#[test]
fn two_shops_in_one_drop_are_told_apart() {
    let mut desk = Desk::new();
    let (one, other) = (table(&ten()), table(&clashing()));
    let files = desk.inspect(&[("a.csv", one.as_bytes()), ("b.csv", other.as_bytes())]).files;
    assert_eq!((files[0].questions.len(), files[1].questions.len()), (0, 1));
    desk.confirm().unwrap();
    assert_eq!(desk.figures().totals.net, 50_000);
}

fn choices(file: &FileReport) -> Vec<(&str, &str)> {
    let [question] = &file.questions[..] else { panic!("{:?}", file.questions) };
    assert_eq!(question.code, "other_shop");
    question.choices.iter().map(|it| (it.code.as_str(), it.detail.as_str())).collect()
}

/// Says of some files of the drop whose they are.
fn answered(desk: &mut Desk, choices: &[(u32, &str)]) -> Inspection {
    let answer = |&(file, choice): &(u32, &str)| Answer {
        file,
        question: "other_shop".to_owned(),
        choice: choice.to_owned(),
    };
    match desk.ask(Request::Answer(choices.iter().map(answer).collect())) {
        Response::Inspection(inspection) => inspection,
        other => panic!("{other:?}"),
    }
}

/// Two shops that use the same numbers, `ten` of the first and `clashing` of the second.
fn two_shops() -> Desk {
    let mut desk = Desk::new();
    for (name, orders) in [("tea.csv", ten()), ("wool.csv", clashing())] {
        desk.inspect(&[(name, table(&orders).as_bytes())]);
        desk.confirm().unwrap();
    }
    desk
}

/// Orders of the second shop under numbers that nobody knows yet; one of them is sent again later.
fn news(first: u32) -> String {
    table(&[first, first + 1].map(|n| order(n, "xena", "2026-10-30", 30.0)))
}

#[test]
fn whose_new_numbers_are_is_asked_where_two_shops_are_known() {
    let shops = [("shop_0", "tea.csv"), ("shop_1", "wool.csv"), ("another", "")];
    for (answer, first_choice, key_of) in
        [(None, 0, ten()), (Some("shop_1"), 1, clashing()), (Some("another"), 2, Vec::new())]
    {
        let mut desk = two_shops();
        let (files, file) = (desk.shop().batches.len(), news(2000));
        let asked = desk.inspect(&[("new.csv", file.as_bytes())]);
        assert_eq!(choices(&asked.files[0]), shops);
        assert_eq!(asked.files[0].questions[0].detail, "");
        if let Some(answer) = answer {
            let again = answered(&mut desk, &[(0, answer)]);
            assert_eq!(choices(&again.files[0])[0], shops[first_choice]);
        }
        assert_eq!(
            (desk.confirm().unwrap().dry_run, desk.shop().batches.len()),
            (run(2, 0, 0), files + 1)
        );
        // Both belong together from now on: a file with orders of both needs no question.
        let mut both = key_of;
        both.push(order(2000, "xena", "2026-10-30", 31.0));
        let known = desk.inspect(&[("both.csv", table(&both).as_bytes())]);
        let expected = run(0, 1, both.len() as u32 - 1);
        assert_eq!((known.files[0].dry_run, known.files[0].questions.len()), (expected, 0));
    }
}

#[test]
fn each_file_of_a_drop_has_its_own_answer() {
    let mut desk = two_shops();
    let (one, other) = (news(2000), news(3000));
    desk.inspect(&[("a.csv", one.as_bytes()), ("b.csv", other.as_bytes())]);
    let files = answered(&mut desk, &[(1, "shop_1")]).files;
    assert_eq!((choices(&files[0])[0].0, choices(&files[1])[0].0), ("shop_0", "shop_1"));
    desk.confirm().unwrap();
    assert_eq!(desk.figures().totals.orders, 24);
}

#[test]
fn what_has_become_doubtful_since_is_asked_and_not_stored() {
    let mut desk = Desk::new();
    desk.import(&table(&ten()));
    let mut other = Desk::open(desk.place.clone(), desk.backend.clone());
    let file = news(2000);
    assert!(desk.inspect(&[("new.csv", file.as_bytes())]).files[0].questions.is_empty());
    // Another tab brings a second shop in.
    other.inspect(&[("wool.csv", table(&clashing()).as_bytes())]);
    other.confirm().unwrap();
    pollster::block_on(desk.engine.refresh());
    let Ok(Response::Inspection(asked)) = desk.try_ask(Request::Import) else { panic!() };
    assert_eq!(choices(&asked.files[0]).len(), 3);
    assert_eq!(desk.shop().batches.len(), 2);
    // The user has seen the question: now it is stored.
    assert_eq!(desk.confirm().unwrap().dry_run, run(2, 0, 0));
}

#[test]
fn a_file_is_read_again_when_the_shops_currency_changed_since() {
    let mut desk = Desk::new();
    desk.import(&table(&ten()));
    let unnamed = "order_id,customer_email,ordered_at,total\n1,ann@example.com,2026-10-01,12.50\n";
    desk.inspect(&[("unnamed.csv", unnamed.as_bytes())]);
    let dinar = model::Currency::from_code("KWD").unwrap();
    desk.ask(Request::EditShop(protocol::ShopEdit::Currency(Some(dinar))));
    desk.confirm().unwrap();
    assert_eq!(desk.figures().totals.net, 12_500);
}

#[test]
fn an_import_after_a_change_of_the_data_is_compared_again() {
    let mut desk = Desk::new();
    let first = desk.import(&table(&ten())).batches[0];
    desk.inspect(&[("again.csv", table(&ten()).as_bytes())]);
    desk.ask(Request::Undo(first));
    assert_eq!(desk.confirm().unwrap().dry_run, run(10, 0, 0));
    assert_eq!(desk.figures().totals.net, 20_000);
}

#[test]
fn what_a_newer_file_does_not_know_of_a_customer_stays_known() {
    let mut desk = Desk::new();
    let with =
        |number: u32, name, phone| Order { name, phone, ..order(number, "ann", "2026-10-01", 5.0) };
    desk.import(&table(&[with(1, "Ann Lee", "(212) 555-0142")]));
    desk.import(&table(&[with(2, "", "")]));
    desk.import(&table(&[with(3, "Ann Fox", "")]));
    let page = desk.list(super::searched(""));
    let row = &page.rows[0];
    assert_eq!((page.total, row.orders), (1, 3));
    assert_eq!((row.name.as_str(), row.phone.as_str()), ("Ann Fox", "+12125550142"));
}

#[test]
fn a_newer_export_with_other_lines_discount_or_channel_changes_the_order() {
    let file = |discount: &str, channel: &str, sku: &str, price: &str, quantity: u32| {
        format!(
            "order_id,customer_email,ordered_at,total,currency,status,discount,channel,sku,product_name,price,quantity\n\
             1,ann@example.com,2026-10-01 12:00:00,20.00,USD,paid,{discount},{channel},{sku},Tea,{price},{quantity}\n\
             2,ben@example.com,2026-10-02 12:00:00,20.00,USD,paid,1.00,web,POT,Pot,10.00,2\n"
        )
    };
    let first = file("1.00", "web", "TEA", "10.00", 2);
    for (newer, changed) in [
        (
            first.clone()
                + "3,ann@example.com,2026-10-03 12:00:00,5.00,USD,paid,0.00,web,CUP,Cup,5.00,1\n",
            0,
        ),
        (file("2.00", "web", "TEA", "10.00", 2), 1),
        (file("1.00", "app", "TEA", "10.00", 2), 1),
        (file("1.00", "web", "CUP", "10.00", 2), 1),
        (file("1.00", "web", "TEA", "20.00", 1), 1),
        (file("1.00", "web", "TEA", "10.00", 1), 1),
    ] {
        let mut desk = Desk::new();
        desk.import(&first);
        let new = u32::from(changed == 0);
        assert_eq!(desk.import(&newer).dry_run, run(new, changed, 2 - changed), "{newer}");
    }
}
