//! A kept corpus of small files of every kind: whole, in blocks of any size, and broken.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be listed fails its test")]

use crate::{context, read_with, recognised};
use ingest::{Answers, Batch, FileFacts, KEPT_ROWS, Reader, Recognised, Refusal, recognise};
use std::fmt::Write as _;
use std::path::Path;

/// What comes of each file: the platform and the rows, of which so many are used and so many are
/// orders or other records; or why it is refused.
const EXPECTED: &[(&str, &str)] = &[
    ("(ten thousand columns)", "generic orders: 3 rows, 3 used, 3 orders"),
    ("(ten thousand quotes)", "generic orders: 99 rows, 99 used, 99 orders"),
    ("amazon_orders.txt", "amazon orders: 2 rows, 2 used, 2 orders"),
    ("cards.vcf", "vcard contacts: 3 rows, 3 used, 3 records"),
    ("cards_cut_off.vcf", "vcard contacts: 2 rows, 1 used, 1 records"),
    ("columns_set_by_blanks.txt", "cdnow orders: 3 rows, 3 used, 3 orders"),
    ("contacts.csv", "generic contacts: 3 rows, 2 used, 2 records"),
    ("days_that_contradict.csv", "generic orders: 2 rows, 2 used, 2 orders"),
    ("douyin_tabs_before_ids.csv", "douyin orders: 2 rows, 2 used, 1 orders"),
    ("empty.csv", "empty_file"),
    ("etsy_sold_orders.csv", "etsy orders: 1 rows, 1 used, 1 orders"),
    ("events.csv", "generic events: 3 rows, 2 used, 2 records"),
    ("formulas_and_markup.csv", "generic orders: 2 rows, 2 used, 2 orders"),
    ("german_cp1252.csv", "generic orders: 2 rows, 2 used, 1 orders"),
    ("google_contacts.csv", "google_contacts contacts: 1 rows, 1 used, 1 records"),
    ("header_alone.csv", "header_only"),
    ("jd.csv", "jd orders: 2 rows, 2 used, 1 orders"),
    ("mailchimp_audience.csv", "mailchimp contacts: 1 rows, 1 used, 1 records"),
    ("mark_alone.csv", "empty_file"),
    ("marketplace_lines.csv", "olist orders: 3 rows, 3 used, 2 orders"),
    ("no_names_of_columns.csv", "missing_columns"),
    ("nul_bytes.csv", "generic orders: 2 rows, 2 used, 2 orders"),
    ("old_mac_line_ends.csv", "generic orders: 2 rows, 2 used, 2 orders"),
    ("online_retail.csv", "uci_online_retail orders: 4 rows, 4 used, 2 orders"),
    ("orders_and_refunds.csv", "generic orders: 4 rows, 4 used, 3 orders"),
    ("paypal_activity.csv", "paypal orders: 2 rows, 2 used, 1 orders"),
    ("picture_by_another_name.csv", "not_a_table"),
    ("pinduoduo.csv", "pinduoduo orders: 2 rows, 2 used, 2 orders"),
    ("pointer_to_a_file.csv", "not_a_table"),
    ("prose.txt", "unknown_kind"),
    ("quote_never_closed.csv", "generic orders: 3 rows, 3 used, 3 orders"),
    ("ragged_rows.csv", "generic orders: 4 rows, 1 used, 1 orders"),
    ("refunds_only.csv", "generic orders: 2 rows, 2 used, 0 records"),
    ("shopify_cut_off.csv", "shopify orders: 2 rows, 0 used, 0 records"),
    ("shopify_orders.csv", "shopify orders: 4 rows, 4 used, 3 orders"),
    ("something_else.csv", "unknown_kind"),
    ("spreadsheet_text_utf16le.txt", "unsupported_encoding"),
    ("square_items.csv", "square orders: 2 rows, 2 used, 1 orders"),
    ("stripe_payments.csv", "stripe orders: 3 rows, 3 used, 3 orders"),
    ("survey_csat.csv", "generic responses: 3 rows, 1 used, 1 records"),
    ("survey_own_questions.csv", "typeform responses: 2 rows, 2 used, 2 records"),
    ("taobao_orders.csv", "taobao orders: 2 rows, 2 used, 2 orders"),
    ("taobao_orders_gb18030.csv", "unsupported_encoding"),
    ("taobao_ruined_by_a_spreadsheet.csv", "taobao orders: 2 rows, 0 used, 0 records"),
    ("tickets.csv", "generic tickets: 2 rows, 1 used, 1 records"),
    ("title_and_totals.csv", "generic orders: 3 rows, 2 used, 2 orders"),
    ("unknown_names_of_columns.csv", "missing_columns"),
    ("woo_repeated_totals.csv", "woocommerce orders: 4 rows, 3 used, 2 orders"),
    ("youzan.csv", "youzan orders: 2 rows, 2 used, 2 orders"),
];

/// The files, with those that are too large to be kept.
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
    files.push(("(ten thousand columns)".to_owned(), ten_thousand_columns().into_bytes()));
    files.push(("(ten thousand quotes)".to_owned(), ten_thousand_quotes().into_bytes()));
    files.sort();
    files
}

fn ten_thousand_columns() -> String {
    let mut text = "Order ID,Email,Date,Total".to_owned();
    (4..10_000).for_each(|at| _ = write!(text, ",c{at}"));
    for order in 1..4 {
        let _ = write!(text, "\n{order},a{order}@example.com,2026-01-05,20.00");
        (4..10_000).for_each(|at| _ = write!(text, ",{at}"));
    }
    text
}

fn ten_thousand_quotes() -> String {
    let mut text = "Order ID,Email,Date,Total,Note\n".to_owned();
    for order in 1..100 {
        let quotes = "\"".repeat(order * 2);
        let _ = writeln!(text, "{order},a@example.com,2026-01-05,20.00,{quotes}");
    }
    text
}

/// What came of a file, in short.
fn told(read: &Result<Batch, Refusal>) -> String {
    match read {
        Err(refusal) => refusal.code().to_owned(),
        Ok(Batch { report, .. }) => format!(
            "{} {}: {} rows, {} used, {} {}",
            report.platform.id(),
            report.kind.code(),
            report.rows,
            report.rows_used,
            report.orders + report.records,
            if report.orders > 0 { "orders" } else { "records" },
        ),
    }
}

#[test]
fn every_file_of_the_corpus_comes_to_what_is_expected_of_it() {
    let found: Vec<(String, String)> = corpus()
        .into_iter()
        .map(|(name, bytes)| (name, told(&read_with(&bytes, &Answers::default(), usize::MAX))))
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(name, it)| (&**name, &**it)).collect();
    assert_eq!(found, EXPECTED);
}

#[test]
fn blocks_of_any_size_come_to_the_same() {
    let mut random = Random(1);
    for (name, bytes) in corpus() {
        let whole = read_with(&bytes, &Answers::default(), usize::MAX);
        for _ in 0..if bytes.len() > 20_000 { 2 } else { 6 } {
            let block = 1 + random.below(bytes.len().clamp(1, 700));
            let found = read_with(&bytes, &Answers::default(), block);
            assert_eq!(found, whole, "{name} in blocks of {block}");
        }
    }
}

#[test]
fn no_broken_file_stops_the_reader_and_no_row_is_lost_uncounted() {
    let mut random = Random(2);
    let files = corpus();
    let all: Vec<&[u8]> = files.iter().map(|(_, bytes)| &bytes[..]).collect();
    for (name, bytes) in &files {
        // The large ones take long, and small ones break in more ways.
        let times = if bytes.len() > 20_000 { 4 } else { 100 };
        for time in 0..times {
            let broken = broken(bytes, &all, &mut random);
            let read = read_with(&broken, &Answers::default(), 1 + random.below(400));
            check(&read, &broken, &format!("{name}, {time}"));
        }
    }
}

#[test]
fn a_file_whose_head_is_another_files_is_read_to_its_end() {
    // As when it is changed between the look at its head and the reading.
    let mut random = Random(3);
    let files = corpus();
    let files: Vec<&(String, Vec<u8>)> = files.iter().filter(|it| it.1.len() < 20_000).collect();
    for (name, head) in &files {
        let facts = FileFacts { name, size: head.len() as u64 };
        let Ok(found) = recognise(head, facts, &context(), true) else { continue };
        for _ in 0..8 {
            let (_, rest) = files[random.below(files.len())];
            let size = rest.len() as u64;
            let Ok(mut reader) = Reader::new(&found, &Answers::default(), &context(), size) else {
                continue;
            };
            rest.chunks(1 + random.below(300)).for_each(|block| reader.push(block));
            let _ = reader.finish();
        }
    }
}

/// What holds of any reading.
fn check(read: &Result<Batch, Refusal>, bytes: &[u8], which: &str) {
    let Ok(Batch { report, people, .. }) = read else { return };
    let counted = report.rows_used + report.skipped_count + report.rejected_count;
    assert_eq!(report.rows, counted, "{which}");
    assert_eq!(
        report.rejected.len() as u64,
        report.rejected_count.min(KEPT_ROWS as u64),
        "{which}"
    );
    assert_eq!(report.records, people.count(report.kind) as u64, "{which}");
    assert!(report.orders + report.records <= report.rows_used, "{which}");
    let Ok(recognised) = recognised(bytes) else { panic!("{which}: read, but not known") };
    if let Some(rows) = plain_rows(bytes, &recognised) {
        assert_eq!(report.rows, rows, "{which}");
    }
}

/// How many rows a file has in which each line is one, counted by other means; `None`: it is not so
/// plain.
fn plain_rows(bytes: &[u8], recognised: &Recognised) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = recognised.dialect.newline == b'\n'
        && !recognised.columns.is_empty()
        && !text.contains(['"', '\r', '\0', '\u{feff}']);
    let lines = text.split('\n').skip(recognised.header_line as usize);
    is_plain.then(|| lines.filter(|line| !line.trim().is_empty()).count() as u64)
}

/// A file after some accidents.
fn broken(bytes: &[u8], others: &[&[u8]], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(9) {
            0 => bytes.truncate(at),
            1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
            2 => _ = bytes.drain(at..end),
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => {
                const ODD: [&[u8]; 12] = [
                    b"\0",
                    b"\"",
                    b"\n",
                    b"\r",
                    b",",
                    b"\t",
                    b";",
                    b"\xff",
                    b"\"\"",
                    b"\xef\xbb\xbf",
                    b"=1+1",
                    b"'",
                ];
                let odd = ODD[random.below(ODD.len())];
                bytes.splice(at..at, odd.iter().copied());
            }
            5 => {
                let other = others[random.below(others.len())];
                let from = random.below(other.len() + 1);
                let part = &other[from..(from + random.below(200)).min(other.len())];
                bytes.splice(at..end, part.iter().copied());
            }
            // Cells change places: an amount where a day was.
            6 => bytes[at..end].reverse(),
            7 => bytes.iter_mut().skip(at).take(30).for_each(|byte| {
                if *byte == b',' {
                    *byte = b';';
                }
            }),
            _ => {
                let digit = b'0' + random.below(10) as u8;
                let digits = bytes.iter_mut().skip(at).filter(|byte| byte.is_ascii_digit());
                digits.take(6).for_each(|byte| *byte = digit);
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
