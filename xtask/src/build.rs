//! The release build: Trunk compiles page and engine, each with its own profile and features; then
//! the page is taken apart.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3;

use crate::error::Error;
use crate::parts::{self, Parts};
use crate::places::Places;
use crate::process::{Environment, run};

/// What the two programs are made of. A change anywhere here makes another build.
const SOURCES: [&str; 7] =
    ["build.rs", "src", "crates", "style", "assets", "index.html", "Cargo.lock"];

/// Joined by Cargo with those of `.cargo/config.toml`.
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// A built site.
pub struct Built {
    pub folder: PathBuf,
    /// The files that each part of the page needs beside those that open it.
    pub parts: Parts,
}

/// Builds the release site: with Trunk, but for the parts of the page.
pub fn release(places: &Places, environment: &Environment) -> Result<Built, Error> {
    // Trunk builds offline so that it never downloads a tool; the crates have to be there before.
    run(environment.command("cargo").args(["fetch", "--quiet"]).current_dir(&places.root))?;
    let folder = places.target().join("trunk");
    run(environment
        .command("trunk")
        .env(RUSTFLAGS, without_paths()?)
        .args(["build", "--release", "--offline", "--dist"])
        .arg(&folder)
        .env("REGULARS_BUILD_ID", build_id(&places.root)?)
        .env("REGULARS_PARTS", "yes")
        .current_dir(&places.root))?;
    parts::replace(&parts::ENGINE, places, environment, &folder)?;
    let parts = parts::replace(&parts::PAGE, places, environment, &folder)?;
    Ok(Built { folder, parts })
}

/// Flags that keep the folders of the building machine out of the programs' panic messages. Our own
/// sources have names relative to the checkout anyway.
fn without_paths() -> Result<String, Error> {
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    let registries = cargo_home.join("registry").join("src");
    let folders = if registries.is_dir() { sorted_entries(&registries)? } else { Vec::new() };
    let folders = folders.iter().map(|folder| folder.to_string_lossy());
    // Cargo parts the flags at spaces.
    let folders = folders.filter(|folder| !folder.contains(' '));
    let flags = folders.map(|folder| format!("--remap-path-prefix={folder}=crates"));
    Ok(flags.collect::<Vec<_>>().join(" "))
}

/// Names the state of the sources, so that a page can tell an engine of another build. The same
/// sources give the same name: building again without a change compiles nothing.
fn build_id(root: &Path) -> Result<String, Error> {
    let mut hash = Xxh3::new();
    for source in SOURCES {
        let path = root.join(source);
        if path.exists() {
            add_to_hash(&mut hash, root, &path)?;
        }
    }
    Ok(format!("{:016x}", hash.digest()))
}

/// Adds a file, or every file of a folder in the order of their names.
fn add_to_hash(hash: &mut Xxh3, root: &Path, path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        for entry in sorted_entries(path)? {
            add_to_hash(hash, root, &entry)?;
        }
        return Ok(());
    }
    let content = fs::read(path).map_err(Error::file(path))?;
    let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    // Lengths keep "ab" + "c" apart from "a" + "bc".
    for part in [name.as_bytes(), &content] {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    Ok(())
}

/// What a folder holds, in the order of the names.
pub fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(folder).map_err(Error::file(folder))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(Error::file(folder))?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_id_follows_content_and_names_of_the_sources_only() {
        let root = std::env::temp_dir().join(format!("regulars-build-id-{}", std::process::id()));
        fs::create_dir_all(root.join("src/bin")).unwrap();
        fs::write(root.join("src/bin/engine.rs"), "fn main() {}").unwrap();
        let first = build_id(&root).unwrap();
        assert_eq!(build_id(&root).unwrap(), first, "the same sources, the same name");

        fs::write(root.join("README.md"), "# Regulars").unwrap();
        assert_eq!(build_id(&root).unwrap(), first, "the README is no source");

        fs::write(root.join("src/bin/engine.rs"), "fn main() { }").unwrap();
        let second = build_id(&root).unwrap();
        assert_ne!(second, first, "a space more");

        fs::rename(root.join("src/bin/engine.rs"), root.join("src/engine.rs")).unwrap();
        assert_ne!(build_id(&root).unwrap(), second, "a file moved");
        fs::remove_dir_all(root).unwrap();
    }
}
