//! Words of why customers leave, of the register of those who do, and of winning them back.

use super::{Format, Lang, Words};
use protocol::{CauseFactor, ChurnReason, Verdict, WON_BACK_DAYS};

words! {
    causes_title: "What goes with leaving", "流失相关因素";
    causes_note: "The surest factors, by the lower end of the interval. How many of those who left have met with it, and how many of those still active. The interval holds the difference with 95 %. It goes with leaving; whether it is why, numbers alone cannot tell.", "列出关系最明确的因素，按区间下限排列。已流失客户与活跃客户中遇到该情况的比例。区间以 95% 置信度包含差异。相关不等于因果，数据本身无法证明原因。";
    causes_none: "There is too little to compare: at least five customers must have met with something, and five not.", "可比较的数据太少：至少需要五位客户遇到过某种情况，五位没有。";
    (what: &str) causes_lead: "Most surely goes with leaving: {what}.", "与流失关系最明确：{what}。";
    causes_unsure: "Nothing goes with leaving more surely than chance would have it.", "没有任何因素与流失的关系超出偶然水平。";
    factor_word: "Met with", "遇到的情况";
    of_churned: "Of those who left", "已流失客户中";
    of_kept: "Of the active", "活跃客户中";
    difference_word: "Difference", "差异";
    interval_word: "95 %", "95% 区间";
    risk_word: "Risk", "风险比";
    verdict_word: "Finding", "结论";
    verdict_sure: "sure", "显著";
    verdict_unsure: "may be chance", "可能是偶然";
    verdict_less: "less often", "更少见";
    (n: &str) times_risk: "{n}×", "{n} 倍";
    (share: &str, n: &str) share_of_n: "{share} ({n})", "{share}（{n}）";
    remedy_word: "What may help", "改进建议";
    factor_low_score: "Dissatisfied answer", "不满意的回答";
    factor_complaint: "Complaint after the last order", "最后一单后投诉";
    factor_refund: "Refund on the last order", "最后一单有退款";
    factor_delivery: "Trouble with the delivery", "物流问题";
    factor_discount: "Discount on the last order", "最后一单有折扣";
    (name: &str) factor_product: "First product: {name}", "首购商品：{name}";
    (name: &str) factor_channel: "First channel: {name}", "首单渠道：{name}";

    register_title: "Register of those leaving", "流失登记";
    register_note: "At risk or left, the most valuable first. The reason is what the data suggest, until you say otherwise. Attempts are the contacts since the customer turned at risk. Lost is who has been gone for another churn period, or whom you give up.", "有流失风险或已流失的客户，按累计消费排列。原因由数据推测，您可以改为实际原因。挽回次数为出现流失风险后的联系次数。流失后又超过一个流失周期，或由您放弃的，记为已放弃。";
    owner_word: "Looked after by", "负责人";
    (who: &str) owner_of: "Who looks after {who}", "{who}的负责人";
    owner_saved: "Saved who looks after them", "负责人已保存";
    outcome_word: "Outcome", "结果";
    (who: &str) outcome_of: "Outcome for {who}", "{who}的结果";
    outcome_saved: "Outcome saved", "结果已保存";
    verdict_open: "Open", "跟进中";
    verdict_lost: "Lost", "已放弃";
    (verdict: &str) verdict_by_silence: "{verdict} (by silence)", "{verdict}（按沉默）";
    (open: &str, lost: &str, won: &str, days: &str) register_outcomes: "{open} open, {lost} lost; {won} won back in the last {days}.", "跟进中 {open} 位，已放弃 {lost} 位；近 {days}挽回 {won} 位。";
    won_back_title: "Won back", "已挽回";
    (days: &str) won_back_note: "Silent for too long, contacted, and ordered after that, within the last {days}.", "沉默过久、联系后在近 {days}内再次下单的客户。";
    contacted_word: "Contacted on", "联系日期";
    ordered_word: "Ordered on", "下单日期";
    since_then: "Since then", "此后消费";
    behind_won_back: "Won back of late", "近期挽回";
    state_word: "State", "状态";
    entered_word: "Since", "起始";
    churn_reason_word: "Reason", "原因";
    tries_word: "Attempts", "挽回次数";
    (who: &str) reason_of: "Reason of {who}", "{who}的流失原因";
    (reason: &str) reason_probable: "{reason} (from data)", "{reason}（数据推测）";
    reason_saved: "Reason saved", "原因已保存";
    reasons_title: "Why they leave", "流失原因分布";
    reasons_note: "Everybody on the register by reason, the most frequent first.", "登记中的全部客户按原因统计，最常见的在前。";
    share_word: "Share", "占比";
    so_far_share: "Added up", "累计占比";
    (why: &str) behind_reason: "Leaving: {why}", "流失原因：{why}";
    behind_leaving: "At risk or left", "有流失风险或已流失";
    reason_low_score: "Dissatisfied", "不满意";
    reason_complaint: "Complaint", "投诉";
    reason_refund: "Refund", "退款";
    reason_delivery: "Delivery", "物流";
    reason_price: "Too dear", "价格太高";
    reason_quality: "Quality", "质量";
    reason_competitor: "Buys elsewhere", "转向竞品";
    reason_no_need: "No need any more", "不再需要";
    reason_other: "Other", "其他";
    reason_unknown: "Not known", "未知";

    win_back_title: "Win these back first", "优先挽回";
    win_back_note: "Priority = predicted value of the next twelve months, if they are still there × chance of no order in them. Both stand beside it.", "优先级 = 客户仍在时未来十二个月的预测价值 × 期间不下单的概率，两者列在旁边。";
    win_back_pending: "The models that this rests on are being worked out. It appears by itself.", "所依据的模型正在计算，完成后会自动显示。";
    win_back_no_model: "No model of your customers is in use: the screen “Value” says why. Until one is, the list above is by what they have spent.", "目前未采用任何客户模型，原因见“客户价值”。在此之前请参考上方按累计消费排列的名单。";
    predicted_value: "Value if still there", "仍在时的价值";
    chance_lost: "Chance of loss", "流失概率";
    priority_word: "Priority", "优先级";
    priority_means: "Value if still there × chance of loss: the list is ranked by it", "仍在时的价值 × 流失概率；名单按此排列";
    offer_word: "Offer", "建议";
    offer_strong: "A personal word and a strong offer", "专人联系，给出较大优惠";
    offer_small: "A reminder with a small offer", "提醒并给出小优惠";
    offer_hello: "A friendly hello, no discount", "友好问候，无需折扣";
}

impl Words {
    /// What customers may have met with.
    pub fn cause_factor(self, factor: &CauseFactor) -> String {
        match factor {
            CauseFactor::LowScore => self.factor_low_score().to_owned(),
            CauseFactor::Complaint => self.factor_complaint().to_owned(),
            CauseFactor::Refund => self.factor_refund().to_owned(),
            CauseFactor::Delivery => self.factor_delivery().to_owned(),
            CauseFactor::Discount => self.factor_discount().to_owned(),
            CauseFactor::Product(name) => self.factor_product(name),
            CauseFactor::Channel(name) => self.factor_channel(name),
        }
    }

    /// What may help against it.
    pub const fn remedy(self, factor: &CauseFactor) -> &'static str {
        match (self.lang, factor) {
            (Lang::En, CauseFactor::LowScore) => "Answer every low score within a day",
            (Lang::En, CauseFactor::Complaint) => "Call back after each complaint is closed",
            (Lang::En, CauseFactor::Refund) => "Ask why, and offer an exchange",
            (Lang::En, CauseFactor::Delivery) => "Tell of delays first, change the carrier",
            (Lang::En, CauseFactor::Discount) => "Reward the second order, not the first",
            (Lang::En, CauseFactor::Product(_)) => "Look at its quality and what follows it",
            (Lang::En, CauseFactor::Channel(_)) => "Look at whom this channel brings",
            (Lang::Zh, CauseFactor::LowScore) => "一天内回复每个低分",
            (Lang::Zh, CauseFactor::Complaint) => "投诉处理完后回访",
            (Lang::Zh, CauseFactor::Refund) => "询问原因，主动提供换货",
            (Lang::Zh, CauseFactor::Delivery) => "主动告知延误，更换承运商",
            (Lang::Zh, CauseFactor::Discount) => "优惠留给第二单而非首单",
            (Lang::Zh, CauseFactor::Product(_)) => "检查该商品质量与后续推荐",
            (Lang::Zh, CauseFactor::Channel(_)) => "审视该渠道带来的客户",
        }
    }

    /// Why a customer leaves.
    pub const fn churn_reason(self, reason: ChurnReason) -> &'static str {
        match reason {
            ChurnReason::LowScore => self.reason_low_score(),
            ChurnReason::Complaint => self.reason_complaint(),
            ChurnReason::Refund => self.reason_refund(),
            ChurnReason::Delivery => self.reason_delivery(),
            ChurnReason::Price => self.reason_price(),
            ChurnReason::Quality => self.reason_quality(),
            ChurnReason::Competitor => self.reason_competitor(),
            ChurnReason::NoNeed => self.reason_no_need(),
            ChurnReason::Other => self.reason_other(),
            ChurnReason::Unknown => self.reason_unknown(),
        }
    }

    /// Whether winning a customer back is still tried.
    pub const fn verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Open => self.verdict_open(),
            Verdict::Lost => self.verdict_lost(),
        }
    }

    /// The days in which who was won back counts as won back of late.
    pub fn of_late(self) -> String {
        self.days(WON_BACK_DAYS.into(), &WON_BACK_DAYS.to_string())
    }

    /// What to offer somebody who may be lost with a chance in thousandths.
    pub const fn win_back_offer(self, loss_milli: u16) -> &'static str {
        match loss_milli {
            700.. => self.offer_strong(),
            300..700 => self.offer_small(),
            _ => self.offer_hello(),
        }
    }

    /// A difference of shares in points, with its sign.
    pub fn share_points(self, difference: f64) -> String {
        let text = Format::of(self).percent(difference.abs());
        let is_nothing = (difference * 1_000.0).round() == 0.0;
        match difference {
            _ if is_nothing => text,
            it if it > 0.0 => format!("+{text}"),
            _ => format!("−{text}"),
        }
    }
}
