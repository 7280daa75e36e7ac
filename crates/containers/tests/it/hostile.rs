//! Files that are broken, locked or made to do harm: refused in little time and memory.

use crate::{small_xlsx, tables, xlsx_of, zip_of};
use containers::{Kind, Refusal, unpack};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};
use std::time::Instant;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A workbook with a sheet of 300 MB; packed, some 300 KB.
fn bomb() -> Vec<u8> {
    let mut made = ZipWriter::new(Cursor::new(Vec::new()));
    let mut small = ZipArchive::new(Cursor::new(small_xlsx())).unwrap();
    for at in 0..small.len() {
        let mut part = small.by_index(at).unwrap();
        made.start_file(part.name().unwrap(), SimpleFileOptions::default()).unwrap();
        if part.name().unwrap() != SHEET {
            std::io::copy(&mut part, &mut made).unwrap();
            continue;
        }
        made.write_all(b"<worksheet><sheetData>").unwrap();
        let rows = "<row><c><v>0</v></c><c><v>0</v></c></row>".repeat(25_000);
        for _ in 0..300 {
            made.write_all(rows.as_bytes()).unwrap();
        }
    }
    made.finish().unwrap().into_inner()
}

/// The same file, saying that its sheet unpacks to 9 bytes.
fn lying(mut file: Vec<u8>, size: u32) -> Vec<u8> {
    let places: Vec<usize> =
        (0..file.len() - 4).filter(|&at| file[at..at + 4] == size.to_le_bytes()).collect();
    assert!(!places.is_empty());
    for at in places {
        file[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    file
}

#[test]
fn a_small_file_that_unpacks_to_hundreds_of_megabytes_is_refused_soon() {
    let file = bomb();
    assert!(file.len() < 3 << 20, "{} bytes", file.len());
    let size = {
        let mut zip = ZipArchive::new(Cursor::new(&file)).unwrap();
        zip.by_name(SHEET).unwrap().size()
    };
    assert!(size > 300_000_000, "{size}");
    for file in [lying(file.clone(), size as u32), file] {
        #[expect(clippy::disallowed_methods, reason = "runs natively, where the clock works")]
        let started = Instant::now();
        let refused = tables("bomb.xlsx", &file);
        // What says a false size is damaged too: whichever shows first.
        assert!(matches!(refused, Err(Refusal::TooLarge { .. } | Refusal::Damaged)), "{refused:?}");
        let took = started.elapsed().as_secs_f64();
        assert!(took < if cfg!(debug_assertions) { 30.0 } else { 2.0 }, "{took} s");
    }
}

#[test]
fn a_packed_file_of_zeros_is_refused() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    std::io::copy(&mut std::io::repeat(b'0').take(120 << 20), &mut gzip).unwrap();
    let file = gzip.finish().unwrap();
    assert!(file.len() < 1 << 20);
    assert!(matches!(tables("a.csv.gz", &file), Err(Refusal::TooLarge { .. })));
}

#[test]
fn what_is_broken_off_is_damaged() {
    let csv = b"order_id,total\n1001,19.90\n".repeat(50);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&csv).unwrap();
    let gzip = gzip.finish().unwrap();
    for file in [small_xlsx(), zip_of(&[("a.csv", &csv)]), gzip] {
        for keep in [8, file.len() / 2, file.len() - 1] {
            let refused = tables("file", &file[..keep]);
            assert_eq!(refused, Err(Refusal::Damaged), "{keep} of {}", file.len());
        }
    }
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.extend_from_slice(&[0; 600]);
    ole.extend_from_slice(b"W\0o\0r\0k\0b\0o\0o\0k\0");
    assert_eq!(tables("a.xls", &ole), Err(Refusal::Damaged));
}

#[test]
fn a_sheet_that_breaks_off_within_a_whole_archive_is_damaged() {
    let broken = zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook><sheet name='A' r:id='r'/></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<a><b Id='r' Type='/worksheet' Target='s.xml'/></a>"),
        ("xl/s.xml", b"<worksheet><sheetData><row><c><v>1</v></c>"),
    ]);
    assert_eq!(tables("a.xlsx", &broken), Err(Refusal::Damaged));
}

#[test]
fn what_is_locked_is_told_apart_from_what_is_damaged() {
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.extend_from_slice(&[0; 1000]);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(tables("a.xlsx", &ole), Err(Refusal::Encrypted));
    let mut zip = zip_of(&[("a.csv", b"order_id,total\n1,2\n")]);
    // The flag of encryption, in both headers of the member.
    let central = zip.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    zip[6] |= 1;
    zip[central + 8] |= 1;
    assert_eq!(tables("a.zip", &zip), Err(Refusal::Encrypted));
}

/// Beginnings that lead into every part of the crate.
fn beginning() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec![
        small_xlsx(),
        zip_of(&[("a.csv", b"a,b\n1,2\n"), ("b.json", b"[{\"id\":1,\"b\":2}]")]),
        b"[{\"id\":1,\"items\":[{\"a\":1}],\"b\":{\"c\":[1,2]}}]".to_vec(),
        b"<table><tr><td rowspan=3 colspan=2>a<td>b<tr><td>c</table>".to_vec(),
        b"<?xml version='1.0'?><Workbook xmlns='office:spreadsheet'><Worksheet><Row><Cell><Data>1"
            .to_vec(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec(),
        Vec::new(),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_stop_the_program(
        mut file in beginning(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        file.extend(rest);
        for (at, byte) in changes {
            if !file.is_empty() {
                let at = at.index(file.len());
                file[at] = byte;
            }
        }
        let mut size = 0;
        // What it comes to does not matter here; that it comes to something does.
        let _ = unpack("file", &file, &mut |table| table.write(&mut |block| size += block.len()));
        let _ = Kind::of(&file);
    }

    #[test]
    fn any_text_survives_a_sheet(text in "[^\\p{Cc}]{1,40}") {
        prop_assume!(!text.trim().is_empty() && !text.contains("_x"));
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let rows = format!("<row><c t='str'><v>{escaped}</v></c><c t='str'><v>{escaped}</v></c></row>");
        let found = tables("a.xlsx", &xlsx_of(&[("A", "visible", &rows)], false)).unwrap().remove(0).1;
        let field = if text.contains([',', '"']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        };
        prop_assert_eq!(found, format!("{field},{field}\n"));
    }
}
