//! Browsers that share a shop over stores in memory, and the server between them.

use model::{CustomerId, Entity, Operation, Origin, Value};
use pollster::block_on;
use protocol::Writes;
use protocol::sync::{
    SyncAccount, SyncHappened, SyncKind, SyncPhase, SyncSecret, SyncServer, SyncTrouble,
};
use simulation::{Faults, Link, Random, Server};
use std::cell::RefCell;
use std::rc::Rc;
use store::{BatchDraft, BatchFacts, BatchId, BatchReport, MemoryBackend, Store, Tables};
use sync::Entropy;
use syncer::{Host, Outcome, Session};

pub const NOW_MS: u64 = 1_790_000_000_000;
pub const ANN: Entity = Entity::Customer(CustomerId(1));

pub struct Place {
    random: Random,
    pub now_ms: u64,
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
pub struct Browser {
    pub disk: MemoryBackend,
    pub tab: Store<MemoryBackend>,
    pub sync: Session<MemoryBackend, Place>,
    pub now_ms: u64,
}

pub struct World {
    pub server: Rc<RefCell<Server>>,
    pub random: Random,
}

impl World {
    pub fn new() -> World {
        World { server: Rc::new(RefCell::new(Server::new(true))), random: Random::new(7) }
    }

    pub fn link(&mut self) -> Link {
        self.line(Faults::default())
    }

    pub fn line(&mut self, faults: Faults) -> Link {
        Link::new(Rc::clone(&self.server), faults, self.random.split())
    }

    pub fn browser(&mut self) -> Browser {
        let disk = MemoryBackend::new();
        let device = model::DeviceId(self.random.draw());
        let (tab, _) = block_on(Store::open(disk.clone(), device)).unwrap();
        let place = Place { random: self.random.split(), now_ms: NOW_MS };
        let sync = block_on(Session::open(disk.clone(), place)).ok().unwrap();
        Browser { disk, tab, sync, now_ms: NOW_MS }
    }

    /// A browser whose shop is kept on the server.
    pub fn joined(&mut self, secret: &SyncSecret) -> Browser {
        let mut browser = self.browser();
        self.join(&mut browser, secret).unwrap();
        browser
    }

    pub fn join(&mut self, browser: &mut Browser, secret: &SyncSecret) -> Result<(), SyncTrouble> {
        block_on(browser.sync.begin(server(), secret, &self.link()))
    }

    pub fn round(&mut self, browser: &mut Browser) -> Outcome {
        let link = self.link();
        block_on(browser.sync.round(&link, true, false))
    }

    pub fn rounds(&mut self, browsers: &mut [&mut Browser]) {
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

pub fn server() -> SyncServer {
    let url = "https://dav.example.com/regulars".to_owned();
    SyncServer { kind: SyncKind::WebDav, url, account: SyncAccount::Open }
}

pub fn passphrase() -> SyncSecret {
    SyncSecret::Passphrase("oolong on Thursdays".to_owned())
}

impl Browser {
    pub fn set(&mut self, field: &str, text: &str) {
        self.now_ms += 1_000;
        self.sync.host().now_ms = self.now_ms;
        let edit = (ANN, field.to_owned(), Operation::Set(Value::Text(text.to_owned())));
        block_on(self.tab.apply(Origin::Person, vec![edit], self.now_ms)).unwrap();
    }

    pub fn text(&self, field: &str) -> &str {
        self.tab.overlay().field(&ANN, field).map_or("", |it| it.text())
    }

    pub fn import(&mut self, name: &str, orders: u32) -> BatchId {
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
    pub fn orders(&self) -> Vec<(String, Vec<String>)> {
        let live = self.tab.manifest().live_batches();
        live.map(|entry| {
            let tables = block_on(self.tab.load_batch(entry.id)).unwrap();
            let numbers = (0..tables.orders.len()).map(|n| tables.orders.number.get(n).to_owned());
            (entry.file_name.clone(), numbers.collect())
        })
        .collect()
    }

    /// As after a kill: whatever was only in memory is gone.
    pub fn restart(&mut self, random: &mut Random) {
        self.disk.restart();
        let device = model::DeviceId(random.draw());
        let place = Place { random: random.split(), now_ms: self.now_ms };
        self.tab = block_on(Store::open(self.disk.clone(), device)).unwrap().0;
        self.sync = block_on(Session::open(self.disk.clone(), place)).ok().unwrap();
    }

    pub fn happened(&self) -> Vec<SyncHappened> {
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
