//! What every backend must do, run over each of them: `open` reopens the same place.

use model::{CustomerId, DeviceId, Entity, Operation, OrderFlags, Origin, Value};
use store::{
    Area, Backend, BackendError, BatchDraft, BatchFacts, BatchReport, Durability, Expect, Store,
    StoreError, Tables, Transaction,
};

/// All of it, on an empty place, which is empty again afterwards.
pub async fn suite<B: Backend>(open: impl AsyncFn() -> B) {
    records_come_back_in_the_order_of_their_keys(&open).await;
    a_transaction_clears_then_deletes_then_puts(&open).await;
    a_transaction_that_expects_something_else_changes_nothing(&open).await;
    a_store_survives_reopening(&open).await;
    two_stores_do_not_overwrite_each_other(&open).await;
}

fn put(area: Area, key: &str, value: &[u8]) -> Transaction {
    Transaction { puts: vec![(area, key.to_owned(), value.to_vec())], ..Default::default() }
}

async fn one<B: Backend>(backend: &B, area: Area, key: &str) -> Option<Vec<u8>> {
    backend.get(area, &[key.to_owned()]).await.unwrap().remove(0)
}

async fn empty<B: Backend>(backend: &B) {
    let clears = Area::ALL.to_vec();
    backend.commit(Transaction { clears, ..Default::default() }).await.unwrap();
}

async fn records_come_back_in_the_order_of_their_keys<B: Backend>(open: &impl AsyncFn() -> B) {
    let backend = open().await;
    let big: Vec<u8> =
        (0..3_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (key, value) in [("b", &big[..]), ("a", &[][..]), ("键", &[0, 255][..])] {
        backend.commit(put(Area::Log, key, value)).await.unwrap();
    }
    backend.commit(put(Area::Delta, "b", b"of another area")).await.unwrap();
    let backend = open().await;
    assert_eq!(backend.keys(Area::Log).await.unwrap(), ["a", "b", "键"]);
    let all = backend.all(Area::Log).await.unwrap();
    assert!(all == [("a".into(), vec![]), ("b".into(), big.clone()), ("键".into(), vec![0, 255])]);
    let keys = ["键", "no such key", "a"].map(str::to_owned);
    let found = backend.get(Area::Log, &keys).await.unwrap();
    assert_eq!(found, [Some(vec![0, 255]), None, Some(vec![])]);
    assert_eq!(backend.get(Area::Log, &[]).await.unwrap(), Vec::<Option<Vec<u8>>>::new());
    empty(&backend).await;
    assert_eq!(backend.keys(Area::Log).await.unwrap(), Vec::<String>::new());
}

async fn a_transaction_clears_then_deletes_then_puts<B: Backend>(open: &impl AsyncFn() -> B) {
    let backend = open().await;
    for key in ["old", "kept", "gone"] {
        backend.commit(put(Area::Chunk, key, key.as_bytes())).await.unwrap();
        backend.commit(put(Area::Delta, key, key.as_bytes())).await.unwrap();
    }
    let transaction = Transaction {
        durability: Durability::Strict,
        clears: vec![Area::Delta],
        deletes: ["gone", "old", "never there"].map(|k| (Area::Chunk, k.to_owned())).to_vec(),
        puts: vec![
            (Area::Delta, "kept".to_owned(), b"new".to_vec()),
            (Area::Chunk, "old".to_owned(), b"new".to_vec()),
        ],
        expect: Vec::new(),
    };
    backend.commit(transaction).await.unwrap();
    assert_eq!(backend.all(Area::Delta).await.unwrap(), [("kept".into(), b"new".to_vec())]);
    assert_eq!(backend.keys(Area::Chunk).await.unwrap(), ["kept", "old"]);
    assert_eq!(one(&backend, Area::Chunk, "old").await.unwrap(), b"new");
    backend.commit(Transaction::default()).await.unwrap();
    empty(&backend).await;
}

async fn a_transaction_that_expects_something_else_changes_nothing<B: Backend>(
    open: &impl AsyncFn() -> B,
) {
    let backend = open().await;
    let expecting = |value: Option<&[u8]>, new: &[u8]| {
        let value = value.map(<[u8]>::to_vec);
        let expect = vec![Expect { area: Area::Meta, key: "m".to_owned(), value }];
        Transaction { expect, ..put(Area::Meta, "m", new) }
    };
    let conflict = Err(BackendError::Conflict);
    assert_eq!(backend.commit(expecting(Some(b"1"), b"2")).await, conflict);
    assert_eq!(one(&backend, Area::Meta, "m").await, None);
    backend.commit(expecting(None, b"1")).await.unwrap();
    assert_eq!(backend.commit(expecting(None, b"2")).await, conflict);
    assert_eq!(backend.commit(expecting(Some(b""), b"2")).await, conflict);
    assert_eq!(one(&backend, Area::Meta, "m").await.unwrap(), b"1");
    backend.commit(expecting(Some(b"1"), b"2")).await.unwrap();
    // The record that is checked may be in another area than those that are written.
    let expect = expecting(Some(b"1"), b"").expect;
    let elsewhere = Transaction { expect, ..put(Area::Log, "l", b"1") };
    assert_eq!(backend.commit(elsewhere).await, conflict);
    assert_eq!(backend.keys(Area::Log).await.unwrap(), Vec::<String>::new());
    empty(&backend).await;
}

fn draft() -> BatchDraft {
    BatchDraft {
        source: "generic".to_owned(),
        shop_key: 1,
        file_name: "订单.csv".to_owned(),
        file_size: 99,
        content_hash: u128::MAX,
        unnamed_decimals: 2,
        sample: true,
        facts: BatchFacts::default(),
        report: BatchReport::default(),
    }
}

fn tables(orders: u32) -> Tables {
    let mut tables = Tables::default();
    let table = &mut tables.orders;
    table.currencies = vec![None];
    for n in 0..orders {
        table.number.push(&format!("SO{n:08}"));
        table.customer.push(model::NO_CUSTOMER);
        table.at.push(1_700_000_000 + i64::from(n));
        table.total.push(i64::from(n * 37 % 1_000));
        table.refunded.push(0);
        table.currency.push(0);
        table.flags.push(OrderFlags::WALL_TIME);
    }
    tables
}

const ANN: Entity = Entity::Customer(CustomerId(1));

fn note(text: &str) -> Vec<(Entity, String, Operation)> {
    vec![(ANN, "note".to_owned(), Operation::Set(Value::Text(text.to_owned())))]
}

async fn a_store_survives_reopening<B: Backend>(open: &impl AsyncFn() -> B) {
    let (mut store, recovery) = Store::open(open().await, DeviceId(1)).await.unwrap();
    assert!(recovery.fresh);
    let tables = tables(70_000);
    let id = store.add_batch(draft(), &tables, 1_000, &mut |_, _| ()).await.unwrap();
    store.apply(Origin::Person, note("hello"), 2_000).await.unwrap();
    let (mut store, recovery) = Store::open(open().await, DeviceId(2)).await.unwrap();
    assert_eq!(recovery, store::Recovery::default());
    assert_eq!(store.manifest().device, DeviceId(1));
    assert!(store.load_batch(id).await.unwrap() == tables);
    assert_eq!(store.overlay().field(&ANN, "note").unwrap().text(), "hello");
    store.remove_batch(id, 3_000).await.unwrap();
    assert_eq!(store.load_batch(id).await, Err(StoreError::UnknownBatch(id)));
    let backend = open().await;
    assert_eq!(backend.keys(Area::Chunk).await.unwrap(), Vec::<String>::new());
    store.erase_all().await.unwrap();
    assert!(Store::open(open().await, DeviceId(2)).await.unwrap().0.overlay().is_empty());
    empty(&backend).await;
}

async fn two_stores_do_not_overwrite_each_other<B: Backend>(open: &impl AsyncFn() -> B) {
    let (mut one, _) = Store::open(open().await, DeviceId(1)).await.unwrap();
    let (mut other, _) = Store::open(open().await, DeviceId(1)).await.unwrap();
    one.apply(Origin::Person, note("one"), 1_000).await.unwrap();
    other.apply(Origin::Person, note("other"), 900).await.unwrap();
    assert!(one.refresh().await.unwrap());
    assert_eq!(one.overlay(), other.overlay());
    assert_eq!(one.overlay().field(&ANN, "note").unwrap().text(), "other");
    let id = one.add_batch(draft(), &tables(10), 2_000, &mut |_, _| ()).await.unwrap();
    let conflict = Err(StoreError::Backend(BackendError::Conflict));
    assert_eq!(other.add_batch(draft(), &tables(10), 2_000, &mut |_, _| ()).await, conflict);
    assert!(other.load_batch(id).await.unwrap() == tables(10));
    empty(&open().await).await;
}
