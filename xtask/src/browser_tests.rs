//! The tests that run inside a browser, found by what they use.

use std::fs;
use std::path::Path;

use crate::build::sorted_entries;
use crate::error::Error;
use crate::places::Places;

/// One file of browser tests.
#[derive(Debug, PartialEq, Eq)]
pub struct BrowserTest {
    /// The package that it belongs to.
    pub package: String,
    /// Its name for `cargo test --test`.
    pub name: String,
}

/// The browser tests of the app and of every crate.
pub fn find(places: &Places) -> Result<Vec<BrowserTest>, Error> {
    let mut tests = in_package("regulars", &places.root)?;
    for folder in sorted_entries(&places.root.join("crates"))? {
        let package = folder.file_name().unwrap_or_default().to_string_lossy();
        tests.extend(in_package(&package, &folder)?);
    }
    Ok(tests)
}

/// The files directly in the package's `tests` folder that use `wasm_bindgen_test`.
fn in_package(package: &str, folder: &Path) -> Result<Vec<BrowserTest>, Error> {
    let tests = folder.join("tests");
    if !tests.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for path in sorted_entries(&tests)? {
        if path.extension().is_some_and(|extension| extension == "rs")
            && fs::read_to_string(&path).map_err(Error::file(&path))?.contains("wasm_bindgen_test")
        {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            found.push(BrowserTest { package: package.to_owned(), name });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_test_is_a_file_that_uses_the_browser_test_library() {
        let folder = std::env::temp_dir().join(format!("regulars-tests-{}", std::process::id()));
        fs::create_dir_all(folder.join("tests/e2e")).unwrap();
        fs::write(folder.join("tests/indexed_db.rs"), "use wasm_bindgen_test::*;").unwrap();
        fs::write(folder.join("tests/formats.rs"), "#[test] fn round_trip() {}").unwrap();
        fs::write(folder.join("tests/notes.md"), "wasm_bindgen_test").unwrap();
        let found = in_package("store", &folder).unwrap();
        let expected = BrowserTest { package: "store".into(), name: "indexed_db".into() };
        assert_eq!(found, [expected]);
        fs::remove_dir_all(folder).unwrap();
    }
}
