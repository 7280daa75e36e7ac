//! Files with something wrong: each is refused with its reason, or keeps its good rows.

use crate::{context, read, recognised, rejected, table};
use ingest::{FileFacts, Refusal, SIZE_LIMIT, WarningCode as W, recognise};
use model::{OrderTime, ShopDay};

const HEADER: &str = "Order ID,Email,Date,Total,Note\n";

#[test]
fn what_is_no_table_of_orders_is_named() {
    let utf16: Vec<u8> =
        "\u{feff}Order ID\tDate\tTotal\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gbk = b"\xb6\xa9\xb5\xa5\xb1\xe0\xba\xc5,\xbd\xf0\xb6\xee\n1,2\n";
    for (bytes, code) in [
        (&b""[..], "empty_file"),
        (b"\r\n \n", "empty_file"),
        (b"\0\0\0\0\0\0", "damaged"),
        (HEADER.as_bytes(), "header_only"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table"),
        (b"%PDF-1.7\n", "not_a_table"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml", "not_a_table"),
        (b"PK\x03\x04\x14\0\x01\0\x08\0orders.csv", "encrypted"),
        (b"<!DOCTYPE html><p>Sign in</p>", "not_a_table"),
        (b"just some words\nand more\n", "not_a_table"),
        (b"First Name,Last Name,Shoe size\nAnn,Lee,38\n", "unknown_kind"),
        (&utf16, "unsupported_encoding"),
        (gbk, "unsupported_encoding"),
    ] {
        assert_eq!(read(bytes).map_err(|refusal| refusal.code()).err(), Some(code), "{bytes:?}");
    }
    let facts = FileFacts { name: "orders.csv", size: 2 << 30 };
    let refused = recognise(HEADER.as_bytes(), facts, &context(), false);
    assert_eq!(refused, Err(Refusal::TooLarge { size: 2 << 30, limit: SIZE_LIMIT }));
}

#[test]
fn each_bad_row_has_its_line_and_reason_and_the_good_ones_stay() {
    let rows = "1,a@example.com,2026-01-01,10,\"two\nlines\"\n\
                2,a@example.com,2026-01-01,10\n\
                3,a@example.com,2026-01-01,10,x,y\n\
                4,a@example.com,,10,\n\
                5,a@example.com,0000-00-00 00:00,10,\n\
                6,a@example.com,2026-01-01,,\n\
                7,a@example.com,2026-01-01,ten,\n\
                8,a@example.com,2026-01-01,-10,\n\
                ,a@example.com,2026-01-01,10,\n\
                2.58946E+18,a@example.com,2026-01-01,10,\n\
                \n\
                9,a@example.com,2027-01-01,10,,,\n";
    let batch = table(&(HEADER.to_owned() + rows));
    let expected = [
        (4, "too_few_fields"),
        (5, "too_many_fields"),
        (6, "no_date"),
        (7, "bad_date"),
        (8, "no_amount"),
        (9, "bad_amount"),
        (11, "no_order_number"),
        (12, "damaged_order_number"),
    ];
    assert_eq!(rejected(&batch), expected);
    assert_eq!(batch.orders.number.iter().collect::<Vec<_>>(), ["1", "9", "8 ↩"]);
    assert_eq!(batch.report.warned(W::FutureDate), 1);
    assert_eq!(batch.report.span.map(|(first, last)| first == last), Some(true), "without 2027");
    assert_eq!(batch.report.warned(W::RefundWithoutOrder), 1);
    assert_eq!(batch.report.rejected[3].reason.value(), Some("0000-00-00 00:00"));
    let columns: Vec<&str> = batch.report.rejected.iter().map(|row| row.column.as_str()).collect();
    assert_eq!(columns, ["", "", "", "Date", "", "Total", "", "Order ID"]);
    assert_eq!(batch.report.rejected[3].text, "5,a@example.com,0000-00-00 00:00,10,");
}

#[test]
fn a_file_cut_in_its_last_row_keeps_the_others() {
    let good = "1,a@example.com,2026-01-01,10,tea\n";
    for last in ["2,b@example.com,2026-0", "2,b@example.com,2026-01-02,10,\"half a no", "2,\"b"] {
        let batch = table(&(HEADER.to_owned() + good + last));
        assert_eq!(batch.report.rows, 2, "{last}");
        if last.ends_with("no") {
            // Every field is there: nothing tells that the note went on.
            assert_eq!(batch.report.warned(W::UnclosedQuote), 1);
        } else {
            assert_eq!(rejected(&batch), [(3, "cut_off")], "{last}");
            assert_eq!(batch.report.warned(W::FileCutOff), 1, "{last}");
        }
    }
}

#[test]
fn a_quote_that_nothing_closes_costs_its_row_at_most() {
    let batch = table(
        &(HEADER.to_owned()
            + "1,a@example.com,2026-01-01,10,\"Ann\n2,b@example.com,2026-01-02,20,5\" pot\n\
               3,c@example.com,2026-01-03,30,\n"),
    );
    assert_eq!(batch.orders.total, [1_000, 2_000, 3_000]);
    assert_eq!(batch.report.warned(W::UnclosedQuote), 1);
}

#[test]
fn bytes_that_are_no_text_are_counted() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend_from_slice(b"1,a@example.com,2026-01-01,1\x000,caf\xc3\xa9 \xff\n");
    let batch = read(&bytes).unwrap();
    assert_eq!((batch.report.warned(W::NulBytes), batch.report.warned(W::BadBytes)), (1, 1));
    assert_eq!(batch.orders.total, [1_000]);
}

#[test]
fn an_encoding_that_shows_late_is_read_from_there() {
    let mut bytes = HEADER.as_bytes().to_vec();
    for row in 0..30_000 {
        bytes.extend_from_slice(
            format!("{row},a@example.com,2026-01-01,10,plain words\n").as_bytes(),
        );
    }
    bytes.extend_from_slice(b"x,a@example.com,2026-01-01,10,Gr\xfc\xdfe\n");
    let facts = FileFacts { name: "orders.csv", size: bytes.len() as u64 };
    let found = recognise(&bytes[..1 << 16], facts, &context(), false).unwrap();
    let answers = ingest::Answers::default();
    let mut reader = ingest::Reader::new(&found, &answers, &context(), facts.size).unwrap();
    bytes.chunks(1_000).for_each(|block| reader.push(block));
    let Ok(ingest::Finished::Batch(batch)) = reader.finish() else { panic!("a batch") };
    assert_eq!((batch.report.orders, batch.report.warned(W::EncodingGuessed)), (30_001, 2));
    let guessed = batch.report.warnings.iter().find(|it| it.code == W::EncodingGuessed).unwrap();
    assert_eq!(guessed.detail, "Windows-1252");
}

#[test]
fn a_line_longer_than_any_row_is_left_out() {
    let long = format!("1,a@example.com,2026-01-01,10,{}\n", "x".repeat(3 << 20));
    let batch = table(&(HEADER.to_owned() + &long + "2,a@example.com,2026-01-01,10,\n"));
    assert_eq!(rejected(&batch), [(2, "too_long")]);
    assert_eq!((batch.report.orders, batch.report.rejected[0].text.len()), (1, 500));
}

#[test]
fn all_columns_are_shown_when_none_is_known() {
    let refused = recognised(b"Vorname,Schuhgr\xf6\xdfe\nAnn,38\n").unwrap_err();
    let columns = vec!["Vorname".to_owned(), "Schuhgröße".to_owned()];
    assert_eq!(refused, Refusal::UnknownKind { columns });
}

#[test]
fn the_span_ends_before_the_future_unless_all_is_in_it() {
    let days = |rows: &[&str]| {
        let rows =
            rows.iter().enumerate().map(|(at, day)| format!("{at},a@example.com,{day},10,\n"));
        let span = table(&(HEADER.to_owned() + &rows.collect::<String>())).report.span.unwrap();
        [span.0, span.1].map(|time| match time {
            OrderTime::Wall(at) | OrderTime::Instant(at) => {
                ShopDay::of_wall_seconds(at).to_string()
            }
        })
    };
    for (rows, expected) in [
        (&["2025-03-01", "2126-01-01", "2025-06-01"][..], ["2025-03-01", "2025-06-01"]),
        (&["2126-01-01", "2027-01-01"], ["2027-01-01", "2126-01-01"]),
    ] {
        assert_eq!(days(rows), expected);
    }
}
