//! Words of shops whose warehouse has summed their orders up.

words! {
    [n] summaries: "{n} summary", "{n} summaries", "{n} 条客户汇总";
    this_is_summaries: "These are summaries of customers", "这是一份客户汇总";
    summed_orders: "orders in them", "笔订单已汇总其中";
    as_of_summaries: "(day of the summaries)", "（汇总截止日）";
    summaries_only: "This screen needs single orders", "此页需要逐笔订单";
    (day: &str) summaries_only_text: "Up to {day} this shop has summaries of its customers, which tell no single order. RFM, tiers, churn, value, segments and lists hold all the same. For this screen take the summaries back, and import a file of orders.", "截至 {day}，本店只有客户汇总，没有逐笔订单。RFM、客户分层、流失、价值、分群与名单均不受影响。如需此页，请撤销客户汇总并导入订单文件。";
    summaries_no_series: "Summaries tell what all orders came to, not on which days.", "客户汇总只有总额，不含各日金额。";
    summaries_scores: "The scores are of all time: summaries tell no amounts of a shorter window.", "评分按全部时间计算：客户汇总不含较短时段的金额。";
    (orders: &str, day: &str) summed_up_to: "{orders} up to {day} came as a summary and are not listed one by one.", "截至 {day} 的 {orders}以汇总形式导入，不逐笔列出。";
}
