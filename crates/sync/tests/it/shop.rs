//! A shop of some devices around one server.

use model::{CustomerId, DeviceId, Entity, Operation, Value};
use pollster::block_on;
use simulation::{Device, Faults, Link, Random, Server, Stored};
use std::cell::RefCell;
use std::rc::Rc;
use sync::{
    DataKey, Event, Pace, Part, Path, Place, Remote, Replica, Report, Segment, Stop, Vault,
};

pub const NOW_MS: u64 = 1_790_000_000_000;
pub const ANN: Entity = Entity::Customer(CustomerId(1));

pub struct Shop {
    pub server: Rc<RefCell<Server>>,
    pub devices: Vec<Device>,
    pub vault: Vault,
    pub key: Option<DataKey>,
    pub random: Random,
    pub segments_kept: usize,
    pub now_ms: u64,
}

impl Shop {
    /// So many devices that have met.
    pub fn of(count: usize) -> Shop {
        Shop::with(count, false)
    }

    /// The same, with a key.
    pub fn sealed(count: usize) -> Shop {
        Shop::with(count, true)
    }

    fn with(count: usize, sealed: bool) -> Shop {
        let mut random = Random::new(5);
        let vault = Vault::open(&mut random);
        let key = sealed.then(|| DataKey::new(&mut random));
        let mut shop = Shop {
            server: Rc::default(),
            devices: Vec::new(),
            vault,
            key,
            random,
            segments_kept: 200,
            now_ms: NOW_MS,
        };
        for n in 0..count {
            shop.join(n as u64 + 1);
        }
        for _ in 0..2 {
            (0..count).for_each(|n| shop.sync(n));
        }
        shop
    }

    pub fn join(&mut self, dev: u64) -> usize {
        let replica = match dev {
            1 => Replica::founding(&self.vault, DeviceId(dev)),
            _ => Replica::new(self.vault.vault, DeviceId(dev)),
        };
        self.start(Stored::new(replica))
    }

    pub fn start(&mut self, stored: Stored) -> usize {
        let device = Device::start(stored, self.random.split(), self.key.clone());
        self.devices.push(device);
        self.devices.len() - 1
    }

    /// A thorough round, whatever comes of it.
    pub fn try_sync(&mut self, n: usize, faults: Faults) -> (Report, Result<(), Stop>) {
        self.round(n, faults, false)
    }

    pub fn round(&mut self, n: usize, faults: Faults, refill: bool) -> (Report, Result<(), Stop>) {
        let link = self.link(faults);
        self.round_over(n, &link, refill)
    }

    pub fn link(&mut self, faults: Faults) -> Link {
        Link::new(Rc::clone(&self.server), faults, self.random.split())
    }

    pub fn round_over(
        &mut self,
        n: usize,
        remote: &impl Remote,
        refill: bool,
    ) -> (Report, Result<(), Stop>) {
        let mut replica = self.devices[n].stored.borrow().replica.clone();
        let pace = Pace {
            now_ms: self.now_ms,
            thorough: true,
            key: self.key.as_ref(),
            refill,
            segments_kept: self.segments_kept,
        };
        block_on(sync::round(&mut replica, remote, &mut self.devices[n], pace))
    }

    /// A thorough round that goes through.
    pub fn sync(&mut self, n: usize) {
        self.events(n);
    }

    /// A thorough round that goes through, and what it tells.
    pub fn events(&mut self, n: usize) -> Vec<Event> {
        let (report, result) = self.try_sync(n, Faults::default());
        assert_eq!(result, Ok(()), "device {n}");
        report.events
    }

    pub fn sync_all(&mut self) {
        for _ in 0..4 {
            (0..self.devices.len()).for_each(|n| self.sync(n));
        }
    }

    pub fn note(&self, n: usize, text: &str) {
        self.set(n, "note", text);
    }

    pub fn set(&self, n: usize, field: &str, text: &str) {
        let value = Operation::Set(Value::Text(text.to_owned()));
        self.devices[n].edit(ANN, field, value, self.now_ms);
    }

    pub fn text(&self, n: usize, field: &str) -> String {
        self.devices[n].stored.borrow().text(&ANN, field)
    }

    /// What it is kept of its side of the vault, changed by hand.
    pub fn change_replica(&self, n: usize, change: impl FnOnce(&mut serde_json::Value)) {
        let mut stored = self.devices[n].stored.borrow_mut();
        let mut value = serde_json::to_value(&stored.replica).unwrap();
        change(&mut value);
        stored.replica = serde_json::from_value(value).unwrap();
    }

    /// All that anybody can read on the server.
    pub fn all_bodies(&self) -> Vec<(Path, String)> {
        let vault = self.vault.vault;
        let read = |(path, text): (&Path, &String)| {
            let body = match *path {
                Path::Segment(dev, seq) => {
                    let segment = Segment::parse(Place { vault, dev, seq }, text).unwrap();
                    format!("{:?}", segment.open(None).unwrap())
                }
                Path::Part(name) => {
                    let part = Part::parse(vault, name, text).unwrap();
                    String::from_utf8(part.open(None).unwrap()).unwrap()
                }
                _ => text.clone(),
            };
            (*path, body)
        };
        self.server.borrow().files.iter().map(read).collect()
    }

    pub fn hash(&self, n: usize) -> u64 {
        self.devices[n].stored.borrow().hash()
    }

    pub fn dev(&self, n: usize) -> DeviceId {
        self.devices[n].stored.borrow().replica.device()
    }

    pub fn file(&self, path: Path) -> Option<String> {
        self.server.borrow().files.get(&path).cloned()
    }

    pub fn put(&self, path: Path, text: impl Into<String>) {
        self.server.borrow_mut().files.insert(path, text.into());
    }

    pub fn segments_of(&self, n: usize) -> Vec<u64> {
        let dev = self.dev(n);
        let server = self.server.borrow();
        let seqs = server.files.keys().filter_map(|path| match path {
            Path::Segment(of, seq) if *of == dev => Some(*seq),
            _ => None,
        });
        seqs.collect()
    }
}
