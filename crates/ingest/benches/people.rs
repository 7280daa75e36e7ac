//! Contacts, answers to surveys and events from bytes to columns.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ingest::{Answers, Batch, Context, FileFacts, Finished, Reader, recognise};
use std::fmt::Write as _;
use std::hint::black_box;

const ROWS: u64 = 200_000;
/// As the page hands them over.
const BLOCK: usize = 4 << 20;

/// As a mail program writes its list.
fn contacts() -> String {
    let mut text = String::from(
        "Email,First Name,Last Name,Phone,City,Country,Tags,Birthday,Email Consent,Created,Notes\n",
    );
    for row in 0..ROWS {
        let _ = writeln!(
            text,
            "c{row:07}@example.com,Ann,Lee,+1212555{:04},Derby,GB,\"VIP, new\",{:02}-{:02},yes,\
             2024-03-12 09:14:00,\"likes {row}, not mint\"",
            row % 10_000,
            row % 12 + 1,
            row % 28 + 1,
        );
    }
    text
}

/// With an expectation and a perception each.
fn survey() -> String {
    let mut text = String::from(
        "order_no,email,submitted_at,overall,nps,ces,expected_delivery,perceived_delivery,comment\n",
    );
    for row in 0..ROWS {
        let (day, score) = (row % 28 + 1, row % 5 + 1);
        let _ = writeln!(
            text,
            "#{row},c{row:07}@example.com,2026-03-{day:02}T09:14:00Z,{score},{},{score},4,{score},\
             \"{row}: fine, thank you\"",
            row % 11,
        );
    }
    text
}

/// As an analytics program writes them.
fn events() -> String {
    let mut text = String::from("timestamp,email,event,subject\n");
    for row in 0..ROWS {
        let (minute, event) = (row % 60, ["view", "add_to_cart", "search"][row as usize % 3]);
        let _ = writeln!(
            text,
            "2026-03-12 09:{minute:02}:00,c{:05}@example.com,{event},SKU-{row}",
            row % 20_000
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
    let facts = FileFacts { name: "people.csv", size: bytes.len() as u64 };
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
    let mut group = c.benchmark_group("people");
    for (name, text) in
        [("200k_contacts", contacts()), ("200k_answers", survey()), ("200k_events", events())]
    {
        let report = import(text.as_bytes()).report;
        assert_eq!((report.records, report.rejected_count), (ROWS, 0), "{name}");
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
        group.bench_function(name, |b| b.iter(|| import(black_box(text.as_bytes()))));
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
