//! Files that are spoilt, pages in place of files, and devices that cannot keep what they know.

use crate::shop::{ANN, NOW_MS, Shop};
use model::{DeviceId, Operation};
use simulation::{Faults, Link};
use std::cell::Cell;
use sync::{
    Damage, Event, Failure, Path, Place, Remote, Segment, Standstill, Stop, Told, Vault, Work,
};

#[test]
fn half_a_vaults_file_is_written_again_by_whoever_has_read_it() {
    let mut shop = Shop::of(2);
    let whole = shop.file(Path::Vault).unwrap();
    for end in [0, 1, 30, whole.len() - 1] {
        shop.put(Path::Vault, &whole[..end]);
        let new = shop.join(90 + end as u64);
        assert_eq!(shop.try_sync(new, Faults::default()).1, Err(Stop::HalfVault), "{end}");
        assert!(shop.events(1).contains(&Event::VaultMended), "{end}");
        assert_eq!(shop.file(Path::Vault), Some(whole.clone()));
        shop.sync(new);
    }
    // Somebody else's page or answer is not written over.
    for page in ["<!doctype html><title>Sign in</title>", "{\"error\":\"not found\"}", "[1, 2]"] {
        shop.put(Path::Vault, page);
        assert_eq!(shop.try_sync(0, Faults::default()).1, Err(Stop::Failure(Failure::Foreign)));
        assert_eq!(shop.file(Path::Vault).as_deref(), Some(page));
    }
}

#[test]
fn a_new_passphrase_reaches_the_server_and_the_others_whatever_is_cut_off() {
    let mut shop = Shop::sealed(0);
    let (vault, key) = Vault::sealed("old words", Work::LEAST, &mut shop.random).unwrap();
    (shop.vault, shop.key) = (vault.clone(), Some(key.clone()));
    for dev in [1, 2] {
        let n = shop.join(dev);
        shop.sync(n);
    }
    let new = vault.with_passphrase(&key, "new words", Work::LEAST, &mut shop.random).unwrap();
    assert!(shop.devices[0].stored.borrow_mut().replica.change_passphrase(&new));
    let half = Faults { half: 100, ..Faults::default() };
    assert!(shop.try_sync(0, half).1.is_err());
    // The other mends the file with what it knows, and the one says its word again.
    shop.sync(1);
    shop.sync(0);
    assert_eq!(shop.file(Path::Vault), Some(new.text()));
    assert!(shop.events(1).contains(&Event::PassphraseChanged));
    assert_eq!(shop.events(1), []);
    shop.put(Path::Vault, &new.text()[..99]);
    shop.sync(1);
    let there = Vault::parse(&shop.file(Path::Vault).unwrap()).unwrap();
    assert_eq!(there.key("new words"), Ok(Some(key)));
    let other = Vault::open(&mut shop.random);
    assert!(!shop.devices[0].stored.borrow_mut().replica.change_passphrase(&other));
}

/// A line on which from some request on a sign-in page answers whatever is read.
struct Portal {
    link: Link,
    until: Cell<usize>,
    page: &'static str,
}

impl Remote for Portal {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        if self.until.get() == 0 {
            return Ok(Some(self.page.to_owned()));
        }
        self.until.set(self.until.get() - 1);
        self.link.get(path).await
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        self.link.put(path, text).await
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        self.link.delete(path).await
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        self.link.devices().await
    }
}

#[test]
fn a_page_in_place_of_any_file_is_an_error_and_never_its_absence() {
    let pages = ["<!doctype html><title>Sign in</title>", "{\"error\":\"not found\"}", "[]"];
    for page in pages {
        let mut stopped = 0;
        for until in 0..80 {
            let mut shop = Shop::of(3);
            shop.segments_kept = 1;
            shop.devices[2].import([model::CustomerId(7)].into(), NOW_MS);
            for n in [0, 1, 0, 1, 2] {
                shop.note(n, "likes tea");
                shop.sync(n);
            }
            shop.sync_all();
            shop.note(0, "likes coffee");
            let before = shop.server.borrow().files.clone();
            let link = shop.link(Faults::default());
            let portal = Portal { link, until: Cell::new(until), page };
            let (report, result) = shop.round_over(0, &portal, true);
            let alarms = report.events.iter().filter(|it| !matches!(it, Event::Met(_)));
            assert_eq!(alarms.collect::<Vec<_>>(), [] as [&Event; 0], "{page} {until}");
            if result.is_ok() {
                continue;
            }
            stopped += 1;
            assert_eq!(result, Err(Stop::Failure(Failure::Foreign)), "{page} {until}");
            // Nothing that was there is gone or overwritten but by the device's own news.
            let own = [Path::Head(shop.dev(0))];
            for (path, text) in before.iter().filter(|it| !own.contains(it.0)) {
                assert_eq!(shop.file(*path).as_ref(), Some(text), "{page} {until}: {path}");
            }
            assert_eq!(shop.dev(0), DeviceId(1));
            shop.sync_all();
            assert_eq!(shop.text(1, "note"), "likes coffee");
        }
        assert!(stopped > 10, "{stopped}");
    }
}

#[test]
fn a_file_that_is_spoilt_for_good_is_written_again_by_its_owner() {
    let garbage = ["", "<html>", "{\"some\":\"thing\"}", "{\"devices\":[\"0000000000000002\",\"00"];
    for garbage in garbage {
        let dev = DeviceId(1);
        for path in [Path::Roster, Path::Head(dev), Path::Segment(dev, 1)] {
            let mut shop = Shop::of(2);
            shop.note(0, "likes tea");
            shop.sync_all();
            let whole = shop.file(path).unwrap();
            shop.put(path, garbage);
            shop.sync_all();
            let there = shop.file(path).unwrap();
            assert!(there.len() >= whole.len(), "{path}: {there} for {garbage}");
            assert_eq!(shop.dev(0), dev);
            let new = shop.join(9);
            shop.sync(new);
            assert_eq!(shop.text(new, "note"), "likes tea");
        }
    }
}

#[test]
fn a_segment_of_a_newer_program_under_the_own_name_is_not_written_over() {
    let mut shop = Shop::of(2);
    shop.note(0, "one");
    shop.sync(0);
    let dev = shop.dev(0);
    let too_new = |shop: &mut Shop, seq| {
        let place = Place { vault: shop.vault.vault, dev, seq };
        let segment = Segment::write(place, None, &Told::default(), None, &mut shop.random);
        let text = segment.text().replace("\"schema\":1", "\"schema\":2");
        shop.put(Path::Segment(dev, seq), text.clone());
        text
    };
    let text = too_new(&mut shop, 2);
    shop.note(0, "two");
    let events = shop.events(0);
    assert!(events.iter().any(|it| matches!(it, Event::Renamed { .. })), "{events:?}");
    assert_eq!(shop.file(Path::Segment(dev, 2)), Some(text));
    shop.sync(1);
    assert_eq!(shop.text(1, "note"), "two");
}

#[test]
fn an_own_segment_that_cannot_be_read_any_more_is_not_called_sent() {
    let mut shop = Shop::of(2);
    shop.note(0, "likes tea");
    let busy = Faults { lost_request: 40, ..Faults::default() };
    while !shop.devices[0].stored.borrow().replica.is_waiting() {
        let _ = shop.try_sync(0, busy);
    }
    assert_eq!(shop.segments_of(0), [] as [u64; 0]);
    shop.change_replica(0, |replica| replica["own"]["kept"]["1"] = "spoilt".into());
    let events = shop.events(0);
    assert!(events.iter().any(|it| matches!(it, Event::Renamed { .. })), "{events:?}");
    shop.sync(1);
    assert_eq!(shop.text(1, "note"), "likes tea");
    assert!(!shop.devices[0].stored.borrow().replica.is_waiting());
}

/// Rule 5 holds for snapshots as well.
#[test]
fn a_snapshot_out_of_the_far_future_is_held_off() {
    let mut shop = Shop::of(1);
    shop.segments_kept = 0;
    shop.now_ms = NOW_MS + 30 * 365 * 24 * 3600 * 1000;
    shop.note(0, "out of this century");
    shop.sync_all();
    assert_eq!(shop.segments_of(0), [] as [u64; 0], "it is in the snapshot");
    shop.now_ms = NOW_MS;
    let new = shop.join(9);
    let events = shop.events(new);
    let future = Standstill::Damaged { seq: 1, damage: Damage::Future };
    assert!(events.contains(&Event::StandsStill(shop.dev(0), future)), "{events:?}");
    assert_eq!(shop.text(new, "note"), "");
    // Nor by what it names: whoever takes it out again would tell of it.
    let stamp = model::Hlc { ms: 1 << 52, counter: 0, device: DeviceId(5) };
    let mut shop = Shop::of(2);
    let tags = Operation::Exclude("vip".to_owned(), vec![stamp]);
    shop.devices[0].edit(ANN, "tags", tags, NOW_MS);
    shop.sync(0);
    let events = shop.events(1);
    assert!(events.contains(&Event::StandsStill(shop.dev(0), future)), "{events:?}");
}

/// What `Home::keep` promises: the next round begins with what was kept last.
#[test]
fn whenever_keeping_fails_the_next_round_tells_all_once() {
    for room in 0..20 {
        let mut shop = Shop::of(2);
        shop.devices[0].edit(ANN, "points", Operation::Add(5), NOW_MS);
        shop.note(0, "likes tea");
        shop.note(1, "likes coffee");
        shop.sync(1);
        shop.devices[0].room = Some(room);
        let (_, result) = shop.try_sync(0, Faults::default());
        assert!(matches!(result, Ok(()) | Err(Stop::Home(_))), "{room} {result:?}");
        shop.devices[0].room = None;
        shop.sync_all();
        assert_eq!(shop.segments_of(0), [1], "{room}");
        assert_eq!(shop.dev(0), DeviceId(1), "{room}");
        assert_eq!(shop.hash(0), shop.hash(1), "{room}");
        assert!(!shop.devices[0].stored.borrow().replica.is_waiting());
    }
}

#[test]
fn one_edit_in_a_quick_round_costs_four_requests_beside_looking_for_news() {
    let mut shop = Shop::of(2);
    shop.note(0, "likes tea");
    shop.sync_all();
    shop.note(0, "likes coffee");
    let counted = Counted { link: shop.link(Faults::default()), log: Cell::default() };
    let mut replica = shop.devices[0].stored.borrow().replica.clone();
    let pace = sync::Pace {
        now_ms: NOW_MS,
        thorough: false,
        key: None,
        refill: false,
        segments_kept: 200,
    };
    let round = sync::round(&mut replica, &counted, &mut shop.devices[0], pace);
    assert_eq!(pollster::block_on(round).1, Ok(()));
    // Of the other its next segment; of the own: is the place of the next free, there it is, is it
    // whole, is the one before still there.
    assert_eq!(counted.log.take(), ["GET", "GET", "PUT", "GET", "GET"]);
}

struct Counted {
    link: Link,
    log: Cell<Vec<&'static str>>,
}

impl Counted {
    fn note(&self, what: &'static str) {
        let mut log = self.log.take();
        log.push(what);
        self.log.set(log);
    }
}

impl Remote for Counted {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        self.note("GET");
        self.link.get(path).await
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        self.note("PUT");
        self.link.put(path, text).await
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        self.note("DELETE");
        self.link.delete(path).await
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        self.link.devices().await
    }
}
