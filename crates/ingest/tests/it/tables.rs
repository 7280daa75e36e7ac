//! Tables of orders in all the ways that programs write them, one trap a test.

use crate::{context, read, read_with, recognised, rejected, table};
use ingest::{
    Answers, DateOrder, DecimalMark, FileFacts, Question, Refusal, Role, SkipKind,
    WarningCode as W, recognise_as,
};
use model::OrderState as S;
use model::OrderTime;
use std::fmt::Write as _;

const DAY: i64 = 86_400;
/// 1 December 2010.
const DECEMBER_1: i64 = 1_291_161_600;

#[test]
fn columns_are_found_by_name_in_two_languages() {
    for header in [
        "order_id,customer_email,ordered_at,total,currency,status,channel",
        "\u{feff}Order ID,E-Mail,Order Date,Order Total (USD),Currency,Order Status,Source",
        "订单编号 ,邮箱,订单创建时间,买家实际支付金额(元),币种,订单状态,渠道",
        "Ｏｒｄｅｒ　Ｎｏ,EMAIL,CREATED-AT,Amount,currency code,Payment Status,sales channel",
    ] {
        let text = format!("{header}\nA1,a@example.com,2026-01-02 03:04:05,10.00,USD,paid,web\n");
        let batch = table(&text);
        assert_eq!((batch.report.orders, batch.report.customers), (1, 1), "{header}");
        assert_eq!(batch.orders.channel.get(0), "web");
        assert_eq!(batch.orders.time(0), OrderTime::Wall(1_767_323_045));
    }
}

#[test]
fn headers_of_many_programs_are_understood() {
    for (number, date, total) in [
        ("Order", "Day", "Sum"),
        ("Receipt No.", "Placed on", "Amount paid"),
        ("Ref", "Purchased at", "Net amount"),
        ("Sales order #", "Date of purchase", "Sales amount"),
        ("Ticket", "Checkout time", "Turnover"),
        ("Order Reference", "Order placed", "Price"),
        ("Transaction No", "Paid on", "Paid"),
        ("Order code", "Date/Time", "Subtotal"),
        ("id", "Bought", "Cost"),
        ("订单号", "成交时间", "应付"),
        ("交易单号", "付款时间", "应付金额（元）"),
        ("流水号", "下单日期", "实付"),
        ("小票号", "消费时间", "消费金额"),
        ("单据编号", "销售日期", "销售额"),
        ("平台订单号", "支付日期", "实收金额"),
        ("编号", "拍下时间", "价格"),
    ] {
        let text = format!(
            "{number},Email,{date},{total}\nA1,a@example.com,2026-01-02 03:04:05,10.00\n\
             A2,b@example.com,2026-01-03 03:04:05,20.00\n"
        );
        let batch = table(&text);
        assert_eq!(batch.orders.total, [1_000, 2_000], "{number} {date} {total}");
        assert_eq!(batch.orders.number.get(1), "A2", "{number}");
        assert_eq!(batch.orders.time(0), OrderTime::Wall(1_767_323_045), "{date}");
    }
}

#[test]
fn an_ambiguous_header_is_taken_where_there_is_no_better_and_its_cells_fit() {
    // Price is the line's where there is a total or a quantity.
    let batch = table("Order ID,Email,Date,Price,Item,Total\n1,a@example.com,2026-01-01,5,tea,8\n");
    assert_eq!((batch.orders.total, batch.lines.price), (vec![800], vec![500]));
    let batch = table("Order ID,Email,Date,Price,Item,Qty\n1,a@example.com,2026-01-01,5,tea,3\n");
    assert_eq!(batch.orders.total, [1_500]);
    let batch = table("Order ID,Email,Date,Price,Item\n1,a@example.com,2026-01-01,5,tea\n");
    assert_eq!(batch.orders.total, [500]);
    // `Paid` may be a yes, a date, or an amount.
    for (cell, missing) in
        [("yes", Some(Role::Total)), ("2026-01-02", Some(Role::Total)), ("5", None)]
    {
        let text = format!("Order ID,Email,Date,Paid\n1,a@example.com,2026-01-01,{cell}\n");
        let found = recognised(text.as_bytes()).unwrap();
        let asked = found.questions.iter().find_map(|it| match it {
            Question::Mapping { missing } => missing.first().copied(),
            _ => None,
        });
        assert_eq!(asked, missing, "{cell}");
    }
}

#[test]
fn a_price_beside_a_quantity_is_that_of_one() {
    for header in ["售价", "价格", "成交价", "Sale Price", "Selling price"] {
        let text =
            format!("订单号,邮箱,日期,商品,数量,{header}\n1,a@example.com,2026-01-01,茶,3,5\n");
        let batch = table(&text);
        assert_eq!((batch.orders.total, batch.lines.price), (vec![1_500], vec![500]), "{header}");
        let text = format!("订单号,邮箱,日期,商品,{header}\n1,a@example.com,2026-01-01,茶,5\n");
        assert_eq!(table(&text).orders.total, [500], "{header}");
    }
    let batch =
        table("订单号,邮箱,日期,商品,数量,售价,实付金额\n1,a@example.com,2026-01-01,茶,3,5,12\n");
    assert_eq!((batch.orders.total, batch.lines.price), (vec![1_200], vec![500]));
}

#[test]
fn a_column_that_was_assumed_is_named() {
    for (header, told) in [
        ("Order ID,Email,Date,Cost", &["total\nCost"][..]),
        ("No.,Name (x),Date,Total", &["order_number\nNo."]),
        (
            "id,Email,Placed,Subtotal",
            &["order_number\nid", "ordered_at\nPlaced", "total\nSubtotal"],
        ),
        ("订单号,邮箱,日期,售价", &["total\n售价"]),
        ("Order ID,Email,Date,Total", &[]),
    ] {
        let batch = table(&format!("{header}\n1,a@example.com,2026-01-01,5\n"));
        let named = batch.report.warnings.iter().filter(|it| it.code == W::ColumnAssumed);
        assert_eq!(named.map(|it| it.detail.as_str()).collect::<Vec<_>>(), told, "{header}");
    }
    let batch = table("Order ID,Email,Date,Qty,Sale Price\n1,a@example.com,2026-01-01,3,5\n");
    let named = batch.report.warnings.iter().find(|it| it.code == W::ColumnAssumed).unwrap();
    assert!(named.detail == "unit_price\nSale Price" && named.code.is_grave());
    // Whoever says what the columns are assumes nothing.
    let text = "No.,Name (x),Date,Total\n1,a@example.com,2026-01-01,5\n";
    let mapping = Some(recognised(text.as_bytes()).unwrap().mapping);
    let answers = Answers { mapping, ..Answers::default() };
    let batch = read_with(text.as_bytes(), &answers, 100).unwrap();
    assert_eq!(batch.report.warned(W::ColumnAssumed), 0);
}

#[test]
fn names_that_a_refusal_offers_are_understood() {
    for role in [Role::OrderNumber, Role::OrderedAt, Role::Total] {
        assert!(!role.accepted_names().is_empty());
        for name in role.accepted_names() {
            let header: String = [Role::OrderNumber, Role::OrderedAt, Role::Total]
                .map(|other| if other == role { *name } else { other.accepted_names()[0] })
                .join(",");
            let found = recognised(format!("{header}\n1,2026-01-01,5\n").as_bytes()).unwrap();
            let is_missing = |it: &Question| matches!(it, Question::Mapping { .. });
            assert!(!found.questions.iter().any(is_missing), "{name}");
        }
    }
}

#[test]
fn delimiters_are_told_apart() {
    for (delimiter, first) in [(",", ""), (";", ""), ("\t", ""), ("|", ""), (";", "sep=;\n")] {
        let rows = ["Order ID|Email|Date|Total", "1|a@example.com|2026-01-01|\"1,5\"", ""];
        let text = first.to_owned() + &rows.join("\n").replace('|', delimiter);
        let batch = table(&text);
        assert_eq!(batch.orders.total, [150], "{delimiter:?}");
        assert_eq!(batch.report.warned(W::PreambleSkipped), 0);
    }
}

#[test]
fn wrappings_of_spreadsheets_are_taken_off() {
    let batch = table(
        "Order ID,Email,Phone,Date,Total\n\
         \"=\"\"0012\"\"\", A@Example.com ,,2026-01-01, $1.00 \n\
         '0013,\"\ta@example.com\",,2026-01-02,２.００\n\
         \"\t0014\",null,'+1 212 555 0142,2026-01-03,(3.00)\n\
         0015,-,212-555-0142,2026-01-04,4\u{a0}元\n",
    );
    assert_eq!(batch.orders.number.iter().collect::<Vec<_>>(), ["0012", "0013", "0015", "0014 ↩"]);
    let (total, customer) = (vec![100, 200, 400, -300], vec![0, 0, 1, 1]);
    assert_eq!((batch.orders.total, batch.orders.customer), (total, customer));
    assert_eq!(batch.customers.phone.get(1), "+12125550142");
}

#[test]
fn the_head_settles_day_and_month_or_the_whole_column_does_or_the_user() {
    let file = |dates: &[&str]| {
        let mut text = String::from("Order ID,Email,Date,Total\n");
        for (at, date) in dates.iter().enumerate() {
            let _ = writeln!(text, "{at},a@example.com,{date},1.00");
        }
        text
    };
    // The merchant is American: month first, unless the file says otherwise.
    assert_eq!(table(&file(&["1/12/2010"])).orders.at, [DECEMBER_1 - 323 * DAY]);
    assert_eq!(table(&file(&["1/12/2010", "13/12/2010"])).orders.at[0], DECEMBER_1);
    let mut late = vec!["1/12/2010"; 3_000];
    late.push("31/12/2010");
    let batch = table(&file(&late));
    assert_eq!((batch.orders.at[0], batch.orders.at[3_000]), (DECEMBER_1, DECEMBER_1 + 30 * DAY));
    assert!(batch.report.questions.is_empty());

    let ambiguous = file(&["1/12/2010", "2/12/2010"]);
    let [Question::DateOrder { example, assumed }] =
        &recognised(ambiguous.as_bytes()).unwrap().questions[..]
    else {
        panic!("one question")
    };
    assert_eq!((example.as_str(), *assumed), ("1/12/2010", DateOrder::MonthFirst));
    assert_eq!(table(&ambiguous).report.warned(W::AmbiguousDates), 2);
    let answers = Answers { date_order: Some(DateOrder::DayFirst), ..Answers::default() };
    let told = read_with(ambiguous.as_bytes(), &answers, 100).unwrap();
    assert_eq!((told.orders.at[0], told.report.questions.len()), (DECEMBER_1, 0));
}

#[test]
fn the_decimal_mark_is_the_columns_not_the_cells() {
    let file = |amounts: &[&str]| {
        let mut text = String::from("Order ID\tEmail\tDate\tTotal\n");
        for (at, amount) in amounts.iter().enumerate() {
            let _ = writeln!(text, "{at}\ta@example.com\t2026-01-01\t{amount}");
        }
        text
    };
    assert_eq!(table(&file(&["1,234", "1,234.50"])).orders.total, [123_400, 123_450]);
    assert_eq!(table(&file(&["1.234", "1.234,50"])).orders.total, [123_400, 123_450]);
    let mut late = vec!["1.234"; 2_500];
    late.push("0,50");
    let batch = table(&file(&late));
    assert_eq!((batch.orders.total[0], batch.orders.total[2_500]), (123_400, 50));
}

#[test]
fn minor_units_are_those_of_the_rows_currency() {
    let batch = table(
        "Order ID,Email,Date,Total,Currency\n1,a@example.com,2026-01-01,300,JPY\n\
         2,a@example.com,2026-01-01,1.234,kwd\n3,a@example.com,2026-01-01,5.50,\n\
         4,a@example.com,2026-01-01,5.50,XQZ\n",
    );
    assert_eq!(batch.orders.total, [300, 1_234, 550]);
    assert_eq!(batch.report.warned(W::SeveralCurrencies), 3);
    assert_eq!(rejected(&batch), [(5, "unknown_currency")]);
}

#[test]
fn states_decide_what_counts_and_unknown_words_are_named() {
    let batch = table(
        "Order ID,Email,Date,Total,Status,Refunded Amount,Cancelled at,Payment Method\n\
         1,a@example.com,2026-01-01,10,交易成功,,,\n\
         2,a@example.com,2026-01-01,10,on hold,,,\n\
         3,a@example.com,2026-01-01,10,paid,-4,,\n\
         4,a@example.com,2026-01-01,10,paid,14,,\n\
         5,a@example.com,2026-01-01,10,paid,,2026-01-02,\n\
         6,a@example.com,2026-01-01,10,paid,,,(for testing) Bogus Gateway\n\
         7,a@example.com,2026-01-01,10,frobnicated,,,\n",
    );
    let states: Vec<S> = (0..7).map(|row| batch.orders.state(row)).collect();
    let expected = [
        S::Paid,
        S::Unpaid,
        S::PartiallyRefunded,
        S::FullyRefunded,
        S::Cancelled,
        S::Test,
        S::Paid,
    ];
    assert_eq!(states, expected);
    assert_eq!((batch.orders.refunded[2], batch.orders.refunded[3]), (400, 1_000));
    let unknown = batch.report.warnings.iter().find(|w| w.code == W::UnknownStatus).unwrap();
    assert_eq!((unknown.detail.as_str(), unknown.first_line), ("frobnicated", Some(8)));
}

#[test]
fn totals_that_repeat_on_each_line_are_not_added_up() {
    let batch = table(
        "Order Number,Email,Date,Order Total,SKU,Quantity,Unit Price\n\
         1,a@example.com,2026-01-01,30,TEA,2,10\n2,b@example.com,2026-01-02,5,CUP,1,5\n\
         1,a@example.com,2026-01-01,30,CUP,1.5,5\n",
    );
    assert_eq!((batch.orders.total, batch.lines.order), (vec![3_000, 500], vec![0, 0, 1]));
    assert_eq!(batch.lines.quantity_milli, [2_000, 1_500, 1_000]);
    assert_eq!(batch.report.rows_used, 3);
}

#[test]
fn an_order_without_total_is_the_sum_of_its_lines() {
    let batch = table(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
         536365,85123A,Holder,6,1/12/2010 8:26,2.55,17850,United Kingdom\n\
         536365,71053,Lantern,3,1/12/2010 8:26,3.39,17850,United Kingdom\n\
         C536379,D,Discount,-1,1/12/2010 9:41,27.50,14527,United Kingdom\n\
         C536379,71053,Lantern,-1,1/12/2010 9:41,3.39,14527,United Kingdom\n\
         536380,22961,Jam,24,1/12/2010 9:41,1.45,17809,United Kingdom\n",
    );
    // The cancellation names no invoice: a document beside the orders.
    assert_eq!(batch.orders.total, [2_547, -3_089, 3_480]);
    assert_eq!(batch.orders.number.get(1), "C536379");
    assert_eq!(batch.lines.order, [0, 0, 1, 1, 2]);
    assert_eq!((batch.report.orders, batch.report.rows_used), (2, 5));
    assert_eq!(batch.report.in_state(S::Refund), 1);
    assert_eq!(batch.report.currencies[0].refunded_by_documents, 3_089);
}

#[test]
fn repeated_rows_change_nothing_and_changed_ones_win() {
    let batch = table(
        "Order ID,Email,Date,Total,Status\n1,a@example.com,2026-01-01,10,pending\n\
         2,a@example.com,2026-01-02,20,paid\n1,a@example.com,2026-01-01,10,pending\n\
         1,a@example.com,2026-01-01,10,paid\n,,Total,30,\nOrder ID,Email,Date,Total,Status\n",
    );
    let skipped: Vec<_> = batch.report.skipped.iter().map(|row| (row.line, row.kind)).collect();
    let expected =
        [(4, SkipKind::Duplicate), (6, SkipKind::TotalRow), (7, SkipKind::RepeatedHeader)];
    assert_eq!(skipped, expected);
    assert_eq!(batch.report.states, [0, 0, 0, 0, 0, 0, 2, 0]);
    assert_eq!((batch.report.orders, batch.report.warned(W::OrderTwice)), (2, 1));
}

#[test]
fn rows_without_numbers_get_some_that_last() {
    let text = "Date,Customer,Amount\n2026-01-01,Ann,10\n2026-01-01,Ann,10\n2026-01-02,Ben,5\n";
    let (one, other) = (table(text), table(text));
    assert_eq!(one.orders, other.orders);
    assert_eq!((one.report.orders, one.report.warned(W::NumbersMadeUp)), (3, 3));
    assert_eq!(one.report.questions, [Question::Identity { by_name: Some(false) }]);
}

#[test]
fn a_column_that_no_one_knows_is_asked_for_and_can_be_told() {
    let text = "Order ID,Email,Wann,Total\n1,a@example.com,2026-01-01,10\n";
    let found = recognised(text.as_bytes()).unwrap();
    assert_eq!(found.questions, [Question::Mapping { missing: vec![Role::OrderedAt] }]);
    let refused = read_with(text.as_bytes(), &Answers::default(), 100);
    let columns = ["Order ID", "Email", "Wann", "Total"].map(str::to_owned).to_vec();
    let missing = vec![Role::OrderedAt];
    assert_eq!(refused.unwrap_err(), Refusal::MissingColumns { missing, columns });
    let mut mapping = found.mapping;
    mapping.push((Role::OrderedAt, 2));
    let answers = Answers { mapping: Some(mapping), ..Answers::default() };
    assert_eq!(read_with(text.as_bytes(), &answers, 100).unwrap().report.orders, 1);
}

#[test]
fn a_table_of_unknown_columns_is_one_if_it_has_days_and_amounts() {
    let rows = "K-1,05.01.2026,\"20,00\"\nK-2,06.01.2026,\"5,50\"\n";
    for (text, header_line, columns) in [
        (format!("Beleg,Am,Wert\n{rows}"), 1, ["Beleg", "Am", "Wert"]),
        (format!("All that was sold,,\n\nBeleg,Am,Wert\n{rows}"), 3, ["Beleg", "Am", "Wert"]),
        (rows.to_owned(), 0, ["A", "B", "C"]),
    ] {
        let found = recognised(text.as_bytes()).unwrap();
        assert_eq!(
            (found.header_line, &found.columns[..]),
            (header_line, &columns.map(str::to_owned)[..])
        );
        assert_eq!(found.mapping, [], "nothing is taken unasked");
        let guesses = [(Role::OrderedAt, 1), (Role::Total, 2), (Role::OrderNumber, 0)];
        assert_eq!(found.guesses, guesses);
        assert!(matches!(read(text.as_bytes()), Err(Refusal::MissingColumns { .. })));
        let answers = Answers { mapping: Some(guesses.to_vec()), ..Answers::default() };
        let facts = FileFacts { name: "orders.csv", size: text.len() as u64 };
        let told = recognise_as(text.as_bytes(), facts, &context(), true, &answers).unwrap();
        assert_eq!(told.formats.decimal_mark, DecimalMark::Comma, "{text}");
    }
}

#[test]
fn two_shops_in_one_shopify_file_stay_apart() {
    let batch = table(
        "Name,Email,Financial Status,Total,Created at,Lineitem name,Lineitem quantity,Lineitem price,Id\n\
         #1001,a@example.com,paid,10.00,2026-01-01 10:00:00 -0500,Tea,1,10.00,71\n\
         #1001,a@example.com,,,2026-01-01 10:00:00 -0500,Cup,1,0.00,\n\
         #1001,b@example.com,paid,20.00,2026-02-01 10:00:00 -0500,Tea,2,10.00,72\n\
         #1001,b@example.com,,,2026-02-01 10:00:00 -0500,Cup,1,0.00,\n\
         #1001,a@example.com,refunded,10.00,2026-01-01 10:00:00 -0500,Tea,1,10.00,71\n\
         #1002,c@example.com,,,2026-01-01 10:00:00 -0500,Cup,1,0.00,\n",
    );
    assert_eq!(batch.orders.number.iter().collect::<Vec<_>>(), ["#1001", "#1001 (72)"]);
    assert_eq!(batch.orders.state(0), S::FullyRefunded);
    assert_eq!(batch.lines.order, [0, 1, 1]);
    assert_eq!(rejected(&batch), [(7, "line_without_order")]);
}

#[test]
fn masked_people_are_nobody() {
    let batch = table(
        "订单号,买家会员名,联系手机,下单时间,实付金额\n1,林**,138****0000,2026-01-01,10\n\
         2,茶客,132****0001,2026-01-02,20\n3,,13212345774-1234,2026-01-02,20\n",
    );
    assert_eq!((batch.report.customers, batch.report.warned(W::NoIdentity)), (1, 2));
    assert_eq!(batch.report.warned(W::MaskedIdentity), 1);
}

#[test]
fn a_sign_beside_the_amount_names_the_currency_where_no_column_does() {
    let batch = table(
        "order_id,date,total,email\n\
         1,2026-01-01,€10.00,a@example.com\n\
         2,2026-01-02,$20.00,b@example.com\n\
         3,2026-01-03,¥30.00,c@example.com\n\
         4,2026-01-04,USD 40.00,d@example.com\n\
         5,2026-01-05,£50.00,e@example.com\n\
         6,2026-01-06,60.00 EUR,f@example.com\n\
         7,2026-01-07,70.00,g@example.com\n",
    );
    let code = |row| batch.orders.currency_of(row).map(model::Currency::code);
    let found: Vec<_> = (0..7).map(code).collect();
    // A dollar is the shop's own, which is in the United States.
    let (eur, usd) = (Some("EUR"), Some("USD"));
    assert_eq!(found, [eur, None, Some("CNY"), usd, Some("GBP"), eur, None]);
    assert_eq!(batch.report.warned(ingest::WarningCode::SeveralCurrencies), 5);
    assert_eq!(batch.report.warned(ingest::WarningCode::CurrencyMissing), 2);
}
