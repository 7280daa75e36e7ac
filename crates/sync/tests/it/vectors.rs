//! The examples of `docs/sync-format.md`, which another program has written by what stands there,
//! and its schema.

use model::{Change, CustomerId, DeviceId, Entity, Hlc, Operation, Origin, Value as Is};
use serde_json::{Value, json};
use simulation::Random;
use std::fs;
use std::path::PathBuf;
use sync::{
    DataKey, Digest, Head, Import, Op, Part, PartRef, Place, Roster, Segment, Told, Vault, VaultId,
};

fn folder() -> PathBuf {
    // Asked when run, not when built: checkouts that share a target folder share the program.
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("tests/vectors")
}

fn read(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

fn at(ms: u64, counter: u32) -> Hlc {
    Hlc { ms, counter, device: DeviceId(0x0123_4567_89ab_cdef) }
}

/// One of each kind.
fn told() -> Told {
    let ann = Entity::Customer(CustomerId(0xa11ce));
    let edit = |counter, entity: &Entity, field: &str, operation| {
        let (stamp, entity, field) = (at(1_790_000_000_000, counter), entity.clone(), field.into());
        Op::Change(Change { stamp, origin: Origin::Person, entity, field, operation })
    };
    let ops = vec![
        edit(0, &ann, "note", Operation::Set(Is::Text("likes \"oolong\" 乌龙".to_owned()))),
        edit(1, &ann, "blocked", Operation::Set(Is::Flag(true))),
        edit(2, &Entity::Shop, "opened", Operation::Set(Is::Number(-5))),
        edit(3, &ann, "points", Operation::Add(30)),
        edit(4, &ann, "tags", Operation::Include("vip".to_owned())),
        edit(5, &ann, "tags", Operation::Exclude("vip".to_owned(), vec![at(1_790_000_000_000, 4)])),
        edit(6, &Entity::Customer(CustomerId(0xb0b)), "", Operation::Delete),
        Op::Import(Import {
            id: at(1_790_000_000_000, 7),
            edition: at(1_790_000_000_000, 8),
            about: "{\"file\":\"orders.csv\"}".to_owned(),
            parts: vec![PartRef { name: Digest([7; 32]), bytes: 1024 }],
        }),
        Op::TakeBack { import: at(1_790_000_000_000, 7), at: at(1_790_000_000_001, 0) },
    ];
    Told { seen: [(DeviceId(2), 9)].into(), ops }
}

const VAULT: VaultId = VaultId(0x5eed);
fn place(seq: u64) -> Place {
    Place { vault: VAULT, dev: DeviceId(0xfeed), seq }
}

#[test]
fn the_examples_are_read_as_they_say() {
    for name in ["open.json", "sealed.json"] {
        let example = read(name);
        let text = |path: &str| example.pointer(path).and_then(Value::as_str).unwrap().to_owned();
        let key = example["recovery_code"].as_str().map(|code| DataKey::recover(code).unwrap());
        let key = key.as_ref();
        let first = Segment::parse(place(1), &text("/first/text")).unwrap();
        let second = Segment::parse(place(2), &text("/second/text")).unwrap();
        assert_eq!(first.id().to_string(), text("/first/id"));
        assert_eq!(second.id().to_string(), text("/second/id"));
        assert_eq!((first.prev(), second.prev()), (None, Some(first.id())));
        assert_eq!(first.open(key).unwrap().ops, told().ops[..1]);
        assert_eq!(second.open(key).unwrap(), told());
        let part_name = Digest::parse(&text("/part/name")).unwrap();
        let part = Part::parse(VAULT, part_name, &text("/part/text")).unwrap();
        assert_eq!(part.open(key).unwrap(), text("/part/body").as_bytes());
        let head = Head::parse(DeviceId(0xfeed), &text("/head/text"), key).unwrap();
        assert_eq!((head.seq, head.id, head.snap), (2, Some(second.id()), Some(part_name)));
        assert_eq!(head.forked().collect::<Vec<_>>(), [DeviceId(3)]);
    }
    let example = read("vault.json");
    let text = |name: &str| example[name].as_str().unwrap().to_owned();
    let key = Vault::parse(&text("text")).unwrap().key(&text("passphrase")).unwrap().unwrap();
    assert_eq!(key.recovery_code(), text("recovery_code"));
}

#[test]
fn every_file_is_as_the_schema_says() {
    let schema = read("schema.json");
    let fits = |kind: &str, text: &str| {
        let value: Value = serde_json::from_str(text).unwrap();
        if let Err(why) = check(&schema, &schema["$defs"][kind], &value) {
            panic!("{kind}: {why}: {text}");
        }
    };
    for name in ["open.json", "sealed.json"] {
        let example = read(name);
        let text = |path: &str| example.pointer(path).and_then(Value::as_str).unwrap();
        fits("segment", text("/first/text"));
        fits("segment", text("/second/text"));
        fits("part", text("/part/text"));
        fits("headFile", text("/head/text"));
        let marked: Value = serde_json::from_str(text("/head/text")).unwrap();
        fits("head", marked["head"].as_str().unwrap());
    }
    fits("vaultFile", read("vault.json")["text"].as_str().unwrap());
    let mut roster = Roster::default();
    roster.add([DeviceId(1), DeviceId(2)]);
    fits("roster", &roster.text());
    let (missing, waits) = ([Digest([5; 32])].into(), [(DeviceId(3), 4)].into());
    let seen = [(DeviceId(2), sync::LARGEST)].into();
    let forked = [DeviceId(4)].into();
    let head = Head::new(DeviceId(1), (7, None), seen, None, &forked, (&missing, waits));
    let marked: Value = serde_json::from_str(&head.text(None)).unwrap();
    let head = marked["head"].as_str().unwrap();
    fits("head", head);
    let too_large = head.replace(&sync::LARGEST.to_string(), &(sync::LARGEST + 1).to_string());
    let too_large: Value = serde_json::from_str(&too_large).unwrap();
    assert!(check(&schema, &schema["$defs"]["head"], &too_large).is_err());
    // A short body without a key is JSON as it is.
    let small = Told { seen: [(DeviceId(2), 1)].into(), ops: told().ops[..1].to_vec() };
    for op in told().ops {
        let told = Told { ops: vec![op], ..small.clone() };
        let segment = Segment::write(place(1), None, &told, None, &mut Random::new(1));
        let envelope: Value = serde_json::from_str(&segment.text()).unwrap();
        fits("told", envelope["b"].as_str().unwrap());
    }
    let wrong = json!({ "at": "1-2-0123456789abcdef", "by": "person", "of": "shop", "field": "x" });
    assert!(check(&schema, &schema["$defs"]["operation"], &wrong).is_err());
}

/// As much of JSON Schema as the schema uses.
fn check(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let fail = |what: &str| Err(format!("{what}: {value}"));
    for (word, rule) in schema.as_object().unwrap() {
        match word.as_str() {
            "$ref" => {
                let path = rule.as_str().unwrap().trim_start_matches('#');
                check(root, root.pointer(path).unwrap(), value)?;
            }
            "allOf" => {
                rule.as_array().unwrap().iter().try_for_each(|it| check(root, it, value))?;
            }
            "oneOf" => {
                let all = rule.as_array().unwrap();
                if all.iter().filter(|it| check(root, it, value).is_ok()).count() != 1 {
                    return fail("not one of them");
                }
            }
            "type" => {
                let names = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                if !names.iter().any(|name| is_of_type(value, name.as_str().unwrap())) {
                    return fail("type");
                }
            }
            "const" if rule != value => return fail("const"),
            "enum" if !rule.as_array().unwrap().contains(value) => return fail("enum"),
            "minimum" if value.as_i64() < rule.as_i64() => return fail("minimum"),
            "maximum" if value.as_u64() > rule.as_u64() => return fail("maximum"),
            "required" => {
                let absent = |name: &&Value| value.get(name.as_str().unwrap()).is_none();
                if let Some(name) = rule.as_array().unwrap().iter().find(absent) {
                    return fail(&format!("no {name}"));
                }
            }
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    value.get(name).map_or(Ok(()), |it| check(root, rule, it))?;
                }
            }
            "additionalProperties" => {
                value.as_object().unwrap().values().try_for_each(|it| check(root, rule, it))?;
            }
            "items" => {
                value.as_array().unwrap().iter().try_for_each(|it| check(root, rule, it))?;
            }
            "pattern" if !matches(rule.as_str().unwrap(), value.as_str().unwrap()) => {
                return fail("pattern");
            }
            "const" | "enum" | "minimum" | "maximum" | "pattern" => {}
            unknown => panic!("the schema uses {unknown}"),
        }
    }
    Ok(())
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        other => panic!("the schema uses {other}"),
    }
}

/// As much of patterns as the schema uses: literals, digits, `+`, `{n}`, groups of choices, `?`.
fn matches(pattern: &str, text: &str) -> bool {
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    ends(inner, text).contains(&"")
}

/// What can be left of a text after a pattern has taken its beginning.
fn ends<'a>(pattern: &str, text: &'a str) -> Vec<&'a str> {
    if pattern.is_empty() {
        return vec![text];
    }
    if let Some(rest) = pattern.strip_prefix('(') {
        let (group, rest) = rest.split_once(')').unwrap();
        let (optional, rest) = rest.strip_prefix('?').map_or((false, rest), |it| (true, it));
        let choices = group.split('|').flat_map(|it| ends(it, text));
        let found = choices.chain(optional.then_some(text)).collect::<Vec<_>>();
        return found.into_iter().flat_map(|it| ends(rest, it)).collect();
    }
    let (letters, rest): (&[u8], &str) = if let Some(rest) = pattern.strip_prefix("[0-9a-f]") {
        (b"0123456789abcdef", rest)
    } else if let Some(rest) = pattern.strip_prefix("[0-9]") {
        (b"0123456789", rest)
    } else {
        (&pattern.as_bytes()[..1], &pattern[1..])
    };
    let run = text.bytes().take_while(|it| letters.contains(it)).count();
    if let Some(rest) = rest.strip_prefix('+') {
        return if run == 0 { Vec::new() } else { ends(rest, &text[run..]) };
    }
    let (count, rest) = match rest.strip_prefix('{') {
        Some(it) => it.split_once('}').map(|(n, rest)| (n.parse().unwrap(), rest)).unwrap(),
        None => (1, rest),
    };
    if run < count { Vec::new() } else { ends(rest, &text[count..]) }
}
