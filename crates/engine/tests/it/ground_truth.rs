//! A real kind of export, against figures that were counted by other means.

use super::{Desk, as_of, period};
use model::OrderState;
use protocol::{CustomerQuery, CustomerSort, Lens, Request};
use serde_json::Value;

const FILE: &str = include_str!("../../../ingest/tests/data/syn_shopify_orders.csv");

/// Month in the shop's zone, valid orders, net.
const MONTHS: [(&str, &str, u32, i64); 18] = [
    ("2025-05-01", "2025-05-31", 8, 33_765),
    ("2025-06-01", "2025-06-30", 11, 56_799),
    ("2025-07-01", "2025-07-31", 11, 43_461),
    ("2025-08-01", "2025-08-31", 18, 83_727),
    ("2025-09-01", "2025-09-30", 17, 95_298),
    ("2025-10-01", "2025-10-31", 17, 83_371),
    ("2025-11-01", "2025-11-30", 23, 75_675),
    ("2025-12-01", "2025-12-31", 23, 132_970),
    ("2026-01-01", "2026-01-31", 18, 141_783),
    ("2026-02-01", "2026-02-28", 16, 76_764),
    ("2026-03-01", "2026-03-31", 26, 147_734),
    ("2026-04-01", "2026-04-30", 14, 58_867),
    ("2026-05-01", "2026-05-31", 13, 47_109),
    ("2026-06-01", "2026-06-30", 19, 85_482),
    ("2026-07-01", "2026-07-31", 9, 39_927),
    ("2026-08-01", "2026-08-31", 9, 35_057),
    ("2026-09-01", "2026-09-30", 8, 42_820),
    ("2026-10-01", "2026-10-31", 8, 29_904),
];

/// E-mail address, net, orders.
const BEST: [(&str, i64, u32); 5] = [
    ("zelda.nettlefold@example.com", 89_700, 3),
    ("nadia.glenholt@example.com", 35_755, 6),
    ("mirela.kestrel@example.com", 35_369, 5),
    ("joss.elsing@example.com", 31_999, 2),
    ("gwen.yarrowby@mail.test", 30_745, 3),
];

/// Valid orders, customers with so many.
const HISTOGRAM: [(u32, usize); 7] = [(1, 69), (2, 31), (3, 13), (4, 12), (5, 2), (6, 5), (8, 1)];

fn imported() -> Desk {
    let mut desk = Desk::new();
    desk.import(FILE);
    desk
}

#[test]
fn the_import_says_what_the_file_holds() {
    let mut desk = Desk::new();
    let inspection = desk.inspect(&[("orders.csv", FILE.as_bytes())]);
    let report = &inspection.files[0];
    assert_eq!((report.platform.as_str(), report.rows, report.orders), ("shopify", 514, 300));
    assert_eq!((report.customers, report.anonymous, report.rejected), (143, 2, 0));
    assert_eq!(
        report.days.map(|(from, to)| (from.to_string(), to.to_string())),
        Some(("2025-05-01".to_owned(), "2026-10-31".to_owned()))
    );
    assert_eq!((report.currencies[0].valid_orders, report.currencies[0].net), (268, 1_310_513));
    assert_eq!((report.dry_run.new, report.dry_run.updated), (300, 0));
    let summary = desk.confirm().unwrap();
    assert_eq!((summary.orders, summary.customers, summary.dry_run.new), (300, 143, 300));
}

#[test]
fn totals_states_and_key_figures() {
    let analysis = imported().figures();
    let totals = &analysis.totals;
    assert_eq!((totals.customers, totals.buyers), (143, 133));
    assert_eq!((totals.orders, totals.valid_orders, totals.anonymous_orders), (300, 268, 2));
    assert_eq!((totals.gross, totals.net), (1_335_377, 1_310_513));
    assert_eq!(totals.refunds, totals.gross - totals.net);
    let states: Vec<_> = totals.states.iter().map(|it| (it.state, it.orders)).collect();
    assert_eq!(
        states,
        [
            (OrderState::Test, 2),
            (OrderState::Cancelled, 14),
            (OrderState::Unpaid, 7),
            (OrderState::ZeroTotal, 1),
            (OrderState::FullyRefunded, 8),
            (OrderState::PartiallyRefunded, 11),
            (OrderState::Paid, 257),
        ]
    );
    assert_eq!(totals.first_order, Some(super::day("2025-05-01")));
    assert_eq!(totals.last_order, Some(super::day("2026-10-31")));
    assert_eq!(totals.kpis.aov, Some(1_310_513.0 / 268.0));
    assert_eq!(totals.kpis.repeat_rate, Some(64.0 / 133.0));
    assert_eq!(totals.kpis.orders_per_buyer, Some(266.0 / 133.0));
}

#[test]
fn every_month_in_the_shops_zone() {
    let mut desk = imported();
    for (from, to, orders, net) in MONTHS {
        let lens = Lens { period: Some(period(from, to)), ..as_of("2026-10-31") };
        let now = desk.analyse(lens).overview.now;
        assert_eq!((now.orders, now.net), (orders, net), "{from}");
    }
    let all = Lens { period: Some(period("2025-05-01", "2026-10-31")), ..as_of("2026-10-31") };
    let series = desk.analyse(all).overview.series;
    let points: Vec<_> =
        series.iter().map(|it| (it.start.to_string(), it.orders, it.net)).collect();
    let expected = MONTHS.map(|(from, _, orders, net)| (from.to_owned(), orders, net));
    assert_eq!(points, expected);
}

#[test]
fn the_best_customers_and_how_many_bought_how_often() {
    let mut desk = imported();
    let best = CustomerQuery {
        sort: CustomerSort::Net,
        descending: true,
        rows: 5,
        ..CustomerQuery::default()
    };
    let page = desk.list(best);
    let found: Vec<_> = page.rows.iter().map(|it| (it.email.as_str(), it.net, it.orders)).collect();
    assert_eq!(found, BEST);
    assert_eq!(
        (page.total, page.total_net),
        (143, desk.figures().totals.net - anonymous_net(&mut desk))
    );
    for (orders, customers) in HISTOGRAM {
        let filter = protocol::CustomerFilter { orders, ..Default::default() };
        let page = desk.list(super::everyone(&Lens::default(), filter));
        assert_eq!(page.total as usize, customers, "{orders}");
    }
}

/// Net of the orders that nobody can be found for: what the tiers lack of the total.
fn anonymous_net(desk: &mut Desk) -> i64 {
    let analysis = desk.figures();
    analysis.totals.net - analysis.tiers.tiers.iter().map(|it| it.net).sum::<i64>()
}

#[test]
fn the_report_and_the_scores_say_the_same() {
    let mut desk = imported();
    let report: Value = serde_json::from_slice(&desk.report()).unwrap();
    assert_eq!((&report["format"], &report["version"]), (&"regulars-report".into(), &1.into()));
    assert_eq!(report["as_of"], "2026-10-31");
    assert_eq!(report["time_zone"], "America/New_York");
    let totals: Value = serde_json::from_str(
        r#"{"customers":143,"buyers":133,"orders":300,"valid_orders":268,"gross":"13353.77",
            "refunds":"248.64","net":"13105.13","first_order":"2025-05-01",
            "last_order":"2026-10-31"}"#,
    )
    .unwrap();
    assert_eq!(report["totals"], totals);
    assert_eq!(report["kpis"]["aov"], "48.90");
    let scores = desk.scores();
    assert_eq!(scores.len(), 143);
    for (orders, customers) in HISTOGRAM {
        let so_many = scores.iter().filter(|row| row["orders"] == orders.to_string()).count();
        assert_eq!(so_many, customers);
    }
    for (email, net, orders) in BEST {
        let row = scores.iter().find(|row| row["email"] == email).unwrap();
        assert_eq!(row["orders"], orders.to_string());
        assert_eq!(row["monetary"], format!("{}.{:02}", net / 100, net % 100));
        assert_eq!(row["m"], "5", "{email}");
    }
    let groups = report["rfm"]["groups"].as_object().unwrap();
    for (group, customers) in groups {
        let so_many = scores.iter().filter(|row| row["rfm_group"] == *group).count();
        assert_eq!(so_many as u64, customers.as_u64().unwrap(), "{group}");
    }
}

#[test]
fn reopening_changes_no_byte() {
    let mut desk = imported();
    let (report, lens) = (desk.report(), Lens::default());
    let scores = desk.file(Request::ExportScores(lens.clone()));
    let mut desk = desk.reopened();
    assert_eq!(desk.report(), report);
    assert_eq!(desk.file(Request::ExportScores(lens)), scores);
}

#[test]
fn the_sequence_of_the_orders_in_the_file_does_not_matter() {
    // Rows of one order stand together: a record begins a new order where its status stands.
    let mut desk = imported();
    let (report, mut scores) = (desk.report(), desk.scores());
    let mut backwards = Desk::new();
    backwards.import(&reversed(FILE));
    assert_eq!(backwards.report(), report);
    let mut other = backwards.scores();
    let by_id = |rows: &mut Vec<std::collections::HashMap<String, String>>| {
        rows.sort_by_key(|row| row["customer_id"].clone());
    };
    by_id(&mut scores);
    by_id(&mut other);
    assert_eq!(other, scores);
}

/// The same export with its orders the other way round.
fn reversed(file: &str) -> String {
    let (mut records, mut record, mut open) = (Vec::new(), String::new(), false);
    for line in file.split_inclusive('\n') {
        record.push_str(line);
        open ^= line.matches('"').count() % 2 == 1;
        if !open {
            records.push(std::mem::take(&mut record));
        }
    }
    let header = records.remove(0);
    let number = |record: &String| record.split(',').next().unwrap().to_owned();
    let orders: Vec<String> =
        records.chunk_by(|one, other| number(one) == number(other)).map(<[_]>::concat).collect();
    header + &orders.into_iter().rev().collect::<String>()
}
