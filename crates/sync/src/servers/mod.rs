//! The servers that sync speaks to: each is a way to keep files by name.

mod cors;
mod couch;
mod files;
mod http;
mod postgrest;
mod probe;
mod rest;
mod s3;
mod single;

pub use cors::{Software, cors_snippet};
pub use couch::Couch;
pub use files::Files;
pub use http::{Account, Answer, Http, Request};
pub use postgrest::Postgrest;
pub use probe::{Finding, Findings, probe};
pub use rest::Rest;
pub use s3::{Bucket, Signed, signature};
pub use single::SingleUrl;

use crate::ids::read_device;
use crate::remote::Path;
use model::DeviceId;
use std::collections::BTreeSet;

/// The devices whose folders a listing names, whatever its form: XML, JSON or a page.
fn devices_in(listing: &str) -> Vec<DeviceId> {
    let names = listing.split("v1/d/").skip(1).filter_map(|rest| read_device(rest.get(..16)?));
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// An address without the slash at its end.
fn base(url: &str) -> String {
    url.trim().trim_end_matches('/').to_owned()
}

/// A path as a name without slashes, for servers whose names have none.
fn flat(path: Path) -> String {
    path.to_string().trim_end_matches(".json").replace('/', "-")
}
