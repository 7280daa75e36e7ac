//! Sync: several devices of one shop tell each other what was done, through any place that keeps
//! files. The format is described, for whoever wants to write another client, in
//! `docs/sync-format.md`.
//!
//! Each device writes numbered segments into a folder of its own and reads those of the others; no
//! file has two writers, so that nothing is asked of the server but to keep what it is given. What is
//! in a segment can be applied in any order and twice ([`model::Field`]). The core has no clock, no
//! network and no randomness: [`round()`] is given a [`Remote`] and a [`Home`].

mod frame;
mod head;
mod ids;
mod key;
mod op;
mod part;
pub mod patience;
mod remote;
mod replica;
mod round;
mod segment;
pub mod servers;
mod vault;

pub use head::{Head, Roster};
pub use ids::{Digest, LARGEST, VaultId};
pub use key::{DataKey, Entropy, KeyError, Work, WrappedKey};
pub use op::{Import, Op, PartRef};
pub use part::{Part, PartOf};
pub use remote::{Failure, LONGEST_FILE, Path, Remote};
pub use replica::{Conflict, Replica, Standstill};
pub use round::{Event, Home, Pace, Report, Stop, round};
pub use segment::{Damage, Place, SCHEMA, Seen, Segment, Told, VERSION};
pub use vault::Vault;
