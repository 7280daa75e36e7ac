//! Devices that are no more: what they told is not lost, and what they left of the erased goes.

use crate::shop::{ANN, Shop};
use model::{CustomerId, Operation};
use simulation::Faults;
use sync::{Event, Path, Stop};

const DAY_MS: u64 = 24 * 3600 * 1000;

/// A shop in which a device has told three things and is no more. The others have read them.
fn shop_of_a_dead_device() -> Shop {
    let mut shop = Shop::of(3);
    for field in ["name", "note", "reason"] {
        shop.set(2, field, "canary-of-ann");
        shop.sync(2);
    }
    shop.sync_all();
    shop
}

#[test]
fn a_lost_segment_of_a_device_that_is_no_more_is_told_by_those_who_have_read_it() {
    for (head_is_there, spoilt) in [(true, None), (false, None), (true, Some("{\"v\":1,"))] {
        let mut shop = shop_of_a_dead_device();
        let dead = shop.dev(2);
        shop.devices.pop();
        let path = Path::Segment(dead, 2);
        match spoilt {
            Some(text) => shop.put(path, text),
            None => drop(shop.server.borrow_mut().files.remove(&path)),
        }
        if !head_is_there {
            shop.server.borrow_mut().files.remove(&Path::Head(dead));
        }
        let new = shop.join(9);
        shop.sync_all();
        for field in ["name", "note", "reason"] {
            assert_eq!(shop.text(new, field), "canary-of-ann", "{field} {head_is_there}");
        }
        assert_eq!(shop.hash(new), shop.hash(0));
        let events = shop.events(new);
        assert!(!events.iter().any(|it| matches!(it, Event::StandsStill(..))), "{events:?}");
    }
}

fn erase_ann(shop: &mut Shop) {
    shop.devices[0].edit(ANN, "", Operation::Delete, shop.now_ms);
    settle(shop);
}

fn settle(shop: &mut Shop) {
    for _ in 0..6 {
        for n in 0..shop.devices.len() {
            let now = shop.now_ms;
            shop.devices[n].leave_out_erased(now);
            let (_, result) = shop.try_sync(n, Faults::default());
            assert_eq!(result, Ok::<(), Stop>(()));
        }
    }
}

fn assert_clean(shop: &Shop) {
    for (path, body) in shop.all_bodies() {
        assert!(!body.contains("canary-of-ann"), "{path}: {body}");
        assert!(!body.contains(&format!("{:032x},", 1)), "{path}: a row of hers");
    }
}

#[test]
fn the_erased_leave_the_folder_of_a_device_that_has_another_name_now() {
    let mut shop = Shop::of(2);
    shop.segments_kept = 2;
    for n in 0..4 {
        shop.note(0, &format!("canary-of-ann {n}"));
        shop.sync_all();
    }
    let copy = shop.devices[0].stored.borrow().clone();
    let twin = shop.start(copy);
    for n in [0, twin] {
        shop.set(n, "name", "canary-of-ann");
        shop.sync(n);
    }
    shop.sync_all();
    assert!(shop.all_bodies().iter().any(|it| it.1.contains("canary-of-ann")));
    erase_ann(&mut shop);
    assert_clean(&shop);
    let new = shop.join(9);
    shop.sync_all();
    assert_eq!(shop.hash(new), shop.hash(0));
}

#[test]
fn the_erased_leave_the_folder_of_a_device_that_was_put_back() {
    let mut shop = Shop::of(2);
    let backup = shop.devices[1].stored.borrow().clone();
    shop.note(1, "canary-of-ann");
    shop.devices[1].import([CustomerId(1), CustomerId(2)].into(), shop.now_ms);
    shop.sync_all();
    shop.devices.pop();
    shop.start(backup);
    shop.sync_all();
    erase_ann(&mut shop);
    assert_clean(&shop);
    assert_eq!(shop.hash(0), shop.hash(1));
}

#[test]
fn the_erased_leave_the_folder_of_a_device_that_is_silent_for_long() {
    let mut shop = shop_of_a_dead_device();
    shop.segments_kept = 1;
    shop.note(2, "canary-of-ann, too");
    shop.sync_all();
    let lost = shop.devices.pop().unwrap();
    erase_ann(&mut shop);
    assert!(shop.all_bodies().iter().any(|it| it.1.contains("canary-of-ann")), "it may come back");
    shop.now_ms += 91 * DAY_MS;
    for n in 0..2 {
        shop.set(n, "other", "to be heard of");
    }
    settle(&mut shop);
    assert_clean(&shop);
    let new = shop.join(9);
    shop.sync_all();
    assert_eq!(shop.hash(new), shop.hash(0));
    // It comes back after all, with something unsent, and brings nobody back.
    shop.devices.push(lost);
    let back = shop.devices.len() - 1;
    shop.devices[back].edit(ANN, "note", Operation::Include("canary-of-ann".into()), shop.now_ms);
    settle(&mut shop);
    assert_clean(&shop);
    assert_eq!(shop.hash(back), shop.hash(0));
}
