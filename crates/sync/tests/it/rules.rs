//! The ten rules of `docs/sync-format.md`, each with what would go wrong without it.

use crate::shop::{ANN, NOW_MS, Shop};
use model::{CustomerId, DeviceId, Entity, Operation, Value};
use simulation::Faults;
use sync::{Damage, Event, Failure, Path, Place, Segment, Standstill, Stop, Told};

#[test]
fn two_devices_keep_both_edits_of_different_fields_and_show_the_conflict_of_one() {
    let mut shop = Shop::of(2);
    shop.set(0, "name", "Ann Lee");
    shop.set(0, "note", "likes tea");
    shop.now_ms += 1;
    shop.set(1, "reason", "price");
    shop.set(1, "note", "likes coffee");
    shop.sync(0);
    let events = shop.events(1);
    shop.sync_all();
    for n in 0..2 {
        assert_eq!(shop.text(n, "name"), "Ann Lee");
        assert_eq!(shop.text(n, "reason"), "price");
        assert_eq!(shop.text(n, "note"), "likes coffee");
    }
    let conflicts: Vec<_> = events.iter().filter(|it| matches!(it, Event::Conflict(_))).collect();
    let [Event::Conflict(conflict)] = conflicts[..] else { panic!("{events:?}") };
    assert_eq!((&conflict.entity, conflict.field.as_str()), (&ANN, "note"));
    assert_eq!(conflict.mine.1, Value::Text("likes coffee".to_owned()));
    assert_eq!(conflict.theirs.1, Value::Text("likes tea".to_owned()));
}

#[test]
fn an_edit_made_knowing_the_other_is_no_conflict() {
    let mut shop = Shop::of(2);
    shop.note(0, "one");
    shop.sync(0);
    shop.sync(1);
    shop.note(1, "two");
    shop.sync(1);
    assert_eq!(shop.events(0), []);
    assert_eq!(shop.text(0, "note"), "two");
}

/// Rule 1: A segment counts as stored once it was read back as it was written.
#[test]
fn rule_1_half_a_file_is_written_again_and_never_read() {
    let mut shop = Shop::of(2);
    shop.note(0, "likes tea");
    let half = Faults { half: 100, ..Faults::default() };
    let (_, result) = shop.try_sync(0, half);
    assert_eq!(result, Err(Stop::Failure(Failure::Unreachable)));
    let path = Path::Segment(shop.dev(0), 1);
    assert!(shop.file(path).is_some(), "half of it is there");
    let events = shop.events(1);
    let damaged = Standstill::Damaged { seq: 1, damage: Damage::Foreign };
    assert!(events.contains(&Event::StandsStill(shop.dev(0), damaged)), "{events:?}");
    assert_eq!(shop.text(1, "note"), "");
    shop.sync(0);
    shop.sync(1);
    assert_eq!(shop.text(1, "note"), "likes tea");
}

/// Rule 2: Where the own next segment is somebody else's, this device is a copy: it takes another name.
#[test]
fn rule_2_a_copied_device_goes_on_under_a_new_name_and_nothing_is_lost() {
    let mut shop = Shop::of(2);
    shop.note(0, "before");
    shop.sync(0);
    let copy = shop.devices[0].stored.borrow().clone();
    let twin = shop.start(copy);
    shop.set(0, "name", "of the one");
    shop.set(twin, "reason", "of the other");
    shop.sync(0);
    let from = shop.dev(twin);
    let events = shop.events(twin);
    assert!(events.iter().any(|it| matches!(it, Event::Renamed { from: it, .. } if *it == from)));
    shop.sync_all();
    for n in 0..3 {
        assert_eq!(shop.text(n, "name"), "of the one", "{n}");
        assert_eq!(shop.text(n, "reason"), "of the other", "{n}");
        assert_eq!(shop.hash(n), shop.hash(0));
    }
    assert_ne!(shop.dev(0), shop.dev(twin));
}

#[test]
fn rule_2_a_device_put_back_from_a_backup_goes_on_under_a_new_name() {
    let mut shop = Shop::of(2);
    let backup = shop.devices[0].stored.borrow().clone();
    shop.note(0, "after the backup");
    shop.sync(0);
    shop.devices.remove(0);
    let back = shop.start(backup);
    shop.set(back, "name", "since");
    shop.sync_all();
    for n in 0..2 {
        assert_eq!(shop.text(n, "note"), "after the backup", "{n}");
        assert_eq!(shop.text(n, "name"), "since", "{n}");
    }
}

/// Rule 3: Whoever reads stops at what is missing or damaged, and never passes it over.
#[test]
fn rule_3_reading_stands_still_at_a_gap() {
    let mut shop = Shop::of(2);
    for text in ["one", "two", "three"] {
        shop.note(0, text);
        shop.sync(0);
    }
    let path = Path::Segment(shop.dev(0), 2);
    let second = shop.server.borrow_mut().files.remove(&path).unwrap();
    let missing = Event::StandsStill(shop.dev(0), Standstill::Missing { seq: 2 });
    assert!(shop.events(1).contains(&missing));
    assert_eq!(shop.text(1, "note"), "one");
    shop.put(path, second);
    assert_eq!(shop.events(1), []);
    assert_eq!(shop.text(1, "note"), "three");
}

/// Rule 4: What is missing on the server is never taken for deleted.
#[test]
fn rule_4_an_emptied_server_stops_sync_and_is_filled_again_when_asked() {
    let mut shop = Shop::of(2);
    shop.note(0, "likes tea");
    shop.sync_all();
    let before = shop.hash(0);
    shop.server.borrow_mut().files.clear();
    let (_, result) = shop.try_sync(0, Faults::default());
    assert_eq!(result, Err(Stop::Emptied));
    assert_eq!(shop.hash(0), before);
    let (_, result) = shop.round(0, Faults::default(), true);
    assert_eq!(result, Ok(()));
    let new = shop.join(9);
    shop.sync_all();
    assert_eq!(shop.text(new, "note"), "likes tea");
    assert_eq!(shop.hash(new), before);
}

#[test]
fn rule_4_a_server_put_back_to_an_older_day_is_told_again_what_it_lost() {
    let mut shop = Shop::of(3);
    let old = shop.server.borrow().clone();
    shop.note(0, "of a device that is no more");
    shop.set(1, "name", "Ann");
    shop.sync_all();
    shop.devices.remove(0);
    shop.server.borrow_mut().roll_back(&old);
    let events = shop.events(0);
    assert!(events.contains(&Event::RolledBack { missing: 1 }), "{events:?}");
    let new = shop.join(9);
    shop.sync_all();
    assert_eq!(shop.text(new, "note"), "of a device that is no more");
    assert_eq!(shop.text(new, "name"), "Ann");
}

#[test]
fn rule_4_a_server_that_kept_the_newest_and_lost_what_is_before_is_told_again() {
    let mut shop = Shop::of(2);
    for text in ["one", "two", "three"] {
        shop.note(0, text);
        shop.sync(0);
    }
    let first = Path::Segment(shop.dev(0), 1);
    shop.server.borrow_mut().files.remove(&first);
    let events = shop.events(0);
    assert!(events.contains(&Event::RolledBack { missing: 1 }), "{events:?}");
    shop.sync(1);
    assert_eq!(shop.text(1, "note"), "three");
}

#[test]
fn rule_4_rows_that_the_server_lost_are_written_again_by_whoever_has_them() {
    let mut shop = Shop::of(2);
    shop.devices[0].import([CustomerId(1), CustomerId(2)].into(), NOW_MS);
    shop.sync(0);
    shop.server.borrow_mut().files.retain(|path, _| !matches!(path, Path::Part(_)));
    let events = shop.events(1);
    assert!(events.iter().any(|it| matches!(it, Event::PartMissing(_))), "{events:?}");
    shop.sync_all();
    assert_eq!(shop.devices[1].stored.borrow().live_imports().len(), 1);
    assert_eq!(shop.hash(0), shop.hash(1));
}

#[test]
fn rule_4_whoever_has_told_something_can_be_found() {
    let mut shop = Shop::of(1);
    let before = shop.server.borrow().clone();
    let faults = Faults { lost_request: 5, lost_reply: 5, ..Faults::default() };
    let mut told = 0;
    for dev in 2..60 {
        shop.server.borrow_mut().roll_back(&before);
        let n = shop.join(dev);
        shop.note(n, "likes tea");
        let _ = shop.try_sync(n, faults);
        if shop.file(Path::Segment(DeviceId(dev), 1)).is_some() {
            told += 1;
            assert!(shop.file(Path::Head(DeviceId(dev))).is_some(), "{dev}");
            let roster = sync::Roster::parse(&shop.file(Path::Roster).unwrap()).unwrap();
            assert!(roster.devices().any(|it| it == DeviceId(dev)), "{dev}");
        }
    }
    assert!(told > 5, "{told}");
}

#[test]
fn rule_4_another_shop_at_the_address_stops_sync() {
    let mut shop = Shop::of(1);
    let other = sync::Vault::open(&mut shop.random);
    shop.put(Path::Vault, other.text());
    assert_eq!(shop.try_sync(0, Faults::default()).1, Err(Stop::OtherVault));
}

/// Rule 5: A clock that is wrong by a year stops nothing; one that is wrong by more than ten is asked
/// about.
#[test]
fn rule_5_a_clock_a_year_ahead_keeps_the_order_of_edits_and_stops_nobody() {
    const YEAR_MS: u64 = 365 * 24 * 3600 * 1000;
    let mut shop = Shop::of(2);
    shop.now_ms = NOW_MS + YEAR_MS;
    shop.note(0, "by a clock that is ahead");
    shop.now_ms = NOW_MS;
    shop.sync(0);
    assert_eq!(shop.events(1), []);
    // Later in truth, though its own clock says earlier.
    shop.note(1, "the later word");
    shop.sync(1);
    shop.sync(0);
    assert_eq!(shop.text(0, "note"), "the later word");

    shop.now_ms = NOW_MS + 30 * YEAR_MS;
    shop.note(0, "out of this century");
    shop.sync(0);
    shop.now_ms = NOW_MS;
    let future = Standstill::Damaged { seq: 2, damage: Damage::Future };
    let events = shop.events(1);
    assert!(events.contains(&Event::StandsStill(shop.dev(0), future)), "{events:?}");
}

/// Rule 6: Edits are fields; numbers add, words are sets, and what is erased stays erased.
#[test]
fn rule_6_numbers_add_up_words_come_together_and_the_erased_do_not_come_back() {
    let mut shop = Shop::of(2);
    for n in 0..2 {
        shop.devices[n].edit(ANN, "points", Operation::Add(10 + n as i64), NOW_MS);
        let word = Operation::Include(["vip", "tea"][n].to_owned());
        shop.devices[n].edit(ANN, "tags", word, NOW_MS);
    }
    shop.sync_all();
    let state = format!("{:?}", shop.devices[0].stored.borrow());
    assert!(state.contains("\"vip\"") && state.contains("\"tea\""));
    assert_eq!(shop.hash(0), shop.hash(1));

    shop.devices[0].edit(ANN, "", Operation::Delete, NOW_MS);
    shop.note(1, "written while the other erased");
    shop.sync_all();
    for n in 0..2 {
        assert_eq!(shop.text(n, "note"), "", "{n}");
        assert!(shop.devices[n].stored.borrow().erased().eq([CustomerId(1)]), "{n}");
    }
}

/// Rule 7: Own segments go once a snapshot covers them and everybody has read them.
#[test]
fn rule_7_segments_go_when_a_snapshot_covers_them_and_new_devices_begin_with_it() {
    let mut shop = Shop::of(2);
    shop.segments_kept = 3;
    for n in 0..6 {
        shop.note(0, &format!("note {n}"));
        shop.sync(0);
    }
    assert_eq!(shop.segments_of(0), [1, 2, 3, 4, 5, 6], "the other has not read them");
    shop.sync_all();
    assert!(shop.segments_of(0).len() < 6, "{:?}", shop.segments_of(0));
    let new = shop.join(9);
    shop.sync(new);
    assert_eq!(shop.text(new, "note"), "note 5");
    assert_eq!(shop.hash(new), shop.hash(0));
}

#[test]
fn rule_7_a_device_silent_for_ninety_days_is_not_waited_for_and_still_gets_all() {
    let mut shop = Shop::of(3);
    shop.segments_kept = 2;
    shop.note(2, "unsent for half a year");
    for n in 0..6 {
        shop.set(0, "name", &format!("Ann {n}"));
        shop.sync(0);
        shop.sync(1);
    }
    shop.now_ms += 91 * 24 * 3600 * 1000;
    for _ in 0..3 {
        shop.set(1, "reason", "to be heard of");
        shop.sync(1);
        shop.sync(0);
    }
    assert!(!shop.segments_of(0).contains(&1), "{:?}", shop.segments_of(0));
    shop.sync_all();
    for n in 0..3 {
        assert_eq!(shop.text(n, "name"), "Ann 5");
        assert_eq!(shop.text(n, "note"), "unsent for half a year");
        assert_eq!(shop.hash(n), shop.hash(0));
    }
}

#[test]
fn rule_7_what_was_written_of_the_erased_leaves_the_server_and_a_zombie_brings_nothing_back() {
    let mut shop = Shop::of(3);
    for n in 0..3 {
        shop.set(n, ["name", "note", "reason"][n], "canary-of-ann");
    }
    shop.devices[0].import([CustomerId(1), CustomerId(2)].into(), NOW_MS);
    shop.sync_all();
    // One device writes more of her and is then away while she is erased.
    shop.note(2, "canary-of-ann again");
    shop.devices[0].edit(ANN, "", Operation::Delete, shop.now_ms);
    for _ in 0..6 {
        for n in 0..3 {
            let now = shop.now_ms;
            shop.devices[n].leave_out_erased(now);
            shop.sync(n);
        }
    }
    for n in 0..3 {
        assert!(!shop.devices[n].stored.borrow().replica.erasure_is_due(), "{n}");
        assert_eq!(shop.text(n, "note"), "");
    }
    for (path, body) in shop.all_bodies() {
        assert!(!body.contains("canary-of-ann"), "{path}: {body}");
        assert!(!body.contains(&format!("{:032x},", 1)), "{path}: a row of hers");
    }
}

/// Rule 8: Waiting is tested where it is worked out, in `patience`; here: what is queued stays.
#[test]
fn rule_8_what_could_not_be_sent_is_sent_when_the_server_is_back() {
    let mut shop = Shop::of(2);
    shop.note(0, "likes tea");
    let busy = Faults { busy: 100, ..Faults::default() };
    let (_, result) = shop.try_sync(0, busy);
    assert_eq!(result, Err(Stop::Failure(Failure::Busy { retry_after_s: Some(1) })));
    shop.sync(0);
    shop.sync(1);
    assert_eq!(shop.text(1, "note"), "likes tea");
}

#[test]
fn rule_8_a_lost_reply_makes_no_second_segment() {
    let mut shop = Shop::of(2);
    shop.devices[0].edit(ANN, "points", Operation::Add(1), NOW_MS);
    let lost = Faults { lost_reply: 30, ..Faults::default() };
    for _ in 0..60 {
        if shop.try_sync(0, lost).1.is_ok() {
            break;
        }
    }
    shop.sync_all();
    assert_eq!(shop.segments_of(0), [1]);
    assert_eq!(shop.hash(0), shop.hash(1));
}

/// Rule 9: A page with status 200 is an error, not an empty server.
#[test]
fn rule_9_a_sign_in_page_is_no_empty_server() {
    let mut shop = Shop::of(2);
    shop.note(0, "likes tea");
    shop.sync(0);
    let page = Faults { page: 100, ..Faults::default() };
    assert_eq!(shop.try_sync(1, page).1, Err(Stop::Failure(Failure::Foreign)));
    shop.sync(1);
    assert_eq!(shop.text(1, "note"), "likes tea");
}

#[test]
fn deletions_of_many_from_afar_wait_for_a_word() {
    let mut shop = Shop::of(2);
    for id in 1..=101 {
        let entity = Entity::Customer(CustomerId(id));
        shop.devices[0].edit(entity, "note", Operation::Set(Value::Flag(true)), NOW_MS);
    }
    shop.sync_all();
    for id in 1..=101 {
        let entity = Entity::Customer(CustomerId(id));
        shop.devices[0].edit(entity, "", Operation::Delete, NOW_MS);
    }
    shop.sync(0);
    let dev = shop.dev(0);
    let events = shop.events(1);
    let held = events.iter().any(|event| {
        matches!(event, Event::StandsStill(of, Standstill::Deletes { customers: 101, .. }) if *of == dev)
    });
    assert!(held, "{events:?}");
    assert_eq!(shop.devices[1].stored.borrow().erased().count(), 0);
    shop.devices[1].stored.borrow_mut().replica.confirm_deletes(dev);
    shop.sync(1);
    assert_eq!(shop.devices[1].stored.borrow().erased().count(), 101);
}

#[test]
fn joining_where_there_is_nothing_says_so() {
    let mut shop = Shop::of(0);
    let n = shop.join(2);
    assert_eq!(shop.try_sync(n, Faults::default()).1, Err(Stop::NoVault));
}

#[test]
fn a_segment_of_a_newer_program_stops_reading_and_says_so() {
    let mut shop = Shop::of(2);
    let place = Place { vault: shop.vault.vault, dev: shop.dev(0), seq: 1 };
    let told = Told::default();
    let segment = Segment::write(place, None, &told, None, &mut shop.random);
    shop.put(Path::Segment(shop.dev(0), 1), segment.text().replace("\"schema\":1", "\"schema\":2"));
    let too_new = Standstill::Damaged { seq: 1, damage: Damage::TooNew };
    assert!(shop.events(1).contains(&Event::StandsStill(DeviceId(1), too_new)));
}
