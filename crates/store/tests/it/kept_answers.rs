//! What is kept beside the data is never taken for them.

use super::open;
use model::{Entity, Operation, Origin, Value};
use pollster::block_on;
use store::{Area, Backend, BackendError, MemoryBackend, Sink, Store, Transaction};

fn kept(backend: &MemoryBackend) -> Option<Vec<u8>> {
    block_on(open(backend).0.kept_answers())
}

fn edit(store: &mut Store<MemoryBackend>, name: &str) {
    let edit = (Entity::Shop, "name".to_owned(), Operation::Set(Value::Text(name.to_owned())));
    block_on(store.apply(Origin::Person, vec![edit], 1)).unwrap();
}

struct Text(Vec<u8>);

impl Sink for Text {
    async fn write(&mut self, text: &[u8]) -> Result<(), String> {
        self.0.extend_from_slice(text);
        Ok(())
    }
}

#[test]
fn the_last_ones_are_kept_until_all_is_erased() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    assert_eq!(kept(&backend), None);
    for answers in [b"one".to_vec(), Vec::new(), vec![0; 100_000]] {
        block_on(store.keep_answers(answers.clone())).unwrap();
        assert_eq!(kept(&backend), Some(answers));
    }
    block_on(store.erase_all()).unwrap();
    assert_eq!(kept(&backend), None);
}

#[test]
fn a_damaged_record_is_none() {
    let backend = MemoryBackend::new();
    let (store, _) = open(&backend);
    block_on(store.keep_answers(b"figures".to_vec())).unwrap();
    let records = block_on(backend.all(Area::Meta)).unwrap();
    let (key, record) = records.into_iter().find(|(key, _)| key != "manifest").unwrap();
    let mut flipped = record.clone();
    flipped[2] ^= 1;
    for damaged in [flipped, record[..record.len() - 1].to_vec(), b"short".to_vec(), Vec::new()] {
        let puts = vec![(Area::Meta, key.clone(), damaged)];
        block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
        assert_eq!(kept(&backend), None);
    }
}

#[test]
fn every_change_has_another_fingerprint_and_stops_a_tab_that_does_not_know_it() {
    let backend = MemoryBackend::new();
    let ((mut one, _), (other, _)) = (open(&backend), open(&backend));
    let before = one.fingerprint();
    assert_eq!(other.fingerprint(), before);
    edit(&mut one, "Wool");
    assert_ne!(one.fingerprint(), before);
    assert_eq!(open(&backend).0.fingerprint(), one.fingerprint());
    assert_eq!(block_on(other.keep_answers(b"old".to_vec())), Err(BackendError::Conflict));
    assert_eq!(kept(&backend), None);
}

#[test]
fn no_backup_holds_them_and_nothing_stored_changes_by_them() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    edit(&mut store, "Wool");
    let backup = |store: &Store<MemoryBackend>| {
        let mut text = Text(Vec::new());
        block_on(store.back_up(7, &mut text, &mut |_, _| {})).unwrap();
        text.0
    };
    let (text, fingerprint) = (backup(&store), store.fingerprint());
    block_on(store.keep_answers(b"figures".to_vec())).unwrap();
    assert_eq!((backup(&store), open(&backend).0.fingerprint()), (text, fingerprint));
    // A full disk keeps nothing and harms nothing.
    backend.set_quota(Some(0));
    assert!(block_on(store.keep_answers(vec![1; 100])).is_err());
    assert_eq!(kept(&backend), Some(b"figures".to_vec()));
}
