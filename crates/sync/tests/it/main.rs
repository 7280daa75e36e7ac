//! Sync from outside: devices, a server between them, and what each rule of the format says.

mod adapters;
mod rules;
mod sealed;
mod shop;
mod vectors;
