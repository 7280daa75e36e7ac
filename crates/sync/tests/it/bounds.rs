//! How large numbers and files may be.

use model::{Change, DeviceId, Entity, Hlc, Operation, Origin, Value};
use simulation::Random;
use sync::{
    DataKey, Digest, Head, LARGEST, Op, Part, PartOf, Path, Place, Roster, Segment, Told, Vault,
};

fn place(seq: u64) -> Place {
    Place { vault: sync::VaultId(1), dev: DeviceId(1), seq }
}

fn read(text: &str) -> Result<Told, sync::Damage> {
    Segment::parse(place(1), text)?.open(None)
}

/// A segment with this body, as another program might write it.
fn segment(body: &str) -> String {
    let h = Digest::of([body.as_bytes()]);
    serde_json::json!({
        "v": 1, "vault": format!("{:032x}", 1), "dev": format!("{:016x}", 1), "seq": 1, "prev": "",
        "schema": 1, "kid": "", "b": body, "h": h,
    })
    .to_string()
}

#[test]
fn numbers_that_not_every_program_reads_exactly_are_refused() {
    let too_large = LARGEST + 1;
    let op = |ms: u64, bytes: u64| {
        format!(
            "{{\"ops\":[{{\"import\":\"{ms}-0-0000000000000001\",\"edition\":\"1-0-0000000000000001\",\
             \"about\":\"\",\"parts\":[{{\"name\":\"{}\",\"bytes\":{bytes}}}]}}]}}",
            Digest([1; 32])
        )
    };
    let seen = |seq: u64| format!("{{\"seen\":{{\"0000000000000002\":{seq}}},\"ops\":[]}}");
    for (good, bad) in [
        (op(LARGEST, 1), op(too_large, 1)),
        (op(1, LARGEST), op(1, too_large)),
        (seen(LARGEST), seen(too_large)),
    ] {
        assert!(read(&segment(&good)).is_ok(), "{good}");
        for bad in [&bad, &good.replace(&LARGEST.to_string(), "18446744073709551616")] {
            assert_eq!(read(&segment(bad)), Err(sync::Damage::Content), "{bad}");
        }
    }
    let head = |seq| {
        let none = &std::collections::BTreeSet::new();
        let (seen, waits) = ([(DeviceId(2), seq)].into(), [(DeviceId(3), seq)].into());
        let head = Head::new(DeviceId(1), (seq, None), seen, None, &[].into(), (none, waits));
        Head::parse(DeviceId(1), &head.text(None), None)
    };
    assert!(head(LARGEST).is_ok());
    assert_eq!(head(too_large), Err(sync::Damage::Content));
    assert_eq!(Path::parse(&format!("v1/d/{:016x}/{too_large}.json", 1)), None);
}

#[test]
fn files_longer_than_any_of_their_kind_are_refused_before_they_are_read() {
    let long = |json: &str, bytes: usize| format!("{json}{}", " ".repeat(bytes - json.len()));
    let vault = Vault::open(&mut Random::new(1)).text();
    assert!(Vault::parse(&long(&vault, 64 << 10)).is_ok());
    assert_eq!(Vault::parse(&long(&vault, (64 << 10) + 1)), Err(sync::Damage::TooLong));
    let roster = Roster::default().text();
    assert!(Roster::parse(&long(&roster, 256 << 10)).is_ok());
    assert_eq!(Roster::parse(&long(&roster, (256 << 10) + 1)), Err(sync::Damage::TooLong));
    let none = &std::collections::BTreeSet::new();
    let asks = (none, sync::Seen::new());
    let head = Head::new(DeviceId(1), (0, None), [].into(), None, &[].into(), asks).text(None);
    assert!(Head::parse(DeviceId(1), &long(&head, 256 << 10), None).is_ok());
    let too_long = Head::parse(DeviceId(1), &long(&head, (256 << 10) + 1), None);
    assert_eq!(too_long, Err(sync::Damage::TooLong));
}

#[test]
fn bodies_that_unpack_to_more_than_any_of_their_kind_are_refused() {
    let mut random = Random::new(1);
    let key = DataKey::new(&mut random);
    for key in [None, Some(&key)] {
        let note = |bytes: usize| {
            let operation = Operation::Set(Value::Text("a".repeat(bytes)));
            let stamp = Hlc { ms: 1, counter: 0, device: DeviceId(1) };
            let (entity, field) = (Entity::Shop, "note".to_owned());
            Op::Change(Change { stamp, origin: Origin::Person, entity, field, operation })
        };
        let mut opened = |bytes| {
            let told = Told { ops: vec![note(bytes)], ..Told::default() };
            let text = Segment::write(place(1), None, &told, key, &mut random).text();
            Segment::parse(place(1), &text).unwrap().open(key)
        };
        assert!(opened(7 << 20).is_ok());
        assert!(opened(8 << 20).is_err());
        let of = PartOf::State(DeviceId(1));
        let mut part = |bytes| {
            let body = vec![0; bytes];
            Part::write(sync::VaultId(1), of, &body, key, &mut random).open(key)
        };
        assert!(part(32 << 20).is_ok());
        assert!(part((32 << 20) + 1).is_err());
    }
}
