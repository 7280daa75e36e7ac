//! Words of cross-sell.

words! {
    (bought: &str, then: &str) rule_lead: "Who buys {bought} also buys {then}", "购买 {bought} 的客户也会购买 {then}";
    (lift: &str) rule_lead_rest: ": {lift} times as often as others.", "：概率是其他人的 {lift} 倍。";
    few_baskets_lead: "Too few orders to tell what goes together.", "订单太少，尚看不出哪些商品会一起购买。";
    (n: &str) rules_need: "A pair of products is shown from {n} orders with both on, if it is bought together more often than by chance. Import more orders if you have them.", "两种商品至少同时出现在 {n} 笔订单中，且高于随机水平，才会列出。如有更多订单，请导入。";
    no_rules_lead: "No two products are bought together more often than by chance.", "没有商品的搭配购买高于随机水平。";
    (baskets: &str, least: &str) cross_sub: "From {baskets} with products; a pair counts from {least} on.", "依据 {baskets}含商品的订单；搭配至少出现 {least} 次才计入。";
    no_lines: "The orders do not tell what was bought", "订单中没有商品信息";
    no_lines_text: "Import an export with products: a column with the product's name or number, one row a line.", "请导入含商品的订单：需有商品名称或编码列，每行一条明细。";
    rules_title: "Offer together", "搭配推荐";
    rules_note: "Support: share of orders with both. Confidence: share with the second of those with the first. Lift: how much more often than by chance.", "支持度：同时包含两者的订单占比。置信度：含前者的订单中也含后者的占比。提升度：相对随机水平的倍数。";
    (days: &str) later_note: "Bought by the same customer in a later order, within {days}.", "同一客户在之后 {days}内的另一笔订单中购买。";
    when_word: "When", "时间";
    same_basket: "Same order", "同一订单";
    later_basket: "Later order", "之后订单";
    bought_word: "Who buys", "购买";
    also_word: "also buys", "也购买";
    both_word: "Both", "两者兼有";
    support_word: "Support", "支持度";
    confidence_word: "Confidence", "置信度";
    lift_word: "Lift", "提升度";
    no_rules_here: "No pair is bought together more often than by chance.", "没有高于随机水平的搭配。";
    due_title: "Due again", "该补货了";
    due_note: "By the customer's own rhythm with the product, else that of all who buy it again.", "按客户自身的复购周期；若无，则按所有复购者的周期。";
    due_word: "Due", "预计日期";
    last_bought: "Last bought", "上次购买";
    product_word: "Product", "商品";
    products_title: "Products", "商品";
    repurchase_word: "Bought again", "复购率";
    every_word: "Every", "周期";
    price_word: "Price", "单价";
    ladders_title: "Ladders: offer the next size up", "升级阶梯：推荐更高一档";
    ladders_note: "Products of one kind by price. Ready: for how many it is the highest they have.", "同类商品按价格排列。可升级：目前最高只买到这一档的客户数。";
    owners_word: "Have it", "拥有";
    climbed_word: "Went higher", "已升级";
    ready_word: "Ready", "可升级";
}
