//! Kills, full disks, changes of mind: the old state or the new one.

use super::{Desk, Order, order, table, trade};
use protocol::{Event, Problem, ProgressPhase, Request};
use store::Fault;

fn first() -> String {
    table(&trade(20))
}

/// An export that changes and adds orders.
fn second() -> String {
    let mut orders: Vec<Order> = trade(20).split_off(10);
    orders[0].status = "refunded";
    orders.push(order("new", "dora", "2026-10-20", 10.0));
    table(&orders)
}

#[test]
fn a_kill_during_an_import_leaves_the_old_state_or_the_new_one() {
    let mut desk = Desk::new();
    desk.import(&first());
    let old = desk.report();
    desk.import(&second());
    let new = desk.report();
    let mut seen = [0, 0];
    for fault in [Fault::BeforeCommit, Fault::AfterCommit] {
        for n in 0..5 {
            let mut desk = Desk::new();
            desk.import(&first());
            desk.inspect(&[("second.csv", second().as_bytes())]);
            desk.backend.kill_at_commit(n, fault);
            let done = desk.confirm().is_ok();
            let mut desk = desk.reopened();
            let report = desk.report();
            assert!(report == old || report == new, "{fault:?} {n}");
            assert!(!done || report == new, "{fault:?} {n}");
            seen[usize::from(report == new)] += 1;
            // The import can be made again in either case.
            desk.import(&second());
            assert_eq!(desk.report(), new, "{fault:?} {n}");
        }
    }
    assert!(seen[0] > 0 && seen[1] > 0, "{seen:?}");
}

#[test]
fn after_a_kill_the_engine_still_answers_from_memory() {
    let mut desk = Desk::new();
    let batch = desk.import(&first()).batches[0];
    let report = desk.report();
    desk.inspect(&[("second.csv", second().as_bytes())]);
    desk.backend.kill_at_commit(0, Fault::BeforeCommit);
    assert!(desk.confirm().is_err());
    assert!(desk.try_ask(Request::Undo(batch)).is_err());
    assert!(desk.try_ask(Request::EraseAll).is_err());
    assert_eq!(desk.report(), report);
    assert!(desk.list(super::searched("c1")).total > 0);
}

#[test]
fn a_full_disk_stops_an_import_and_harms_nothing() {
    let mut desk = Desk::new();
    desk.import(&first());
    let report = desk.report();
    desk.inspect(&[("second.csv", second().as_bytes())]);
    desk.backend.set_quota(Some(desk.backend.stored_bytes() + 100));
    match desk.confirm() {
        Err(Problem::StorageFull(needed)) => assert!(needed > 100),
        other => panic!("{other:?}"),
    }
    assert_eq!((desk.report(), desk.shop().batches.len()), (report.clone(), 1));
    desk.backend.set_quota(None);
    let mut desk = desk.reopened();
    assert_eq!(desk.report(), report);
    desk.import(&second());
    assert_ne!(desk.report(), report);
}

/// A small file, one that does not fit with it, and another small one.
fn three_files() -> [(&'static str, String); 3] {
    [
        ("small.csv", table(&[order(1, "ann", "2026-10-01", 5.0)])),
        ("large.csv", table(&trade(400))),
        ("late.csv", table(&[order(2, "ben", "2026-10-02", 7.0)])),
    ]
}

fn inspect_all(desk: &mut Desk, files: &[(&str, String)]) {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    desk.inspect(&files);
}

#[test]
fn of_several_files_those_that_are_stored_can_be_taken_back() {
    let mut desk = Desk::new();
    inspect_all(&mut desk, &three_files());
    desk.backend.set_quota(Some(desk.backend.stored_bytes() + 12_000));
    let summary = desk.confirm().unwrap();
    let unfinished = summary.unfinished.unwrap();
    assert!(matches!(unfinished.problem, Problem::StorageFull(_)));
    assert_eq!(unfinished.not_stored, ["large.csv", "late.csv"]);
    assert_eq!((summary.orders, summary.dry_run.new, summary.batches.len()), (1, 1, 1));
    desk.backend.set_quota(None);
    for _ in 0..2 {
        assert_eq!((desk.shop().orders, desk.figures().totals.net), (1, 500));
        desk = desk.reopened();
    }
    desk.ask(Request::Undo(summary.batches[0]));
    assert!(desk.shop().empty);
}

#[test]
fn a_wish_to_stop_is_heard_between_two_files() {
    let mut desk = Desk::new();
    inspect_all(&mut desk, &three_files());
    desk.place.cancel_after_saving();
    let summary = desk.confirm().unwrap();
    let unfinished = summary.unfinished.unwrap();
    assert_eq!(unfinished.problem, Problem::Cancelled);
    assert_eq!(unfinished.not_stored, ["large.csv", "late.csv"]);
    assert_eq!((desk.shop().orders, summary.batches.len()), (1, 1));
    // Stopped before the first, nothing is stored.
    let mut desk = Desk::new();
    inspect_all(&mut desk, &three_files());
    desk.place.cancel(true);
    assert_eq!(desk.confirm(), Err(Problem::Cancelled));
    assert!(desk.shop().empty);
}

#[test]
fn a_reading_that_is_stopped_stores_nothing() {
    let mut desk = Desk::new();
    let file = table(&trade(20));
    desk.place.cancel(true);
    let files = vec![super::TestFile::new("orders.csv", file.as_bytes())];
    let stopped = pollster::block_on(desk.engine.answer(Request::Inspect, files));
    assert_eq!(stopped, Err(Problem::Cancelled));
    desk.place.cancel(false);
    assert_eq!(desk.confirm(), Err(Problem::NothingToImport));
    assert!(desk.shop().empty);
    desk.inspect(&[("orders.csv", file.as_bytes())]);
    desk.ask(Request::Abandon);
    assert_eq!(desk.confirm(), Err(Problem::NothingToImport));
    assert_eq!(desk.try_ask(Request::Answer(Vec::new())), Err(Problem::NothingToImport));
}

#[test]
fn a_file_that_is_gone_is_named() {
    let mut desk = Desk::new();
    let files = vec![super::TestFile::gone("orders.csv")];
    let refused = pollster::block_on(desk.engine.answer(Request::Inspect, files));
    let (name, detail) = ("orders.csv".to_owned(), "no such file".to_owned());
    assert_eq!(refused, Err(Problem::FileUnreadable { name, detail }));
}

#[test]
fn a_long_reading_tells_how_far_it_is() {
    let mut desk = Desk::new();
    let many: Vec<Order> =
        (0..120_000).map(|n| order(n, &format!("c{}", n % 50), "2026-10-01", 5.0)).collect();
    let file = table(&many);
    assert!(file.len() > 6 << 20);
    desk.place.heard();
    desk.inspect(&[("orders.csv", file.as_bytes())]);
    let shares = |desk: &Desk, phase: ProgressPhase| -> Vec<f64> {
        let progress = desk.place.heard().into_iter().filter_map(|event| match event {
            Event::Progress(progress) if progress.phase == phase => Some(progress.share),
            _ => None,
        });
        progress.collect()
    };
    let reading = shares(&desk, ProgressPhase::Reading);
    assert!(reading.is_sorted() && reading.last() == Some(&1.0), "{reading:?}");
    desk.confirm().unwrap();
    let saving = shares(&desk, ProgressPhase::Saving);
    assert!(saving.is_sorted() && saving.last() == Some(&1.0), "{saving:?}");
    // And every change of the data is announced.
    desk.ask(Request::EditShop(protocol::ShopEdit::Name("Wool".to_owned())));
    let revision = desk.shop().revision;
    assert_eq!(desk.place.heard(), [Event::Revision(revision)]);
    assert_eq!((desk.shop().orders, desk.figures().totals.net), (120_000, 60_000_000));
}
