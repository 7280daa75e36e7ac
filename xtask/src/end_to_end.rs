//! The end-to-end tests: file by file, each with a browser of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::error::Error;
use crate::process::run_told;
use crate::stages::Count;

/// So many files run side by side: most of a test's time is waiting.
const LANES: usize = 2;

/// These measure time, or look for what shows in one run of many: each runs alone, and once.
const ALONE: [&str; 3] = ["durability.test.mjs", "tabs.test.mjs", "torture.test.mjs"];

/// Runs every file to its end, whatever becomes of the others, and fails with the first failure.
///
/// A file that fails runs once more, since a browser on a busy machine may be late; what then
/// passes is named at the end, to be mended.
pub fn run(
    files: &[PathBuf],
    command: impl Fn(&Path) -> Command + Sync,
    count: &mut Count,
) -> Result<(), Error> {
    let (alone, beside): (Vec<&PathBuf>, Vec<&PathBuf>) =
        files.iter().partition(|file| is_alone(file));
    let queue = Mutex::new(beside.into_iter());
    let done = Mutex::new(Done { count: Count::default(), unsteady: Vec::new(), outcome: Ok(()) });
    let work = || {
        loop {
            // Held no longer than it takes to take the next.
            let next = locked(&queue).next();
            let Some(file) = next else { break };
            ran(file, &command, &done);
        }
    };
    thread::scope(|scope| (0..LANES).for_each(|_| _ = scope.spawn(work)));
    for file in alone {
        ran(file, &command, &done);
    }
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    count.add(done.count);
    for name in done.unsteady {
        println!("passed only the second time: {name}");
    }
    done.outcome
}

struct Done {
    count: Count,
    unsteady: Vec<String>,
    outcome: Result<(), Error>,
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_alone(file: &Path) -> bool {
    ALONE.contains(&&*name(file))
}

/// Runs a file, prints what it said in one piece, and notes what became of it.
fn ran(file: &Path, command: &impl Fn(&Path) -> Command, done: &Mutex<Done>) {
    let (mut tests, mut outcome) = once(&mut command(file));
    let mut is_unsteady = false;
    if outcome.is_err() && !is_alone(file) {
        println!("\n── {}, once more", name(file));
        (tests, outcome) = once(&mut command(file));
        is_unsteady = outcome.is_ok();
    }
    let mut done = locked(done);
    done.count.add(tests);
    done.unsteady.extend(is_unsteady.then(|| name(file)));
    if done.outcome.is_ok() {
        done.outcome = outcome;
    }
}

fn once(command: &mut Command) -> (Count, Result<(), Error>) {
    let (mut tests, mut said) = (Count::default(), String::new());
    let outcome = run_told(command, |line| {
        tests.add_line(&line);
        said.push_str(&line);
        said.push('\n');
    });
    // Nobody reading any more is no reason to stop the tests.
    let _ = std::io::stdout().lock().write_all(said.as_bytes());
    (tests, outcome)
}

fn locked<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a script in place of a file of tests, in an empty folder.
    fn ran(name: &str, script: &'static str) -> (Count, bool) {
        let place = format!("regulars-{}-{}", std::process::id(), script.len());
        let folder = std::env::temp_dir().join(place);
        std::fs::create_dir_all(&folder).unwrap();
        let command = |_: &Path| {
            let mut command = Command::new("sh");
            command.args(["-c", script]).current_dir(&folder);
            command
        };
        let mut count = Count::default();
        let result = run(&[PathBuf::from(name)], command, &mut count);
        std::fs::remove_dir_all(&folder).unwrap();
        (count, result.is_ok())
    }

    const SECOND_TIME: &str =
        "if [ -e before ]; then echo 'ℹ pass 3'; else echo 'ℹ fail 1'; touch before; exit 1; fi";

    #[test]
    fn a_file_that_fails_runs_once_more_and_counts_once() {
        let cases = [
            ("rates.test.mjs", "echo 'ℹ pass 3'", (3, 0, true)),
            ("rates.test.mjs", SECOND_TIME, (3, 0, true)),
            ("rates.test.mjs", "echo 'ℹ fail 1'; exit 1", (0, 1, false)),
            ("tabs.test.mjs", SECOND_TIME, (0, 1, false)),
        ];
        for (name, script, (passed, failed, ok)) in cases {
            assert_eq!(ran(name, script), (Count { passed, failed }, ok), "{name}: {script}");
        }
    }
}
