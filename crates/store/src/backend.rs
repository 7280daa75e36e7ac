//! What the store needs of a place to keep bytes.

/// One of the four collections of records. Keys are text, values bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// The manifest.
    Meta,
    /// Column chunks of imported rows.
    Chunk,
    /// Edited fields, one record an entity.
    Delta,
    /// Every edit in order, one record a transaction.
    Log,
}

impl Area {
    /// All areas.
    pub const ALL: [Area; 4] = [Area::Meta, Area::Chunk, Area::Delta, Area::Log];

    /// The name of the collection, as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Area::Meta => "meta",
            Area::Chunk => "chunk",
            Area::Delta => "delta",
            Area::Log => "log",
        }
    }
}

/// What a transaction must outlive before it is reported as done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// A kill of the browser, but perhaps not a power cut in the next seconds.
    #[default]
    Relaxed,
    /// A power cut.
    Strict,
}

/// What a record must hold for a transaction to go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// Where the record is.
    pub area: Area,
    /// Its key.
    pub key: String,
    /// Its bytes; `None`: there is no such record.
    pub value: Option<Vec<u8>>,
}

/// Changes that happen together or not at all: clears first, then deletes, then puts.
#[derive(Clone, Debug, Default)]
pub struct Transaction {
    /// How durable the result must be.
    pub durability: Durability,
    /// Checked inside the transaction; on a difference nothing is written and the answer is
    /// [`BackendError::Conflict`].
    pub expect: Vec<Expect>,
    /// Areas to empty.
    pub clears: Vec<Area>,
    /// Records to delete. Absent ones are no error.
    pub deletes: Vec<(Area, String)>,
    /// Records to write, over old ones if there are any.
    pub puts: Vec<(Area, String, Vec<u8>)>,
}

impl Transaction {
    /// How many bytes the transaction writes, keys apart.
    pub fn put_bytes(&self) -> u64 {
        self.puts.iter().map(|(_, _, value)| value.len() as u64).sum()
    }
}

/// Why a backend did not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// The browser lends no storage: a private window, blocked cookies, a broken profile.
    #[error("the browser gives no access to its storage")]
    Unavailable,
    /// The database cannot be opened while another tab holds an older version of it.
    #[error("another tab of an older version keeps the database occupied")]
    Blocked,
    /// The device or the browser's share of it is full.
    #[error("there is no room to store {needed} more bytes")]
    Quota {
        /// Bytes that were to be written.
        needed: u64,
    },
    /// Somebody else has written since: reload, then try again.
    #[error("another tab has changed the data in the meantime")]
    Conflict,
    /// The lock of this device has come, gone or changed its key since the data were opened, or there
    /// is no key at hand: open them anew.
    #[error("the data are locked, or no longer as they were")]
    Locked,
    /// The record of the lock is damaged, or of a newer version: nothing can be opened.
    #[error("the lock is damaged")]
    LockUnreadable,
    /// The connection to the database was closed under us, and again after reopening.
    #[error("the connection to the database was lost")]
    Lost,
    /// A newer version of this program has upgraded the database.
    #[error("the database was made by a newer version of this program")]
    VersionTooNew,
    /// Anything else, in the words of the browser.
    #[error("the database reports: {0}")]
    Other(String),
}

/// A place to keep bytes: four areas of records and atomic transactions over all of them.
///
/// Handles are cheap and all futures stay on the thread that made them.
#[expect(async_fn_in_trait, reason = "one thread: no caller asks whether the futures are Send")]
pub trait Backend {
    /// The values of `keys`, in their order; `None` where there is no record.
    async fn get(&self, area: Area, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, BackendError>;

    /// All records of an area, ascending by key.
    async fn all(&self, area: Area) -> Result<Vec<(String, Vec<u8>)>, BackendError>;

    /// All keys of an area, ascending.
    async fn keys(&self, area: Area) -> Result<Vec<String>, BackendError>;

    /// Carries out a transaction wholly or not at all, and returns when it is durable.
    async fn commit(&self, transaction: Transaction) -> Result<(), BackendError>;
}
