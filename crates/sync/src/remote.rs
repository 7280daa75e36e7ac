//! What the protocol needs of a server: files that can be put, got and deleted.

use crate::ids::{Digest, LARGEST, device_text, read_device};
use model::DeviceId;
use std::fmt;

/// No file of the format is longer, in bytes: whoever reads answers stops there.
pub const LONGEST_FILE: usize = crate::part::LONGEST_TEXT;

/// Where a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Path {
    /// Which shop this is.
    Vault,
    /// Which devices there are.
    Roster,
    /// What a device says of its folder.
    Head(DeviceId),
    /// A segment of a device.
    Segment(DeviceId, u64),
    /// A part.
    Part(Digest),
}

/// Below the address that the user gave.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Vault => f.write_str("v1/vault.json"),
            Path::Roster => f.write_str("v1/roster.json"),
            Path::Head(dev) => write!(f, "v1/d/{}/head.json", device_text(*dev)),
            Path::Segment(dev, seq) => write!(f, "v1/d/{}/{seq}.json", device_text(*dev)),
            Path::Part(name) => write!(f, "v1/s/{name}.json"),
        }
    }
}

impl Path {
    /// Reads the form that is displayed.
    pub fn parse(text: &str) -> Option<Path> {
        let pieces: Vec<&str> = text.strip_suffix(".json")?.split('/').collect();
        match pieces[..] {
            ["v1", "vault"] => Some(Path::Vault),
            ["v1", "roster"] => Some(Path::Roster),
            ["v1", "d", dev, "head"] => read_device(dev).map(Path::Head),
            ["v1", "d", dev, seq] => {
                let seq: u64 = seq.parse().ok().filter(|seq| *seq <= LARGEST)?;
                read_device(dev).map(|dev| Path::Segment(dev, seq))
            }
            ["v1", "s", name] => Digest::parse(name).map(Path::Part),
            _ => None,
        }
    }
}

/// Why a server did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It cannot be reached, or the browser may not read its answer.
    #[error("the server cannot be reached")]
    Unreachable,
    /// It wants another name or password.
    #[error("the server refuses this name or password")]
    Denied,
    /// It is busy; perhaps it says for how long.
    #[error("the server is busy")]
    Busy {
        /// Seconds until it may be asked again.
        retry_after_s: Option<u32>,
    },
    /// The file is too long for it.
    #[error("the file is too long for the server")]
    TooLong,
    /// It has no room left.
    #[error("the server is full")]
    Full,
    /// It gave something else than it was asked for.
    #[error("the server gave something that is no file of this program")]
    Foreign,
    /// It kept something else than it was given.
    #[error("the server did not keep what it was given")]
    NotKept,
    /// Any other answer.
    #[error("the server answers with {status}")]
    Status {
        /// Number of the answer.
        status: u16,
    },
}

/// A place that keeps files.
#[expect(async_fn_in_trait, reason = "one thread: no caller asks whether the futures are Send")]
pub trait Remote {
    /// The text of a file; `None` only if the server says that there is none.
    async fn get(&self, path: Path) -> Result<Option<String>, Failure>;

    /// Keeps a text. Whether it did is seen by getting it back.
    async fn put(&self, path: Path, text: &str) -> Result<(), Failure>;

    /// Deletes a file; that there is none is no failure.
    async fn delete(&self, path: Path) -> Result<(), Failure>;

    /// The devices that have a folder; `None`: this server cannot tell.
    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure>;
}
