//! Words of the list of products.

words! {
    (name: &str, buyers: &str) products_lead: "{name} has the most buyers", "{name} 购买客户最多（{buyers}）";
    (buyers: &str) products_lead_rest: ": {buyers}.", "。";
    (n: &str, due: &str) products_sub: "{n} with orders; {due} due again in the next 30 days.", "共 {n}；未来 30 天内 {due}到期复购。";
    [n] products_of: "{n} product", "{n} products", "{n} 个商品";
    [n] purchases_of: "{n} purchase", "{n} purchases", "{n} 次购买";
    products_table: "All products", "全部商品";
    products_note: "Each leads to its page, where the figures are explained. Net of the first 90 days is that of customers whose first order had it and who have reached that age.", "点击进入商品页查看详细说明。首 90 天净额：首单含该商品且已满 90 天的客户的人均净额。";
    (money: &str) products_usual: "Over all customers it is {money}.", "全体客户人均为 {money}。";
    (shown: &str, all: &str) products_cut: "The first {shown} of {all} that fit; the file has those on screen.", "显示符合条件的 {all} 个中的前 {shown} 个；文件内容与屏幕一致。";
    (listed: &str, all: &str) products_left_out: "Of {all} products, the {listed} with most buyers are listed and searched.", "共 {all} 个商品，只列出并可查找买家最多的 {listed} 个。";
    first_90_word: "First 90 days", "首 90 天净额";
    find_product: "Find a product", "查找商品";
    (text: &str) no_such_product: "No product is called “{text}”.", "没有名为“{text}”的商品。";
}
