//! How sync stands, as the page shows it.

use super::{SyncKind, SyncTrouble};
use model::CustomerId;
use serde::{Deserialize, Serialize};

/// How sync stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncView {
    /// What it does.
    pub phase: SyncPhase,
    /// Where the shop is kept; `None`: sync is off.
    pub place: Option<SyncPlace>,
    /// When a round last went through, in milliseconds since 1 January 1970.
    pub last_ms: Option<u64>,
    /// Edits and imports that the server has not got yet.
    pub unsent: u64,
    /// Parts of imports that are to be sent.
    pub parts_to_send: u32,
    /// Parts of imports of other devices that are not here yet.
    pub parts_to_come: u32,
    /// The devices of the shop, this one first.
    pub devices: Vec<SyncDevice>,
    /// What two people said differently, the newest first.
    pub conflicts: Vec<SyncConflict>,
    /// What has happened, the newest first.
    pub journal: Vec<SyncLine>,
}

/// Where the shop is kept, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncPlace {
    /// What the server speaks.
    pub kind: SyncKind,
    /// Its address.
    pub url: String,
    /// The user's name there, if there is one.
    pub user: Option<String>,
    /// Whether a key seals what is kept.
    pub sealed: bool,
}

/// What sync does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncPhase {
    /// It is off.
    #[default]
    Off,
    /// Another tab does it.
    InAnotherTab,
    /// A round is under way.
    Syncing,
    /// All is told, nothing is new.
    Idle,
    /// The user has stopped it for a while.
    Paused,
    /// It failed and is tried again by itself.
    Waiting {
        /// When, in milliseconds since 1 January 1970.
        until_ms: u64,
        /// Why.
        trouble: SyncTrouble,
    },
    /// It failed and waits for the user.
    Stopped(SyncTrouble),
}

/// A device of the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncDevice {
    /// Its name: 16 hexadecimal digits.
    pub id: String,
    /// Whether it is this one.
    pub here: bool,
    /// When news of it were last seen, in milliseconds since 1 January 1970.
    pub heard_ms: Option<u64>,
    /// Why its news wait.
    pub held: Option<SyncHeld>,
}

/// Why the news of a device wait. What it told before holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncHeld {
    /// A file of it cannot be used: changed by somebody, damaged, or of a key that is not ours.
    Damaged,
    /// A newer version of this program wrote it.
    TooNew,
    /// Its clock is years ahead.
    Future,
    /// A file of it is missing.
    Missing,
    /// It deletes many customers: a person has to agree.
    Deletes {
        /// How many.
        customers: u64,
    },
}

/// What two people said of one field without knowing of each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncConflict {
    /// Its number on this device.
    pub id: u64,
    /// Of whom; `None`: of the shop.
    pub customer: Option<CustomerId>,
    /// Name of the field, as it is stored.
    pub field: String,
    /// What was said here.
    pub mine: SyncSaid,
    /// What was said there.
    pub theirs: SyncSaid,
}

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncSaid {
    /// As text.
    pub value: String,
    /// When, in milliseconds since 1 January 1970.
    pub at_ms: u64,
    /// Whether it is in force.
    pub holds: bool,
}

/// Something that has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncLine {
    /// When, in milliseconds since 1 January 1970.
    pub at_ms: u64,
    /// What.
    pub what: SyncHappened,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncHappened {
    /// Sync began; `founded`: with a new shop on the server.
    Began {
        /// Whether this device has founded the shop there.
        founded: bool,
    },
    /// A round has brought and told something.
    Round {
        /// Edits and imports that came.
        received: u64,
        /// Those that are on the server now.
        sent: u64,
    },
    /// An import of another device is all here.
    ImportCame {
        /// Name of its file.
        file: String,
    },
    /// Another device was heard of.
    Met(String),
    /// This device is a copy of another, or was copied, and goes on under a new name.
    Renamed,
    /// Two histories met in a device's folder; both were read.
    Forked(String),
    /// The server is older than what it had confirmed; what it lost was sent again.
    RolledBack {
        /// Files of this device that were missing.
        missing: u64,
    },
    /// The server holds less of a device than it has shown before.
    Behind(String),
    /// News of a device wait.
    Held(String, SyncHeld),
    /// The shop's file was cut off and was written again.
    VaultMended,
    /// The passphrase was changed, here or elsewhere.
    PassphraseChanged,
    /// A part of an import cannot be used.
    PartDamaged,
    /// A part of an import is missing on the server.
    PartMissing,
    /// A round failed.
    Failed(SyncTrouble),
}
