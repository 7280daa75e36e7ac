//! Imports of files of several platforms and kinds: whichever is taken back, in whatever sequence
//! they came, what is left is as if the others had come alone.
//!
//! Files are the real kinds, cut to some of their records, so that orders, customers and records
//! about them overlap between the files of one platform and meet between platforms.

use super::Desk;
use proptest::prelude::*;
use protocol::{Answer, CustomerFilter, Lens, Request, Response};
use std::fmt::Write as _;

const SHOPIFY: &str = include_str!("../../../ingest/tests/data/syn_shopify_orders.csv");
const CONTACTS: &str = include_str!("../../../ingest/tests/data/syn_shopify_customers.csv");
const SURVEY: &str = include_str!("../../../ingest/tests/data/syn_csat_survey.csv");
const TICKETS: &str = include_str!("../../../ingest/tests/data/syn_service_log.csv");
const WOO: &str =
    include_str!("../../../ingest/tests/data/syn_woo_advanced_order_export_small.csv");
const TAOBAO: &str = include_str!("../../../ingest/tests/data/syn_taobao_ExportOrderList.csv");
const DOUYIN: &str = include_str!("../../../ingest/tests/data/syn_douyin_orders_utf8bom_tabs.csv");
const RETAIL: &str = include_str!("../../../ingest/tests/data/online_retail_ddmmyyyy.csv");
const KNOWN: [&str; 8] = [SHOPIFY, CONTACTS, SURVEY, TICKETS, WOO, TAOBAO, DOUYIN, RETAIL];

/// The records of a file, header first; one in quotes may have several lines.
fn records(text: &str) -> Vec<&str> {
    let (mut records, mut begin, mut open) = (Vec::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        open ^= byte == b'"';
        if byte == b'\n' && !open {
            records.push(&text[begin..=at]);
            begin = at + 1;
        }
    }
    if begin < text.len() {
        records.push(&text[begin..]);
    }
    records
}

/// A stretch of the records of a known file under its header: (which, where, how many).
fn stretch((which, from, count): (usize, usize, usize)) -> String {
    let records = records(KNOWN[which]);
    let rows = &records[1..];
    let from = from % rows.len();
    // An order begins where its status stands: a stretch may begin with lines that have none, which
    // are then rejected and counted, as of any torn file.
    records[0].to_owned() + &rows[from..(from + count).min(rows.len())].concat()
}

/// A table of orders of few numbers and customers, some of whom the other files know.
fn plain() -> impl Strategy<Value = String> {
    let row = (0..8_u32, 0..4_usize, 0..28_u32, 1..90_u32);
    prop::collection::vec(row, 1..8).prop_map(|rows| {
        let who = ["zelda.nettlefold@example.com", "bead01@example.com", "ann@example.com", ""];
        let mut text = "order_id,customer_email,ordered_at,total\n".to_owned();
        for (number, email, day, total) in rows {
            let _ = writeln!(text, "P{number},{},2026-03-{:02},{total}.50", who[email], day + 1);
        }
        text
    })
}

fn file() -> impl Strategy<Value = String> {
    let known = (0..KNOWN.len(), 0..400_usize, 5..60_usize).prop_map(stretch);
    prop_oneof![4 => known, 1 => plain()]
}

/// Imports files into one shop, and gives what can be taken back: by file, its import.
fn imported(files: &[&String]) -> (Desk, Vec<Option<u32>>) {
    imported_in(model::Currency::USD, files)
}

/// The same into a shop of some currency.
pub(super) fn imported_in(
    currency: model::Currency,
    files: &[&String],
) -> (Desk, Vec<Option<u32>>) {
    let mut desk = Desk::new();
    let fix = |edit| Request::EditShop(edit);
    // The first file would settle these, and then what is left would depend on the sequence.
    desk.ask(fix(protocol::ShopEdit::TimeZone("America/New_York".to_owned())));
    desk.ask(fix(protocol::ShopEdit::Currency(Some(currency))));
    desk.ask(fix(protocol::ShopEdit::Country("US".to_owned())));
    let mut batches = Vec::new();
    for file in files {
        desk.inspect(&[("file.csv", file.as_bytes())]);
        let same = |question: &str, choice: &str| Answer {
            file: 0,
            question: question.to_owned(),
            choice: choice.to_owned(),
        };
        desk.ask(Request::Answer(vec![
            same("other_shop", "same"),
            same("date_order", "day_first"),
        ]));
        let stored = desk.confirm().ok().and_then(|summary| summary.batches.first().copied());
        batches.push(stored);
    }
    (desk, batches)
}

/// All figures, everybody's scores, every customer's page, and the counts of records, line by line
/// without regard to the sequence: customers stand as they first came.
pub(super) fn everything(desk: &mut Desk) -> Vec<String> {
    let lens = Lens { as_of: Some(super::day("2026-11-20")), ..Lens::default() };
    let report = desk.file(Request::ExportReport(lens.clone()));
    let scores = desk.file(Request::ExportScores(lens.clone()));
    let text = String::from_utf8([report, scores].concat()).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for row in desk.list(super::everyone(&lens, CustomerFilter::default())).rows {
        let Response::Customer(mut view) = desk.ask(Request::Customer(row.id, lens.clone())) else {
            panic!("a customer")
        };
        // How often the data changed is no fact of the customer.
        view.revision = 0;
        lines.push(format!("{view:?}"));
    }
    lines.sort();
    let shop = desk.shop();
    lines.push(format!("{:?} {} {}", shop.records, shop.orphans, shop.orders));
    lines
}

pub(super) const NONE: [&str; 0] = [];

/// The lines that only one of two shops has.
pub(super) fn differences(one: &[String], other: &[String]) -> Vec<String> {
    let only = |all: &[String], not: &[String]| -> Vec<String> {
        all.iter().filter(|line| !not.contains(line)).cloned().collect()
    };
    [only(one, other), only(other, one)].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn an_import_of_any_kind_that_is_taken_back_leaves_no_trace(a in file(), b in file()) {
        prop_assume!(a != b);
        for (undone, left) in [(0, &b), (1, &a)] {
            let (mut desk, batches) = imported(&[&a, &b]);
            if let Some(batch) = batches[undone] {
                desk.ask(Request::Undo(batch));
            }
            let (mut alone, _) = imported(&[left]);
            let alone = everything(&mut alone);
            prop_assert_eq!(differences(&everything(&mut desk), &alone), NONE);
            prop_assert_eq!(differences(&everything(&mut desk.reopened()), &alone), NONE);
        }
    }

    #[test]
    fn a_file_of_any_kind_once_more_changes_nothing(a in file(), b in file()) {
        prop_assume!(a != b);
        let (mut desk, _) = imported(&[&a, &b]);
        let before = everything(&mut desk);
        let files = desk.shop().batches.len();
        desk.inspect(&[("again.csv", b.as_bytes())]);
        if let Ok(summary) = desk.confirm() {
            prop_assert_eq!((summary.dry_run.new, summary.dry_run.updated), (0, 0));
        }
        prop_assert_eq!(desk.shop().batches.len(), files);
        prop_assert_eq!(differences(&everything(&mut desk), &before), NONE);
    }

    #[test]
    fn stretches_of_one_export_that_overlap_join_and_never_add(
        which in 0..KNOWN.len(),
        (from, count, step) in (0..200_usize, 20..60_usize, 1..20_usize),
    ) {
        // Only whole orders: of one that is cut the files would know different lines.
        prop_assume!([1, 2, 3, 5].contains(&which));
        let from = from % (records(KNOWN[which]).len() - 1);
        prop_assume!(from + step < records(KNOWN[which]).len() - 1);
        let (first, second) = (stretch((which, from, count)), stretch((which, from + step, count)));
        let both = stretch((which, from, count + step));
        prop_assume!(first != second);
        let (mut apart, _) = imported(&[&first, &second]);
        let (mut joined, _) = imported(&[&both]);
        let found = differences(&everything(&mut apart), &everything(&mut joined));
        prop_assert_eq!(found, NONE);
    }
}
