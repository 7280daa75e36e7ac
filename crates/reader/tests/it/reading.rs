//! A file is read whole, stopped, followed, and comes over from the worker as it was.

use crate::{Bytes, Patience, read, task};
use model::ShopDay;
use pollster::block_on;
use protocol::{Answer, Problem};
use reader::parts::{Joining, take_apart};
use reader::{Task, read_file};
use std::fmt::Write as _;

const SHOPIFY: &[u8] = include_bytes!("../../../ingest/tests/data/syn_shopify_orders.csv");
const REFUSED: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// A plain table of many orders: more than a block of the file, more than a chunk of the store.
fn many(orders: u32) -> String {
    let mut text = "order_id,customer_email,ordered_at,total,currency\n".to_owned();
    for n in 0..orders {
        let (day, customer) = (n % 28 + 1, n * 7 % 5_000);
        let _ = writeln!(
            text,
            "A{n:07},c{customer}@example.com,2026-0{}-{day:02},19.90,EUR",
            n % 9 + 1
        );
    }
    text
}

#[test]
fn a_reading_comes_over_as_it_was() {
    let large = many(150_000);
    for bytes in [SHOPIFY, large.as_bytes(), REFUSED] {
        let reading = read(bytes);
        let (head, chunks) = take_apart(reading.clone());
        let head = protocol::decode(&protocol::encode(&head)).unwrap();
        let mut joining = Joining::new(head);
        for chunk in chunks {
            assert!(!joining.is_whole());
            joining.join(&chunk.unwrap()).unwrap();
        }
        assert!(joining.is_whole());
        assert_eq!(joining.finish(), Ok(reading));
    }
}

#[test]
fn a_damaged_chunk_is_a_fault_and_no_panic() {
    let (head, mut chunks) = take_apart(read(SHOPIFY));
    let mut chunk = chunks.next().unwrap().unwrap();
    chunk[40] ^= 1;
    let joined = Joining::new(head).join(&chunk);
    assert!(matches!(joined, Err(Problem::Internal(_))), "{joined:?}");
}

#[test]
fn a_refused_file_has_no_orders_and_says_why() {
    let reading = read(REFUSED);
    assert_eq!(reading.report.refusal.unwrap().code, "not_a_table");
    assert_eq!(reading.orders, None);
}

#[test]
fn progress_tells_share_and_rows_and_reading_stops_between_two_blocks() {
    let file = many(150_000);
    let patient = Patience::default();
    block_on(read_file(&Bytes(file.as_bytes()), &task(), &patient)).unwrap();
    let heard = patient.heard.take();
    assert!(heard.len() > 1, "{heard:?}");
    assert!(heard.is_sorted_by(|one, next| one.share < next.share && one.rows < next.rows));

    let hasty = Patience { most_news: Some(1), ..Patience::default() };
    let stopped = block_on(read_file(&Bytes(file.as_bytes()), &task(), &hasty));
    assert_eq!(stopped, Err(Problem::Cancelled));
    assert_eq!(hasty.heard.borrow().len(), 1);
}

#[test]
fn the_answer_to_a_question_decides_how_the_file_is_read() {
    let file = "order_id,customer_email,ordered_at,total\n1,a@example.com,03/04/2026,10\n";
    let first_day = |choice: &str| {
        let answer =
            Answer { file: 0, question: "date_order".to_owned(), choice: choice.to_owned() };
        let task = Task { answers: vec![answer], ..task() };
        let read = block_on(read_file(&Bytes(file.as_bytes()), &task, &Patience::default()));
        match read.unwrap().orders.unwrap().facts.span.unwrap().0 {
            model::OrderTime::Wall(seconds) | model::OrderTime::Instant(seconds) => {
                ShopDay::of_wall_seconds(seconds).to_string()
            }
        }
    };
    assert_eq!(first_day("day_first"), "2026-04-03");
    assert_eq!(first_day("month_first"), "2026-03-04");
}

#[test]
fn the_shops_own_currency_is_the_main_one_unless_another_has_more_orders() {
    let main = |amounts: &[&str]| {
        let mut file = "order_id,customer_email,ordered_at,total\n".to_owned();
        for (n, amount) in amounts.iter().enumerate() {
            let _ = writeln!(file, "{n},c{n}@example.com,2026-01-01,{amount}");
        }
        let facts = read(file.as_bytes()).orders.unwrap().facts;
        facts.main_currency.map(model::Currency::code)
    };
    assert_eq!(main(&["€10", "$20", "¥30"]), None);
    assert_eq!(main(&["€10", "€20", "$30"]), Some("EUR"));
    assert_eq!(main(&["€10", "¥20"]), Some("EUR"));
}
