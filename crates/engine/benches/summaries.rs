//! A million summaries, through the engine as the page drives it: each step once.

#![expect(clippy::unwrap_used, reason = "the questions are known to have answers")]
#![expect(clippy::print_stdout, reason = "tells what it has measured")]
#![expect(clippy::disallowed_methods, reason = "runs natively, where the clock works")]

#[allow(dead_code, reason = "shared with the tests, which set more")]
#[path = "../tests/it/place.rs"]
mod place;

use engine::Engine;
use model::ShopDay;
use place::{Place, TestFile, TestHost};
use pollster::block_on;
use protocol::{CustomerQuery, Lens, Request};
use std::fmt::Write as _;
use std::time::Instant;
use store::MemoryBackend;

const CUSTOMERS: u64 = 1_000_000;
const LAST_DAY: &str = "2026-10-31";

/// A linear congruential generator (Knuth's MMIX constants).
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Summaries of three years; half of the customers have bought once, the others up to twenty times.
fn summaries() -> String {
    let last = ShopDay::parse_iso(LAST_DAY).unwrap();
    let mut random = Lcg(7);
    let mut text = "customer_id,currency,as_of_date,first_order_date,orders,net,first_day_net,\
                    order_gaps\n"
        .to_owned();
    for n in 0..CUSTOMERS {
        let gaps = random.below(2) * random.below(20);
        let age = random.below(1_095);
        let first = last.plus_days(-(age as i32));
        let of_first = 500 + random.below(20_000);
        let _ = write!(text, "W{n:08},USD,{LAST_DAY},{first},{},", gaps + 1);
        let (mut later, mut written) = (0, String::new());
        for _ in 0..gaps {
            let gap = age / (gaps + 1);
            later += if gap == 0 { 0 } else { 500 + random.below(20_000) };
            let _ = write!(written, "{gap} ");
        }
        let (net, of_first) = (of_first + later, of_first);
        let _ = writeln!(
            text,
            "{}.{:02},{}.{:02},{}",
            net / 100,
            net % 100,
            of_first / 100,
            of_first % 100,
            written.trim_end()
        );
    }
    text
}

type Subject = Engine<MemoryBackend, TestHost, TestFile>;

fn timed(what: &str, engine: &mut Subject, request: Request, files: Vec<TestFile>) {
    let started = Instant::now();
    block_on(engine.answer(request, files)).unwrap();
    println!("{what:40} {:>8.0} ms", started.elapsed().as_secs_f64() * 1_000.0);
}

fn main() {
    let text = summaries();
    println!("{CUSTOMERS} summaries, {} MB", text.len() / 1_000_000);
    let host = Place::new("America/New_York", "US").host();
    let mut engine = block_on(Engine::open(MemoryBackend::new(), host, false)).unwrap();
    let file = TestFile::new("summaries.csv", text.as_bytes());
    let lens = || Lens { as_of: ShopDay::parse_iso(LAST_DAY), ..Lens::default() };
    timed("read the file", &mut engine, Request::Inspect, vec![file]);
    timed("store it and build the frame", &mut engine, Request::Import, Vec::new());
    timed("complete analysis", &mut engine, Request::Analyse(lens()), Vec::new());
    let list = CustomerQuery { lens: lens(), rows: 50, ..CustomerQuery::default() };
    timed("customer list", &mut engine, Request::Customers(list), Vec::new());
    timed("models of lifetime value", &mut engine, Request::ExportScores(lens()), Vec::new());
}
