//! Devices of one shop over stores in memory.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod devices;
mod erasing;
mod faults;
mod world;
