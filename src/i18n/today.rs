//! Words of the first screen's questions and acts.

use super::{Lang, Words};
use protocol::Circle;

words! {
    do_this_week: "Do this week", "本周要做";
    do_this_week_note: "Largest first, by what these customers have spent so far.", "按客户累计消费从高到低排列。";
    [n] act_win_back: "Win back {n} of your best", "Win back {n} of your best", "挽回 {n} 位最好的老客户";
    (days: &str) act_win_back_why: "Bought often and much, silent for long: half of them for more than {days}", "曾经买得多、买得勤，如今沉默已久：半数超过 {days}";
    [n] act_rescue: "Write to {n} customer at risk", "Write to {n} customers at risk", "联系 {n} 位有流失风险的客户";
    (days: &str) act_rescue_why: "Good customers who are late: half of them more than {days} since the last order", "本是好客户，却迟迟未下单：半数距上次下单超过 {days}";
    [n] act_second: "Second order for {n} new customer", "Second order for {n} new customers", "促成 {n} 位新客的第二单";
    (days: &str) act_second_why: "Bought once, in the last {days}: the second order decides who stays", "近 {days}内首次下单：第二单决定去留";
    [n] act_thank: "Thank {n} champion", "Thank {n} champions", "感谢 {n} 位冠军客户";
    (days: &str) act_thank_why: "Recent, frequent, high-spending: half of them ordered within the last {days}", "近期、高频、高额：半数在 {days}内下过单";
    nothing_to_do: "Nothing stands out this week.", "本周没有特别要做的事。";
    [n] act_call: "Write to {n} customer who is late", "Write to {n} customers who are late", "联系 {n} 位迟迟未下单的客户";
    (days: &str) act_call_why: "Silent for longer than their own rhythm allows: half of them for more than {days}", "沉默时间超出其自身节奏：半数超过 {days}";
    [n] act_tickets: "Answer {n} customer with an open ticket", "Answer {n} customers with an open ticket", "回复 {n} 位有未结工单的客户";
    act_tickets_why: "They have asked and are not done yet", "他们已提问，问题尚未解决";
    [n] act_hear: "Hear out {n} dissatisfied customer", "Hear out {n} dissatisfied customers", "倾听 {n} 位不满意的客户";
    act_hear_why: "Their newest answer of the last 90 days is a bad one", "近 90 天最新一次评价为差评";
    [n] act_remind: "Remind {n} regular whose order is due", "Remind {n} regulars whose order is due", "提醒 {n} 位该下单的熟客";
    act_remind_why: "By their own rhythm they order again within a week", "按自身节奏，一周内会再次下单";
    [n] act_lift: "Lift {n} customer into a higher tier", "Lift {n} customers into a higher tier", "助 {n} 位客户升级";
    act_lift_why: "Active, and one more order of their usual size takes them over the border", "活跃，再下一笔平常的订单即可升级";
    [n] act_again: "Offer {n} customer what runs out", "Offer {n} customers what runs out", "提醒 {n} 位客户补货";
    act_again_why: "What they bought is about to be used up, by how soon others bought it again", "按复购间隔推算，所购商品即将用完";

    identified_orders: "Identified orders", "可识别订单";
    identified_orders_means: "Valid orders of the period whose customer is known ÷ all valid orders of the period.", "时段内可识别买家的有效订单 ÷ 全部有效订单。";
    (target: &str, missing: &str) target_missed: "target {target}, {missing} below", "目标 {target}，差 {missing}";
    (target: &str) target_reached: "target {target}, reached", "目标 {target}，已达成";
    (target: &str) target_alone: "target {target}", "目标 {target}";
    service_now: "How is the service?", "服务如何？";
    service_none: "No tickets on record.", "暂无工单记录。";
    service_none_text: "A service log brings them: one line a ticket or chat, with the times of question, reply and end.", "导入客服记录即可：每行一个工单或会话，含提问、回复与结束时间。";
    service_quiet: "No ticket is open.", "没有未结工单。";
    [n] tickets_open: "{n} ticket is open", "{n} tickets are open", "{n} 个工单未结";
    [n] tickets_late: ", {n} of them unanswered since an earlier day.", ", {n} of them unanswered since an earlier day.", "，其中 {n} 个自前一日起无人回复。";
    all_answered: ", all of them answered.", "，均已回复。";
    (tickets: &str, complaints: &str) tickets_say: "In the period: {tickets}, {complaints} about damage, wrong or late goods, or badly rated.", "本时段：{tickets}，其中 {complaints}涉及破损、错发、迟到或差评。";
    [n] tickets_word: "{n} ticket", "{n} tickets", "{n} 个工单";
    tickets_short: "tickets", "工单数";
    [n] complaints_word: "{n} complaint", "{n} complaints", "{n} 个投诉";
    (time: &str) reply_say: "Half of them got a reply within {time}.", "半数在 {time}内得到回复。";
    [n] minutes: "{n} minute", "{n} minutes", "{n} 分钟";
    [n] hours: "{n} hour", "{n} hours", "{n} 小时";
    who_waits: "See who waits", "查看等待的客户";
    who_complained: "See who complained", "查看投诉客户";
    satisfaction_now: "Are customers satisfied?", "客户满意吗？";
    satisfied_none: "Nobody has been asked yet.", "尚未做过调查。";
    satisfied_none_text: "A survey export with satisfaction (1–5) or likelihood to recommend (0–10) brings answers.", "导入含满意度（1–5）或推荐意愿（0–10）的调查结果即可。";
    (share: &str) satisfied_lead: "{share} are satisfied", "{share} 表示满意";
    (n: &str, between: &str) satisfied_rest: ": {n}, {between} with 95% certainty.", "：{n}，95% 置信区间 {between}。";
    (n: &str) satisfied_rest_alone: ": {n}.", "：{n}。";
    (day: &str) answers_old: "No answers in the period; the newest is of {day}.", "本时段没有回答，最近一次为 {day}。";
    few_answers_say: "Too few answers to build on.", "回答太少，仅供参考。";
    no_answers_dated: "No answers in the period.", "本时段没有回答。";
    (score: &str, n: &str) nps_say: "NPS {score} ({n}).", "NPS {score}（{n}）。";
    [n] dissatisfied_say: "{n} customer was dissatisfied in the last 90 days.", "{n} customers were dissatisfied in the last 90 days.", "近 90 天有 {n} 位客户不满意。";
    who_is_dissatisfied: "See who is dissatisfied", "查看不满意的客户";
    key_now: "Do the key customers stay?", "关键客户还在吗？";
    key_none: "No customer is known by name.", "没有可识别的客户。";
    key_none_text: "An order file with e-mail, telephone or member name tells who bought.", "订单文件含邮箱、电话或会员名即可识别买家。";
    (who: &str, share: &str) key_lead: "{who} bring {share}", "{who}贡献 {share}";
    (who: &str, share: &str) key_lead_one: "{who} brings {share}", "{who}贡献 {share}";
    key_rest: " of the period's revenue from known customers.", " 的本时段可识别销售额。";
    [n] key_lead_alone: "{n} key customer", "{n} key customers", "{n} 位关键客户";
    key_rest_alone: " bought nothing in the period.", "本时段未下单。";
    (silent: &str, money: &str) key_silent: "{silent} of them, worth {money}: silent for too long.", "其中 {silent} 位沉默过久，累计消费 {money}。";
    key_all_active: "All of them come as they always did.", "全部保持活跃。";
    key_means: "Key: the tiers VIP and big.", "关键客户：VIP 与大客户层级。";
    who_is_silent: "See who is silent", "查看沉默的客户";
    against_compared: "against the period compared", "较对比时段";
}

impl Words {
    /// A circle of customers, as the filter that it is.
    pub(super) const fn circle(self, circle: Circle) -> &'static str {
        use Circle as C;
        match (self.lang, circle) {
            (Lang::En, C::Key) => "Key customers",
            (Lang::En, C::KeySilent) => "Key customers who are silent",
            (Lang::En, C::OpenTickets) => "With an open ticket",
            (Lang::En, C::Complaints) => "Complained in the period",
            (Lang::En, C::Dissatisfied) => "Dissatisfied",
            (Lang::En, C::ExpectedSoon) => "Order due within a week",
            (Lang::En, C::AboutToClimb) => "One order below the next tier",
            (Lang::Zh, C::Key) => "关键客户",
            (Lang::Zh, C::KeySilent) => "沉默的关键客户",
            (Lang::Zh, C::OpenTickets) => "有未结工单",
            (Lang::Zh, C::Complaints) => "本时段投诉过",
            (Lang::Zh, C::Dissatisfied) => "不满意",
            (Lang::Zh, C::ExpectedSoon) => "一周内该下单",
            (Lang::Zh, C::AboutToClimb) => "再下一单即可升级",
        }
    }
}
