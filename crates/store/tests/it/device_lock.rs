//! With the lock on nothing that is stored can be read, moved or changed; everything works as without.

use crate::{DEVICE, contract, sample};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use model::{CustomerId, DeviceId, Entity, Operation, Origin, Value};
use pollster::block_on;
use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;
use store::lock::{Cost, NONCE_BYTES};
use store::{
    Area, Backend, BackendError, Cipher, DeviceLock, Fault, Guarded, MemoryBackend, Store,
    StoreError, Transaction, WrappedKey, replace_lock, stored_lock, wipe,
};

const NOW: u64 = 1_780_000_000_000;
/// In the file's name, an order, a customer, an edit and sync's secrets.
const CANARY: &str = "zyx-canary";
const ID: [u8; 8] = [7; 8];

/// AES-256-GCM with nonces that count, by other hands than the browser's.
struct Aes {
    cipher: Aes256Gcm,
    nonces: Cell<u64>,
}

impl Aes {
    fn new(key: u8) -> Rc<Aes> {
        Rc::new(Aes { cipher: Aes256Gcm::new(&[key; 32].into()), nonces: Cell::new(0) })
    }
}

impl Cipher for Aes {
    fn nonce(&self) -> Option<[u8; NONCE_BYTES]> {
        self.nonces.set(self.nonces.get() + 1);
        let mut nonce = [0; NONCE_BYTES];
        nonce[..8].copy_from_slice(&self.nonces.get().to_le_bytes());
        Some(nonce)
    }

    fn encrypt(
        &self,
        nonce: [u8; 12],
        with: &[u8],
        plain: &[u8],
    ) -> impl Future<Output = Option<Vec<u8>>> + use<> {
        ready(self.cipher.encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: with }).ok())
    }

    fn decrypt(
        &self,
        nonce: [u8; 12],
        with: &[u8],
        sealed: &[u8],
    ) -> impl Future<Output = Option<Vec<u8>>> + use<> {
        ready(self.cipher.decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: with }).ok())
    }
}

type Tab = Guarded<MemoryBackend, Aes>;

fn lock_of(id: [u8; 8], passphrase: u8) -> DeviceLock {
    let wrapped = |n| WrappedKey { salt: [n; 16], nonce: [n; 12], key: [n; 48] };
    let (by_passphrase, by_recovery) = (wrapped(passphrase), wrapped(9));
    DeviceLock { key_id: id, cost: Cost::OURS, by_passphrase, by_recovery }
}

/// A tab that has this key, if it is asked for it.
fn tab(backend: &MemoryBackend, key: Option<u8>) -> Result<Tab, BackendError> {
    block_on(Guarded::open(backend.clone(), async |_| key.map(Aes::new)))
}

fn store(tab: &Tab) -> Result<Store<Tab>, StoreError> {
    block_on(Store::open(tab.clone(), DEVICE)).map(|it| it.0)
}

fn lock(tab: &Tab) -> Result<(), BackendError> {
    block_on(tab.lock(&lock_of(ID, 1), Aes::new(1)))
}

fn name_shop(store: &mut Store<Tab>, name: &str) -> Result<(), StoreError> {
    let edit = (Entity::Shop, "name".to_owned(), Operation::Set(Value::Text(name.to_owned())));
    block_on(store.apply(Origin::Person, vec![edit], NOW)).map(drop)
}

fn note(store: &mut Store<Tab>, customer: u128, text: &str) {
    let of = Entity::Customer(CustomerId(customer));
    let edit = (of, "note".to_owned(), Operation::Set(Value::Text(text.to_owned())));
    block_on(store.apply(Origin::Person, vec![edit], NOW)).unwrap();
}

fn name(store: &Store<Tab>) -> String {
    let name = store.overlay().field(&Entity::Shop, "name");
    name.map(|it| it.text().to_owned()).unwrap_or_default()
}

/// A place with an import, edits, kept answers and a record of sync.
fn filled() -> MemoryBackend {
    let backend = MemoryBackend::new();
    let mut store = store(&tab(&backend, None).unwrap()).unwrap();
    let mut tables = sample::tables(30);
    tables.orders.number.push(CANARY);
    let orders = &mut tables.orders;
    orders.customer.push(model::NO_CUSTOMER);
    for column in [&mut orders.at, &mut orders.total, &mut orders.refunded] {
        column.push(1_700_000_000);
    }
    orders.currency.push(0);
    orders.flags.push(model::OrderFlags::WALL_TIME);
    orders.channel.push("web");
    let draft = sample::draft(&format!("{CANARY}.csv"));
    block_on(store.add_batch(draft, &tables, NOW, &mut |_, _| ())).unwrap();
    name_shop(&mut store, CANARY).unwrap();
    note(&mut store, 5, CANARY);
    block_on(store.keep_answers(CANARY.as_bytes().to_vec())).unwrap();
    let exchange = store::Exchange::default();
    let keep = |_: &store::Manifest| {
        let mut side = store::Side::default();
        side.put("sync", &CANARY)?;
        Ok(side)
    };
    block_on(store.exchange(&exchange, &keep)).unwrap();
    backend
}

fn holds_canary(backend: &MemoryBackend) -> bool {
    let shows = |it: &[u8]| it.windows(CANARY.len()).any(|it| it == CANARY.as_bytes());
    backend.records().iter().any(|(key, value)| shows(key.as_bytes()) || shows(value))
}

/// Everything that a store tells, as text.
fn told(backend: &MemoryBackend) -> String {
    let guarded = tab(backend, Some(1)).unwrap();
    let store = store(&guarded).unwrap();
    let tables: Vec<_> =
        store.manifest().live_batches().map(|it| block_on(store.load_batch(it.id))).collect();
    let side: Option<String> = block_on(store.side("sync")).unwrap();
    let (kept, log) = (block_on(store.kept_answers()), block_on(store.log_from(1)));
    format!("{tables:?} {:?} {:?} {kept:?} {side:?} {log:?}", store.manifest(), store.overlay())
}

#[test]
fn a_guarded_place_keeps_the_contract_open_and_locked() {
    let backend = MemoryBackend::new();
    block_on(contract::suite(async || tab(&backend, None).unwrap()));
    lock(&tab(&backend, None).unwrap()).unwrap();
    block_on(contract::suite(async || tab(&backend, Some(1)).unwrap()));
    // Emptying it has left the lock on.
    assert_eq!(backend.records().len(), 1);
    assert!(block_on(stored_lock(&backend)).unwrap().is_some());
}

#[test]
fn nothing_can_be_read_and_everything_comes_back() {
    let backend = filled();
    let before = told(&backend);
    assert!(holds_canary(&backend));
    lock(&tab(&backend, None).unwrap()).unwrap();
    assert!(!holds_canary(&backend));
    let values: Vec<_> = backend.records().into_iter().filter(|it| it.0 != "lock").collect();
    assert!(values.len() > 5 && values.iter().all(|(_, value)| value[0] == 0xE1));
    assert_eq!(told(&backend), before);
    // What is written from now on is no more readable.
    let guarded = tab(&backend, Some(1)).unwrap();
    let mut locked = store(&guarded).unwrap();
    name_shop(&mut locked, &format!("{CANARY} 2")).unwrap();
    assert!(!holds_canary(&backend));
    block_on(guarded.unlock()).unwrap();
    assert!(holds_canary(&backend) && block_on(stored_lock(&backend)).unwrap().is_none());
    assert_eq!(name(&store(&tab(&backend, None).unwrap()).unwrap()), format!("{CANARY} 2"));
    // The tab that took it off goes on.
    name_shop(&mut locked, "open").unwrap();
}

#[test]
fn keys_of_records_tell_nothing_of_people() {
    let backend = filled();
    let is_plain = |key: &str| {
        let (kind, rest) = key.split_once(':').unwrap_or((key, ""));
        let known = ["manifest", "shop", "sync", "kept-answers", "customer", "report", "lock"];
        let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-');
        (known.contains(&kind) || is_number(kind)) && is_number(rest)
    };
    for (key, _) in backend.records() {
        assert!(is_plain(&key) || key.split('-').count() > 1, "{key}");
        assert!(!key.contains(CANARY) && !key.contains('@'), "{key}");
    }
}

#[test]
fn a_kill_leaves_all_locked_or_all_open() {
    for puts_on in [true, false] {
        for fault in [Fault::BeforeCommit, Fault::AfterCommit] {
            let backend = filled();
            let guarded = tab(&backend, None).unwrap();
            if !puts_on {
                lock(&guarded).unwrap();
            }
            let before = told(&backend);
            backend.kill_at_commit(0, fault);
            let done = if puts_on { lock(&guarded) } else { block_on(guarded.unlock()) };
            assert_eq!(done, Err(BackendError::Lost));
            assert!(backend.restart());
            let is_locked = puts_on == (fault == Fault::AfterCommit);
            assert_eq!(block_on(stored_lock(&backend)).unwrap().is_some(), is_locked);
            assert_eq!(holds_canary(&backend), !is_locked);
            assert_eq!(told(&backend), before);
        }
    }
    let backend = filled();
    backend.set_quota(Some(10));
    assert!(matches!(lock(&tab(&backend, None).unwrap()), Err(BackendError::Quota { .. })));
    assert!(holds_canary(&backend));
}

#[test]
fn a_tab_from_before_writes_nothing_and_is_told() {
    let backend = filled();
    let (first, second) = (tab(&backend, None).unwrap(), tab(&backend, None).unwrap());
    let mut stale = store(&second).unwrap();
    lock(&first).unwrap();
    let locked = backend.records();
    let told = Err(StoreError::Backend(BackendError::Locked));
    assert_eq!(name_shop(&mut stale, "plain"), told);
    let tables = sample::tables(70_000);
    let added = block_on(stale.add_batch(sample::draft("b.csv"), &tables, NOW, &mut |_, _| ()));
    assert_eq!(added.map(drop), told);
    assert_eq!(block_on(stale.keep_answers(vec![1])), Err(BackendError::Locked));
    assert_eq!(block_on(stale.erase_all()), told);
    // Neither does it take what it cannot read for damaged.
    assert_eq!(block_on(stale.refresh()).map(drop), told);
    assert_eq!(store(&second).map(drop), told);
    assert!(backend.records() == locked);

    // The other way round.
    let mut stale = store(&tab(&backend, Some(1)).unwrap()).unwrap();
    block_on(first.unlock()).unwrap();
    let open = backend.records();
    assert_eq!(name_shop(&mut stale, "sealed"), told);
    assert_eq!(block_on(stale.refresh()).map(drop), told);
    assert_eq!(block_on(stale.erase_all()), told);
    assert!(backend.records() == open);

    // A lock with another key.
    block_on(first.lock(&lock_of([8; 8], 2), Aes::new(2))).unwrap();
    assert_eq!(name_shop(&mut stale, "of the former key"), told);
}

#[test]
fn two_unlocked_tabs_do_not_overwrite_each_other() {
    let backend = filled();
    lock(&tab(&backend, None).unwrap()).unwrap();
    let open = || store(&tab(&backend, Some(1)).unwrap()).unwrap();
    let (mut one, mut other) = (open(), open());
    name_shop(&mut one, "one").unwrap();
    note(&mut other, 6, "other");
    assert_eq!((name(&other), name(&open())), ("one".to_owned(), "one".to_owned()));
    assert!(block_on(one.refresh()).unwrap());
    assert_eq!(one.overlay(), other.overlay());
}

#[test]
fn without_its_key_nothing_opens_and_everything_can_still_be_deleted() {
    let backend = filled();
    lock(&tab(&backend, None).unwrap()).unwrap();
    assert_eq!(tab(&backend, None).map(drop), Err(BackendError::Locked));
    // A wrong key damages nothing: the manifest does not open, and that is all.
    let wrong = tab(&backend, Some(2)).unwrap();
    assert_eq!(store(&wrong).map(drop), Err(StoreError::DamagedManifest));
    assert_eq!(name(&store(&tab(&backend, Some(1)).unwrap()).unwrap()), CANARY);
    block_on(wipe(&backend)).unwrap();
    let (_, recovery) = block_on(Store::open(tab(&backend, None).unwrap(), DEVICE)).unwrap();
    assert!(recovery.fresh);
}

#[test]
fn another_passphrase_keeps_the_key_and_every_tab_goes_on() {
    let backend = filled();
    let first = tab(&backend, None).unwrap();
    lock(&first).unwrap();
    let mut other = store(&tab(&backend, Some(1)).unwrap()).unwrap();
    let known = block_on(stored_lock(&backend)).unwrap().unwrap();
    block_on(replace_lock(&backend, known.clone(), &lock_of(ID, 2))).unwrap();
    let again = block_on(replace_lock(&backend, known, &lock_of(ID, 3)));
    assert_eq!(again, Err(BackendError::Conflict));
    // A tab that was not told learns it at its first attempt, which is made again.
    name_shop(&mut other, "after").unwrap();
    block_on(first.look()).unwrap();
    assert_eq!(first.key_id(), Some(ID));
    assert_eq!(name(&store(&first).unwrap()), "after");
}

/// Changes what is stored under a key.
fn tamper(backend: &MemoryBackend, area: Area, key: &str, by: impl Fn(Vec<u8>) -> Vec<u8>) {
    let found = block_on(backend.get(area, &[key.to_owned()])).unwrap().remove(0).unwrap();
    let puts = vec![(area, key.to_owned(), by(found))];
    block_on(backend.commit(Transaction { puts, ..Transaction::default() })).unwrap();
}

/// How a stored value is tampered with.
type Way = Box<dyn Fn(Vec<u8>) -> Vec<u8>>;

#[test]
fn a_record_that_was_moved_changed_or_left_open_is_damaged_and_nothing_else_is() {
    let backend = filled();
    let guarded = tab(&backend, None).unwrap();
    let mut writer = store(&guarded).unwrap();
    let tables = sample::tables(40);
    block_on(writer.add_batch(sample::draft("b.csv"), &tables, NOW, &mut |_, _| ())).unwrap();
    lock(&guarded).unwrap();
    let chunks = block_on(backend.keys(Area::Chunk)).unwrap();
    let of = |key: &str| block_on(backend.get(Area::Chunk, &[key.to_owned()])).unwrap().remove(0);
    let (first, other) = (&chunks[0], of(&chunks[1]).unwrap());
    let flipped = |at: usize| {
        move |mut value: Vec<u8>| {
            let at = at.min(value.len() - 1);
            value[at] ^= 1;
            value
        }
    };
    let ways: [Way; 7] = [
        Box::new(move |_| other.clone()),
        Box::new(flipped(0)),
        Box::new(flipped(3)),
        Box::new(flipped(40)),
        Box::new(flipped(usize::MAX)),
        Box::new(|value| value[..20].to_vec()),
        Box::new(|_| b"RGCK".to_vec()),
    ];
    for (n, way) in ways.iter().enumerate() {
        let copy = backend.copied();
        tamper(&copy, Area::Chunk, first, way);
        let store = store(&tab(&copy, Some(1)).unwrap()).unwrap();
        let loaded = |it: store::BatchId| block_on(store.load_batch(it));
        let states: Vec<bool> =
            store.manifest().live_batches().map(|it| loaded(it.id).is_ok()).collect();
        assert_eq!(states.iter().filter(|it| !**it).count(), 1, "way {n}");
        let failed = store.manifest().live_batches().find_map(|it| loaded(it.id).err());
        assert!(matches!(failed, Some(StoreError::Damaged { .. })), "way {n}");
    }
    // An edit's record is made anew from the log.
    tamper(&backend, Area::Delta, &format!("customer:{}", CustomerId(5)), |mut it| {
        it[30] ^= 1;
        it
    });
    let opened = Store::open(tab(&backend, Some(1)).unwrap(), DeviceId(9));
    let (store, recovery) = block_on(opened).unwrap();
    assert_eq!((recovery.rebuilt_edits, recovery.lost_edits.len()), (1, 0));
    let of = Entity::Customer(CustomerId(5));
    assert_eq!(store.overlay().field(&of, "note").unwrap().text(), CANARY);
}
