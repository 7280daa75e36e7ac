//! Data as each released format wrote it must open for ever.

use crate::backup::{backup, restore as restore_backup};
use crate::{DEVICE, open, sample};
use model::{CustomerId, DeviceId, Entity, Operation, Origin, RecordKind, Value};
use pollster::block_on;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use store::{Area, Backend, BatchId, BatchState, MemoryBackend, Store, Tables, Transaction};

/// Area, key, value in hexadecimal digits.
type Dump = BTreeMap<String, BTreeMap<String, String>>;

const ANN: Entity = Entity::Customer(CustomerId(1 << 100));

fn file(format: u32) -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
        .join(format!("tests/golden/format-{format}.json"))
}

fn parse_hex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks_exact(2).map(|pair| std::str::from_utf8(pair).unwrap());
    digits.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

fn write_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn restore(format: u32) -> MemoryBackend {
    let dump: Dump = serde_json::from_slice(&std::fs::read(file(format)).unwrap()).unwrap();
    let backend = MemoryBackend::new();
    for area in Area::ALL {
        let records = dump[area.name()].iter();
        let puts = records.map(|(key, hex)| (area, key.clone(), parse_hex(hex))).collect();
        block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    }
    backend
}

#[test]
fn data_of_every_format_opens_with_all_that_was_in_it() {
    for format in 1..=store::FORMAT {
        opens(format);
    }
}

fn opens(format: u32) {
    let (store, recovery) = open(&restore(format));
    assert_eq!(recovery, store::Recovery::default());
    assert_eq!(store.manifest().format, format);
    assert_eq!(store.manifest().device, DEVICE);
    holds_all(&store, format);
}

/// Whether all is there that [`fill`] put in, as far as the format could hold it.
fn holds_all(store: &Store<MemoryBackend>, format: u32) {
    let batches = &store.manifest().batches;
    assert_eq!(
        batches.iter().take(2).map(|b| b.state).collect::<Vec<_>>(),
        [BatchState::Undone, BatchState::Live]
    );
    assert_eq!((batches[1].facts.kind, batches[1].facts.records), (RecordKind::Orders, 0));
    assert_eq!(batches[1].file_name, "orders.csv");
    assert_eq!(batches[1].unnamed_decimals, 3);
    assert_eq!(batches[1].content_hash, sample::draft("").content_hash);
    // What is restored is put together by customer.
    let clustered = |mut tables: Tables| {
        tables.cluster();
        tables
    };
    let orders = block_on(store.load_batch(BatchId(2))).unwrap();
    assert!(clustered(orders) == clustered(sample::tables(40)));
    assert_eq!(store.overlay().field(&ANN, "note").unwrap().text(), "likes 龙井");
    assert_eq!(store.overlay().field(&ANN, "points").unwrap().added.len(), 2);
    assert!(store.overlay().field(&ANN, "tags").unwrap().words.contains_key("vip"));
    assert!(store.overlay().get(&Entity::Customer(CustomerId(2))).unwrap().is_deleted());
    if format >= 2 {
        assert_eq!((batches[2].facts.kind, batches[2].facts.records), (RecordKind::Tickets, 3));
        let mut people = sample::people();
        if format < 3 {
            (people.people.summaries, people.people.gaps) = Default::default();
        }
        assert_eq!(block_on(store.load_batch(BatchId(3))).unwrap(), people);
    }
}

#[test]
fn an_import_raises_the_format_so_that_older_programs_say_that_they_are_too_old() {
    let (mut store, _) = open(&restore(1));
    assert_eq!(store.manifest().format, 1);
    let people = sample::people();
    block_on(store.add_batch(sample::draft("tickets.csv"), &people, 9, &mut |_, _| ())).unwrap();
    assert_eq!(store.manifest().format, store::FORMAT);
}

#[test]
fn backups_of_every_version_are_restored_with_all_that_was_in_them() {
    for version in 1..=store::BACKUP_VERSION {
        let text = std::fs::read(backup_file(version)).unwrap();
        let mut fresh = block_on(Store::open(MemoryBackend::new(), DeviceId(8))).unwrap().0;
        restore_backup(&mut fresh, &text).unwrap();
        // The first backups were those of format 2.
        holds_all(&fresh, version + 1);
    }
}

/// Writes the backup of the present version, once, before it is released.
#[test]
#[ignore = "writes a golden file"]
fn write_golden_backup() {
    let (mut store, _) = open(&MemoryBackend::new());
    block_on(fill(&mut store));
    std::fs::write(backup_file(store::BACKUP_VERSION), backup(&store)).unwrap();
}

fn backup_file(version: u32) -> PathBuf {
    file(version).with_file_name(format!("backup-{version}.json"))
}

/// Writes the file of the present format, once, before it is released.
#[test]
#[ignore = "writes a golden file"]
fn write_golden_file() {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    block_on(fill(&mut store));
    let mut dump = Dump::new();
    for area in Area::ALL {
        let records = block_on(backend.all(area)).unwrap().into_iter();
        let records = records.map(|(key, value)| (key, write_hex(&value))).collect();
        dump.insert(area.name().to_owned(), records);
    }
    let mut text = serde_json::to_string_pretty(&dump).unwrap();
    text.push('\n');
    std::fs::write(file(store::FORMAT), text).unwrap();
}

async fn fill(store: &mut Store<MemoryBackend>) {
    const NOW: u64 = 1_780_000_000_000;
    let wrong = sample::tables(3);
    let undone = sample::draft("wrong.csv");
    let undone = store.add_batch(undone, &wrong, NOW, &mut |_, _| ()).await.unwrap();
    store.remove_batch(undone, NOW + 1).await.unwrap();
    let tables = sample::tables(40);
    store.add_batch(sample::draft("orders.csv"), &tables, NOW + 2, &mut |_, _| ()).await.unwrap();
    let mut tickets = sample::draft("tickets.csv");
    (tickets.facts.kind, tickets.facts.records) = (RecordKind::Tickets, 3);
    tickets.content_hash += 1;
    store.add_batch(tickets, &sample::people(), NOW + 2, &mut |_, _| ()).await.unwrap();
    let note = Operation::Set(Value::Text("likes 龙井".to_owned()));
    let edits = [
        (ANN, "note", note),
        (ANN, "points", Operation::Add(30)),
        (ANN, "points", Operation::Add(-5)),
        (ANN, "tags", Operation::Include("vip".to_owned())),
        (Entity::Customer(CustomerId(2)), "", Operation::Delete),
    ];
    let edits = edits.map(|(entity, field, operation)| (entity, field.to_owned(), operation));
    store.apply(Origin::Person, edits.to_vec(), NOW + 3).await.unwrap();
}
