//! A Chromium to test in, and the driver that remote-controls it.

use std::path::{Path, PathBuf};

use super::{debian, step};
use crate::error::Error;
use crate::process::Environment;

/// Names under which the browser is installed, the free one first.
const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where macOS keeps its programs.
const APPLICATIONS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Finds browser and driver, or installs them on Debian, and tells the tests where they are
/// through `CHROME` and `CHROMEDRIVER`, which may also be set by hand.
pub fn find(environment: &mut Environment) -> Result<(), Error> {
    let complete = browser(environment).is_some() && driver(environment).is_some();
    if !complete && debian::is_debian() {
        step("installing Chromium, its driver and fonts with Chinese characters", || {
            let packages = ["chromium", "chromium-driver", "fonts-noto-cjk", "fonts-inter"];
            debian::install_packages(environment, &packages)
        })?;
    }
    let chrome = browser(environment).ok_or_else(|| {
        Error::missing("Chromium", "install Chromium or Chrome, or set CHROME to its program")
    })?;
    let driver = driver(environment).ok_or_else(|| {
        let remedy = "install the chromedriver of your browser's version, or set CHROMEDRIVER";
        Error::missing("chromedriver", remedy)
    })?;
    environment.set("CHROME", chrome);
    environment.set("CHROMEDRIVER", driver);
    Ok(())
}

fn browser(environment: &Environment) -> Option<PathBuf> {
    named(environment, "CHROME")
        .or_else(|| BROWSERS.iter().find_map(|name| environment.find(name)))
        .or_else(|| APPLICATIONS.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn driver(environment: &Environment) -> Option<PathBuf> {
    let package = Path::new("/usr/lib/chromium-browser/chromedriver");
    named(environment, "CHROMEDRIVER")
        .or_else(|| environment.find("chromedriver"))
        .or_else(|| package.is_file().then(|| package.to_path_buf()))
}

/// The program that a variable names, if it exists.
fn named(environment: &Environment, variable: &str) -> Option<PathBuf> {
    environment.get(variable).map(PathBuf::from).filter(|path| path.is_file())
}
