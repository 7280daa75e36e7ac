//! As many histories of sync as one likes. A seed that fails tells the same again.

use simulation::{Outcome, Verdict, play, tell};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use crate::error::Error;

const COUNT: u64 = 10_000;

/// Sums over all histories.
#[derive(Default)]
struct Sums {
    histories: u64,
    devices: usize,
    acts: usize,
    blows: usize,
    gone: usize,
    unfound: usize,
    failed: Vec<u64>,
}

/// Plays the histories of many seeds, or tells one.
pub fn run(options: &[String]) -> Result<(), Error> {
    if let Some(seed) = number(options, "--seed")? {
        return tell_one(seed);
    }
    let from = number(options, "--from")?.unwrap_or(0);
    let count = number(options, "--count")?.unwrap_or(COUNT);
    let start = Instant::now();
    let next = AtomicU64::new(from);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut sums = Sums::default();
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..cores).map(|_| scope.spawn(|| play_up_to(&next, from + count))).collect();
        for worker in workers {
            sums.add(worker.join().unwrap_or_default());
        }
    });
    let Sums { histories, devices, acts, blows, gone, unfound, failed } = sums;
    println!(
        "{histories} histories, {devices} devices, {acts} acts, {blows} copies, deaths, devices and \
         servers put back; {gone} acts gone with their only machine, {unfound} of them in folders that \
         nothing names; {} failed; {:.0} s",
        failed.len(),
        start.elapsed().as_secs_f64()
    );
    if histories < count {
        return Err(Error::usage("a history broke off: see above"));
    }
    match failed.first() {
        None => Ok(()),
        Some(seed) => Err(Error::usage(format!(
            "history {seed} failed; `cargo xtask torture histories --seed {seed}` tells it"
        ))),
    }
}

fn play_up_to(next: &AtomicU64, end: u64) -> Sums {
    let mut sums = Sums::default();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return sums;
        }
        let Outcome { verdict, devices, acts, gone, unfound, blows, .. } = play(seed);
        if verdict != Verdict::Good {
            println!("history {seed}: {}", short(&verdict));
            sums.failed.push(seed);
        }
        sums.histories += 1;
        sums.devices += devices;
        sums.acts += acts;
        sums.gone += gone;
        sums.unfound += unfound;
        sums.blows += blows;
    }
}

/// What went wrong, in a line; telling the seed says all.
fn short(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Good => "good".to_owned(),
        Verdict::Differ(_) => "devices differ".to_owned(),
        Verdict::Lost(ops) => format!("{} acts are lost", ops.len()),
        Verdict::Restless => "no rest".to_owned(),
        Verdict::NotErased(path) => format!("{path} tells of somebody who was erased"),
    }
}

impl Sums {
    fn add(&mut self, other: Sums) {
        self.histories += other.histories;
        self.devices += other.devices;
        self.acts += other.acts;
        self.blows += other.blows;
        self.gone += other.gone;
        self.unfound += other.unfound;
        self.failed.extend(other.failed);
        self.failed.sort_unstable();
    }
}

fn tell_one(seed: u64) -> Result<(), Error> {
    let (outcome, story) = tell(seed);
    for line in &story {
        println!("{line}");
    }
    match &outcome.verdict {
        Verdict::Differ(text) => println!("devices differ:{text}"),
        other => println!("{other:?}"),
    }
    if outcome.verdict == Verdict::Good {
        Ok(())
    } else {
        Err(Error::usage(format!("history {seed} failed")))
    }
}

/// The number that follows an option.
fn number(options: &[String], name: &str) -> Result<Option<u64>, Error> {
    let Some(place) = options.iter().position(|it| it == name) else { return Ok(None) };
    let value = options.get(place + 1).and_then(|it| it.parse().ok());
    value.map(Some).ok_or_else(|| Error::usage(format!("{name} wants a number")))
}
