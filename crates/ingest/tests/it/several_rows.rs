//! Orders that stand on several rows of a plain table: which amount is the order's.

use crate::{read_with, rejected, table};
use ingest::{Answers, RowAmounts, WarningCode as W};
use model::OrderState as S;
use proptest::prelude::*;
use std::fmt::Write as _;

/// What a file with several rows an order came to.
fn figures(text: &str) -> (Vec<i64>, Vec<(&'static str, u64)>) {
    let batch = table(text);
    let told = [
        W::LineAmountsAdded,
        W::OrderTotalRepeated,
        W::TotalOnFirstRow,
        W::RowsContradict,
        W::OrderTwice,
        W::DuplicateRows,
        W::DuplicateLines,
        W::NumberReused,
        W::LinesNotCounted,
    ];
    let told = told.into_iter().map(|code| (code.code(), batch.report.warned(code)));
    (batch.orders.total, told.filter(|(_, count)| *count > 0).collect())
}

/// What is looked at, the header, the rows, the totals, and what is told.
type Case = (&'static str, &'static str, Vec<String>, Vec<i64>, Vec<(&'static str, u64)>);

const PLAIN: &str = "Order ID,Email,Date,Amount,Note\n";
const GOODS: &str = "Order ID,Email,Date,Amount,Item\n";
const TOLD: &str = "order_id,Email,Date,order_total,Item\n";
const CHINESE: &str = "订单号,邮箱,日期,订单总额,商品\n";
const PRICED: &str = "Order ID,Email,Date,Amount,Item,Quantity,Unit Price\n";

/// A row of one of these tables.
fn on(number: u32, amount: &str, rest: &str) -> String {
    format!("{number},a@example.com,2026-01-0{number},{amount},{rest}\n")
}

fn check(cases: Vec<Case>) {
    for (what, header, rows, totals, codes) in cases {
        assert_eq!(figures(&(header.to_owned() + &rows.concat())), (totals, codes), "{what}");
    }
}

#[test]
fn amounts_that_differ_within_orders_are_those_of_lines() {
    check(vec![
        (
            "amounts differ within orders",
            PLAIN,
            vec![on(1, "10", "tea"), on(1, "20", "pot"), on(2, "5", "cup")],
            vec![3_000, 500],
            vec![("line_amounts_added", 1)],
        ),
        (
            "so too with a column of goods",
            GOODS,
            vec![on(1, "10", "tea"), on(1, "20", "pot"), on(2, "5", "cup")],
            vec![3_000, 500],
            vec![("line_amounts_added", 1)],
        ),
        (
            "equal by chance in one order, different in another",
            GOODS,
            vec![on(1, "10", "tea"), on(1, "10", "pot"), on(2, "5", "cup"), on(2, "7", "tea")],
            vec![2_000, 1_200],
            vec![("line_amounts_added", 2)],
        ),
        (
            "rows of an order do not stand together",
            PLAIN,
            vec![on(1, "10", "tea"), on(2, "5", "cup"), on(1, "20", "pot"), on(1, "1", "bag")],
            vec![3_100, 500],
            vec![("line_amounts_added", 1)],
        ),
        (
            "one price for all goods: each amount is quantity times price",
            PRICED,
            vec![on(1, "10", "tea,1,10"), on(1, "10", "pot,1,10"), on(2, "20", "cup,2,10")],
            vec![2_000, 2_000],
            vec![("line_amounts_added", 1)],
        ),
        (
            "a discount in a row of its own",
            GOODS,
            vec![on(1, "10", "tea"), on(1, "20", "pot"), on(1, "-5", "discount")],
            vec![2_500],
            vec![("line_amounts_added", 1)],
        ),
    ]);
}

#[test]
fn amounts_that_do_not_are_the_orders() {
    check(vec![
        (
            "the same amount on all rows",
            GOODS,
            vec![on(1, "30", "tea"), on(1, "30", "pot"), on(2, "5", "cup")],
            vec![3_000, 500],
            vec![("order_total_repeated", 1)],
        ),
        (
            "the same amount on all rows of a file without goods",
            PLAIN,
            vec![on(1, "30", "tea"), on(1, "30.00", "pot"), on(2, "5", "cup")],
            vec![3_000, 500],
            // Nothing that is read differs but the note, so the row says nothing new.
            vec![("order_total_repeated", 1), ("duplicate_rows", 1)],
        ),
        (
            "a gift beside the order's total",
            PRICED,
            vec![on(1, "10", "bag,1,0"), on(1, "10", "pot,1,10"), on(2, "20", "cup,2,10")],
            vec![1_000, 2_000],
            vec![("order_total_repeated", 1)],
        ),
        (
            "a header that says order total is believed, and contradictions are told",
            TOLD,
            vec![on(1, "10", "tea"), on(1, "20", "pot"), on(2, "5", "cup")],
            vec![1_000, 500],
            vec![("order_total_repeated", 1), ("rows_contradict", 1)],
        ),
        (
            "in Chinese as well",
            CHINESE,
            vec![on(1, "10", "茶"), on(1, "20", "壶"), on(2, "5", "杯")],
            vec![1_000, 500],
            vec![("order_total_repeated", 1), ("rows_contradict", 1)],
        ),
    ]);
}

#[test]
fn blanks_and_copies_are_no_amounts() {
    check(vec![
        (
            "amounts on the first row only",
            GOODS,
            vec![on(1, "30", "tea"), on(1, "", "pot"), on(2, "5", "cup")],
            vec![3_000, 500],
            vec![("total_on_first_row", 1)],
        ),
        (
            "so too without a column of goods",
            PLAIN,
            vec![on(1, "30", "tea"), on(1, "", "pot"), on(2, "5", "cup")],
            vec![3_000, 500],
            vec![("total_on_first_row", 1)],
        ),
        (
            "the same row twice is no second line",
            GOODS,
            vec![on(1, "10", "tea"), on(1, "20", "pot"), on(1, "10", "tea"), on(2, "5", "cup")],
            vec![3_000, 500],
            vec![("line_amounts_added", 1), ("duplicate_lines", 1)],
        ),
        (
            "the same row twice beside goods: one amount, and told",
            GOODS,
            vec![on(1, "5", "tea"), on(1, "5", "tea"), on(2, "5", "cup")],
            vec![500, 500],
            vec![("order_total_repeated", 1), ("duplicate_lines", 1)],
        ),
        (
            "a file behind itself, amounts of orders",
            GOODS,
            [(1, "tea"), (1, "pot"), (2, "cup")]
                .repeat(2)
                .iter()
                .map(|it| on(it.0, "5", it.1))
                .collect(),
            vec![500, 500],
            vec![("order_total_repeated", 2), ("duplicate_rows", 3)],
        ),
        (
            "a file behind itself, amounts of lines",
            PLAIN,
            [(1, "10"), (1, "20"), (2, "5")]
                .repeat(2)
                .iter()
                .map(|it| on(it.0, it.1, "tea"))
                .collect(),
            vec![3_000, 500],
            vec![("line_amounts_added", 1), ("duplicate_lines", 3)],
        ),
    ]);
}

#[test]
fn one_row_in_many_that_contradicts_is_told_and_does_not_turn_the_file() {
    let mut text = String::from("Order ID,Email,Date,Amount,Item\n");
    for order in 1..=40 {
        let _ = write!(
            text,
            "{order},a@example.com,2026-01-01,30,tea\n{order},a@example.com,2026-01-01,30,pot\n"
        );
    }
    text.push_str("7,a@example.com,2026-01-01,12,cup\n");
    let (totals, told) = figures(&text);
    assert_eq!(totals, [3_000; 40]);
    assert_eq!(told, [("order_total_repeated", 40), ("rows_contradict", 1)]);
}

#[test]
fn a_file_whose_head_hides_its_lines_is_read_again() {
    let mut text = String::from("Order ID,Email,Date,Amount,Item\n");
    for order in 0..3_000 {
        let _ = writeln!(text, "{order},a@example.com,2026-01-01,5,tea");
    }
    for order in 3_000..4_000 {
        let _ = write!(
            text,
            "{order},a@example.com,2026-01-01,5,tea\n{order},a@example.com,2026-01-01,7,pot\n"
        );
    }
    let batch = table(&text);
    assert_eq!(batch.report.currencies[0].gross, 3_000 * 500 + 1_000 * 1_200);
    let told = Answers { row_amounts: Some(RowAmounts::OrderTotal), ..Answers::default() };
    let batch = read_with(text.as_bytes(), &told, 1 << 16).unwrap();
    assert_eq!(batch.report.currencies[0].gross, 4_000 * 500);
    assert_eq!(batch.report.warned(W::RowsContradict), 1_000);
}

#[test]
fn refunds_and_states_of_lines_lower_their_order() {
    let header = "Order ID,Email,Date,Amount,Refunded,Status,Item\n";
    let of_lines = "1,a@example.com,2026-01-01,10,10,paid,tea\n\
                    1,a@example.com,2026-01-01,20,0,paid,pot\n\
                    2,a@example.com,2026-01-02,10,,cancelled,tea\n\
                    2,a@example.com,2026-01-02,5,,paid,cup\n\
                    3,a@example.com,2026-01-03,10,,cancelled,tea\n\
                    3,a@example.com,2026-01-03,7,,cancelled,cup\n";
    let batch = table(&(header.to_owned() + of_lines));
    assert_eq!(
        (batch.orders.total.clone(), batch.orders.refunded.clone()),
        (vec![3_000, 1_500, 1_700], vec![1_000, 1_000, 0])
    );
    let states: Vec<S> = (0..3).map(|row| batch.orders.state(row)).collect();
    assert_eq!(states, [S::PartiallyRefunded, S::PartiallyRefunded, S::Cancelled]);
    assert_eq!(batch.report.warned(W::LinesNotCounted), 1);
    // A refund that stands on every line of the order is one refund.
    let repeated = "1,a@example.com,2026-01-01,10,6,paid,tea\n\
                    1,a@example.com,2026-01-01,20,6,paid,pot\n";
    let batch = table(&(header.to_owned() + repeated));
    assert_eq!((batch.orders.total, batch.orders.refunded), (vec![3_000], vec![600]));
}

#[test]
fn a_state_on_the_first_row_is_that_of_the_lines_without_one() {
    let of = |rows: [&str; 2]| {
        let mut text = String::from("Order ID,Email,Date,Amount,Status,Cancelled at,Tags,Item\n");
        for (amount, row) in [10, 20].into_iter().zip(rows) {
            let _ = writeln!(text, "1,a@example.com,2026-01-01,{amount},{row},tea");
        }
        let batch = table(&text);
        (batch.orders.state(0), batch.orders.total[0], batch.orders.refunded[0])
    };
    for (rows, expected) in [
        (["cancelled,,", ",,"], (S::Cancelled, 3_000, 0)),
        (["pending,,", ",,"], (S::Unpaid, 3_000, 0)),
        (["refunded,,", ",,"], (S::FullyRefunded, 3_000, 3_000)),
        (["paid,2026-01-02,", ",,"], (S::Cancelled, 3_000, 0)),
        (["paid,,test", "paid,,"], (S::Test, 3_000, 0)),
        (["paid,,", ",,"], (S::Paid, 3_000, 0)),
        // What a row says itself counts.
        (["cancelled,,", "paid,,"], (S::PartiallyRefunded, 3_000, 1_000)),
        (["paid,,", ",2026-01-02,"], (S::PartiallyRefunded, 3_000, 2_000)),
        (["paid,,", "cancelled,,"], (S::PartiallyRefunded, 3_000, 2_000)),
    ] {
        assert_eq!(of(rows), expected, "{rows:?}");
    }
}

#[test]
fn one_refund_among_many_orders_is_not_lost() {
    let header = "Order ID,Email,Date,Amount,Refunded,Status,Item\n";
    let file = |rows: [&str; 2]| {
        let mut text = header.to_owned();
        for order in 2..=100 {
            for amount in [10, 20] {
                let _ = writeln!(text, "{order},a@example.com,2026-01-01,{amount},0,paid,{amount}");
            }
        }
        for row in rows {
            let _ = writeln!(text, "1,a@example.com,2026-01-01,{row}");
        }
        let batch = table(&text);
        assert_eq!(batch.report.currencies[0].gross, 100 * 3_000);
        batch.report.currencies[0].refunds
    };
    for (rows, refunds) in [
        (["10,0,paid,tea", "20,7,paid,pot"], 700),
        (["10,,paid,tea", "20,7,paid,pot"], 700),
        (["10,7,paid,tea", "20,0,paid,pot"], 700),
        (["10,7,paid,tea", "20,,paid,pot"], 700),
        (["10,4,paid,tea", "20,7,paid,pot"], 1_100),
        // The whole order's, on each of its rows.
        (["10,7,paid,tea", "20,7,paid,pot"], 700),
        // Of a line that was refunded whole, its refund is no second one.
        (["10,10,refunded,tea", "20,0,paid,pot"], 1_000),
        (["10,10,refunded,tea", "20,,paid,pot"], 1_000),
        (["10,10,refunded,tea", "20,10,paid,pot"], 1_000),
        (["10,0,refunded,tea", "20,0,paid,pot"], 1_000),
    ] {
        assert_eq!(file(rows), refunds, "{rows:?}");
    }
}

#[test]
fn what_cannot_be_added_is_listed() {
    let batch = table(
        "Order ID,Email,Date,Amount,Currency,Item\n1,a@example.com,2026-01-01,10,USD,tea\n\
         1,a@example.com,2026-01-01,20,USD,pot\n1,a@example.com,2026-01-01,30,EUR,cup\n\
         1,a@example.com,2026-01-01,ten,USD,bag\n2,a@example.com,2026-01-01,-4,USD,bag\n",
    );
    assert_eq!(batch.orders.total, [3_000, -400]);
    assert_eq!(rejected(&batch), [(4, "other_currency"), (5, "bad_amount")]);
    assert_eq!(batch.report.warned(W::LinesLost), 2);
}

#[test]
fn a_state_that_contradicts_the_order_is_told_where_the_total_is_repeated() {
    let batch = table(
        "Order ID,Email,Date,Order Total,Status,Item\n1,a@example.com,2026-01-01,30,paid,tea\n\
         1,a@example.com,2026-01-01,30,refunded,pot\n2,a@example.com,2026-01-01,30,paid,tea\n\
         2,a@example.com,2026-01-01,30,,pot\n",
    );
    assert_eq!(batch.report.warned(W::RowsContradict), 1);
    assert_eq!(batch.orders.state(0), S::Paid);
}

#[test]
fn another_day_or_customer_is_another_order() {
    for header in ["Amount,Note", "Amount,Item", "Order Total,Item"] {
        for (what, row, is_other) in [
            ("another day", "a@example.com,2026-01-02 09:00,20,pot", true),
            ("another customer", "b@example.com,2026-01-01 10:00,20,pot", true),
            ("the same, written otherwise", "A@Example.com,2026-01-01 10:05,10,pot", false),
            ("neither is said", ",,,pot", false),
        ] {
            let text = format!(
                "Receipt No,Email,Date,{header}\n1,a@example.com,2026-01-01 10:00,10,tea\n1,{row}\n"
            );
            let (batch, is_other) = (table(&text), u64::from(is_other));
            // Where rows are whole orders, the later one counts; a line is listed.
            let (reused, total) = if header.ends_with("Note") {
                assert!(batch.report.warned(W::OrderTwice) >= is_other, "{header}: {what}");
                (0, 1_000 + 1_000 * is_other as i64)
            } else {
                (is_other, 1_000)
            };
            assert_eq!(batch.orders.total, [total], "{header}: {what}");
            assert_eq!(batch.report.warned(W::NumberReused), reused, "{header}: {what}");
            let listed = rejected(&batch);
            assert_eq!(listed, [(3, "number_reused")][..reused as usize], "{header}: {what}");
        }
    }
    // Nor is such a row added where the amounts are those of lines.
    let batch = table(
        "Receipt No,Email,Date,Amount,Note\n1,a@example.com,2026-01-01,10,tea\n\
         1,a@example.com,2026-01-01,20,pot\n1,b@example.com,2026-01-02,40,tea\n",
    );
    assert_eq!((batch.orders.total.as_slice(), rejected(&batch).len()), (&[3_000][..], 1));
    // Nor are lines without an amount column added to a stranger's.
    let batch = table(
        "Receipt No,Email,Date,Item,Quantity,Unit Price\n1,a@example.com,2026-01-01,tea,2,5\n\
         1,a@example.com,2026-01-01,pot,1,7\n1,b@example.com,2026-01-02,pot,1,9\n",
    );
    assert_eq!((batch.orders.total.as_slice(), batch.lines.price.len()), (&[1_700][..], 2));
    assert!(W::NumberReused.is_grave());
}

#[test]
fn a_further_row_without_amount_is_weighed() {
    for (rest, contradicts) in
        [("7,paid", 1), (",refunded", 1), (",cancelled", 1), (",", 0), ("0,paid", 0)]
    {
        let batch = table(&format!(
            "Order ID,Email,Date,Amount,Refunded,Status\n1,a@example.com,2026-01-01,30,0,paid\n\
             1,a@example.com,2026-01-01,,{rest}\n"
        ));
        assert_eq!(batch.report.warned(W::RowsContradict), contradicts, "{rest}");
        assert_eq!((batch.orders.total[0], batch.orders.refunded[0]), (3_000, 0), "{rest}");
    }
}

/// Rows of a table: the order, the amount in whole units, what was bought.
fn rows() -> impl Strategy<Value = Vec<(u8, u16, u8)>> {
    prop::collection::vec((0..6_u8, 1..60_u16, 0..4_u8), 1..40)
}

proptest! {
    #[test]
    fn no_amount_is_lost_whatever_the_model(rows in rows(), header in 0..3_usize) {
        let header = [
            "Order ID,Email,Date,Amount,Note",
            "Order ID,Email,Date,Amount,Item",
            "Order ID,Email,Date,Order Total,Item",
        ][header];
        let mut text = format!("{header}\n");
        for (order, amount, item) in &rows {
            let _ = writeln!(text, "{order},a@example.com,2026-01-01,{amount},{item}");
        }
        let batch = table(&text);
        let report = &batch.report;
        prop_assert_eq!(report.rows, report.rows_used + report.skipped_count);
        let gross = report.currencies[0].gross;
        let mut distinct = rows.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let sum: i64 = distinct.iter().map(|row| i64::from(row.1) * 100).sum();
        if report.warned(W::LineAmountsAdded) > 0 {
            prop_assert_eq!(gross, sum);
            let copies = (rows.len() - distinct.len()) as u64;
            prop_assert_eq!(report.warned(W::DuplicateLines), copies);
        } else {
            let several = rows.iter().any(|row| rows.iter().filter(|it| it.0 == row.0).count() > 1);
            let told_of_one = report.warned(W::OrderTotalRepeated) + report.warned(W::DuplicateRows);
            prop_assert_eq!(several, told_of_one > 0);
            if !header.ends_with("Note") {
                prop_assert_eq!(several, report.warned(W::OrderTotalRepeated) > 0);
                let copies = report.warned(W::DuplicateLines) + report.warned(W::DuplicateRows);
                prop_assert!(copies > 0 || rows.len() == distinct.len());
            }
            // Every row that is not in the sum repeats its order's amount, or is told.
            let told = report.warned(W::RowsContradict) + report.warned(W::OrderTwice);
            let mut first = std::collections::HashMap::new();
            let contrary = rows.iter().filter(|row| *first.entry(row.0).or_insert(row.1) != row.1);
            prop_assert!(contrary.count() == 0 || told > 0);
            prop_assert!(gross <= sum);
        }
    }
}
