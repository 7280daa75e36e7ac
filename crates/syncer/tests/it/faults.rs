//! Kills, bad lines, servers and notes that are lost: nothing is lost by them, and nothing told twice.

use super::world::{World, passphrase};
use pollster::block_on;
use protocol::sync::{SyncHappened, SyncTrouble};
use simulation::{Faults, Random};
use store::Fault;

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
