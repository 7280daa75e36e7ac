//! An encrypted store is a store; what lies under it tells nothing.

use crate::{DEVICE, contract, open, sample};
use model::{CustomerId, Entity, Operation, Origin, Value};
use pollster::block_on;
use std::cell::Cell;
use std::rc::Rc;
use store::vault::{Cipher, LOCK_KEY, Vault, decrypt, encrypt};
use store::{Area, Backend, BackendError, BatchId, MemoryBackend, Store, StoreError, Transaction};

/// Stands for the browser's cipher: it differs at each use, and notices what is changed or moved.
#[derive(Clone, Default)]
struct Toy(Rc<Cell<u8>>);

fn sum(place: &str, bytes: &[u8]) -> u8 {
    place.bytes().chain(bytes.iter().copied()).fold(7, |sum, it| sum.rotate_left(3) ^ it)
}

impl Cipher for Toy {
    async fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, String> {
        let nonce = self.0.get().wrapping_add(1);
        self.0.set(nonce);
        let mut sealed = vec![nonce, sum(place, plain)];
        sealed.extend(plain.iter().map(|it| it ^ 0xa5 ^ nonce));
        Ok(sealed)
    }

    async fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, String> {
        let [nonce, check, rest @ ..] = sealed else { return Err("short".to_owned()) };
        let plain: Vec<u8> = rest.iter().map(|it| it ^ 0xa5 ^ nonce).collect();
        if sum(place, &plain) == *check { Ok(plain) } else { Err("changed".to_owned()) }
    }
}

fn vault(backend: &MemoryBackend) -> Vault<MemoryBackend, Toy> {
    Vault::new(backend.clone(), Toy::default())
}

fn opened(backend: &MemoryBackend) -> Store<Vault<MemoryBackend, Toy>> {
    block_on(Store::open(vault(backend), DEVICE)).unwrap().0
}

fn note(text: &str) -> Vec<(Entity, String, Operation)> {
    let operation = Operation::Set(Value::Text(text.to_owned()));
    vec![(Entity::Customer(CustomerId(1)), "note".to_owned(), operation)]
}

fn noted<B: Backend>(store: &Store<B>) -> &str {
    let entity = Entity::Customer(CustomerId(1));
    store.overlay().field(&entity, "note").map_or("", |field| field.text())
}

/// Whether a text lies anywhere in what is stored.
fn holds(backend: &MemoryBackend, text: &str) -> bool {
    Area::ALL.into_iter().any(|area| {
        let records = block_on(backend.all(area)).unwrap();
        records.iter().any(|(_, value)| value.windows(text.len()).any(|it| it == text.as_bytes()))
    })
}

/// A store in the open with an import and a note.
fn plain() -> MemoryBackend {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    let draft = sample::draft("canary.csv");
    block_on(store.add_batch(draft, &sample::tables(40), 1, &mut |_, _| ())).unwrap();
    block_on(store.apply(Origin::Person, note("canary note"), 2)).unwrap();
    backend
}

#[test]
fn a_vault_keeps_the_contract() {
    let (backend, cipher) = (MemoryBackend::new(), Toy::default());
    block_on(contract::suite(async || Vault::new(backend.clone(), cipher.clone())));
}

#[test]
fn a_store_that_is_locked_has_all_that_it_had_and_tells_nothing() {
    let backend = plain();
    for canary in ["canary note", "canary.csv", "customer7@example.com"] {
        assert!(holds(&backend, canary), "{canary}");
    }
    block_on(encrypt(&backend, &Toy::default(), b"the lock".to_vec())).unwrap();
    for canary in ["canary note", "canary.csv", "customer7@example.com", "example"] {
        assert!(!holds(&backend, canary), "{canary}");
    }
    assert!(block_on(Store::open(backend.clone(), DEVICE)).is_err());
    let mut store = opened(&backend);
    assert_eq!(noted(&store), "canary note");
    assert_eq!(block_on(store.load_batch(BatchId(1))).unwrap(), sample::tables(40));
    block_on(store.apply(Origin::Person, note("canary two"), 3)).unwrap();
    assert!(!holds(&backend, "canary"));
    assert_eq!(noted(&opened(&backend)), "canary two");

    block_on(decrypt(&backend, &Toy::default())).unwrap();
    let (store, recovery) = open(&backend);
    assert_eq!((noted(&store), recovery), ("canary two", store::Recovery::default()));
}

#[test]
fn two_tabs_merge_their_edits_in_a_locked_store() {
    let backend = plain();
    block_on(encrypt(&backend, &Toy::default(), Vec::new())).unwrap();
    let (mut one, mut other) = (opened(&backend), opened(&backend));
    block_on(one.apply(Origin::Person, note("one"), 5)).unwrap();
    block_on(other.apply(Origin::Person, note("other"), 6)).unwrap();
    assert!(block_on(one.refresh()).unwrap());
    assert_eq!((noted(&one), noted(&other)), ("other", "other"));
}

#[test]
fn erasing_everything_leaves_the_lock() {
    let backend = plain();
    block_on(encrypt(&backend, &Toy::default(), b"the lock".to_vec())).unwrap();
    block_on(opened(&backend).erase_all()).unwrap();
    let lock = block_on(backend.get(Area::Meta, &[LOCK_KEY.to_owned()])).unwrap();
    assert_eq!(lock, [Some(b"the lock".to_vec())]);
    assert!(opened(&backend).overlay().is_empty());
}

#[test]
fn a_record_that_is_changed_or_moved_is_damaged() {
    let backend = plain();
    block_on(encrypt(&backend, &Toy::default(), Vec::new())).unwrap();
    let keys = block_on(backend.keys(Area::Chunk)).unwrap();
    let values = block_on(backend.get(Area::Chunk, &keys)).unwrap();
    let moved = vec![(Area::Chunk, keys[0].clone(), values[1].clone().unwrap())];
    block_on(backend.commit(Transaction { puts: moved, ..Default::default() })).unwrap();
    let damaged = block_on(opened(&backend).load_batch(BatchId(1)));
    assert!(matches!(damaged, Err(StoreError::Damaged { .. })), "{damaged:?}");
}

#[test]
fn locking_gives_way_to_a_tab_that_writes_meanwhile() {
    /// Writes an edit in the midst of encrypting.
    struct Meddling(MemoryBackend, Cell<bool>);
    impl Cipher for Meddling {
        async fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, String> {
            if !self.1.replace(true) {
                let (mut store, _) = open(&self.0);
                store.apply(Origin::Person, note("meanwhile"), 9).await.unwrap();
            }
            Toy::default().seal(place, plain).await
        }

        async fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, String> {
            Toy::default().open(place, sealed).await
        }
    }
    let backend = plain();
    let meddling = Meddling(backend.clone(), Cell::new(false));
    let refused = block_on(encrypt(&backend, &meddling, Vec::new()));
    assert_eq!(refused, Err(BackendError::Conflict));
    assert_eq!(noted(&open(&backend).0), "meanwhile");
}
