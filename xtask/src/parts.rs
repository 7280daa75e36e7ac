//! The page in several files: what opens first, and parts that follow when a screen needs them.
//!
//! Trunk builds the page whole. Its program, as the compiler left it, is taken apart here along the
//! functions that `src/parts.rs` marks; the part that opens goes through wasm-bindgen and every part
//! through wasm-opt. All files carry one hash of everything, so that parts of two builds never meet.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wasm_split_cli_support::{Options, transform};
use xxhash_rust::xxh3::Xxh3;

use crate::build::sorted_entries;
use crate::error::Error;
use crate::places::Places;
use crate::process::{Environment, run};

/// The page's program, as Cargo, Trunk and wasm-bindgen call it.
const PAGE: &str = "regulars";

/// The folder of what is ready to be served.
const FINISHED: &str = "finished";

/// What wasm-opt may use: what the compiler uses, which the parts do not say themselves.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Which files every part is in, by the part's name in `src/parts.rs`.
pub type Parts = BTreeMap<String, Vec<String>>;

/// Replaces the whole page in the folder that Trunk built by the page in parts.
pub fn replace_page(
    places: &Places,
    environment: &Environment,
    built: &Path,
) -> Result<Parts, Error> {
    let folder = places.target().join("parts");
    let parts = take_apart(places, environment, &folder)?;
    let finished = folder.join(FINISHED);
    let hash = hash_of(&finished)?;
    let names: Vec<(String, String)> = sorted_entries(&finished)?
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let new = hashed(&name, &hash);
            (name, new)
        })
        .collect();
    remove_whole_page(built)?;
    for (name, new) in &names {
        let (from, to) = (finished.join(name), built.join(new));
        if from.extension().is_some_and(|it| it == "js") {
            let script = fs::read_to_string(&from).map_err(Error::file(&from))?;
            fs::write(&to, renamed(&script, &names)).map_err(Error::file(&to))?;
        } else {
            fs::copy(&from, &to).map_err(Error::file(&from))?;
        }
    }
    let index = built.join("index.html");
    let page = fs::read_to_string(&index).map_err(Error::file(&index))?;
    let whole = name_of_whole(&page).ok_or(Error::Site {
        file: "index.html".into(),
        expected: "mention of the page's program",
    })?;
    let page = page.replace(&whole, &format!("{PAGE}-{hash}"));
    fs::write(&index, page).map_err(Error::file(&index))?;
    let renamed = |files: Vec<String>| files.iter().map(|name| hashed(name, &hash)).collect();
    Ok(parts.into_iter().map(|(part, files)| (part, renamed(files))).collect())
}

/// Takes the compiled page apart. The finished files are left in `folder`, named without a hash.
fn take_apart(places: &Places, environment: &Environment, folder: &Path) -> Result<Parts, Error> {
    let compiled =
        places.target().join("wasm32-unknown-unknown").join("web").join(format!("{PAGE}.wasm"));
    let program = fs::read(&compiled).map_err(Error::file(&compiled))?;
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Error::file(folder))?;
    }
    let (raw, finished) = (folder.join("raw"), folder.join(FINISHED));
    fs::create_dir_all(&finished).map_err(Error::file(&finished))?;

    let (first, script) = (raw.join(format!("{PAGE}.wasm")), format!("./{PAGE}.js"));
    let mut options = Options::new(&program);
    options.output_dir = &raw;
    options.main_out_path = &first;
    options.main_module = &script;
    options.link_name = "./parts.js";
    let split = transform(options).map_err(|error| Error::Parts(format!("{error:#}")))?;
    // wasm-bindgen names functions that it inserts; demangled names would not be the linker's.
    run(environment
        .command("wasm-bindgen")
        .args(["--target=web", "--no-typescript", "--keep-lld-exports", "--no-demangle"])
        .arg(format!("--out-name={PAGE}"))
        .arg("--out-dir")
        .arg(&finished)
        .arg(&first))?;
    let links = raw.join("parts.js");
    fs::copy(&links, finished.join("parts.js")).map_err(Error::file(&links))?;
    let first = finished.join(format!("{PAGE}_bg.wasm"));
    optimise(environment, &first, &first)?;
    for part in split.split_modules {
        let name = part.file_name().unwrap_or_default();
        if part.is_file() {
            optimise(environment, &part, &finished.join(name))?;
        }
    }
    let files = |stems: Vec<String>| {
        let names = stems.iter().map(|stem| format!("{stem}.wasm"));
        names.filter(|name| finished.join(name).is_file()).collect()
    };
    Ok(split.prefetch_map.into_iter().map(|(part, stems)| (part, files(stems))).collect())
}

fn optimise(environment: &Environment, from: &Path, to: &Path) -> Result<(), Error> {
    run(environment.command("wasm-opt").arg("-Oz").args(FEATURES).arg(from).arg("-o").arg(to))
}

/// Of all files with their names.
fn hash_of(folder: &Path) -> Result<String, Error> {
    let mut hash = Xxh3::new();
    for path in sorted_entries(folder)? {
        let content = fs::read(&path).map_err(Error::file(&path))?;
        hash.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update(&(content.len() as u64).to_le_bytes());
        hash.update(&content);
    }
    Ok(format!("{:016x}", hash.digest()))
}

/// `regulars_bg.wasm` → `regulars-HASH_bg.wasm`, `parts.js` → `parts-HASH.js`.
fn hashed(name: &str, hash: &str) -> String {
    let stem = if name.starts_with(PAGE) { PAGE } else { name.split('.').next().unwrap_or(name) };
    format!("{stem}-{hash}{}", &name[stem.len()..])
}

/// A script that loads files by their new names.
///
/// Where a script names a module to the program it must keep the name that stands in the program,
/// which has the old one: only what loads is renamed.
fn renamed(script: &str, names: &[(String, String)]) -> String {
    let before = ["from ", "URL("];
    let quoted = ["\"./", "'./", "\"", "'"];
    let opens = before.iter().flat_map(|word| quoted.iter().map(move |quote| (word, quote)));
    names.iter().fold(script.to_owned(), |script, (name, new)| {
        opens.clone().fold(script, |script, (word, quote)| {
            let end = &quote[..1];
            let loads = |name: &str| format!("{word}{quote}{name}{end}");
            script.replace(&loads(name), &loads(new))
        })
    })
}

/// How Trunk's page calls the whole program: `regulars-HASH`.
fn name_of_whole(page: &str) -> Option<String> {
    let start = page.find(&format!("./{PAGE}-"))? + "./".len();
    let length = page[start..].find(['.', '_', '\'', '"'])?;
    Some(page[start..start + length].to_owned())
}

/// Removes the files of the whole program.
fn remove_whole_page(built: &Path) -> Result<(), Error> {
    for path in sorted_entries(built)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&format!("{PAGE}-")) {
            fs::remove_file(&path).map_err(Error::file(&path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_carries_the_hash_behind_its_name() {
        let cases = [
            ("regulars.js", "regulars-0f.js"),
            ("regulars_bg.wasm", "regulars-0f_bg.wasm"),
            ("parts.js", "parts-0f.js"),
            ("split_people.wasm", "split_people-0f.wasm"),
        ];
        for (name, expected) in cases {
            assert_eq!(hashed(name, "0f"), expected);
        }
    }

    #[test]
    fn a_script_mentions_the_new_names() {
        let names = ["regulars.js", "regulars_bg.wasm", "split_a.wasm"]
            .map(|name| (name.to_owned(), hashed(name, "0f")));
        let script = "import {x} from \"./regulars.js\"; new URL('regulars_bg.wasm', import.meta.url); \
                      fetch(new URL(\"./split_a.wasm\", import.meta.url)); ({\"./regulars.js\": x})";
        assert_eq!(
            renamed(script, &names),
            "import {x} from \"./regulars-0f.js\"; new URL('regulars-0f_bg.wasm', import.meta.url); \
             fetch(new URL(\"./split_a-0f.wasm\", import.meta.url)); ({\"./regulars.js\": x})"
        );
    }

    #[test]
    fn the_whole_program_is_found_in_the_page() {
        let page = "import init from './regulars-6feb.js'; './regulars-6feb_bg.wasm'";
        assert_eq!(name_of_whole(page).as_deref(), Some("regulars-6feb"));
        assert_eq!(name_of_whole("<html>"), None);
    }
}
