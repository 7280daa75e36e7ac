//! Eight devices at once against real servers, through a line that fails: nothing may be lost.

use std::thread;
use std::time::{Duration, Instant};

use model::{CustomerId, DeviceId, Entity, Operation, Value};
use pollster::block_on;
use simulation::{Device, Random, Stored};
use sync::servers::{Account, Bucket, Couch, Files, Http, Request, Rest, SingleUrl, probe};
use sync::{Op, Pace, Remote, Replica, Stop, Vault, VaultId, patience};

use super::client::Client;
use super::proxy::Proxy;
use super::start::{Bench, KINDS, Kind, Speaks};
use crate::error::Error;
use crate::places::Places;

const DEVICES: usize = 8;
const EDITS: usize = 100;
const START_MS: u64 = 1_767_225_600_000;

/// Tries all servers, or those that are named.
pub fn run(places: &Places, names: &[String]) -> Result<(), Error> {
    if let Some(unknown) = names.iter().find(|name| KINDS.iter().all(|it| it.name != **name)) {
        let known = KINDS.map(|it| it.name).join(", ");
        return Err(Error::usage(format!("there is no server `{unknown}`; there are {known}")));
    }
    let bench = Bench::set_up(places)?;
    let mut failed = Vec::new();
    for kind in KINDS.iter().filter(|it| names.is_empty() || names.iter().any(|n| n == it.name)) {
        println!("\n{}", kind.name);
        match try_server(&bench, *kind) {
            Ok(()) => {}
            Err(error) => {
                println!("  failed: {error}");
                failed.push(kind.name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Error::usage(format!("failed: {failed:?}"))) }
}

fn try_server(bench: &Bench, kind: Kind) -> Result<(), Error> {
    let running = bench.start(kind)?;
    let proxy = Proxy::start(&running.address, 1)?;
    match kind.speaks {
        Speaks::Dav(folder) => {
            let separator = if folder.is_empty() { "" } else { "/" };
            let url = format!("http://{}{separator}{folder}", proxy.address);
            torture(&proxy, kind, || Files::new(Client, &url, Account::Open, true))
        }
        Speaks::S3 { bucket, words } => {
            let url = format!("http://{}/{bucket}", proxy.address);
            let direct = format!("http://{}/{bucket}", running.address);
            // That the bucket is there already is no failure.
            let _ = block_on(Client.send(Request::new("PUT", direct)));
            torture(&proxy, kind, || Bucket::new(Client, &url, "us-east-1", words, words))
        }
        Speaks::Couch(database) => {
            let url = format!("http://{}/{database}", proxy.address);
            let direct = format!("http://{}/{database}", running.address);
            let made = block_on(Client.send(Request::new("PUT", direct)));
            made.map_err(|failure| Error::usage(format!("no database: {failure}")))?;
            torture(&proxy, kind, || Couch::new(Client, &url, Account::Open))
        }
        Speaks::Rest(collection) => {
            let url = format!("http://{}/{collection}", proxy.address);
            torture(&proxy, kind, || Rest::new(Client, &url, Account::Open))
        }
        Speaks::Single(name) => {
            let url = format!("http://{}/{name}", proxy.address);
            torture(&proxy, kind, || SingleUrl::new(Client, &url, Account::Open))
        }
    }
}

/// What a device has at the end of its day.
type Day = (Stored, Vec<Op>);

fn torture<R: Remote>(
    proxy: &Proxy,
    kind: Kind,
    remote: impl Fn() -> R + Sync,
) -> Result<(), Error> {
    let start = Instant::now();
    let mut random = Random::new(11);
    for finding in block_on(probe(&remote(), &mut random)).0 {
        println!("  {finding}");
    }
    let vault = Vault::open(&mut random);
    let founder = Stored::new(Replica::founding(&vault, DeviceId(1)));
    let founder = quiet(&remote(), founder, &mut random, 2)?;
    let mut days: Vec<Day> = vec![(founder, Vec::new())];
    days.extend((1..DEVICES).map(|n| (new_device(vault.vault, n), Vec::new())));

    proxy.be_bad(true);
    // Of the day in between the server keeps nothing: half of the edits before, half after.
    let forgets = matches!(kind.speaks, Speaks::Dav(_) | Speaks::S3 { .. });
    for part in 0..3 {
        if part == 1 && forgets {
            proxy.begin_forgotten_day();
        }
        let edits = [EDITS / 2, EDITS / 5, EDITS - EDITS / 2 - EDITS / 5][part];
        days = day_of_all(days, &remote, edits, part as u64)?;
        if part == 1 {
            proxy.roll_back();
        }
    }
    proxy.be_bad(false);
    let (mut stored, done): (Vec<Stored>, Vec<Vec<Op>>) = days.into_iter().unzip();
    // Each remote of a device remembers what it has put, so that one lasts.
    let remotes: Vec<R> = (0..DEVICES).map(|_| remote()).collect();
    for _ in 0..6 {
        for (slot, remote) in stored.iter_mut().zip(&remotes) {
            *slot = quiet(remote, slot.clone(), &mut random, 1)?;
        }
    }
    let done: Vec<Op> = done.into_iter().flatten().collect();
    let lost = done.iter().filter(|op| !stored.iter().all(|it| it.knows(op))).count();
    let hashes: Vec<u64> = stored.iter().map(Stored::hash).collect();
    let agree = hashes.windows(2).all(|two| two[0] == two[1]);
    let (requests, hits) = proxy.counts();
    println!(
        "  {DEVICES} devices, {} edits, {lost} lost, {}; {requests} requests, {hits} of them hit; \
         {:.0} s",
        done.len(),
        if agree { "all agree" } else { "THEY DIFFER" },
        start.elapsed().as_secs_f64()
    );
    if done.len() != DEVICES * EDITS {
        return Err(Error::usage("not all edits were made"));
    }
    if lost == 0 && agree { Ok(()) } else { Err(Error::usage("edits are lost")) }
}

fn new_device(vault: VaultId, n: usize) -> Stored {
    Stored::new(Replica::new(vault, DeviceId(n as u64 + 1)))
}

/// All devices edit and sync at the same time.
fn day_of_all<R: Remote>(
    days: Vec<Day>,
    remote: &(impl Fn() -> R + Sync),
    edits: usize,
    part: u64,
) -> Result<Vec<Day>, Error> {
    thread::scope(|scope| {
        let workers: Vec<_> = days
            .into_iter()
            .enumerate()
            .map(|(n, day)| {
                scope.spawn(move || day_of_one(day, &remote(), edits, n as u64 + 100 * part))
            })
            .collect();
        // Without the day of one of them nobody could say that nothing is lost.
        let broke_off = |_| Error::usage("a device broke off: see above");
        workers.into_iter().map(|worker| worker.join().map_err(broke_off)).collect()
    })
}

fn day_of_one<R: Remote>((stored, mut done): Day, remote: &R, edits: usize, seed: u64) -> Day {
    let mut random = Random::new(seed);
    let mut device = Device::start(stored, random.split(), None);
    let mut left = edits;
    let mut tries = 0;
    while left > 0 {
        for _ in 0..left.min(1 + random.below(3) as usize) {
            done.push(edit(&device, &mut random, seed));
            left -= 1;
        }
        match round(&mut device, remote, random.percent(20)) {
            Ok(()) => tries = 0,
            Err(Stop::Failure(failure)) => {
                // A second of the merchant's is a hundredth here, but for what the server asks for.
                let wait = patience::wait_ms(failure, tries, random.draw()).unwrap_or(0);
                thread::sleep(Duration::from_millis((wait / 100).min(50)));
                tries += 1;
            }
            Err(_) => tries += 1,
        }
    }
    let stored = device.stored.borrow().clone();
    (stored, done)
}

fn edit(device: &Device, random: &mut Random, seed: u64) -> Op {
    let entity = Entity::Customer(CustomerId(u128::from(random.below(20)) + 1));
    let now_ms = START_MS + random.below(1_000_000);
    match random.below(3) {
        0 => device.edit(entity, "points", Operation::Add(1), now_ms),
        1 => device.edit(entity, "tags", Operation::Include(format!("tag {seed}")), now_ms),
        _ => {
            let text = format!("note {} of {seed}", random.below(1_000_000));
            device.edit(entity, "note", Operation::Set(Value::Text(text)), now_ms)
        }
    }
}

fn round<R: Remote>(device: &mut Device, remote: &R, thorough: bool) -> Result<(), Stop> {
    let mut replica = device.stored.borrow().replica.clone();
    let pace = Pace {
        now_ms: START_MS + 1_000_000,
        thorough,
        key: None,
        refill: false,
        segments_kept: 40,
    };
    block_on(sync::round(&mut replica, remote, device, pace)).1
}

/// Rounds over a good line; each must go through.
fn quiet<R: Remote>(
    remote: &R,
    stored: Stored,
    random: &mut Random,
    rounds: usize,
) -> Result<Stored, Error> {
    let mut device = Device::start(stored, random.split(), None);
    for _ in 0..rounds {
        round(&mut device, remote, true)
            .map_err(|stop| Error::usage(format!("a round stopped: {stop}")))?;
    }
    let stored = device.stored.borrow().clone();
    Ok(stored)
}
