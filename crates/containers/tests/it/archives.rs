//! Archives and packed files: what is in them is read as if it had been dropped.

use crate::{small_xlsx, tables, zip_of};
use containers::{NoTable, NoteCode, Refusal, unpack_all};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

const CSV: &[u8] = b"order_id,total\n1001,19.90\n";

#[test]
fn members_are_tables_and_what_is_none_is_named() {
    let file = zip_of(&[
        ("May/orders.csv", CSV),
        ("May/", b""),
        ("__MACOSX/May/._orders.csv", b"\0\x05\x16\x07"),
        ("May/.DS_Store", b"\0\0\0\x01Bud1"),
        ("logo.png", b"\x89PNG\r\n\x1a\n"),
        ("June.xlsx", &small_xlsx()),
        ("old.zip", &zip_of(&[("a.csv", CSV)])),
        ("July.csv.gz", &gzip_of(CSV)),
    ]);
    let tables = unpack_all("export.zip", &file).unwrap();
    let names: Vec<_> = tables.iter().map(|table| &*table.name).collect();
    assert_eq!(
        names,
        ["export.zip › May/orders.csv", "export.zip › June.xlsx › May", "export.zip › July.csv.gz"]
    );
    assert_eq!(tables[0].text(), CSV);
    assert_eq!(tables[1].text(), b"Order,Total\n1001,19.9\n");
    assert_eq!(tables[2].text(), CSV);
    let note = &tables[2].notes[0];
    assert_eq!((note.code, &*note.detail), (NoteCode::MembersLeftOut, "logo.png, old.zip"));
}

#[test]
fn a_packed_file_is_what_it_holds() {
    let text = String::from_utf8(CSV.to_vec()).unwrap();
    let expected = Ok(vec![("orders.csv.gz".to_owned(), text.clone())]);
    assert_eq!(tables("orders.csv.gz", &gzip_of(CSV)), expected);
    // Two files packed one behind the other are one.
    let (first, second) = CSV.split_at(15);
    let joined = [gzip_of(first), gzip_of(second)].concat();
    assert_eq!(tables("orders.csv.gz", &joined), expected);
    let workbook = tables("orders.xlsx.gz", &gzip_of(&small_xlsx())).unwrap();
    assert_eq!(workbook[0].0, "orders.xlsx.gz › May");
}

#[test]
fn archives_without_a_table_are_refused() {
    let document = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]);
    let mut tape = vec![0; 512];
    tape[257..262].copy_from_slice(b"ustar");
    for (file, refusal) in [
        (zip_of(&[]), Refusal::NotATable(NoTable::Archive)),
        (zip_of(&[("logo.png", b"\x89PNG\r\n")]), Refusal::NotATable(NoTable::Archive)),
        (document, Refusal::NotATable(NoTable::Binary)),
        (gzip_of(&tape), Refusal::NotATable(NoTable::Archive)),
        (gzip_of(&gzip_of(CSV)), Refusal::NotATable(NoTable::Archive)),
        (gzip_of(b" \n"), Refusal::NothingInside),
    ] {
        assert_eq!(tables("file", &file), Err(refusal));
    }
}

#[test]
fn chinese_member_names_are_read_in_the_encoding_of_chinese_systems() {
    let mut file = zip_of(&[("aaaa.csv", CSV)]);
    let name = b"\xb6\xa9\xb5\xa5.csv";
    let places: Vec<usize> =
        (0..file.len() - 8).filter(|&at| file[at..].starts_with(b"aaaa.csv")).collect();
    for at in places {
        file[at..at + name.len()].copy_from_slice(name);
    }
    assert_eq!(tables("导出.zip", &file).unwrap()[0].0, "导出.zip › 订单.csv");
}
