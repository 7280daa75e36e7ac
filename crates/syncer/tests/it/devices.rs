//! What one device does arrives at the others, whole.

use super::world::{World, passphrase};
use pollster::block_on;
use protocol::sync::{SyncHappened, SyncPhase, SyncSecret, SyncTrouble};
use syncer::Outcome;

#[test]
fn what_is_done_on_one_device_is_there_on_the_other() {
    for secret in [SyncSecret::None, passphrase()] {
        let mut world = World::new();
        let mut one = world.browser();
        one.set("note", "likes oolong");
        one.import("march", 3);
        world.join(&mut one, &secret).unwrap();
        world.rounds(&mut [&mut one]);
        let mut other = world.joined(&secret);
        world.rounds(&mut [&mut one, &mut other]);
        assert_eq!(other.text("note"), "likes oolong");
        assert_eq!(other.orders(), one.orders());

        other.import("april", 100_000);
        other.set("city", "Kunming");
        one.set("note", "likes pu'er");
        world.rounds(&mut [&mut one, &mut other]);
        for browser in [&one, &other] {
            assert_eq!((browser.text("note"), browser.text("city")), ("likes pu'er", "Kunming"));
            assert_eq!(browser.orders().len(), 2);
            assert_eq!(browser.orders()[1].1.len(), 100_000);
        }
        let came =
            |it: &SyncHappened| matches!(it, SyncHappened::ImportCame { file } if file == "april");
        assert!(one.happened().iter().any(came));

        let march = one.tab.manifest().batches[0].id;
        block_on(one.tab.remove_batch(march, one.now_ms)).unwrap();
        world.rounds(&mut [&mut one, &mut other]);
        assert_eq!(other.orders(), one.orders());
        assert_eq!(other.orders().len(), 1);
    }
}

#[test]
fn nothing_new_writes_nothing_and_an_edit_is_told_once() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    world.rounds(&mut [&mut one, &mut other]);
    one.set("note", "a");
    assert!(block_on(one.sync.look()).unwrap());
    world.rounds(&mut [&mut one, &mut other]);
    assert!(!block_on(one.sync.look()).unwrap());
    let (commits, generation) = (one.disk.commits(), one.tab.manifest().generation);
    let outcome = world.round(&mut one);
    assert_eq!(outcome, Outcome { moved: false, trouble: None, failure: None });
    assert_eq!(one.disk.commits(), commits);
    block_on(one.tab.refresh()).unwrap();
    assert_eq!(one.tab.manifest().generation, generation, "sync's own notes are no news");
}

#[test]
fn both_words_of_a_conflict_are_shown_and_either_can_be_put_in_force() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    world.rounds(&mut [&mut one, &mut other]);
    one.set("note", "one");
    other.set("note", "other");
    other.set("note", "other, later");
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.text("note"), other.text("note")), ("other, later", "other, later"));
    // The one who heard of the other's word last knows of both.
    let conflicts = other.sync.view(SyncPhase::Idle).conflicts;
    let [conflict] = &conflicts[..] else { panic!("{conflicts:?}") };
    assert_eq!((&*conflict.mine.value, conflict.mine.holds), ("other, later", true));
    assert_eq!((&*conflict.theirs.value, conflict.theirs.holds), ("one", false));

    other.now_ms += 10_000;
    other.sync.host().now_ms = other.now_ms;
    block_on(other.sync.settle(conflict.id, false)).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.text("note"), other.text("note")), ("one", "one"));
    assert!(other.sync.view(SyncPhase::Idle).conflicts.is_empty());
}

#[test]
fn a_secret_that_does_not_fit_is_told() {
    let wrong = SyncSecret::Passphrase("lapsang on Fridays".to_owned());
    let short = SyncSecret::Passphrase("tea".to_owned());
    let empty = SyncSecret::Passphrase(String::new());
    let code = |it: &str| SyncSecret::Recovery(it.to_owned());
    let mut world = World::new();
    let mut browser = world.browser();
    for (secret, trouble) in [
        (&short, SyncTrouble::ShortPassphrase),
        (&empty, SyncTrouble::ShortPassphrase),
        (&code("AAAA"), SyncTrouble::NoShop),
    ] {
        assert_eq!(world.join(&mut browser, secret), Err(trouble));
    }
    assert!(world.server.borrow().files.is_empty());
    let mut founder = world.joined(&passphrase());
    world.rounds(&mut [&mut founder]);
    let recovery = founder.sync.recovery().unwrap();
    let mut mistyped = recovery.clone();
    mistyped.replace_range(0..1, if recovery.starts_with('A') { "B" } else { "A" });
    for (secret, trouble) in [
        (&SyncSecret::None, SyncTrouble::PassphraseWanted),
        (&wrong, SyncTrouble::WrongPassphrase),
        (&code(&mistyped), SyncTrouble::WrongCode),
    ] {
        assert_eq!(world.join(&mut browser, secret), Err(trouble));
    }
    world.join(&mut browser, &code(&recovery.to_lowercase())).unwrap();
    world.rounds(&mut [&mut founder, &mut browser]);

    let mut open = World::new();
    let mut first = open.joined(&SyncSecret::None);
    open.rounds(&mut [&mut first]);
    let mut second = open.browser();
    assert_eq!(open.join(&mut second, &passphrase()), Err(SyncTrouble::NotSealed));
}

#[test]
fn another_passphrase_opens_the_same_shop() {
    let mut world = World::new();
    let mut one = world.joined(&passphrase());
    world.rounds(&mut [&mut one]);
    assert_eq!(block_on(one.sync.change_passphrase("short")), Err(SyncTrouble::ShortPassphrase));
    block_on(one.sync.change_passphrase("jasmine in the morning")).unwrap();
    world.rounds(&mut [&mut one]);
    let mut other = world.browser();
    assert_eq!(world.join(&mut other, &passphrase()), Err(SyncTrouble::WrongPassphrase));
    let new = SyncSecret::Passphrase("jasmine in the morning".to_owned());
    world.join(&mut other, &new).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
}

#[test]
fn the_same_file_imported_on_both_stays_when_one_takes_it_back() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    let first = one.import("march", 3);
    other.import("march", 3);
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.orders().len(), other.orders().len()), (2, 2));
    block_on(one.tab.remove_batch(first, one.now_ms)).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.orders().len(), other.orders().len()), (1, 1));
}

#[test]
fn ending_leaves_the_data_and_takes_the_secrets() {
    let mut world = World::new();
    let mut one = world.joined(&passphrase());
    one.set("note", "a");
    one.import("march", 3);
    world.rounds(&mut [&mut one]);
    block_on(one.sync.end()).unwrap();
    assert!(one.sync.ledger().is_none());
    assert_eq!(world.round(&mut one).trouble, Some(SyncTrouble::Off));
    let keys = block_on(one.tab.side_keys("sync")).unwrap();
    assert!(keys.is_empty(), "{keys:?}");
    assert_eq!((one.text("note"), one.orders().len()), ("a", 1));
}

#[test]
fn an_import_taken_back_before_sync_begins_does_not_come_back() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    let march = one.import("march", 3);
    world.rounds(&mut [&mut one, &mut other]);
    block_on(one.sync.end()).unwrap();
    block_on(one.tab.remove_batch(march, one.now_ms)).unwrap();
    world.join(&mut one, &passphrase()).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.orders().len(), other.orders().len()), (0, 0));
}

#[test]
fn deleting_everything_on_one_device_takes_nothing_from_the_others() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    one.import("march", 3);
    one.set("note", "a");
    world.rounds(&mut [&mut one, &mut other]);
    block_on(one.tab.erase_all()).unwrap();
    assert_eq!(world.round(&mut one).trouble, Some(SyncTrouble::Off));
    assert!(one.sync.ledger().is_none());
    assert!(one.disk.records().iter().all(|(key, _)| !key.starts_with("sync")));
    world.rounds(&mut [&mut other]);
    assert_eq!((other.orders().len(), other.text("note")), (1, "a"));
    world.join(&mut one, &passphrase()).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!((one.orders(), one.text("note")), (other.orders(), "a"));
}
