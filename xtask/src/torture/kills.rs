//! `cargo xtask torture kills`: the whole browser killed at random moments while it edits and while
//! it imports, on both places where Chromium keeps a database. Its short form is a test
//! (`tests/e2e/torture.test.mjs`).

use crate::error::Error;
use crate::places::Places;
use crate::process::run as run_process;
use crate::serve::Site;
use crate::{dist, setup};
use std::time::{SystemTime, UNIX_EPOCH};

/// Kills of each kind on each backend, unless another count is asked for.
const COUNT: u32 = 100;

/// Builds the site and kills the browser on it. The first loss ends it with an error.
pub fn run(places: &Places, options: &[String]) -> Result<(), Error> {
    let Options { count, seed } = Options::read(options)?;
    let environment = setup::for_browsing(places)?;
    dist::make(places, &environment)?;
    let site = Site::listen(&places.dist(), 0)?;
    for kind in ["edits", "imports"] {
        for backend in ["leveldb", "sqlite"] {
            let mut command = environment.command("node");
            command
                .arg(places.e2e().join("kills.mjs"))
                .env("BASE_URL", &site.address)
                .env("KIND", kind)
                .env("BACKEND", backend)
                .env("COUNT", count.to_string())
                .env("SEED", seed.to_string())
                .current_dir(places.e2e());
            run_process(&mut command)?;
        }
    }
    Ok(())
}

struct Options {
    count: u32,
    seed: u32,
}

impl Options {
    fn read(options: &[String]) -> Result<Options, Error> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let mut read = Options { count: COUNT, seed: now.subsec_nanos() };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let number = |value: Option<&String>| {
                let number = value.and_then(|it| it.parse().ok());
                number.ok_or_else(|| Error::usage(format!("{option} needs a number")))
            };
            match option.as_str() {
                "--count" => read.count = number(options.next())?,
                "--seed" => read.seed = number(options.next())?,
                unknown => {
                    return Err(Error::usage(format!("torture kills knows no option `{unknown}`")));
                }
            }
        }
        Ok(read)
    }
}
