//! Where things are: the checkout, and the cache that all checkouts of this machine share.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::error::Error;

/// The folders that the commands work in.
pub struct Places {
    /// The checkout.
    pub root: PathBuf,
    /// Everything that is costly to make and independent of the checkout.
    pub cache: PathBuf,
}

impl Places {
    /// Finds the checkout that Cargo runs this program for, and makes the cache folder:
    /// `REGULARS_CACHE`, or `regulars` in `XDG_CACHE_HOME` or `~/.cache`.
    pub fn find() -> Result<Self, Error> {
        // Asked when run, not when built: checkouts that share a target folder share the program.
        let manifest = folder_from("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = manifest.parent().unwrap_or(&manifest).to_path_buf();
        let cache = folder_from("REGULARS_CACHE")
            .or_else(|| folder_from("XDG_CACHE_HOME").map(|folder| folder.join("regulars")))
            .or_else(|| env::home_dir().map(|home| home.join(".cache").join("regulars")))
            .ok_or_else(|| Error::missing("a home folder", "set REGULARS_CACHE to a folder"))?;
        fs::create_dir_all(&cache).map_err(Error::file(&cache))?;
        Ok(Self { root, cache })
    }

    /// Cargo's target folder: one for all builds, so that a fresh clone compiles only itself.
    pub fn target(&self) -> PathBuf {
        self.cache.join("target")
    }

    /// The root that `cargo install` installs into.
    pub fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// The npm prefix with the browser driver and the wasm optimiser.
    pub fn node(&self) -> PathBuf {
        self.cache.join("node")
    }

    /// The finished static site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The end-to-end tests.
    pub fn e2e(&self) -> PathBuf {
        self.root.join("tests").join("e2e")
    }
}

/// The absolute folder that an environment variable names, if it does.
fn folder_from(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}
