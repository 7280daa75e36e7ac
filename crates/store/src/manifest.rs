//! The manifest: the one record that says which chunks, edits and clock belong together.
//!
//! JSON, so that it can grow: unknown fields are passed over, missing optional ones have defaults.
//! A change that an older program must not meet raises [`FORMAT`]:
//! - 1: orders, customers, products, lines.
//! - 2: contacts, answers, tickets and events too.
//! - 3: summaries of customers too.

use crate::batch_report::BatchReport;
use crate::sealed;
use crate::store::StoreError;
use model::{DeviceId, Hlc, RecordKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The format that this program writes, and the highest that it reads.
pub const FORMAT: u32 = 3;

/// Key of the manifest's record in [`crate::Area::Meta`].
pub(crate) const MANIFEST_KEY: &str = "manifest";

/// The number of an import, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BatchId(pub u32);

/// What is stored, and how far the clock has run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format of all records.
    pub format: u32,
    /// Counts the transactions that wrote the manifest.
    pub generation: u64,
    /// This browser profile.
    pub device: DeviceId,
    /// The latest stamp that was given or seen.
    pub clock: Hlc,
    /// Every import, oldest first, undone ones too.
    #[serde(default)]
    pub batches: Vec<BatchEntry>,
    /// Keys of chunks that have come of imports of other devices which are not all here yet.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub arriving: BTreeSet<String>,
    /// The number of the next import.
    #[serde(default)]
    pub next_batch: u32,
    /// The number of the next log record.
    #[serde(default)]
    pub next_log: u64,
    /// Runs over all log records: each one's hash is mixed with that of those before it.
    #[serde(default, with = "hex")]
    pub log_hash: u64,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchEntry {
    /// Its number.
    pub id: BatchId,
    /// When it was made, by the clock that orders all changes.
    pub stamp: Hlc,
    /// When its rows were last written again without those of people who were erased; `None`: they
    /// are as they were imported. No two imports share one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<Hlc>,
    /// The platform that wrote the file, as `shopify`.
    pub source: String,
    /// Which shop of that platform: order numbers are unique within (source, shop key).
    #[serde(default)]
    pub shop_key: u32,
    /// Name of the file.
    #[serde(default)]
    pub file_name: String,
    /// Size of the file in bytes.
    #[serde(default)]
    pub file_size: u64,
    /// XXH3-128 of the file's bytes: the same file is recognised whatever its name.
    #[serde(default, with = "hex")]
    pub content_hash: u128,
    /// When, in milliseconds since 1 January 1970.
    #[serde(default)]
    pub imported_at_ms: u64,
    /// Decimals of the minor unit that amounts without a currency were read in.
    #[serde(default = "two")]
    pub unnamed_decimals: u32,
    /// Invented data to try the program with.
    #[serde(default)]
    pub sample: bool,
    /// Whether it counts.
    pub state: BatchState,
    /// What the reader of the file found.
    #[serde(default)]
    pub facts: BatchFacts,
    /// Where its rows are; empty once undone.
    #[serde(default)]
    pub chunks: Vec<ChunkRef>,
}

/// Whether an import counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// It does.
    Live,
    /// It was undone: its rows are gone, its entry tells that it was there.
    Undone,
}

/// What the reader of a file found, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchFacts {
    /// What the rows are.
    pub kind: RecordKind,
    /// Records of that kind, where they are no orders.
    pub records: u64,
    /// Rows of the file.
    pub rows: u64,
    /// Orders taken from them.
    pub orders: u64,
    /// Customers taken from them.
    pub customers: u64,
    /// Rows that could not be used.
    pub rejected: u64,
    /// Doubts that were reported.
    pub warnings: u64,
    /// Orders, or records of the kind, not known before.
    pub new: u64,
    /// Those known before that say something else now.
    pub updated: u64,
    /// Those known before that say the same.
    pub identical: u64,
}

/// One stored chunk of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkRef {
    /// Its key in [`crate::Area::Chunk`].
    pub key: String,
    /// Which table its rows belong to.
    pub kind: ChunkKind,
    /// How many rows.
    pub rows: u32,
    /// How many bytes.
    pub bytes: u32,
    /// XXH3-64 of the bytes before the chunk's own checksum, which it equals.
    #[serde(with = "hex")]
    pub hash: u64,
}

/// The table that a chunk's rows belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChunkKind {
    /// [`model::OrderTable`].
    Orders,
    /// [`model::CustomerTable`].
    Customers,
    /// [`model::ProductTable`].
    Products,
    /// [`model::LineTable`].
    Lines,
    /// [`model::ContactTable`].
    Contacts,
    /// [`model::ResponseTable`].
    Responses,
    /// [`model::AnswerTable`].
    Answers,
    /// [`model::TicketTable`].
    Tickets,
    /// [`model::EventTable`].
    Events,
    /// [`model::SummaryTable`].
    Summaries,
    /// [`model::GapTable`].
    Gaps,
}

impl ChunkKind {
    /// All kinds.
    pub const ALL: [ChunkKind; 11] = [
        ChunkKind::Orders,
        ChunkKind::Customers,
        ChunkKind::Products,
        ChunkKind::Lines,
        ChunkKind::Contacts,
        ChunkKind::Responses,
        ChunkKind::Answers,
        ChunkKind::Tickets,
        ChunkKind::Events,
        ChunkKind::Summaries,
        ChunkKind::Gaps,
    ];

    /// The table's name, as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            ChunkKind::Orders => "orders",
            ChunkKind::Customers => "customers",
            ChunkKind::Products => "products",
            ChunkKind::Lines => "lines",
            ChunkKind::Contacts => "contacts",
            ChunkKind::Responses => "responses",
            ChunkKind::Answers => "answers",
            ChunkKind::Tickets => "tickets",
            ChunkKind::Events => "events",
            ChunkKind::Summaries => "summaries",
            ChunkKind::Gaps => "gaps",
        }
    }
}

/// What an import says of itself before it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchDraft {
    /// The platform that wrote the file, as `shopify`.
    pub source: String,
    /// Which shop of that platform.
    pub shop_key: u32,
    /// Name of the file.
    pub file_name: String,
    /// Size of the file in bytes.
    pub file_size: u64,
    /// XXH3-128 of the file's bytes.
    pub content_hash: u128,
    /// Decimals of the minor unit that amounts without a currency were read in: those of the shop's
    /// currency at that time.
    pub unnamed_decimals: u32,
    /// Invented data to try the program with.
    pub sample: bool,
    /// What the reader of the file found.
    pub facts: BatchFacts,
    /// What is kept of the reading beside the rows.
    pub report: BatchReport,
}

/// As most currencies have.
const fn two() -> u32 {
    2
}

impl Manifest {
    /// Nothing stored yet.
    pub const fn new(device: DeviceId) -> Manifest {
        Manifest {
            format: FORMAT,
            generation: 0,
            device,
            clock: Hlc::start(device),
            batches: Vec::new(),
            arriving: BTreeSet::new(),
            next_batch: 1,
            next_log: 1,
            log_hash: 0,
        }
    }

    /// The imports that count, oldest first.
    pub fn live_batches(&self) -> impl Iterator<Item = &BatchEntry> {
        self.batches.iter().filter(|batch| batch.state == BatchState::Live)
    }

    /// The entry of an import.
    pub fn batch(&self, id: BatchId) -> Option<&BatchEntry> {
        self.batches.iter().find(|batch| batch.id == id)
    }

    /// Reads the stored form. The format is looked at first: a newer one may hold anything else.
    pub(crate) fn read(record: &[u8]) -> Result<Manifest, StoreError> {
        #[derive(Deserialize)]
        struct Peek {
            format: u32,
        }
        let json = sealed::open(record).ok_or(StoreError::DamagedManifest)?;
        match serde_json::from_slice::<Peek>(json) {
            Ok(Peek { format }) if format > FORMAT => {
                return Err(StoreError::TooNew { format, known: FORMAT });
            }
            Ok(_) => {}
            Err(error) => return Err(StoreError::Json(error.to_string())),
        }
        serde_json::from_slice(json).map_err(|error| StoreError::Json(error.to_string()))
    }
}

/// Hashes as hexadecimal text: JSON readers elsewhere round numbers above 2^53.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::fmt::LowerHex;

    pub(super) fn serialize<T: LowerHex, S: Serializer>(
        hash: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{hash:x}"))
    }

    pub(super) fn deserialize<'de, T: TryFrom<u128>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = u128::from_str_radix(&text, 16).map_err(D::Error::custom)?;
        T::try_from(number).ok().ok_or_else(|| D::Error::custom("the hash is too long"))
    }
}
