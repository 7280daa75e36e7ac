//! Refunds in all the shapes that exports give them.

use crate::table;
use ingest::WarningCode as W;
use model::OrderState as S;

fn orders(text: &str) -> Vec<(String, i64, i64, S)> {
    let batch = table(text);
    let orders = &batch.orders;
    let row = |row| {
        (
            orders.number.get(row).to_owned(),
            orders.total[row],
            orders.refunded[row],
            orders.state(row),
        )
    };
    (0..orders.len()).map(row).collect()
}

fn order(number: &str, total: i64, refunded: i64, state: S) -> (String, i64, i64, S) {
    (number.to_owned(), total, refunded, state)
}

const HEADER: &str = "Order ID,Email,Date,Total\n";

#[test]
fn an_amount_on_the_order_lowers_it() {
    for cell in ["4.00", "-4.00", "(4.00)", "4.00元"] {
        let text = format!(
            "Order ID,Email,Date,Total,Refunded Amount\n1,a@example.com,2026-01-01,10,{cell}\n"
        );
        assert_eq!(orders(&text), [order("1", 1_000, 400, S::PartiallyRefunded)], "{cell}");
    }
}

#[test]
fn a_state_alone_refunds_the_whole() {
    for word in ["refunded", "已退款", "退款成功", "erstattet"] {
        let text =
            format!("Order ID,Email,Date,Total,Status\n1,a@example.com,2026-01-01,10,{word}\n");
        assert_eq!(orders(&text), [order("1", 1_000, 0, S::FullyRefunded)], "{word}");
    }
}

#[test]
fn a_negative_row_that_names_its_order_lowers_it_whichever_comes_first() {
    let sale = "1,a@example.com,2026-01-01,10\n";
    let back = "1,a@example.com,2026-01-09,-4\n";
    let rest = "1,a@example.com,2026-01-20,-6\n";
    let other = "2,b@example.com,2026-01-02,5\n";
    for (rows, refunded, state) in [
        ([sale, back, other], 400, S::PartiallyRefunded),
        ([back, sale, other], 400, S::PartiallyRefunded),
        ([other, back, sale], 400, S::PartiallyRefunded),
        ([sale, back, rest], 1_000, S::FullyRefunded),
        // The same row twice is one refund.
        ([sale, back, back], 400, S::PartiallyRefunded),
    ] {
        let text = format!("{HEADER}{}", rows.concat());
        let found = orders(&text);
        assert!(found.contains(&order("1", 1_000, refunded, state)), "{found:?}");
        assert_eq!(table(&text).report.warned(W::RefundWithoutOrder), 0);
    }
    // More than was paid cannot be given back.
    let text = format!("{HEADER}{sale}1,a@example.com,2026-01-09,-14\n");
    assert_eq!(orders(&text), [order("1", 1_000, 1_000, S::FullyRefunded)]);
    assert_eq!(table(&text).report.warned(W::RefundAboveTotal), 1);
}

#[test]
fn a_negative_row_that_names_none_is_a_document_of_its_own_day() {
    let text = format!("{HEADER}1,a@example.com,2026-01-01,10\n2,b@example.com,2026-01-09,-4\n");
    assert_eq!(orders(&text), [order("1", 1_000, 0, S::Paid), order("2 ↩", -400, 0, S::Refund)]);
    let report = table(&text).report;
    let sums = &report.currencies[0];
    assert_eq!((sums.orders, sums.gross, sums.refunds, sums.net_valid), (1, 1_000, 0, 1_000));
    assert_eq!((sums.refund_documents, sums.refunded_by_documents), (1, 400));
    // Who only got money back ordered nothing.
    assert_eq!((report.orders, report.customers, report.in_state(S::Refund)), (1, 1, 1));
    assert_eq!(report.span.map(|it| it.0 == it.1), Some(true));
    // In another currency it is another order's.
    let text = "Order ID,Email,Date,Total,Currency\n1,a@example.com,2026-01-01,10,USD\n1,a@example.com,2026-01-02,-4,EUR\n";
    assert_eq!(orders(text), [order("1", 1_000, 0, S::Paid), order("1 ↩", -400, 0, S::Refund)]);
    // One that was never made gives nothing back.
    let text = "Order ID,Email,Date,Total,Status\n1,a@example.com,2026-01-01,10,paid\n1,a@example.com,2026-01-02,-4,pending\n";
    let found = orders(text);
    assert_eq!(found, [order("1", 1_000, 0, S::Paid), order("1 ↩", -400, 0, S::Unpaid)]);
    let report = table(text).report;
    assert_eq!((report.currencies[0].refund_documents, report.in_state(S::Unpaid)), (0, 0));
}

#[test]
fn a_file_of_refunds_alone_holds_documents_only() {
    for text in [
        "Refund ID,Order ID,Refund date,Refund amount,Currency\nR1,1001,2026-01-05,4.00,USD\n\
         R2,1001,2026-01-09,6.00,USD\nR3,1002,2026-01-09,1.50,USD\n",
        "订单编号,退款时间,退款金额,买家会员名\n1001,2026-01-05,4.00,茶客\n1001,2026-01-09,6.00,茶客\n\
         1002,2026-01-09,1.50,壶友\n",
    ] {
        let found = orders(text);
        let expected = [
            order("1001 ↩", -400, 0, S::Refund),
            order("1001 ↩2", -600, 0, S::Refund),
            order("1002 ↩", -150, 0, S::Refund),
        ];
        assert_eq!(found, expected);
        let report = table(text).report;
        assert_eq!((report.orders, report.currencies[0].refunded_by_documents), (0, 1_150));
    }
}

#[test]
fn lines_below_nothing_make_a_document() {
    let text = "Invoice,Date,Email,Item,Quantity,Unit Price\n1,2026-01-01,a@example.com,tea,2,5\n\
                2,2026-01-02,b@example.com,tea,-1,5\n2,2026-01-02,b@example.com,cup,-1,1\n";
    assert_eq!(orders(text), [order("1", 1_000, 0, S::Paid), order("2 ↩", -600, 0, S::Refund)]);
}
