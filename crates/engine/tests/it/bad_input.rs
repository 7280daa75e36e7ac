//! Files that cannot be read are refused with a stable code, and nothing that is stored changes.

use super::{Desk, order, table};
use protocol::{Answer, Lens, Problem, Request, Response};

#[test]
fn useless_files_are_refused_and_change_nothing() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0)]));
    let (report, stored) = (desk.report(), desk.backend.stored_bytes());
    let header = table(&[]);
    let cases: [(&[u8], &str, &str); 6] = [
        (b"", "empty_file", ""),
        (header.as_bytes(), "header_only", ""),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table", "picture"),
        (&[0; 4096], "damaged", ""),
        (
            b"id,colour,shape\n1,red,round\n2,blue,square\n",
            "unknown_kind",
            "order_number,ordered_at,total\nid, colour, shape\n",
        ),
        (
            b"Order ID,Email,Wann,Total\n1,a@example.com,yesterday,5\n",
            "missing_columns",
            "ordered_at\nOrder ID, Email, Wann, Total\nDate, Order date, ",
        ),
    ];
    for (bytes, code, detail) in cases {
        let files = desk.inspect(&[("orders.csv", bytes)]).files;
        let refusal = files[0].refusal.as_ref().unwrap_or_else(|| panic!("{code}"));
        assert_eq!(refusal.code, code);
        assert!(refusal.detail.starts_with(detail), "{}", refusal.detail);
        assert_eq!((files[0].orders, files[0].dry_run.new), (0, 0));
        assert_eq!(desk.confirm(), Err(Problem::NothingToImport), "{code}");
        assert_eq!((desk.report(), desk.backend.stored_bytes()), (report.clone(), stored));
    }
}

#[test]
fn the_good_rows_of_a_bad_file_are_kept() {
    let good = table(&[order(1, "ann", "2026-10-01", 5.0), order(2, "ben", "2026-10-02", 7.0)]);
    for (name, bad, codes) in [
        ("cut", "3,cleo@example.com,2026-1", vec!["cut_off"]),
        ("ragged", "3,cleo@example.com\n", vec!["too_few_fields"]),
        (
            "no amount",
            "3,cleo@example.com,2026-10-03 12:00:00,,0.00,USD,paid,,\n",
            vec!["no_amount"],
        ),
        ("no date", "3,cleo@example.com,,5.00,0.00,USD,paid,,\n", vec!["no_date"]),
    ] {
        let mut desk = Desk::new();
        let file = good.clone() + bad;
        let report = desk.inspect(&[("orders.csv", file.as_bytes())]).files.remove(0);
        let found: Vec<&str> = report.rejected_rows.iter().map(|row| row.reason.as_str()).collect();
        assert_eq!(found, codes, "{name}");
        assert_eq!(report.rejected_rows[0].line, 4, "{name}");
        let summary = desk.confirm().unwrap();
        assert_eq!(
            (summary.orders, summary.rejected, desk.figures().totals.net),
            (2, 1, 1_200),
            "{name}"
        );
        assert_eq!(desk.shop().batches[0].rejected, 1, "{name}");
    }
}

#[test]
fn zero_bytes_within_a_file_are_reported() {
    let mut desk = Desk::new();
    let file = table(&[order(1, "a\0nn", "2026-10-01", 5.0)]);
    let report = desk.inspect(&[("orders.csv", file.as_bytes())]).files.remove(0);
    assert!(report.warnings.iter().any(|it| it.code == "nul_bytes"), "{:?}", report.warnings);
    desk.confirm().unwrap();
    assert_eq!(desk.figures().totals.net, 500);
}

#[test]
fn a_bad_file_does_not_keep_a_good_one_out() {
    let mut desk = Desk::new();
    let good = table(&[order(1, "ann", "2026-10-01", 5.0)]);
    let files = desk.inspect(&[("bad.csv", b""), ("good.csv", good.as_bytes())]).files;
    assert_eq!((files[0].refusal.is_some(), files[1].refusal.is_some()), (true, false));
    assert_eq!(desk.confirm().unwrap().orders, 1);
}

#[test]
fn names_are_customers_if_the_user_says_so() {
    let file = b"Order ID,Date,Customer,Total\n1,2026-10-01,Ann Lee,5\n2,2026-10-02,ann lee,7\n";
    let mut desk = Desk::new();
    let asked = desk.inspect(&[("orders.csv", file)]).files.remove(0);
    let choices = |file: &protocol::FileReport| {
        assert_eq!((file.questions.len(), file.questions[0].code.as_str()), (1, "identity"));
        file.questions[0].choices.iter().map(|it| it.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!((asked.customers, choices(&asked)[0].as_str()), (0, "orders_only"));
    let codes: Vec<&str> = asked.warnings.iter().map(|it| it.code.as_str()).collect();
    let at = codes.iter().position(|it| *it == "weak_identity").unwrap();
    assert!(at < asked.grave as usize && (asked.grave as usize) < codes.len(), "{codes:?}");
    let answer = Answer { file: 0, question: "identity".to_owned(), choice: "names".to_owned() };
    let Response::Inspection(told) = desk.ask(Request::Answer(vec![answer])) else { panic!() };
    assert_eq!((told.files[0].customers, choices(&told.files[0])[0].as_str()), (1, "names"));
    desk.confirm().unwrap();
    assert_eq!(desk.figures().totals.buyers, 1);
}

#[test]
fn a_refund_that_names_no_order_lowers_net_on_its_own_day_and_is_none() {
    let mut desk = Desk::new();
    desk.import(&table(&[order(1, "ann", "2026-10-01", 5.0), order(2, "ben", "2026-10-02", 7.0)]));
    // Of an order of the first file, in a file of its own: the order stays.
    desk.import(&table(&[
        order(1, "ann", "2026-10-09", -4.0),
        order(3, "cleo", "2026-10-09", 8.0),
    ]));
    let totals = desk.figures().totals;
    assert_eq!((totals.orders, totals.valid_orders, totals.net), (3, 3, 1_600));
    assert_eq!((totals.gross, totals.refunds), (2_000, 400));
    assert_eq!(totals.kpis.net, 1_600);
    // What an order is worth is not what a refund takes.
    assert_eq!(totals.kpis.aov, Some(2_000.0 / 3.0));
    let id = desk.list(super::searched("ann")).rows[0].id;
    let Response::Customer(ann) = desk.ask(Request::Customer(id, Lens::default())) else {
        panic!()
    };
    assert_eq!((ann.row.net, ann.given_back), (500, 400));
    let refunds = totals.states.iter().find(|it| it.state == model::OrderState::Refund);
    assert_eq!(refunds.map(|it| it.orders), Some(1));
}
