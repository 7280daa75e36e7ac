//! Words of exchange rates.

words! {
    rates_title: "Exchange rates", "汇率";
    (shops: &str) rates_note: "Orders in other currencies count in every figure at the rate that you give here: what one unit is worth in {shops}. An order counts at the newest rate up to its day, and stays out where there is none. The orders themselves are kept as they are.", "其他币种的订单按这里填写的汇率计入所有数字：1 单位该币种折合多少 {shops}。每笔订单使用其下单日或之前最近的汇率；没有汇率的订单不计入。订单本身保持原样。";
    rate_currency: "Currency", "币种";
    (shops: &str) rate_worth: "One unit in {shops}", "1 单位折合 {shops}";
    rate_from: "From day (optional)", "起始日期（可不填）";
    rate_add: "Give a rate", "填写汇率";
    give_rate: "Give a rate", "填写汇率";
    (one: &str, worth: &str) rate_line: "1 {one} = {worth}", "1 {one} = {worth}";
    (day: &str) rate_since: "From {day}", "自 {day} 起";
    rate_ever: "From the first day on", "自第一天起";
    rate_remove: "Remove", "移除";
    (rate: &str) rate_remove_one: "Remove {rate}", "移除 {rate}";
    [n] rate_counted: "{n} order counts at a rate", "{n} orders count at a rate", "{n} 笔订单按汇率计入";
    [n] rate_apart: "{n} order stays out: no rate on its day", "{n} orders stay out: no rate on their day", "{n} 笔订单未计入：当日没有汇率";
    rate_no_orders: "No orders", "没有订单";
    rate_bad: "A number above zero with a point, such as 1.0842.", "请输入大于零的数字，如 1.0842。";
    rate_currency_bad: "A currency code of ISO 4217 other than the shop's, such as EUR.", "请输入与店铺不同的 ISO 4217 币种代码，如 EUR。";
    rate_day_bad: "A day, or nothing.", "请输入日期，或留空。";
    (code: &str) rates_saved: "Rates of {code} saved. All figures are up to date.", "{code} 汇率已保存，所有数字均已更新。";
    (amount: &str) counted_at_rate: "counts as {amount}", "按 {amount} 计入";
    (code: &str) not_counted_without_rate: "not in the figures: no rate for {code}", "未计入统计：没有 {code} 汇率";
}
