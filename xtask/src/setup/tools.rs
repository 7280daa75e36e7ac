//! Tools that are built from source once, into a folder of their own.

use std::fs;

use super::step;
use crate::error::Error;
use crate::places::Places;
use crate::process::{Environment, output_of, run};

/// Newer ones need a newer compiler than this workspace does.
const TRUNK: &str = "0.21.14";
const NEXTEST: &str = "0.9.143";

/// Trunk, which builds the page.
pub fn install_trunk(places: &Places, environment: &Environment) -> Result<(), Error> {
    if has_version(environment, "trunk", TRUNK) {
        return Ok(());
    }
    let what = format!("building Trunk {TRUNK} (about 7 minutes on 2 cores)");
    step(&what, || install(places, environment, "trunk", TRUNK, &["--locked"]))
}

/// wasm-bindgen and its test runner, in the very version that the lock file names: the library
/// and the tool share an unpublished format.
pub fn install_wasm_bindgen(places: &Places, environment: &Environment) -> Result<(), Error> {
    let path = places.root.join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(Error::file(&path))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or_else(|| {
        Error::missing("wasm-bindgen in Cargo.lock", "run `cargo generate-lockfile`")
    })?;
    let runner = environment.find("wasm-bindgen-test-runner");
    if has_version(environment, "wasm-bindgen", version) && runner.is_some() {
        return Ok(());
    }
    // Not `--locked`: its lock file names a crate version that not every registry mirror has.
    let what = format!("building wasm-bindgen {version} (about 2 minutes on 2 cores)");
    step(&what, || install(places, environment, "wasm-bindgen-cli", version, &[]))
}

/// cargo-nextest, which runs the native tests; any version that is there will do.
pub fn install_nextest(places: &Places, environment: &Environment) -> Result<(), Error> {
    if output_of(environment.command("cargo").args(["nextest", "--version"])).is_some() {
        return Ok(());
    }
    let what = format!("building cargo-nextest {NEXTEST} (about 8 minutes on 2 cores)");
    step(&what, || install(places, environment, "cargo-nextest", NEXTEST, &["--locked"]))
}

/// Builds one tool. Its own speed hardly matters here, so it is optimised little: link-time
/// optimisation alone would take several minutes.
fn install(
    places: &Places,
    environment: &Environment,
    package: &str,
    version: &str,
    options: &[&str],
) -> Result<(), Error> {
    run(environment
        .command("cargo")
        .args(["install", package, "--force", "--version", version, "--root"])
        .arg(places.tools())
        .args(options)
        .current_dir(&places.cache)
        .env("CARGO_TARGET_DIR", places.cache.join("tools-target"))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"))
}

fn has_version(environment: &Environment, program: &str, version: &str) -> bool {
    output_of(environment.command(program).arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == version))
}

/// The version of a package in a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_and_not_of_its_namesakes() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "trunk"), None);
    }
}
