//! A device's side of sync: what is stored here and what the others tell, kept together.
//!
//! [`Session`] is all of it but the network and the clock: it founds or joins a shop on a server, does
//! rounds ([`sync::round()`]) over the [`store::Store`], and says how it stands. What sync knows, the
//! [`Ledger`], is one record beside the data, written in the transaction that changes them, so that
//! a kill never leaves the one without the other.

mod begin;
mod home;
mod imports;
mod journal;
mod ledger;
mod places;
mod session;
mod unsent;
mod view;
mod words;

pub use ledger::Ledger;
pub use places::{AnyRemote, connect, origin_of};
pub use session::{Outcome, Session};
pub use words::{cors_text, test_server};

use protocol::Writes;

/// The place that a session runs in.
#[expect(async_fn_in_trait, reason = "one thread: no caller asks whether the futures are Send")]
pub trait Host: sync::Entropy {
    /// A turn among the tabs, until it is dropped.
    type Turn;

    /// Now, in milliseconds since 1 January 1970.
    fn now_ms(&self) -> u64;

    /// Waits for the turn to write.
    async fn turn(&self, writes: Writes) -> Self::Turn;

    /// Tells the tabs that the data have changed.
    fn announce(&self);
}
