//! The lock of this device: what can be asked of it, and why it does not open.

use serde::{Deserialize, Serialize};

/// Something about the lock of this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockAsk {
    /// How it stands.
    State,
    /// Puts it on. The answer has the recovery code, which is told this once.
    Set(String),
    /// Opens the data.
    Unlock {
        /// By what.
        secret: LockSecret,
        /// The key stays in this browser until the lock is closed.
        stay: bool,
    },
    /// Changes the passphrase, whichever way one has.
    Change {
        /// What opens it now.
        secret: LockSecret,
        /// What is to open it.
        passphrase: String,
    },
    /// Makes another recovery code, by the passphrase; the former one opens nothing any more.
    Renew(String),
    /// Takes the lock off, by the passphrase.
    Remove(String),
}

/// What opens a lock.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockSecret {
    /// The passphrase.
    Passphrase(String),
    /// The recovery code, as it was typed.
    Recovery(String),
}

/// Secrets do not get into logs.
impl std::fmt::Debug for LockSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LockSecret")
    }
}

/// How the lock stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockView {
    /// Whether it is on.
    pub on: bool,
    /// Whether there can be one: data that are gone with the tab need none.
    pub possible: bool,
    /// The recovery code, where one was just made.
    pub recovery: Option<String>,
}

impl LockView {
    /// Of a lock that is closed.
    pub const CLOSED: LockView = LockView { on: true, possible: true, recovery: None };
}

/// Why the lock does not do what was asked. The data are as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockFault {
    /// It is closed: nothing is answered until it is opened.
    Closed,
    /// It was put on, taken off or closed since the data were opened: reload.
    Changed,
    /// The passphrase is another.
    WrongPassphrase,
    /// The recovery code is mistyped, or another.
    WrongCode,
    /// This browser cannot encrypt. In its own words.
    Unable(String),
}

impl LockFault {
    /// What machines know it by; people read a sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            LockFault::Closed => "lock_closed",
            LockFault::Changed => "lock_changed",
            LockFault::WrongPassphrase => "lock_wrong_passphrase",
            LockFault::WrongCode => "lock_wrong_code",
            LockFault::Unable(_) => "lock_unable",
        }
    }
}
