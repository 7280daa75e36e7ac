//! A device that does not exist: what it has stored, and what its user does.

use crate::random::Random;
use model::{Change, CustomerId, DeviceId, Entity, Field, Hlc, Operation, Origin};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use store::Edits;
use sync::{DataKey, Digest, Entropy, Home, Import, Op, Part, PartOf, PartRef, Replica};
use xxhash_rust::xxh3::xxh3_64;

/// What is known of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Imported {
    /// The newest edition.
    edition: Option<Import>,
    taken_back: Option<Hlc>,
    /// Whose rows they are, and of which edition.
    rows: Option<(Hlc, BTreeSet<CustomerId>)>,
}

/// What a device has stored: what a kill leaves.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its side of the vault.
    pub replica: Replica,
    clock: Hlc,
    edits: BTreeMap<Entity, Edits>,
    imports: BTreeMap<Hlc, Imported>,
    unsent: Vec<Op>,
    /// Parts written here that are not on the server yet.
    parts_due: BTreeMap<Digest, String>,
    /// Parts written here.
    parts_mine: BTreeSet<Digest>,
}

/// A running device.
#[derive(Clone, Debug)]
pub struct Device {
    /// What it has stored.
    pub stored: Rc<RefCell<Stored>>,
    random: Random,
    key: Option<DataKey>,
    /// So often more it can keep something before there is no room left; `None`: always.
    pub room: Option<u64>,
}

impl Stored {
    /// A device without anything.
    pub const fn new(replica: Replica) -> Stored {
        Stored {
            replica,
            clock: Hlc::start(DeviceId(0)),
            edits: BTreeMap::new(),
            imports: BTreeMap::new(),
            unsent: Vec::new(),
            parts_due: BTreeMap::new(),
            parts_mine: BTreeSet::new(),
        }
    }

    /// The state that devices must agree on, a line for each thing.
    pub fn lines(&self) -> Vec<String> {
        let edits = self.edits.iter().map(|(entity, edits)| format!("{entity:?}: {edits:?}"));
        let imports = self.imports.iter().map(|(id, imported)| match imported {
            Imported { taken_back: Some(at), .. } => format!("{id:?}: taken back {at:?}"),
            Imported { edition, rows, .. } => format!("{id:?}: {edition:?} {rows:?}"),
        });
        edits.chain(imports).collect()
    }

    /// A digest of that.
    pub fn hash(&self) -> u64 {
        xxh3_64(self.lines().join("\n").as_bytes())
    }

    /// Applies one operation. Again, or in another order, it gives the same.
    pub fn apply(&mut self, op: &Op) {
        self.clock = self.clock.observe(op.stamp());
        match op {
            Op::Change(change) => {
                let edits = self.edits.entry(change.entity.clone()).or_default();
                apply_to(edits, change);
                if *edits == Edits::default() {
                    self.edits.remove(&change.entity);
                }
            }
            Op::Import(import) => {
                let known = self.imports.entry(import.id).or_default();
                if known.edition.as_ref().is_none_or(|it| it.edition < import.edition) {
                    known.edition = Some(import.clone());
                }
            }
            Op::TakeBack { import, at } => {
                let known = self.imports.entry(*import).or_default();
                known.taken_back = known.taken_back.max(Some(*at));
                known.rows = None;
            }
        }
    }

    /// Whoever puts something in place of an edition deletes its parts.
    fn leave(&mut self, import: Hlc) {
        let edition = self.imports.get(&import).and_then(|it| it.edition.as_ref());
        let parts = edition.into_iter().flat_map(|it| &it.parts).map(|part| part.name);
        self.parts_mine.extend(parts.collect::<Vec<_>>());
    }

    /// Whether applying an operation would change nothing.
    pub fn knows(&self, op: &Op) -> bool {
        match op {
            Op::Change(change) => {
                let edits = self.edits.get(&change.entity).cloned().unwrap_or_default();
                let mut again = edits.clone();
                apply_to(&mut again, change);
                again == edits
            }
            Op::Import(import) => self.imports.get(&import.id).is_some_and(|it| {
                let is_newer = it.edition.as_ref().is_some_and(|it| it.edition >= import.edition);
                it.taken_back.is_some() || (is_newer && it.rows.is_some())
            }),
            Op::TakeBack { import, at } => {
                self.imports.get(import).is_some_and(|it| it.taken_back >= Some(*at))
            }
        }
    }

    /// What it has told nobody yet.
    pub fn untold(&self) -> &[Op] {
        &self.unsent
    }

    /// Customers that somebody has erased.
    pub fn erased(&self) -> impl Iterator<Item = CustomerId> {
        self.edits.iter().filter_map(|(entity, edits)| match entity {
            Entity::Customer(id) if edits.is_deleted() => Some(*id),
            _ => None,
        })
    }

    /// The text of a field; empty if there is none.
    pub fn text(&self, entity: &Entity, field: &str) -> String {
        let field = self.edits.get(entity).and_then(|it| it.fields.get(field));
        field.map(|it| it.text().to_owned()).unwrap_or_default()
    }

    /// Stamps that put a word into a field, as a device that takes it out names them.
    pub fn stamps_of(&self, entity: &Entity, field: &str, word: &str) -> Vec<Hlc> {
        let field = self.edits.get(entity).and_then(|it| it.fields.get(field));
        field.and_then(|it| it.words.get(word)).into_iter().flatten().copied().collect()
    }

    /// Imports that are in force and whose rows are here.
    pub fn live_imports(&self) -> Vec<Hlc> {
        let live = self.imports.iter().filter(|(_, it)| it.taken_back.is_none());
        live.filter(|(_, it)| it.rows.is_some()).map(|(id, _)| *id).collect()
    }

    fn editions(&self) -> impl Iterator<Item = (&Import, &Imported)> {
        let live = self.imports.values().filter(|it| it.taken_back.is_none());
        live.filter_map(|it| it.edition.as_ref().map(|edition| (edition, it)))
    }
}

impl Device {
    /// Starts a device from what it has stored. Each start stamps under a name of its own, so that a
    /// copy of the device never gives a stamp twice.
    pub fn start(mut stored: Stored, mut random: Random, key: Option<DataKey>) -> Device {
        stored.clock.device = DeviceId(random.draw());
        Device { stored: Rc::new(RefCell::new(stored)), random, key, room: None }
    }

    /// Draws other numbers from now on.
    pub const fn reseed(&mut self, seed: u64) {
        self.random = Random::new(seed);
    }

    /// The stamp of what is done now.
    pub fn stamp(&self, now_ms: u64) -> Hlc {
        let mut stored = self.stored.borrow_mut();
        stored.clock = stored.clock.tick(now_ms);
        stored.clock
    }

    /// Does something here, to be told to the others.
    pub fn act(&self, op: Op) {
        let mut stored = self.stored.borrow_mut();
        stored.apply(&op);
        stored.unsent.push(op);
    }

    /// Edits a field.
    pub fn edit(&self, entity: Entity, field: &str, operation: Operation, now_ms: u64) -> Op {
        let (stamp, origin, field) = (self.stamp(now_ms), Origin::Person, field.to_owned());
        let op = Op::Change(Change { stamp, origin, entity, field, operation });
        self.act(op.clone());
        op
    }

    /// Imports rows of these customers.
    pub fn import(&mut self, customers: BTreeSet<CustomerId>, now_ms: u64) -> Op {
        let id = self.stamp(now_ms);
        self.write_edition(id, customers, id)
    }

    fn write_edition(&mut self, id: Hlc, rows: BTreeSet<CustomerId>, edition: Hlc) -> Op {
        let rows: BTreeSet<CustomerId> =
            rows.into_iter().filter(|id| !self.is_erased(*id)).collect();
        let body = rows_text(&rows);
        let vault = self.stored.borrow().replica.vault();
        let of = PartOf::Import(edition);
        let part = Part::write(vault, of, body.as_bytes(), self.key.as_ref(), &mut self.random);
        let parts = vec![PartRef { name: part.name(), bytes: body.len() as u64 }];
        let op = Op::Import(Import { id, edition, about: "{}".to_owned(), parts });
        self.stored.borrow_mut().leave(id);
        self.act(op.clone());
        let mut stored = self.stored.borrow_mut();
        stored.parts_due.insert(part.name(), part.text());
        stored.parts_mine.insert(part.name());
        stored.imports.entry(id).or_default().rows = Some((edition, rows));
        op
    }

    /// Takes an import back.
    pub fn take_back(&self, import: Hlc, now_ms: u64) -> Op {
        self.stored.borrow_mut().leave(import);
        let op = Op::TakeBack { import, at: self.stamp(now_ms) };
        self.act(op.clone());
        op
    }

    /// Imports that hold rows of people who were erased are written again without them.
    pub fn leave_out_erased(&mut self, now_ms: u64) -> Vec<Op> {
        let erased: BTreeSet<CustomerId> = self.stored.borrow().erased().collect();
        let has_erased = |rows: &BTreeSet<CustomerId>| !rows.is_disjoint(&erased);
        let due: Vec<(Hlc, BTreeSet<CustomerId>)> = {
            let stored = self.stored.borrow();
            let editions = stored.editions().filter_map(|(import, imported)| {
                let (_, rows) = imported.rows.as_ref().filter(|(_, rows)| has_erased(rows))?;
                Some((import.id, rows.difference(&erased).copied().collect()))
            });
            editions.collect()
        };
        due.into_iter()
            .map(|(id, rows)| {
                let edition = self.stamp(now_ms);
                self.write_edition(id, rows, edition)
            })
            .collect()
    }
}

/// Applies a change. Nothing is kept of who is erased, and no field that says nothing.
fn apply_to(edits: &mut Edits, change: &Change) {
    edits.apply(change);
    edits.fields.retain(|_, field| *field != Field::default());
    if edits.is_deleted() {
        edits.fields.clear();
    }
}

/// The text of rows, each with words that must be nowhere once the customer is erased.
fn rows_text(rows: &BTreeSet<CustomerId>) -> String {
    let lines: Vec<String> = rows.iter().map(|id| format!("{id},{}\n", canary(*id))).collect();
    lines.concat()
}

/// Words about a customer that must be nowhere once the customer is erased.
pub(crate) fn canary(id: CustomerId) -> String {
    // Of one length, so that none is the beginning of another.
    format!("canary-{:032x}", id.0.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

impl Entropy for Device {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.random.fill(bytes);
    }
}

impl Home for Device {
    async fn keep(&mut self, replica: &Replica, came: &[Op], sealed: usize) -> Result<(), String> {
        if self.room == Some(0) {
            return Err("no room left".to_owned());
        }
        self.room = self.room.map(|left| left - 1);
        let mut stored = self.stored.borrow_mut();
        stored.replica = replica.clone();
        for op in came {
            stored.apply(op);
        }
        stored.unsent.drain(..sealed);
        Ok(())
    }

    fn unsent(&self) -> Vec<Op> {
        self.stored.borrow().unsent.clone()
    }

    fn operations(&self) -> Vec<Op> {
        let stored = self.stored.borrow();
        let edits = stored.edits.iter().flat_map(|(entity, edits)| edits.changes(entity));
        let imports = stored.imports.iter().flat_map(|(id, it)| {
            let edition = it.edition.clone().map(Op::Import);
            let taken = it.taken_back.map(|at| Op::TakeBack { import: *id, at });
            edition.into_iter().chain(taken)
        });
        edits.map(Op::Change).chain(imports).collect()
    }

    fn customers(&self) -> u64 {
        let stored = self.stored.borrow();
        let rows = stored.imports.values().filter_map(|it| it.rows.as_ref());
        rows.map(|(_, rows)| rows.len() as u64).sum::<u64>() + stored.edits.len() as u64
    }

    fn is_erased(&self, id: CustomerId) -> bool {
        let stored = self.stored.borrow();
        stored.edits.get(&Entity::Customer(id)).is_some_and(Edits::is_deleted)
    }

    async fn part_to_send(&self) -> Option<(Digest, String)> {
        let stored = self.stored.borrow();
        stored.parts_due.iter().next().map(|(name, text)| (*name, text.clone()))
    }

    async fn part_sent(&mut self, name: Digest) -> Result<(), String> {
        self.stored.borrow_mut().parts_due.remove(&name);
        Ok(())
    }

    fn parts_in_force(&self) -> Vec<PartRef> {
        self.stored.borrow().editions().flat_map(|(import, _)| import.parts.clone()).collect()
    }

    async fn write_again(&mut self, gone: &[Digest]) -> Result<(), String> {
        let due: Vec<(Hlc, BTreeSet<CustomerId>)> = {
            let stored = self.stored.borrow();
            let hit = stored
                .editions()
                .filter(|(import, _)| import.parts.iter().any(|part| gone.contains(&part.name)));
            hit.filter_map(|(import, it)| Some((import.id, it.rows.as_ref()?.1.clone()))).collect()
        };
        for (id, rows) in due {
            let edition = self.stamp(0);
            self.write_edition(id, rows, edition);
        }
        Ok(())
    }

    fn parts_left_over(&self) -> Vec<Digest> {
        let in_force: BTreeSet<Digest> =
            self.parts_in_force().into_iter().map(|part| part.name).collect();
        self.stored.borrow().parts_mine.difference(&in_force).copied().collect()
    }

    async fn part_deleted(&mut self, name: Digest) -> Result<(), String> {
        let mut stored = self.stored.borrow_mut();
        stored.parts_mine.remove(&name);
        stored.parts_due.remove(&name);
        Ok(())
    }

    fn parts_wanted(&self) -> Vec<PartRef> {
        let stored = self.stored.borrow();
        let wanted = stored
            .editions()
            .filter(|(import, it)| it.rows.as_ref().is_none_or(|(of, _)| *of != import.edition));
        wanted.flat_map(|(import, _)| import.parts.clone()).collect()
    }

    async fn keep_part(&mut self, name: Digest, rows: Vec<u8>) -> Result<(), String> {
        let text = String::from_utf8(rows).map_err(|error| error.to_string())?;
        let ids = text.lines().map(|line| line.split(',').next().and_then(CustomerId::parse));
        let rows: Option<BTreeSet<CustomerId>> = ids.collect();
        let rows = rows.ok_or("rows that nobody wrote")?;
        let mut stored = self.stored.borrow_mut();
        for imported in stored.imports.values_mut() {
            if let Some(import) = &imported.edition
                && import.parts.iter().any(|part| part.name == name)
                && imported.taken_back.is_none()
            {
                imported.rows = Some((import.edition, rows.clone()));
            }
        }
        Ok(())
    }
}
