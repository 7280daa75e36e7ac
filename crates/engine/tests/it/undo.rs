//! An import that is taken back leaves no trace in any figure.

use super::{Desk, Order, order, table};
use proptest::prelude::*;
use protocol::{Answer, Lens, Request};

/// Orders with few numbers and few customers, so that files overlap and contradict each other.
fn file() -> impl Strategy<Value = Vec<Order>> {
    let one = (0..12_u32, 0..5_usize, 0..40_i32, 1..500_u32, 0..4_usize);
    prop::collection::btree_map(0..12_u32, one, 1..10).prop_map(|orders| {
        let order = |(number, (_, who, days, cents, status))| {
            let at = super::day("2026-09-20").plus_days(days).to_string();
            let who = ["ann", "ben", "cleo", "dora", ""][who];
            let status = ["paid", "refunded", "pending", "paid"][status];
            Order { status, ..order(number, who, &at, f64::from(cents) / 100.0) }
        };
        orders.into_iter().map(order).collect()
    })
}

fn same_shop() -> Answer {
    Answer { file: 0, question: "other_shop".to_owned(), choice: "same".to_owned() }
}

/// All that can be taken out, as bytes.
fn everything(desk: &mut Desk) -> (Vec<u8>, Vec<u8>) {
    (desk.report(), desk.file(Request::ExportScores(Lens::default())))
}

/// The imports of some files, into the same shop; then one of them is taken back.
fn imported(files: &[&Vec<Order>], undone: Option<usize>) -> Desk {
    let mut desk = Desk::new();
    let mut batches = Vec::new();
    for file in files {
        desk.inspect(&[("orders.csv", table(file).as_bytes())]);
        desk.ask(Request::Answer(vec![same_shop()]));
        batches.extend(desk.confirm().unwrap().batches);
    }
    if let Some(undone) = undone {
        desk.ask(Request::Undo(batches[undone]));
    }
    desk
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn of_two_imports_one_is_left(a in file(), b in file()) {
        prop_assume!(table(&a) != table(&b));
        let both = [&a, &b];
        for (undone, left) in [(0, &b), (1, &a)] {
            let mut desk = imported(&both, Some(undone));
            let alone = everything(&mut imported(&[left], None));
            prop_assert_eq!(&everything(&mut desk), &alone);
            prop_assert_eq!(&everything(&mut desk.reopened()), &alone);
        }
    }

    #[test]
    fn what_is_imported_again_adds_nothing(a in file(), b in file()) {
        prop_assume!(table(&a) != table(&b));
        let mut desk = imported(&[&a, &b], None);
        let before = everything(&mut desk);
        // The same file, and the same orders in another file.
        let mut turned = b.clone();
        turned.reverse();
        for again in [&b, &turned] {
            desk.inspect(&[("again.csv", table(again).as_bytes())]);
            desk.ask(Request::Answer(vec![same_shop()]));
            let run = desk.confirm().unwrap().dry_run;
            prop_assert_eq!((run.new, run.updated, run.identical), (0, 0, b.len() as u32));
            prop_assert_eq!(&everything(&mut desk), &before);
        }
    }

    #[test]
    fn the_later_import_has_the_last_word(a in file(), b in file()) {
        prop_assume!(table(&a) != table(&b));
        let mut desk = imported(&[&a, &b], None);
        let replaced = |old: &&Order| !b.iter().any(|new| new.number == old.number);
        let joined: Vec<Order> = a.iter().filter(replaced).chain(&b).cloned().collect();
        let mut expected = imported(&[&joined], None);
        let (one, other) = (desk.figures().totals, expected.figures().totals);
        // Customers whose every order was replaced stay on record.
        let figures = |it: protocol::Totals| (it.buyers, it.orders, it.states, it.net, it.kpis);
        prop_assert_eq!(figures(one), figures(other));
    }
}

#[test]
fn what_is_undone_is_undone_once() {
    let mut desk = Desk::new();
    let batch = desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)])).batches[0];
    desk.ask(Request::Undo(batch));
    assert!(desk.shop().empty);
    assert!(desk.shop().batches[0].undone);
    for id in [batch, 99] {
        assert_eq!(desk.try_ask(Request::Undo(id)), Err(protocol::Problem::NotFound));
    }
    // It can be imported anew.
    let again = desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    assert_eq!((again.dry_run.new, again.batches.len()), (1, 1));
}

#[test]
fn erasing_leaves_nothing() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    desk.ask(Request::EditShop(protocol::ShopEdit::Name("Wool & Co".to_owned())));
    desk.inspect(&[("b.csv", table(&[order(2, "ann", "2026-10-01", 5.0)]).as_bytes())]);
    desk.ask(Request::EraseAll);
    assert_eq!(desk.confirm(), Err(protocol::Problem::NothingToImport));
    for _ in 0..2 {
        let shop = desk.shop();
        assert!(shop.empty && shop.batches.is_empty() && shop.profile.name.is_empty());
        assert_eq!((shop.customers, shop.orders), (0, 0));
        desk = desk.reopened();
    }
}
