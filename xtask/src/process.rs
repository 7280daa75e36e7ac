//! Child processes: one environment for all of them, and what to do with their output.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

use crate::error::Error;

/// What every child process is given on top of the inherited environment.
#[derive(Clone, Default)]
pub struct Environment {
    variables: BTreeMap<OsString, OsString>,
    /// Folders that stand before the inherited `PATH`.
    folders: Vec<PathBuf>,
}

impl Environment {
    /// Sets a variable for every later child.
    pub fn set(&mut self, name: &str, value: impl AsRef<OsStr>) {
        self.variables.insert(name.into(), value.as_ref().into());
    }

    /// The value a child would see.
    pub fn get(&self, name: &str) -> Option<OsString> {
        self.variables.get(OsStr::new(name)).cloned().or_else(|| env::var_os(name))
    }

    /// Puts a folder in front of `PATH`.
    pub fn prefer(&mut self, folder: PathBuf) {
        self.folders.insert(0, folder);
    }

    /// A command in this environment.
    ///
    /// What the outer `cargo run` tells about itself is taken away: `CARGO` would make
    /// cargo-nextest use the outer toolchain, and the library path is that toolchain's.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if matches!(&*text, "CARGO" | "LD_LIBRARY_PATH" | "DYLD_FALLBACK_LIBRARY_PATH")
                || text.starts_with("CARGO_PKG_")
                || text.starts_with("CARGO_MANIFEST_")
            {
                command.env_remove(&name);
            }
        }
        command.envs(&self.variables);
        if let Ok(path) = env::join_paths(self.search_path()) {
            command.env("PATH", path);
        }
        command
    }

    /// Where a program lies, looked up the way a child would.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        let file = format!("{program}{}", env::consts::EXE_SUFFIX);
        self.search_path().map(|folder| folder.join(&file)).find(|path| path.is_file())
    }

    fn search_path(&self) -> impl Iterator<Item = PathBuf> {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let inherited: Vec<PathBuf> = env::split_paths(&inherited).collect();
        self.folders.clone().into_iter().chain(inherited)
    }
}

/// Runs a command to its end, its output going where ours goes.
pub fn run(command: &mut Command) -> Result<(), Error> {
    let status = command.status().map_err(|source| cannot_start(command, source))?;
    if status.success() { Ok(()) } else { Err(failed(command, status.code())) }
}

/// The standard output of a command that succeeds; `None` if it does not or is not there.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command to its end, passing its output on and showing every line to `watch`.
pub fn run_watched(command: &mut Command, mut watch: impl FnMut(&str)) -> Result<(), Error> {
    let mut screen = std::io::stdout().lock();
    run_told(command, |line| {
        watch(&line);
        // Nobody reading any more is no reason to stop the checks.
        let _ = writeln!(screen, "{line}");
    })
}

/// Runs a command to its end and tells every line of its output.
pub fn run_told(command: &mut Command, tell: impl FnMut(String)) -> Result<(), Error> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| cannot_start(command, source))?;
    let (sender, lines) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        pass_lines(stdout, sender.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        pass_lines(stderr, sender.clone());
    }
    drop(sender);
    lines.into_iter().for_each(tell);
    let status = child.wait().map_err(|source| cannot_start(command, source))?;
    if status.success() { Ok(()) } else { Err(failed(command, status.code())) }
}

/// Sends every line of a stream, from a thread of its own so that neither pipe can fill up.
fn pass_lines(stream: impl Read + Send + 'static, sender: mpsc::Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
            if sender.send(text).is_err() {
                return;
            }
            line.clear();
        }
    });
}

fn cannot_start(command: &Command, source: std::io::Error) -> Error {
    Error::Start { program: command.get_program().to_string_lossy().into_owned(), source }
}

/// Names the program with its first argument: `cargo clippy` says more than `cargo`.
fn failed(command: &Command, code: Option<i32>) -> Error {
    let mut program = command.get_program().to_string_lossy().into_owned();
    if let Some(first) = command.get_args().next() {
        program.push(' ');
        program.push_str(&first.to_string_lossy());
    }
    Error::Failed { program, code }
}
