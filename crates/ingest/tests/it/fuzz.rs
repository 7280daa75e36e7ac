//! Tables of any platform with any cells: nothing breaks, nothing is lost uncounted.

use crate::{read_with, recognised};
use ingest::Answers;
use model::{NO_CUSTOMER, OrderState};
use proptest::prelude::*;

/// Headers of each platform, as far as they matter.
const HEADERS: &[&str] = &[
    "Order Number,Order Status,Order Date,Email (Billing),SKU,Quantity,Item Cost,Order Refund Amount,Order Total Amount",
    "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,联系手机,订单创建时间,宝贝标题,宝贝总数量,退款金额",
    "主订单编号,子订单编号,选购商品,商品数量,订单应付金额,收件人手机号,订单提交时间,订单状态,售后状态",
    "订单号,买家付款时间,收货人手机号/提货人手机号,订单实付金额,订单状态",
    "订单号,商品,订单状态,商家实收金额(元),商品总价(元),订单成交时间,售后状态",
    "订单号,下单帐号,订单金额,下单时间,商品名称,订购数量,京东价,订单状态",
    "订单编号,买家公司名,买家会员名,实付款,订单状态,订单创建时间,货品标题,数量,单价",
    "id,Created (UTC),Amount,Amount Refunded,Currency,Captured,Status,Customer Email",
    "Date,Time,TimeZone,Type,Status,Currency,Gross,From Email Address,Transaction ID,Reference Txn ID",
    "Date,Time,Time Zone,Item,Qty,Net Sales,Tax,Transaction ID,Event Type,Customer ID",
    "Date,Time,Time Zone,Net Sales,Tax,Total Collected,Transaction ID,Event Type,Customer ID",
    "Sale Date,Item Name,Buyer,Quantity,Price,Order Shipping,Order Sales Tax,Item Total,Listing ID,Order ID",
    "Sale Date,Order ID,Order Value,Order Total,Status,Buyer",
    "amazon-order-id,purchase-date,order-status,sku,quantity,currency,item-price,item-tax,item-promotion-discount",
    "Sales Record Number,Order Number,Buyer Username,Item Title,Quantity,Sold For,Total Price,Sale Date",
    "ID,Purchase Date,Grand Total (Base),Status,Customer Email,Total Refunded",
    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
    "order_id,customer_unique_id,order_purchase_timestamp,price,freight_value,order_status",
    "Order ID,Refund date,Refund amount,Currency",
    "Order ID,Email,Date,Total,Status,Currency",
];

fn cell() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "",
        "1",
        "2",
        "C3",
        "T1",
        "260102-1",
        "2.5E+18",
        "'7",
        "=\"8\"",
        "-",
        "null",
        "Refund",
        "Payment",
        "Payment Refund",
        "Payment Hold",
        "true",
        "false",
        "paid",
        "refunded",
        "pending",
        "交易成功",
        "交易关闭",
        "已关闭",
        "待支付",
        "退款成功",
        "部分退款成功",
        "usd",
        "eur",
        "JPY",
        "€",
        "2026-01-02",
        "2026-01-02 03:04:05",
        "01/02/2026",
        "13/02/26",
        "Jul-25-26",
        "45000.5",
        "2026-01-02T03:04:05-05:00",
        "03:04:05",
        "PDT",
        "Eastern Time (US & Canada)",
        "Total",
        "合计",
        "a@example.com",
        "A@Example.com",
        "b@example.com",
        "13800138000",
        "138****0000",
        "15012345678-1000",
        "茶客",
        "林**",
        "TEA",
        "POST",
        "10",
        "-10",
        "10.00",
        "(3.50)",
        "-$4.00",
        "12-",
        "1,234",
        "1.234,56",
        "¥1.2万",
        "0.00元",
        "99999999999999999999",
        "3 record(s) downloaded",
    ]);
    prop_oneof![8 => word.prop_map(str::to_owned), 1 => "[\"'=,;\t\r\né茶０-９\u{0}.e+-]{0,6}"]
}

fn file() -> impl Strategy<Value = String> {
    let rows = prop::collection::vec((prop::collection::vec(cell(), 10), 0..40_usize), 0..25);
    (prop::sample::select(HEADERS), rows).prop_map(|(header, rows)| {
        let width = header.split(',').count();
        let mut text = header.to_owned();
        for (cells, odd) in rows {
            // Now and then a row is short, or long.
            let width = match odd {
                0 => width - 1,
                1 => width + 1,
                _ => width,
            };
            let quoted = |cell: &String| {
                let is_plain = !cell.contains([',', '\n', '"']);
                if is_plain { cell.clone() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
            };
            let cells: Vec<String> = cells.iter().cycle().take(width).map(quoted).collect();
            text.push('\n');
            text += &cells.join(",");
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn tables_of_any_platform_add_up(text in file()) {
        let Ok(batch) = read_with(text.as_bytes(), &Answers::default(), 1 << 16) else { return Ok(()) };
        let (report, orders) = (&batch.report, &batch.orders);
        prop_assert_eq!(report.rows, report.rows_used + report.skipped_count + report.rejected_count);
        prop_assert_eq!(report.rejected.len() as u64, report.rejected_count);
        let is_order = |row: &usize| !orders.is_refund(*row);
        let rows: Vec<usize> = (0..orders.len()).filter(is_order).collect();
        prop_assert_eq!(report.orders, rows.len() as u64);
        prop_assert!(rows.iter().all(|&row| (0..=orders.total[row]).contains(&orders.refunded[row])));
        prop_assert!((0..orders.len()).all(|row| orders.total[row] >= 0 || orders.refunded[row] == 0));
        prop_assert!(orders.customer.iter().all(|&it| it == NO_CUSTOMER || (it as usize) < batch.customers.len()));
        prop_assert!(report.customers <= batch.customers.len() as u64);
        prop_assert!(batch.lines.order.iter().all(|&order| (order as usize) < orders.len()));
        prop_assert!(batch.lines.order.is_sorted());
        // What the report says of money is what the tables hold.
        for sums in &report.currencies {
            let of_it = || rows.iter().copied().filter(|&row| orders.currency_of(row) == sums.currency);
            prop_assert_eq!(sums.gross, of_it().map(|row| orders.total[row]).sum::<i64>());
            let valid = of_it().filter(|&row| orders.state(row).counts());
            prop_assert_eq!(sums.net_valid, valid.map(|row| orders.net(row)).sum::<i64>());
            prop_assert!(sums.refunds >= 0);
            prop_assert!(sums.refunds <= of_it().map(|row| orders.refunded[row]).sum::<i64>());
        }
        let documents = (0..orders.len()).filter(|&row| orders.state(row) == OrderState::Refund);
        prop_assert_eq!(documents.count() as u64, report.in_state(OrderState::Refund));
        // Each order once.
        let mut numbers: Vec<&str> = orders.number.iter().collect();
        numbers.sort_unstable();
        prop_assert!(numbers.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn tables_of_any_platform_do_not_depend_on_blocks(text in file(), block in 1..60_usize) {
        let whole = read_with(text.as_bytes(), &Answers::default(), usize::MAX);
        prop_assert_eq!(read_with(text.as_bytes(), &Answers::default(), block), whole);
    }

    #[test]
    fn a_telephone_or_address_of_any_letters_is_read_or_refused(text in "\\PC{0,24}", country in "[A-Z]{0,2}") {
        let mut out = String::new();
        if model::normalise_phone(&text, &country, &mut out) {
            prop_assert!(out.trim_start_matches('+').bytes().all(|it| it.is_ascii_digit()), "{}", out);
            // What is in full stays as it is.
            let mut again = String::new();
            if out.starts_with('+') && out.len() <= 16 {
                prop_assert!(model::normalise_phone(&out, "", &mut again));
                prop_assert_eq!(again, out);
            }
        }
    }
}

#[test]
fn every_header_of_the_list_is_known() {
    for header in HEADERS {
        let row = header.split(',').map(|_| "").collect::<Vec<_>>().join(",");
        let found = recognised(format!("{header}\n{row}x\n").as_bytes());
        let platform = found.map(|it| it.platform.id());
        let generic = header.starts_with("Order ID,");
        assert_eq!(platform.map(|id| id == "generic"), Ok(generic), "{header}");
    }
}
