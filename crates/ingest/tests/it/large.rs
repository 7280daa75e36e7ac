//! A file of several blocks.

use crate::{context, read, read_with, rejected};
use ingest::{Answers, FileFacts, Finished, Reader, WarningCode as W, recognise};
use std::fmt::Write as _;

#[test]
fn fifty_thousand_rows_arrive_in_full() {
    let mut text =
        String::from("order_id,customer_email,ordered_at,total,currency,status,channel\n");
    let (mut gross, mut paid) = (0_i64, 0_u64);
    for row in 0..50_000_u64 {
        let cents = i64::try_from(row * 7_919 % 90_000 + 100).unwrap();
        let status = if row % 20 == 0 { "cancelled" } else { "paid" };
        let (day, channel) = (row % 28 + 1, ["web", "app"][(row % 2) as usize]);
        let _ = writeln!(
            text,
            "SO{:08},c{:05}@example.com,2026-03-{day:02} 12:00:00,{}.{:02},USD,{status},{channel}",
            // Neither ascending nor descending.
            row * 31_337 % 50_000,
            row % 9_000,
            cents / 100,
            cents % 100,
        );
        gross += cents;
        paid += u64::from(status == "paid");
    }
    let batch = read(text.as_bytes()).unwrap();
    let report = &batch.report;
    assert_eq!((report.rows, report.orders, report.customers), (50_000, 50_000, 9_000));
    assert_eq!((report.currencies[0].gross, report.currencies[0].valid_orders), (gross, paid));
    assert_eq!(report.rejected_count + report.skipped_count, 0);
    assert_eq!(report.warned(W::RowLimitReached), 0);

    let twice = text.clone() + text.split_once('\n').unwrap().1;
    let batch_of_twice = read_with(twice.as_bytes(), &Answers::default(), 1 << 20).unwrap();
    assert_eq!(batch_of_twice.orders, batch.orders);
    assert_eq!(batch_of_twice.report.skipped_count, 50_000);
}

#[test]
fn a_file_of_exactly_the_rows_of_a_full_sheet_may_be_cut() {
    // Each row is the first once more, which costs the least.
    let full = "order_id,ordered_at,total\n".to_owned() + &"1,2026-01-01,1\n".repeat(1_048_575);
    let report = read(full.as_bytes()).unwrap().report;
    assert_eq!((report.rows, report.warned(W::RowLimitReached)), (1_048_575, 1));
}

/// The most memory that this process has had, in KiB; `None`: the system does not say.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[test]
fn a_cell_of_many_megabytes_is_left_out_and_takes_no_memory() {
    let header = "Order ID,Email,Date,Total,Note\n";
    let good = "1,a@example.com,2026-01-01,10,tea\n";
    let block = vec![b'x'; 1 << 20];
    for quote in ["", "\""] {
        let begin = format!("{header}{good}2,b@example.com,2026-01-02,20,{quote}");
        let end = format!("{quote}\n3,c@example.com,2026-01-03,30,pot\n");
        let blocks = 64;
        let size = (begin.len() + blocks * block.len() + end.len()) as u64;
        let facts = FileFacts { name: "orders.csv", size };
        let head = [begin.as_bytes(), &block[..]].concat();
        let found = recognise(&head, facts, &context(), false).unwrap();
        let mut reader = Reader::new(&found, &Answers::default(), &context(), size).unwrap();
        let before = most_memory();
        reader.push(begin.as_bytes());
        (0..blocks).for_each(|_| reader.push(&block));
        reader.push(end.as_bytes());
        let Ok(Finished::Batch(batch)) = reader.finish() else { panic!("a batch") };
        assert_eq!(rejected(&batch)[0], (3, "too_long"), "{quote}");
        assert_eq!((batch.report.orders, batch.report.rejected_count), (2, 1), "{quote}");
        if let (Some(before), Some(after)) = (before, most_memory()) {
            assert!(after - before < 32 << 10, "{} MiB", (after - before) >> 10);
        }
    }
}
