//! The files that a user can take out.

use super::{Desk, Order, order, rows, sorted, table, trade};
use protocol::{CustomerFilter, CustomerQuery, CustomerSort, Lens, Request};

/// Of the contract's columns those whose figures exist.
const SCORE_COLUMNS: &str = "customer_id,name,email,phone,orders,first_order,last_order,\
    recency_days,frequency,monetary,currency,aov,r,f,m,rfm_group,rfm_class,tier,median_gap_days,\
    next_order_expected,p_alive,expected_orders_90d,expected_orders_365d,clv_12m,historic_clv,\
    p_order_90d,p_order_365d,clv_basis";

fn named(number: u32, who: &str, name: &'static str) -> Order {
    Order { name, ..order(number, who, "2026-10-01", 5.0) }
}

#[test]
fn scores_are_a_file_that_spreadsheets_open_without_harm() {
    let mut desk = Desk::new();
    desk.import(&table(&[
        named(1, "ann", "=1+1"),
        named(2, "ben", "\"Lee, Ben\""),
        named(3, "cleo", "@cleo"),
        Order { phone: "+12125550142", ..named(4, "dora", "张三") },
        order(5, "", "2026-10-01", 5.0),
        Order { status: "pending", ..order(6, "eve", "2026-10-01", 5.0) },
    ]));
    let file = desk.file(Request::ExportScores(Lens::default()));
    let text = String::from_utf8(file.clone()).unwrap();
    assert_eq!(text.lines().next().unwrap(), format!("\u{feff}{SCORE_COLUMNS}"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.ends_with("\r\n"));
    let scores = rows(&file);
    let column = |name: &str| scores.iter().map(|row| row[name].as_str()).collect::<Vec<_>>();
    assert_eq!(column("name"), ["'=1+1", "Lee, Ben", "'@cleo", "张三", ""]);
    assert_eq!(column("phone"), ["", "", "", "'+12125550142", ""]);
    let eve = &scores[4];
    assert_eq!((eve["email"].as_str(), eve["orders"].as_str()), ("eve@example.com", "0"));
    for defined_for_buyers_only in [
        "first_order",
        "last_order",
        "recency_days",
        "frequency",
        "monetary",
        "aov",
        "r",
        "f",
        "m",
        "rfm_group",
        "rfm_class",
        "tier",
        "median_gap_days",
        "next_order_expected",
        "historic_clv",
    ] {
        assert_eq!(eve[defined_for_buyers_only], "", "{defined_for_buyers_only}");
    }
}

#[test]
fn a_row_of_scores_to_the_last_cell() {
    let mut desk = Desk::new();
    desk.import(&table(&[
        order(1, "ann", "2026-10-01", 10.0),
        order(2, "ann", "2026-10-11", 10.01),
        Order { refunded: 10.0, ..order(3, "ann", "2026-10-31", 10.02) },
    ]));
    let row = desk.scores().remove(0);
    for (column, expected) in [
        ("customer_id", row["customer_id"].as_str()),
        ("orders", "3"),
        ("first_order", "2026-10-01"),
        ("last_order", "2026-10-31"),
        ("recency_days", "0"),
        ("frequency", "3"),
        ("monetary", "20.03"),
        ("currency", "USD"),
        ("aov", "6.68"),
        ("r", "5"),
        ("f", "1"),
        ("m", "1"),
        ("rfm_group", "Recent"),
        ("rfm_class", "重要价值客户"),
        ("tier", "VIP"),
        ("median_gap_days", "15"),
        ("next_order_expected", "2026-11-15"),
        ("historic_clv", "20.03"),
    ] {
        assert_eq!(row[column], expected, "{column}");
    }
}

#[test]
fn the_list_is_exported_as_it_stands_on_screen() {
    let mut desk = Desk::new();
    desk.import(&table(&trade(60)));
    let filter = CustomerFilter { orders: 2, ..CustomerFilter::default() };
    let query = CustomerQuery { filter, ..sorted(CustomerSort::LastOrder, true) };
    let page = desk.list(query.clone());
    // The stretch on screen does not matter.
    let file =
        desk.file(Request::ExportCustomers(CustomerQuery { rows: 3, first_row: 2, ..query }));
    let exported: Vec<String> = rows(&file).iter().map(|row| row["customer_id"].clone()).collect();
    let listed: Vec<String> = page.rows.iter().map(|row| row.id.to_string()).collect();
    assert!(listed.len() > 3);
    assert_eq!(exported, listed);
    let header = String::from_utf8(file).unwrap();
    assert!(header.starts_with(
        "\u{feff}customer_id,name,email,phone,orders,net,currency,first_order,\
        last_order,r,f,m,rfm_group,tier\r\n"
    ));
}

#[test]
fn the_report_has_the_contracts_parts() {
    let mut desk = Desk::new();
    for expected_buyers in [0, 60] {
        let report: serde_json::Value = serde_json::from_slice(&desk.report()).unwrap();
        let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            [
                "as_of",
                "currency",
                "format",
                "kpis",
                "models",
                "pareto",
                "rfm",
                "tiers",
                "time_zone",
                "totals",
                "version",
            ]
        );
        assert_eq!(report["totals"]["buyers"], expected_buyers);
        assert_eq!(report["rfm"]["scored"], expected_buyers);
        assert_eq!(report["rfm"]["groups"].as_object().unwrap().len(), 11);
        assert_eq!(report["rfm"]["classes"].as_object().unwrap().len(), 8);
        assert_eq!(report["rfm"]["cells"].as_array().unwrap().len(), 25);
        for cuts in ["r", "f", "m"] {
            assert_eq!(report["rfm"]["cuts"][cuts].as_array().unwrap().len(), 4);
        }
        let names: Vec<&str> = report["tiers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["VIP", "Big", "Normal", "Small"]);
        assert_eq!(report["totals"]["net"] == "0.00", expected_buyers == 0);
        desk.import(&table(&trade(60)));
    }
}
