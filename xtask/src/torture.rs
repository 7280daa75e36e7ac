//! `cargo xtask torture`: what takes longer than a check may, and proves more.

mod client;
mod histories;
mod kills;
mod proxy;
mod servers;
mod start;
mod warehouse;
mod weight;

use crate::error::Error;
use crate::places::Places;

const USAGE: &str = "\
usage: cargo xtask torture <what>

  kills [--count N] [--seed N]
             kills of the whole browser in the midst of edits and imports
  histories [--count N] [--from N] [--seed N]
             seeded histories of sync: copies, kills, bad lines, servers put back; 10,000 unless said
  servers [NAME ...]
             eight devices against real servers, through a line that fails
  warehouse [NAME ...]
             the SQL of docs/warehouse on PostgreSQL, DuckDB, Spark and ClickHouse, cell by cell
  weight     what sync sends for an edit, for nothing new, and for a million orders";

/// Runs one of them.
pub fn run(places: &Places, options: &[String]) -> Result<(), Error> {
    let (what, options) = options.split_first().ok_or_else(|| Error::usage(USAGE))?;
    match what.as_str() {
        "kills" => kills::run(places, options),
        "histories" => histories::run(options),
        "servers" => servers::run(places, options),
        "warehouse" => warehouse::run(places, options),
        "weight" => weight::run(),
        unknown => Err(Error::usage(format!("there is no torture `{unknown}`\n\n{USAGE}"))),
    }
}
