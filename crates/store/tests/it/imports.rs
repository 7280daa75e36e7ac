//! Imports survive kills, other tabs, a full disk and damage, or are as if they had never been.

use crate::{DEVICE, open, sample};
use pollster::block_on;
use store::{
    Area, Backend, BackendError, BatchId, BatchState, Fault, MemoryBackend, Store, StoreError,
    Tables, Transaction,
};

const NOW: u64 = 1_780_000_000_000;

fn add(store: &mut Store<MemoryBackend>, name: &str, rows: u32) -> Result<BatchId, StoreError> {
    block_on(store.add_batch(sample::draft(name), &sample::tables(rows), NOW, &mut |_, _| ()))
}

fn load(store: &Store<MemoryBackend>, id: BatchId) -> Result<Tables, StoreError> {
    block_on(store.load_batch(id))
}

fn chunk_keys(backend: &MemoryBackend) -> Vec<String> {
    block_on(backend.keys(Area::Chunk)).unwrap()
}

/// What one sees of a store: its live imports with their tables.
fn view(store: &Store<MemoryBackend>) -> Vec<(String, Tables)> {
    let batches = store.manifest().live_batches();
    batches.map(|batch| (batch.file_name.clone(), load(store, batch.id).unwrap())).collect()
}

/// Lets `act` be killed at each of its commits, before and after it; returns how many there were.
fn kill_everywhere(
    prepare: impl Fn(&MemoryBackend),
    act: impl Fn(&mut Store<MemoryBackend>) -> Result<(), StoreError>,
) -> usize {
    let state_after = |done: bool| {
        let backend = MemoryBackend::new();
        prepare(&backend);
        let (mut store, _) = open(&backend);
        if done {
            act(&mut store).unwrap();
        }
        view(&store)
    };
    let (old, new) = (state_after(false), state_after(true));
    for n in 0.. {
        for fault in [Fault::BeforeCommit, Fault::AfterCommit] {
            let backend = MemoryBackend::new();
            prepare(&backend);
            let (mut store, _) = open(&backend);
            backend.kill_at_commit(n, fault);
            let outcome = act(&mut store);
            if !backend.restart() {
                outcome.unwrap();
                return n;
            }
            assert!(outcome.is_err());
            let (reopened, _) = open(&backend);
            let found = view(&reopened);
            assert!(found == old || found == new, "commit {n} {fault:?}");
            let live = reopened.manifest().live_batches().map(|b| b.chunks.len()).sum::<usize>();
            assert_eq!(chunk_keys(&backend).len(), live, "strays after commit {n} {fault:?}");
        }
    }
    unreachable!("an import takes a finite number of commits")
}

#[test]
fn a_kill_at_any_commit_of_an_import_leaves_the_old_state_or_the_new_one() {
    let prepare = |backend: &MemoryBackend| {
        add(&mut open(backend).0, "old.csv", 30).unwrap();
    };
    // Large enough to be staged in several transactions.
    let commits = kill_everywhere(prepare, |store| add(store, "new.csv", 250_000).map(drop));
    assert!(commits >= 3, "{commits} commits");
}

#[test]
fn a_kill_at_any_commit_of_an_undo_leaves_the_old_state_or_the_new_one() {
    let prepare = |backend: &MemoryBackend| {
        add(&mut open(backend).0, "old.csv", 30).unwrap();
    };
    kill_everywhere(prepare, |store| block_on(store.remove_batch(BatchId(1), NOW)));
}

#[test]
fn an_import_is_there_after_reopening_and_gone_after_undoing() {
    let backend = MemoryBackend::new();
    let (mut store, recovery) = open(&backend);
    assert!(recovery.fresh);
    let tables = sample::tables(70_000);
    let mut heard = Vec::new();
    let id = block_on(store.add_batch(sample::draft("a.csv"), &tables, NOW, &mut |done, total| {
        heard.push((done, total));
    }))
    .unwrap();
    assert_eq!(heard.last(), Some(&(5, 5)));
    let (mut store, recovery) = open(&backend);
    assert_eq!(recovery, store::Recovery::default());
    let entry = store.manifest().batch(id).unwrap();
    assert_eq!((entry.file_name.as_str(), entry.facts.orders), ("a.csv", 9));
    assert!(load(&store, id).unwrap() == tables);
    block_on(store.remove_batch(id, NOW)).unwrap();
    let (mut store, _) = open(&backend);
    assert_eq!(store.manifest().batch(id).unwrap().state, BatchState::Undone);
    assert_eq!(chunk_keys(&backend), Vec::<String>::new());
    assert_eq!(load(&store, id), Err(StoreError::UnknownBatch(id)));
    assert_eq!(block_on(store.remove_batch(id, NOW)), Err(StoreError::UnknownBatch(id)));
}

#[test]
fn of_two_tabs_that_import_at_once_one_is_told_so_and_leaves_no_trace() {
    let backend = MemoryBackend::new();
    let (mut one, _) = open(&backend);
    let (mut other, _) = open(&backend);
    let first = add(&mut one, "same.csv", 50).unwrap();
    // Even the same rows under the same label must not take the first one's chunks away.
    let conflict = StoreError::Backend(BackendError::Conflict);
    assert_eq!(add(&mut other, "same.csv", 50), Err(conflict.clone()));
    assert!(load(&one, first).unwrap() == sample::tables(50));
    // The other has read what the first wrote, so that its next try goes through.
    assert_eq!(other.manifest().batches.len(), 1);
    let second = add(&mut other, "b.csv", 60).unwrap();
    assert_ne!(first, second);
    assert!(block_on(one.refresh()).unwrap());
    assert!(!block_on(one.refresh()).unwrap());
    assert_eq!(view(&one), view(&other));
    // An undone import cannot be loaded by a tab that has not heard of it.
    block_on(one.remove_batch(second, NOW)).unwrap();
    assert_eq!(load(&other, second), Err(conflict));
}

#[test]
fn a_tab_that_opens_during_an_import_does_not_break_it() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    let tables = sample::tables(250_000);
    let mut swept = 0;
    let id = block_on(store.add_batch(sample::draft("a.csv"), &tables, NOW, &mut |_, _| {
        if swept == 0 {
            // Takes the chunks staged so far for strays of a killed import.
            swept = open(&backend).1.stray_chunks;
            assert!(swept > 0);
        }
    }))
    .unwrap();
    assert!(load(&store, id).unwrap() == tables);
}

#[test]
fn a_full_disk_leaves_the_old_data_readable_and_a_retry_works() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    let old = add(&mut store, "old.csv", 1_000).unwrap();
    let before = backend.stored_bytes();
    for room in [100, 5_000_000] {
        backend.set_quota(Some(before + room));
        let outcome = add(&mut store, "new.csv", 400_000);
        let Err(StoreError::Backend(BackendError::Quota { needed })) = outcome else {
            panic!("{outcome:?}")
        };
        assert!(needed > 100);
        assert!(load(&store, old).unwrap() == sample::tables(1_000));
        // A digit more in the generation is all that may stay.
        assert!(backend.stored_bytes() <= before + 8, "room is given back");
    }
    backend.set_quota(None);
    let new = add(&mut store, "new.csv", 400_000).unwrap();
    assert!(load(&open(&backend).0, new).unwrap() == sample::tables(400_000));
}

#[test]
fn damaged_and_missing_chunks_are_named() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    let (good, bad) =
        (add(&mut store, "a.csv", 40).unwrap(), add(&mut store, "b.csv", 50).unwrap());
    let key = store.manifest().batch(bad).unwrap().chunks[2].key.clone();
    let mut bytes =
        block_on(backend.get(Area::Chunk, std::slice::from_ref(&key))).unwrap().remove(0).unwrap();
    bytes[40] ^= 1;
    let puts = vec![(Area::Chunk, key.clone(), bytes)];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    let damage = |reason| Err(StoreError::Damaged { batch: bad, chunk: key.clone(), reason });
    assert_eq!(load(&store, bad), damage(store::codec::CodecError::Checksum));
    let deletes = vec![(Area::Chunk, key.clone())];
    block_on(backend.commit(Transaction { deletes, ..Default::default() })).unwrap();
    assert_eq!(load(&store, bad), damage(store::codec::CodecError::Missing));
    assert!(load(&store, good).is_ok());
    assert_eq!(open(&backend).1.incomplete_batches, [bad]);
}

#[test]
fn erasing_leaves_nothing_and_the_clock_goes_on() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    let first = add(&mut store, "a.csv", 40).unwrap();
    let clock = store.manifest().clock;
    block_on(store.erase_all()).unwrap();
    assert_eq!(chunk_keys(&backend), Vec::<String>::new());
    let (mut store, _) = open(&backend);
    assert_eq!((store.manifest().clock, store.manifest().device), (clock, DEVICE));
    assert_ne!(add(&mut store, "a.csv", 40).unwrap(), first);
}
