//! Words of whom to turn to, why, and what to say to them.

use super::{Lang, Words};
use protocol::{ActKind, Snooze};

words! {
    outreach_word: "Whom to turn to", "今日联系";
    one_by_one: "One by one", "逐个联系";
    outreach_rest: " to turn to, one after the other.", "待联系，逐个处理。";
    outreach_rest_one: " to turn to.", "待联系。";
    outreach_sub: "First who has spent most and is nearest to being lost: what was spent × urgency.", "消费最多、最可能流失者在前：累计消费 × 紧急度。";
    [n] outreach_put_off: "{n} more is done with or put off.", "{n} more are done with or put off.", "另有 {n} 位已处理或已推迟。";
    outreach_none: "Nobody is left to turn to", "没有待联系的客户";
    outreach_none_text: "Who was put off comes back on the day. New orders, tickets and answers bring others.", "推迟的客户到期会再次出现；新的订单、工单和评价会带来新的名单。";
    outreach_queue: "Queue", "待办名单";
    (n: &str, all: &str) outreach_first: "The first {n} of {all}. Done logs a contact today; who is done with or put off comes back sooner if something new happens.", "共 {all} 位，显示前 {n} 位。点“完成”会记录今天已联系；若有新情况，已处理或推迟的客户会提前回到名单。";
    any_reason: "Any reason", "全部原因";
    reason_filter: "Reason", "联系原因";
    done_word: "Done", "完成";
    (who: &str) done_with: "Done with {who}", "已完成：{who}";
    (who: &str, days: &str) put_off_for: "Put {who} off for {days}", "将{who}推迟 {days}";
    (days: &str) later_in: "In {days}", "{days}后";
    put_off_word: "Put off", "推迟";
    all_done: "All done", "全部完成";
    act_done: "done, contact noted", "已完成并记录联系";
    (days: &str) act_put_off: "put off for {days}", "已推迟 {days}";
    act_back: "back on the list", "已回到名单";
    away_title: "Done with or put off", "已处理或已推迟";
    (n: &str, all: &str) away_note: "The first {n} of {all}, the soonest back first. A new order, ticket or answer brings them back sooner.", "共 {all} 位，显示前 {n} 位，最早恢复的在前。新的订单、工单或评价会让他们提前恢复。";
    back_word: "Back on", "恢复日期";
    (who: &str) take_back_for: "Take it back: {who}", "撤回：{who}";
    urgency_means: "Of 100. 100: waits for an answer, or silent as long as after which a customer counts as churned.", "满分 100。100：等待回复，或沉默时间已达流失标准。";
    (money: &str) spent_in_all: "{money} so far", "累计 {money}";
    (percent: &str) hurries: "urgency {percent}", "紧急度 {percent}";
    (days: &str) silent_since: "silent for {days}", "沉默 {days}";
    (day: &str) contacted_last: "contacted {day}", "上次联系 {day}";
    what_to_say: "What to say", "话术";
    copy_text: "Copy", "复制";
    text_copied: "Copied.", "已复制。";
    text_not_copied: "This browser does not let the page copy: mark the text and copy it by hand.", "浏览器不允许自动复制，请手动选中文字复制。";
    write_e_mail: "Write an e-mail", "写邮件";
    send_message: "Send a message", "发短信";
    call_word: "Call", "打电话";
    reach_none: "No e-mail or telephone is known.", "没有邮箱或电话。";
    reach_refused: "Refused to be written to.", "拒绝接收消息。";
    reach_blocked: "Marked not to be written to.", "已标记请勿联系。";
    (reason: &str) behind_act_for: "To do: {reason}", "待办：{reason}";
    behind_act_any: "To do this week", "本周待办";
    (name: &str) greeting: "Hello {name},", "{name}，您好！";
    greeting_alone: "Hello,", "您好！";
    regards_alone: "Kind regards", "祝好";
    (shop: &str) regards: "Kind regards\n{shop}", "{shop} 敬上";
    (product: &str) say_again: "Your {product} may be running out about now. Shall I send you more?", "您购买的{product}大概快用完了，需要再给您寄一些吗？";
}

impl Words {
    /// What there is to do with customers, in short.
    pub const fn act_reason(self, kind: ActKind) -> &'static str {
        use ActKind as A;
        match (self.lang, kind) {
            (Lang::En, A::AnswerTickets) => "Open ticket",
            (Lang::En, A::HearDissatisfied) => "Dissatisfied",
            (Lang::En, A::WinBackBest) => "Win back",
            (Lang::En, A::RescueAtRisk) => "At risk",
            (Lang::En, A::CallLate) => "Late",
            (Lang::En, A::RemindExpected) => "Order due",
            (Lang::En, A::OfferAgain) => "Runs out",
            (Lang::En, A::SecondOrder) => "Second order",
            (Lang::En, A::LiftToTier) => "Next tier",
            (Lang::En, A::ThankChampions) => "Thank",
            (Lang::Zh, A::AnswerTickets) => "未结工单",
            (Lang::Zh, A::HearDissatisfied) => "不满意",
            (Lang::Zh, A::WinBackBest) => "挽回",
            (Lang::Zh, A::RescueAtRisk) => "有流失风险",
            (Lang::Zh, A::CallLate) => "迟迟未下单",
            (Lang::Zh, A::RemindExpected) => "该下单",
            (Lang::Zh, A::OfferAgain) => "该补货",
            (Lang::Zh, A::SecondOrder) => "第二单",
            (Lang::Zh, A::LiftToTier) => "即将升级",
            (Lang::Zh, A::ThankChampions) => "致谢",
        }
    }

    /// The same as a filter of the customer list.
    pub fn behind_act(self, kind: Option<ActKind>) -> String {
        kind.map_or_else(
            || self.behind_act_any().to_owned(),
            |kind| self.behind_act_for(self.act_reason(kind)),
        )
    }

    /// So many days, as a customer is put off for.
    pub fn snooze(self, snooze: Snooze) -> String {
        self.days(snooze.days().into(), &snooze.days().to_string())
    }

    /// What to say or write to a customer. `name`, `shop` and `product` may be empty.
    pub fn script(self, kind: ActKind, name: &str, shop: &str, product: &str) -> String {
        let greeting = match name {
            "" => self.greeting_alone().to_owned(),
            name => self.greeting(name),
        };
        let said = match (kind, product) {
            (ActKind::OfferAgain, product) if !product.is_empty() => self.say_again(product),
            (kind, _) => self.say(kind).to_owned(),
        };
        let regards = match shop {
            "" => self.regards_alone().to_owned(),
            shop => self.regards(shop),
        };
        format!("{greeting}\n\n{said}\n\n{regards}")
    }

    #[rustfmt::skip]
    const fn say(self, kind: ActKind) -> &'static str {
        use ActKind as A;
        match (self.lang, kind) {
            (Lang::En, A::AnswerTickets) => "Thank you for your message. I am sorry that it is still open: I am looking into it now and will come back to you today.",
            (Lang::En, A::HearDissatisfied) => "Thank you for your honest answer to our survey. I am sorry that we disappointed you. What should we have done better? I would like to put it right.",
            (Lang::En, A::WinBackBest) => "It has been a while since your last order, and we miss you. Was there anything that we could have done better? I would be glad to find something for you.",
            (Lang::En, A::RescueAtRisk) => "We have not heard from you for a while. Is everything as it should be with your last order? If you need anything, simply answer this message.",
            (Lang::En, A::CallLate) => "You usually order a little earlier, so I wanted to ask whether you need anything. Simply answer, and I will take care of it.",
            (Lang::En, A::RemindExpected) => "About this time you usually order again. Shall I put the usual together for you?",
            (Lang::En, A::OfferAgain) => "What you bought may be running out about now. Shall I send you more?",
            (Lang::En, A::SecondOrder) => "Thank you for your first order with us. How do you like it? If you would like to try something else, I am happy to advise you.",
            (Lang::En, A::LiftToTier) => "Thank you for coming back to us so often: with your next order you are among our best customers. Is there anything that you have been thinking of?",
            (Lang::En, A::ThankChampions) => "You are one of our best customers, and I wanted to thank you in person. If there is ever anything that we can do for you, tell me.",
            (Lang::Zh, A::AnswerTickets) => "感谢您的留言。很抱歉问题还没有解决，我正在处理，今天一定给您答复。",
            (Lang::Zh, A::HearDissatisfied) => "感谢您如实填写评价。很抱歉让您失望了，您觉得我们哪里可以做得更好？我希望能帮您解决。",
            (Lang::Zh, A::WinBackBest) => "好久没有收到您的订单了，我们很想念您。之前有什么做得不好的地方吗？有需要请告诉我，我来帮您挑选。",
            (Lang::Zh, A::RescueAtRisk) => "有一阵子没有您的消息了，上次的订单一切都好吗？有任何需要，直接回复我就好。",
            (Lang::Zh, A::CallLate) => "您平时这时候已经下单了，想问问您是否需要什么？直接回复我，我来为您安排。",
            (Lang::Zh, A::RemindExpected) => "差不多到您平时下单的时间了，需要按老样子为您准备一份吗？",
            (Lang::Zh, A::OfferAgain) => "您上次购买的商品大概快用完了，需要再给您寄一些吗？",
            (Lang::Zh, A::SecondOrder) => "感谢您首次光临！用着还满意吗？想试试别的商品，我很乐意为您推荐。",
            (Lang::Zh, A::LiftToTier) => "感谢您一直以来的支持，再下一单您就是我们最重要的客户之一了。最近有想要的商品吗？",
            (Lang::Zh, A::ThankChampions) => "您是我们最好的客户之一，特地向您道一声谢谢。有任何需要，随时告诉我。",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_names_who_is_known() {
        let (en, zh) = (Words { lang: Lang::En }, Words { lang: Lang::Zh });
        let said = en.script(ActKind::OfferAgain, "Ann", "Tea House", "green tea");
        assert!(said.starts_with("Hello Ann,\n\nYour green tea may"), "{said}");
        assert!(said.ends_with("Kind regards\nTea House"), "{said}");
        let said = zh.script(ActKind::OfferAgain, "", "", "");
        assert!(said.starts_with("您好！\n\n您上次购买的商品"), "{said}");
        assert!(said.ends_with("祝好"), "{said}");
        for t in [en, zh] {
            for kind in ActKind::ALL {
                let said = t.script(kind, "Ann", "Tea House", "tea");
                assert!(said.contains("Ann") && said.contains("Tea House"), "{said}");
            }
        }
    }
}
