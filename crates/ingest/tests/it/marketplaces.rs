//! Exports of the Chinese marketplaces.

use crate::platforms::{DAY, NEW_YEAR, file, orders};
use crate::table;
use ingest::WarningCode as W;
use model::OrderState as S;
use model::OrderTime::{Instant, Wall};

#[test]
fn jd_repeats_the_orders_amount_on_each_item() {
    let header = "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,客户姓名,客户地址,联系电话,付款确认时间";
    let row = |number, goods, price, total, status, account| {
        [
            ("订单号", number),
            ("商品ID", goods),
            ("商品名称", goods),
            ("订购数量", "1"),
            ("下单时间", "2026-01-02 08:00:00"),
            ("京东价", price),
            ("订单金额", total),
            ("订单状态", status),
            ("下单帐号", account),
            ("客户姓名", "张三"),
            ("联系电话", "1******6198"),
        ]
    };
    let text = file(
        header,
        ',',
        &[
            &row("901", "A1", "30.00", "50.00", "完成", "jd_user1"),
            &row("901", "A2", "20.00", "50.00", "完成", "jd_user1"),
            &row("902", "A1", "30.00", "30.00", "等待付款", "jd_user2"),
            &row("903", "A1", "30.00", "30.00", "(删除)等待出库", "jd_user1"),
        ],
    );
    let batch = table(&text);
    assert_eq!(batch.report.platform.id(), "jd");
    let expected =
        [("901", 5_000, 0, S::Paid), ("902", 3_000, 0, S::Unpaid), ("903", 3_000, 0, S::Cancelled)];
    assert_eq!(orders(&batch), expected);
    // Midnight UTC.
    assert_eq!(batch.orders.time(0), Instant(NEW_YEAR + DAY));
    assert_eq!((batch.report.customers, batch.lines.order.len()), (2, 4));
    assert_eq!(batch.report.warned(W::OrderTotalRepeated), 1);
}

#[test]
fn pinduoduo_has_the_day_in_the_number_and_refunds_in_a_state() {
    let header = "订单成交时间,商品,订单号,订单状态,商品总价(元),邮费(元),用户实付金额(元),商家实收金额(元),商品数量(件),商品id,售后状态,省,市";
    let row = |number, time, status, after, got| {
        [
            ("订单成交时间", time),
            ("商品", "茶"),
            ("订单号", number),
            ("订单状态", status),
            ("商品总价(元)", "20.00"),
            ("商家实收金额(元)", got),
            ("商品数量(件)", "1"),
            ("商品id", "77"),
            ("售后状态", after),
            ("省", "****"),
        ]
    };
    let text = file(
        header,
        ',',
        &[
            &row("260102-111", "2026-01-02 08:00:00", "已签收", "无售后或售后取消", "18.50"),
            &row("260103-222", "", "未发货，退款成功", "退款成功", "18.50"),
            &row("260104-333", "", "已取消", "无售后或售后取消", "0"),
            &row("260105-444", "", "已发货，待签收", "售后处理中", "18.50"),
        ],
    );
    let batch = table(&text);
    assert_eq!(batch.report.platform.id(), "pinduoduo");
    let expected = [
        ("260102-111", 1_850, 0, S::Paid),
        ("260103-222", 1_850, 0, S::FullyRefunded),
        ("260104-333", 2_000, 0, S::Cancelled),
        ("260105-444", 1_850, 0, S::Paid),
    ];
    assert_eq!(orders(&batch), expected);
    assert_eq!(batch.orders.time(0), Instant(NEW_YEAR + DAY));
    assert_eq!(batch.orders.time(1), Wall(NEW_YEAR + 2 * DAY));
    assert_eq!((batch.report.warned(W::NoIdentity), batch.report.rejected_count), (4, 0));
}

#[test]
fn wholesale_lines_leave_all_order_fields_blank() {
    let text = "订单编号,买家公司名,买家会员名,卖家公司名,货品总价(元),运费,实付款,订单状态,订单创建时间,货品标题,单价(元),数量\n\
                8801,甲公司,buyer_a,我方,100.00,5.00,105.00,交易成功,2026-01-02 08:00:00,茶壶,60.00,1\n\
                ,,,,,,,,,茶杯,10.00,4\n\
                8802,乙公司,buyer_b,我方,30.00,0.00,30.00,等待买家付款,2026-01-03 08:00:00,茶杯,10.00,3\n";
    let batch = table(text);
    assert_eq!(batch.report.platform.id(), "1688");
    let expected = [("8801", 10_500, 0, S::Paid), ("8802", 3_000, 0, S::Unpaid)];
    assert_eq!(orders(&batch), expected);
    assert_eq!(batch.lines.order, [0, 0, 1]);
    assert_eq!(batch.customers.name.get(0), "甲公司");
}

#[test]
fn taobao_in_71_columns_has_refunds_and_relay_numbers() {
    let header = "订单编号,买家会员名,支付单号,买家应付货款,总金额,买家实际支付金额,订单状态,收货人姓名,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝总数量,退款金额,主订单编号";
    let row = |number, member, due, paid, status, back| {
        [
            ("订单编号", number),
            ("买家会员名", member),
            ("总金额", due),
            ("买家实际支付金额", paid),
            ("订单状态", status),
            ("联系手机", "'13212345774-1234"),
            ("订单创建时间", "2026-01-02 08:00:00"),
            ("宝贝标题 ", "茶"),
            ("退款金额", back),
        ]
    };
    let text = file(
        header,
        ',',
        &[
            &row("'7001", "茶客", "50.00", "50.00", "交易成功", "0.00元"),
            &row("'7002", "茶客", "50.00", "50.00", "交易成功", "20.00元"),
            &row("'7003", "壶**", "50.00", "50.00", "交易关闭", "50.00元"),
            &row("'7004", "壶**", "50.00", "50.00", "交易关闭", "10.00元"),
            &row("'7005", "杯友", "40.00", "0.00", "等待买家付款", "null"),
        ],
    );
    let batch = table(&text);
    let expected = [
        ("7001", 5_000, 0, S::Paid),
        ("7002", 5_000, 2_000, S::PartiallyRefunded),
        ("7003", 5_000, 5_000, S::Cancelled),
        ("7004", 5_000, 1_000, S::PartiallyRefunded),
        ("7005", 4_000, 0, S::Unpaid),
    ];
    assert_eq!(orders(&batch), expected);
    assert_eq!(batch.orders.customer, [0, 0, model::NO_CUSTOMER, model::NO_CUSTOMER, 1]);
    // The status moves on: a later row of the same order counts in its place.
    let moved = text.clone() + "'7005,杯友,,,40.00,40.00,交易成功,,,,2026-01-02 08:00:00,,茶,1,,\n";
    let batch = table(&moved);
    assert_eq!(orders(&batch)[4], ("7005", 4_000, 0, S::Paid));
    assert_eq!((batch.report.warned(W::OrderTwice), batch.lines.order.len()), (1, 5));
}

#[test]
fn a_telephone_within_the_address_is_a_key_where_there_is_no_other() {
    let header = "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址 ,联系手机,订单创建时间";
    let row = |number, member, address, phone| {
        format!("{number},{member},50,50,交易成功,林**,{address},{phone},2026-01-02 08:00:00\n")
    };
    let text = [
        format!("{header}\n"),
        row("7001", "壶**", "杭州市示例街道8号 13800138000", "'132****5774"),
        row("7002", "壶**", "杭州市示例街道9号 86-13800138000", "'13212345774-1234"),
        row("7003", "壶**", "杭州市示例街道9号 13212345774-1234", "'13212345774-1234"),
        row("7004", "茶客", "杭州市示例街道9号 13800138000", ""),
    ];
    let batch = table(&text.concat());
    assert_eq!(batch.orders.customer, [0, 0, model::NO_CUSTOMER, 1]);
    assert_eq!(batch.customers.phone.get(0), "+8613800138000");
    assert_eq!(batch.report.warned(W::MaskedIdentity), 1);
}
