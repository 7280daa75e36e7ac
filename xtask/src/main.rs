//! `cargo xtask serve · test · bench · dist · torture`: everything that is done with the code but writing it.
//!
//! Each command first does its own set-up: the compiler target, the build tools, Node packages and
//! a browser. A step that is already done is skipped without a word.

#![expect(clippy::print_stdout, reason = "a command line program talks on standard output")]
#![expect(clippy::disallowed_methods, reason = "runs natively, where the clock works")]

mod bench;
mod browser_tests;
mod build;
mod dist;
mod end_to_end;
mod error;
mod orders;
mod parts;
mod places;
mod process;
#[path = "../../src/routes.rs"]
mod routes;
mod serve;
mod setup;
mod stages;
mod test;
mod torture;

use std::process::ExitCode;

use error::Error;
use places::Places;

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--port N]   build the release site and serve it on http://127.0.0.1:8080
  serve --dev        the same from a development build, rebuilt on every change
  test               every check: format, lints, native, browser and end-to-end tests
  bench [--json] [--file PATH]
                     measure the release site in a browser on a million orders
  dist               the static site in dist/, ready for any host
  screens            a picture of every screen, in tests/e2e/artifacts
  torture …          what takes longer than a check may, and proves more: `torture` alone says what";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Error> {
    let (command, options) = arguments.split_first().ok_or_else(|| Error::usage(USAGE))?;
    let places = Places::find()?;
    match command.as_str() {
        "serve" => serve::run(&places, options),
        "test" => test::run(&places),
        "bench" => bench::run(&places, options),
        "dist" => dist::run(&places),
        "screens" => test::screens(&places),
        "torture" => torture::run(&places, options),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(Error::usage(format!("there is no command `{unknown}`\n\n{USAGE}"))),
    }
}
