//! Node packages: the wasm optimiser, the browser's remote control, the accessibility checker.

use std::fs;
use std::path::Path;

use super::step;
use crate::error::Error;
use crate::places::Places;
use crate::process::{Environment, output_of, run};

/// The oldest Node that runs the end-to-end tests.
const OLDEST_NODE: u32 = 20;

/// Installs what `tests/e2e/package.json` lists into the cache, links it into the checkout and
/// puts its programs on the path.
pub fn install(places: &Places, environment: &mut Environment) -> Result<(), Error> {
    require_node(environment)?;
    let wanted = places.e2e().join("package.json");
    let wanted = fs::read(&wanted).map_err(Error::file(&wanted))?;
    let folder = places.node();
    // Written only once everything is installed, so that its presence proves it.
    let stamp = folder.join("installed.json");
    if fs::read(&stamp).ok().as_deref() != Some(wanted.as_slice()) {
        step("installing the Node packages of the build and the end-to-end tests", || {
            fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
            let manifest = folder.join("package.json");
            fs::write(&manifest, &wanted).map_err(Error::file(&manifest))?;
            run(environment
                .command("npm")
                .args(["install", "--no-package-lock", "--ignore-scripts"])
                .args(["--no-audit", "--no-fund", "--loglevel=error"])
                .current_dir(&folder))?;
            fs::write(&stamp, &wanted).map_err(Error::file(&stamp))
        })?;
    }
    let modules = folder.join("node_modules");
    link(&modules, &places.e2e().join("node_modules"))?;
    environment.prefer(modules.join(".bin"));
    Ok(())
}

fn require_node(environment: &Environment) -> Result<(), Error> {
    let version = output_of(environment.command("node").arg("--version"));
    let major = version.as_deref().and_then(major_version);
    if major.is_some_and(|major| major >= OLDEST_NODE) && environment.find("npm").is_some() {
        return Ok(());
    }
    Err(Error::missing(
        format!("Node {OLDEST_NODE} with npm"),
        "install it from https://nodejs.org or your distribution",
    ))
}

/// The `20` of `v20.20.2`.
fn major_version(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Makes `link` lead to `folder`, replacing a link that led elsewhere. Modules are found from the
/// importing file upwards, so that the tests need the folder beside them.
fn link(folder: &Path, link: &Path) -> Result<(), Error> {
    if fs::read_link(link).is_ok_and(|led_to| led_to == folder) {
        return Ok(());
    }
    if link.is_symlink() {
        fs::remove_file(link).map_err(Error::file(link))?;
    } else if link.exists() {
        // Someone ran `npm install` there: theirs is as good.
        return Ok(());
    }
    #[cfg(unix)]
    let made = std::os::unix::fs::symlink(folder, link);
    #[cfg(windows)]
    let made = std::os::windows::fs::symlink_dir(folder, link);
    made.map_err(Error::file(link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node() {
        let cases = [("v20.20.2\n", Some(20)), ("v8.0.0", Some(8)), ("20.1", None), ("", None)];
        for (text, expected) in cases {
            assert_eq!(major_version(text), expected, "{text:?}");
        }
    }
}
