//! Whoever is erased on one device is nowhere any more.

use super::world::{Browser, World, passphrase};
use model::CustomerId;
use pollster::block_on;
use protocol::sync::{SyncPhase, SyncSecret};
use store::ToErase;

/// All that a browser or the server keeps, as one text.
fn bytes_of(browser: &Browser) -> Vec<u8> {
    browser
        .disk
        .records()
        .into_iter()
        .flat_map(|(key, value)| [key.into_bytes(), value].concat())
        .collect()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|it| it == word.as_bytes())
}

#[test]
fn whoever_is_erased_on_one_device_is_nowhere_any_more() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&SyncSecret::None), world.joined(&SyncSecret::None));
    one.import("march", 3);
    world.rounds(&mut [&mut one, &mut other]);
    one.set("note", "canary-of-one");
    other.set("note", "canary-of-other");
    other.import("april", 4);
    world.rounds(&mut [&mut one, &mut other]);
    assert!(holds(&bytes_of(&one), "canary-of-one"));
    assert!(holds(&bytes_of(&other), "canary-of-other"));

    let who = ToErase { people: vec![(CustomerId(1), None)], ..ToErase::default() };
    block_on(one.tab.erase_customers(&who, one.now_ms, &mut |_, _| ())).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    world.rounds(&mut [&mut one, &mut other]);
    world.rounds(&mut [&mut one, &mut other]);
    for (name, browser) in [("one", &one), ("other", &other)] {
        for word in ["canary-of-one", "canary-of-other", "ann@example.com"] {
            assert!(!holds(&bytes_of(browser), word), "{word} in {name}");
        }
        assert_eq!(browser.orders().iter().map(|it| it.1.len()).sum::<usize>(), 0, "{name}");
    }
    let server = world.server.borrow();
    let told: Vec<String> =
        server.files.iter().filter_map(|(path, text)| opened(*path, text)).collect();
    for word in ["canary-of-one", "canary-of-other", "ann@example.com"] {
        assert!(!told.iter().any(|it| holds(it.as_bytes(), word)), "{word} on the server");
    }
    assert!(
        told.iter().any(|it| it.contains("Delete") || it.contains("delete")),
        "the server was read"
    );
}

/// What a file on the server says.
fn opened(path: sync::Path, text: &str) -> Option<String> {
    let vault = |text: &str| {
        let start = text.find("\"vault\":\"")? + 9;
        sync::VaultId::parse(text.get(start..start + 32)?)
    };
    let bytes = match path {
        sync::Path::Part(name) => {
            sync::Part::parse(vault(text)?, name, text).ok()?.open(None).ok()?
        }
        sync::Path::Segment(dev, seq) => {
            let place = sync::Place { vault: vault(text)?, dev, seq };
            let told = sync::Segment::parse(place, text).ok()?.open(None).ok()?;
            return Some(format!("{:?}", told.ops));
        }
        _ => text.as_bytes().to_vec(),
    };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn a_conflict_about_somebody_who_is_erased_here_goes_too() {
    let mut world = World::new();
    let (mut one, mut other) = (world.joined(&passphrase()), world.joined(&passphrase()));
    world.rounds(&mut [&mut one, &mut other]);
    one.set("note", "one");
    other.set("note", "other");
    world.rounds(&mut [&mut one, &mut other]);
    assert_eq!(other.sync.view(SyncPhase::Idle).conflicts.len(), 1);
    let who = ToErase { people: vec![(CustomerId(1), None)], ..ToErase::default() };
    block_on(other.tab.erase_customers(&who, other.now_ms, &mut |_, _| ())).unwrap();
    world.rounds(&mut [&mut one, &mut other]);
    assert!(other.sync.view(SyncPhase::Idle).conflicts.is_empty());
    assert!(!holds(&bytes_of(&other), "\"other\""));
}
