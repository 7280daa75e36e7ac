//! What makes the site work without a line: its service worker (`assets/sw.js`), told what this build
//! is made of.

use super::{Error, policy, write};
use crate::build::sorted_entries;
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// The worker's own file. Its name stays: by it a browser finds the next build.
const NAME: &str = "sw.js";

/// Kinds of file that the site's pages load, by the ends of their names.
const LOADED: [&str; 7] = ["css", "html", "js", "png", "svg", "wasm", "webmanifest"];

/// Writes the worker of a finished site, whose pages are `routes` without a slash before.
pub fn write_worker(dist: &Path, routes: &[&str]) -> Result<(), Error> {
    let script = include_str!("../../../assets/sw.js");
    let mut files = Map::new();
    add_files(&mut files, dist, "", routes)?;
    let headers: Map<String, Value> =
        policy::headers().into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    let mut site = json!({ "headers": headers, "routes": routes, "files": files });
    let build = xxh3_64(format!("{site}{script}").as_bytes());
    site["build"] = format!("{build:016x}").into();
    write(dist, NAME, &format!("const SITE = {site};\n{script}"))
}

/// Adds the files of a folder with their hashes, as `fetch` wants them. One page stands for those of
/// all routes; what only hosts read is none of the site.
fn add_files(
    files: &mut Map<String, Value>,
    folder: &Path,
    prefix: &str,
    routes: &[&str],
) -> Result<(), Error> {
    for path in sorted_entries(folder)? {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !routes.contains(&name.as_str()) {
                add_files(files, &path, &format!("{name}/"), routes)?;
            }
        } else if LOADED.contains(&&*ending) && ![NAME, "404.html"].contains(&name.as_str()) {
            let content = fs::read(&path).map_err(Error::file(&path))?;
            let hash = BASE64_STANDARD.encode(Sha256::digest(&content));
            files.insert(name, format!("sha256-{hash}").into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worker that is written for the site in a folder.
    fn worker(dist: &Path) -> (Value, String) {
        write_worker(dist, &["", "rfm"]).unwrap();
        let text = fs::read_to_string(dist.join(NAME)).unwrap();
        let (site, script) = text.split_once('\n').unwrap();
        let site = site.strip_prefix("const SITE = ").unwrap().strip_suffix(';').unwrap();
        (serde_json::from_str(site).unwrap(), script.to_owned())
    }

    #[test]
    fn the_worker_knows_every_file_that_pages_load_by_its_content() {
        let dist = std::env::temp_dir().join(format!("regulars-offline-{}", std::process::id()));
        fs::create_dir_all(dist.join("rfm")).unwrap();
        fs::create_dir_all(dist.join("snippets/a-0f")).unwrap();
        for (name, content) in [
            ("index.html", "home"),
            ("rfm/index.html", "rfm"),
            ("404.html", "nowhere"),
            ("begin-0f.js", "abc"),
            ("snippets/a-0f/a.js", ""),
            ("_headers", "/*"),
            ("vercel.json", "{}"),
        ] {
            fs::write(dist.join(name), content).unwrap();
        }
        let (site, script) = worker(&dist);
        let files: Vec<&String> = site["files"].as_object().unwrap().keys().collect();
        assert_eq!(files, ["begin-0f.js", "index.html", "snippets/a-0f/a.js"]);
        // The known answer for "abc" of FIPS 180.
        let abc = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        assert_eq!(site["files"]["begin-0f.js"], abc);
        assert_eq!(site["routes"], json!(["", "rfm"]));
        let policy = site["headers"]["Content-Security-Policy"].as_str().unwrap();
        assert!(policy.contains("connect-src 'self';"), "{policy}");
        assert_eq!(script, include_str!("../../../assets/sw.js"));

        assert_eq!(worker(&dist).0, site, "the same files are the same build");
        fs::write(dist.join("begin-0f.js"), "abd").unwrap();
        assert_ne!(worker(&dist).0["build"], site["build"]);
        fs::remove_dir_all(dist).unwrap();
    }
}
