//! The files that a user can take out.

use super::lifecycle::{SHOPIFY, desk};
use super::{Desk, Order, as_of, order, rows, sorted, table, trade};
use protocol::{CustomerEdit, CustomerFilter, CustomerQuery, CustomerSort, Lens, Request};
use serde_json::json;

/// Of the contract's columns those whose figures exist.
const SCORE_COLUMNS: &str = "customer_id,name,email,phone,orders,first_order,last_order,\
    recency_days,frequency,monetary,currency,aov,r,f,m,rfm_group,rfm_class,tier,stage,\
    median_gap_days,next_order_expected,p_alive,expected_orders_90d,expected_orders_365d,clv_12m,\
    historic_clv,churn_state,p_order_90d,p_order_365d,clv_basis,clv_decile";

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
        "churn_state",
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
        ("stage", "retention"),
        ("churn_state", "active"),
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
        last_order,r,f,m,rfm_group,tier,do_not_contact,email_consent,sms_consent\r\n"
    ));
}

#[test]
fn files_with_addresses_say_who_must_not_be_written_to() {
    let mut desk = Desk::new();
    desk.import(&table(&super::leaving::shop()));
    let list = "Email,First Name,Email Marketing Status,SMS Marketing Status,Tags\n\
                gone0@example.com,Ann,unsubscribed,subscribed,\n\
                gone1@example.com,Ben,subscribed,,blacklist\n\
                gone2@example.com,Cat,subscribed,unsubscribed,\n";
    desk.inspect(&[("contacts.csv", list.as_bytes())]);
    desk.confirm().unwrap();
    let blocked = desk.list(super::searched("gone3@")).rows[0].id;
    desk.ask(Request::EditCustomer(blocked, CustomerEdit::Blocked(true)));
    let lens = as_of("2026-10-31");
    let all = CustomerQuery { lens: lens.clone(), ..CustomerQuery::default() };
    for request in [Request::ExportCustomers(all), Request::ExportRegister(lens)] {
        let file = desk.file(request);
        let header = String::from_utf8(file.clone()).unwrap().lines().next().unwrap().to_owned();
        assert!(header.ends_with(",do_not_contact,email_consent,sms_consent"), "{header}");
        let rows = rows(&file);
        for (who, expected) in [
            ("gone0", ["no", "refused", "given"]),
            ("gone1", ["yes", "given", "unknown"]),
            ("gone2", ["no", "given", "refused"]),
            ("gone3", ["yes", "unknown", "unknown"]),
            ("gone4", ["no", "unknown", "unknown"]),
        ] {
            let row = rows.iter().find(|it| it["email"] == format!("{who}@example.com")).unwrap();
            let said = ["do_not_contact", "email_consent", "sms_consent"].map(|it| &row[it]);
            assert_eq!(said, expected, "{who}");
        }
    }
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
                "basket",
                "churn",
                "cohorts",
                "currency",
                "format",
                "kpis",
                "lifecycle",
                "models",
                "pareto",
                "rfm",
                "satisfaction",
                "survival",
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

fn report_of(desk: &mut Desk, lens: Lens) -> serde_json::Value {
    serde_json::from_slice(&desk.file(Request::ExportReport(lens))).unwrap()
}

/// What the contract's parts hold of a known file; counted by other means.
#[test]
fn stages_cohorts_waiting_churn_and_baskets_of_a_known_file() {
    let mut desk = desk(SHOPIFY);
    let report = report_of(&mut desk, as_of("2026-10-31"));
    assert_eq!(
        report["lifecycle"],
        json!({"acquisition": 21, "retention": 9, "loyalty": 10, "winback": 46, "lost": 57})
    );
    let churn = &report["churn"];
    assert_eq!((&churn["active"], &churn["at_risk"]), (&json!(30), &json!(12)));
    assert_eq!((&churn["churned"], &churn["value_at_risk"]), (&json!(91), &json!("1877.24")));
    let cohorts = report["cohorts"].as_array().unwrap();
    assert_eq!(cohorts.len(), 18);
    assert_eq!(
        cohorts[17],
        json!({"month": "2026-10", "size": 7, "active": [7], "net": ["282.36"]})
    );
    assert_eq!(cohorts[16]["active"], json!([4, 0]));
    assert_eq!(cohorts[7]["active"], json!([15, 1, 1, 4, 3, 0, 4, 1, 3, 3, 0]));
    let survival = &report["survival"];
    assert_eq!(survival["median_gap_days"], 132);
    for (days, waiting) in [
        (7, 1.0),
        (30, 0.980_693_824_947_484_7),
        (90, 0.683_583_628_993_645_2),
        (365, 0.443_121_614_544_285_9),
    ] {
        let points = survival["points"].as_array().unwrap();
        let point = points.iter().find(|it| it[0] == days).unwrap();
        assert!((point[1].as_f64().unwrap() - waiting).abs() < 1e-9, "{days}");
    }
    assert_eq!(report["basket"]["orders"], 268);
    let rule = &report["basket"]["rules"][0];
    let names = (&json!(["Pour-Over Dripper"]), &json!(["Paper Filters, 100 pcs"]));
    assert_eq!((&rule["if"], &rule["then"]), names);
    assert_eq!(rule["orders"], 12);
    let nobody = json!({"csat": {"n": 0, "share": null}, "nps": {"n": 0, "score": null},
        "ces": {"n": 0, "mean": null}, "gaps": []});
    assert_eq!(report["satisfaction"], nobody);
    // Each row of the scores tells the same.
    let scores = rows(&desk.file(Request::ExportScores(as_of("2026-10-31"))));
    let count = |column: &str, value: &str| scores.iter().filter(|it| it[column] == value).count();
    let stages = ["acquisition", "retention", "loyalty", "win-back", "lost"];
    assert_eq!(stages.map(|it| count("stage", it)), [21, 9, 10, 46, 57]);
    let silence = ["active", "at risk", "churned", ""];
    assert_eq!(silence.map(|it| count("churn_state", it)), [30, 12, 91, 10]);
}

#[test]
fn answers_of_a_known_survey_in_the_report() {
    let mut desk = desk(SHOPIFY);
    let survey = include_bytes!("../../../ingest/tests/data/syn_csat_survey.csv");
    desk.inspect(&[("answers.csv", survey)]);
    desk.confirm().unwrap();
    let said = &report_of(&mut desk, Lens::default())["satisfaction"];
    assert_eq!((&said["csat"]["n"], &said["nps"]["n"]), (&json!(123), &json!(118)));
    let close = |value: &serde_json::Value, expected: f64| {
        assert!((value.as_f64().unwrap() - expected).abs() < 1e-9, "{value}");
    };
    close(&said["csat"]["share"], 78.0 / 123.0);
    close(&said["nps"]["score"], -200.0 / 118.0);
    close(&said["ces"]["mean"], 662.0 / 116.0);
    let gap = &said["gaps"][1];
    assert_eq!((&gap["dimension"], &gap["n"]), (&json!("delivery"), &json!(123)));
    close(
        &json!(gap["perceived"].as_f64().unwrap() - gap["expected"].as_f64().unwrap()),
        -137.0 / 123.0,
    );
}

#[test]
fn the_report_of_an_empty_shop_has_empty_parts() {
    let report = report_of(&mut Desk::new(), Lens::default());
    assert_eq!(report["cohorts"], json!([]));
    assert_eq!(report["survival"]["median_gap_days"], json!(null));
    assert_eq!(report["survival"]["points"], json!([]));
    assert_eq!(report["basket"], json!({"orders": 0, "rules": []}));
    assert_eq!(report["churn"]["value_at_risk"], "0.00");
    assert_eq!(report["lifecycle"]["lost"], 0);
}
