//! Devices of one shop over stores in memory: what one does arrives at the others, whole.

use model::{CustomerId, Entity, Operation, Origin, Value};
use pollster::block_on;
use protocol::Writes;
use protocol::sync::{
    SyncAccount, SyncHappened, SyncKind, SyncPhase, SyncSecret, SyncServer, SyncTrouble,
};
use simulation::{Faults, Link, Random, Server};
use std::cell::RefCell;
use std::rc::Rc;
use store::{
    BatchDraft, BatchFacts, BatchId, BatchReport, Fault, MemoryBackend, Store, Tables, ToErase,
};
use sync::Entropy;
use syncer::{Host, Outcome, Session};

const NOW_MS: u64 = 1_790_000_000_000;
const ANN: Entity = Entity::Customer(CustomerId(1));

struct Place {
    random: Random,
    now_ms: u64,
}

impl Entropy for Place {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.random.fill(bytes);
    }
}

impl Host for Place {
    type Turn = ();

    fn now_ms(&self) -> u64 {
        self.now_ms
    }

    async fn turn(&self, _writes: Writes) {}

    fn announce(&self) {}
}

/// A browser with its database, a tab that edits and the program that syncs.
struct Browser {
    disk: MemoryBackend,
    tab: Store<MemoryBackend>,
    sync: Session<MemoryBackend, Place>,
    now_ms: u64,
}

struct World {
    server: Rc<RefCell<Server>>,
    random: Random,
}

impl World {
    fn new() -> World {
        World { server: Rc::new(RefCell::new(Server::new(true))), random: Random::new(7) }
    }

    fn link(&mut self) -> Link {
        self.line(Faults::default())
    }

    fn line(&mut self, faults: Faults) -> Link {
        Link::new(Rc::clone(&self.server), faults, self.random.split())
    }

    fn browser(&mut self) -> Browser {
        let disk = MemoryBackend::new();
        let device = model::DeviceId(self.random.draw());
        let (tab, _) = block_on(Store::open(disk.clone(), device)).unwrap();
        let place = Place { random: self.random.split(), now_ms: NOW_MS };
        let sync = block_on(Session::open(disk.clone(), place)).ok().unwrap();
        Browser { disk, tab, sync, now_ms: NOW_MS }
    }

    /// A browser whose shop is kept on the server.
    fn joined(&mut self, secret: &SyncSecret) -> Browser {
        let mut browser = self.browser();
        self.join(&mut browser, secret).unwrap();
        browser
    }

    fn join(&mut self, browser: &mut Browser, secret: &SyncSecret) -> Result<(), SyncTrouble> {
        block_on(browser.sync.begin(server(), secret, &self.link()))
    }

    fn round(&mut self, browser: &mut Browser) -> Outcome {
        let link = self.link();
        block_on(browser.sync.round(&link, true, false))
    }

    fn rounds(&mut self, browsers: &mut [&mut Browser]) {
        for _ in 0..3 {
            for browser in &mut *browsers {
                let outcome = self.round(browser);
                assert_eq!(outcome.trouble, None);
            }
        }
        for browser in browsers {
            block_on(browser.tab.refresh()).unwrap();
        }
    }
}

fn server() -> SyncServer {
    let url = "https://dav.example.com/regulars".to_owned();
    SyncServer { kind: SyncKind::WebDav, url, account: SyncAccount::Open }
}

fn passphrase() -> SyncSecret {
    SyncSecret::Passphrase("oolong on Thursdays".to_owned())
}

impl Browser {
    fn set(&mut self, field: &str, text: &str) {
        self.now_ms += 1_000;
        self.sync.host().now_ms = self.now_ms;
        let edit = (ANN, field.to_owned(), Operation::Set(Value::Text(text.to_owned())));
        block_on(self.tab.apply(Origin::Person, vec![edit], self.now_ms)).unwrap();
    }

    fn text(&self, field: &str) -> &str {
        self.tab.overlay().field(&ANN, field).map_or("", |it| it.text())
    }

    fn import(&mut self, name: &str, orders: u32) -> BatchId {
        self.now_ms += 1_000;
        self.sync.host().now_ms = self.now_ms;
        let (tables, facts) = (tables(name, orders), BatchFacts { customers: 1, ..facts(orders) });
        let draft = BatchDraft {
            source: "generic".to_owned(),
            shop_key: 0,
            file_name: name.to_owned(),
            file_size: 1,
            content_hash: name.len() as u128,
            unnamed_decimals: 2,
            sample: false,
            facts,
            report: BatchReport::default(),
        };
        block_on(self.tab.add_batch(draft, &tables, self.now_ms, &mut |_, _| ())).unwrap()
    }

    /// The order numbers of every import in force, by its file.
    fn orders(&self) -> Vec<(String, Vec<String>)> {
        let live = self.tab.manifest().live_batches();
        live.map(|entry| {
            let tables = block_on(self.tab.load_batch(entry.id)).unwrap();
            let numbers = (0..tables.orders.len()).map(|n| tables.orders.number.get(n).to_owned());
            (entry.file_name.clone(), numbers.collect())
        })
        .collect()
    }

    /// As after a kill: whatever was only in memory is gone.
    fn restart(&mut self, random: &mut Random) {
        self.disk.restart();
        let device = model::DeviceId(random.draw());
        let place = Place { random: random.split(), now_ms: self.now_ms };
        self.tab = block_on(Store::open(self.disk.clone(), device)).unwrap().0;
        self.sync = block_on(Session::open(self.disk.clone(), place)).ok().unwrap();
    }

    fn happened(&self) -> Vec<SyncHappened> {
        let journal = self.sync.view(SyncPhase::Idle).journal;
        journal.into_iter().map(|line| line.what).collect()
    }
}

fn facts(orders: u32) -> BatchFacts {
    BatchFacts { rows: orders.into(), orders: orders.into(), ..BatchFacts::default() }
}

fn tables(name: &str, orders: u32) -> Tables {
    let mut tables = Tables::default();
    tables.customers.id.push(CustomerId(1));
    for texts in [
        &mut tables.customers.email,
        &mut tables.customers.phone,
        &mut tables.customers.name,
        &mut tables.customers.city,
        &mut tables.customers.region,
        &mut tables.customers.country,
    ] {
        texts.push("ann@example.com");
    }
    tables.orders.currencies.push(None);
    for n in 0..orders {
        tables.orders.number.push(&format!("{name}-{n}"));
        tables.orders.customer.push(0);
        tables.orders.at.push(i64::from(n) * 86_400);
        tables.orders.total.push(1_000);
        tables.orders.refunded.push(0);
        tables.orders.currency.push(0);
        tables.orders.flags.push(model::OrderFlags::default());
        tables.orders.channel.push("web");
    }
    tables
}

#[test]
fn what_is_done_on_one_device_is_there_on_the_other() {
    for secret in [SyncSecret::None, passphrase()] {
        let mut world = World::new();
        let mut one = world.browser();
        one.set("note", "likes oolong");
        one.import("march", 3);
        world.join(&mut one, &secret).unwrap();
        world.rounds(&mut [&mut one]);
        let mut other = world.joined(&secret);
        world.rounds(&mut [&mut one, &mut other]);
        assert_eq!(other.text("note"), "likes oolong");
        assert_eq!(other.orders(), one.orders());

        other.import("april", 100_000);
        other.set("city", "Kunming");
        one.set("note", "likes pu'er");
        world.rounds(&mut [&mut one, &mut other]);
        for browser in [&one, &other] {
            assert_eq!((browser.text("note"), browser.text("city")), ("likes pu'er", "Kunming"));
            assert_eq!(browser.orders().len(), 2);
            assert_eq!(browser.orders()[1].1.len(), 100_000);
        }
        let came =
            |it: &SyncHappened| matches!(it, SyncHappened::ImportCame { file } if file == "april");
        assert!(one.happened().iter().any(came));

        let march = one.tab.manifest().batches[0].id;
        block_on(one.tab.remove_batch(march, one.now_ms)).unwrap();
        world.rounds(&mut [&mut one, &mut other]);
        assert_eq!(other.orders(), one.orders());
        assert_eq!(other.orders().len(), 1);
    }
}

#[test]
fn nothing_new_writes_nothing_and_an_edit_is_told_once() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    world.rounds(&mut [&mut one, &mut other]);
    one.set("note", "a");
    assert!(block_on(one.sync.look()).unwrap());
    world.rounds(&mut [&mut one, &mut other]);
    assert!(!block_on(one.sync.look()).unwrap());
    let (commits, generation) = (one.disk.commits(), one.tab.manifest().generation);
    let outcome = world.round(&mut one);
    assert_eq!(outcome, Outcome { moved: false, trouble: None, failure: None });
    assert_eq!(one.disk.commits(), commits);
    block_on(one.tab.refresh()).unwrap();
    assert_eq!(one.tab.manifest().generation, generation, "sync's own notes are no news");
}

#[test]
fn both_words_of_a_conflict_are_shown_and_either_can_be_put_in_force() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    world.rounds(&mut [&mut one, &mut other]);
    one.set("note", "one");
    other.set("note", "other");
    other.set("note", "other, later");
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.text("note"), other.text("note")), ("other, later", "other, later"));
    // The one who heard of the other's word last knows of both.
    let conflicts = other.sync.view(SyncPhase::Idle).conflicts;
    let [conflict] = &conflicts[..] else { panic!("{conflicts:?}") };
    assert_eq!((&*conflict.mine.value, conflict.mine.holds), ("other, later", true));
    assert_eq!((&*conflict.theirs.value, conflict.theirs.holds), ("one", false));

    other.now_ms += 10_000;
    other.sync.host().now_ms = other.now_ms;
    block_on(other.sync.settle(conflict.id, false)).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.text("note"), other.text("note")), ("one", "one"));
    assert!(other.sync.view(SyncPhase::Idle).conflicts.is_empty());
}

#[test]
fn a_secret_that_does_not_fit_is_told() {
    let wrong = SyncSecret::Passphrase("lapsang on Fridays".to_owned());
    let short = SyncSecret::Passphrase("tea".to_owned());
    let empty = SyncSecret::Passphrase(String::new());
    let code = |it: &str| SyncSecret::Recovery(it.to_owned());
    let mut world = World::new();
    let mut browser = world.browser();
    for (secret, trouble) in [
        (&short, SyncTrouble::ShortPassphrase),
        (&empty, SyncTrouble::ShortPassphrase),
        (&code("AAAA"), SyncTrouble::NoShop),
    ] {
        assert_eq!(world.join(&mut browser, secret), Err(trouble));
    }
    assert!(world.server.borrow().files.is_empty());
    let mut founder = world.joined(&passphrase());
    world.rounds(&mut [&mut founder]);
    let recovery = founder.sync.recovery().unwrap();
    let mut mistyped = recovery.clone();
    mistyped.replace_range(0..1, if recovery.starts_with('A') { "B" } else { "A" });
    for (secret, trouble) in [
        (&SyncSecret::None, SyncTrouble::PassphraseWanted),
        (&wrong, SyncTrouble::WrongPassphrase),
        (&code(&mistyped), SyncTrouble::WrongCode),
    ] {
        assert_eq!(world.join(&mut browser, secret), Err(trouble));
    }
    world.join(&mut browser, &code(&recovery.to_lowercase())).unwrap();
    world.rounds(&mut [&mut founder, &mut browser]);

    let mut open = World::new();
    let mut first = open.joined(&SyncSecret::None);
    open.rounds(&mut [&mut first]);
    let mut second = open.browser();
    assert_eq!(open.join(&mut second, &passphrase()), Err(SyncTrouble::NotSealed));
}

#[test]
fn another_passphrase_opens_the_same_shop() {
    let mut world = World::new();
    let mut one = world.joined(&passphrase());
    world.rounds(&mut [&mut one]);
    assert_eq!(block_on(one.sync.change_passphrase("short")), Err(SyncTrouble::ShortPassphrase));
    block_on(one.sync.change_passphrase("jasmine in the morning")).unwrap();
    world.rounds(&mut [&mut one]);
    let mut other = world.browser();
    assert_eq!(world.join(&mut other, &passphrase()), Err(SyncTrouble::WrongPassphrase));
    let new = SyncSecret::Passphrase("jasmine in the morning".to_owned());
    world.join(&mut other, &new).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
}

#[test]
fn a_kill_at_any_commit_loses_nothing_and_tells_nothing_twice() {
    for n in (0..24).step_by(2) {
        for fault in [Fault::BeforeCommit, Fault::AfterCommit] {
            let mut world = World::new();
            let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
            world.rounds(&mut [&mut one, &mut other]);
            one.set("note", "a");
            one.import("march", 70_000);
            other.set("city", "Kunming");
            other.import("april", 2);
            one.disk.kill_at_commit(n, fault);
            for _ in 0..3 {
                world.round(&mut one);
                world.round(&mut other);
            }
            let mut random = Random::new(n as u64);
            one.restart(&mut random);
            one.set("phone", "555-0100");
            world.rounds(&mut [&mut one, &mut other]);
            for browser in [&one, &other] {
                let texts = ["note", "city", "phone"].map(|it| browser.text(it));
                assert_eq!(texts, ["a", "Kunming", "555-0100"], "{n} {fault:?}");
            }
            assert_eq!(one.orders(), other.orders(), "{n} {fault:?}");
            assert_eq!(one.orders().len(), 2, "{n} {fault:?}");
        }
    }
}

#[test]
fn bad_lines_only_delay() {
    let faults = Faults {
        lost_request: 6,
        lost_reply: 6,
        late: 2,
        half: 3,
        stale: 4,
        busy: 4,
        ..Faults::default()
    };
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    world.rounds(&mut [&mut one, &mut other]);
    for n in 0..20 {
        one.set("note", &format!("note {n}"));
        other.set("city", &format!("city {n}"));
        if n % 7 == 0 {
            one.import(&format!("file of one {n}"), 5);
        }
        for browser in [&mut one, &mut other] {
            let line = world.line(faults);
            block_on(browser.sync.round(&line, n % 3 == 0, false));
        }
    }
    world.rounds(&mut [&mut one, &mut other]);
    world.rounds(&mut [&mut one, &mut other]);
    for browser in [&one, &other] {
        assert_eq!((browser.text("note"), browser.text("city")), ("note 19", "city 19"));
        assert_eq!(browser.orders().len(), 3);
    }
}

#[test]
fn the_same_file_imported_on_both_stays_when_one_takes_it_back() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    let first = one.import("march", 3);
    other.import("march", 3);
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.orders().len(), other.orders().len()), (2, 2));
    block_on(one.tab.remove_batch(first, one.now_ms)).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.orders().len(), other.orders().len()), (1, 1));
}

#[test]
fn an_emptied_server_stops_sync_until_the_user_has_it_filled_again() {
    let mut world = World::new();
    let mut one = world.joined(&passphrase());
    one.set("note", "a");
    one.import("march", 3);
    world.rounds(&mut [&mut one]);
    world.server.borrow_mut().files.clear();
    assert_eq!(world.round(&mut one).trouble, Some(SyncTrouble::Emptied));
    assert_eq!(one.text("note"), "a");
    let link = world.link();
    assert_eq!(block_on(one.sync.round(&link, true, true)).trouble, None);
    let mut other = world.joined(&passphrase());
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!(other.text("note"), "a");
    assert_eq!(other.orders(), one.orders());
}

#[test]
fn what_sync_knew_can_be_damaged_and_is_begun_anew_without_a_loss() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    one.set("note", "a");
    one.import("march", 3);
    world.rounds(&mut [&mut one, &mut other]);
    one.disk.damage(store::Area::Meta, "sync");
    let mut random = Random::new(3);
    one.restart(&mut random);
    assert!(one.sync.damage().is_some() && one.sync.ledger().is_none());
    one.set("city", "Kunming");
    world.join(&mut one, &passphrase()).unwrap();
    assert_eq!(one.sync.damage(), None);
    world.rounds(&mut [&mut one, &mut other]);
    for browser in [&one, &other] {
        assert_eq!((browser.text("note"), browser.text("city")), ("a", "Kunming"));
        assert_eq!(browser.orders().len(), 1);
    }
}

/// All that a browser or the server keeps, as one text.
fn bytes_of(browser: &Browser) -> Vec<u8> {
    browser
        .disk
        .records()
        .into_iter()
        .flat_map(|(key, value)| [key.into_bytes(), value].concat())
        .collect()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|it| it == word.as_bytes())
}

#[test]
fn whoever_is_erased_on_one_device_is_nowhere_any_more() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&SyncSecret::None), world.joined(&SyncSecret::None));
    one.import("march", 3);
    world.rounds(&mut [&mut one, &mut other]);
    one.set("note", "canary-of-one");
    other.set("note", "canary-of-other");
    other.import("april", 4);
    world.rounds(&mut [&mut one, &mut other]);
    assert!(holds(&bytes_of(&one), "canary-of-one"));
    assert!(holds(&bytes_of(&other), "canary-of-other"));

    let who = ToErase { people: vec![(CustomerId(1), None)], ..ToErase::default() };
    block_on(one.tab.erase_customers(&who, one.now_ms, &mut |_, _| ())).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    world.rounds(&mut [&mut one, &mut other]);
    world.rounds(&mut [&mut one, &mut other]);
    for (name, browser) in [("one", &one), ("other", &other)] {
        for word in ["canary-of-one", "canary-of-other", "ann@example.com"] {
            assert!(!holds(&bytes_of(browser), word), "{word} in {name}");
        }
        assert_eq!(browser.orders().iter().map(|it| it.1.len()).sum::<usize>(), 0, "{name}");
    }
    let server = world.server.borrow();
    let told: Vec<String> =
        server.files.iter().filter_map(|(path, text)| opened(*path, text)).collect();
    for word in ["canary-of-one", "canary-of-other", "ann@example.com"] {
        assert!(!told.iter().any(|it| holds(it.as_bytes(), word)), "{word} on the server");
    }
    assert!(told.iter().any(|it| it.contains("delete")), "the server was read");
}

/// What a file on the server says.
fn opened(path: sync::Path, text: &str) -> Option<String> {
    let vault = |text: &str| {
        let start = text.find("\"vault\":\"")? + 9;
        sync::VaultId::parse(text.get(start..start + 32)?)
    };
    let bytes = match path {
        sync::Path::Part(name) => {
            sync::Part::parse(vault(text)?, name, text).ok()?.open(None).ok()?
        }
        sync::Path::Segment(dev, seq) => {
            let place = sync::Place { vault: vault(text)?, dev, seq };
            let told = sync::Segment::parse(place, text).ok()?.open(None).ok()?;
            return Some(format!("{:?} delete", told.ops));
        }
        _ => text.as_bytes().to_vec(),
    };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn ending_leaves_the_data_and_takes_the_secrets() {
    let mut world = World::new();
    let mut one = world.joined(&passphrase());
    one.set("note", "a");
    one.import("march", 3);
    world.rounds(&mut [&mut one]);
    block_on(one.sync.end()).unwrap();
    assert!(one.sync.ledger().is_none());
    assert_eq!(world.round(&mut one).trouble, Some(SyncTrouble::Off));
    let keys = block_on(one.tab.side_keys("sync")).unwrap();
    assert!(keys.is_empty(), "{keys:?}");
    assert_eq!((one.text("note"), one.orders().len()), ("a", 1));
}

#[test]
fn a_device_put_back_from_a_copy_goes_on_under_another_name() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    one.set("note", "before");
    world.rounds(&mut [&mut one, &mut other]);
    let copy = one.disk.copied();
    one.set("note", "after");
    world.rounds(&mut [&mut one, &mut other]);
    one.disk = copy;
    let mut random = Random::new(3);
    one.restart(&mut random);
    one.set("city", "Kunming");
    world.rounds(&mut [&mut one, &mut other]);
    assert!(one.happened().contains(&SyncHappened::Renamed));
    for browser in [&one, &other] {
        assert_eq!((browser.text("note"), browser.text("city")), ("after", "Kunming"));
    }
}
