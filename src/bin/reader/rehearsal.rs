//! A small invented file, read while nobody waits.
//!
//! A browser runs a program in a quick translation first and makes a better one of what is called
//! often. That takes it about 200 ms of reading; the reader is mostly started while the user is still
//! looking for the file, and has it behind it when the file comes.

use protocol::Progress;
use reader::parts::take_apart;
use reader::{Foreign, Source, Task, Transcode, Watcher, read_file};
use std::fmt::Write as _;

/// Enough for the browser to find what is called often.
const ROWS: u32 = 20_000;

/// Reads the invented file and forgets it.
pub async fn run() {
    let task = Task {
        country: "US".to_owned(),
        currency: model::Currency::USD,
        today: model::ShopDay::from_number(20_000),
        ignored_keys: Vec::new(),
        answers: Vec::new(),
        remembered: Vec::new(),
        only_head: false,
    };
    if let Ok(reading) = read_file(&Invented(file()), &task, &Deaf).await {
        let (_, chunks) = take_apart(reading);
        chunks.for_each(drop);
    }
}

fn file() -> Vec<u8> {
    let mut text = "order_id,customer_email,ordered_at,total,currency,status\n".to_owned();
    for n in 0..ROWS {
        let (day, second, customer) = (n % 28 + 1, n % 60, n * 7 % 2_000);
        let _ = writeln!(
            text,
            "A{n:07},c{customer}@example.com,2024-05-{day:02} 10:20:{second:02},{}.90,USD,paid",
            n % 97
        );
    }
    text.into_bytes()
}

struct Invented(Vec<u8>);

impl Source for Invented {
    fn name(&self) -> String {
        "rehearsal.csv".to_owned()
    }

    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    async fn bytes(&self, offset: u64, length: usize) -> Result<Vec<u8>, String> {
        let from = (offset as usize).min(self.0.len());
        Ok(self.0[from..(from + length).min(self.0.len())].to_vec())
    }

    fn transcoder(&self, _: Foreign) -> Option<Box<dyn Transcode>> {
        None
    }
}

/// Nobody waits for it.
struct Deaf;

impl Watcher for Deaf {
    fn stopwatch_ms(&self) -> f64 {
        0.0
    }

    fn progress(&self, _: Progress) {}

    fn cancelled(&self) -> bool {
        false
    }
}
