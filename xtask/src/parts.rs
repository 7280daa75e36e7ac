//! Page and engine in several files: what opens first, and parts that follow when they are needed.
//!
//! Trunk builds both whole. A program, as the compiler left it, is taken apart here along the
//! functions that its `parts.rs` marks; what opens goes through wasm-bindgen and every part through
//! wasm-opt. All files of a program carry one hash of everything, so that parts of two builds never
//! meet.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::{self, ScopedJoinHandle};

use wasm_split_cli_support::{Options, transform};
use xxhash_rust::xxh3::Xxh3;

use crate::build::sorted_entries;
use crate::error::Error;
use crate::places::Places;
use crate::process::{Environment, run};

/// A program that is taken apart.
pub struct Program {
    /// As Cargo, Trunk and wasm-bindgen call it.
    name: &'static str,
    /// Its Cargo profile.
    profile: &'static str,
    /// How wasm-opt makes it better.
    options: &'static [&'static str],
    /// Whether it runs in a worker, which is started by its loader.
    is_worker: bool,
}

/// The page.
pub const PAGE: Program =
    Program { name: "regulars", profile: "web", options: &["-Oz"], is_worker: false };

/// The engine.
pub const ENGINE: Program = Program {
    name: "engine",
    profile: "engine",
    // Long loops run in calls (`model::blocks`): a function with one caller has to stay one.
    options: &["-O3", "--one-caller-inline-max-function-size=10"],
    is_worker: true,
};

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

/// Replaces a whole program in the folder that Trunk built by the program in parts.
pub fn replace(
    program: &Program,
    places: &Places,
    environment: &Environment,
    built: &Path,
) -> Result<Parts, Error> {
    let folder = places.target().join("parts").join(program.name);
    let parts = take_apart(program, places, environment, &folder)?;
    let finished = folder.join(FINISHED);
    if program.is_worker {
        let (from, to) = (built.join(program.loader()), finished.join(program.loader()));
        fs::copy(&from, &to).map_err(Error::file(&from))?;
    }
    let hash = hash_of(&finished)?;
    let names: Vec<(String, String)> = sorted_entries(&finished)?
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let new = program.hashed(&name, &hash);
            (name, new)
        })
        .collect();
    program.remove_from(built)?;
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
    let page = program
        .mentioned(&page, &hash)
        .ok_or(Error::Site { file: "index.html".into(), expected: "mention of the program" })?;
    fs::write(&index, page).map_err(Error::file(&index))?;
    let renamed =
        |files: Vec<String>| files.iter().map(|name| program.hashed(name, &hash)).collect();
    Ok(parts.into_iter().map(|(part, files)| (part, renamed(files))).collect())
}

/// Takes a compiled program apart. The finished files are left in `folder`, named without a hash.
fn take_apart(
    program: &Program,
    places: &Places,
    environment: &Environment,
    folder: &Path,
) -> Result<Parts, Error> {
    let name = program.name;
    let compiled = places.target().join("wasm32-unknown-unknown").join(program.profile);
    let compiled = compiled.join(format!("{name}.wasm"));
    let whole = fs::read(&compiled).map_err(Error::file(&compiled))?;
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Error::file(folder))?;
    }
    let (raw, finished) = (folder.join("raw"), folder.join(FINISHED));
    fs::create_dir_all(&finished).map_err(Error::file(&finished))?;

    let (first, script) = (raw.join(format!("{name}.wasm")), format!("./{name}.js"));
    let links = format!("{name}_parts.js");
    let link_name = format!("./{links}");
    let mut options = Options::new(&whole);
    options.output_dir = &raw;
    options.main_out_path = &first;
    options.main_module = &script;
    options.link_name = &link_name;
    let split = transform(options).map_err(|error| Error::Parts(format!("{error:#}")))?;
    // wasm-bindgen names functions that it inserts; demangled names would not be the linker's.
    run(environment
        .command("wasm-bindgen")
        .args(["--target=web", "--no-typescript", "--keep-lld-exports", "--no-demangle"])
        .arg(format!("--out-name={name}"))
        .arg("--out-dir")
        .arg(&finished)
        .arg(&first))?;
    fs::copy(raw.join(&links), finished.join(&links)).map_err(Error::file(raw.join(&links)))?;
    let first = finished.join(format!("{name}_bg.wasm"));
    let mut jobs = vec![(first.clone(), first)];
    for part in split.split_modules.into_iter().filter(|part| part.is_file()) {
        let optimised = finished.join(part.file_name().unwrap_or_default());
        jobs.push((part, optimised));
    }
    program.optimise_all(environment, &jobs)?;
    let files = |stems: Vec<String>| {
        let names = stems.iter().map(|stem| format!("{stem}.wasm"));
        names.filter(|name| finished.join(name).is_file()).collect()
    };
    Ok(split.prefetch_map.into_iter().map(|(part, stems)| (part, files(stems))).collect())
}

impl Program {
    /// The script that starts it as a worker.
    fn loader(&self) -> String {
        format!("{}_loader.js", self.name)
    }

    /// Optimises files (from, to), as many at a time as there are processors.
    fn optimise_all(
        &self,
        environment: &Environment,
        jobs: &[(PathBuf, PathBuf)],
    ) -> Result<(), Error> {
        let waiting = Mutex::new(jobs.iter());
        let next = || waiting.lock().ok()?.next();
        let work = || {
            while let Some((from, to)) = next() {
                self.optimise(environment, from, to)?;
            }
            Ok(())
        };
        let workers = thread::available_parallelism().map_or(1, NonZero::get);
        thread::scope(|scope| {
            let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let mut ended = running.into_iter().map(ScopedJoinHandle::join);
            ended.try_for_each(|it| it.unwrap_or(Err(Error::Parts("wasm-opt".into()))))
        })
    }

    fn optimise(&self, environment: &Environment, from: &Path, to: &Path) -> Result<(), Error> {
        let mut command = environment.command("wasm-opt");
        run(command.args(self.options).args(FEATURES).arg(from).arg("-o").arg(to))
    }

    /// `regulars_bg.wasm` → `regulars-HASH_bg.wasm`, `split_people.wasm` → `split_people-HASH.wasm`.
    fn hashed(&self, file: &str, hash: &str) -> String {
        let is_own = file.starts_with(self.name);
        let stem = if is_own { self.name } else { file.split('.').next().unwrap_or(file) };
        format!("{stem}-{hash}{}", &file[stem.len()..])
    }

    /// The HTML that mentions the program in parts where it did the whole one: a worker by its
    /// loader, the page by the hash that Trunk gave it.
    fn mentioned(&self, html: &str, hash: &str) -> Option<String> {
        let (old, new) = if self.is_worker {
            (self.loader(), self.hashed(&self.loader(), hash))
        } else {
            let start = html.find(&format!("./{}-", self.name))? + "./".len();
            let length = html[start..].find(['.', '_', '\'', '"'])?;
            (html[start..start + length].to_owned(), self.hashed(self.name, hash))
        };
        html.contains(&old).then(|| html.replace(&old, &new))
    }

    /// Removes the files of the whole program.
    fn remove_from(&self, built: &Path) -> Result<(), Error> {
        for path in sorted_entries(built)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_file() && name.starts_with(self.name) {
                fs::remove_file(&path).map_err(Error::file(&path))?;
            }
        }
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_carries_the_hash_behind_its_name() {
        let cases = [
            ("regulars.js", "regulars-0f.js"),
            ("regulars_bg.wasm", "regulars-0f_bg.wasm"),
            ("regulars_parts.js", "regulars-0f_parts.js"),
            ("split_people.wasm", "split_people-0f.wasm"),
        ];
        for (name, expected) in cases {
            assert_eq!(PAGE.hashed(name, "0f"), expected);
        }
    }

    #[test]
    fn a_script_mentions_the_new_names() {
        let names = ["regulars.js", "regulars_bg.wasm", "split_a.wasm"]
            .map(|name| (name.to_owned(), PAGE.hashed(name, "0f")));
        let script = "import {x} from \"./regulars.js\"; new URL('regulars_bg.wasm', import.meta.url); \
                      fetch(new URL(\"./split_a.wasm\", import.meta.url)); ({\"./regulars.js\": x})";
        assert_eq!(
            renamed(script, &names),
            "import {x} from \"./regulars-0f.js\"; new URL('regulars-0f_bg.wasm', import.meta.url); \
             fetch(new URL(\"./split_a-0f.wasm\", import.meta.url)); ({\"./regulars.js\": x})"
        );
    }

    #[test]
    fn the_html_mentions_the_program_in_parts() {
        let html = "import init from './regulars-6feb.js'; './regulars-6feb_bg.wasm'";
        let new = "import init from './regulars-0f.js'; './regulars-0f_bg.wasm'";
        assert_eq!(PAGE.mentioned(html, "0f").as_deref(), Some(new));
        let html = "<meta content=engine_loader.js name=engine>";
        let new = "<meta content=engine-0f_loader.js name=engine>";
        assert_eq!(ENGINE.mentioned(html, "0f").as_deref(), Some(new));
        assert_eq!(PAGE.mentioned("<html>", "0f"), None);
        assert_eq!(ENGINE.mentioned("<html>", "0f"), None);
    }
}
