//! Edits survive, merge, and can be made anew from the log.

use crate::open;
use model::{CustomerId, Entity, Operation, Origin, Value};
use pollster::block_on;
use store::{Area, Backend, Fault, MemoryBackend, Store, StoreError, Transaction};

const NOW: u64 = 1_780_000_000_000;
const ANN: Entity = Entity::Customer(CustomerId(0xabc));
const BOB: Entity = Entity::Customer(CustomerId(0xdef));

fn edit(
    store: &mut Store<MemoryBackend>,
    entity: Entity,
    field: &str,
    operation: Operation,
) -> Result<(), StoreError> {
    let edits = vec![(entity, field.to_owned(), operation)];
    block_on(store.apply(Origin::Person, edits, NOW)).map(drop)
}

fn note(text: &str) -> Operation {
    Operation::Set(Value::Text(text.to_owned()))
}

fn note_of(store: &Store<MemoryBackend>) -> &str {
    store.overlay().field(&ANN, "note").map_or("", |field| field.text())
}

#[test]
fn every_kind_of_edit_is_there_after_reopening() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    edit(&mut store, ANN, "note", note("likes 龙井")).unwrap();
    edit(&mut store, ANN, "points", Operation::Add(30)).unwrap();
    edit(&mut store, ANN, "points", Operation::Add(-5)).unwrap();
    edit(&mut store, ANN, "tags", Operation::Include("vip".to_owned())).unwrap();
    edit(&mut store, Entity::Shop, "name", note("Tea House")).unwrap();
    let seen = store.overlay().field(&ANN, "tags").unwrap().words["vip"].iter().copied().collect();
    edit(&mut store, ANN, "tags", Operation::Exclude("vip".to_owned(), seen)).unwrap();
    edit(&mut store, BOB, "note", note("gone with him")).unwrap();
    edit(&mut store, BOB, "", Operation::Delete).unwrap();
    let (reopened, recovery) = open(&backend);
    assert_eq!(recovery, store::Recovery::default());
    assert_eq!(reopened.overlay(), store.overlay());
    assert_eq!(note_of(&reopened), "likes 龙井");
    let points = &reopened.overlay().field(&ANN, "points").unwrap().added;
    assert_eq!(points.values().sum::<i64>(), 25);
    assert!(reopened.overlay().field(&ANN, "tags").unwrap().words.is_empty());
    assert!(reopened.overlay().get(&BOB).unwrap().is_deleted());
    assert!(reopened.overlay().get(&BOB).unwrap().fields.is_empty());
    assert!(!reopened.overlay().get(&Entity::Shop).unwrap().is_deleted());
    assert_eq!(block_on(backend.keys(Area::Log)).unwrap().len(), 8);
}

#[test]
fn edits_of_one_call_are_stored_together_with_ascending_stamps() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    let edits = (0..5).map(|n| (ANN, format!("field{n}"), Operation::Add(n))).collect();
    let before = backend.commits();
    let changes = block_on(store.apply(Origin::Import, edits, NOW)).unwrap();
    assert_eq!(backend.commits(), before + 1);
    assert!(changes.is_sorted_by(|one, next| one.stamp < next.stamp));
    // A clock that is set back does not make later edits earlier.
    let later = block_on(store.apply(Origin::Person, vec![(ANN, "note".into(), note("x"))], 5));
    assert!(later.unwrap()[0].stamp > changes[4].stamp);
}

#[test]
fn two_tabs_that_edit_in_turn_lose_nothing() {
    let backend = MemoryBackend::new();
    let mut tabs = [open(&backend).0, open(&backend).0, open(&backend).0];
    for n in 0..30 {
        edit(&mut tabs[n % 3], ANN, "points", Operation::Add(1)).unwrap();
        edit(&mut tabs[n % 3], ANN, "note", note(&n.to_string())).unwrap();
    }
    let (store, _) = open(&backend);
    assert_eq!(store.overlay().field(&ANN, "points").unwrap().added.len(), 30);
    assert_eq!(note_of(&store), "29");
    assert_eq!(block_on(backend.keys(Area::Log)).unwrap().len(), 60);
}

#[test]
fn a_killed_edit_is_there_wholly_or_not_at_all() {
    for (fault, expected) in [(Fault::BeforeCommit, "old"), (Fault::AfterCommit, "new")] {
        let backend = MemoryBackend::new();
        let (mut store, _) = open(&backend);
        edit(&mut store, ANN, "note", note("old")).unwrap();
        backend.kill_at_commit(0, fault);
        assert!(edit(&mut store, ANN, "note", note("new")).is_err());
        assert_eq!(note_of(&store), "old", "unconfirmed edits are not shown");
        backend.restart();
        let (mut store, recovery) = open(&backend);
        assert_eq!((note_of(&store), recovery), (expected, store::Recovery::default()));
        edit(&mut store, ANN, "note", note("newer")).unwrap();
        assert_eq!(note_of(&open(&backend).0), "newer");
    }
}

fn damage(backend: &MemoryBackend, area: Area, key: &str) {
    let mut bytes = block_on(backend.get(area, &[key.to_owned()])).unwrap().remove(0).unwrap();
    bytes[12] ^= 1;
    let puts = vec![(area, key.to_owned(), bytes)];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
}

#[test]
fn damaged_edits_are_made_anew_from_the_log() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    edit(&mut store, ANN, "note", note("first")).unwrap();
    edit(&mut store, ANN, "note", note("second")).unwrap();
    let key = format!("customer:{}", CustomerId(0xabc));
    damage(&backend, Area::Delta, &key);
    let (repaired, recovery) = open(&backend);
    assert_eq!((repaired.overlay(), recovery.rebuilt_edits), (store.overlay(), 1));
    assert_eq!(open(&backend).1, store::Recovery::default());
    // With the log damaged as well, what it still tells is shown and the loss is named.
    damage(&backend, Area::Delta, &key);
    damage(&backend, Area::Log, &format!("{:020}", 2));
    let (partly, recovery) = open(&backend);
    assert_eq!((note_of(&partly), recovery.lost_edits), ("first", vec![key]));
}

#[test]
fn what_a_damaged_log_still_tells_stays_when_another_tab_writes() {
    let backend = MemoryBackend::new();
    let (mut other, _) = open(&backend);
    edit(&mut other, ANN, "note", note("first")).unwrap();
    edit(&mut other, ANN, "note", note("second")).unwrap();
    damage(&backend, Area::Delta, &format!("customer:{}", CustomerId(0xabc)));
    damage(&backend, Area::Log, &format!("{:020}", 2));
    let (mut partly, _) = open(&backend);
    edit(&mut other, Entity::Shop, "name", note("Tea House")).unwrap();
    assert_eq!(block_on(partly.refresh()), Ok(true));
    assert_eq!(note_of(&partly), "first");
    // The next edit of that customer stores it with what was told.
    edit(&mut partly, ANN, "points", Operation::Add(1)).unwrap();
    let (reopened, recovery) = open(&backend);
    assert_eq!((note_of(&reopened), recovery), ("first", store::Recovery::default()));
}

#[test]
fn a_damaged_or_newer_manifest_stops_before_anything_is_touched() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    edit(&mut store, ANN, "note", note("kept")).unwrap();
    damage(&backend, Area::Meta, "manifest");
    let reopen = || block_on(Store::open(backend.clone(), crate::DEVICE)).map(drop);
    let commits = backend.commits();
    assert_eq!(reopen(), Err(StoreError::DamagedManifest));
    let newer = br#"{"format":99,"anything":"else"}"#;
    let seal = format!("\n{:016x}", xxhash_rust::xxh3::xxh3_64(newer));
    let record = [newer.as_slice(), seal.as_bytes()].concat();
    let puts = vec![(Area::Meta, "manifest".to_owned(), record)];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    assert_eq!(reopen(), Err(StoreError::TooNew { format: 99, known: store::FORMAT }));
    assert_eq!(backend.commits(), commits + 1, "only the test has written");
    let deletes = vec![(Area::Meta, "manifest".to_owned())];
    block_on(backend.commit(Transaction { deletes, ..Default::default() })).unwrap();
    assert_eq!(reopen(), Err(StoreError::DamagedManifest), "the log is there, so it is no start");
}
