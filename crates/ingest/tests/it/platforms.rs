//! Exports of platforms, each in small: invented rows, figures worked out by hand.

use crate::table;
use ingest::{Batch, SkipKind, WarningCode as W};
use model::OrderState as S;
use model::OrderTime::{Instant, Wall};

/// Number, total, refund and state of each order, in minor units.
pub fn orders(batch: &Batch) -> Vec<(&str, i64, i64, S)> {
    let orders = &batch.orders;
    let row =
        |row| (orders.number.get(row), orders.total[row], orders.refunded[row], orders.state(row));
    (0..orders.len()).map(row).collect()
}

/// The same of a file that two kinds of export should agree on, by number.
fn by_number(batch: &Batch) -> Vec<(String, i64, S, model::OrderTime, Option<u128>)> {
    let mut rows: Vec<_> = (0..batch.orders.len())
        .map(|row| {
            let customer = batch.orders.customer[row];
            let id = batch.customers.id.get(customer as usize).map(|id| id.0);
            let (number, total) =
                (batch.orders.number.get(row).to_owned(), batch.orders.total[row]);
            (number, total, batch.orders.state(row), batch.orders.time(row), id)
        })
        .collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    rows
}

/// The header and rows of a file whose columns a test names in any order: cells not named are blank.
pub fn file(header: &str, delimiter: char, rows: &[&[(&str, &str)]]) -> String {
    let names: Vec<&str> = header.split(delimiter).collect();
    let mut text = header.to_owned();
    for row in rows {
        text.push('\n');
        for (name, _) in *row {
            assert!(names.contains(name), "{name}");
        }
        let cell = |name: &&str| row.iter().find(|(it, _)| it == name).map_or("", |(_, cell)| cell);
        let cells: Vec<&str> = names.iter().map(cell).collect();
        text += &cells.join(&delimiter.to_string());
    }
    text.push('\n');
    text
}

/// 1 January 2026, 00:00.
pub const NEW_YEAR: i64 = 1_767_225_600;
pub const DAY: i64 = 86_400;

#[test]
fn stripe_is_in_utc_and_counts_what_was_captured() {
    let batch = table(
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Status,Customer ID,Customer Email\n\
         ch_1,2026-01-01 03:04:05,20.00,0.00,usd,true,Paid,cus_1,ann@example.com\n\
         ch_2,2026-01-02 03:04,30.00,10.00,eur,true,Paid,cus_2,ben@example.com\n\
         ch_3,2026-01-03 03:04,15.00,15.00,usd,true,Refunded,,\n\
         ch_4,2026-01-04 03:04,900,0,jpy,false,Paid,cus_1,ann@example.com\n\
         ch_5,2026-01-05 03:04,5.00,0.00,usd,false,Failed,,ann@example.com\n\
         4.086918E+00,2026-01-06 03:04,5.00,0.00,usd,true,Paid,,ann@example.com\n",
    );
    assert_eq!(batch.report.platform.id(), "stripe");
    let expected = [
        ("ch_1", 2_000, 0, S::Paid),
        ("ch_2", 3_000, 1_000, S::PartiallyRefunded),
        ("ch_3", 1_500, 1_500, S::FullyRefunded),
        ("ch_4", 900, 0, S::Unpaid),
        ("ch_5", 500, 0, S::Cancelled),
    ];
    assert_eq!(orders(&batch), expected);
    assert_eq!(batch.orders.time(0), Instant(NEW_YEAR + 3 * 3_600 + 245));
    assert_eq!((batch.report.customers, batch.report.warned(W::IdsDamaged)), (2, 1));
    assert_eq!(batch.report.currencies.len(), 3);
    // UTC says nothing of the shop's clock.
    assert_eq!(batch.report.offsets, []);
}

const PAYPAL: &str = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,\
                      To Email Address,Transaction ID,Reference Txn ID";

#[test]
fn paypal_counts_payments_received_and_ties_refunds_to_them() {
    let rows = "\n\
        07/25/2026,10:00:00,PDT,Ann,Express Checkout Payment,Completed,USD,\"1,250.00\",-9,1,ann@example.com,s@example.com,T1,\n\
        07/26/2026,10:00:00,PDT,Ann,Payment Refund,Completed,USD,-250.00,0,1,s@example.com,ann@example.com,T2,T1\n\
        07/26/2026,10:00:00,PDT,,General Currency Conversion,Completed,USD,-1.00,0,1,,,T3,\n\
        07/26/2026,11:00:00,PDT,Shop,Express Checkout Payment,Completed,USD,-30.00,0,1,s@example.com,x@example.com,T4,\n\
        07/27/2026,10:00:00,PDT,Ben,Payment Refund,Completed,USD,-5.00,0,1,s@example.com,ben@example.com,T5,T0\n\
        07/28/2026,10:00:00,PDT,Ben,Website Payment,Pending,EUR,7.00,0,1,ben@example.com,s@example.com,T6,\n\
        07/28/2026,10:00:00,PDT,,Payment Hold,Placed,USD,-7.00,0,1,,,T7,T6\n";
    let batch = table(&format!("{PAYPAL}{rows}"));
    assert_eq!(batch.report.platform.id(), "paypal");
    let expected = [
        ("T1", 125_000, 25_000, S::PartiallyRefunded),
        ("T6", 700, 0, S::Unpaid),
        ("T5", -500, 0, S::Refund),
    ];
    assert_eq!(orders(&batch), expected);
    // 25 July 2026, 17:00 UTC.
    assert_eq!(batch.orders.time(0), Instant(NEW_YEAR + 205 * DAY + 17 * 3_600));
    assert_eq!((batch.report.warned(W::NoSales), batch.report.skipped_count), (3, 3));
    assert!(batch.report.skipped.iter().all(|row| row.kind == SkipKind::NoSale));
    assert_eq!(batch.report.warned(W::RefundWithoutOrder), 1);
    // The address on a refund's row is the shop's.
    assert_eq!(
        batch.customers.email.iter().collect::<Vec<_>>(),
        ["ann@example.com", "ben@example.com"]
    );
    assert_eq!(batch.orders.customer, [0, 1, model::NO_CUSTOMER]);

    let german = "\n25.07.2026,10:00:00,CEST,Ann,Website Payment,Completed,EUR,\"1.234,56\",\"-3,00\",\"1,00\",ann@example.com,s@example.com,T1,\n\
                  26.07.2026,10:00:00,CEST,Ann,Payment Refund,Completed,EUR,\"-23,00\",0,1,s@example.com,ann@example.com,T2,T1\n";
    let batch = table(&format!("{PAYPAL}{german}"));
    assert_eq!(orders(&batch), [("T1", 123_456, 2_300, S::PartiallyRefunded)]);
    assert_eq!(batch.orders.time(0), Instant(NEW_YEAR + 205 * DAY + 8 * 3_600));
}

#[test]
fn both_files_of_square_tell_the_same_orders() {
    let items = "Date,Time,Time Zone,Item,Qty,SKU,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Event Type,Location,Customer ID,Customer Name\n\
        07/03/26,09:00:00,Eastern Time (US & Canada),Tea,-1,TEA,-$8.00,$0.00,($8.00),($0.64),TR,Refund,Shop,C1,Ann\n\
        07/02/26,10:00:00,Eastern Time (US & Canada),Tea,1,TEA,$8.00,$0.00,$8.00,$0.64,T2,Payment,Shop,C1,Ann\n\
        07/02/26,10:00:00,Eastern Time (US & Canada),Pot,1,POT,\"$1,149.00 \",$0.00,\"$1,149.00 \",$91.92,T2,Payment,Shop,C1,Ann\n\
        07/01/26,10:00:00,Eastern Time (US & Canada),Cup,1,CUP,$12.00,$0.00,$12.00,$0.96,T1,Payment,Shop,,\n";
    let transactions = "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Tax,Tip,Total Collected,Transaction ID,Event Type,Location,Customer ID,Customer Name\n\
        07/03/26,09:00:00,Eastern Time (US & Canada),-$8.00,$0.00,-$8.00,-$0.64,$0.00,-$8.64,TR,Refund,Shop,C1,Ann\n\
        07/02/26,10:00:00,Eastern Time (US & Canada),\"$1,157.00\",$0.00,\"$1,157.00\",$92.56,$2.00,\"$1,251.56\",T2,Payment,Shop,C1,Ann\n\
        07/01/26,10:00:00,Eastern Time (US & Canada),$12.00,$0.00,$12.00,$0.96,$0.00,$12.96,T1,Payment,Shop,,\n";
    let (items, transactions) = (table(items), table(transactions));
    assert_eq!(by_number(&items), by_number(&transactions));
    assert_eq!(items.report.platform, transactions.report.platform);
    let numbers: Vec<_> = by_number(&items).into_iter().map(|it| (it.0, it.1, it.3)).collect();
    // 10:00 in New York's summer is 14:00 UTC.
    let first = NEW_YEAR + 181 * DAY + 14 * 3_600;
    let expected = [
        ("T1".to_owned(), 1_296, Instant(first)),
        ("T2".to_owned(), 124_956, Instant(first + DAY)),
        ("TR".to_owned(), -864, Instant(first + 2 * DAY - 3_600)),
    ];
    assert_eq!(numbers, expected);
    assert_eq!((items.lines.order.len(), items.report.warned(W::NoIdentity)), (3, 1));
}

#[test]
fn both_files_of_etsy_tell_the_same_orders() {
    let header = "Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Ship Name,Ship City,Order ID,SKU";
    let line = |name, quantity, price, total, order, buyer| {
        [
            ("Sale Date", "01/15/26"),
            ("Item Name", name),
            ("Buyer", buyer),
            ("Quantity", quantity),
            ("Price", price),
            ("Order Shipping", "5.00"),
            ("Order Sales Tax", "1.60"),
            ("Item Total", total),
            ("Currency", "USD"),
            ("Listing ID", "77"),
            ("Ship Name", "Ann Lee"),
            ("Order ID", order),
        ]
    };
    let items = file(
        header,
        ',',
        &[
            &line("Mug", "2", "10.00", "20.00", "3001", "ann_s"),
            &line("Cup", "1", "6.00", "6.00", "3001", "ann_s"),
            &line("Cup", "1", "6.00", "6.00", "3002", ""),
        ],
    );
    let orders = "Sale Date,Order ID,Buyer User ID,Full Name,Currency,Order Value,Shipping,Sales Tax,Order Total,Buyer\n\
                  01/15/26,3001,ann_s,Ann Lee,USD,26.00,5.00,1.60,32.60,ann_s\n\
                  01/15/26,3002,,Ben Ox,USD,6.00,5.00,1.60,12.60,\n";
    let (items, orders) = (table(&items), table(orders));
    assert_eq!(by_number(&items), by_number(&orders));
    let totals: Vec<i64> = by_number(&items).into_iter().map(|it| it.1).collect();
    assert_eq!(totals, [3_260, 1_260]);
    assert_eq!(orders.orders.time(0), Wall(NEW_YEAR + 14 * DAY));
    assert_eq!((items.lines.order.len(), items.report.customers), (3, 1));
    assert_eq!(items.report.platform, orders.report.platform);
}

#[test]
fn amazon_adds_the_parts_of_its_rows_up() {
    let header = "amazon-order-id\tmerchant-order-id\tpurchase-date\torder-status\tsales-channel\tproduct-name\tsku\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\titem-promotion-discount\tship-city\tship-country";
    let row = |id, status, item, price, tax, shipping, off| {
        [
            ("amazon-order-id", id),
            ("purchase-date", "2026-01-02T03:04:05+00:00"),
            ("order-status", status),
            ("sales-channel", "Amazon.com"),
            ("sku", item),
            ("quantity", "1"),
            ("currency", "USD"),
            ("item-price", price),
            ("item-tax", tax),
            ("shipping-price", shipping),
            ("item-promotion-discount", off),
        ]
    };
    let text = file(
        header,
        '\t',
        &[
            &row("111-1", "Shipped - Delivered to Buyer", "TEA", "10.00", "0.80", "5.99", "2.00"),
            &row("111-1", "Shipped", "CUP", "7.00", "", "", ""),
            &row("111-2", "Cancelled", "TEA", "10.00", "", "", ""),
            &row("111-3", "Pending", "TEA", "", "", "", ""),
        ],
    );
    let batch = table(&text);
    assert_eq!(batch.report.platform.id(), "amazon");
    let expected = [
        ("111-1", 2_179, 0, S::Paid),
        ("111-2", 1_000, 0, S::Cancelled),
        ("111-3", 0, 0, S::Unpaid),
    ];
    assert_eq!(orders(&batch), expected);
    assert_eq!(batch.orders.time(0), Instant(NEW_YEAR + DAY + 11_045));
    assert_eq!((batch.report.warned(W::UnknownStatus), batch.report.customers), (0, 0));
    assert_eq!(batch.lines.order.len(), 4);
}

#[test]
fn ebay_has_blank_lines_and_a_trailer_and_may_leave_the_number_out() {
    let header = "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Post to name,Item Number,Item Title,Custom Label,Quantity,Sold For,Total Price,Sale Date,Paid On Date";
    let text = format!(
        "\n\n{header}\n\n\
         101,12-345,ann_s,Ann Lee,ann@example.com,Ann Lee,9,Old radio,RAD,1,$900.00,$912.50,Jan-02-26,Jan-02-26\n\
         102,,ben_x,Ben Ox,,Ben Ox,8,Dial,DIA,2,$5.00,$10.00,Jan-25-26,\n\
         \n3 record(s) downloaded,,,,,,,,,,,,,\nSeller ID : shop\n"
    );
    let batch = table(&text);
    assert_eq!(batch.report.platform.id(), "ebay");
    let expected = [("12-345", 91_250, 0, S::Paid), ("102", 1_000, 0, S::Paid)];
    assert_eq!(orders(&batch), expected);
    assert_eq!(batch.orders.time(1), Wall(NEW_YEAR + 24 * DAY));
    assert_eq!((batch.report.customers, batch.report.warned(W::TotalsRowSkipped)), (2, 2));
    assert_eq!(batch.report.rejected, []);
}

#[test]
fn magento_closed_is_refunded() {
    let text = "ID,Purchase Point,Purchase Date,Bill-to Name,Grand Total (Base),Grand Total (Purchased),Status,Customer Email,Customer Name,Payment Method,Total Refunded\n\
                000000012,Main,\"Jan 2, 2026 10:00:00 AM\",Ann Lee,$55.00,$55.00,complete,ann@example.com,Ann Lee,card,$5.00\n\
                000000013,Main,\"Jan 3, 2026 10:00:00 PM\",Ann Lee,\"$1,055.00\",\"$1,055.00\",closed,ann@example.com,Ann Lee,card,\n\
                000000014,Main,\"Jan 4, 2026 10:00:00 AM\",Ben Ox,$5.00,$5.00,holded,ben@example.com,Ben Ox,card,\n";
    let batch = table(text);
    assert_eq!(batch.report.platform.id(), "magento");
    let expected = [
        ("000000012", 5_500, 500, S::PartiallyRefunded),
        ("000000013", 105_500, 0, S::FullyRefunded),
        ("000000014", 500, 0, S::Unpaid),
    ];
    assert_eq!(orders(&batch), expected);
    assert_eq!(batch.orders.time(1), Wall(NEW_YEAR + 2 * DAY + 22 * 3_600));
}

#[test]
fn bigcommerce_dates_are_those_of_mails() {
    let text = "Order ID,Status,Date Created,Subtotal Ex Tax,Subtotal Inc Tax,Total Inc Tax,Customer ID,Billing email\n\
                100,Completed,\"Mon, 23 Sep 2024 14:21:24 +0000\",10,11,16.00,5,ann@example.com\n\
                101,Awaiting Payment,\"Tue, 24 Sep 2024 14:21:24 +0000\",10,11,16.00,5,ann@example.com\n\
                102,Declined,\"Tue, 24 Sep 2024 14:21:24 +0000\",10,11,16.00,6,ben@example.com\n\
                103,Awaiting Fulfillment,\"Tue, 24 Sep 2024 14:21:24 +0000\",10,11,16.00,6,ben@example.com\n";
    let batch = table(text);
    assert_eq!(batch.report.platform.id(), "bigcommerce");
    let states: Vec<S> = orders(&batch).iter().map(|it| it.3).collect();
    assert_eq!(states, [S::Paid, S::Unpaid, S::Cancelled, S::Paid]);
    assert_eq!((batch.orders.total[0], batch.orders.time(0)), (1_600, Instant(1_727_101_284)));
    assert_eq!(batch.report.warned(W::UnknownStatus), 0);
}

#[test]
fn the_other_exports_of_woocommerce_have_the_same_numbers() {
    let suite = "order_id,order_number_formatted,order_number,date,status,order_total,refunded_total,billing_email,billing_phone,order_item_1\n\
                 55,#7301,7301,2026-01-05 09:14:00,processing,55.82,0,ann@example.com,,\"product_id:4959|1|30\"\n\
                 56,#7302,7302,2026-01-06 09:14:00,wc-failed,10.00,0,ann@example.com,,\n";
    let analytics = "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution\n\
                     2026-01-05 09:14:00,7301,$39.90,processing,Ann Lee,new,\"2× Tea, 1× Cup\",3,,39.9,Direct\n";
    let (suite, analytics) = (table(suite), table(analytics));
    let expected = [("7301", 5_582, 0, S::Paid), ("7302", 1_000, 0, S::Cancelled)];
    assert_eq!(orders(&suite), expected);
    assert_eq!(orders(&analytics), [("7301", 3_990, 0, S::Paid)]);
    assert_eq!(suite.report.platform, analytics.report.platform);
    // Names only: said, and asked.
    assert_eq!(analytics.report.warned(W::WeakIdentity), 1);
}

#[test]
fn olist_tells_people_by_their_unique_id() {
    let text = "order_id,customer_id,customer_unique_id,order_status,order_purchase_timestamp,order_item_id,product_id,price,freight_value,customer_city,customer_state\n\
                o1,c1,u1,delivered,2018-01-02 08:00:00,1,p1,10.00,2.50,sao paulo,SP\n\
                o1,c1,u1,delivered,2018-01-02 08:00:00,2,p1,10.00,2.50,sao paulo,SP\n\
                o2,c2,u1,unavailable,2018-01-03 08:00:00,1,p2,5.00,1.00,sao paulo,SP\n";
    let batch = table(text);
    assert_eq!(batch.report.platform.id(), "olist");
    assert_eq!(orders(&batch), [("o1", 2_500, 0, S::Paid), ("o2", 600, 0, S::Cancelled)]);
    assert_eq!((batch.report.customers, batch.orders.customer), (1, vec![0, 0]));
    assert_eq!(batch.report.currencies[0].currency.map(model::Currency::code), Some("BRL"));
}

#[test]
fn postage_and_fees_are_no_goods() {
    let text = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n\
                489434,85048,LIGHTS,12,13/12/2009 07:45,6.95,13085,United Kingdom\n\
                489434,POST,POSTAGE,1,13/12/2009 07:45,18,13085,United Kingdom\n\
                489434,C2,CARRIAGE,1,13/12/2009 07:45,50,13085,United Kingdom\n\
                489435,m,Manual,0,13/12/2009 07:46,0,,United Kingdom\n\
                C489436,85048,LIGHTS,-2,13/12/2009 09:00,6.95,13085,United Kingdom\n";
    let batch = table(text);
    let expected = [
        ("489434", 15_140, 0, S::Paid),
        ("489435", 0, 0, S::ZeroTotal),
        ("C489436", -1_390, 0, S::Refund),
    ];
    assert_eq!(orders(&batch), expected);
    assert_eq!((batch.report.warned(W::NoGoods), batch.report.warned(W::NoIdentity)), (3, 1));
    // A document beside the orders is never cut to, nor taken off, another invoice.
    assert_eq!(batch.report.currencies[0].net_valid, 15_140);
}

#[test]
fn columns_set_by_blanks_without_a_header_are_told_by_what_they_hold() {
    let text = " 00004 0001 19970101  2   29.33\n 00004 0001 19970101  2   29.33\n 00021 0002 19970102  3   63.34\n";
    let batch = table(text);
    assert_eq!(batch.report.platform.id(), "cdnow");
    // Two rows alike are two purchases.
    assert_eq!(batch.orders.total, [2_933, 2_933, 6_334]);
    assert_eq!((batch.orders.customer, batch.report.rows), (vec![0, 0, 1], 3));
    let master = table("00004,19970101,2,29.33\n00021,19970102,3,63.34\n");
    assert_eq!(master.orders.total, [2_933, 6_334]);
    // Numbers of any other kind are no purchases.
    for text in
        ["1 2 3 4 5\n2 3 4 5 6\n", "00004 0001 19971301 2 29.33\n", "00004 0001 19970101 2 29\n"]
    {
        assert!(crate::read(text.as_bytes()).is_err(), "{text}");
    }
}
