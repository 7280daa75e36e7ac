//! `cargo xtask bench`: the release site in a browser, on a million orders.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::places::Places;
use crate::process::run as run_process;
use crate::serve::Site;
use crate::{dist, orders, setup};

/// About a million orders, 75 MB.
const CUSTOMERS: u32 = 100_000;

/// Builds the site, makes the file if it is not there yet, measures, and prints the table.
pub fn run(places: &Places, options: &[String]) -> Result<(), Error> {
    let options = Options::read(options)?;
    let environment = setup::for_browsing(places)?;
    dist::make(places, &environment)?;
    let file = match options.file {
        Some(file) => file,
        None => generated(&places.cache)?,
    };
    let site = Site::listen(&places.dist(), 0)?;
    let mut command = environment.command("node");
    command
        .arg(places.e2e().join("bench.mjs"))
        .env("BASE_URL", &site.address)
        .env("DIST", places.dist())
        .env("BENCH_FILE", file)
        .env("BENCH_JSON", if options.json { "1" } else { "" })
        .current_dir(places.e2e());
    run_process(&mut command)
}

/// The generated file, made on first use. Its name carries the version of the generator.
fn generated(cache: &Path) -> Result<PathBuf, Error> {
    let path = cache.join("orders-100000-v1.csv");
    if !path.is_file() {
        eprintln!("bench: generating the orders of {CUSTOMERS} customers");
        orders::write(&path, CUSTOMERS)?;
    }
    Ok(path)
}

struct Options {
    json: bool,
    file: Option<PathBuf>,
}

impl Options {
    fn read(options: &[String]) -> Result<Self, Error> {
        let mut read = Self { json: false, file: None };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            match option.as_str() {
                "--json" => read.json = true,
                "--file" => {
                    let file = options.next().ok_or_else(|| Error::usage("--file needs a path"))?;
                    let path = std::path::absolute(file).map_err(Error::file(file))?;
                    if !path.is_file() {
                        return Err(Error::missing(path.display().to_string(), "check the path"));
                    }
                    read.file = Some(path);
                }
                unknown => return Err(Error::usage(format!("bench knows no option `{unknown}`"))),
            }
        }
        Ok(read)
    }
}
