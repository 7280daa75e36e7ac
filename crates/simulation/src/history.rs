//! One history: devices, users, a server and bad luck, all from one seed.

mod judge;
mod watch;

use crate::device::{Device, Stored, canary};
use crate::random::Random;
use crate::server::{Faults, Link, Server};
use model::{CustomerId, DeviceId, Entity, Hlc, Operation, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use sync::{DataKey, Entropy, Event, Op, Pace, Path, Replica, Report, Stop, Vault};
use watch::Watched;

const DAY_MS: u64 = 24 * 3600 * 1000;
const YEAR_MS: u64 = 365 * DAY_MS;
/// When the histories begin: 2026-01-01.
const START_MS: u64 = 1_767_225_600_000;
const MOST_DEVICES: usize = 8;
const CUSTOMERS: u64 = 24;
const FIELDS: [&str; 3] = ["name", "note", "reason"];
const WORDS: [&str; 3] = ["vip", "tea", "late"];

/// How a history ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All devices agree, and nothing is lost.
    Good,
    /// Devices do not agree.
    Differ(String),
    /// What somebody did is gone.
    Lost(Vec<Op>),
    /// Devices that have nothing new go on writing.
    Restless,
    /// What was written of somebody who was erased is still on the server.
    NotErased(Path),
}

/// A history that was played.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// Devices that were there.
    pub devices: usize,
    /// What was done on them.
    pub acts: usize,
    /// What was gone for good with a device or a server put back, before anybody else had it.
    pub gone: usize,
    /// Of that, what is on the server in a folder that nothing names: on a server that cannot list, a
    /// device joined at the same moment as another and was lost before anybody had met it.
    pub unfound: usize,
    /// Copies, devices put back, servers put back, deaths.
    pub blows: usize,
    /// Snapshots taken.
    pub snapshots: usize,
}

type Running = Pin<Box<dyn Future<Output = (Report, Result<(), Stop>)>>>;

struct Slot {
    device: Device,
    running: Option<Running>,
    skew_ms: i64,
    /// What a backup of it would bring back.
    backup: Option<Stored>,
}

struct World {
    random: Random,
    server: Rc<RefCell<Server>>,
    old_server: Option<Server>,
    faults: Faults,
    key: Option<DataKey>,
    vault: Vault,
    slots: Vec<Slot>,
    now_ms: u64,
    segments_kept: usize,
    /// What was done, and where if that device is still as it was.
    acts: Vec<(Op, Option<usize>)>,
    numbers: u64,
    all_acts: usize,
    gone: usize,
    unfound: usize,
    blows: usize,
    devices: usize,
    /// What happened, if somebody listens.
    story: Option<Vec<String>>,
    /// Acts whose whereabouts are told too.
    watched: Vec<Watched>,
    /// Whether the server was put back: it holds again what was deleted, under names that are forgotten.
    was_rolled_back: bool,
    /// Whether a machine was lost, perhaps in the midst of a snapshot that nothing names yet.
    lost_a_machine: bool,
}

/// Plays the history of a seed.
pub fn play(seed: u64) -> Outcome {
    World::new(seed).play()
}

/// Plays the history of a seed and tells what happened, line by line, and where acts were until they
/// were lost.
pub fn tell(seed: u64) -> (Outcome, Vec<String>) {
    let listen = |watched: &[Op]| {
        let mut world = World::new(seed);
        world.story = Some(Vec::new());
        world.watched = watched.iter().map(Watched::new).collect();
        let outcome = world.play();
        (outcome, world.story.unwrap_or_default())
    };
    let heard = listen(&[]);
    match &heard.0.verdict {
        Verdict::Lost(ops) => listen(ops),
        _ => heard,
    }
}

impl World {
    fn new(seed: u64) -> World {
        let mut random = Random::new(seed);
        let mut share = |most: u64| if random.percent(50) { random.below(most) } else { 0 };
        let faults = Faults {
            lost_request: share(10),
            lost_reply: share(10),
            late: share(6),
            half: share(6),
            stale: share(6),
            page: share(4),
            busy: share(6),
            no_room: share(6),
        };
        let vault = Vault::open(&mut random);
        let key = random.percent(12).then(|| DataKey::new(&mut random));
        let lists = random.percent(50);
        let segments_kept = 1 + random.below(8) as usize;
        let mut world = World {
            server: Rc::new(RefCell::new(Server::new(lists))),
            old_server: None,
            faults,
            key,
            vault,
            slots: Vec::new(),
            now_ms: START_MS,
            segments_kept,
            acts: Vec::new(),
            numbers: 0,
            all_acts: 0,
            gone: 0,
            unfound: 0,
            blows: 0,
            devices: 0,
            was_rolled_back: false,
            lost_a_machine: false,
            story: None,
            watched: Vec::new(),
            random,
        };
        let founder = Replica::founding(&world.vault, DeviceId(world.random.draw()));
        world.add(Stored::new(founder));
        world.quiet_rounds(1);
        for _ in 0..=world.random.below(4) {
            world.join();
        }
        world
    }

    fn play(&mut self) -> Outcome {
        let steps = 40 + self.random.below(160);
        for _ in 0..steps {
            self.step();
            self.look_for_watched();
        }
        self.note(|_| "the faults end".to_owned());
        let verdict = self.settle();
        for slot in 0..self.slots.len() {
            self.note(|world| {
                format!("at last: {:?}", world.slots[slot].device.stored.borrow().replica)
            });
        }
        let parts = |path: &&Path| matches!(path, Path::Part(_));
        let snapshots = self.server.borrow().files.keys().filter(parts).count();
        let World { devices, all_acts: acts, gone, unfound, blows, .. } = *self;
        Outcome { verdict, devices, acts, gone, unfound, blows, snapshots }
    }

    fn note(&mut self, line: impl FnOnce(&World) -> String) {
        if self.story.is_some() {
            let line = line(self);
            self.story.iter_mut().for_each(|story| story.push(line.clone()));
        }
    }

    fn note_of(&mut self, slot: usize, what: &str) {
        self.note(|world| {
            let stored = world.slots[slot].device.stored.borrow();
            format!("{:x}: {what}", stored.replica.device().0)
        });
    }

    fn add(&mut self, stored: Stored) {
        let skew_ms = match self.random.below(3) {
            0 => 0,
            1 => (self.random.below(2 * YEAR_MS)) as i64 - YEAR_MS as i64,
            _ => self.random.below(60_000) as i64,
        };
        let device = Device::start(stored, self.random.split(), self.key.clone());
        self.slots.push(Slot { device, running: None, skew_ms, backup: None });
        self.devices += 1;
    }

    fn join(&mut self) {
        let replica = Replica::new(self.vault.vault, DeviceId(self.random.draw()));
        self.add(Stored::new(replica));
    }

    fn clock(&self, slot: usize) -> u64 {
        self.now_ms.saturating_add_signed(self.slots[slot].skew_ms)
    }

    fn any(&mut self) -> usize {
        self.random.below(self.slots.len() as u64) as usize
    }

    fn step(&mut self) {
        self.now_ms += self.random.below(5_000);
        let slot = self.any();
        match self.random.below(100) {
            0..45 => self.sync_a_bit(slot),
            45..75 => self.edit(slot),
            75..79 => self.import(slot),
            79 => self.take_back(slot),
            80..83 => self.erase(slot),
            83..87 => self.crash(slot),
            87 => self.copy(slot),
            88 => self.put_back(slot),
            89 => {
                let stored = self.slots[slot].device.stored.borrow().clone();
                self.slots[slot].backup = Some(stored);
            }
            90 => self.old_server = Some(self.server.borrow().clone()),
            91 => self.roll_back(),
            92 => self.die(slot),
            93 if self.slots.len() < MOST_DEVICES => self.join(),
            94 => self.slots[slot].skew_ms = self.random.below(2 * YEAR_MS) as i64 - YEAR_MS as i64,
            95 => self.now_ms += 91 * DAY_MS,
            _ => {
                let mut random = self.random.split();
                self.server.borrow_mut().arrive(&mut random);
            }
        }
    }

    fn done(&mut self, slot: usize, ops: impl IntoIterator<Item = Op>) {
        for op in ops {
            self.note_of(slot, &format!("{op:?}"));
            self.acts.push((op, Some(slot)));
            self.all_acts += 1;
        }
    }

    fn customer(&mut self) -> CustomerId {
        CustomerId(u128::from(self.random.below(CUSTOMERS)) + 1)
    }

    fn edit(&mut self, slot: usize) {
        let id = self.customer();
        let entity = if self.random.percent(10) { Entity::Shop } else { Entity::Customer(id) };
        self.numbers += 1;
        let text = match entity {
            Entity::Customer(id) => format!("{} {}", canary(id), self.numbers),
            Entity::Shop => self.numbers.to_string(),
        };
        let word = *self.random.of(&WORDS);
        let field = *self.random.of(&FIELDS);
        let (field, operation) = match self.random.below(10) {
            0..5 => (field, Operation::Set(Value::Text(text))),
            5 => ("points", Operation::Add(1 + self.random.below(9) as i64)),
            6..9 => ("tags", Operation::Include(word.to_owned())),
            _ => {
                let stored = self.slots[slot].device.stored.borrow();
                let seen = stored.stamps_of(&entity, "tags", word);
                ("tags", Operation::Exclude(word.to_owned(), seen))
            }
        };
        let now = self.clock(slot);
        let op = self.slots[slot].device.edit(entity, field, operation, now);
        self.done(slot, [op]);
    }

    fn import(&mut self, slot: usize) {
        let customers: BTreeSet<CustomerId> = (0..3).map(|_| self.customer()).collect();
        let now = self.clock(slot);
        let op = self.slots[slot].device.import(customers, now);
        self.done(slot, [op]);
    }

    fn take_back(&mut self, slot: usize) {
        let live = self.slots[slot].device.stored.borrow().live_imports();
        if !live.is_empty() {
            let import = *self.random.of(&live);
            let op = self.slots[slot].device.take_back(import, self.clock(slot));
            self.done(slot, [op]);
        }
    }

    fn erase(&mut self, slot: usize) {
        // Now and then so many that the others ask before they follow.
        let count = if self.random.percent(10) { 12 } else { 1 };
        let now = self.clock(slot);
        for _ in 0..count {
            let entity = Entity::Customer(self.customer());
            let op = self.slots[slot].device.edit(entity, "", Operation::Delete, now);
            self.done(slot, [op]);
        }
        let ops = self.slots[slot].device.leave_out_erased(now);
        self.done(slot, ops);
    }

    /// Moves a device's round on by some requests.
    fn sync_a_bit(&mut self, slot: usize) {
        let thorough = self.random.percent(40);
        let polls = 1 + self.random.below(60);
        let mut running = match self.slots[slot].running.take() {
            Some(running) => running,
            None => self.round_of(slot, self.faults, thorough),
        };
        for _ in 0..polls {
            if let Some(result) = poll(&mut running) {
                self.note_of(slot, &format!("thorough {thorough}: {result:?}"));
                let now = self.clock(slot);
                let ops = self.slots[slot].device.leave_out_erased(now);
                self.done(slot, ops);
                return;
            }
        }
        self.slots[slot].running = Some(running);
    }

    fn round_of(&mut self, slot: usize, faults: Faults, thorough: bool) -> Running {
        let link = Link::new(self.server.clone(), faults, self.random.split());
        let mut device = self.slots[slot].device.clone();
        let mut seed = [0; 8];
        self.random.fill(&mut seed);
        device.reseed(u64::from_le_bytes(seed));
        if faults.no_room > 0 && self.random.percent(faults.no_room) {
            device.room = Some(self.random.below(12));
        }
        let key = self.key.clone();
        let (now_ms, segments_kept) = (self.clock(slot), self.segments_kept);
        Box::pin(async move {
            let mut replica = device.stored.borrow().replica.clone();
            let key = key.as_ref();
            let pace = Pace { now_ms, thorough, key, refill: true, segments_kept };
            sync::round(&mut replica, &link, &mut device, pace).await
        })
    }

    /// The program is killed and started again.
    fn crash(&mut self, slot: usize) {
        self.note_of(slot, "is killed");
        self.slots[slot].running = None;
        let stored = self.slots[slot].device.stored.borrow().clone();
        self.restart(slot, stored);
    }

    fn restart(&mut self, slot: usize, stored: Stored) {
        let random = self.random.split();
        self.slots[slot].device = Device::start(stored, random, self.key.clone());
    }

    /// A profile is copied to another machine.
    fn copy(&mut self, slot: usize) {
        if self.slots.len() < MOST_DEVICES {
            self.note_of(slot, "is copied");
            let stored = self.slots[slot].device.stored.borrow().clone();
            self.add(stored);
            self.blows += 1;
            self.lost_a_machine = true;
        }
    }

    /// A machine is put back from a backup.
    fn put_back(&mut self, slot: usize) {
        if let Some(backup) = self.slots[slot].backup.take()
            && !self.has_twin(slot)
        {
            self.note_of(slot, "is put back");
            self.slots[slot].running = None;
            self.orphan(slot);
            self.restart(slot, backup);
            self.blows += 1;
            self.lost_a_machine = true;
            self.give_up_what_is_gone();
        }
    }

    fn die(&mut self, slot: usize) {
        if self.slots.len() > 2 && !self.has_twin(slot) {
            self.note_of(slot, "dies");
            self.orphan(slot);
            self.slots.remove(slot);
            for (_, maker) in &mut self.acts {
                if let Some(maker) = maker.as_mut().filter(|it| **it > slot) {
                    *maker -= 1;
                }
            }
            self.blows += 1;
            self.lost_a_machine = true;
            self.give_up_what_is_gone();
        }
    }

    fn roll_back(&mut self) {
        if let Some(old) = self.old_server.take() {
            self.note(|_| "the server is put back".to_owned());
            self.server.borrow_mut().roll_back(&old);
            self.blows += 1;
            self.was_rolled_back = true;
            self.give_up_what_is_gone();
        }
    }

    /// Whether a copy of the device is about to write over what only the device can tell again.
    fn has_twin(&self, slot: usize) -> bool {
        let name = |it: &Slot| it.device.stored.borrow().replica.device();
        let own = name(&self.slots[slot]);
        let others = self.slots.iter().enumerate().filter(|it| it.0 != slot);
        let mut running = others.filter(|(_, it)| it.running.is_some());
        running.any(|(_, it)| name(it) == own) || self.server.borrow().awaits(own)
    }

    fn orphan(&mut self, slot: usize) {
        self.acts.iter_mut().filter(|it| it.1 == Some(slot)).for_each(|it| it.1 = None);
    }

    /// What only a machine knew that is no more, nobody can bring back.
    fn give_up_what_is_gone(&mut self) {
        let stamps = |told: Vec<(Path, Hlc)>| told.into_iter().map(|it| it.1).collect();
        let findable: BTreeSet<Hlc> = stamps(self.told_on_server());
        let anywhere: BTreeSet<Hlc> = stamps(self.told_anywhere());
        let slots = &self.slots;
        let is_left = |op: &Op, maker: Option<usize>| {
            let known = || slots.iter().any(|it| it.device.stored.borrow().knows(op));
            maker.is_some() || findable.contains(&op.stamp()) || known()
        };
        let (left, gone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.acts).into_iter().partition(|it| is_left(&it.0, it.1));
        self.acts = left;
        self.gone += gone.len();
        self.unfound += gone.iter().filter(|it| anywhere.contains(&it.0.stamp())).count();
    }

    /// Rounds of all devices over a good line.
    fn quiet_rounds(&mut self, count: usize) {
        for _ in 0..count {
            for slot in 0..self.slots.len() {
                self.slots[slot].running = None;
                let mut running = self.round_of(slot, Faults::default(), true);
                let (report, result) = loop {
                    if let Some(done) = poll(&mut running) {
                        break done;
                    }
                };
                self.note_of(slot, &format!("quiet: {report:?} {result:?}"));
                for event in report.events {
                    if let Event::StandsStill(dev, _) = event {
                        let mut stored = self.slots[slot].device.stored.borrow_mut();
                        stored.replica.confirm_deletes(dev);
                    }
                }
                let now = self.clock(slot);
                let ops = self.slots[slot].device.leave_out_erased(now);
                self.done(slot, ops);
                self.now_ms += 1_000;
                self.look_for_watched();
            }
        }
    }
}

fn poll(running: &mut Running) -> Option<(Report, Result<(), Stop>)> {
    match running.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}
