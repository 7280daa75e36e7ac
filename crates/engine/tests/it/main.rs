//! The engine as the page drives it: questions in, answers out, over storage in memory.

#![expect(clippy::unwrap_used, reason = "what is not there fails the test")]

mod acquire;
mod acts;
mod backups;
mod bad_input;
mod baskets;
mod churn;
mod cohorts;
mod currencies;
mod damage;
mod erasing;
mod explore;
mod exports;
mod failures;
mod first_answers;
mod grades;
mod ground_truth;
mod joined;
mod kinds;
mod labels;
mod leaving;
mod lifecycle;
mod likely;
mod list_acts;
mod lists;
mod mapping;
mod models;
mod orders;
mod outreach;
mod people;
mod people_mapping;
mod place;
mod product;
mod product_list;
mod quadrants;
mod questions;
mod rates;
mod reimport;
mod reports;
mod rfm_choices;
mod sample_shop;
mod satisfaction;
mod segment_lists;
mod segments;
mod shared_keys;
mod summaries;
mod tabs;
mod tiers;
mod time;
mod traits;
mod undo;

use engine::Engine;
use place::{Place, TestFile, TestHost};
use pollster::block_on;
use protocol::{
    Analysis, CustomerFilter, CustomerQuery, CustomerSort, CustomersPage, ImportSummary,
    Inspection, Lens, Period, Problem, Request, Response, ShopView, Today,
};
use std::collections::HashMap;
use std::fmt::Write as _;
use store::MemoryBackend;

/// An engine with all that it stands in.
struct Desk {
    place: Place,
    backend: MemoryBackend,
    engine: Engine<MemoryBackend, TestHost, TestFile>,
}

impl Desk {
    /// A new shop in New York, on 22 November 2026.
    fn new() -> Desk {
        Desk::open(Place::new("America/New_York", "US"), MemoryBackend::new())
    }

    fn open(place: Place, backend: MemoryBackend) -> Desk {
        let engine = block_on(Engine::open(backend.clone(), place.host(), false)).unwrap();
        Desk { place, backend, engine }
    }

    /// The same data in a new engine, as after closing the tab.
    fn reopened(self) -> Desk {
        self.backend.restart();
        Desk::open(self.place, self.backend)
    }

    fn try_ask(&mut self, request: Request) -> Result<Response, Problem> {
        block_on(self.engine.answer(request, Vec::new()))
    }

    fn ask(&mut self, request: Request) -> Response {
        self.try_ask(request).unwrap()
    }

    fn inspect(&mut self, files: &[(&str, &[u8])]) -> Inspection {
        let files = files.iter().map(|(name, bytes)| TestFile::new(name, bytes)).collect();
        match block_on(self.engine.answer(Request::Inspect, files)) {
            Ok(Response::Inspection(inspection)) => inspection,
            other => panic!("{other:?}"),
        }
    }

    fn confirm(&mut self) -> Result<ImportSummary, Problem> {
        self.try_ask(Request::Import).map(|response| match response {
            Response::Imported(summary) => summary,
            other => panic!("{other:?}"),
        })
    }

    /// Inspects and imports a file, whatever it asks.
    fn import(&mut self, file: &str) -> ImportSummary {
        self.inspect(&[("orders.csv", file.as_bytes())]);
        self.confirm().unwrap()
    }

    fn shop(&mut self) -> ShopView {
        match self.ask(Request::Shop) {
            Response::Shop(shop) => *shop,
            other => panic!("{other:?}"),
        }
    }

    fn analyse(&mut self, lens: Lens) -> Analysis {
        match self.ask(Request::Analyse(lens)) {
            Response::Analysis(analysis) => *analysis,
            other => panic!("{other:?}"),
        }
    }

    fn today(&mut self, lens: &Lens) -> Today {
        *self.ask(Request::Today(lens.clone())).of_segments::<Today>().unwrap()
    }

    /// The figures without anything chosen.
    fn figures(&mut self) -> Analysis {
        self.analyse(Lens::default())
    }

    fn list(&mut self, query: CustomerQuery) -> CustomersPage {
        match self.ask(Request::Customers(query)) {
            Response::Customers(page) => page,
            other => panic!("{other:?}"),
        }
    }

    fn file(&mut self, request: Request) -> Vec<u8> {
        match self.ask(request) {
            Response::File(bytes) => bytes,
            other => panic!("{other:?}"),
        }
    }

    fn report(&mut self) -> Vec<u8> {
        self.file(Request::ExportReport(Lens::default()))
    }

    fn scores(&mut self) -> Vec<HashMap<String, String>> {
        rows(&self.file(Request::ExportScores(Lens::default())))
    }
}

/// All customers that pass a filter, up to a day.
fn everyone(lens: &Lens, filter: CustomerFilter) -> CustomerQuery {
    CustomerQuery { lens: lens.clone(), filter, rows: 1_000, ..CustomerQuery::default() }
}

fn searched(text: &str) -> CustomerQuery {
    CustomerQuery { search: text.to_owned(), rows: 1_000, ..CustomerQuery::default() }
}

fn sorted(sort: CustomerSort, descending: bool) -> CustomerQuery {
    CustomerQuery { sort, descending, rows: 1_000, ..CustomerQuery::default() }
}

/// `2026-10-31`.
fn day(text: &str) -> model::ShopDay {
    model::ShopDay::parse_iso(text).unwrap()
}

fn as_of(text: &str) -> Lens {
    Lens { as_of: Some(day(text)), ..Lens::default() }
}

fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: day(to) }
}

/// The rows of a CSV file by column, after its byte order mark.
fn rows(csv: &[u8]) -> Vec<HashMap<String, String>> {
    let text = std::str::from_utf8(csv).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut lines = text.split_terminator("\r\n").map(cells);
    let header = lines.next().unwrap();
    lines.map(|cells| header.iter().cloned().zip(cells).collect()).collect()
}

/// The cells of a line of CSV without line breaks in it.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => {
                cells.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

/// An order of a plain table.
#[derive(Clone, Debug)]
struct Order {
    number: String,
    email: String,
    at: String,
    total: f64,
    refunded: f64,
    currency: &'static str,
    status: &'static str,
    name: &'static str,
    phone: &'static str,
}

/// A paid order in dollars; `who` is the part of the address before the `@`, empty: nobody.
#[expect(clippy::needless_pass_by_value, reason = "texts and numbers without a mark")]
fn order(number: impl ToString, who: &str, at: &str, total: f64) -> Order {
    Order {
        number: number.to_string(),
        email: if who.is_empty() { String::new() } else { format!("{who}@example.com") },
        at: if at.len() == 10 { format!("{at} 12:00:00") } else { at.to_owned() },
        total,
        refunded: 0.0,
        currency: "USD",
        status: "paid",
        name: "",
        phone: "",
    }
}

/// A plain table of orders.
fn table(orders: &[Order]) -> String {
    let mut text = "order_id,customer_email,ordered_at,total,refunded,currency,status,\
                    customer_name,customer_phone\n"
        .to_owned();
    for it in orders {
        let Order { number, email, at, total, refunded, currency, status, name, phone } = it;
        let _ = writeln!(
            text,
            "{number},{email},{at},{total:.2},{refunded:.2},{currency},{status},{name},{phone}"
        );
    }
    text
}

/// `count` customers with one to six orders each over a year: enough for every group and tier.
fn trade(count: usize) -> Vec<Order> {
    let mut orders = Vec::new();
    for customer in 0..count {
        let first = day("2026-10-31").plus_days(-((customer * 37 % 365) as i32));
        for n in 0..=customer * 7 % 6 {
            let at = first.plus_days(-(n as i32) * (5 + (customer % 40) as i32)).to_string();
            // No two customers spend the same.
            let total = 10.0 + (customer * 13 % 97) as f64 + customer as f64 / 100.0;
            orders.push(order(format!("T{customer}-{n}"), &format!("c{customer}"), &at, total));
        }
    }
    orders
}
