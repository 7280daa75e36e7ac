//! Kills, bad lines, servers and notes that are lost: nothing is lost by them, and nothing told twice.

use super::world::{Browser, World, passphrase};
use model::DeviceId;
use pollster::block_on;
use protocol::sync::{SyncHappened, SyncSecret, SyncTrouble};
use simulation::{Faults, Link, Random};
use std::future::poll_fn;
use std::mem::replace;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use store::Fault;
use sync::{Failure, Path, Remote};

#[test]
fn a_kill_at_any_commit_loses_nothing_and_tells_nothing_twice() {
    for n in (0..24).step_by(2) {
        for fault in [Fault::BeforeCommit, Fault::AfterCommit] {
            let mut world = World::new();
            let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
            world.rounds(&mut [&mut one, &mut other]);
            one.set("note", "a");
            one.import("march", 70_000);
            other.set("city", "Kunming");
            other.import("april", 2);
            one.disk.kill_at_commit(n, fault);
            for _ in 0..3 {
                world.round(&mut one);
                world.round(&mut other);
            }
            let mut random = Random::new(n as u64);
            one.restart(&mut random);
            one.set("phone", "555-0100");
            world.rounds(&mut [&mut one, &mut other]);
            for browser in [&one, &other] {
                let texts = ["note", "city", "phone"].map(|it| browser.text(it));
                assert_eq!(texts, ["a", "Kunming", "555-0100"], "{n} {fault:?}");
            }
            assert_eq!(one.orders(), other.orders(), "{n} {fault:?}");
            assert_eq!(one.orders().len(), 2, "{n} {fault:?}");
        }
    }
}

#[test]
fn bad_lines_only_delay() {
    let faults = Faults {
        lost_request: 6,
        lost_reply: 6,
        late: 2,
        half: 3,
        stale: 4,
        busy: 4,
        ..Faults::default()
    };
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    world.rounds(&mut [&mut one, &mut other]);
    for n in 0..20 {
        one.set("note", &format!("note {n}"));
        other.set("city", &format!("city {n}"));
        if n % 7 == 0 {
            one.import(&format!("file of one {n}"), 5);
        }
        for browser in [&mut one, &mut other] {
            let line = world.line(faults);
            block_on(browser.sync.round(&line, n % 3 == 0, false));
        }
    }
    world.rounds(&mut [&mut one, &mut other]);
    world.rounds(&mut [&mut one, &mut other]);
    for browser in [&one, &other] {
        assert_eq!((browser.text("note"), browser.text("city")), ("note 19", "city 19"));
        assert_eq!(browser.orders().len(), 3);
    }
}

#[test]
fn an_emptied_server_stops_sync_until_the_user_has_it_filled_again() {
    let mut world = World::new();
    let mut one = world.joined(&passphrase());
    one.set("note", "a");
    one.import("march", 3);
    world.rounds(&mut [&mut one]);
    world.server.borrow_mut().files.clear();
    assert_eq!(world.round(&mut one).trouble, Some(SyncTrouble::Emptied));
    assert_eq!(one.text("note"), "a");
    let link = world.link();
    assert_eq!(block_on(one.sync.round(&link, true, true)).trouble, None);
    let mut other = world.joined(&passphrase());
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!(other.text("note"), "a");
    assert_eq!(other.orders(), one.orders());
}

#[test]
fn what_sync_knew_can_be_damaged_and_is_begun_anew_without_a_loss() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    one.set("note", "a");
    one.import("march", 3);
    world.rounds(&mut [&mut one, &mut other]);
    one.disk.damage(store::Area::Meta, "sync");
    let mut random = Random::new(3);
    one.restart(&mut random);
    assert!(one.sync.damage().is_some() && one.sync.ledger().is_none());
    one.set("city", "Kunming");
    world.join(&mut one, &passphrase()).unwrap();
    assert_eq!(one.sync.damage(), None);
    world.rounds(&mut [&mut one, &mut other]);
    for browser in [&one, &other] {
        assert_eq!((browser.text("note"), browser.text("city")), ("a", "Kunming"));
        assert_eq!(browser.orders().len(), 1);
    }
}

#[test]
fn a_device_put_back_from_a_copy_goes_on_under_another_name() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    one.set("note", "before");
    world.rounds(&mut [&mut one, &mut other]);
    let copy = one.disk.copied();
    one.set("note", "after");
    world.rounds(&mut [&mut one, &mut other]);
    one.disk = copy;
    let mut random = Random::new(3);
    one.restart(&mut random);
    one.set("city", "Kunming");
    world.rounds(&mut [&mut one, &mut other]);
    assert!(one.happened().contains(&SyncHappened::Renamed));
    for browser in [&one, &other] {
        assert_eq!((browser.text("note"), browser.text("city")), ("after", "Kunming"));
    }
}

#[test]
fn an_import_of_which_rows_are_damaged_is_not_told_and_leaves_nothing_behind() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    let march = one.import("march", 200_000);
    let chunks = &one.tab.manifest().batch(march).unwrap().chunks;
    one.disk.damage(store::Area::Chunk, &chunks.last().unwrap().key.clone());
    world.rounds(&mut [&mut one, &mut other]);
    assert!(other.orders().is_empty());
    let parts = one.disk.records().into_iter().filter(|(key, _)| key.starts_with("sync-part"));
    assert_eq!(parts.count(), 0);
    assert!(!block_on(one.sync.look()).unwrap(), "it is not tried again and again");
}

/// A line on which every request takes a while, before and after it is done.
struct Slow(Link);

impl Remote for Slow {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        a_while().await;
        let done = self.0.get(path).await;
        a_while().await;
        done
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        a_while().await;
        let done = self.0.put(path, text).await;
        a_while().await;
        done
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        a_while().await;
        let done = self.0.delete(path).await;
        a_while().await;
        done
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        a_while().await;
        self.0.devices().await
    }
}

async fn a_while() {
    let mut is_over = false;
    poll_fn(|_| if replace(&mut is_over, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Goes on with a round so many times, then drops it; whether it came to its end.
fn drops(browser: &mut Browser, line: &Slow, after: usize) -> bool {
    let mut round = pin!(browser.sync.round(line, true, false));
    let mut context = Context::from_waker(Waker::noop());
    (0..after).any(|_| round.as_mut().poll(&mut context).is_ready())
}

#[test]
fn a_round_that_is_dropped_anywhere_loses_nothing_and_is_gone_on_with() {
    let mut is_whole = false;
    for after in 1.. {
        let mut world = World::new();
        let (mut one, mut other) =
            (world.joined(&SyncSecret::None), world.joined(&SyncSecret::None));
        world.rounds(&mut [&mut one, &mut other]);
        one.set("note", "a");
        one.import("march", 3);
        other.set("city", "Kunming");
        other.import("april", 2);
        world.round(&mut other);
        let line = Slow(world.link());
        is_whole = drops(&mut one, &line, after);
        block_on(one.sync.take_up()).unwrap();
        one.set("phone", "555-0100");
        world.rounds(&mut [&mut one, &mut other]);
        for browser in [&one, &other] {
            let texts = ["note", "city", "phone"].map(|it| browser.text(it));
            assert_eq!(texts, ["a", "Kunming", "555-0100"], "{after}");
            let sent = browser.happened().into_iter().filter_map(|it| match it {
                SyncHappened::Round { received, .. } => Some(received),
                _ => None,
            });
            assert!(sent.sum::<u64>() < 8, "{after}: nothing is told twice");
        }
        assert_eq!(one.orders(), other.orders(), "{after}");
        assert_eq!(one.orders().len(), 2, "{after}");
        if is_whole {
            break;
        }
    }
    assert!(is_whole);
}
