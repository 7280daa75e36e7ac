//! The static site: what Trunk built, made fit for any host.
//!
//! Four things are added. The workers' files are named by their content, and the page's HTML says
//! which they are, so that a cached worker never meets a newer page. Every route becomes a real
//! file, so that a host needs no rewrite rules. The base address is relative, so that the site can
//! lie in any folder. And a service worker keeps it all, so that it opens without a line.

mod offline;
mod policy;
mod program;

use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::build::{self, sorted_entries};
use crate::error::Error;
use crate::parts::Parts;
use crate::places::Places;
use crate::process::Environment;
use crate::routes::ROUTES;
use crate::setup;

/// Routes whose screens are in a part of the page (`src/parts.rs`), and in which.
const IN_PARTS: [(&str, &str); 16] = [
    ("customers", "people"),
    ("customer", "people"),
    ("outreach", "people"),
    ("rfm", "scoring"),
    ("tiers", "scoring"),
    ("lifecycle", "staying"),
    ("cohorts", "staying"),
    ("churn", "staying"),
    ("value", "staying"),
    ("cross-sell", "staying"),
    ("satisfaction", "staying"),
    ("segments", "segmenting"),
    ("segment", "segmenting"),
    ("import", "importing"),
    ("data", "keeping"),
    ("settings", "keeping"),
];

/// The programs that run in workers, but for the engine, which is in parts. Trunk names their files
/// the same at every build.
const WORKERS: [&str; 4] = ["reader", "unpacker", "modeller", "syncer"];

/// Builds the site into `dist/`.
pub fn run(places: &Places) -> Result<(), Error> {
    let environment = setup::for_building(places)?;
    make(places, &environment)?;
    println!("The site is in {}: copy it to any static host.", places.dist().display());
    Ok(())
}

/// Builds the site into `dist/` in an environment that is set up already.
pub fn make(places: &Places, environment: &Environment) -> Result<(), Error> {
    let built = build::release(places, environment)?;
    let dist = places.dist();
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(Error::file(&dist))?;
    }
    copy_folder(&built.folder, &dist)?;
    let mut page = read(&dist, "index.html")?;
    for worker in WORKERS {
        page = name_by_content(&dist, worker, &page)?;
    }
    page = program::from_head(&page)?;
    page = policy::in_files(&dist, &page)?;
    let page = policy::stated(&page)?;
    write(&dist, "index.html", &with_base(&page, "<base href=\"./\">")?)?;
    let routes: Vec<&str> = ROUTES.iter().filter_map(|it| it.strip_prefix('/')).collect();
    for route in routes.iter().copied().filter(|it| !it.is_empty()) {
        let folder = dist.join(route);
        fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        let head = policy::BASE_OF_ROUTE.to_owned() + &fetched_at_once(route, &built.parts)?;
        write(&folder, "index.html", &with_base(&page, &head)?)?;
    }
    policy::write_headers(&dist)?;
    write(&dist, "404.html", &policy::stated_of_404(include_str!("../assets/404.html"))?)?;
    offline::write_worker(&dist, &routes)
}

/// Renames a worker's three files and returns the page that names them.
fn name_by_content(dist: &Path, worker: &str, page: &str) -> Result<String, Error> {
    let [script_name, loader_name, binary_name] = files_of(worker);
    let script = read(dist, &script_name)?;
    let loader = read(dist, &loader_name)?;
    let binary_path = dist.join(&binary_name);
    let binary = fs::read(&binary_path).map_err(Error::file(&binary_path))?;
    let whole = [script.as_bytes(), loader.as_bytes(), &binary].concat();
    let [new_script, new_loader, new_binary] =
        files_of(&format!("{worker}-{:016x}", xxh3_64(&whole)));

    fs::rename(&binary_path, dist.join(&new_binary)).map_err(Error::file(&binary_path))?;
    write(dist, &new_script, &script.replace(&binary_name, &new_binary))?;
    let loader = loader.replace(&binary_name, &new_binary).replace(&script_name, &new_script);
    write(dist, &new_loader, &loader)?;
    for old in [&script_name, &loader_name] {
        fs::remove_file(dist.join(old)).map_err(Error::file(dist.join(old)))?;
    }
    if !page.contains(&loader_name) {
        return Err(Error::Site { file: "index.html".into(), expected: "mention of the worker" });
    }
    Ok(page.replace(&loader_name, &new_loader))
}

/// Script, loader and program of a worker.
fn files_of(worker: &str) -> [String; 3] {
    [format!("{worker}.js"), format!("{worker}_loader.js"), format!("{worker}_bg.wasm")]
}

/// The page with another base address.
fn with_base(page: &str, base: &str) -> Result<String, Error> {
    let missing = || Error::Site { file: "index.html".into(), expected: "<base> element" };
    let start = page.find("<base").ok_or_else(missing)?;
    let end = start + page[start..].find('>').ok_or_else(missing)? + 1;
    Ok(format!("{}{base}{}", &page[..start], &page[end..]))
}

/// Has the browser fetch the part of a route's screen beside the page, which would ask for it only
/// once it runs.
fn fetched_at_once(route: &str, parts: &Parts) -> Result<String, Error> {
    let Some((_, part)) = IN_PARTS.iter().find(|(of, _)| *of == route) else {
        return Ok(String::new());
    };
    let missing = || Error::Site { file: format!("part `{part}`"), expected: "file" };
    let files = parts.get(*part).ok_or_else(missing)?;
    let link = |file: &String| {
        format!("<link rel=preload as=fetch crossorigin type=application/wasm href=\"{file}\">")
    };
    Ok(files.iter().map(link).collect())
}

fn read(folder: &Path, name: &str) -> Result<String, Error> {
    let path = folder.join(name);
    fs::read_to_string(&path).map_err(Error::file(path))
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Error> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(Error::file(path))
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir_all(to).map_err(Error::file(to))?;
    for entry in sorted_entries(from)? {
        let target = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() {
            copy_folder(&entry, &target)?;
        } else {
            fs::copy(&entry, &target).map_err(Error::file(&entry))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_element_is_replaced_whole() {
        let page = "<head><base data-trunk-public-url href=\"./\"><title>R</title></head>";
        assert_eq!(
            with_base(page, "<base href=\"../\">").unwrap(),
            "<head><base href=\"../\"><title>R</title></head>"
        );
        assert!(with_base("<head></head>", "<base>").is_err());
    }

    #[test]
    fn a_worker_is_renamed_in_every_file_that_mentions_it() {
        let dist = std::env::temp_dir().join(format!("regulars-engine-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        write(&dist, "engine.js", "new URL('engine_bg.wasm', import.meta.url)").unwrap();
        write(&dist, "engine_loader.js", "import init from './engine.js';await init();").unwrap();
        write(&dist, "engine_bg.wasm", "\0asm").unwrap();

        let page = name_by_content(&dist, "engine", "content=\"engine_loader.js\"").unwrap();

        let loader = page.strip_prefix("content=\"").unwrap().strip_suffix('"').unwrap();
        let name = loader.strip_suffix("_loader.js").unwrap();
        assert_eq!(
            read(&dist, loader).unwrap(),
            format!("import init from './{name}.js';await init();")
        );
        assert_eq!(
            read(&dist, &format!("{name}.js")).unwrap(),
            format!("new URL('{name}_bg.wasm', import.meta.url)")
        );
        assert_eq!(sorted_entries(&dist).unwrap().len(), 3, "no file under its old name");
        fs::remove_dir_all(dist).unwrap();
    }
}
