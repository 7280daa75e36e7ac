//! Devices that do not exist: histories of sync, each from a seed, with every fault that a network, a
//! server, a clock and a person can have. The devices run the very code that the browser runs.

mod device;
mod history;
mod random;
mod server;

pub use device::{Device, Stored};
pub use history::{Outcome, Verdict, play, tell};
pub use random::Random;
pub use server::{Faults, Link, Server};
