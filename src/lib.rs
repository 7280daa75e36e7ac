//! The page: screens, charts, words, and the line to the engine.

#![cfg(feature = "page")]
// `words!` takes a step for each text of a block.
#![recursion_limit = "256"]

pub mod address;
pub mod app;
mod backups;
mod browser_records;
pub mod build_id;
pub mod charts;
pub mod client;
mod clipboard;
pub mod components;
pub mod crash;
pub mod data;
pub mod download;
pub mod edits;
mod exports;
pub mod i18n;
pub mod import_flow;
mod interrupted;
pub mod list_acts;
mod locking;
pub mod offline;
pub mod pages;
pub mod parts;
pub mod remembered;
pub mod routes;
pub mod settings;
pub mod shell;
mod syncing;
pub mod timings;
