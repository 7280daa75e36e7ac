//! A backup brings back what was there, all of it or nothing.

use crate::{DEVICE, open, sample};
use model::{CustomerId, DeviceId, Entity, FieldName, Hlc, Operation, Origin, Value};
use pollster::block_on;
use proptest::prelude::*;
use std::collections::BTreeMap;
use store::{
    Area, Backend, BackendError, BackupError, BatchDraft, BatchId, BatchReport, Fault, KeptRow,
    MemoryBackend, Overlay, Restored, Sink, Source, Store, StoreError, Tables, Transaction,
};

const NOW: u64 = 1_780_000_000_000;
const OTHER_DEVICE: DeviceId = DeviceId(8);

struct Text(Vec<u8>);

impl Sink for Text {
    async fn write(&mut self, text: &[u8]) -> Result<(), String> {
        self.0.extend_from_slice(text);
        Ok(())
    }
}

/// A file that comes in pieces of so many bytes.
struct Pieces<'a>(std::slice::Chunks<'a, u8>);

impl Source for Pieces<'_> {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BackupError> {
        Ok(self.0.next().map(<[u8]>::to_vec))
    }
}

pub fn backup(store: &Store<MemoryBackend>) -> Vec<u8> {
    let mut text = Text(Vec::new());
    block_on(store.back_up(NOW + 100, &mut text, &mut |_, _| ())).unwrap();
    text.0
}

pub fn restore(store: &mut Store<MemoryBackend>, text: &[u8]) -> Result<Restored, BackupError> {
    let mut pieces = Pieces(text.chunks(1_000));
    block_on(store.restore(&mut pieces, &[], NOW + 200, &mut |_| ())).map(|(restored, _)| restored)
}

fn look_into(store: &Store<MemoryBackend>, text: &[u8]) -> Result<Restored, BackupError> {
    block_on(store.look_into(&mut Pieces(text.chunks(777)), &[]))
}

fn draft(name: &str, content_hash: u128) -> BatchDraft {
    BatchDraft { content_hash, ..sample::draft(name) }
}

fn add(store: &mut Store<MemoryBackend>, name: &str, hash: u128, tables: &Tables) -> BatchId {
    block_on(store.add_batch(draft(name, hash), tables, NOW, &mut |_, _| ())).unwrap()
}

fn note(store: &mut Store<MemoryBackend>, customer: u128, text: &str) {
    let operation = Operation::Set(Value::Text(text.to_owned()));
    let edit = (Entity::Customer(CustomerId(customer)), FieldName::from("note"), operation);
    block_on(store.apply(Origin::Person, vec![edit], NOW)).unwrap();
}

/// A store with an import taken back, two in force, a report, and every kind of edit.
fn filled() -> (MemoryBackend, Store<MemoryBackend>) {
    let backend = MemoryBackend::new();
    let (mut store, _) = open(&backend);
    let wrong = add(&mut store, "wrong.csv", 1, &sample::tables(3));
    block_on(store.remove_batch(wrong, NOW)).unwrap();
    let mut orders = sample::tables(9_000);
    orders.cluster();
    add(&mut store, "orders.csv", 2, &orders);
    let mut people = draft("people.csv", 3);
    let row = KeptRow { line: 7, reason: "no_date".to_owned(), ..KeptRow::default() };
    people.report = BatchReport { rejected: vec![row], ..BatchReport::default() };
    block_on(store.add_batch(people, &sample::people(), NOW, &mut |_, _| ())).unwrap();
    note(&mut store, 1, "likes 龙井, \"green\"\n\u{2028}");
    note(&mut store, 1, "likes 龙井");
    let ann = Entity::Customer(CustomerId(1));
    let edits = [
        (Operation::Add(30), "points"),
        (Operation::Add(-5), "points"),
        (Operation::Include("vip".to_owned()), "tags"),
        (Operation::Include("tea".to_owned()), "tags"),
    ];
    let edits = edits.map(|(operation, field)| (ann.clone(), field.to_owned(), operation));
    let made = block_on(store.apply(Origin::Person, edits.to_vec(), NOW)).unwrap();
    let out = Operation::Exclude("vip".to_owned(), vec![made[2].stamp]);
    let more = vec![
        (ann, "tags".to_owned(), out),
        (Entity::Customer(CustomerId(2)), String::new(), Operation::Delete),
        (Entity::Shop, "currency".to_owned(), Operation::Set(Value::Text("CNY".to_owned()))),
    ];
    block_on(store.apply(Origin::Import, more, NOW)).unwrap();
    (backend, store)
}

/// What one sees of a store: its imports with their rows and reports, and every edit.
type View = (Vec<(String, String, Tables, BatchReport)>, Overlay);

fn view(store: &Store<MemoryBackend>) -> View {
    let seen = store.manifest().batches.iter().map(|it| {
        let tables = block_on(store.load_batch(it.id)).unwrap_or_default();
        let report = block_on(store.batch_report(it.id)).unwrap();
        (
            it.file_name.clone(),
            format!("{:?} {:?} {:?}", it.state, it.stamp, it.facts),
            tables,
            report,
        )
    });
    (seen.collect(), store.overlay().clone())
}

fn empty() -> (MemoryBackend, Store<MemoryBackend>) {
    let backend = MemoryBackend::new();
    let store = block_on(Store::open(backend.clone(), OTHER_DEVICE)).unwrap().0;
    (backend, store)
}

#[test]
fn an_empty_store_becomes_what_the_backed_up_one_was() {
    let (_, store) = filled();
    let text = backup(&store);
    let (backend, mut fresh) = empty();
    let foretold = look_into(&fresh, &text).unwrap();
    assert_eq!((foretold.imports, foretold.changes, foretold.orders), (2, 9, 18));
    assert_eq!(foretold.made_at_ms, NOW + 100);
    assert_eq!(restore(&mut fresh, &text).unwrap(), foretold);
    assert_eq!(view(&fresh), view(&store));
    assert_eq!(fresh.manifest().device, OTHER_DEVICE);
    assert!(fresh.manifest().clock > store.manifest().clock);
    let (reopened, recovery) = open(&backend);
    assert_eq!(recovery, store::Recovery::default());
    assert_eq!(view(&reopened), view(&store));
    // And so does a backup of that.
    let (_, mut third) = empty();
    restore(&mut third, &backup(&reopened)).unwrap();
    assert_eq!(view(&third), view(&store));
}

fn lines_of(text: &[u8]) -> Vec<&str> {
    std::str::from_utf8(text).unwrap().lines().collect()
}

#[test]
fn the_text_is_one_document_of_json_with_a_record_a_line() {
    let (_, store) = filled();
    let text = backup(&store);
    let document: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!((&document["format"], &document["version"]), (&"regulars-backup".into(), &2.into()));
    let records = document["records"].as_array().unwrap();
    let lines = lines_of(&text);
    assert_eq!(records.len(), lines.len() - 2);
    assert_eq!(records.last().unwrap()["end"]["records"], records.len() - 1);
    // 9,000 orders of the second import, in lines of at most 4,096.
    let orders: Vec<usize> =
        records.iter().filter_map(|it| it["orders"]["number"].as_array().map(Vec::len)).collect();
    assert_eq!(orders, [4_096, 4_096, 808]);
}

#[test]
fn the_same_backup_again_changes_nothing() {
    let (_, mut store) = filled();
    let text = backup(&store);
    let before = view(&store);
    let foretold = look_into(&store, &text).unwrap();
    assert!(foretold.is_empty(), "{foretold:?}");
    assert_eq!((foretold.known_imports, foretold.known_changes), (2, 9));
    restore(&mut store, &text).unwrap();
    assert_eq!(view(&store), before);
}

#[test]
fn a_used_store_keeps_what_it_has_and_gains_what_it_has_not() {
    let (_, store) = filled();
    let text = backup(&store);
    let (backend, mut used) = empty();
    add(&mut used, "orders.csv", 2, &sample::tables(40));
    add(&mut used, "own.csv", 9, &sample::tables(5));
    note(&mut used, 3, "mine");
    // Said later than in the backup, so it holds.
    let later = Operation::Set(Value::Text("later".to_owned()));
    let edit = (Entity::Customer(CustomerId(1)), FieldName::from("note"), later);
    block_on(used.apply(Origin::Person, vec![edit], NOW + 50)).unwrap();
    let before = view(&used);
    let records = backend.stored_bytes();

    let mut pieces = Pieces(text.chunks(1_000));
    let (restored, undo) =
        block_on(used.restore(&mut pieces, &[], NOW + 200, &mut |_| ())).unwrap();
    assert_eq!((restored.imports, restored.known_imports), (1, 1));
    assert_eq!((restored.changes, restored.known_changes), (7, 2));
    let names: Vec<_> = used.manifest().live_batches().map(|it| it.file_name.clone()).collect();
    assert_eq!(names.len(), 3);
    assert!(used.manifest().batches.is_sorted_by_key(|it| it.stamp));
    let field = |id, name| used.overlay().field(&Entity::Customer(CustomerId(id)), name).cloned();
    assert_eq!(field(1, "note").unwrap().text(), "later");
    assert_eq!(field(3, "note").unwrap().text(), "mine");
    assert!(field(1, "tags").unwrap().words.contains_key("tea"));

    block_on(used.undo_restore(&undo)).unwrap();
    assert_eq!(view(&used), before);
    let (reopened, recovery) = open(&backend);
    assert_eq!((view(&reopened), recovery), (before, store::Recovery::default()));
    // The manifest tells a longer clock, no more.
    assert!(backend.stored_bytes().abs_diff(records) < 40);
}

#[test]
fn what_has_changed_since_is_not_undone() {
    let (_, store) = filled();
    let text = backup(&store);
    let (_, mut fresh) = empty();
    let mut pieces = Pieces(text.chunks(1_000));
    let (_, undo) = block_on(fresh.restore(&mut pieces, &[], NOW, &mut |_| ())).unwrap();
    note(&mut fresh, 5, "after");
    let before = view(&fresh);
    assert_eq!(block_on(fresh.undo_restore(&undo)), Err(BackendError::Conflict.into()));
    assert_eq!(view(&fresh), before);
}

type Expected = fn(&BackupError) -> bool;

#[test]
fn what_is_no_whole_backup_is_refused_and_leaves_nothing() {
    let (_, store) = filled();
    let whole = backup(&store);
    let with = |from: &str, to: &str| {
        let text = String::from_utf8(whole.clone()).unwrap();
        assert!(text.contains(from));
        text.replacen(from, to, 1).into_bytes()
    };
    let line_end = whole.iter().rposition(|&byte| byte == b'}').unwrap();
    let cases: [(&str, Vec<u8>, Expected); 9] = [
        ("empty", Vec::new(), |it| *it == BackupError::NotABackup),
        ("a table", b"order_id,total\n1,2\n".to_vec(), |it| *it == BackupError::NotABackup),
        ("other JSON", b"{\"format\":\"regulars-report\"}\n".to_vec(), |it| {
            *it == BackupError::NotABackup
        }),
        ("newer", with("\"version\":2", "\"version\":3"), |it| *it == BackupError::TooNew(3)),
        ("newer, said otherwise", with("\"version\":2,", "\"version\":3,\"by\":{},"), |it| {
            *it == BackupError::TooNew(3)
        }),
        ("half", whole[..whole.len() / 2].to_vec(), |it| matches!(it, BackupError::CutShort(_))),
        ("without its end", whole[..line_end - 80].to_vec(), |it| {
            matches!(it, BackupError::CutShort(_) | BackupError::Damaged { .. })
        }),
        ("another digit", with("1700000000", "1700000001"), |it| {
            matches!(it, BackupError::Damaged { .. })
        }),
        ("a line gone", with("{\"changes\"", "{\"chances\""), |it| {
            matches!(it, BackupError::Damaged { .. })
        }),
    ];
    for (what, text, is_expected) in cases {
        let (backend, mut fresh) = empty();
        let seen = look_into(&fresh, &text).unwrap_err();
        assert!(is_expected(&seen), "{what}: {seen:?}");
        let refused = restore(&mut fresh, &text).unwrap_err();
        assert!(is_expected(&refused), "{what}: {refused:?}");
        assert_eq!(view(&fresh), (Vec::new(), Overlay::default()), "{what}");
        assert!(block_on(backend.keys(Area::Chunk)).unwrap().is_empty(), "{what}");
    }
}

#[test]
fn an_import_that_is_damaged_is_left_out_and_named() {
    let (backend, store) = filled();
    let chunk = store.manifest().batches[1].chunks.last().unwrap().key.clone();
    let puts = vec![(Area::Chunk, chunk, b"nonsense".to_vec())];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    let mut text = Text(Vec::new());
    let written = block_on(store.back_up(NOW, &mut text, &mut |_, _| ())).unwrap();
    assert_eq!((written.imports, written.missing), (1, vec!["orders.csv".to_owned()]));
    let (_, mut fresh) = empty();
    let restored = restore(&mut fresh, &text.0).unwrap();
    assert_eq!((restored.imports, restored.missing), (1, vec!["orders.csv".to_owned()]));
    let live: Vec<_> = fresh.manifest().live_batches().map(|it| it.file_name.as_str()).collect();
    assert_eq!(live, ["people.csv"]);
}

#[test]
fn edits_that_a_damaged_log_does_not_tell_are_in_the_backup() {
    let (backend, store) = filled();
    let keys = block_on(backend.keys(Area::Log)).unwrap();
    let puts = keys.into_iter().map(|key| (Area::Log, key, b"nonsense".to_vec())).collect();
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    let (_, mut fresh) = empty();
    restore(&mut fresh, &backup(&store)).unwrap();
    assert_eq!(fresh.overlay(), store.overlay());
}

#[test]
fn a_kill_at_any_commit_of_a_restore_leaves_the_old_state_or_the_new_one() {
    let (_, store) = filled();
    let text = backup(&store);
    let (old, new) = ((Vec::new(), Overlay::default()), view(&store));
    let mut seen = BTreeMap::new();
    for n in 0.. {
        for fault in [Fault::BeforeCommit, Fault::AfterCommit] {
            let (backend, mut fresh) = empty();
            backend.kill_at_commit(n, fault);
            let outcome = restore(&mut fresh, &text);
            if !backend.restart() {
                assert!(outcome.is_ok() && seen.len() == 2, "{seen:?}");
                return;
            }
            let (reopened, _) = open(&backend);
            let found = view(&reopened);
            assert!(found == old || found == new, "commit {n} {fault:?}");
            *seen.entry(found == new).or_insert(0) += 1;
            let live: usize = reopened.manifest().live_batches().map(|it| it.chunks.len()).sum();
            assert_eq!(block_on(backend.keys(Area::Chunk)).unwrap().len(), live);
        }
    }
}

#[test]
fn a_full_disk_leaves_nothing_of_a_restore() {
    let (_, store) = filled();
    let text = backup(&store);
    let (backend, mut fresh) = empty();
    backend.set_quota(Some(20_000));
    let refused = restore(&mut fresh, &text).unwrap_err();
    let is_quota = |it: &BackupError| {
        matches!(it, BackupError::Store(StoreError::Backend(BackendError::Quota { .. })))
    };
    assert!(is_quota(&refused), "{refused:?}");
    assert!(block_on(backend.keys(Area::Chunk)).unwrap().is_empty());
    backend.set_quota(None);
    restore(&mut fresh, &text).unwrap();
    assert_eq!(view(&fresh), view(&store));
}

#[test]
fn edits_made_in_another_tab_meanwhile_are_kept() {
    let (_, store) = filled();
    let text = backup(&store);
    let (backend, mut fresh) = empty();
    let (mut other, _) = open(&backend);
    note(&mut other, 5, "meanwhile");
    restore(&mut fresh, &text).unwrap();
    let field = |id| fresh.overlay().field(&Entity::Customer(CustomerId(id)), "note");
    assert_eq!(field(5).unwrap().text(), "meanwhile");
    assert_eq!(field(1).unwrap().text(), "likes 龙井");
}

fn operation() -> impl Strategy<Value = Operation> {
    let word = prop::sample::select(vec!["vip", "茶"]).prop_map(str::to_owned);
    let seen = (0..20_u64, 0..2_u64).prop_map(|(ms, device)| Hlc {
        ms: NOW + ms,
        counter: 0,
        device: DeviceId(7 + device),
    });
    prop_oneof![
        "[a-z\"\\\\]{0,6}".prop_map(|text| Operation::Set(Value::Text(text))),
        (1..5_i64).prop_map(Operation::Add),
        word.clone().prop_map(Operation::Include),
        (word, prop::collection::vec(seen, 0..2)).prop_map(|(w, s)| Operation::Exclude(w, s)),
        Just(Operation::Delete),
    ]
}

/// Edits at some millisecond of some customer's field.
fn edits() -> impl Strategy<Value = Vec<(u64, u128, &'static str, Operation)>> {
    let field = prop::sample::select(vec!["note", "tags"]);
    prop::collection::vec((0..20_u64, 1..3_u128, field, operation()), 0..12)
}

fn edited(device: DeviceId, edits: &[(u64, u128, &str, Operation)]) -> Store<MemoryBackend> {
    let mut store = block_on(Store::open(MemoryBackend::new(), device)).unwrap().0;
    for (ms, customer, field, operation) in edits {
        let entity = Entity::Customer(CustomerId(*customer));
        let edit = (entity, (*field).to_owned(), operation.clone());
        let done = block_on(store.apply(Origin::Person, vec![edit], NOW + ms)).map(drop);
        assert!(matches!(done, Ok(()) | Err(StoreError::Erased)), "{done:?}");
    }
    store
}

proptest! {
    /// Whichever of two is restored into the other, both hold the same afterwards.
    #[test]
    fn backups_of_two_devices_merge_the_same_either_way(one in edits(), other in edits()) {
        let (mut one, mut other) = (edited(DEVICE, &one), edited(OTHER_DEVICE, &other));
        let (of_one, of_other) = (backup(&one), backup(&other));
        restore(&mut one, &of_other).unwrap();
        restore(&mut other, &of_one).unwrap();
        prop_assert_eq!(one.overlay(), other.overlay());
        prop_assert!(look_into(&one, &backup(&other)).unwrap().is_empty());
    }
}

#[test]
fn a_damaged_history_of_edits_is_told_and_what_is_in_force_is_kept() {
    let (backend, store) = filled();
    let whole = backup(&store);
    let mut text = Text(Vec::new());
    let written = block_on(store.back_up(NOW, &mut text, &mut |_, _| ())).unwrap();
    assert_eq!(written.unread_records, 0);
    let keys = block_on(backend.keys(Area::Log)).unwrap();
    let puts = vec![(Area::Log, keys[0].clone(), b"nonsense".to_vec())];
    block_on(backend.commit(Transaction { puts, ..Default::default() })).unwrap();
    let mut text = Text(Vec::new());
    let written = block_on(store.back_up(NOW, &mut text, &mut |_, _| ())).unwrap();
    assert_eq!(written.unread_records, 1);
    let (_, mut fresh) = empty();
    restore(&mut fresh, &text.0).unwrap();
    let (_, mut other) = empty();
    restore(&mut other, &whole).unwrap();
    assert_eq!(fresh.overlay(), other.overlay());
}

#[test]
fn a_restore_that_a_newly_opened_tab_has_swept_is_done_again() {
    let (_, store) = filled();
    let text = backup(&store);
    let (backend, mut fresh) = empty();
    let mut swept = 0;
    let mut sweep = |_| {
        if swept == 0 {
            swept = open(&backend).1.stray_chunks;
        }
    };
    let mut pieces = Pieces(text.chunks(1_000));
    let refused = block_on(fresh.restore(&mut pieces, &[], NOW + 200, &mut sweep)).unwrap_err();
    assert_eq!(refused, BackupError::Store(BackendError::Conflict.into()));
    assert!(swept > 0);
    assert_eq!(view(&fresh), (Vec::new(), Overlay::default()));
    restore(&mut fresh, &text).unwrap();
    assert_eq!(view(&fresh), view(&store));
}
