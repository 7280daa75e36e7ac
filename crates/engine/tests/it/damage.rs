//! Stored data that are damaged: said, and never a dead end.

use super::backups::{backup, look_into, restore};
use super::{Desk, TestFile, TestHost, order, table};
use engine::Engine;
use pollster::block_on;
use protocol::{CustomerEdit, Problem, Recovery, Request};
use store::{Area, Backend, MemoryBackend, Transaction};

/// A shop with two imports and a note.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for (name, number) in [("old.csv", 1), ("new.csv", 2)] {
        let file = table(&[order(number, "ann", "2026-10-01", 5.0)]);
        desk.inspect(&[(name, file.as_bytes())]);
        desk.confirm().unwrap();
    }
    let ann = desk.list(super::searched("ann")).rows[0].id;
    desk.ask(Request::EditCustomer(ann, CustomerEdit::Note("tea".to_owned())));
    desk
}

/// Puts nonsense in place of every record of an area whose key begins so.
fn damage(backend: &MemoryBackend, area: Area, key: &str) {
    let keys = block_on(backend.keys(area)).unwrap();
    let puts: Vec<_> = (keys.into_iter().filter(|it| it.starts_with(key)))
        .map(|key| (area, key, b"nonsense".to_vec()))
        .collect();
    assert!(!puts.is_empty());
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
}

#[test]
fn what_was_mended_and_what_is_lost_of_edits_is_told() {
    for (log_too, expected) in [
        (false, Recovery { rebuilt_edits: 1, lost_edits: 0 }),
        (true, Recovery { rebuilt_edits: 0, lost_edits: 1 }),
    ] {
        let mut desk = desk();
        assert_eq!(desk.shop().recovery, Recovery::default());
        damage(&desk.backend, Area::Delta, "customer");
        if log_too {
            damage(&desk.backend, Area::Log, "");
        }
        desk = desk.reopened();
        assert_eq!(desk.shop().recovery, expected);
        desk.ask(Request::EraseAll);
        assert_eq!(desk.shop().recovery, Recovery::default());
    }
}

#[test]
fn an_import_of_which_rows_are_gone_is_named() {
    let mut desk = damaged_desk();
    assert_eq!(desk.shop().damaged, ["old.csv"]);
    assert_eq!(desk.figures().totals.net, 500);
}

/// The shop, opened anew without some rows of its first import.
fn damaged_desk() -> Desk {
    let desk = desk();
    let keys = block_on(desk.backend.keys(Area::Chunk)).unwrap();
    let deletes = vec![(Area::Chunk, keys[0].clone())];
    block_on(desk.backend.commit(Transaction { deletes, ..Default::default() })).unwrap();
    desk.reopened()
}

fn is_whole(mut desk: Desk) {
    for _ in 0..2 {
        let shop = desk.shop();
        assert_eq!((shop.damaged.len(), shop.orders), (0, 2));
        let live = shop.batches.iter().filter(|it| !it.undone).map(|it| it.file_name.as_str());
        let mut live: Vec<&str> = live.collect();
        live.sort_unstable();
        assert_eq!(live, ["new.csv", "old.csv"]);
        assert_eq!(desk.figures().totals.net, 1_000);
        desk = desk.reopened();
    }
}

#[test]
fn the_file_of_a_damaged_import_is_imported_again() {
    let mut desk = damaged_desk();
    assert_eq!(desk.shop().damaged, ["old.csv"]);
    let file = table(&[order(1, "ann", "2026-10-01", 5.0)]);
    let inspection = desk.inspect(&[("old.csv", file.as_bytes())]);
    assert_eq!(inspection.files[0].already_imported_ms, None);
    assert_eq!(desk.confirm().unwrap().dry_run.new, 1);
    is_whole(desk);
}

#[test]
fn a_damaged_import_comes_back_from_a_backup() {
    let mut whole = desk();
    let text = backup(&mut whole);
    let mut desk = damaged_desk();
    let foretold = look_into(&desk, &text).unwrap();
    assert_eq!((foretold.imports, foretold.known_imports), (1, 1));
    assert_eq!(restore(&mut desk, &text).unwrap(), foretold);
    assert_eq!(desk.shop().damaged, [""; 0]);
    // Taken out again, it is missing again, and that is said.
    block_on(desk.engine.undo_restore()).unwrap();
    assert_eq!(desk.shop().damaged, ["old.csv"]);
    restore(&mut desk, &text).unwrap();
    is_whole(desk);
}

#[test]
fn what_cannot_be_opened_can_be_erased() {
    let Desk { place, backend, .. } = desk();
    damage(&backend, Area::Meta, "manifest");
    let opened: Result<Engine<_, TestHost, TestFile>, _> =
        block_on(Engine::open(backend.clone(), place.host(), false));
    assert_eq!(opened.err(), Some(Problem::StorageUnreadable(String::new())));
    let engine = block_on(Engine::start_over(backend.clone(), place.host(), false)).unwrap();
    let mut desk = Desk { place, backend, engine };
    for _ in 0..2 {
        let shop = desk.shop();
        assert!(shop.empty && shop.batches.is_empty() && shop.damaged.is_empty());
        desk = desk.reopened();
    }
    assert_eq!(desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)])).dry_run.new, 1);
}

#[test]
fn the_sample_has_no_place_beside_a_damaged_import() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    let keys = block_on(desk.backend.keys(Area::Chunk)).unwrap();
    let deletes = keys.into_iter().map(|key| (Area::Chunk, key)).collect();
    block_on(desk.backend.commit(Transaction { deletes, ..Default::default() })).unwrap();
    desk = desk.reopened();
    let shop = desk.shop();
    assert!(shop.empty && shop.damaged == ["orders.csv"]);
    let load = Request::LoadSample { chinese: false };
    assert_eq!(desk.try_ask(load.clone()), Err(Problem::NotEmpty));
    assert!(desk.shop().batches.iter().all(|it| !it.sample));
    // It has once the user has given that import up.
    desk.ask(Request::Undo(shop.batches[0].id));
    desk.ask(load);
    let shop = desk.shop();
    assert!(shop.sample && !shop.empty && shop.damaged.is_empty());
}
