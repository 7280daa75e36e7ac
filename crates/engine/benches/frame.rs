//! A million orders of a hundred thousand customers, through the engine as the page asks it.

#![expect(clippy::unwrap_used, reason = "the questions are known to have answers")]

#[allow(dead_code, reason = "shared with the tests, which set more")]
#[path = "../tests/it/place.rs"]
mod place;

use criterion::Criterion;
use engine::Engine;
use model::ShopDay;
use place::{Place, TestFile, TestHost};
use pollster::block_on;
use protocol::{
    ChurnQuery, CohortQuery, CrossQuery, CustomerQuery, Dimension, ExploreQuery, GradeRules,
    LabelKind, Lens, Monetary, Period, QuadrantQuery, Request, Response, RfmChoice, RfmWindow,
    RowsOn, SegmentId, SegmentQuery, ShopEdit, StoredSegment,
};
use std::fmt::Write as _;
use std::hint::black_box;
use store::MemoryBackend;

const CUSTOMERS: u64 = 100_000;
const ORDERS: u64 = 1_000_000;
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

/// Three years of orders by time, as a shop exports them. Few customers buy often, most seldom.
fn export() -> String {
    let first = ShopDay::parse_iso(LAST_DAY).unwrap().plus_days(-1_095);
    let mut random = Lcg(7);
    let mut text = "order_id,customer_email,ordered_at,total,currency,status\n".to_owned();
    for n in 0..ORDERS {
        let seconds = n * 1_096 * 86_400 / ORDERS;
        let (day, time) = (first.plus_days((seconds / 86_400) as i32), seconds % 86_400);
        let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
        let spread = random.below(1_000) * random.below(1_000) * 3;
        let customer = (spread + random.below(CUSTOMERS)) % CUSTOMERS;
        let cents = 500 + random.below(200) * random.below(200);
        let status = ["paid", "refunded", "cancelled"][(random.below(50) / 48) as usize];
        let _ = writeln!(
            text,
            "SO{n:08},c{customer:07}@example.com,{day} {hour:02}:{minute:02}:{second:02},\
             {}.{:02},USD,{status}",
            cents / 100,
            cents % 100
        );
    }
    text
}

type Subject = Engine<MemoryBackend, TestHost, TestFile>;

/// What a screen asks of a lens.
type Question = fn(Lens) -> Request;

fn ask(engine: &mut Subject, request: Request) -> Response {
    block_on(engine.answer(request, Vec::new())).unwrap()
}

/// What the screens ask of another day.
const SCREENS: [(&str, Question); 8] = [
    ("what there is to do on another day", Request::Today),
    ("moves between two days", |lens| {
        Request::Cross(CrossQuery { lens, rows_on: RowsOn::BeforePeriod, ..CrossQuery::default() })
    }),
    ("fifths and fixed cuts of another day", Request::Scorings),
    ("grades of another day", Request::Grades),
    ("quadrants of another day", |lens| {
        Request::Quadrants(QuadrantQuery { lens, ..Default::default() })
    }),
    ("life-cycle screen of another day", Request::Lifecycle),
    ("cohorts screen of another day", |lens| {
        Request::Cohorts(CohortQuery { lens, ..CohortQuery::default() })
    }),
    ("churn screen of another day", |lens| {
        Request::Churn(ChurnQuery { lens, ..ChurnQuery::default() })
    }),
];

/// A letter typed in a rule, and the whole analysis of a segment alone.
fn segments(criterion: &mut Criterion, engine: &mut Subject, last: ShopDay) {
    let lens = Lens { as_of: Some(last), ..Lens::default() };
    let mut typed = 0;
    for (name, rule) in [
        ("segment: a digit of a rule of scores and money", "any(all(r>=4,net>{}),tag='VIP')"),
        (
            "segment: a digit of a rule of windows, texts and products",
            "all(net>{}@12m,orders>=2@90d,name~'c00',!any(bought='tea',channel='web'),gap<60)",
        ),
    ] {
        criterion.bench_function(name, |bench| {
            bench.iter(|| {
                typed = (typed + 1) % 1_000;
                let rule = rule.replace("{}", &typed.to_string());
                let query = SegmentQuery { lens: lens.clone(), rule, who: None };
                black_box(ask(engine, Request::Segment(query)))
            });
        });
    }
    let mut back = 0;
    let id = SegmentId(1);
    let half = StoredSegment::of_rule(id, "Recent", "all(silent<=365)");
    ask(engine, Request::EditShop(ShopEdit::Segment(half)));
    criterion.bench_function("segment: complete analysis of it alone, of another day", |bench| {
        bench.iter(|| {
            back = (back + 1) % 30;
            let as_of = Some(last.plus_days(-back));
            black_box(ask(
                engine,
                Request::Analyse(Lens { as_of, segment: Some(id), ..lens.clone() }),
            ))
        });
    });
    criterion.bench_function("segment: profile", |bench| {
        bench.iter(|| {
            black_box(ask(
                engine,
                Request::SegmentProfile(lens.clone(), "all(orders>=3)".to_owned()),
            ))
        });
    });
    criterion.bench_function("segment: clusters of another day", |bench| {
        bench.iter(|| {
            back = (back + 1) % 30;
            let as_of = Some(last.plus_days(-back));
            black_box(ask(engine, Request::Clusters(Lens { as_of, ..lens.clone() })))
        });
    });
}
/// Tables of all orders.
const TABLES: [(&str, &[Dimension]); 3] = [
    ("orders by month and new or returning", &[Dimension::Month, Dimension::Visit]),
    ("orders by weekday and hour", &[Dimension::Weekday, Dimension::Hour]),
    (
        "orders by month, weekday and group",
        &[Dimension::Month, Dimension::Weekday, Dimension::Customer(LabelKind::Group)],
    ),
];

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let host = Place::new("America/New_York", "US").host();
    let mut engine = block_on(Engine::open(MemoryBackend::new(), host, false)).unwrap();
    let file = TestFile::new("orders.csv", export().as_bytes());
    block_on(engine.answer(Request::Inspect, vec![file])).unwrap();
    ask(&mut engine, Request::Import);

    let mut other = false;
    criterion.bench_function("build the frame", |bench| {
        bench.iter(|| {
            // Another time zone means another day for every order.
            other = !other;
            let zone = if other { "Asia/Shanghai" } else { "America/New_York" };
            ask(&mut engine, Request::EditShop(ShopEdit::TimeZone(zone.to_owned())))
        });
    });
    let last = ShopDay::parse_iso(LAST_DAY).unwrap();
    let mut back = 0;
    let year = RfmChoice {
        window: RfmWindow::YEAR,
        monetary: Monetary::AverageOrder,
        ..RfmChoice::default()
    };
    for (name, choice) in [
        ("complete analysis of another day, average orders of a year scored", year),
        ("complete analysis of another day", RfmChoice::default()),
    ] {
        ask(&mut engine, Request::EditShop(ShopEdit::Rfm(choice)));
        criterion.bench_function(name, |bench| {
            bench.iter(|| {
                back = (back + 1) % 30;
                let lens = Lens { as_of: Some(last.plus_days(-back)), ..Lens::default() };
                black_box(ask(&mut engine, Request::Analyse(lens)))
            });
        });
    }
    let on = |days: i32| Lens { as_of: Some(last.plus_days(-days)), ..Lens::default() };
    let rules = GradeRules::parse("A:net>=500@12m;orders>=3@12m\nB:orders>=2@90d\nC:orders>=1");
    ask(&mut engine, Request::EditShop(ShopEdit::Grades(rules.unwrap())));
    for (name, question) in SCREENS {
        criterion.bench_function(name, |bench| {
            bench.iter(|| {
                back = (back + 1) % 30;
                black_box(ask(&mut engine, question(on(back))))
            });
        });
    }
    segments(&mut criterion, &mut engine, last);
    for (name, dimensions) in TABLES {
        criterion.bench_function(name, |bench| {
            let span = Period { from: last.plus_days(-1_095), to: last };
            let lens = Lens { period: Some(span), ..on(0) };
            let query = ExploreQuery { lens, dimensions: dimensions.into(), ..Default::default() };
            bench.iter(|| black_box(ask(&mut engine, Request::Explore(query.clone()))));
        });
    }
    let mut digit = 0;
    criterion.bench_function("search", |bench| {
        bench.iter(|| {
            digit = (digit + 1) % 10_000;
            let query =
                CustomerQuery { search: format!("c00{digit:04}"), rows: 50, ..Default::default() };
            black_box(ask(&mut engine, Request::Customers(query)))
        });
    });
}
