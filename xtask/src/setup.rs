//! Set-up: what a bare machine lacks is installed once, what is there is recognised.
//!
//! Every step begins with a quick check, says in one line what it is about to do, and ends in one
//! plain sentence when it cannot be done.

mod browser;
mod checkout;
mod debian;
mod node;
mod toolchain;
mod tools;

use std::time::Instant;

use crate::error::Error;
use crate::places::Places;
use crate::process::Environment;

pub use debian::install_packages;

/// What it takes to build the site: a compiler for the browser, Trunk, wasm-bindgen, wasm-opt.
pub fn for_building(places: &Places) -> Result<Environment, Error> {
    let mut environment = Environment::default();
    environment.set("CARGO_TARGET_DIR", places.target());
    environment.prefer(places.tools().join("bin"));
    checkout::claim(places)?;
    toolchain::choose(places, &mut environment)?;
    tools::install_trunk(places, &environment)?;
    tools::install_wasm_bindgen(places, &environment)?;
    node::install(places, &mut environment)?;
    Ok(environment)
}

/// What it takes to drive the site in a browser.
pub fn for_browsing(places: &Places) -> Result<Environment, Error> {
    let mut environment = for_building(places)?;
    browser::find(&mut environment)?;
    Ok(environment)
}

/// What it takes to run every check. The second value names the toolchain that can format,
/// when the chosen one cannot.
pub fn for_testing(places: &Places) -> Result<(Environment, Environment), Error> {
    let environment = for_browsing(places)?;
    toolchain::require_clippy(&environment)?;
    tools::install_nextest(places, &environment)?;
    let formatting = toolchain::with_rustfmt(&environment)?;
    Ok((environment, formatting))
}

/// Says what is about to be done, does it, and says how long it took.
fn step<T>(what: &str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    println!("set-up: {what}");
    let start = Instant::now();
    let result = work()?;
    println!("set-up: done in {:.0} s", start.elapsed().as_secs_f64());
    Ok(result)
}
