//! Rules of the repository that no compiler knows.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

/// A file of one subject is not longer.
const LONGEST_FILE: usize = 500;

fn root() -> PathBuf {
    // Asked when run, not when built: checkouts that share a target folder share the program.
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("..")
}

/// Every file below a folder with one of these endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = entry.file_name().into_string().unwrap();
        if path.is_dir() {
            if !["target", "dist", "node_modules", "artifacts"].contains(&name.as_str())
                && !name.starts_with('.')
            {
                found.extend(files(&path, endings));
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

#[test]
fn no_file_is_longer_than_one_subject() {
    for file in files(&root(), &[".rs", ".mjs", ".css"]) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", file.display());
    }
}

#[test]
fn the_architecture_names_every_crate_and_no_other() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut crates: Vec<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    crates.sort();
    for name in &crates {
        assert!(text.contains(&format!("`crates/{name}`")), "{name} is not in ARCHITECTURE.md");
    }
    for named in text.split("`crates/").skip(1) {
        let name = named.split(['/', '`']).next().unwrap();
        let many = name.starts_with('{');
        assert!(many || crates.iter().any(|it| it == name), "there is no crates/{name}");
    }
}

#[test]
fn names_from_files_never_become_a_page() {
    for file in files(&root().join("src"), &[".rs"]) {
        let text = fs::read_to_string(&file).unwrap();
        for forbidden in ["inner_html", "set_inner_html", "insert_adjacent_html"] {
            assert!(!text.contains(forbidden), "{}: {forbidden}", file.display());
        }
    }
}

#[test]
fn the_analytics_know_none_of_the_other_rooms() {
    let manifest = fs::read_to_string(root().join("crates/analytics/Cargo.toml")).unwrap();
    for room in ["model", "store", "ingest", "engine", "protocol", "web-sys", "wasm-bindgen"] {
        assert!(!manifest.contains(&format!("\n{room}")), "analytics depends on {room}");
    }
}
