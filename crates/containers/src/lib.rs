//! Workbooks, archives, JSON and web pages become tables of text.
//!
//! Merchants hold their orders in files that are no CSV. [`unpack`] turns the bytes of such a file
//! into tables, one a sheet or member, each as CSV: UTF-8, commas, LF. From there they are read as
//! any other file. What a file is shows in its first bytes ([`Kind::of`]), never in its name.
//!
//! A hostile file is refused, with little memory and in little time: see `bounds.rs`.
//!
//! Without the feature `unpack` there is only what tells that a file is a container and what can be
//! said of one.

mod kind;
mod news;
mod note;
mod refusal;

#[cfg(feature = "unpack")]
mod archive;
#[cfg(feature = "unpack")]
mod bounds;
#[cfg(feature = "unpack")]
mod charset;
#[cfg(feature = "unpack")]
mod gzip;
#[cfg(feature = "unpack")]
mod json;
#[cfg(feature = "unpack")]
mod markup;
#[cfg(feature = "unpack")]
mod members;
#[cfg(feature = "unpack")]
mod page;
#[cfg(feature = "unpack")]
mod sheet;
#[cfg(feature = "unpack")]
mod table;
#[cfg(feature = "unpack")]
mod unpack;
#[cfg(feature = "unpack")]
mod workbook;

pub use kind::{HEAD_BYTES, Kind};
pub use news::News;
pub use note::{Note, NoteCode};
pub use refusal::{NoTable, Refusal};

#[cfg(feature = "unpack")]
pub use bounds::Budget;
#[cfg(feature = "unpack")]
pub use table::Table;
#[cfg(feature = "unpack")]
pub use unpack::{unpack, unpack_all};
