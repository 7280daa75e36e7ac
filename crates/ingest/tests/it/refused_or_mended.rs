//! Whatever a person may drop: refused with a reason, or read with every doubt counted.

use crate::{context, read, recognised, rejected};
use ingest::{FileFacts, SIZE_LIMIT, recognise};
use std::fmt::Write as _;

const HEADER: &str = "Order ID,Email,Date,Total,Currency,Note\n";
const GOOD: &str = "1,a@example.com,2026-01-01 10:00:00,10,USD,tea\n";

/// What came of a file: the refusal, or the orders kept and the codes of rows and warnings.
fn outcome(bytes: &[u8]) -> (Option<&'static str>, u64, Vec<&'static str>) {
    match read(bytes) {
        Err(refusal) => (Some(refusal.code()), 0, Vec::new()),
        Ok(batch) => {
            let report = &batch.report;
            let rows = rejected(&batch).into_iter().map(|(_, code)| code);
            let skipped = report.skipped.iter().map(|row| row.kind.code());
            let warnings = report.warnings.iter().map(|warning| warning.code.code());
            (None, report.orders, rows.chain(skipped).chain(warnings).collect())
        }
    }
}

#[test]
fn files_that_hold_no_orders_are_refused_by_name() {
    let ole = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 512]].concat();
    let utf_16_name: Vec<u8> =
        "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf_16: Vec<u8> =
        format!("\u{feff}{HEADER}{GOOD}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    // 订单编号,金额 and a name in each row.
    let gb18030 = b"\xb6\xa9\xb5\xa5\xb1\xe0\xba\xc5,\xbd\xf0\xb6\xee,\xd0\xd5\xc3\xfb\n1,2,\xd5\xc5\xc8\xfd\n";
    for (bytes, code, kind) in [
        (Vec::new(), "empty_file", None),
        (b"\xef\xbb\xbf\r\n".to_vec(), "empty_file", None),
        (b" \n\n\t \r\n".to_vec(), "empty_file", None),
        (HEADER.into(), "header_only", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "not_a_table", Some("picture")),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "not_a_table", Some("picture")),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), "not_a_table", Some("pdf")),
        (b"PK\x03\x04\x14\0\0\0\x08\0orders.csv".to_vec(), "not_a_table", Some("archive")),
        (
            b"PK\x03\x04\x14\0\x06\0\x08\0xl/workbook.xml".to_vec(),
            "not_a_table",
            Some("spreadsheet"),
        ),
        (ole.clone(), "not_a_table", Some("spreadsheet")),
        ([ole, utf_16_name].concat(), "encrypted", None),
        (utf_16, "unsupported_encoding", None),
        (gb18030.to_vec(), "unsupported_encoding", None),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n".to_vec(),
            "not_a_table",
            Some("plain_text"),
        ),
        (b"<!doctype html><title>Sign in</title>".to_vec(), "not_a_table", Some("web_page")),
        (b"[{\"order\":1}]".to_vec(), "not_a_table", Some("json")),
        (b"[ {\"order\":1} ]".to_vec(), "not_a_table", Some("json")),
        (b"{\n  \"orders\": []\n}".to_vec(), "not_a_table", Some("json")),
        (vec![0; 4096], "damaged", None),
    ] {
        let refusal = read(&bytes).map(|batch| batch.report).unwrap_err();
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(20)]).into_owned();
        assert_eq!(refusal.code(), code, "{shown}");
        if let ingest::Refusal::NotATable(found) = refusal {
            assert_eq!(Some(found.code()), kind, "{shown}");
        }
    }
    let facts = FileFacts { name: "orders.csv", size: SIZE_LIMIT + 1 };
    let refused = recognise(format!("{HEADER}{GOOD}").as_bytes(), facts, &context(), false);
    assert_eq!(refused.map_err(|it| it.code()).err(), Some("too_large"));
}

#[test]
fn files_with_a_fault_keep_their_good_rows() {
    let after = |rows: &str| format!("{HEADER}{GOOD}{rows}").into_bytes();
    let mut no_text = after("2,b@example.com,2026-01-02 10:00:00,1\x000,USD,\n");
    no_text.extend_from_slice(b"3,c@example.com,2026-01-03 10:00:00,10,USD,caf\xc3\xa9 \xff\n");
    for (name, bytes, orders, codes) in [
        (
            "cut in the last row",
            after("2,b@example.com,2026-0"),
            1,
            &["cut_off", "file_cut_off"][..],
        ),
        (
            "cut within quotes",
            after("2,\"b@exam"),
            1,
            &["cut_off", "file_cut_off", "unclosed_quote"],
        ),
        (
            "Windows-1252",
            [after("").as_slice(), b"2,b@example.com,2026-01-02 10:00:00,5,USD,Gr\xfc\xdfe\n"]
                .concat(),
            2,
            &["encoding_guessed"],
        ),
        ("too few", after("2,b@example.com,2026-01-02 10:00:00,5,USD\n"), 1, &["too_few_fields"]),
        (
            "too many",
            after("2,b@example.com,2026-01-02 10:00:00,5,USD,x,y\n"),
            1,
            &["too_many_fields"],
        ),
        ("no date", after("2,b@example.com,,5,USD,\n"), 1, &["no_date"]),
        ("no amount", after("2,b@example.com,2026-01-02 10:00:00,,USD,\n"), 1, &["no_amount"]),
        ("no such day", after("2,b@example.com,2026-02-30,5,USD,\n"), 1, &["bad_date"]),
        ("future", after("2,b@example.com,2027-01-02 10:00:00,5,USD,\n"), 2, &["future_date"]),
        (
            "negative",
            after("2,b@example.com,2026-01-02 10:00:00,-5,USD,\n"),
            1,
            &["refund_without_order"],
        ),
        (
            "two currencies",
            after("2,b@example.com,2026-01-02 10:00:00,5,EUR,\n"),
            2,
            &["several_currencies"],
        ),
        ("same row", after(GOOD), 1, &["duplicate", "duplicate_rows"]),
        ("bytes that are no text", no_text, 3, &["bad_bytes", "nul_bytes"]),
        (
            "quote never closed",
            after(
                "2,b@example.com,2026-01-02 10:00:00,5,USD,\"Ann\n3,c@example.com,2026-01-03 10:00:00,5,USD,\n",
            ),
            3,
            &["unclosed_quote"],
        ),
    ] {
        let (refusal, kept, found) = outcome(&bytes);
        assert_eq!((refusal, kept), (None, orders), "{name}");
        // What every row of this table brings about is left out.
        let found: Vec<_> = found
            .into_iter()
            .filter(|&it| !matches!(it, "no_time_zone" | "status_missing"))
            .collect();
        assert_eq!(found, codes, "{name}");
    }
}

#[test]
fn monstrous_files_come_to_an_end() {
    let wide_header: String =
        (0..10_000).fold(String::from("Order ID,Date,Total"), |mut all, at| {
            let _ = write!(all, ",c{at}");
            all
        });
    let wide_row = |number: u32| format!("\n{number},2026-01-01,10{}", ",x".repeat(10_000));
    let wide = wide_header + &wide_row(1) + &wide_row(2);
    let long = format!("{HEADER}{GOOD}2,b@example.com,2026-01-02,5,USD,{}\n", "x".repeat(5 << 20));
    let quoted =
        format!("{HEADER}{GOOD}2,b@example.com,2026-01-02,5,USD,\"{}\n", "x\n".repeat(5 << 19));
    let open = format!("{HEADER}{GOOD}{}", "\"a\n".repeat(1 << 18));
    for (name, text, orders, code) in [
        ("wide", wide, 2, "status_missing"),
        ("long", long, 1, "too_long"),
        ("a quote before five megabytes", quoted, 2, "unclosed_quote"),
        ("a quote in each line", open, 1, "unclosed_quote"),
    ] {
        let (refusal, kept, codes) = outcome(text.as_bytes());
        assert_eq!((refusal, kept), (None, orders), "{name}");
        assert!(codes.contains(&code), "{name}");
    }
}

#[test]
fn a_file_named_as_one_thing_that_is_another_is_told_by_its_bytes() {
    for size in [1, 2, 3, 5, 8] {
        let bytes = &b"PK\x03\x04\x14\0\0\0"[..size];
        assert!(recognised(bytes).is_err());
    }
}
