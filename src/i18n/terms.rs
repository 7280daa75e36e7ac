//! The field's own terms: groups, classes, tiers, states.

use super::{Lang, Words};
use model::OrderState;
use protocol::{RfmClass, RfmGroup, Tier};

impl Words {
    /// Name of a group of the eleven.
    pub const fn group(self, group: RfmGroup) -> &'static str {
        use RfmGroup as G;
        match (self.lang, group) {
            (Lang::En, G::Champions) => "Champions",
            (Lang::En, G::Loyal) => "Loyal",
            (Lang::En, G::PotentialLoyalist) => "Potential loyalist",
            (Lang::En, G::Recent) => "Recent",
            (Lang::En, G::Promising) => "Promising",
            (Lang::En, G::NeedsAttention) => "Needs attention",
            (Lang::En, G::AboutToSleep) => "About to sleep",
            (Lang::En, G::AtRisk) => "At risk",
            (Lang::En, G::CantLose) => "Can't lose",
            (Lang::En, G::Hibernating) => "Hibernating",
            (Lang::En, G::Lost) => "Lost",
            (Lang::Zh, G::Champions) => "冠军客户",
            (Lang::Zh, G::Loyal) => "忠诚客户",
            (Lang::Zh, G::PotentialLoyalist) => "潜在忠诚",
            (Lang::Zh, G::Recent) => "新近客户",
            (Lang::Zh, G::Promising) => "有望客户",
            (Lang::Zh, G::NeedsAttention) => "需要关注",
            (Lang::Zh, G::AboutToSleep) => "即将沉睡",
            (Lang::Zh, G::AtRisk) => "流失风险",
            (Lang::Zh, G::CantLose) => "不能失去",
            (Lang::Zh, G::Hibernating) => "沉睡客户",
            (Lang::Zh, G::Lost) => "已流失",
        }
    }

    /// What to do with a group, in a few words.
    pub const fn group_advice(self, group: RfmGroup) -> &'static str {
        use RfmGroup as G;
        match (self.lang, group) {
            (Lang::En, G::Champions) => "Thank them; ask for a review; first to see what is new",
            (Lang::En, G::Loyal) => "Offer what goes with what they buy",
            (Lang::En, G::PotentialLoyalist) => "Give a reason for the next order soon",
            (Lang::En, G::Recent) => "Welcome them; make the second order easy",
            (Lang::En, G::Promising) => "Remind them while they still remember you",
            (Lang::En, G::NeedsAttention) => "A personal offer decides now",
            (Lang::En, G::AboutToSleep) => "A light reminder of what they liked",
            (Lang::En, G::AtRisk) => "Write personally; ask what went wrong",
            (Lang::En, G::CantLose) => "Call them; win them back first",
            (Lang::En, G::Hibernating) => "One seasonal message, no discount yet",
            (Lang::En, G::Lost) => "Leave in peace or one last good offer",
            (Lang::Zh, G::Champions) => "致谢，邀请评价，新品优先",
            (Lang::Zh, G::Loyal) => "推荐搭配商品",
            (Lang::Zh, G::PotentialLoyalist) => "尽快给出再次下单的理由",
            (Lang::Zh, G::Recent) => "欢迎新客，促成第二单",
            (Lang::Zh, G::Promising) => "趁记忆犹新，及时提醒",
            (Lang::Zh, G::NeedsAttention) => "专属优惠，一举决定去留",
            (Lang::Zh, G::AboutToSleep) => "轻度提醒其喜爱的商品",
            (Lang::Zh, G::AtRisk) => "人工联系，了解原因",
            (Lang::Zh, G::CantLose) => "电话回访，优先挽回",
            (Lang::Zh, G::Hibernating) => "季节性触达一次，暂不打折",
            (Lang::Zh, G::Lost) => "不再打扰，或最后一次好价",
        }
    }

    /// Name of a class of the eight.
    pub const fn class(self, class: RfmClass) -> &'static str {
        use RfmClass as C;
        match self.lang {
            Lang::Zh => class.chinese_name(),
            Lang::En => match class {
                C::ImportantValue => "Important: value",
                C::ImportantDevelop => "Important: develop",
                C::ImportantKeep => "Important: keep",
                C::ImportantWinBack => "Important: win back",
                C::GeneralValue => "General: value",
                C::GeneralDevelop => "General: develop",
                C::GeneralKeep => "General: keep",
                C::GeneralWinBack => "General: win back",
            },
        }
    }

    /// Name of a tier.
    pub const fn tier(self, tier: Tier) -> &'static str {
        match (self.lang, tier) {
            (_, Tier::Vip) => "VIP",
            (Lang::En, Tier::Big) => "Big",
            (Lang::En, Tier::Normal) => "Normal",
            (Lang::En, Tier::Small) => "Small",
            (Lang::Zh, Tier::Big) => "大客户",
            (Lang::Zh, Tier::Normal) => "普通客户",
            (Lang::Zh, Tier::Small) => "小客户",
        }
    }

    /// Name of an order's state.
    pub const fn order_state(self, state: OrderState) -> &'static str {
        use OrderState as S;
        match (self.lang, state) {
            (Lang::En, S::Test) => "test",
            (Lang::En, S::Cancelled) => "cancelled",
            (Lang::En, S::Unpaid) => "unpaid",
            (Lang::En, S::ZeroTotal) => "nothing to pay",
            (Lang::En, S::FullyRefunded) => "refunded",
            (Lang::En, S::PartiallyRefunded) => "partly refunded",
            (Lang::En, S::Paid) => "paid",
            (Lang::En, S::Refund) => "refund without its order",
            (Lang::Zh, S::Test) => "测试",
            (Lang::Zh, S::Cancelled) => "已取消",
            (Lang::Zh, S::Unpaid) => "未付款",
            (Lang::Zh, S::ZeroTotal) => "零金额",
            (Lang::Zh, S::FullyRefunded) => "已退款",
            (Lang::Zh, S::PartiallyRefunded) => "部分退款",
            (Lang::Zh, S::Paid) => "已付款",
            (Lang::Zh, S::Refund) => "未对应订单的退款",
        }
    }
}

/// The colour of a group, the same on every screen.
pub const fn group_color(group: RfmGroup) -> &'static str {
    use RfmGroup as G;
    match group {
        G::Champions => "--g-champions",
        G::Loyal => "--g-loyal",
        G::PotentialLoyalist => "--g-potential-loyalist",
        G::Recent => "--g-recent",
        G::Promising => "--g-promising",
        G::NeedsAttention => "--g-needs-attention",
        G::AboutToSleep => "--g-about-to-sleep",
        G::AtRisk => "--g-at-risk",
        G::CantLose => "--g-cant-lose",
        G::Hibernating => "--g-hibernating",
        G::Lost => "--g-lost",
    }
}
