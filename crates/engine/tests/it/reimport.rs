//! The same file, a newer one, an overlapping one, another shop's.

use super::{Desk, Order, order, table};
use protocol::{DryRun, Request, Response};

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
    let repeated: Vec<bool> =
        inspection.files.iter().map(|it| it.already_imported_ms.is_some()).collect();
    assert_eq!(repeated, [false, true]);
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
    assert_eq!(file.questions[0].choices, ["another", "same"]);
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
    let answer = vec![("other_shop".to_owned(), "same".to_owned())];
    let Response::Inspection(inspection) = desk.ask(Request::Answer(answer)) else { panic!() };
    assert_eq!(inspection.files[0].questions[0].choices, ["same", "another"]);
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
