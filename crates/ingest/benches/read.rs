//! A million orders from bytes to columns.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ingest::{Answers, Batch, Context, FileFacts, Finished, Reader, recognise};
use std::fmt::Write as _;
use std::hint::black_box;

const ORDERS: u64 = 1_000_000;
const CUSTOMERS: u64 = 100_000;
/// As the page hands them over.
const BLOCK: usize = 4 << 20;

/// A table of orders such as a shop's own database writes: about 70 bytes a row, ascending by time.
fn orders_file() -> String {
    let mut text =
        String::from("order_id,customer_email,ordered_at,total,currency,status,channel\n");
    let mut state = 7_u64;
    let mut below = |limit: u64| {
        // splitmix64
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)) % limit
    };
    for order in 0..ORDERS {
        let minute = order * 1_095 * 1_440 / ORDERS;
        let (day, minute) = (minute / 1_440, minute % 1_440);
        let (year, month, day) = (2023 + day / 365, day % 365 / 31 + 1, day % 365 % 31 % 28 + 1);
        let status = ["paid", "paid", "paid", "paid", "refunded", "cancelled"][below(6) as usize];
        let channel = ["web", "app", "marketplace", "social"][below(4) as usize];
        let _ = writeln!(
            text,
            "SO{order:08},c{:07}@example.com,{year}-{month:02}-{day:02} {:02}:{:02}:{:02},{}.{:02},USD,{status},{channel}",
            below(CUSTOMERS),
            minute / 60,
            minute % 60,
            below(60),
            below(400),
            below(100),
        );
    }
    text
}

fn import(bytes: &[u8]) -> Batch {
    let context = Context {
        country: "US".to_owned(),
        currency: model::Currency::USD,
        today: None,
        ignored_keys: Vec::new(),
    };
    let facts = FileFacts { name: "orders.csv", size: bytes.len() as u64 };
    let head = &bytes[..bytes.len().min(1 << 20)];
    let Ok(recognised) = recognise(head, facts, &context, false) else { panic!("no table") };
    let answers = Answers::default();
    let Ok(mut reader) = Reader::new(&recognised, &answers, &context, facts.size) else {
        panic!("columns are missing")
    };
    bytes.chunks(BLOCK).for_each(|block| reader.push(block));
    match reader.finish() {
        Ok(Finished::Batch(batch)) => *batch,
        other => panic!("{other:?}"),
    }
}

fn read(c: &mut Criterion) {
    let text = orders_file();
    let batch = import(text.as_bytes());
    assert_eq!((batch.report.orders, batch.report.rejected_count), (ORDERS, 0));
    let mut group = c.benchmark_group("read");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("1m_orders", |b| b.iter(|| import(black_box(text.as_bytes()))));
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
