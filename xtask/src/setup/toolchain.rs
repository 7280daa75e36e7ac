//! The compiler: one toolchain, for the browser and for native tests alike.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use super::{debian, step};
use crate::error::Error;
use crate::places::Places;
use crate::process::{Environment, output_of};

/// What the page and the engine are compiled for.
const TARGET: &str = "wasm32-unknown-unknown";

/// Chooses a toolchain that compiles for the browser: the active one, with the target added if
/// need be; where that cannot be downloaded, Debian's own with a standard library built from the
/// sources it comes with.
pub fn choose(places: &Places, environment: &mut Environment) -> Result<(), Error> {
    if !compiles_for_browser(places, environment)
        && !use_linked_debian(places, environment)
        && !add_target(places, environment)
    {
        debian::install_toolchain(places, environment)?;
        if !use_linked_debian(places, environment) {
            return Err(Error::missing(
                format!("a working standard library for {TARGET}"),
                format!("run `rustup target add {TARGET}`"),
            ));
        }
    }
    choose_linker(environment)
}

/// Compiles a one-line crate: true only if the standard library is there and fits the compiler.
fn compiles_for_browser(places: &Places, environment: &Environment) -> bool {
    let probe = places.cache.join("probe.rmeta");
    let child = environment
        .command("rustc")
        .args(["--target", TARGET, "--crate-type", "lib", "--crate-name", "probe"])
        .args(["--emit", "metadata", "-o"])
        .arg(&probe)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    if let Some(mut source) = child.stdin.take() {
        // A compiler that stops before reading has answered already.
        let _ = source.write_all(b"pub fn probe() -> Vec<u8> { Vec::new() }");
    }
    child.wait().is_ok_and(|status| status.success())
}

/// Switches to the toolchain that an earlier set-up linked, if it is there and works.
fn use_linked_debian(places: &Places, environment: &mut Environment) -> bool {
    let linked = output_of(environment.command("rustup").args(["toolchain", "list"]))
        .is_some_and(|list| list.lines().any(|line| first_word(line) == debian::TOOLCHAIN));
    if !linked {
        return false;
    }
    let mut candidate = environment.clone();
    candidate.set("RUSTUP_TOOLCHAIN", debian::TOOLCHAIN);
    let works = compiles_for_browser(places, &candidate);
    if works {
        *environment = candidate;
    }
    works
}

/// Asks rustup for the target; false if it has none to give.
fn add_target(places: &Places, environment: &Environment) -> bool {
    let added = step(&format!("adding the target {TARGET} to the active toolchain"), || {
        crate::process::run(environment.command("rustup").args(["target", "add", TARGET]))
    });
    added.is_ok() && compiles_for_browser(places, environment)
}

/// Rustup's toolchains bring their linker. A distribution's does not: it takes the lld of the same
/// LLVM version, because an older one cannot read the newer objects.
fn choose_linker(environment: &mut Environment) -> Result<(), Error> {
    let facts = output_of(environment.command("rustc").arg("-vV"))
        .ok_or_else(|| Error::missing("rustc", "install Rust from https://rustup.rs"))?;
    let sysroot = output_of(environment.command("rustc").args(["--print", "sysroot"]));
    let host = fact(&facts, "host").unwrap_or_default();
    let own = PathBuf::from(sysroot.unwrap_or_default().trim())
        .join("lib/rustlib")
        .join(host)
        .join("bin/rust-lld");
    if own.with_extension(std::env::consts::EXE_EXTENSION).is_file() {
        return Ok(());
    }
    let llvm = fact(&facts, "LLVM version").and_then(|version| version.split('.').next());
    let linker = llvm
        .map(|major| format!("wasm-ld-{major}"))
        .into_iter()
        .chain(["wasm-ld".to_owned(), "rust-lld".to_owned()])
        .find(|name| environment.find(name).is_some())
        .ok_or_else(|| {
            let version = llvm.unwrap_or("of rustc's LLVM version");
            Error::missing("the wasm linker", format!("install lld {version}"))
        })?;
    environment.set("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    Ok(())
}

/// Clippy for the chosen toolchain, installed if it is not there.
pub fn require_clippy(environment: &Environment) -> Result<(), Error> {
    let there = || output_of(environment.command("cargo").args(["clippy", "--version"])).is_some();
    if there() {
        return Ok(());
    }
    let debian = environment.get("RUSTUP_TOOLCHAIN").is_some_and(|name| name == debian::TOOLCHAIN);
    step("installing clippy", || {
        if debian {
            debian::install_packages(environment, &["rust-web-clippy"])
        } else {
            let rustup = &mut environment.command("rustup");
            crate::process::run(rustup.args(["component", "add", "clippy"]))
        }
    })?;
    if there() {
        Ok(())
    } else {
        Err(Error::missing("clippy", "run `rustup component add clippy`"))
    }
}

/// The environment of a toolchain that has rustfmt: the chosen one, or any other installed one.
pub fn with_rustfmt(environment: &Environment) -> Result<Environment, Error> {
    let formats = |candidate: &Environment| {
        output_of(candidate.command("cargo").args(["fmt", "--version"])).is_some()
    };
    if formats(environment) {
        return Ok(environment.clone());
    }
    let list = output_of(environment.command("rustup").args(["toolchain", "list"]));
    let mut names: Vec<String> =
        list.unwrap_or_default().lines().map(|line| first_word(line).to_owned()).collect();
    // Nightlies format differently at times.
    names.sort_by_key(|name| !name.starts_with("stable"));
    names
        .into_iter()
        .map(|name| {
            let mut candidate = environment.clone();
            candidate.set("RUSTUP_TOOLCHAIN", name);
            candidate
        })
        .find(formats)
        .ok_or_else(|| Error::missing("rustfmt", "run `rustup component add rustfmt`"))
}

/// The value of a `name: value` line of `rustc -vV`.
pub fn fact<'a>(facts: &'a str, name: &str) -> Option<&'a str> {
    facts.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_by_name() {
        let facts = "rustc 1.96.0\nhost: x86_64-unknown-linux-gnu\nLLVM version: 22.1.8\n";
        assert_eq!(fact(facts, "host"), Some("x86_64-unknown-linux-gnu"));
        assert_eq!(fact(facts, "LLVM version"), Some("22.1.8"));
        assert_eq!(fact(facts, "release"), None);
    }
}
