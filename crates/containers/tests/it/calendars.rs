//! Workbooks whose days are counted from 1904, as old programs of the Macintosh did, in each format.

use crate::{csv, xlsx_of, zip_of};

/// 1 May 2024 and half past ten of it, counted from 1904; 1,462 days less than from 1900.
const DAY: f64 = 43_951.0;
const MORNING: f64 = DAY + 0.4375;

const EXPECTED: &str = "Day,Time\n2024-05-01,2024-05-01 10:30:00\n";

/// A record of a binary workbook.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

/// A text cell of the first row.
fn label(column: u16, text: &str) -> Vec<u8> {
    let place = [0, column, 0, text.len() as u16].map(u16::to_le_bytes).concat();
    record(0x0204, &[&place, &[0_u8][..], text.as_bytes()].concat())
}

/// A number of the second row, in a format.
fn number(column: u16, format: u16, value: f64) -> Vec<u8> {
    let place = [1, column, format].map(u16::to_le_bytes).concat();
    record(0x0203, &[&place[..], &value.to_le_bytes()].concat())
}

/// The stream of a workbook with one sheet, its cells given.
fn stream(is_1904: bool, cells: &[Vec<u8>]) -> Vec<u8> {
    let begins = |kind: u16| record(0x0809, &[0x0600, kind, 0, 0].map(u16::to_le_bytes).concat());
    let xf = |format: u16| {
        record(0x00E0, &[[0, format].map(u16::to_le_bytes).concat(), vec![0; 16]].concat())
    };
    let end = record(0x000A, &[]);
    let mut globals = begins(0x0005);
    globals.extend(record(0x0022, &u16::from(is_1904).to_le_bytes()));
    // A number, a day, a day with a time.
    globals.extend([0, 14, 22].map(xf).concat());
    let sheet = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat());
    let at = globals.len() + sheet(0).len() + end.len();
    [globals, sheet(at as u32), end.clone(), begins(0x0010), cells.concat(), end].concat()
}

/// The binary workbook of a stream: header, table of sectors, directory, the stream in sectors.
fn xls(mut stream: Vec<u8>) -> Vec<u8> {
    const SECTOR: usize = 512;
    const FREE: u32 = u32::MAX;
    const LAST: u32 = FREE - 1;
    // A shorter stream would stand among the small ones.
    stream.resize(stream.len().max(4_096).next_multiple_of(SECTOR), 0);
    let sectors = (stream.len() / SECTOR) as u32;
    let mut table = vec![FREE - 2, LAST];
    table.extend((2..=sectors).map(|at| at + 1));
    table.push(LAST);
    table.resize(SECTOR / 4, FREE);
    let entry = |name: &str, kind: u8, start: u32, size: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = entry.len() as u16 + 2;
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([FREE; 3].map(u32::to_le_bytes).concat());
        entry.resize(116, 0);
        entry.extend([start, size, 0].map(u32::to_le_bytes).concat());
        entry
    };
    let mut directory = entry("Root Entry", 5, LAST, 0);
    directory.extend(entry("Workbook", 2, 2, stream.len() as u32));
    directory.resize(SECTOR, 0);
    let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    header.resize(24, 0);
    header.extend([0x3E, 3, 0xFFFE, 9, 6_u16].map(u16::to_le_bytes).concat());
    header.resize(44, 0);
    header.extend([1, 1, 0, 4_096, LAST, 0, LAST, 0, 0].map(u32::to_le_bytes).concat());
    header.resize(SECTOR, 0xFF);
    [header, table.into_iter().flat_map(u32::to_le_bytes).collect(), directory, stream].concat()
}

#[test]
fn an_xlsx_that_counts_days_from_1904_has_its_days() {
    let rows = format!(
        r#"<row r="1"><c t="str"><v>Day</v></c><c t="str"><v>Time</v></c></row>
           <row r="2"><c s="1"><v>{DAY}</v></c><c s="2"><v>{MORNING}</v></c></row>"#
    );
    assert_eq!(csv(&xlsx_of(&[("A", "visible", &rows)], true)), EXPECTED);
    let from_1900 =
        rows.replace(&format!("{DAY}<"), "45413<").replace(&format!("{MORNING}<"), "45413.4375<");
    assert_eq!(csv(&xlsx_of(&[("A", "visible", &from_1900)], false)), EXPECTED);
}

#[test]
fn an_xls_that_counts_days_from_1904_has_its_days() {
    for (is_1904, before) in [(true, 0.0), (false, 1_462.0)] {
        let cells = [
            label(0, "Day"),
            label(1, "Time"),
            number(0, 1, DAY + before),
            number(1, 2, MORNING + before),
        ];
        assert_eq!(csv(&xls(stream(is_1904, &cells))), EXPECTED, "{is_1904}");
    }
}

/// Such a workbook writes its days in words: from when its program counts does not matter.
#[test]
fn an_ods_that_counts_days_from_1904_has_its_days() {
    let cell = |value: &str| {
        format!(r#"<table:table-cell office:value-type="date" office:date-value="{value}"/>"#)
    };
    let text = |value: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>"#
        )
    };
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet>
        <table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>
        <table:table table:name="A"><table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row></table:table>
        </office:spreadsheet></office:body></office:document-content>"#,
        text("Day"),
        text("Time"),
        cell("2024-05-01"),
        cell("2024-05-01T10:30:00"),
    );
    let file = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
    ]);
    assert_eq!(csv(&file), EXPECTED);
}
