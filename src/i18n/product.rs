//! Words of the product page and of lists by product.

use super::Words;

words! {
    no_product_title: "There is no such product", "没有这个商品";
    no_product_text: "The import that brought this product may have been taken back.", "带来该商品的导入可能已被撤销。";
    to_products: "To all products", "查看全部商品";
    (name: &str, money: &str) product_lead: "{name} has brought {money}", "{name} 累计销售 {money}";
    (orders: &str, buyers: &str) product_rest: " in {orders} of {buyers}.", "，来自{buyers}的{orders}。";
    product_sold_none: "Nothing of it was kept: every order with it was given back.", "没有留存的订单：含该商品的订单均已全额退款。";
    (key: &str) product_key: "SKU {key}", "编码 {key}";
    pieces_word: "Pieces", "件数";
    buyers_word: "Buyers", "购买客户";
    return_rate_word: "Refunded", "退款率";
    return_rate_means: "Paid orders with it of which anything was given back ÷ paid orders with it, those given back whole among them.", "含该商品且有任何退款的已付款订单 ÷ 含该商品的已付款订单（包括全额退款的订单）。";
    repurchase_means: "Buyers who bought it on two days or more ÷ buyers.", "在两天或以上购买过该商品的客户 ÷ 购买客户。";
    interval_until_again: "Until bought again", "复购间隔";
    (low: &str, high: &str) middle_half: "half of them {low} – {high}", "半数在 {low} – {high}";
    (repeat: &str, buyers: &str) repeat_of_buyers: "{repeat} of {buyers} buyers", "{buyers} 位中的 {repeat} 位";
    (returned: &str, paid: &str) returned_of_paid: "{returned} of {paid} orders", "{paid} 单中的 {returned} 单";
    demand_word: "Due in 30 days", "30 天内到期";
    demand_means: "Customers whose own rhythm with it, else that of all who buy it again, ends in the next 30 days.", "按自身复购周期（若无则按所有复购者），在未来 30 天内需要再次购买的客户。";
    sales_title: "Sales by month", "每月销售";
    sales_note: "Amounts of its lines in valid orders, before refunds.", "有效订单中该商品明细金额，未扣退款。";
    sales_word: "Sales", "销售额";
    first_value_title: "What those bring who begin with it", "以该商品开始的客户价值";
    (who: &str) first_value_note: "{who} had it in their first order. Net per customer in their first days, beside those who began with something else.", "{who}的首单含该商品。首购后若干天内的人均净额，与以其他商品开始的客户相比。";
    age_word: "First", "首购后";
    observed_word: "Customers", "客户";
    net_each_word: "Net each", "人均净额";
    others_each_word: "Others", "其他客户";
    ordered_again: "Ordered again", "再次下单";
    with_title: "Bought with it", "搭配购买";
    with_note: "In one order, more often than by chance; the strongest first.", "同一订单中高于随机水平的搭配，最强的在前。";
    next_title: "Bought next", "之后购买";
    (days: &str) next_note: "By its buyers in a later order, within {days}.", "购买客户在之后 {days}内的另一笔订单中购买。";
    offer_to: "Offer to", "推荐对象";
    who_has_not: "list", "名单";
    (then: &str, bought: &str) who_has_not_label: "Customers who bought {bought} and not {then}", "买过{bought}但没买过{then}的客户";
    product_due_none: "Nobody is about to need it again, or too few have bought it again to tell.", "暂无客户需要再次购买，或复购次数太少无法判断。";
    (product: &str) behind_due: "Due again: {product}", "该补货了：{product}";
    (all: &str) behind_bought_all: "Bought {all}", "买过{all}";
    (all: &str, without: &str) behind_bought_not: "Bought {all}, not {without}", "买过{all}，没买过{without}";
}

impl Words {
    /// Who bought all of some products and none of others: by name, as far as names are known.
    pub fn behind_bought(self, all: &[String], without: &[String], names: &[String]) -> String {
        let name = |at: usize, key: &str| names.get(at).map_or(key, String::as_str).to_owned();
        let listed = |keys: &[String], from: usize| {
            let keys = keys.iter().enumerate();
            self.list(&keys.map(|(at, key)| name(from + at, key)).collect::<Vec<_>>())
        };
        let bought = listed(all, 0);
        if without.is_empty() {
            self.behind_bought_all(&bought)
        } else {
            self.behind_bought_not(&bought, &listed(without, all.len()))
        }
    }
}
