//! Whose builds the shared target folder holds.
//!
//! Cargo names a workspace's own crates alike in every checkout, and takes what another checkout
//! has built for its own as long as its sources are older. So whoever builds after another checkout
//! forgets those crates first; the libraries, which are most of the work, stay.

use std::fs;
use std::path::Path;

use crate::build::sorted_entries;
use crate::error::Error;
use crate::places::Places;

/// Makes the target folder this checkout's.
pub fn claim(places: &Places) -> Result<(), Error> {
    let target = places.target();
    let stamp = target.join("checkout");
    let root = places.root.to_string_lossy().into_owned();
    if fs::read_to_string(&stamp).is_ok_and(|known| known == root) {
        return Ok(());
    }
    let crates = own_crates(&places.root)?;
    forget(&target, &crates)?;
    fs::create_dir_all(&target).map_err(Error::file(&target))?;
    fs::write(&stamp, root).map_err(Error::file(&stamp))
}

/// The names of the workspace's crates: the root's, and of those in `crates` the folders'.
fn own_crates(root: &Path) -> Result<Vec<String>, Error> {
    let folders = sorted_entries(&root.join("crates"))?;
    let names = folders.iter().filter_map(|folder| folder.file_name()?.to_str().map(str::to_owned));
    Ok(names.chain(["regulars".to_owned(), "xtask".to_owned()]).collect())
}

/// Removes Cargo's notes on these crates, in whatever profile and for whatever target.
fn forget(target: &Path, crates: &[String]) -> Result<(), Error> {
    if !target.is_dir() {
        return Ok(());
    }
    for folder in sorted_entries(target)?.iter().filter(|path| path.is_dir()) {
        let notes = folder.join(".fingerprint");
        // Profiles lie at the top, or in a folder of their target.
        if notes.is_dir() {
            forget_notes(&notes, crates)?;
        } else {
            forget_in_profiles(folder, crates)?;
        }
    }
    Ok(())
}

fn forget_in_profiles(folder: &Path, crates: &[String]) -> Result<(), Error> {
    for profile in sorted_entries(folder)? {
        let notes = profile.join(".fingerprint");
        if notes.is_dir() {
            forget_notes(&notes, crates)?;
        }
    }
    Ok(())
}

fn forget_notes(notes: &Path, crates: &[String]) -> Result<(), Error> {
    for note in sorted_entries(notes)? {
        let name = note.file_name().unwrap_or_default().to_string_lossy();
        // `engine-0123456789abcdef`
        let of = name.rsplit_once('-').map_or(&*name, |(of, _)| of);
        if crates.iter().any(|it| it == of) {
            fs::remove_dir_all(&note).map_err(Error::file(&note))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_workspaces_own_crates_are_forgotten_and_only_for_another_checkout() {
        let base = std::env::temp_dir().join(format!("regulars-checkout-{}", std::process::id()));
        let places = |root: &str| Places { root: base.join(root), cache: base.join("cache") };
        let notes = ["debug", "wasm32-unknown-unknown/web"]
            .map(|profile| base.join("cache/target").join(profile).join(".fingerprint"));
        let build = || {
            for (notes, of) in
                notes.iter().flat_map(|notes| ["engine-01", "serde-02"].map(|it| (notes, it)))
            {
                fs::create_dir_all(notes.join(of)).unwrap();
            }
        };
        let known =
            || notes.iter().map(|notes| sorted_entries(notes).unwrap().len()).sum::<usize>();
        fs::create_dir_all(base.join("one/crates/engine")).unwrap();
        fs::create_dir_all(base.join("two/crates/engine")).unwrap();
        for (root, left) in [("one", 2), ("one", 4), ("two", 2), ("one", 2)] {
            build();
            claim(&places(root)).unwrap();
            assert_eq!(known(), left, "{root}");
        }
        fs::remove_dir_all(base).unwrap();
    }
}
