//! What holds for any input.

use crate::{context, read_with};
use ingest::splitter::{Dialect, Splitter, Step};
use ingest::{Answers, FileFacts, Finished, Reader, recognise};
use proptest::prelude::*;

/// Bytes that look enough like a table to get past the door.
fn table_like() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        "[0-9]{1,3}",
        Just("2026-01-01".to_owned()),
        "[0-9]{1,2}/[0-9]{1,2}/2026",
        "-?[0-9]{1,4}[.,][0-9]{1,3}",
        "[a-c]@example.com",
        Just("total".to_owned()),
        Just("\"a,\"\"b\"\"\nc\"".to_owned()),
        "[\"\r\n,;é\u{0}x=-]{0,4}",
    ];
    let row = prop::collection::vec(cell, 1..7).prop_map(|cells| cells.join(","));
    let header = prop::sample::select(vec![
        "Order ID,Email,Date,Total\n",
        "Order ID,Email,Date,Total,SKU,Quantity,Price\r\n",
        "Invoice,Date,Quantity,Unit Price,Email\n",
        "Date,Email,Total\n",
        "Name,Financial Status,Total,Created at,Lineitem name,Id\n",
    ]);
    let bytes = prop_oneof![3 => Just(None), 1 => any::<[u8; 2]>().prop_map(Some)];
    (header, prop::collection::vec((row, bytes), 0..30)).prop_map(|(header, rows)| {
        let mut text = header.as_bytes().to_vec();
        for (row, bytes) in rows {
            text.extend_from_slice(row.as_bytes());
            text.extend_from_slice(&bytes.unwrap_or_default());
            text.push(b'\n');
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_with(&bytes, &Answers::default(), 100);
    }

    #[test]
    fn where_blocks_are_cut_makes_no_difference(bytes in table_like(), block in 1..40_usize) {
        let whole = read_with(&bytes, &Answers::default(), usize::MAX);
        prop_assert_eq!(read_with(&bytes, &Answers::default(), block), whole);
    }

    #[test]
    fn no_row_is_lost_uncounted(bytes in table_like()) {
        let Ok(batch) = read_with(&bytes, &Answers::default(), 1 << 16) else { return Ok(()) };
        let (report, orders) = (&batch.report, &batch.orders);
        prop_assert_eq!(report.rows, report.rows_used + report.skipped_count + report.rejected_count);
        prop_assert!(report.orders <= report.rows_used);
        let documents = report.in_state(model::OrderState::Refund);
        prop_assert_eq!(report.states.iter().sum::<u64>(), report.orders + documents);
        let is_sound = |row: usize| (0..=orders.total[row].max(0)).contains(&orders.refunded[row]);
        prop_assert!((0..orders.len()).all(is_sound));
        prop_assert!(batch.lines.order.iter().all(|&order| (order as usize) < orders.len()));
        prop_assert!(batch.lines.order.is_sorted());
    }

    #[test]
    fn a_head_of_any_length_never_breaks_the_reader(bytes in table_like(), cut in 0..400_usize) {
        let facts = FileFacts { name: "x", size: bytes.len() as u64 };
        let head = &bytes[..cut.min(bytes.len())];
        let Ok(found) = recognise(head, facts, &context(), false) else { return Ok(()) };
        let Ok(mut reader) = Reader::new(&found, &Answers::default(), &context(), facts.size) else {
            return Ok(());
        };
        reader.push(&bytes);
        if let Ok(Finished::Batch(batch)) = reader.finish() {
            prop_assert!(batch.orders.len() as u64 >= batch.report.orders);
        }
    }

    #[test]
    fn cells_survive_quoting(
        rows in prop::collection::vec(prop::collection::vec("[a\"\r\n,;é0 ]{0,20}", 2..6), 1..20),
    ) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",");
        let text = rows.iter().map(line).collect::<Vec<_>>().join("\r\n");
        let mut splitter = Splitter::new(Dialect { delimiter: b',', newline: b'\n' });
        let (mut at, mut read) = (0, Vec::new());
        while at < text.len() {
            let Step::Record { record, length, .. } = splitter.record(&text[at..], true) else {
                panic!("every quote is closed")
            };
            read.push(record.iter().map(str::to_owned).collect::<Vec<_>>());
            at += length;
        }
        prop_assert_eq!(read, rows);
    }

    #[test]
    fn plain_cells_are_split_as_the_standard_library_would(
        rows in prop::collection::vec("[a-z,;é ]{1,40}", 1..20),
    ) {
        let text = rows.join("\n");
        let mut splitter = Splitter::new(Dialect { delimiter: b',', newline: b'\n' });
        let mut at = 0;
        for row in &rows {
            let Step::Record { record, length, .. } = splitter.record(&text[at..], true) else {
                panic!("a record")
            };
            prop_assert_eq!(record.iter().collect::<Vec<_>>(), row.split(',').collect::<Vec<_>>());
            at += length;
        }
    }
}
