//! The stages of a run of all checks: timed, counted, stopped at the first that fails.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::process::run_watched;

/// Tests that ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
}

/// A run of all checks.
#[derive(Default)]
pub struct Stages {
    finished: Vec<(&'static str, Duration, Count)>,
}

impl Stages {
    /// Runs the commands of one stage, one after the other, up to the first that fails.
    pub fn stage(
        &mut self,
        name: &'static str,
        commands: impl IntoIterator<Item = Command>,
    ) -> Result<(), Error> {
        self.work(name, |count| {
            commands
                .into_iter()
                .try_for_each(|mut command| run_watched(&mut command, |line| count.add_line(line)))
        })
    }

    /// Runs a stage that is more than commands.
    pub fn work(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&mut Count) -> Result<(), Error>,
    ) -> Result<(), Error> {
        println!("\n── {name}");
        let start = Instant::now();
        let mut count = Count::default();
        let result = work(&mut count);
        self.finished.push((name, start.elapsed(), count));
        result.map_err(|cause| Error::Stage { name, cause: Box::new(cause) })
    }

    /// Prints a line for every stage that ran, and how many tests passed and failed in all.
    pub fn print_summary(&self) {
        println!();
        let mut total = Count::default();
        for (name, time, count) in &self.finished {
            let tests = if *count == Count::default() {
                String::new()
            } else {
                format!("  {} passed, {} failed", count.passed, count.failed)
            };
            println!("{name:<28}{:>7.1} s{tests}", time.as_secs_f64());
            total.add(*count);
        }
        println!("{} passed, {} failed", total.passed, total.failed);
    }
}

impl Count {
    /// Adds what ran elsewhere.
    pub const fn add(&mut self, more: Count) {
        self.passed += more.passed;
        self.failed += more.failed;
    }

    /// Reads the closing line of nextest, of cargo's own harness (in the browser too) or of Node's.
    pub fn add_line(&mut self, line: &str) {
        let plain = without_colours(line);
        let plain = plain.trim();
        if let Some((_, numbers)) = plain.split_once(" tests run: ").or_else(|| {
            plain.split_once(" test run: ").or_else(|| plain.split_once("test result: "))
        }) {
            self.passed += number_before(numbers, " passed");
            self.failed += number_before(numbers, " failed");
        } else if let Some(passed) = plain.strip_prefix("ℹ pass ") {
            self.passed += passed.parse().unwrap_or(0);
        } else if let Some(failed) = plain.strip_prefix("ℹ fail ") {
            self.failed += failed.parse().unwrap_or(0);
        }
    }
}

/// The number that stands right before a word.
fn number_before(text: &str, word: &str) -> u32 {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .unwrap_or(0)
}

/// The line without the escape sequences that colour it on a terminal.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut parts = line.split('\u{1b}');
    plain.extend(parts.next());
    for part in parts {
        plain.push_str(part.split_once('m').map_or(part, |(_, text)| text));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_harness_is_counted_by_its_closing_line() {
        let cases = [
            ("     Summary [   0.037s] 41 tests run: 40 passed, 1 failed, 2 skipped", 40, 1),
            ("     Summary [   0.037s] 1 test run: 1 passed, 0 skipped", 1, 0),
            (
                "\u{1b}[32m Summary\u{1b}[0m [ 1s] \u{1b}[1m12\u{1b}[0m tests run: \u{1b}[1m12\u{1b}[0m \u{1b}[32mpassed\u{1b}[0m",
                12,
                0,
            ),
            ("test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out", 7, 0),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored", 3, 2),
            ("ℹ pass 9", 9, 0),
            ("ℹ fail 1", 0, 1),
            ("test tests::that_12 passed ... ok", 0, 0),
        ];
        for (line, passed, failed) in cases {
            let mut count = Count::default();
            count.add_line(line);
            assert_eq!(count, Count { passed, failed }, "{line}");
        }
    }
}
