//! `cargo xtask torture`: what is too long for every run of the tests.

use crate::error::Error;
use crate::places::Places;

mod kills;

/// Runs one of them.
pub fn run(places: &Places, options: &[String]) -> Result<(), Error> {
    match options.split_first() {
        Some((name, options)) if name == "kills" => kills::run(places, options),
        _ => Err(Error::usage("usage: cargo xtask torture kills [--count N] [--seed N]")),
    }
}
