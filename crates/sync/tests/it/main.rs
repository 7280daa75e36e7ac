//! Sync from outside: devices, a server between them, and what each rule of the format says.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod adapters;
mod bounds;
mod faults;
mod gone;
mod rules;
mod sealed;
mod shop;
mod vectors;
