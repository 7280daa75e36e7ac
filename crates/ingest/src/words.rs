//! Words with a fixed meaning: states of orders, currencies, totals.

use crate::header::normal_form;
use model::{Currency, OrderFlags};

#[rustfmt::skip]
const PAID: &[&str] = &[
    "paid", "complete", "completed", "fulfilled", "shipped", "delivered", "processing",
    "success", "successful", "succeeded", "captured", "settled", "closed", "archived", "done",
    "sent", "open", "new", "confirmed", "intransit", "partiallyrefunded", "partiallypaid",
    "partiallyfulfilled", "partiallyshipped", "bezahlt", "abgeschlossen", "versendet",
    "erledigt", "payé", "payée", "terminé", "terminée", "expédié", "expédiée", "pagado",
    "pagada", "completado", "completada", "enviado", "已付款", "已支付", "支付成功", "已完成",
    "完成", "已发货", "待发货", "待收货", "已收货", "已签收", "已确认", "交易成功", "交易完成",
    "部分退款", "买家已付款,等待卖家发货", "卖家已发货,等待买家确认", "等待卖家发货",
    "等待买家确认收货", "配送中", "awaitingfulfillment", "awaitingshipment", "awaitingpickup",
    "readyforpickup", "已出库", "部分发货", "待签收", "交易进行中",
];
#[rustfmt::skip]
const UNPAID: &[&str] = &[
    "pending", "unpaid", "authorized", "authorised", "onhold", "hold", "expired", "draft",
    "pendingpayment", "awaitingpayment", "failed", "overdue", "offen", "unbezahlt", "ausstehend",
    "enattente", "impayé", "impayée", "pendiente", "未付款", "未支付", "待付款", "待支付",
    "等待付款", "等待买家付款", "支付失败",
];
#[rustfmt::skip]
const CANCELLED: &[&str] = &[
    "cancelled", "canceled", "voided", "void", "storniert", "annulliert", "annulé", "annulée",
    "cancelado", "cancelada", "anulado", "交易关闭", "已关闭", "已取消", "取消", "订单关闭",
    "交易取消", "关闭",
];
#[rustfmt::skip]
const REFUNDED: &[&str] = &[
    "refunded", "returned", "fullyrefunded", "chargedback", "erstattet", "retourniert",
    "zurückerstattet", "remboursé", "remboursée", "reembolsado", "reembolsada", "已退款",
    "退款成功", "全额退款", "退款完成", "已退货",
];
#[rustfmt::skip]
const TEST: &[&str] = &["test", "测试", "测试订单"];

/// What a state says of an order; `None`: a word that nobody told us of.
pub fn status(word: &str) -> Option<OrderFlags> {
    let word = normal_form(word);
    let is_in = |words: &[&str]| words.contains(&word.as_str());
    Some(match () {
        () if word.is_empty() || is_in(PAID) => OrderFlags::default(),
        () if is_in(UNPAID) => OrderFlags::UNPAID,
        () if is_in(CANCELLED) => OrderFlags::CANCELLED,
        () if is_in(REFUNDED) => OrderFlags::REFUNDED,
        () if is_in(TEST) => OrderFlags::TEST,
        () => return None,
    })
}

/// Whether what became of a complaint is that all was given back.
pub fn is_refunded(word: &str) -> bool {
    let word = normal_form(word);
    let says = ["退款成功", "全额退款", "退款完成", "已退款"].iter().any(|it| word.contains(it));
    REFUNDED.contains(&word.as_str()) || (says && !word.contains("部分"))
}

/// Whether a cell denies.
pub fn is_no(word: &str) -> bool {
    matches!(normal_form(word).as_str(), "false" | "no" | "0" | "否")
}

/// Whether a line below the table says how many rows there were.
pub fn is_trailer(cell: &str) -> bool {
    // Longer than `共1条` and no novel: a file of a million torn lines asks for each.
    if !(7..=80).contains(&cell.len()) {
        return false;
    }
    let word = normal_form(cell);
    word.ends_with("record(s)downloaded")
        || word.ends_with("recordsdownloaded")
        || word.starts_with("sellerid:")
        || (word.starts_with('共') && word.ends_with(['条', '笔']))
}

/// Whether a cell names a sum of rows.
pub fn is_total(cell: &str) -> bool {
    if !(3..=40).contains(&cell.len()) {
        return false;
    }
    matches!(
        normal_form(cell).as_str(),
        "total"
            | "totals"
            | "grandtotal"
            | "subtotal"
            | "sum"
            | "summe"
            | "gesamt"
            | "gesamtsumme"
            | "合计"
            | "总计"
            | "小计"
            | "共计"
            | "汇总"
    )
}

/// Currencies whose sign is `$`.
const DOLLARS: [&str; 12] =
    ["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU"];

/// The currency that a cell names. `Ok(None)`: none, or a sign that several share, as `$`, the shop's
/// own among them.
pub fn currency(cell: &str, shop: Currency) -> Result<Option<Currency>, ()> {
    let code = match cell {
        "" | "kr" => return Ok(None),
        "$" if DOLLARS.contains(&shop.code()) => return Ok(None),
        "¥" | "￥" if matches!(shop.code(), "CNY" | "JPY") => return Ok(None),
        "€" => "EUR",
        "£" => "GBP",
        "₹" => "INR",
        "₩" => "KRW",
        "$" | "US$" => "USD",
        "HK$" => "HKD",
        "NT$" => "TWD",
        "A$" | "AU$" => "AUD",
        "C$" | "CA$" => "CAD",
        "円" => "JPY",
        "₽" => "RUB",
        "R$" => "BRL",
        "¥" | "￥" | "元" | "人民币" | "CN¥" => "CNY",
        code => code,
    };
    Currency::from_code(code).map(Some).ok_or(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_in_the_words_of_several_platforms() {
        let none = OrderFlags::default();
        for (word, flags) in [
            ("paid", Some(none)),
            ("Partially Refunded", Some(none)),
            ("partially_paid", Some(none)),
            ("交易成功", Some(none)),
            ("买家已付款，等待卖家发货", Some(none)),
            ("On hold", Some(OrderFlags::UNPAID)),
            ("等待付款", Some(OrderFlags::UNPAID)),
            ("voided", Some(OrderFlags::CANCELLED)),
            ("storniert", Some(OrderFlags::CANCELLED)),
            ("交易关闭", Some(OrderFlags::CANCELLED)),
            ("REFUNDED", Some(OrderFlags::REFUNDED)),
            ("test", Some(OrderFlags::TEST)),
            ("", Some(none)),
            ("frobnicated", None),
        ] {
            assert_eq!(status(word), flags, "{word}");
        }
    }

    #[test]
    fn a_sign_that_several_currencies_share_names_none() {
        let code = |cell| currency(cell, Currency::USD).map(|found| found.map(Currency::code));
        assert_eq!(code("usd"), Ok(Some("USD")));
        assert_eq!(code("€"), Ok(Some("EUR")));
        assert_eq!(code("RMB"), Ok(Some("CNY")));
        assert_eq!(code("$"), Ok(None));
        assert_eq!(code("doubloons"), Err(()));
        let sign = |sign, shop| currency(sign, Currency::from_code(shop).unwrap());
        assert_eq!(sign("¥", "JPY"), Ok(None));
        assert_eq!(sign("￥", "CNY"), Ok(None));
        assert_eq!(sign("¥", "USD"), Ok(Some(Currency::CNY)));
        assert_eq!(sign("$", "HKD"), Ok(None));
        assert_eq!(sign("$", "CNY"), Ok(Some(Currency::USD)));
    }
}
