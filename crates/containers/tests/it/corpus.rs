//! A kept corpus of small containers of every kind: whole, and broken.

use crate::tables;
use containers::{Kind, unpack};
use std::path::Path;

/// What comes of each file: its tables with how many lines each has, or why it is refused.
const EXPECTED: &[(&str, &str)] = &[
    ("cut_off.json", "Damaged"),
    ("lines.json", "lines.json: 3"),
    ("locked.xlsx", "Encrypted"),
    ("orders.csv.gz", "orders.csv.gz: 3"),
    ("orders.ods", "orders.ods › May: 2"),
    ("orders.xlsx", "orders.xlsx › May & June: 4"),
    (
        "orders.zip",
        "orders.zip › May/orders.csv: 3; orders.zip › May/notes.txt: 1; orders.zip › June.json: 2",
    ),
    ("orders_cut_off.csv.gz", "Damaged"),
    ("orders_cut_off.xlsx", "Damaged"),
    ("orders_stored.zip", "orders_stored.zip › orders.csv: 3"),
    ("web_page.xls", "web_page.xls: 4"),
    ("woo_orders.json", "woo_orders.json: 4"),
    ("wrapped.json", "wrapped.json: 3"),
    ("xml_2003.xls", "xml_2003.xls › May: 2"),
];

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let is_data = |name: &str| name != "README.md" && !name.starts_with('.');
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .filter(|(name, _)| is_data(name))
        .map(|(name, path)| (name, std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn every_file_of_the_corpus_comes_to_what_is_expected_of_it() {
    let told = |(name, bytes): (String, Vec<u8>)| {
        let said = match tables(&name, &bytes) {
            Err(refusal) => format!("{refusal:?}"),
            Ok(tables) => {
                let one =
                    |(name, text): &(String, String)| format!("{name}: {}", text.lines().count());
                tables.iter().map(one).collect::<Vec<_>>().join("; ")
            }
        };
        (name, said)
    };
    let found: Vec<(String, String)> = corpus().into_iter().map(told).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(name, it)| (&**name, &**it)).collect();
    assert_eq!(found, EXPECTED);
}

#[test]
fn no_broken_file_stops_the_program_or_swells_past_its_bounds() {
    let mut random = Random(1);
    let files = corpus();
    for (name, bytes) in &files {
        for time in 0..300 {
            let (_, other) = &files[random.below(files.len())];
            let broken = broken(bytes, other, &mut random);
            let mut size = 0;
            // What it comes to does not matter here; that it comes to something does.
            let _ =
                unpack(name, &broken, &mut |table| table.write(&mut |block| size += block.len()));
            let _ = Kind::of(&broken);
            assert!(size < 64 << 20, "{name}, {time}: {} bytes became {size}", broken.len());
        }
    }
}

/// A file after some accidents.
fn broken(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(5) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(24)).min(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
            2 => _ = bytes.drain(at..end),
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            // Sizes and places in headers.
            4 => bytes.iter_mut().skip(at).take(4).for_each(|byte| *byte = 0xff),
            _ => {
                let from = random.below(other.len() + 1);
                let part = &other[from..(from + random.below(100)).min(other.len())];
                bytes.splice(at..end, part.iter().copied());
            }
        }
    }
    bytes
}

/// Numbers that are the same in every run (splitmix64).
struct Random(u64);

impl Random {
    /// A number below a limit, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
