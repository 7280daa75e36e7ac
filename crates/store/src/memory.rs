//! A backend in memory: for browsers that lend no storage, and for tests, which can make it fail.

use crate::backend::{Area, Backend, BackendError, Expect, Transaction};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// When a commit is struck by a kill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Before anything of it is applied.
    BeforeCommit,
    /// After all of it is applied, before the caller hears of it.
    AfterCommit,
}

type Records = BTreeMap<(Area, String), Vec<u8>>;

#[derive(Debug, Default)]
struct Shared {
    records: Records,
    quota: Option<u64>,
    commits: usize,
    /// Which commit is struck, counted from the first.
    fault: Option<(usize, Fault)>,
    /// A killed process does nothing any more.
    killed: bool,
}

/// Records in memory. Clones share them, as tabs share a database.
#[derive(Clone, Debug, Default)]
pub struct MemoryBackend {
    shared: Rc<RefCell<Shared>>,
}

impl MemoryBackend {
    /// An empty backend.
    pub fn new() -> MemoryBackend {
        MemoryBackend::default()
    }

    /// The same records apart from these, as a copy of the browser's profile.
    #[must_use]
    pub fn copied(&self) -> MemoryBackend {
        let records = self.shared.borrow().records.clone();
        MemoryBackend { shared: Rc::new(RefCell::new(Shared { records, ..Shared::default() })) }
    }

    /// Every record, its key first.
    pub fn records(&self) -> Vec<(String, Vec<u8>)> {
        let shared = self.shared.borrow();
        shared.records.iter().map(|((_, key), value)| (key.clone(), value.clone())).collect()
    }

    /// Flips a bit of a record, as a broken disk does.
    pub fn damage(&self, area: Area, key: &str) {
        let mut shared = self.shared.borrow_mut();
        if let Some(byte) =
            shared.records.get_mut(&(area, key.to_owned())).and_then(|it| it.first_mut())
        {
            *byte ^= 1;
        }
    }

    /// Kills the process at the `n`-th commit from now, 0 being the next: from then on every call
    /// answers [`BackendError::Lost`], until [`MemoryBackend::restart`].
    pub fn kill_at_commit(&self, n: usize, fault: Fault) {
        let mut shared = self.shared.borrow_mut();
        shared.fault = Some((shared.commits + n, fault));
    }

    /// Starts anew after a kill, over the records that it left. Returns whether there was a kill.
    pub fn restart(&self) -> bool {
        let mut shared = self.shared.borrow_mut();
        shared.fault = None;
        std::mem::take(&mut shared.killed)
    }

    /// Lets commits fail with [`BackendError::Quota`] that would leave more bytes than this.
    pub fn set_quota(&self, bytes: Option<u64>) {
        self.shared.borrow_mut().quota = bytes;
    }

    /// Bytes in all values.
    pub fn stored_bytes(&self) -> u64 {
        stored_bytes(&self.shared.borrow().records)
    }

    /// How many commits have been tried.
    pub fn commits(&self) -> usize {
        self.shared.borrow().commits
    }
}

fn stored_bytes(records: &Records) -> u64 {
    records.values().map(|value| value.len() as u64).sum()
}

fn apply(records: &mut Records, transaction: Transaction) {
    records.retain(|(area, _), _| !transaction.clears.contains(area));
    for place in &transaction.deletes {
        records.remove(place);
    }
    for (area, key, value) in transaction.puts {
        records.insert((area, key), value);
    }
}

/// What the transaction would leave, without copying any value.
fn bytes_after(records: &Records, transaction: &Transaction) -> u64 {
    let goes = |place: &(Area, String)| {
        transaction.clears.contains(&place.0)
            || transaction.deletes.contains(place)
            || transaction.puts.iter().any(|(area, key, _)| (*area, key) == (place.0, &place.1))
    };
    let stay = records.iter().filter(|(place, _)| !goes(place));
    stay.map(|(_, value)| value.len() as u64).sum::<u64>() + transaction.put_bytes()
}

impl Shared {
    fn alive(&self) -> Result<(), BackendError> {
        if self.killed { Err(BackendError::Lost) } else { Ok(()) }
    }

    fn commit(&mut self, transaction: Transaction) -> Result<(), BackendError> {
        self.alive()?;
        let fault = self.fault.filter(|(at, _)| *at == self.commits).map(|(_, fault)| fault);
        self.commits += 1;
        self.killed = fault.is_some();
        if fault == Some(Fault::BeforeCommit) {
            return Err(BackendError::Lost);
        }
        let holds = |Expect { area, key, value }: &Expect| {
            self.records.get(&(*area, key.clone())) == value.as_ref()
        };
        if !transaction.expect.iter().all(holds) {
            return Err(BackendError::Conflict);
        }
        if self.quota.is_some_and(|quota| bytes_after(&self.records, &transaction) > quota) {
            return Err(BackendError::Quota { needed: transaction.put_bytes() });
        }
        apply(&mut self.records, transaction);
        self.alive()
    }
}

impl Backend for MemoryBackend {
    async fn get(&self, area: Area, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, BackendError> {
        let shared = self.shared.borrow();
        shared.alive()?;
        Ok(keys.iter().map(|key| shared.records.get(&(area, key.clone())).cloned()).collect())
    }

    async fn all(&self, area: Area) -> Result<Vec<(String, Vec<u8>)>, BackendError> {
        let shared = self.shared.borrow();
        shared.alive()?;
        let records = shared.records.iter().filter(|((of, _), _)| *of == area);
        Ok(records.map(|((_, key), value)| (key.clone(), value.clone())).collect())
    }

    async fn keys(&self, area: Area) -> Result<Vec<String>, BackendError> {
        let shared = self.shared.borrow();
        shared.alive()?;
        let places = shared.records.keys().filter(|(of, _)| *of == area);
        Ok(places.map(|(_, key)| key.clone()).collect())
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), BackendError> {
        self.shared.borrow_mut().commit(transaction)
    }
}
