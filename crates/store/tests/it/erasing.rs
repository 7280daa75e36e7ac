//! Whoever is erased is nowhere any more, in no area and in no form, and does not come back.

use crate::backup::{backup, restore};
use crate::{DEVICE, open, sample};
use model::{
    Consent, CustomerId, DeviceId, Entity, Hlc, IdentityKey, NO_CUSTOMER, Operation, OrderFlags,
    Origin, Value,
};
use pollster::block_on;
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Area, Backend, BackendError, BatchDraft, BatchId, BatchReport, Erasure, Fault, KeptRow,
    MemoryBackend, Store, StoreError, Tables, TheirRows, ToErase, Transaction,
};

const NOW: u64 = 1_780_000_000_000;
const EMAIL: &str = "canary.mail@example.com";
const PHONE: &str = "+12125550142";
/// Words that tell of the person, each in a place of its own.
const CANARIES: [&str; 12] = [
    EMAIL,
    "2125550142",
    "Canary Name",
    "canary-city",
    "canary-engraved",
    "canary-listed",
    "canary-said",
    "canary-answer",
    "canary-asked",
    "canary-looked",
    "canary-note",
    "canary-tag",
];

fn person() -> CustomerId {
    IdentityKey::Email(EMAIL).customer_id()
}

fn entity() -> Entity {
    Entity::Customer(person())
}

/// Orders of the person, of another and of nobody, in turn, each with a line.
fn orders() -> Tables {
    let mut tables = Tables::default();
    let bob = IdentityKey::Email("bob@example.com").customer_id();
    for (id, texts) in [
        (bob, ["bob@example.com", "", "Bob", "Bath", "", "GB"]),
        (person(), [EMAIL, PHONE, "Canary Name", "canary-city", "", "US"]),
    ] {
        let it = &mut tables.customers;
        it.id.push(id);
        let columns = [
            &mut it.email,
            &mut it.phone,
            &mut it.name,
            &mut it.city,
            &mut it.region,
            &mut it.country,
        ];
        columns.into_iter().zip(texts).for_each(|(column, text)| column.push(text));
    }
    for name in ["Tea", "Cup canary-engraved"] {
        tables.products.key.push(name);
        tables.products.name.push(name);
    }
    tables.orders.currencies = vec![None];
    for n in 0..9_u32 {
        let it = &mut tables.orders;
        it.number.push(&format!("#{}", 1_000 + n));
        it.customer.push([0, 1, NO_CUSTOMER][n as usize % 3]);
        it.at.push(1_700_000_000 + i64::from(n));
        it.total.push(100 + i64::from(n));
        it.refunded.push(0);
        it.currency.push(0);
        it.flags.push(OrderFlags::PAID);
        it.channel.push(["web", "canary-channel", "app"][n as usize % 3]);
        tables.lines.order.push(n);
        tables.lines.product.push(u32::from(n % 3 == 1));
        tables.lines.quantity_milli.push(1_000);
        tables.lines.price.push(100);
    }
    tables.cluster();
    tables
}

/// A list that knows the person, an answer, a ticket and an event of theirs, each after one of Bob's.
fn people() -> Tables {
    let mut tables = sample::people();
    tables.customers = orders().customers;
    let it = &mut tables.people.contacts;
    it.customer = vec![0, 1, 0];
    it.email_consent[1] = Consent::Given;
    replace(&mut it.note, "canary-listed");
    replace(&mut it.tags, "");
    let it = &mut tables.people.summaries;
    it.customer = vec![0, 1, 0];
    replace(&mut it.member, "canary-number");
    let it = &mut tables.people.responses;
    replace(&mut it.email, EMAIL);
    replace(&mut it.comment, "canary-said");
    replace(&mut tables.people.answers.text, "canary-answer");
    let it = &mut tables.people.tickets;
    // An address goes before a telephone: without it the telephone tells.
    it.email = ["bob@example.com", "", ""].into_iter().collect();
    replace(&mut it.phone, PHONE);
    replace(&mut it.text, "canary-asked");
    let it = &mut tables.people.events;
    replace(&mut it.email, EMAIL);
    replace(&mut it.subject, "canary-looked");
    tables
}

/// Puts a text into the middle row of three.
fn replace(column: &mut model::TextColumn, text: &str) {
    *column = ["", text, "other"].into_iter().collect();
}

fn draft(name: &str, hash: u128) -> BatchDraft {
    let row = |text: &str| KeptRow { text: text.to_owned(), ..KeptRow::default() };
    let rejected = vec![row("Bob, no date"), row("CANARY NAME;(212) 555-0142;no date")];
    let report = BatchReport { rejected, ..BatchReport::default() };
    BatchDraft { content_hash: hash, report, ..sample::draft(name) }
}

fn add(store: &mut Store<MemoryBackend>, name: &str, hash: u128, tables: &Tables) -> BatchId {
    block_on(store.add_batch(draft(name, hash), tables, NOW, &mut |_, _| ())).unwrap()
}

fn edit(store: &mut Store<MemoryBackend>, edits: &[(Entity, &str, Operation)]) {
    let edits = edits.iter().map(|(of, name, what)| (of.clone(), (*name).to_owned(), what.clone()));
    block_on(store.apply(Origin::Person, edits.collect(), NOW)).unwrap();
}

fn note(text: &str) -> Operation {
    Operation::Set(Value::Text(text.to_owned()))
}

/// An import that has nothing of the person, two that have, edits of theirs and of others in one
/// record of the log, and answers that were kept.
fn fill(backend: &MemoryBackend) {
    let (mut store, _) = open(backend);
    let mut others = sample::tables(30);
    others.cluster();
    block_on(store.add_batch(sample::draft("others.csv"), &others, NOW, &mut |_, _| ())).unwrap();
    add(&mut store, "orders.csv", 2, &orders());
    add(&mut store, "people.csv", 3, &people());
    let bob = Entity::Customer(IdentityKey::Email("bob@example.com").customer_id());
    let tag = Operation::Include("canary-tag".to_owned());
    edit(
        &mut store,
        &[
            (entity(), "note", note("canary-note")),
            (bob, "note", note("likes tea")),
            (entity(), "tags", tag),
        ],
    );
    edit(&mut store, &[(entity(), "note", note("later"))]);
    block_on(store.keep_answers(b"canary-note".to_vec())).unwrap();
}

fn who(beside: BTreeMap<BatchId, TheirRows>) -> ToErase {
    let phone = IdentityKey::Phone(PHONE).customer_id();
    ToErase { people: vec![(person(), None), (phone, None)], beside }
}

fn erase(store: &mut Store<MemoryBackend>) -> Result<Erasure, StoreError> {
    block_on(store.erase_customers(&who(BTreeMap::new()), NOW + 9, &mut |_, _| ()))
}

/// Every record as it lies there.
fn raw(backend: &MemoryBackend) -> Vec<(Area, String, Vec<u8>)> {
    let of =
        |area| block_on(backend.all(area)).unwrap().into_iter().map(move |(k, v)| (area, k, v));
    Area::ALL.into_iter().flat_map(of).collect()
}

/// Which of the words are anywhere: in the bytes of a record, or in what they decode to.
fn told(backend: &MemoryBackend) -> BTreeSet<&'static str> {
    let (store, _) = open(backend);
    let decoded = store
        .manifest()
        .live_batches()
        .map(|it| format!("{:?}", block_on(store.load_batch(it.id))).into_bytes());
    let texts = store.manifest().live_batches().flat_map(|it| {
        let tables = block_on(store.load_batch(it.id)).unwrap_or_default();
        let people = &tables.people;
        let columns = [
            &tables.customers.email,
            &tables.customers.phone,
            &tables.customers.name,
            &tables.customers.city,
            &tables.products.name,
            &people.contacts.note,
            &people.responses.comment,
            &people.responses.email,
            &people.answers.text,
            &people.tickets.text,
            &people.tickets.phone,
            &people.events.subject,
        ];
        columns.map(|column| column.iter().collect::<Vec<_>>().join("\n").into_bytes())
    });
    let raw = raw(backend).into_iter().map(|(_, _, bytes)| bytes);
    let all: Vec<Vec<u8>> = raw.chain(decoded).chain(texts.collect::<Vec<_>>()).collect();
    let is_in =
        |word: &str, bytes: &[u8]| bytes.windows(word.len()).any(|it| it == word.as_bytes());
    CANARIES.into_iter().filter(|word| all.iter().any(|bytes| is_in(word, bytes))).collect()
}

fn nobody_is_told(backend: &MemoryBackend) {
    assert_eq!(told(backend), BTreeSet::new());
}

#[test]
fn nothing_tells_of_whoever_is_erased_and_all_else_stays() {
    let backend = MemoryBackend::new();
    fill(&backend);
    assert_eq!(told(&backend).len(), CANARIES.len(), "{:?}", told(&backend));
    let (mut store, _) = open(&backend);
    let before = raw(&backend);
    let others = store.manifest().batches[0].clone();
    let facts = store.manifest().batches[1].facts;
    let erased = erase(&mut store).unwrap();
    assert_eq!((erased.rewritten, erased.unread), (vec![BatchId(2), BatchId(3)], vec![]));
    nobody_is_told(&backend);
    let (store, recovery) = open(&backend);
    assert_eq!(recovery, store::Recovery::default());
    assert!(store.overlay().get(&entity()).unwrap().is_deleted());
    let left = block_on(store.load_batch(BatchId(2))).unwrap();
    assert_eq!(
        left.orders.number.iter().collect::<Vec<_>>(),
        ["#1000", "#1003", "#1006", "#1002", "#1005", "#1008"]
    );
    assert_eq!(left.orders.channel.names, ["web", "app"]);
    assert_eq!((left.lines.order, left.lines.product), ((0..6).collect(), vec![0; 6]));
    let left = block_on(store.load_batch(BatchId(3))).unwrap().people;
    assert_eq!((left.contacts.customer, left.responses.len()), (vec![0, 0], 2));
    assert_eq!((left.summaries.customer, left.summaries.orders), (vec![0, 0], vec![1, 3]));
    assert_eq!((left.gaps.summary, left.gaps.days), (vec![1, 1], vec![0, 6]));
    assert_eq!(left.answers.response, [0, 1]);
    assert_eq!((left.tickets.len(), left.events.len()), (2, 2));
    // The import without them lies there byte for byte, the others say that they were written again.
    let entries = &store.manifest().batches;
    assert_eq!((&entries[0], entries[1].facts), (&others, facts));
    assert!(entries[1].edition > Some(entries[1].stamp) && entries[2].edition > entries[1].edition);
    let is_others = |it: &&(Area, String, Vec<u8>)| others.chunks.iter().any(|at| at.key == it.1);
    let after = raw(&backend);
    assert!(before.iter().filter(is_others).eq(after.iter().filter(is_others)));
    let of_bob = block_on(store.batch_report(BatchId(2))).unwrap().rejected;
    assert_eq!(of_bob.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["Bob, no date"]);
    assert_eq!(store.manifest().batches[0].edition, None);
}

#[test]
fn the_hash_of_the_log_is_that_of_its_records() {
    let backend = MemoryBackend::new();
    fill(&backend);
    let key = block_on(backend.keys(Area::Log)).unwrap().remove(0);
    let is_sound = |store: &Store<MemoryBackend>| {
        let records = block_on(backend.all(Area::Log)).unwrap();
        let hash = records
            .iter()
            .fold(0, |seed, (_, record)| xxhash_rust::xxh3::xxh3_64_with_seed(record, seed));
        store.manifest().log_hash == hash
    };
    let (mut store, _) = open(&backend);
    assert!(is_sound(&store));
    erase(&mut store).unwrap();
    assert!(is_sound(&store));
    assert_eq!(block_on(backend.keys(Area::Log)).unwrap().len(), 3, "no record goes");
    // What the log still tells of Bob makes his edits anew.
    let bob = Entity::Customer(IdentityKey::Email("bob@example.com").customer_id());
    let record =
        (Area::Delta, format!("customer:{}", IdentityKey::Email("bob@example.com").customer_id()));
    let puts = vec![(record.0, record.1, b"damaged".to_vec())];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    let (mut store, recovery) = open(&backend);
    assert_eq!(
        (recovery.rebuilt_edits, store.overlay().field(&bob, "note").unwrap().text()),
        (1, "likes tea")
    );
    // A record that cannot be read may tell of anybody.
    let puts = vec![(Area::Log, key.clone(), b"canary-note, damaged".to_vec())];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    let again = ToErase { people: vec![(CustomerId(5), None)], ..ToErase::default() };
    block_on(store.erase_customers(&again, NOW, &mut |_, _| ())).unwrap();
    assert!(is_sound(&store));
    assert_eq!(block_on(backend.get(Area::Log, &[key])).unwrap(), [Some(Vec::new())]);
    nobody_is_told(&backend);
}

#[test]
fn a_kill_at_any_commit_leaves_all_of_them_or_nothing() {
    let mut commits = 0;
    for n in 0.. {
        for fault in [Fault::BeforeCommit, Fault::AfterCommit] {
            let backend = MemoryBackend::new();
            fill(&backend);
            let (mut store, _) = open(&backend);
            backend.kill_at_commit(n, fault);
            let outcome = erase(&mut store);
            if !backend.restart() {
                outcome.unwrap();
                assert!(commits > 2, "{commits} commits");
                return;
            }
            commits = n + 1;
            let (mut store, _) = open(&backend);
            let told = told(&backend).len();
            let is_erased = store.overlay().get(&entity()).unwrap().is_deleted();
            assert_eq!(told, if is_erased { 0 } else { CANARIES.len() }, "commit {n} {fault:?}");
            let live: usize = store.manifest().live_batches().map(|it| it.chunks.len()).sum();
            let there = block_on(backend.keys(Area::Chunk)).unwrap().len();
            assert_eq!(there, live, "strays after commit {n} {fault:?}");
            erase(&mut store).unwrap();
            nobody_is_told(&backend);
        }
    }
}

#[test]
fn once_more_changes_nothing_and_edits_come_to_nothing() {
    let backend = MemoryBackend::new();
    fill(&backend);
    let (mut store, _) = open(&backend);
    erase(&mut store).unwrap();
    let before = raw(&backend);
    assert_eq!(erase(&mut store).unwrap(), Erasure::default());
    let own = vec![(entity(), "note".to_owned(), note("canary-note"))];
    assert_eq!(block_on(store.apply(Origin::Person, own, NOW)), Err(StoreError::Erased));
    assert_eq!(raw(&backend), before);
    let mixed = [(entity(), "note", note("canary-note")), (Entity::Shop, "name", note("Wool"))];
    edit(&mut store, &mixed);
    assert_eq!(store.overlay().field(&Entity::Shop, "name").unwrap().text(), "Wool");
    nobody_is_told(&backend);
}

#[test]
fn an_edit_in_another_tab_meanwhile_is_kept_unless_it_is_of_them() {
    let backend = MemoryBackend::new();
    fill(&backend);
    let (mut store, _) = open(&backend);
    let (mut other, _) = open(&backend);
    edit(
        &mut other,
        &[(entity(), "note", note("canary-note")), (Entity::Shop, "name", note("Wool"))],
    );
    assert_eq!(erase(&mut store).unwrap().rewritten.len(), 2);
    assert_eq!(store.overlay().field(&Entity::Shop, "name").unwrap().text(), "Wool");
    // A tab that has not heard of it edits them once more.
    edit(
        &mut other,
        &[(entity(), "note", note("canary-note")), (Entity::Shop, "name", note("Loom"))],
    );
    nobody_is_told(&backend);
    assert_eq!(other.overlay().field(&Entity::Shop, "name").unwrap().text(), "Loom");
    // One that stores an import meanwhile has rows that nobody has looked for.
    let (mut late, _) = open(&backend);
    let mut id = None;
    let who = ToErase { people: vec![(CustomerId(3), None)], ..ToErase::default() };
    let refused = block_on(store.erase_customers(&who, NOW, &mut |_, _| {
        id.get_or_insert_with(|| add(&mut late, "late.csv", 9, &sample::tables(5)));
    }));
    assert_eq!(refused, Err(StoreError::Backend(BackendError::Conflict)));
    assert_eq!(
        block_on(store.erase_customers(&who, NOW, &mut |_, _| ())).unwrap().changes.len(),
        1
    );
}

#[test]
fn rows_that_do_not_say_whose_they_are_go_as_told() {
    let backend = MemoryBackend::new();
    fill(&backend);
    let (mut store, _) = open(&backend);
    // The third order is nobody's, the third ticket names no one.
    let rows = TheirRows { orders: [2].into(), tickets: [2].into(), ..TheirRows::default() };
    let beside = BTreeMap::from([(BatchId(1), rows)]);
    let rewritten =
        block_on(store.erase_customers(&who(beside), NOW, &mut |_, _| ())).unwrap().rewritten;
    assert_eq!(rewritten, [BatchId(1), BatchId(2), BatchId(3)]);
    assert_eq!(block_on(store.load_batch(BatchId(1))).unwrap().orders.len(), 29);
}

#[test]
fn a_damaged_import_is_named_and_does_not_stop_the_rest() {
    let backend = MemoryBackend::new();
    fill(&backend);
    let (mut store, _) = open(&backend);
    let chunk = store.manifest().batches[0].chunks[0].key.clone();
    let puts = vec![(Area::Chunk, chunk, b"damaged".to_vec())];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    let erased = erase(&mut store).unwrap();
    assert_eq!((erased.unread, erased.rewritten), (vec![BatchId(1)], vec![BatchId(2), BatchId(3)]));
    nobody_is_told(&backend);
}

#[test]
fn a_full_disk_leaves_all_as_it_was() {
    let backend = MemoryBackend::new();
    fill(&backend);
    let (mut store, _) = open(&backend);
    backend.set_quota(Some(backend.stored_bytes() + 100));
    assert!(matches!(erase(&mut store), Err(StoreError::Backend(BackendError::Quota { .. }))));
    assert_eq!(told(&backend).len(), CANARIES.len());
    backend.set_quota(None);
    erase(&mut store).unwrap();
    nobody_is_told(&backend);
}

#[test]
fn an_older_backup_brings_nobody_back() {
    let backend = MemoryBackend::new();
    fill(&backend);
    let (mut store, _) = open(&backend);
    let older = backup(&store);
    erase(&mut store).unwrap();
    // Taken back, the imports come anew out of the backup.
    for id in [2, 3] {
        block_on(store.remove_batch(BatchId(id), NOW + 20)).unwrap();
    }
    let restored = restore(&mut store, &older).unwrap();
    assert_eq!((restored.imports, restored.changes), (2, 0));
    nobody_is_told(&backend);
    let back = store.manifest().batches.iter().rfind(|it| it.file_name == "orders.csv").unwrap();
    assert!(back.edition > Some(back.stamp));
    assert_eq!(block_on(store.load_batch(back.id)).unwrap().orders.len(), 6);
    // A backup that was made afterwards tells of the erasure, and of nobody.
    let (newer, mut fresh) =
        (backup(&store), block_on(Store::open(MemoryBackend::new(), DEVICE)).unwrap().0);
    restore(&mut fresh, &newer).unwrap();
    assert!(fresh.overlay().get(&entity()).unwrap().is_deleted());
    let edition = |store: &Store<MemoryBackend>| {
        let live = store.manifest().live_batches().map(|it| it.edition);
        live.collect::<Vec<_>>()
    };
    assert_eq!(edition(&fresh), edition(&store));
}

#[test]
fn word_of_an_erasure_elsewhere_is_followed() {
    let (here, there) = (MemoryBackend::new(), MemoryBackend::new());
    fill(&here);
    fill(&there);
    let (mut store, _) = open(&there);
    erase(&mut store).unwrap();
    let word = backup(&store);
    let (mut store, _) = open(&here);
    restore(&mut store, &word).unwrap();
    assert_eq!(block_on(store.holding_erased()).unwrap(), [BatchId(2), BatchId(3)]);
    let again = block_on(store.erase_customers(&ToErase::default(), NOW, &mut |_, _| ())).unwrap();
    assert_eq!((again.changes, again.rewritten.len()), (vec![], 2));
    assert_eq!(block_on(store.holding_erased()).unwrap(), []);
    nobody_is_told(&here);
    // The stamp of an erasure that sync brings is kept, and moves the clock on.
    let at = Hlc { ms: NOW + 1_000_000, counter: 3, device: DeviceId(99) };
    let who = ToErase { people: vec![(CustomerId(77), Some(at))], ..ToErase::default() };
    let erased = block_on(store.erase_customers(&who, NOW, &mut |_, _| ())).unwrap();
    assert_eq!(erased.changes[0].stamp, at);
    assert!(store.manifest().clock.tick(NOW) > at);
    let (reopened, _) = open(&here);
    let deleted = reopened.overlay().get(&Entity::Customer(CustomerId(77))).unwrap().deleted;
    assert_eq!(deleted, Some(at));
}

#[test]
fn what_is_known_of_a_person_is_theirs_alone_and_complete() {
    let backend = MemoryBackend::new();
    fill(&backend);
    let (store, _) = open(&backend);
    let known = block_on(store.known_of(&who(BTreeMap::new()))).unwrap();
    let text = known.to_string();
    for word in CANARIES {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("bob@example.com") && !text.contains("likes tea"), "{text}");
    let imports = known["imports"].as_array().unwrap();
    assert_eq!(imports.len(), 2);
    assert_eq!(imports[0]["orders"].as_array().unwrap().len(), 3);
    assert_eq!(imports[0]["lines"][0]["price"], 100);
    assert_eq!(known["changes"].as_array().unwrap().len(), 3);
}
