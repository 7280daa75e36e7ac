//! The traps of real files, one a test: what is written, and what it must not be taken for.
//!
//! Refunds have a file of their own (`refunds.rs`), and so have rows of one order (`several_rows.rs`),
//! broken files (`refused_or_mended.rs`) and large ones (`large.rs`).

use crate::{read, read_with, rejected, table};
use ingest::{
    Answers, Batch, Context, DecimalMark, FileFacts, Finished, Reader, WarningCode as W, recognise,
};
use model::OrderTime::{self, Instant, Wall};
use model::{NO_CUSTOMER, OrderState};
use std::fmt::Write as _;

/// 1 January 2026, 00:00.
const NEW_YEAR: i64 = 1_767_225_600;
const DAY: i64 = 86_400;

/// A table of one order a row, with the cells of one column.
fn with_column(header: &str, cells: &[&str]) -> String {
    let mut text = format!("Order ID\tEmail\tDate\tTotal\t{header}\n");
    for (at, cell) in cells.iter().enumerate() {
        let _ = writeln!(text, "{at}\ta{at}@example.com\t2026-01-01\t10.00\t{cell}");
    }
    text
}

/// A table whose totals are these.
fn with_totals(cells: &[&str]) -> String {
    let mut text = "Order ID\tEmail\tDate\tTotal\n".to_owned();
    for (at, cell) in cells.iter().enumerate() {
        let _ = writeln!(text, "{at}\ta{at}@example.com\t2026-01-01\t{cell}");
    }
    text
}

/// Reads a table of another shop.
fn table_of(shop: &Context, text: &str) -> Batch {
    let facts = FileFacts { name: "orders.csv", size: text.len() as u64 };
    let Ok(found) = recognise(text.as_bytes(), facts, shop, true) else { panic!("{text}") };
    let Ok(mut reader) = Reader::new(&found, &Answers::default(), shop, facts.size) else {
        panic!("{text}")
    };
    reader.push(text.as_bytes());
    match reader.finish() {
        Ok(Finished::Batch(batch)) => *batch,
        other => panic!("{other:?}"),
    }
}

/// The times of a table whose dates are these.
fn times(cells: &[&str]) -> Vec<OrderTime> {
    let mut text = "Order ID\tEmail\tDate\tTotal\n".to_owned();
    for (at, cell) in cells.iter().enumerate() {
        let _ = writeln!(text, "{at}\ta{at}@example.com\t{cell}\t10.00");
    }
    let batch = table(&text);
    assert_eq!(rejected(&batch), [], "{cells:?}");
    (0..batch.orders.len()).map(|row| batch.orders.time(row)).collect()
}

#[test]
fn null_words_say_nothing() {
    let words =
        ["null", "'null", "NULL", "-", "--", "N/A", "n/a", "nan", "NaN", "无", "\"\"", "None", " "];
    let text = with_column("Phone", &words);
    let batch = table(&text.replace("@example.com", "").replace("\ta", "\t"));
    assert!(batch.orders.customer.iter().all(|&it| it == NO_CUSTOMER));
    assert_eq!(batch.report.warned(W::MaskedIdentity), 0);
    // A refund of a null word is none.
    let batch = table(&with_column("Refunded Amount", &words));
    assert_eq!((batch.report.currencies[0].refunds, batch.report.rejected_count), (0, 0));
}

#[test]
fn whatever_programs_wrap_around_an_id_is_taken_off_and_zeros_stay() {
    for cell in [
        "0012",
        "'0012",
        "=\"0012\"",
        "\"=\"\"0012\"\"\"",
        "\"\t0012\"",
        "0012\t ",
        "\u{a0}0012\u{a0}",
        "\u{feff}0012",
    ] {
        let batch =
            table(&format!("Order ID,Email,Date,Total\n{cell},a@example.com,2026-01-01,10\n"));
        assert_eq!(batch.orders.number.iter().collect::<Vec<_>>(), ["0012"], "{cell:?}");
    }
}

#[test]
fn full_width_digits_and_commas_are_digits_and_commas() {
    let batch = table(
        "Order ID\tEmail\tDate\tTotal\n1\ta@example.com\t２０２６年１月２日\t１，２３４．５０\n",
    );
    assert_eq!((batch.orders.total[0], batch.orders.time(0)), (123_450, Wall(NEW_YEAR + DAY)));
}

#[test]
fn ids_ruined_by_a_spreadsheet_are_no_keys_and_their_rows_never_merge() {
    let batch = read(include_bytes!("../data/syn_taobao_ExportOrderList_sci_notation_utf8bom.csv"));
    let report = batch.unwrap().report;
    assert_eq!((report.orders, report.rejected_count, report.warned(W::IdsDamaged)), (0, 10, 10));
    // Two of the rejected rows are of masked people.
    assert_eq!(report.warned(W::MaskedIdentity), 2);
    assert!(W::IdsDamaged.is_grave());
    for id in ["6.3E+12", "2.58946E+18", "4,08E+00", "2E+18"] {
        let text = format!(
            "Order ID\tEmail\tDate\tTotal\n{id}\ta@example.com\t2026-01-01\t10\n\
                            {id}\tb@example.com\t2026-01-02\t20\n7\tc@example.com\t2026-01-03\t30\n"
        );
        let batch = table(&text);
        assert_eq!(batch.orders.total, [3_000], "{id}");
        assert_eq!(rejected(&batch), [(2, "damaged_order_number"), (3, "damaged_order_number")]);
    }
    // Ids that merely look a little like it are good.
    let text = "Order ID,Email,Date,Total\nSE001,a@example.com,2026-01-01,10\n12E5,a@example.com,2026-01-01,10\n";
    assert_eq!(table(text).report.orders, 2);
}

#[test]
fn titles_before_the_header_and_sums_below_the_rows_are_no_data() {
    for (name, above, below) in [
        ("English", "Store report\nGenerated: 2026-02-01\n\n", ",,Total,\"3,000.50\"\n"),
        ("Chinese", "订单报表,,,\n导出时间：2026-02-01,,,\n", "合计,,,3000.50\n"),
        ("a sum without a word for the date", "", "Grand Total,,,3000.50\n"),
    ] {
        let rows =
            "A1,2026-01-01,a@example.com,\"1,000.50\"\nA2,2026-01-02,b@example.com,\"2,000.00\"\n";
        let batch = table(&format!("{above}Order ID,Date,Email,Total\n{rows}{below}"));
        assert_eq!(batch.report.currencies[0].gross, 300_050, "{name}");
        assert_eq!((batch.report.orders, batch.report.skipped_count), (2, 1), "{name}");
    }
}

#[test]
fn ragged_rows_are_listed_and_never_shifted() {
    let batch = table(
        "Order ID,Email,Date,Total,Note\n1,a@example.com,2026-01-01,10,x\n2,2026-01-02,20,x\n\
         3,c@example.com,2026-01-03,30,x,y\n4,d@example.com,2026-01-04,40,x,,\n",
    );
    assert_eq!(batch.orders.total, [1_000, 4_000]);
    assert_eq!(rejected(&batch), [(3, "too_few_fields"), (4, "too_many_fields")]);
}

#[test]
fn money_in_every_dress() {
    for (cells, minor) in [
        (&["¥12.50", "￥12.50", "12.50元", "CNY 12.50"][..], 1_250),
        (&["$12.50", "US$12.50", "12.50 USD", "$ 12.50"], 1_250),
        (&["€ 12,50", "12,50 €", "EUR 12,50"], 1_250),
        (&["R$ 12,50", "£12,50"], 1_250),
        (
            &["1,234.50", "1 234.50", "1'234.50", "1’234.50", "1\u{a0}234.50", "\u{202f}1234.50"],
            123_450,
        ),
        (&["1.234,50", "1 234,50", "1234,50"], 123_450),
        (&["¥1.2万", "1.2万元", "12000.00"], 1_200_000),
        (&["0.00元", "0.00"], 0),
    ] {
        let batch = table(&with_totals(cells));
        assert_eq!(batch.orders.total, vec![minor; cells.len()], "{cells:?}");
    }
    // Below nothing: a refund that names no order.
    for cell in ["(33.62)", "-$33.62", "$-33.62", "33.62-", "−33.62", "($33.62)"] {
        let batch = table(&with_totals(&["50.00", cell]));
        assert_eq!(batch.orders.total, [5_000, -3_362], "{cell}");
    }
}

#[test]
fn each_column_has_its_own_decimal_mark() {
    // Totals by the comma, prices by the point: neither decides for the other.
    let batch = table(
        "Order ID\tEmail\tDate\tTotal\tItem\tQuantity\tUnit Price\n\
         1\ta@example.com\t2026-01-01\t1.234,50\ttea\t1,5\t823.00\n\
         2\tb@example.com\t2026-01-01\t12,50\ttea\t1\t12.50\n\
         3\tc@example.com\t2026-01-01\t1.234\ttea\t1\t12.50\n",
    );
    assert_eq!(batch.orders.total, [123_450, 1_250, 123_400]);
    assert_eq!(batch.lines.price, [82_300, 1_250, 1_250]);
    assert_eq!(batch.lines.quantity_milli, [1_500, 1_000, 1_000]);
}

#[test]
fn an_amount_that_siblings_do_not_explain_is_told() {
    let batch = table(&with_totals(&["1,234", "2,345"]));
    assert_eq!((batch.orders.total[0], batch.report.warned(W::AmbiguousAmounts)), (123_400, 2));
    let batch = table(&with_totals(&["1,234", "2.50"]));
    assert_eq!((batch.orders.total[0], batch.report.warned(W::AmbiguousAmounts)), (123_400, 0));
    // In a German shop the comma divides.
    let german = Context { country: "DE".to_owned(), ..crate::context() };
    for (cells, total) in [(&["1.234", "2.345"], 123_400), (&["1.234", "2.50"], 123)] {
        assert_eq!(table_of(&german, &with_totals(cells)).orders.total[0], total, "{cells:?}");
    }
    // The user's word goes before all.
    let comma = Answers { decimal_mark: Some(DecimalMark::Comma), ..Answers::default() };
    let batch = read_with(with_totals(&["1,234", "2,345"]).as_bytes(), &comma, 100).unwrap();
    assert_eq!((batch.orders.total[0], batch.report.warned(W::AmbiguousAmounts)), (123, 0));
}

#[test]
fn currencies_are_those_of_the_row_and_never_added() {
    let batch = table(&with_column("Currency", &["usd", "EUR", "jpy", "kwd", "", "eur"]));
    let sums: Vec<_> = (batch.report.currencies.iter())
        .map(|it| (it.currency.map_or("shop", model::Currency::code), it.gross))
        .collect();
    // Yen have no decimals, dinars three.
    let expected = [("USD", 1_000), ("EUR", 2_000), ("JPY", 10), ("KWD", 10_000), ("shop", 1_000)];
    assert_eq!(sums, expected);
}

#[test]
fn dates_in_every_dress() {
    let days = |cell: &str| match times(&[cell])[0] {
        Wall(at) | Instant(at) => (at - NEW_YEAR) / DAY,
    };
    for cell in [
        "2026-07-25",
        "2026/7/25",
        "2026年7月25日",
        "25.07.2026",
        "25/07/2026",
        "07/25/2026",
        "7/25/26",
        "25.7.26",
        "Jul-25-26",
        "25-Jul-2026",
        "July 25, 2026",
        "20260725",
        "46228",
        "46228.5",
        "Sat, 25 Jul 2026 14:21:24 +0000",
        "1784989284",
        "1784989284000",
        "2026-07-25T14:21:24Z",
        "2026-07-25 14:21:24.123",
        "20260725142124",
        "2026年7月25日 下午2:21:24",
        "7/25/2026 2:21 PM",
    ] {
        assert_eq!(days(cell), 205, "{cell}");
    }
}

#[test]
fn two_styles_of_dates_in_one_column_are_both_read() {
    let found = times(&["2026-01-02 00:00:00", "13/01/2026", "Jan-03-26", "3/1/2026"]);
    // The thirteenth settles day and month for those that could be either.
    assert_eq!(
        found,
        [
            Wall(NEW_YEAR + DAY),
            Wall(NEW_YEAR + 12 * DAY),
            Wall(NEW_YEAR + 2 * DAY),
            Wall(NEW_YEAR + 2 * DAY)
        ]
    );
    // Both orders in one column: those that tell are read as they tell, and it is said.
    let batch = table(
        "Order ID,Email,Date,Total\n1,a@example.com,13/01/2026,10\n2,a@example.com,14/01/2026,10\n\
         3,a@example.com,01/15/2026,10\n",
    );
    assert_eq!(batch.orders.time(2), Wall(NEW_YEAR + 14 * DAY));
    assert_eq!(batch.report.warned(W::MixedDateOrders), 1);
}

#[test]
fn a_time_is_of_the_zone_nearest_to_it() {
    // 2 July 2026, 12:00.
    let noon = NEW_YEAR + 182 * DAY + 43_200;
    for (header, cells, time) in [
        // The offset in the cell goes before the column's.
        ("Date,Time Zone", "2026-07-02 12:00:00 -0700,Europe/Berlin", Instant(noon + 25_200)),
        ("Date,Time Zone", "2026-07-02 12:00:00,Europe/Berlin", Instant(noon - 7_200)),
        ("Date,Time Zone", "2026-07-02 12:00:00,China Standard Time", Instant(noon - 28_800)),
        ("Date,Time Zone", "2026-07-02 12:00:00,PDT", Instant(noon + 25_200)),
        ("Date,Note", "2026-07-02 12:00:00 CEST,x", Instant(noon - 7_200)),
        // The header's, where there is nothing else.
        ("Created (UTC),Note", "2026-07-02 12:00:00,x", Instant(noon)),
        ("Date (UTC),Time Zone", "2026-07-02 12:00:00,Europe/Berlin", Instant(noon - 7_200)),
        // The shop's.
        ("Date,Note", "2026-07-02 12:00:00,x", Wall(noon)),
    ] {
        let batch = table(&format!("Order ID,Email,Total,{header}\n1,a@example.com,10,{cells}\n"));
        assert_eq!(batch.orders.time(0), time, "{header}: {cells}");
    }
    // The platform's: a Chinese marketplace is in Beijing, wherever the shop is.
    let text = "订单号,买家付款时间,订单实付金额,订单状态\nE1,2026-07-02 12:00:00,10,交易成功\n";
    assert_eq!(table(text).orders.time(0), Instant(noon - 28_800));
}

#[test]
fn masked_and_relay_numbers_are_no_keys() {
    let batch = table(
        "Order ID,Phone,Virtual number expires,Date,Total\n1,183****2807,,2026-01-01,10\n\
         2,13212345774-1234,2026-02-01 00:00:00,2026-01-01,10\n\
         3,13212345774-1234,2026-02-01 00:00:00,2026-01-02,10\n\
         4,13212345774转1234,2026-02-01 00:00:00,2026-01-02,10\n\
         5,+1 212 555 0142,,2026-01-02,10\n6,212-555-0142,,2026-01-03,10\n",
    );
    let nobody = NO_CUSTOMER;
    assert_eq!(batch.orders.customer, [nobody, nobody, nobody, nobody, 0, 0]);
    assert_eq!(batch.report.warned(W::NoIdentity), 4);
}

#[test]
fn a_masked_name_is_not_what_a_member_is_called() {
    let batch =
        table("订单号,买家会员名,收货人姓名,下单时间,实付金额\n1,茶客,林**,2026-01-01,10\n");
    assert_eq!(batch.customers.name.get(0), "茶客");
}

#[test]
fn telephones_of_a_column_of_chinese_mobiles_are_chinese_wherever_the_shop_is() {
    let of = |cells: &[&str]| -> Vec<String> {
        let text = with_column("Phone", cells).replace("@example.com", "").replace("\ta", "\t");
        table(&text).customers.phone.iter().map(str::to_owned).collect()
    };
    // The second could be an American number as well: the first shows what the column is.
    assert_eq!(of(&["13800138000", "13475550142"]), ["+8613800138000", "+8613475550142"]);
    assert_eq!(
        of(&["13475550142", "(212) 555-0142", "12125550143"]),
        ["+13475550142", "+12125550142", "+12125550143"]
    );
    // One among Americans stays what it is: digits, without a country.
    assert_eq!(
        of(&["13800138000", "(212) 555-0142", "212-555-0143"]),
        ["13800138000", "+12125550142", "+12125550143"]
    );
    assert_eq!(
        of(&["13800138000", "+1 212 555 0142", "13475550142"]),
        ["+8613800138000", "+12125550142", "+8613475550142"]
    );
}

#[test]
fn an_address_that_is_no_one_customers_is_no_key() {
    let text = "Order ID,Email,Phone,Date,Total\n1,Info@Example.com,212-555-0142,2026-01-01,10\n\
                2,info@example.com,,2026-01-02,10\n3,ann@example.com,212-555-0199,2026-01-03,10\n\
                4,,212-555-0199,2026-01-03,10\n";
    let ignored_keys = vec!["info@example.com".to_owned(), "+1 (212) 555-0199".to_owned()];
    let batch = table_of(&Context { ignored_keys, ..crate::context() }, text);
    assert_eq!(batch.orders.customer, [0, NO_CUSTOMER, 1, NO_CUSTOMER]);
    assert_eq!(batch.customers.email.iter().collect::<Vec<_>>(), ["", "ann@example.com"]);
}

#[test]
fn a_key_on_an_implausible_share_of_the_orders_is_named() {
    let file = |shared: usize, others: usize| {
        let mut text = "Order ID,Email,Date,Total\n".to_owned();
        for at in 0..shared {
            let _ = writeln!(text, "s{at},alias@example.com,2026-01-01,10");
        }
        for at in 0..others {
            let _ = writeln!(text, "o{at},c{at}@example.com,2026-01-01,10");
        }
        table(&text).report
    };
    for (shared, others, told) in [(60, 100, 60), (60, 400, 0), (20, 30, 0), (200, 4, 0)] {
        assert_eq!(file(shared, others).warned(W::SharedKey), told, "{shared} {others}");
    }
    let report = file(60, 100);
    let warning = report.warnings.iter().find(|it| it.code == W::SharedKey).unwrap();
    assert_eq!(warning.detail, "alias@example.com");
}

#[test]
fn addresses_are_folded_and_keep_their_tags() {
    let batch = table(
        "Order ID,Email,Date,Total\n1, Ann@Example.com ,2026-01-01,10\n2,'ann@example.com,2026-01-02,10\n\
         3,ann+tea@example.com,2026-01-03,10\n4,a.nn@example.com,2026-01-04,10\n",
    );
    assert_eq!(batch.orders.customer, [0, 0, 1, 2]);
    assert_eq!(batch.report.warned(W::MergeSuggestions), 1);
}

#[test]
fn a_file_behind_itself_changes_nothing() {
    for bytes in [
        include_bytes!("../data/syn_shopify_orders.csv").as_slice(),
        include_bytes!("../data/syn_woo_advanced_order_export_small.csv"),
        include_bytes!("../data/syn_taobao_ExportOrderList.csv"),
        include_bytes!("../data/syn_douyin_orders_utf8bom_tabs.csv"),
        include_bytes!("../data/syn_youzan_orders_utf8.csv"),
        include_bytes!("../data/online_retail_ddmmyyyy.csv"),
    ] {
        let once = read(bytes).unwrap();
        let text = std::str::from_utf8(bytes).unwrap();
        let rows = text.split_once('\n').unwrap().1;
        let twice = table(&format!("{}\r\n{rows}", text.trim_end()));
        let what = once.report.platform;
        assert_eq!(twice.orders, once.orders, "{what:?}");
        assert_eq!(twice.report.currencies, once.report.currencies, "{what:?}");
    }
}

#[test]
fn the_first_line_may_name_the_delimiter() {
    let batch = table("sep=;\nOrder ID;Email;Date;Total\n1;a@example.com;2026-01-01;10,50\n");
    assert_eq!((batch.orders.total[0], batch.report.warned(W::PreambleSkipped)), (1_050, 0));
}

#[test]
fn commas_in_decimals_do_not_divide_fields() {
    let batch = table(
        "Order ID;Email;Date;Total;Note\n1;a@example.com;01.02.2026;1,50;a, b, c\n\
         2;b@example.com;02.02.2026;2,50;d, e, f\n",
    );
    assert_eq!(batch.orders.total, [150, 250]);
}

#[test]
fn a_byte_order_mark_goes_first_then_utf8_then_zeros_then_what_makes_sense() {
    let header = "订单编号,下单时间,实付款,收货人\n1,2026-01-01,10,李雷\n";
    let utf16 = |unit: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}{header}").encode_utf16().flat_map(unit).collect()
    };
    let own = |bytes: &[u8]| crate::recognised(bytes).map(|found| found.encoding.name());
    let foreign = |bytes: &[u8]| match own(bytes) {
        Err(ingest::Refusal::UnsupportedEncoding(encoding)) => encoding.label(),
        other => panic!("{other:?}"),
    };
    assert_eq!(own(format!("\u{feff}{header}").as_bytes()), Ok("UTF-8"));
    assert_eq!(own(header.as_bytes()), Ok("UTF-8"));
    assert_eq!(foreign(&utf16(u16::to_le_bytes, "\u{feff}")), "UTF-16LE");
    assert_eq!(foreign(&utf16(u16::to_be_bytes, "\u{feff}")), "UTF-16BE");
    // Without a mark zeros in every other place tell.
    let plain = "Order ID,Email,Date,Total\n1,a@example.com,2026-01-01,10\n";
    let zeros = |unit: fn(u16) -> [u8; 2]| plain.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    assert_eq!(foreign(&zeros(u16::to_le_bytes)), "UTF-16LE");
    assert_eq!(foreign(&zeros(u16::to_be_bytes)), "UTF-16BE");
    // Of what is none of these, what makes sense: Windows' letters are read here.
    assert_eq!(
        own(b"Order ID,Date,Total,Ort\n1,2026-01-01,10,D\xfcsseldorf\n"),
        Ok("Windows-1252")
    );
}

#[test]
fn gbk_is_read_as_gb18030_of_which_it_is_a_part() {
    // 订单编号,下单时间,实付款,收货人 and 李雷.
    let gbk = b"\xb6\xa9\xb5\xa5\xb1\xe0\xba\xc5,\xcf\xc2\xb5\xa5\xca\xb1\xbc\xe4,\xca\xb5\xb8\xb6\xbf\xee,\xca\xd5\xbb\xf5\xc8\xcb\n1,2026-01-01,10,\xc0\xee\xc0\xd7\n";
    let Err(ingest::Refusal::UnsupportedEncoding(found)) = crate::recognised(gbk) else {
        panic!("another's to read")
    };
    assert_eq!(found.label(), "GB18030");
}

#[test]
fn cancelled_unpaid_and_test_orders_are_kept_and_counted_apart() {
    let batch = table(
        "Order ID,Email,Date,Total,Status\n1,a@example.com,2026-01-01,10,paid\n\
         2,a@example.com,2026-01-02,20,cancelled\n3,a@example.com,2026-01-03,30,pending\n\
         4,a@example.com,2026-01-04,40,voided\n5,a@example.com,2026-01-05,50,test\n",
    );
    let sums = &batch.report.currencies[0];
    assert_eq!((sums.orders, sums.gross, sums.valid_orders, sums.net_valid), (5, 15_000, 1, 1_000));
    let states = [OrderState::Test, OrderState::Cancelled, OrderState::Unpaid, OrderState::Paid];
    assert_eq!(states.map(|state| batch.report.in_state(state)), [1, 2, 1, 1]);
}

#[test]
fn formulas_and_markup_are_text_and_told() {
    let names = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "<script>alert(1)</script>"];
    let batch = table(&with_column("Customer name", &names));
    assert_eq!(batch.customers.name.iter().collect::<Vec<_>>(), names);
    assert_eq!(
        (batch.report.warned(W::FormulaLikeText), batch.report.warned(W::HtmlLikeText)),
        (4, 1)
    );
}

#[test]
fn an_order_that_comes_again_is_skipped_if_it_says_the_same_and_moves_on_if_not() {
    let rows = "1,a@example.com,2026-01-01,10,pending\n1,a@example.com,2026-01-01,10,pending\n\
                1,a@example.com,2026-01-01,10,paid\n";
    let batch = table(&format!("Order ID,Email,Date,Total,Status\n{rows}"));
    assert_eq!((batch.report.orders, batch.orders.state(0)), (1, OrderState::Paid));
    assert_eq!((batch.report.warned(W::DuplicateRows), batch.report.warned(W::OrderTwice)), (1, 1));
}
