//! What Debian gives: packages, and a complete toolchain where rustup cannot download one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::step;
use super::toolchain::fact;
use crate::error::Error;
use crate::places::Places;
use crate::process::{Environment, output_of, run};

/// The name under which rustup knows Debian's toolchain.
pub const TOOLCHAIN: &str = "debian";

/// Whether packages can be installed here at all.
pub fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && Path::new("/usr/bin/apt-get").exists()
}

/// Installs those packages that are not installed yet, as root or through sudo.
pub fn install_packages(environment: &Environment, packages: &[&str]) -> Result<(), Error> {
    let absent: Vec<&str> =
        packages.iter().copied().filter(|name| !is_installed(environment, name)).collect();
    if absent.is_empty() {
        return Ok(());
    }
    run(as_root(environment, "apt-get")?.args(["update", "-q"]))?;
    run(as_root(environment, "apt-get")?
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(absent)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Installs Debian's toolchain, builds the standard library for the browser from the sources that
/// come with it, and makes it known to rustup.
pub fn install_toolchain(places: &Places, environment: &Environment) -> Result<(), Error> {
    if !is_debian() {
        return Err(Error::missing(
            "the target wasm32-unknown-unknown",
            "run `rustup target add wasm32-unknown-unknown` while connected to the internet",
        ));
    }
    step("rustup has no such target to give; installing Debian's toolchain", || {
        install_packages(environment, &["rustc-web", "cargo-web", "rust-web-src"])?;
        install_packages(environment, &["rust-web-clippy"])?;
        let facts = output_of(environment.command("/usr/bin/rustc").arg("-vV"));
        let llvm = facts.as_deref().and_then(|facts| fact(facts, "LLVM version"));
        let major = llvm.and_then(|version| version.split('.').next()).unwrap_or_default();
        install_packages(environment, &[&format!("lld-{major}")])
    })?;
    step("building the standard library for the browser (about a minute)", || {
        let libraries = build_standard_library(&places.cache.join("std"), environment)?;
        install_standard_library(environment, &libraries)?;
        // What was compiled against another standard library can never be used again.
        remove_folder(&places.target().join("wasm32-unknown-unknown"))
    })?;
    step("linking Debian's toolchain into rustup", || {
        run(environment.command("rustup").args(["toolchain", "link", TOOLCHAIN, "/usr"]))
    })
}

/// Builds the standard library as the dependency of an empty crate and returns its parts.
///
/// Release builds optimise across crates, so that the libraries must carry their bitcode.
fn build_standard_library(folder: &Path, environment: &Environment) -> Result<Vec<PathBuf>, Error> {
    let source = folder.join("src");
    fs::create_dir_all(&source).map_err(Error::file(&source))?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(Error::file(&path))
    };
    // Trimmed, so that no program carries the folders of the machine that built the library.
    write(
        "Cargo.toml",
        r#"cargo-features = ["trim-paths"]

[package]
name = "empty"
version = "0.0.0"
edition = "2024"

[workspace]

[profile.release]
trim-paths = true
"#,
    )?;
    write("src/lib.rs", "#![no_std]\n")?;
    let target = folder.join("target");
    // Parts of an earlier compiler must not be taken along.
    remove_folder(&target)?;
    run(environment
        .command("/usr/bin/cargo")
        .args(["build", "--release", "--target", "wasm32-unknown-unknown"])
        .arg("-Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro")
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes"))?;
    let parts = target.join("wasm32-unknown-unknown/release/deps");
    let entries = fs::read_dir(&parts).map_err(Error::file(&parts))?;
    let libraries = entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".rlib") && !name.starts_with("libempty-")
    });
    Ok(libraries.collect())
}

/// Puts the libraries where the compiler looks for them, in place of any that were there.
fn install_standard_library(environment: &Environment, libraries: &[PathBuf]) -> Result<(), Error> {
    let sysroot = output_of(environment.command("/usr/bin/rustc").args(["--print", "sysroot"]))
        .ok_or_else(|| Error::missing("/usr/bin/rustc", "install the package rustc-web"))?;
    let folder = Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib");
    let old: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rlib"))
        .collect();
    if !old.is_empty() {
        run(as_root(environment, "rm")?.arg("--").args(old))?;
    }
    run(as_root(environment, "mkdir")?.arg("-p").arg(&folder))?;
    run(as_root(environment, "install")?.args(["-m", "644", "-t"]).arg(&folder).args(libraries))
}

fn is_installed(environment: &Environment, package: &str) -> bool {
    output_of(environment.command("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]))
        .is_some_and(|status| status == "installed")
}

/// A command with the rights to change the system.
fn as_root(environment: &Environment, program: &str) -> Result<Command, Error> {
    let user = output_of(environment.command("id").arg("-u")).unwrap_or_default();
    if user.trim() == "0" {
        return Ok(environment.command(program));
    }
    if environment.find("sudo").is_none() {
        return Err(Error::missing("the right to install packages", "run this once as root"));
    }
    let mut command = environment.command("sudo");
    command.arg(program);
    Ok(command)
}

fn remove_folder(folder: &Path) -> Result<(), Error> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(Error::file(folder)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_removed_with_all_that_is_in_it_and_may_be_absent() {
        let folder = std::env::temp_dir().join(format!("regulars-remove-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        remove_folder(&folder).unwrap();
        assert!(!folder.exists());
        remove_folder(&folder).unwrap();
    }
}
