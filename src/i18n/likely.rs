//! Words of what a customer is likely to buy next.

words! {
    likely_title: "Likely next", "可能购买";
    likely_note: "How many of comparable customers or orders have it. It ranks and is no promise.", "可比客户或订单中拥有该商品的比例，仅供排序，并非承诺。";
    likely_none: "Too little is known of this customer to say.", "对该客户了解太少，无法判断。";
    (product: &str) likely_bought: "has {product}, which it goes with", "已购{product}，常一起购买";
    (day: &str) likely_due: "has it, and needs it again about {day}", "已购，约 {day} 需补货";
    (label: &str) likely_trait: "as others: {label}", "与同类客户相似：{label}";
    (lift: &str) likely_lift: "{lift}× as often as all", "为整体的 {lift} 倍";
    (n: &str) likely_n: "n = {n}", "n = {n}";
    likely_few: "too few to tell", "样本太少";
}
