//! Words of traits, of what goes with them, and of who is like the best.

use super::{Lang, Words};
use protocol::{AGE_BANDS, LabelKind, Trait, TraitKind};

words! {
    nav_traits: "Traits", "客户特征";
    (who: &str, product: &str) traits_lead: "{who} buy {product}", "{who} 购买{product}";
    (lift: &str) traits_lead_rest: " {lift} times as often as customers do on the whole.", "的比例是整体的 {lift} 倍。";
    traits_lead_none: "No trait goes with a product", "没有特征与商品明显相关";
    traits_sub: "What is known of customers, beside what they buy. It describes and does not explain.", "客户特征与购买商品的关系，仅为描述，不代表因果。";
    traits_none_title: "Nothing is known of customers beside their orders", "除订单外没有客户特征";
    traits_none_text: "A contact list with birthdays or tags, or orders with country and province, tell customers apart. Tags can be given on any list of customers, too.", "含生日或标签的联系人文件，或含国家、省份的订单，可以区分客户。也可以在任意客户列表中打标签。";
    trait_by: "By", "按";
    traits_table: "What kind of customer buys what", "哪类客户买什么";
    traits_note: "How many times as often as all whose trait is known; under it the number of customers with both. Grey: fewer than five, too few to tell anything.", "相对于特征已知的全体客户的倍数，下方为同时具备两者的人数。灰色：不足五人，不足以得出结论。";
    (n: &str, with: &str, share: &str) trait_cell_said: "{n} of {with} customers ({share})", "{with} 位客户中的 {n} 位（{share}）";
    trait_word: "Trait", "特征";
    untapped_title: "Where there is room", "尚有空间";
    untapped_note: "A trait that goes with a product, though most who have it do not buy it yet. Offer it to them.", "该特征与商品相关，但多数具备者尚未购买，可向他们推荐。";
    untapped_none: "No trait goes with a product that most who have it do not buy yet.", "没有这样的特征与商品。";
    have_it: "Have it", "已购";
    have_not: "Have not", "未购";
    like_best_title: "Like the best customers", "与最好客户相似";
    like_prospects: "People without an order who have more in common with VIP and big customers than with other buyers.", "尚未下单、但与 VIP 及大客户更相似的人。";
    like_seldom: "Nobody without an order is on record: these are buyers of one order who have more in common with VIP and big customers than with other buyers. A contact list brings people who have not bought yet.", "没有尚未下单者的记录：以下是只下过一单、但与 VIP 及大客户更相似的客户。导入联系人文件可带来尚未购买的人。";
    (of_hundred: &str) like_check: "Tried on customers it was not made from, it put the better customer first in {of_hundred} of 100 pairs; a coin does in 50.", "在未参与学习的客户上检验：100 对中有 {of_hundred} 对把更好的客户排在前面；抛硬币为 50 对。";
    like_weak: "That is hardly better than chance: do not rely on this list.", "这与随机相差不大，请勿依赖此名单。";
    (best: &str, others: &str) like_too_few: "There are {best} VIP and big customers and {others} other buyers; 25 of each are needed to see what the best have in common.", "目前有 {best} 位 VIP 及大客户、{others} 位其他买家；各需 25 位才能看出最好客户的共同点。";
    like_nobody: "Nobody has more in common with the best customers than with others.", "没有人更接近最好的客户。";
    reasons_word: "What speaks for it", "依据";
    (name: &str, times: &str) reason_said: "{name} ({times}×)", "{name}（{times} 倍）";
    behind_like_best: "Like the best customers", "与最好客户相似";
    (label: &str, product: &str) behind_untapped: "{label}, has not bought {product}", "{label}，没买过{product}";
    age_word_long: "Age", "年龄";
    tag_word: "Tag", "标签";
}

impl Words {
    /// By what customers are told apart.
    pub const fn trait_kind(self, kind: TraitKind) -> &'static str {
        match kind {
            TraitKind::Age => self.age_word_long(),
            TraitKind::Tag => self.tag_word(),
            TraitKind::Label(kind) => self.label_kind(kind),
        }
    }

    /// A trait.
    pub fn trait_name(self, it: &Trait) -> String {
        match it {
            Trait::Age(from) => self.age_band(*from),
            Trait::Tag(tag) => tag.clone(),
            Trait::Label(kind @ (LabelKind::Channel | LabelKind::Product), label) => {
                let name = self.label(*kind, Some(label));
                match self.lang {
                    Lang::En => format!("{}: {name}", self.label_kind(*kind)),
                    Lang::Zh => format!("{}：{name}", self.label_kind(*kind)),
                }
            }
            Trait::Label(kind, label) => self.label(*kind, Some(label)),
        }
    }

    fn age_band(self, from: u8) -> String {
        let to = AGE_BANDS.iter().find(|it| **it > from).map(|it| it - 1);
        match (self.lang, from, to) {
            (Lang::En, 0, Some(to)) => format!("Under {}", to + 1),
            (Lang::En, from, Some(to)) => format!("{from}–{to} years"),
            (Lang::En, from, None) => format!("{from} years and over"),
            (Lang::Zh, 0, Some(to)) => format!("{} 岁以下", to + 1),
            (Lang::Zh, from, Some(to)) => format!("{from}–{to} 岁"),
            (Lang::Zh, from, None) => format!("{from} 岁及以上"),
        }
    }
}
