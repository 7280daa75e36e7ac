//! Words of contacts, answers to surveys, service tickets and events.

use super::{Lang, Words};
use model::RecordKind;
use protocol::{Consent, ImportSummary};

words! {
    [n] contacts: "{n} contact", "{n} contacts", "{n} 位联系人";
    [n] answers: "{n} answer", "{n} answers", "{n} 份答卷";
    [n] tickets: "{n} ticket", "{n} tickets", "{n} 个工单";
    [n] events: "{n} event", "{n} events", "{n} 个事件";
    [n] records: "{n} record", "{n} records", "{n} 条记录";
    (platform: &str) this_is_contacts: "These are contacts from {platform}", "这是 {platform} 联系人";
    (platform: &str) this_is_answers: "These are answers from {platform}", "这是 {platform} 问卷答卷";
    (platform: &str) this_is_tickets: "This is a service log from {platform}", "这是 {platform} 客服记录";
    (platform: &str) this_is_events: "These are events from {platform}", "这是 {platform} 行为记录";
    this_is_contact_list: "This is a list of contacts", "这是一份联系人名单";
    this_is_survey: "These are answers to a survey", "这是一份问卷答卷";
    this_is_service_log: "This is a log of service tickets", "这是一份客服工单";
    this_is_event_log: "This is a log of what people did", "这是一份行为记录";
    never_bought: "never bought", "从未下单";
    have_bought: "with orders here", "有订单记录";
    of_customers: "of customers on record", "来自已知客户";
    about_orders: "about orders on record", "关联已有订单";
    [n] from_unknown: "{n} is of an address or telephone that nobody on record has: it is kept, and meets them once they are known.", "{n} are of addresses or telephones that nobody on record has: they are kept, and meet them once they are known.", "{n} 条的邮箱或电话不在客户档案中：予以保留，待客户出现后自动关联。";
    [n] from_shared: "{n} is of a telephone that several customers share: it is nobody's until you say whose.", "{n} are of telephones that several customers share: they are nobody's until you say whose.", "{n} 条的电话由多位客户共用：在您指定之前不归属任何人。";
    [n] from_nobody: "{n} names neither address nor telephone.", "{n} name neither address nor telephone.", "{n} 条没有邮箱和电话。";
    [n] about_orphans: "{n} names an order that is not on record: it is kept, and finds the order once it comes.", "{n} name orders that are not on record: they are kept, and find the orders once they come.", "{n} 条的订单号不在档案中：予以保留，待订单导入后自动关联。";
    [n] about_others: "{n} is about an order of somebody else: it stays with the address that was given.", "{n} are about orders of somebody else: they stay with the addresses that were given.", "{n} 条的订单属于其他客户：仍归属于所填的邮箱。";
    [n] claims_more: "{n} contact claims more orders than are on record: they may have bought before the orders here begin. Claims are never added.", "{n} contacts claim more orders than are on record: they may have bought before the orders here begin. Claims are never added.", "{n} 位联系人自述的订单数多于档案：可能早于现有订单。自述数字绝不计入。";
    question_consent: "Which part of the mailing list is this?", "这是邮件列表的哪一部分？";
    question_consent_why: "The list comes as separate files of people who subscribed, unsubscribed or bounced, and this file does not say which it is.", "邮件列表按已订阅、已退订、已清除分为不同文件，该文件没有注明是哪一种。";
    choice_consent_unknown: "I do not know: nobody is taken as subscribed", "不清楚：不视为已订阅";
    choice_consent_given: "Subscribed: they may be written to", "已订阅：可以发送邮件";
    choice_consent_refused: "Unsubscribed or cleaned: they must not be written to", "已退订或已清除：不得发送邮件";

    email_consent: "E-mails", "邮件营销";
    sms_consent: "Text messages", "短信营销";
    consent_given: "Allowed", "同意";
    consent_refused: "Not allowed", "不同意";
    (day: &str) since_day: "since {day}", "自 {day} 起";
    birthday: "Birthday", "生日";
    company: "Company", "公司";
    tags: "Tags", "标签";
    list_note: "Note in the contact list", "联系人备注";
    more_contacts: "Further contacts", "其他联系方式";
    contact_since: "On the list since", "加入名单";
    (n: &str) claimed_orders_why: "the contact list claims {n} orders", "联系人名单自述 {n} 笔订单";
    touches: "Answers, tickets and events", "答卷、工单与行为";
    (score: &str) scored_overall: "satisfaction {score} of 5", "满意度 {score}/5";
    (score: &str) scored_nps: "would recommend {score} of 10", "推荐意愿 {score}/10";
    (score: &str) scored_ces: "ease {score} of 7", "便捷度 {score}/7";
    answer_word: "Answer", "答卷";
    ticket_word: "Ticket", "工单";
    ticket_open: "open", "未关闭";
    (order: &str) about_order: "order {order}", "订单 {order}";
    event_subscribe: "Subscribed", "订阅";
    event_register: "Registered", "注册";
    event_search: "Searched", "搜索";
    event_view: "Looked at", "浏览";
    event_cart: "Put into the cart", "加入购物车";
    event_checkout: "Went to the checkout", "去结算";
}

impl Words {
    /// So many records of a kind; `None`: of several.
    pub fn records_of(self, kind: Option<RecordKind>, count: u64, shown: &str) -> String {
        match kind {
            Some(RecordKind::Orders) => self.orders(count, shown),
            Some(RecordKind::Contacts) => self.contacts(count, shown),
            Some(RecordKind::Responses) => self.answers(count, shown),
            Some(RecordKind::Tickets) => self.tickets(count, shown),
            Some(RecordKind::Events) => self.events(count, shown),
            Some(RecordKind::Summaries) => self.summaries(count, shown),
            None => self.records(count, shown),
        }
    }

    /// What a file about people is.
    pub fn this_is_about(self, kind: RecordKind, platform: &str) -> String {
        let plain = match kind {
            RecordKind::Orders => self.this_is_table(),
            RecordKind::Contacts => self.this_is_contact_list(),
            RecordKind::Responses => self.this_is_survey(),
            RecordKind::Tickets => self.this_is_service_log(),
            RecordKind::Events => self.this_is_event_log(),
            RecordKind::Summaries => self.this_is_summaries(),
        };
        let Some(name) = self.source(platform) else { return plain.to_owned() };
        match kind {
            RecordKind::Orders => self.this_is(name),
            RecordKind::Contacts => self.this_is_contacts(name),
            RecordKind::Responses => self.this_is_answers(name),
            RecordKind::Tickets => self.this_is_tickets(name),
            RecordKind::Events => self.this_is_events(name),
            RecordKind::Summaries => plain.to_owned(),
        }
    }

    /// What an import brought: orders, and what else.
    pub fn brought(self, summary: &ImportSummary, shown: impl Fn(u32) -> String) -> Vec<String> {
        let mut parts = Vec::new();
        if summary.orders > 0 || summary.records.is_empty() {
            parts.push(self.orders(summary.orders.into(), &shown(summary.orders)));
        }
        let records = summary.records.iter();
        parts.extend(records.map(|&(kind, n)| self.records_of(Some(kind), n.into(), &shown(n))));
        parts
    }

    /// Whether somebody may be written to; `None`: nobody has said.
    pub const fn consent(self, consent: Consent) -> Option<&'static str> {
        match consent {
            Consent::Unknown => None,
            Consent::Given => Some(self.consent_given()),
            Consent::Refused => Some(self.consent_refused()),
        }
    }

    /// What somebody did; a source's own word is shown as it is.
    pub fn event(self, name: &str) -> &str {
        match name {
            "subscribe" => self.event_subscribe(),
            "register" => self.event_register(),
            "search" => self.event_search(),
            "view" => self.event_view(),
            "cart" => self.event_cart(),
            "checkout" => self.event_checkout(),
            own => own,
        }
    }

    /// Where a ticket took place, or what it was about, as files write it.
    pub fn ticket_term(self, term: &str) -> &str {
        match (self.lang, term) {
            (Lang::Zh, "chat") => "在线聊天",
            (Lang::Zh, "email") => "邮件",
            (Lang::Zh, "phone") => "电话",
            (Lang::Zh, "wechat") => "微信",
            (Lang::En, "email") => "e-mail",
            (Lang::En, "phone") => "telephone",
            (Lang::En, "wechat") => "WeChat",
            _ => term,
        }
    }
}
