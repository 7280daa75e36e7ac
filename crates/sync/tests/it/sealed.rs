//! Sealed vaults: what a server can try, and that it is found out.

use crate::shop::Shop;
use model::DeviceId;
use proptest::prelude::*;
use simulation::Random;
use sync::{Damage, DataKey, Event, KeyError, Path, Place, Segment, Standstill, Told, Vault, Work};

#[test]
fn a_passphrase_opens_the_key_and_no_other_does() {
    let mut random = Random::new(1);
    let (vault, key) = Vault::sealed("four common words", Work::LEAST, &mut random).unwrap();
    let read = Vault::parse(&vault.text()).unwrap();
    assert_eq!(read.key("four common words"), Ok(Some(key.clone())));
    assert_eq!(read.key("four common word"), Err(KeyError::WrongPassphrase));
    let other = vault.with_passphrase(&key, "another", Work::LEAST, &mut random).unwrap();
    assert_eq!(other.key("another"), Ok(Some(key.clone())));
    assert_eq!(other.key("four common words"), Err(KeyError::WrongPassphrase));
    // A server that asks for less work could guess passphrases from what it is then sent.
    let weak = vault.text().replace("\"m\":19456", "\"m\":8");
    assert_eq!(Vault::parse(&weak).unwrap().key("four common words"), Err(KeyError::TooWeak));
}

#[test]
fn the_recovery_code_is_the_key_and_a_slip_of_the_pen_is_seen() {
    let key = DataKey::new(&mut Random::new(2));
    let code = key.recovery_code();
    assert_eq!(code.len(), 79);
    assert_eq!(DataKey::recover(&code), Ok(key.clone()));
    assert_eq!(DataKey::recover(&code.to_lowercase().replace('-', " ")), Ok(key));
    for place in 0..code.len() {
        let mut slip: Vec<u8> = code.bytes().collect();
        slip[place] = if slip[place] == b'A' { b'B' } else { b'A' };
        let slip = String::from_utf8(slip).unwrap();
        assert_eq!(DataKey::recover(&slip), Err(KeyError::Mistyped), "{slip}");
    }
}

/// Everything that a server can make of the files that it holds without the key.
#[test]
fn whatever_a_server_swaps_replays_or_changes_is_not_applied() {
    let mut shop = Shop::sealed(3);
    for (n, text) in [(0, "one"), (0, "two"), (0, "three"), (1, "of the second")] {
        shop.note(n, text);
        shop.sync(n);
    }
    let (first, second) = (shop.dev(0), shop.dev(1));
    let file = |shop: &Shop, dev, seq| shop.file(Path::Segment(dev, seq)).unwrap();
    let good = file(&shop, first, 2);
    let open = {
        let place = Place { vault: shop.vault.vault, dev: first, seq: 2 };
        let one = Place { seq: 1, ..place };
        let prev = Segment::parse(one, &file(&shop, first, 1)).unwrap().id();
        Segment::write(place, Some(prev), &Told::default(), None, &mut shop.random).text()
    };
    let renumbered = file(&shop, first, 1).replace("\"seq\":1", "\"seq\":2");
    let of_another = file(&shop, second, 1)
        .replace("\"seq\":1", "\"seq\":2")
        .replace(&format!("{:016x}", second.0), &format!("{:016x}", first.0));
    let unchained = {
        let mut value: serde_json::Value = serde_json::from_str(&good).unwrap();
        value["prev"] = serde_json::json!("");
        value.to_string()
    };
    let forged = {
        let stranger = DataKey::new(&mut shop.random);
        let place = Place { vault: shop.vault.vault, dev: first, seq: 2 };
        let told = Told::default();
        Segment::write(place, None, &told, Some(&stranger), &mut shop.random).text()
    };
    let tries = [
        ("an older segment in place of a newer", file(&shop, first, 1), Damage::Misplaced),
        ("the same, renumbered", renumbered, Damage::Sealed),
        ("another device's, renamed", of_another, Damage::Sealed),
        ("cut off from the one before", unchained, Damage::Sealed),
        ("one without a seal", open, Damage::Sealed),
        ("one of another key", forged, Damage::UnknownKey),
        ("half of it", good[..good.len() / 2].to_owned(), Damage::Foreign),
    ];
    for (what, text, damage) in tries {
        let new = shop.join(20 + damage as u64);
        shop.put(Path::Segment(first, 2), text);
        let events = shop.events(new);
        let why = Standstill::Damaged { seq: 2, damage };
        assert!(events.contains(&Event::StandsStill(first, why)), "{what}: {events:?}");
        assert_ne!(shop.text(new, "note"), "three", "{what}");
        shop.put(Path::Segment(first, 2), good.clone());
        shop.devices.truncate(3);
    }
}

#[test]
fn a_head_without_the_mark_of_the_key_is_not_believed() {
    let mut shop = Shop::sealed(2);
    shop.note(0, "one");
    shop.sync_all();
    let path = Path::Head(shop.dev(0));
    let head = shop.file(path).unwrap();
    // Told to be a copy, a device would take another name again and again.
    shop.put(path, head.replace("\\\"seq\\\":1", "\\\"seq\\\":9"));
    let events = shop.events(0);
    assert!(!events.iter().any(|it| matches!(it, Event::Renamed { .. })), "{events:?}");
}

#[test]
fn nothing_that_was_said_can_be_read_on_the_server() {
    let mut shop = Shop::sealed(2);
    for n in 0..20 {
        shop.note(n % 2, &format!("canary {n} of Ann"));
        shop.sync(n % 2);
    }
    shop.segments_kept = 3;
    shop.sync_all();
    for (path, text) in &shop.server.borrow().files {
        assert!(!text.contains("canary") && !text.contains("note"), "{path}");
    }
}

proptest! {
    #[test]
    fn a_segment_with_any_letter_changed_is_refused(place in 0_usize..10_000, by in 1_u8..94) {
        let mut random = Random::new(3);
        let key = DataKey::new(&mut random);
        let vault = Vault::open(&mut random).vault;
        let at = Place { vault, dev: DeviceId(1), seq: 1 };
        let segment = Segment::write(at, None, &Told::default(), Some(&key), &mut random);
        let mut bytes = segment.text().into_bytes();
        let place = place % bytes.len();
        bytes[place] = b'!' + (bytes[place].saturating_sub(b'!') + by) % 94;
        let changed = String::from_utf8(bytes).unwrap();
        let read = Segment::parse(at, &changed).and_then(|it| it.open(Some(&key)).map(|_| it));
        // What says the same in other letters is the same.
        if let Ok(same) = read {
            prop_assert_eq!(same.id(), segment.id());
        }
    }

    #[test]
    fn any_text_at_all_is_read_without_a_panic(text in ".{0,400}") {
        let at = Place { vault: sync::VaultId(1), dev: DeviceId(1), seq: 1 };
        let _ = Segment::parse(at, &text).and_then(|it| it.open(None));
        let _ = sync::Head::parse(DeviceId(1), &text, None);
        let _ = sync::Roster::parse(&text);
        let _ = Vault::parse(&text);
        let _ = DataKey::recover(&text);
    }
}
