//! The end-to-end tests: one file after the other, each with a browser of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::process::run_watched;
use crate::stages::Count;

/// What these look for shows in one run of many: a failure of theirs is never run again.
const ONE_FAILURE_TELLS: [&str; 3] = ["durability.test.mjs", "tabs.test.mjs", "torture.test.mjs"];

/// Runs every file to its end, whatever became of those before, and fails with the first failure.
///
/// A file that fails runs once more, since a browser on a busy machine may be late; what then
/// passes is named at the end, to be mended.
pub fn run(
    files: &[PathBuf],
    command: impl Fn(&Path) -> Command,
    count: &mut Count,
) -> Result<(), Error> {
    let mut outcome = Ok(());
    let mut unsteady = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let mut tests = Count::default();
        let mut ran = run_watched(&mut command(file), |line| tests.add_line(line));
        if ran.is_err() && !ONE_FAILURE_TELLS.contains(&&*name) {
            println!("\n── {name}, once more");
            tests = Count::default();
            ran = run_watched(&mut command(file), |line| tests.add_line(line));
            if ran.is_ok() {
                unsteady.push(name);
            }
        }
        count.add(tests);
        outcome = outcome.and(ran);
    }
    for name in unsteady {
        println!("passed only the second time: {name}");
    }
    outcome
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
